#include "operations/people_table.h"

#include <algorithm>

#include "analytics/people_table.h"
#include "base/text.h"
#include "operations/context.h"
#include "operations/paging.h"

namespace aremko::operations {

namespace {

std::optional<int> score(const std::optional<std::int64_t>& given) {
  return given ? std::optional(static_cast<int>(*given)) : std::nullopt;
}

Note score_note(std::string_view name, Text about) {
  return {.name = name, .about = std::move(about), .min = 0, .max = 5, .example = "4"};
}

/// The rows of "123,456"; nobody's for who is not there.
Result<std::vector<snapshot::Row>> rows_of(const Context& context, std::string_view ids) {
  std::vector<snapshot::Row> out;
  for (const std::string_view each : split(ids, ',')) {
    const auto id = parse_int(each);
    if (!id) return fail(invalid_field("ids", "Son números separados por comas.", "They are numbers with commas between them."));
    if (const auto row = context.snapshot().customer_row(*id)) out.push_back(*row);
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace

Result<PeopleTable> people_table(Context& context, const PeopleTableInput& input) {
  const auto start = page_start(context, input);
  if (!start) return fail(start.error());
  const AsOf as_of = start->as_of;
  if (input.was && !input.since) {
    return fail(invalid_field("was", "Diga también desde qué día: `since`.", "Say since which day, too: `since`."));
  }
  const auto census = context.census(as_of);
  const auto before = input.since ? context.census(AsOf::end_of(*input.since)) : nullptr;
  analytics::PeopleFilter filter{.segment = input.segment,
                                       .recency = score(input.recency),
                                       .frequency = score(input.frequency),
                                       .monetary = score(input.monetary),
                                       .months = score(input.months),
                                       .min_visits = input.min_visits,
                                       .min_spent = input.min_spent,
                                       .channel = input.channel,
                                       .ciudad = input.ciudad.value_or(""),
                                       .unwritten = score(input.unwritten_days),
                                       .before = before.get(),
                                       .was = input.was};
  if (input.ids) {
    auto among = rows_of(context, *input.ids);
    if (!among) return fail(std::move(among.error()));
    filter.among = std::move(*among);
  }
  PeopleTable out = analytics::people_table(context.snapshot(), *census, as_of, filter, input.order, input.descending,
                                            static_cast<std::size_t>(input.limit), start->offset);
  if (input.reasons) analytics::add_reasons(out, context.snapshot(), *census, as_of, context.thresholds());
  end_page(context, *start, out);
  out.kept = context.snapshot_ptr();
  return out;
}

Result<PeoplePlaces> people_places(Context& context, const AsOfInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  PeoplePlaces out = analytics::people_places(context.snapshot(), *context.census(as_of), as_of);
  out.kept = context.snapshot_ptr();
  return out;
}

std::vector<Operation> people_table_operations() {
  std::vector<Operation> out;
  Note since = as_of_note();
  since.name = "since";
  since.about = {"Con `was`, quienes ese día estaban en otro segmento; solo, quienes todavía no eran clientes.",
                 "With `was`, who stood in another segment on that day; alone, who was no customer yet."};
  since.example = "2023-03-14";
  out.push_back(declare(
      Declaration{.name = "people_table",
                  .group = "customers",
                  .summary = {"Todos los clientes como tabla, filtrada y ordenada", "All customers as a table, filtered and sorted"},
                  .description = {"Una línea liviana por cliente, para recorrer un millón; `total_found` y `ltv_total` son de todos los "
                                  "que cumplen. Páginas con el mismo `snapshot_version` son de una misma tabla.",
                                  "A light line a customer, to scroll through a million; `total_found` and `ltv_total` are of all that "
                                  "match. Pages of one `snapshot_version` are of one table."},
                  .path = "/api/v1/aremko/customers/table",
                  .cost = Cost::walk,  // a filter walks everybody
                  .refusals = {Code::conflict},
                  .notes = {{.name = "order", .about = {"Por qué se ordena.", "What it is sorted by."}},
                            {.name = "descending", .about = {"De mayor a menor.", "From the largest."}},
                            {.name = "segment", .about = {"Solo este segmento.", "This segment only."}, .example = "At Risk"},
                            score_note("recency", {"Solo este puntaje R.", "This R score only."}),
                            score_note("frequency", {"Solo este puntaje F.", "This F score only."}),
                            score_note("monetary", {"Solo este puntaje M.", "This M score only."}),
                            {.name = "months",
                             .about = {"Sin venir hace al menos estos meses.", "Away for at least so many months."},
                             .min = 1,
                             .max = 240,
                             .example = "12"},
                            {.name = "min_visits", .about = {"Al menos estas visitas.", "At least so many visits."}, .min = 0, .max = 1'000'000, .example = "5"},
                            {.name = "min_spent", .about = {"Al menos este gasto, en pesos.", "At least this spending, in pesos."}, .min = 0, .max = 1'000'000'000'000, .example = "300000"},
                            {.name = "channel", .about = {"A quien se puede contactar así.", "Who may be reached this way."}, .example = "whatsapp"},
                            {.name = "ciudad",
                             .about = {"Parte del nombre de la ciudad o de la región, sin distinguir mayúsculas ni acentos.",
                                       "A part of the city's or the region's name, in any case, with or without accents."},
                             .min = 1,
                             .max = 100,
                             .example = "Puerto Montt"},
                            {.name = "unwritten_days",
                             .about = {"Sin mensaje nuestro en los últimos días.", "No message of ours in the last so many days."},
                             .min = 1,
                             .max = 3650,
                             .example = "90"},
                            since,
                            {.name = "was", .about = {"El segmento en que estaban en `since`.", "The segment they stood in on `since`."}, .example = "Champions"},
                            {.name = "ids",
                             .about = {"Solo entre estas personas: sus números, con comas. Dice cuántas de ellas cumplen.",
                                       "Among these people only: their numbers, with commas. It tells how many of them match."},
                             .min = 1,
                             .max = 6000,
                             .example = "123,456"},
                            {.name = "reasons",
                             .about = {"Con las partes de cada prioridad.", "With each priority's parts."}},
                            limit_note(5000), offset_note(), cursor_note(), as_of_note()}},
      &people_table));
  out.push_back(declare(
      Declaration{.name = "people_places",
                  .group = "customers",
                  .summary = {"Dónde viven los clientes: ciudades y regiones, con cuántos", "Where customers live: cities and regions, with how many"},
                  .path = "/api/v1/aremko/customers/places",
                  .cost = Cost::walk,
                  .notes = {as_of_note()}},
      &people_places));
  return out;
}

}  // namespace aremko::operations

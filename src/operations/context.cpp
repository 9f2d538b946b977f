#include "operations/context.h"

#include "analytics/people.h"

namespace aremko::operations {

Context::Context(Services& services, Tenant* tenant, store::Principal principal, std::string_view language,
                 Watch watch, Browser* browser)
    : services_(&services),
      tenant_(tenant),
      principal_(std::move(principal)),
      language_(language),
      watch_(std::move(watch)),
      browser_(browser) {
  if (tenant != nullptr) snapshot_ = tenant->holder.current();
}

std::vector<snapshot::SourceState> Context::source_states() const {
  if (tenant_->source_states) return tenant_->source_states();
  if (snapshot_ == nullptr) return {};
  return {snapshot_->source_states().begin(), snapshot_->source_states().end()};
}

Result<snapshot::Row> Context::customer(std::int64_t id, AsOf as_of) const {
  const auto row = snapshot().customer_row(id);
  if (row && analytics::known_customer(snapshot(), *row, as_of)) return *row;
  return fail(error(Code::not_found, fmt::format("No hay ningún cliente con id {} a esa fecha.", id),
                    fmt::format("There is no customer with id {} at that date.", id)));
}

Result<snapshot::Row> Context::legacy(std::string_view legacy_id, AsOf as_of) const {
  const auto row = snapshot().legacy_row(legacy_id);
  if (row && analytics::known_legacy(snapshot(), *row, as_of)) return *row;
  return fail(error(Code::not_found, "No hay ningún registro histórico con ese legacy_id a esa fecha.",
                    "There is no legacy record with that legacy_id at that date."));
}

namespace {

std::optional<Text> check_as_of(const Context& context, std::string_view value) {
  const auto day = Date::parse_iso(value);
  if (!day) return std::nullopt;  // refused already, by its type
  const Date first = Date::of(1990, 1, 1), last = context.local_now().date().plus_months(120);
  if (*day >= first && *day <= last) return std::nullopt;
  return Text{fmt::format("Debe estar entre {} y {}.", first.iso(), last.iso()),
              fmt::format("Must be between {} and {}.", first.iso(), last.iso())};
}

}  // namespace

Note as_of_note() {
  return {.name = "as_of",
          .about = {"Día hasta cuyo final se mira; nada posterior se ve. Por omisión, ahora.",
                    "The day to whose end the analysis looks; nothing later is seen. Now by default."},
          .example = "2024-03-14",
          .check = &check_as_of};
}

Note limit_note(std::int64_t max) {
  return {.name = "limit",
          .about = {"Máximo de resultados.", "At most so many results."},
          .min = 1,
          .max = max};
}

Note offset_note() {
  // Beyond a million results nobody pages; a filter is meant.
  return {.name = "offset",
          .about = {"Cuántos resultados saltar, en los datos de ese momento; `next` de la respuesta da el siguiente. Para recorrer "
                    "todo sin perder a nadie, `cursor`.",
                    "How many results to skip, in the data of that moment; the answer's `next` is the one to go on with. To walk "
                    "through all without losing anybody, `cursor`."},
          .min = 0,
          .max = 10'000'000};
}

Note customer_id_note() {
  return {.name = "customer_id",
          .about = {"ID del cliente en la base de datos actual.", "The customer's id in the current database."},
          .where = Where::path,
          .min = 1,
          .example = "123"};
}

Note legacy_id_note() {
  return {.name = "legacy_id",
          .about = {"ID del registro histórico (columna Auto Increment, o `svc-…`).",
                    "The legacy record's id (column Auto Increment, or `svc-…`)."},
          .where = Where::path,
          .min = 1,
          .max = 64,
          .example = "1657"};
}

}  // namespace aremko::operations

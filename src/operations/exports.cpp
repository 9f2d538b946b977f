#include "operations/exports.h"

#include <sodium.h>

#include <algorithm>
#include <set>

#include "analytics/guest_notice.h"
#include "analytics/insights.h"
#include "analytics/people_table.h"
#include "analytics/reach.h"
#include "base/json_write.h"
#include "base/spoken.h"
#include "operations/context.h"
#include "operations/export_columns.h"
#include "operations/letters.h"
#include "operations/proposal.h"
#include "operations/proposal_check.h"
#include "operations/sheet.h"
#include "store/secret.h"

namespace aremko::operations {

namespace {

using analytics::Reach;
using snapshot::Row;

constexpr std::size_t most_rows = 200'000;

std::optional<int> small(const std::optional<std::int64_t>& given) {
  return given ? std::optional(static_cast<int>(*given)) : std::nullopt;
}

analytics::PeopleFilter filter_of(const ExportInput& input) {
  return {.segment = input.segment, .recency = small(input.recency), .frequency = small(input.frequency), .monetary = small(input.monetary),
          .months = small(input.months), .min_visits = input.min_visits, .min_spent = input.min_spent, .channel = input.channel,
          .ciudad = input.ciudad.value_or(""), .unwritten = small(input.unwritten_days), .was = input.was};
}

/// Whom it is of, in their order, before anybody is left out.
std::vector<Row> chosen(Context& context, const ExportInput& input, const analytics::Census& census, AsOf as_of, LeftOut& out) {
  std::vector<Row> rows;
  const snapshot::Snapshot& snapshot = context.snapshot();
  if (!input.ids.empty()) {
    std::set<Row> seen;
    for (const std::int64_t id : input.ids) {
      const auto row = context.customer(id, as_of);
      if (!row || (snapshot.customers().contact.flags[*row] & sources::is_staff) != 0) ++out.nobody;
      else if (seen.insert(*row).second) rows.push_back(*row);
    }
    return rows;
  }
  const std::size_t limit = input.first ? static_cast<std::size_t>(*input.first) : most_rows + 1;
  const bool to_win_back = input.list == ExportList::reactivacion;
  const auto before = input.since ? context.census(AsOf::end_of(*input.since)) : nullptr;
  analytics::PeopleFilter filter = filter_of(input);
  filter.before = before.get();
  if (to_win_back && !filter.months) filter.months = 12;
  const PeopleOrder order = input.order.value_or(to_win_back ? PeopleOrder::prioridad : PeopleOrder::gastado);
  const PeopleTable table = analytics::people_table(snapshot, census, as_of, filter, order, input.descending, limit);
  for (const PersonLine& line : table.customers) rows.push_back(*snapshot.customer_row(line.id));
  return rows;
}

struct Way {
  std::uint16_t open;     // through which they may be reached
  std::uint16_t address;  // what there is of it, open or not
  std::uint16_t refusal;  // their word against it
};

Way way_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::whatsapp: return {Reach::whatsapp, Reach::mobile, Reach::closed | Reach::promotion | Reach::unread_phone | Reach::abroad | Reach::unread_day};
    case Purpose::llamar: return {Reach::whatsapp | Reach::telefono, Reach::mobile | Reach::landline,
                                  Reach::closed | Reach::promotion | Reach::unread_phone | Reach::abroad | Reach::unread_day};
    case Purpose::correo: return {Reach::email, Reach::address, Reach::no_email | Reach::promotion | Reach::unread_email | Reach::unread_day};
    case Purpose::tabla: break;
  }
  return {0, 0, 0};
}

/// Whether they stay in a list for that purpose; else why not.
bool stays(Purpose purpose, Reach reach, LeftOut& out) {
  if (purpose == Purpose::tabla) return true;
  const Way way = way_of(purpose);
  if (reach.has(way.open)) return true;
  if (!reach.has(way.address)) ++out.without;
  else if (reach.has(way.refusal) || (reach.has(Reach::wait) && !reach.has(Reach::recent))) ++out.refused;
  else ++out.recent;
  return false;
}

/// A message that says only what the facts say; an empty one where it does not.
std::string checked_message(const Proposal& proposal, const std::vector<std::string_view>& catalogue) {
  return check_message(proposal.mensaje, proposal.hechos, catalogue, "es").empty() ? proposal.mensaje : std::string();
}

std::vector<std::string> letter_titles(Purpose purpose, std::string_view language) {
  const bool english = language == "en", mail = purpose == Purpose::correo;
  if (english) return {"Name", mail ? "E-mail" : "Phone", "Message", "Offer", "Valid until", "Mind"};
  return {"Nombre", mail ? "Correo" : "Teléfono", "Mensaje", "Oferta", "Vence", "Ojo"};
}

/// What whoever writes or calls should know before: what they owe and a bad survey. Health is nobody's reading in a file.
std::string mind(const GuestNotice& notice, std::string_view language) {
  const bool english = language == "en";
  std::string out;
  if (notice.debe > 0) out = fmt::format("{} {}", english ? "owes" : "debe", spoken_money(notice.debe, language));
  if (notice.encuesta_nps) out += fmt::format("{}{} {}/10", out.empty() ? "" : "; ", english ? "last survey" : "última encuesta", *notice.encuesta_nps);
  return out;
}

Result<std::vector<Cell>> letter_row(Context& context, const ExportInput& input, Row customer, const PersonLine& line,
                                     const std::vector<std::string_view>& catalogue) {
  const auto proposal = draft_proposal(context, {.customer_id = line.id, .discount_percent = {}, .as_of = input.as_of});
  if (!proposal) return fail(proposal.error());
  const MaybeText address = input.purpose == Purpose::correo ? line.email : line.telefono;
  const auto offer = offer_of(proposal->hechos);
  std::string told = offer ? offer->description : std::string();
  if (offer && offer->discount) told += "; " + *offer->discount;
  const std::string warned = mind(analytics::notice(context.snapshot(), customer, context.as_of(input.as_of)), context.language());
  return std::vector<Cell>{std::string(line.nombre), address ? Cell(std::string(*address)) : Cell(), checked_message(*proposal, catalogue),
                           told.empty() ? Cell() : Cell(told), offer && input.vence ? Cell(*input.vence) : Cell(), warned.empty() ? Cell() : Cell(warned)};
}

struct Written {
  Sheet sheet;
  LeftOut left_out;
  std::int64_t hidden = 0;
};

Result<Written> write_letters(Context& context, const ExportInput& input, const std::vector<Row>& rows, const analytics::Census& census, AsOf as_of, LeftOut left_out) {
  Written out{.sheet = {std::string(json_name(input.purpose)), letter_titles(input.purpose, context.language()), {}}, .left_out = left_out};
  const auto catalogue = catalogue_names(context);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    context.watch().at("export", i, rows.size());
    if (!stays(input.purpose, analytics::reach(context.snapshot(), rows[i], as_of), out.left_out)) continue;
    auto row = letter_row(context, input, rows[i], analytics::person_line(context.snapshot(), census, as_of, rows[i]), catalogue);
    if (!row) return fail(row.error());
    out.sheet.rows.push_back(std::move(*row));
  }
  return out;
}

Result<Written> write_table(Context& context, const ExportInput& input, const std::vector<Row>& rows, const analytics::Census& census, AsOf as_of, LeftOut left_out) {
  const auto columns = table_columns(input.columns);
  if (!columns) return fail(columns.error());
  const snapshot::Snapshot& snapshot = context.snapshot();
  Written out{.sheet = {std::string(json_name(input.list)), {}, {}}, .left_out = left_out};
  for (const ExportColumn& each : *columns) out.sheet.titles.emplace_back(context.language() == "en" ? each.en : each.es);
  const bool insights = std::ranges::any_of(*columns, &ExportColumn::asks_insights);
  const auto shows = [&](std::string_view name) { return std::ranges::find(*columns, name, &ExportColumn::name) != columns->end(); };
  const bool phones = shows("telefono"), emails = shows("email");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    context.watch().at("export", i, rows.size());
    const Reach reach = analytics::reach(snapshot, rows[i], as_of);
    // Whom to win back is a list of people to write to: who wants none of it is not on it, where among all customers they only lack the address.
    if (input.list == ExportList::reactivacion && !reach.reachable() && (phone_withheld(reach) || email_withheld(reach))) {
      ++out.left_out.refused;
      continue;
    }
    Listed one{.row = rows[i], .line = analytics::person_line(snapshot, census, as_of, rows[i]), .reach = reach};
    if (insights) one.insights = analytics::insights(snapshot, rows[i], {.as_of = as_of}, context.thresholds());
    if ((phones && one.line.telefono && phone_withheld(one.reach)) || (emails && one.line.email && email_withheld(one.reach))) ++out.hidden;
    auto& cells = out.sheet.rows.emplace_back();
    for (const ExportColumn& each : *columns) cells.push_back(each.cell(one, context.language()));
  }
  return out;
}

std::string several(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

/// «50 personas. Se dejaron fuera 162 que no quieren ser contactadas y 3 a quienes se escribió hace poco.»
std::string summary_of(const ExportFile& file, Purpose purpose, bool english) {
  std::vector<std::string> out;
  const LeftOut& left = file.left_out;
  const bool mail = purpose == Purpose::correo;
  const std::string_view es_way = mail ? "correo" : purpose == Purpose::whatsapp ? "WhatsApp" : "teléfono";
  const std::string_view en_way = mail ? "e-mail" : purpose == Purpose::whatsapp ? "WhatsApp" : "phone";
  const auto add = [&](std::int64_t count, std::string es_one, std::string es_many, std::string en) {
    if (count > 0) out.push_back(english ? fmt::format("{} {}", count, en) : several(count, es_one, es_many));
  };
  add(left.refused, "que no quiere ser contactada", "que no quieren ser contactadas", "who do not want to be reached");
  add(left.recent, "a quien ya se escribió hace poco", "a quienes ya se escribió hace poco", "who were written to a short while ago");
  add(left.without, fmt::format("sin {} válido", es_way), fmt::format("sin {} válido", es_way), fmt::format("without a valid {}", en_way));
  add(left.nobody, "que ya no es cliente", "que ya no son clientes", "who are no customers any more");
  std::string text = english ? several(file.rows, "person.", "people.") : several(file.rows, "persona.", "personas.");
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i == 0) text += english ? " Left out: " : (left.refused + left.recent + left.without + left.nobody == 1 ? " Se dejó fuera a " : " Se dejaron fuera ");
    else text += i + 1 == out.size() ? (english ? " and " : " y ") : ", ";
    text += out[i];
  }
  if (!out.empty()) text += ".";
  if (file.hidden > 0) {
    text += english ? fmt::format(" {} without phone or e-mail: they do not want to be reached.", file.hidden)
                    : file.hidden == 1 ? " 1 va sin teléfono o correo: no quiere ser contactada."
                                       : fmt::format(" {} van sin teléfono o correo: no quieren ser contactadas.", file.hidden);
  }
  return text;
}

/// What the audit says of it: how many and by what, nobody's name or number.
std::string described(const ExportInput& input, const ExportFile& file) {
  std::string out = fmt::format(R"({{"purpose":"{}","format":"{}","rows":{},"left_out":)", json_name(input.purpose), json_name(input.format), file.rows);
  json::write(out, file.left_out);
  out += fmt::format(R"(,"hidden":{},"list":"{}")", file.hidden, input.ids.empty() ? json_name(input.list) : "elegidas");
  ExportInput asked = input;
  asked.ids.clear();
  out += R"(,"filter":)";
  json::write(out, asked);
  return out + "}";
}

std::string base64(std::string_view bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();
  return out;
}

Error too_long() {
  return error(Code::invalid, fmt::format("Son más de {} personas: ponga un filtro o pida las primeras.", most_rows),
               fmt::format("They are more than {} people: set a filter or ask for the first.", most_rows));
}

}  // namespace

Result<ExportFile> export_people(Context& context, const ExportInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  if (input.vence && *input.vence < as_of.date()) {
    return fail(invalid_field("vence", "Ese día ya pasó.", "That day is past."));
  }
  // Of a table alone, but a column that there is not is told whatever it is for.
  if (const auto columns = table_columns(input.columns); !columns) return fail(columns.error());
  const auto census = context.census(as_of);
  LeftOut left_out;
  const auto rows = chosen(context, input, *census, as_of, left_out);
  if (rows.size() > most_rows) return fail(too_long());
  const auto written = input.purpose == Purpose::tabla ? write_table(context, input, rows, *census, as_of, left_out)
                                                       : write_letters(context, input, rows, *census, as_of, left_out);
  if (!written) return fail(written.error());
  const bool csv = input.format == FileFormat::csv;
  auto bytes = csv ? Result<std::string>(csv_of(written->sheet)) : xlsx_of(written->sheet);
  if (!bytes) return fail(std::move(bytes.error()));

  ExportFile out{.id = store::random_id(), .file_name = {}, .media_type = {}, .rows = std::ssize(written->sheet.rows), .left_out = written->left_out,
                 .hidden = written->hidden, .summary = {}, .content = {}};
  const std::string_view name = input.purpose == Purpose::tabla ? json_name(input.list) : json_name(input.purpose);
  out.file_name = fmt::format("{}-{}.{}", name, as_of.date().iso(), json_name(input.format));
  out.media_type = csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  out.summary = summary_of(out, input.purpose, context.language() == "en");
  // On disk before anybody has the file.
  context.store().audit().note(context.tenant().name, context.principal().key_id, "people.export", out.id, described(input, out), context.now());
  out.content = base64(*bytes);
  return out;
}

namespace {

Note body(std::string_view name, Text about, std::optional<std::int64_t> min = {}, std::optional<std::int64_t> max = {}, std::string_view example = {}) {
  return {.name = name, .about = std::move(about), .where = Where::body, .min = min, .max = max, .example = example};
}

std::vector<Note> notes() {
  Note as_of = as_of_note();
  as_of.where = Where::body;
  Note since = as_of;
  since.name = "since";
  since.about = {"Con `was`, quienes ese día estaban en otro segmento; solo, quienes todavía no eran clientes.",
                 "With `was`, who stood in another segment on that day; alone, who was no customer yet."};
  since.example = "2023-03-14";
  Note until = as_of;
  until.name = "vence";
  until.about = {"Hasta qué día valen las ofertas; va en su columna.", "Until which day the offers hold; it goes into its column."};
  until.example = "2024-04-30";
  return {body("purpose", {"Para qué: escribir por WhatsApp o correo, llamar, o una tabla con columnas a elección.", "What for: to write by WhatsApp or e-mail, to call, or a table of chosen columns."}),
          body("format", {"El archivo: para Excel, o CSV.", "The file: for Excel, or CSV."}),
          body("ids", {"Estas personas, en este orden; sin ellas, la lista.", "These people, in this order; without them, the list."}),
          body("list", {"La lista: todos los clientes, o a quién reactivar.", "The list: all customers, or whom to win back."}),
          body("first", {"Solo las primeras de la lista.", "The first of the list only."}, 1, 200'000, "50"),
          body("columns", {"De una tabla: sus columnas, en su orden.", "Of a table: its columns, in their order."}),
          body("order", {"Por qué se ordenan; si no se dice, por gasto, o por prioridad a quién reactivar.", "What they are sorted by; when not said, by money, or by priority whom to win back."}),
          body("descending", {"De mayor a menor.", "From the largest."}),
          body("segment", {"De los clientes: solo este segmento.", "Of customers: this segment only."}, {}, {}, "At Risk"),
          body("recency", {"Solo este puntaje R.", "This R score only."}, 0, 5), body("frequency", {"Solo este puntaje F.", "This F score only."}, 0, 5),
          body("monetary", {"Solo este puntaje M.", "This M score only."}, 0, 5),
          body("months", {"Sin venir hace al menos estos meses.", "Away for at least so many months."}, 1, 240, "12"),
          body("min_visits", {"Al menos estas visitas.", "At least so many visits."}, 0, 1'000'000),
          body("min_spent", {"Al menos este gasto, en pesos.", "At least this spending, in pesos."}, 0, 1'000'000'000'000),
          body("channel", {"A quien se puede contactar así.", "Who may be reached this way."}),
          body("ciudad", {"Parte del nombre de la ciudad o de la región.", "A part of the city's or the region's name."}, 1, 100),
          body("unwritten_days", {"Sin mensaje nuestro en los últimos días.", "No message of ours in the last so many days."}, 1, 3650),
          since,
          body("was", {"El segmento en que estaban en `since`.", "The segment they stood in on `since`."}, {}, {}, "Champions"),
          until, as_of};
}

}  // namespace

std::vector<Operation> export_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "export_people",
                  .group = "campaigns",
                  .summary = {"Llevarse una lista de personas como archivo", "Take a list of people away as a file"},
                  .description = {"Con mensaje y oferta para cada persona, o como tabla. Deja fuera a quien no debe ser contactada y dice a cuántas; "
                                  "en una tabla de clientes va sin teléfono ni correo. Nunca lleva notas. Queda en la auditoría: quién, cuándo, cuántas y con qué filtro.",
                                  "With a message and an offer for each person, or as a table. Leaves out whom nobody may contact, and says how many; in a "
                                  "table of customers they have neither phone nor e-mail. Notes are never in it. It is audited: who, when, how many, and by which filter."},
                  .verb = Verb::post,
                  .path = "/api/v1/aremko/exports",
                  .right = Right::exporting,
                  .cost = Cost::store,  // the audit is written before anybody has it
                  .effect = Effect::adds,
                  .notes = notes()},
      &export_people));
  return out;
}

}  // namespace aremko::operations

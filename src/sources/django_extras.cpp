#include "sources/django_extras.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "normalize/text.h"

namespace aremko::sources {

namespace {

enum SurveyColumn : std::size_t {
  s_customer, s_sale, s_answered, s_visited, s_nps, s_liked, s_suggestions, s_disappointed, s_phone, s_email, s_follow_up,
  s_newsletter, first_mark
};
constexpr std::size_t first_axis = 2;

/// The row itself, or no_row counted as `doubt` when an id is given that nobody has.
Row tied(const Joined& joined, const IdIndex& index, sql::RowReader& row, std::size_t column, std::string_view doubt,
         std::int64_t key) {
  const Row found = joined.find(index, row, column);
  if (found == no_row && !row.is_null(column)) joined.part.doubts.count(doubt, static_cast<std::uint64_t>(key));
  return found;
}

}  // namespace

void ExtrasReader::plan(Catalogue& catalogue) {
  using enum As;
  using enum Need;
  gift_cards_ = catalogue.look("ventas_giftcard", optional,
                               {{"id", integer, optional}, {"codigo", text, optional}, {"monto_inicial", money, optional},
                                {"monto_disponible", money, optional}, {"fecha_emision", date, optional},
                                {"fecha_vencimiento", date, optional}, {"cliente_comprador_id", integer, optional},
                                {"cliente_destinatario_id", integer, optional}, {"estado", text, extra},
                                {"venta_reserva_id", integer, extra}});
  plan_surveys(catalogue);
  prizes_ = catalogue.look("ventas_clientepremio", extra,
                           {{"cliente_id", integer, optional}, {"premio_id", integer, extra}, {"estado", text, extra},
                            {"fecha_generacion", instant, extra}, {"created_at", instant, extra},
                            {"fecha_expiracion", date, extra}});
  prize_names_ = catalogue.look("ventas_premio", extra,
                                {{"id", integer, optional}, {"titulo", text, extra}, {"nombre", text, extra}});
  axes_ = catalogue.columns_like("ventas_clientetaxonomia", "eje_");
  std::vector<Want> label = {{"cliente_id", integer, optional}, {"calculado_en", instant, extra}};
  for (const std::string& axis : axes_) label.push_back({axis, text, extra});
  labels_ = catalogue.look("ventas_clientetaxonomia", extra, label);
  companions_ = catalogue.look("ventas_participantemasajereserva", extra,
                               {{"reserva_id", integer, extra}, {"venta_reserva_id", integer, extra},
                                {"nombre", text, optional}, {"tipo_participante", text, extra}});
  closures_ = catalogue.look("ventas_serviciobloqueo", extra,
                             {{"servicio_id", integer, extra}, {"fecha_inicio", date, optional},
                              {"fecha_fin", date, extra}, {"motivo", text, extra}, {"activo", boolean, extra}});
  packs_ = catalogue.look("ventas_packdescuento", extra,
                          {{"nombre", text, optional}, {"descuento", money, optional}, {"activo", boolean, extra}});
}

void ExtrasReader::plan_surveys(Catalogue& catalogue) {
  using enum As;
  using enum Need;
  marks_ = catalogue.columns_like("ventas_encuestasatisfaccion", "cal_");
  std::vector<Want> wants = {{"cliente_id", integer, optional}, {"venta_reserva_id", integer, extra},
                             {"fecha_respuesta", instant, optional}, {"fecha_visita", date, extra},
                             {"nps_score", integer, optional}, {"lo_que_mas_gusto", text, optional},
                             {"sugerencias", text, optional}, {"decepcion", text, optional},
                             {"contacto_telefono", text, extra}, {"contacto_email", text, extra},
                             {"requiere_followup", boolean, extra}, {"quiere_newsletter", boolean, extra}};
  for (const std::string& mark : marks_) wants.push_back({mark, integer, extra});
  surveys_ = catalogue.look("ventas_encuestasatisfaccion", optional, wants);
}

void ExtrasReader::read_gift_cards(sql::Connection& database, const Joined& joined) const {
  enum : std::size_t { id, code, initial, available, issued, expires, buyer, recipient, estado, sale };
  Cleaner cleaner;
  const auto row = database.read(gift_cards_.select);
  while (row->next()) {
    joined.part.kept();
    GiftCard card;
    card.id = row->integer(id);
    row->take_bad();
    card.codigo = cleaned(cleaner, row->text(code));
    card.monto_inicial = price_of(*row, initial);
    card.monto_disponible = price_of(*row, available);
    card.emitida = day_of(*row, issued);
    card.vence = day_of(*row, expires);
    card.estado = cleaned(cleaner, row->text(estado));
    card.buyer = tied(joined, joined.customers, *row, buyer, "ventas_giftcard: el comprador no existe", card.id);
    card.recipient = tied(joined, joined.customers, *row, recipient, "ventas_giftcard: el destinatario no existe", card.id);
    card.sale = tied(joined, joined.sales, *row, sale, "ventas_giftcard: la venta en que se compró no existe, su saldo no se cuenta", card.id);
    card.sale_gone = card.sale == no_row && !row->is_null(sale);
    if (card.monto_disponible > card.monto_inicial) {
      joined.part.doubts.count("ventas_giftcard: le queda más que su monto inicial", static_cast<std::uint64_t>(card.id));
    }
    if (card.buyer == no_row && card.recipient == no_row && card.sale == no_row) {
      joined.part.doubts.count("ventas_giftcard: no es de nadie: sin comprador, destinatario ni venta",
                               static_cast<std::uint64_t>(card.id));
    }
    joined.batch.gift_cards.push_back(std::move(card));
  }
  joined.part.report.texts_repaired += cleaner.repaired();
}

void ExtrasReader::read_marks(sql::RowReader& row, Survey& survey, const Joined& joined) const {
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    const std::size_t column = first_mark + i;
    if (row.is_null(column)) continue;
    row.take_bad();
    const std::int64_t mark = row.integer(column);
    if (!row.take_bad() && mark >= 1 && mark <= 5) {
      survey.marks.emplace_back(marks_[i].substr(std::string_view("cal_").size()), static_cast<int>(mark));
    } else {
      joined.part.doubts.count("ventas_encuestasatisfaccion: una calificación fuera de 1 a 5 no se usa", row.rows());
    }
  }
}

void ExtrasReader::read_surveys(sql::Connection& database, const Joined& joined) const {
  Cleaner cleaner;
  const auto row = database.read(surveys_.select);
  while (row->next()) {
    joined.part.kept();
    Survey survey;
    survey.sale = joined.find(joined.sales, *row, s_sale);
    survey.customer = joined.find(joined.customers, *row, s_customer);
    if (survey.customer == no_row && survey.sale != no_row) survey.customer = joined.batch.sales.customer[survey.sale];
    if (survey.customer == no_row) {
      const Row phone = joined.contacts.by_phone(row->text(s_phone));
      const Row email = joined.contacts.by_email(row->text(s_email));
      // Both, and of two people: a couple's survey. Nobody is guessed.
      if (phone == no_row || email == no_row || phone == email) survey.customer = phone != no_row ? phone : email;
    }
    survey.answered = moment_of(*row, s_answered, joined.time);
    survey.visited = day_of(*row, s_visited);
    const std::int64_t nps = row->integer(s_nps);
    survey.nps = !row->take_bad() && !row->is_null(s_nps) && nps >= 0 && nps <= 10 ? static_cast<int>(nps) : -1;
    survey.liked = cleaned(cleaner, row->text(s_liked));
    survey.suggestions = cleaned(cleaner, row->text(s_suggestions));
    survey.disappointed = cleaned(cleaner, row->text(s_disappointed));
    survey.follow_up = said(*row, s_follow_up) == Said::yes;
    if (survey.customer != no_row && said(*row, s_newsletter) == Said::no) {
      joined.batch.customers.refusals[survey.customer] |= refuses_email;
    }
    read_marks(*row, survey, joined);
    joined.batch.surveys.push_back(std::move(survey));
  }
  joined.part.report.texts_repaired += cleaner.repaired();
}

void ExtrasReader::read_prizes(sql::Connection& database, const Joined& joined) const {
  Cleaner cleaner;
  std::unordered_map<std::int64_t, std::string> names;
  if (prize_names_.exists) {
    const auto name = database.read(prize_names_.select);
    while (name->next()) {
      const std::string_view title = trim(name->text(1));
      names.emplace(name->integer(0), cleaned(cleaner, title.empty() ? name->text(2) : title));
    }
  }
  enum : std::size_t { customer, what, estado, given, created, expires };
  const auto row = database.read(prizes_.select);
  while (row->next()) {
    Prize prize;
    prize.customer = tied(joined, joined.customers, *row, customer, "ventas_clientepremio: el cliente no existe",
                          static_cast<std::int64_t>(row->rows()));
    if (prize.customer == no_row) continue;
    joined.part.kept();
    if (const auto name = names.find(row->integer(what)); name != names.end()) prize.name = name->second;
    prize.estado = cleaned(cleaner, row->text(estado));
    prize.given = moment_of(*row, row->is_null(given) ? created : given, joined.time);
    prize.expires = day_of(*row, expires);
    joined.batch.prizes.push_back(std::move(prize));
  }
  joined.part.report.texts_repaired += cleaner.repaired();
}

void ExtrasReader::read_labels(sql::Connection& database, const Joined& joined) const {
  Cleaner cleaner;
  const auto row = database.read(labels_.select);
  while (row->next()) {
    OwnLabel label;
    label.customer = joined.find(joined.customers, *row, 0);
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      const std::string axis = cleaned(cleaner, row->text(first_axis + i));
      if (axis.empty()) continue;
      if (!label.label.empty()) label.label += " · ";
      label.label += axis;
    }
    if (label.customer == no_row || label.label.empty()) continue;
    joined.part.kept();
    label.at = moment_of(*row, 1, joined.time);
    joined.batch.labels.push_back(std::move(label));
  }
  joined.part.report.texts_repaired += cleaner.repaired();
}

/// The buyer is among the participants, and is no companion.
void ExtrasReader::read_companions(sql::Connection& database, const Joined& joined) const {
  enum : std::size_t { sale, sale_by_other_name, name, kind };
  Cleaner cleaner;
  auto& all = joined.batch.companions;
  const auto row = database.read(companions_.select);
  while (row->next()) {
    if (normalize::fold(row->text(kind)) == "comprador") continue;
    Companion companion{joined.find(joined.sales, *row, row->is_null(sale) ? sale_by_other_name : sale),
                        cleaned(cleaner, row->text(name))};
    if (companion.sale == no_row || companion.name.empty()) continue;
    joined.part.kept();
    all.push_back(std::move(companion));
  }
  std::ranges::sort(all, {}, [](const Companion& one) { return std::tie(one.sale, one.name); });
  joined.part.report.texts_repaired += cleaner.repaired();
}

void ExtrasReader::read_closures(sql::Connection& database, const Joined& joined) const {
  enum : std::size_t { service, from, to, reason, active };
  Cleaner cleaner;
  const auto row = database.read(closures_.select);
  while (row->next()) {
    if (said(*row, active) == Said::no) continue;
    const auto key = static_cast<std::int64_t>(row->rows());
    Closure closure;
    closure.service = tied(joined, joined.services, *row, service, "ventas_serviciobloqueo: el servicio no existe", key);
    if (closure.service == no_row && !row->is_null(service)) continue;
    closure.from = day_of(*row, from);
    closure.to = row->is_null(to) ? closure.from : day_of(*row, to);
    if (!closure.from.known() || closure.to < closure.from) {
      joined.part.doubts.count("ventas_serviciobloqueo: sin fechas posibles, no se usa", static_cast<std::uint64_t>(key));
      continue;
    }
    joined.part.kept();
    closure.reason = cleaned(cleaner, row->text(reason));
    joined.batch.closures.push_back(std::move(closure));
  }
  joined.part.report.texts_repaired += cleaner.repaired();
}

void ExtrasReader::read_packs(sql::Connection& database, const Joined& joined) const {
  Cleaner cleaner;
  const auto row = database.read(packs_.select);
  while (row->next()) {
    joined.part.kept();
    joined.batch.packs.push_back({cleaned(cleaner, row->text(0)), price_of(*row, 1), said(*row, 2) != Said::no});
  }
  joined.part.report.texts_repaired += cleaner.repaired();
}

void ExtrasReader::read(sql::Connection& database, const Joined& joined) const {
  if (gift_cards_.exists) read_gift_cards(database, joined);
  if (surveys_.exists) read_surveys(database, joined);
  if (prizes_.exists) read_prizes(database, joined);
  if (labels_.exists) read_labels(database, joined);
  if (companions_.exists) read_companions(database, joined);
  if (closures_.exists) read_closures(database, joined);
  if (packs_.exists) read_packs(database, joined);
}

}  // namespace aremko::sources

#include "analytics/guest_extras.h"

#include <algorithm>

#include "normalize/text.h"
#include "snapshot/stages.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

constexpr std::size_t most_shown = 10;

/// A booking is seen from `seen_from` on, other money from its moment on.
bool seen(const snapshot::Snapshot& snapshot, Row sale, AsOf as_of) {
  const bool booking = snapshot.sale_kind(sale) != snapshot::SaleKind::nothing;
  return (booking ? snapshot.sale_seen_from(sale) : snapshot.sale_moment(sale)) <= as_of.moment;
}

std::string_view way_name(sources::Message::Way way) {
  switch (way) {
    case sources::Message::Way::whatsapp: return "whatsapp";
    case sources::Message::Way::sms: return "sms";
    case sources::Message::Way::email: return "email";
    case sources::Message::Way::other: return "otro";
  }
  return "otro";
}

bool past(Date day, AsOf as_of) { return day.known() && day < as_of.date(); }

/// Whether a card can be spent at all. `por_cobrar` says that it is still to be redeemed, and so nothing of whether its buyer
/// paid: that is its sale's to say.
bool stands(const snapshot::Snapshot& snapshot, const sources::GiftCard& card, AsOf as_of) {
  const std::string state = normalize::fold(card.estado);
  for (const std::string_view ended : {"anulad", "cancelad", "eliminad"}) {
    if (state.starts_with(ended)) return false;
  }
  if (card.sale == snapshot::no_row) return !card.sale_gone;
  const auto& batch = snapshot.current();
  if (batch.sales.payment_state[card.sale] == sources::PaymentState::cancelado) return false;
  // One given away in a sale of nothing needs no payment.
  if (batch.sales.total[card.sale] <= 0) return true;
  const auto payments = snapshot.payments_of(card.sale);
  return !snapshot::nothing_paid(batch, card.sale, payments, snapshot.payment_methods()) &&
         !snapshot::paid_back(batch, card.sale, payments, snapshot.payment_methods(), as_of.date());
}

/// What was left on it at as_of: what was used since is back on it.
Pesos balance(const snapshot::Snapshot& snapshot, const sources::GiftCard& card, AsOf as_of) {
  Pesos out = card.monto_disponible;
  for (const sources::CardUse& use : std::ranges::equal_range(snapshot.current().card_uses, card.id, {}, &sources::CardUse::card)) {
    if (use.at > as_of.moment) out += use.amount;
  }
  return std::max<Pesos>(0, out);
}

template <class List, class Key>
void newest_first(List& list, Key key) {
  std::ranges::sort(list, std::ranges::greater{}, key);
  if (list.size() > most_shown) list.resize(most_shown);
}

}  // namespace

Pesos card_balance(const snapshot::Snapshot& snapshot, const sources::GiftCard& card, AsOf as_of) {
  return stands(snapshot, card, as_of) ? balance(snapshot, card, as_of) : 0;
}

std::vector<GuestGiftCard> gift_cards(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of) {
  std::vector<GuestGiftCard> out;
  for (const auto& [owner, index] : snapshot.gift_cards_of(customer)) {
    const sources::GiftCard& card = snapshot.current().gift_cards[index];
    if (card.emitida > as_of.date()) continue;  // an unknown day sorts first
    const bool bought = card.buyer == customer;
    const bool given = card.recipient == customer;
    out.push_back({.codigo = card.codigo,
                   .saldo = card_balance(snapshot, card, as_of),
                   .monto_inicial = card.monto_inicial,
                   .emitida = card.emitida,
                   .vence = card.vence,
                   .vencida = past(card.vence, as_of),
                   .estado = maybe(card.estado),
                   .papel = bought && given ? "ambos" : bought ? "comprador" : "destinatario"});
  }
  newest_first(out, &GuestGiftCard::vence);
  return out;
}

std::vector<GuestSurvey> surveys(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of) {
  std::vector<GuestSurvey> out;
  for (const auto& [owner, index] : snapshot.surveys_of(customer)) {
    const sources::Survey& survey = snapshot.current().surveys[index];
    if (survey.answered > as_of.moment) continue;
    GuestSurvey shown{.fecha = survey.answered,
                      .visita = survey.visited,
                      .le_gusto = maybe(survey.liked),
                      .sugerencias = maybe(survey.suggestions),
                      .decepcion = maybe(survey.disappointed),
                      .requiere_seguimiento = survey.follow_up};
    if (survey.nps >= 0) shown.nps = survey.nps;
    for (const auto& [name, mark] : survey.marks) shown.notas.emplace_back(name, mark);
    out.push_back(std::move(shown));
  }
  newest_first(out, &GuestSurvey::fecha);
  return out;
}

std::vector<GuestPrize> prizes(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of) {
  std::vector<GuestPrize> out;
  for (const auto& [owner, index] : snapshot.prizes_of(customer)) {
    const sources::Prize& prize = snapshot.current().prizes[index];
    if (prize.given > as_of.moment) continue;
    out.push_back({prize.name, maybe(prize.estado), prize.given, prize.expires, past(prize.expires, as_of)});
  }
  newest_first(out, &GuestPrize::fecha);
  return out;
}

std::optional<OwnLabelView> own_label(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of) {
  std::optional<OwnLabelView> out;
  for (const auto& [owner, index] : snapshot.labels_of(customer)) {
    const sources::OwnLabel& label = snapshot.current().labels[index];
    if (label.at > as_of.moment || label.label.empty()) continue;
    if (!out || label.at >= out->fecha) out = OwnLabelView{label.label, label.at};
  }
  return out;
}

std::optional<LastMessage> last_message(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of) {
  const auto theirs = snapshot.messages_of(customer);
  const auto later = std::ranges::upper_bound(theirs, as_of.moment, {}, &sources::Message::at);
  if (later == theirs.begin()) return std::nullopt;
  const sources::Message& last = *std::prev(later);
  return LastMessage{last.at, way_name(last.way), last.inbound};
}

Pesos owed_for(const snapshot::Snapshot& snapshot, Row sale, AsOf as_of) {
  const auto& batch = snapshot.current();
  if (batch.sales.balance[sale] <= 0) return 0;
  const snapshot::SaleKind kind = snapshot.sale_kind(sale);
  const bool counts = kind == snapshot::SaleKind::visit ||
                      (kind == snapshot::SaleKind::nothing && snapshot::has_money(batch, sale));
  if (!counts || !seen(snapshot, sale, as_of)) return 0;
  // The balance is today's, and so are the refunds in it: money that the house gave back is no debt.
  const auto [net, refunds] = snapshot::sale_payments(batch, snapshot.payments_of(sale), snapshot.payment_methods());
  const Pesos given_back = std::min(refunds, std::max<Pesos>(0, batch.sales.total[sale] - net));
  return std::max<Pesos>(0, batch.sales.balance[sale] - given_back);
}

Pesos owed(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of) {
  Pesos out = 0;
  for (const Row sale : snapshot.sales_of(customer)) out += owed_for(snapshot, sale, as_of);
  return out;
}

std::optional<SpentExplained> spent_explained(const snapshot::Snapshot& snapshot, Row customer, const View& view) {
  const snapshot::PersonId person = snapshot.person_of_customer(customer);
  const auto& sales = snapshot.current().sales;
  const auto& visits = snapshot.legacy_visits();
  SpentExplained out;
  Pesos later = 0, unpaid = 0;
  for (const Row sale : snapshot.sales_of(customer)) {
    if (!snapshot::has_money(snapshot.current(), sale)) continue;
    const bool counted = seen(snapshot, sale, view.as_of);
    if (!counted && sales.created[sale] > view.as_of.moment) continue;  // nobody had entered it
    out.gasto_total_reservas += sales.total[sale];
    if (!counted) {
      later -= sales.total[sale];
    } else if (snapshot.sale_kind(sale) == snapshot::SaleKind::unpaid) {
      unpaid -= sales.total[sale];
    }
  }
  // Imported history is the booking system's own; what the files know is not.
  Pesos history = 0;
  for (const Row visit : snapshot.own_history_of(customer)) {
    if (visits.at[visit] <= view.as_of.moment) history -= visits.total[visit];
  }
  out.gasto_total_reservas -= history;
  Pesos files = 0;
  for_each_seen(snapshot, person, view, [&](std::size_t, Moment, Pesos money, snapshot::VisitRef ref) {
    if (!ref.legacy()) return;
    (visits.legacy_row[ref.legacy_visit()] == snapshot::no_row ? history : files) += money;
  });
  Pesos cards = 0, discounts = 0, refunds = 0;
  for_each_charge(snapshot, person, view, [&](Moment, Pesos money, snapshot::ChargeKind kind) {
    if (kind == snapshot::ChargeKind::gift_card) cards += money;
    if (kind == snapshot::ChargeKind::discount) discounts += money;
    if (kind == snapshot::ChargeKind::refund) refunds += money;
  });
  const auto part = [&](std::string_view code, Pesos money, std::string_view es, std::string_view en) {
    if (money == 0) return;
    out.partes.push_back({code, money, es, en});
    out.diferencia += money;
  };
  part("gift_cards", cards, "Pagado con tarjetas de regalo: lo gastó quien las compró.", "Paid with gift cards: their buyer spent it.");
  part("discounts", discounts, "Descuentos anotados como pagos.", "Discounts entered as payments.");
  part("refunds", refunds, "Devoluciones.", "Refunds.");
  part("later", later, "Reservas y ventas que a esta fecha están por venir.", "Bookings and sales that are still ahead at this date.");
  part("unpaid", unpaid, "Reservas a las que nadie vino, sin pago o con lo pagado devuelto.", "Bookings nobody came to, not paid or paid back.");
  part("legacy_files", files, "Visitas de los archivos antiguos.", "Visits of the legacy files.");
  part("history", history, "Historia importada que ya está contada como venta.", "Imported history that is counted as a sale already.");
  if (out.partes.empty()) return std::nullopt;
  return out;
}

}  // namespace aremko::analytics

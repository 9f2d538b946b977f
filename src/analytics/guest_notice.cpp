#include "analytics/guest_notice.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "analytics/guest_extras.h"
#include "analytics/lines.h"
#include "normalize/text.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

constexpr std::size_t most_notes = 10;

// Beginnings of folded words.
constexpr auto health = std::to_array<std::string_view>({
    "embaraz", "alerg", "lesion", "operad", "operacion", "cirugia", "presion", "hipertens", "diabet", "asma", "celiac", "corazon",
    "cardiac", "ruedas", "dolor", "fractura", "epilep", "claustrof", "medicament", "remedio", "pregnan", "allerg", "injur", "wheelchair"});
constexpr auto celebration = std::to_array<std::string_view>({
    "cumple", "aniversario", "luna", "despedida", "matrimonio", "compromiso", "boda", "sorpresa", "birthday", "anniversary", "honeymoon"});

template <std::size_t Size>
bool begins_with_any(std::string_view word, const std::array<std::string_view, Size>& beginnings) {
  return std::ranges::any_of(beginnings, [word](std::string_view one) { return word.starts_with(one); });
}

bool is_health(const GuestNote& note) { return note.tipo == "salud"; }

}  // namespace

std::string_view note_kind(std::string_view text) {
  const std::string folded = normalize::fold(text);
  bool celebrates = false;
  for (const std::string_view word : normalize::tokens(folded)) {
    if (begins_with_any(word, health)) return "salud";
    celebrates = celebrates || begins_with_any(word, celebration);
  }
  return celebrates ? "celebracion" : "nota";
}

std::vector<GuestNote> notes(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of) {
  const auto& sales = snapshot.current().sales;
  const Moment since = Moment::start_of(as_of.date().plus_months(-notice_months));
  std::vector<GuestNote> out;
  for (const Row sale : snapshot.sales_of(customer)) {
    const std::string_view text = sales.comment[sale];
    if (text.empty() || sales.payment_state[sale] == sources::PaymentState::cancelado) continue;
    if (snapshot.sale_kind(sale) == snapshot::SaleKind::nothing) continue;  // "Compensación." is said of money, not of them
    if (snapshot.sale_moment(sale) < since || sales.created[sale] > as_of.moment) continue;
    out.push_back({snapshot.sale_moment(sale), sales.id[sale], text, note_kind(text)});
  }
  std::ranges::sort(out, [](const GuestNote& a, const GuestNote& b) {
    return std::tuple(is_health(a), a.fecha, a.reserva) > std::tuple(is_health(b), b.fecha, b.reserva);
  });
  std::vector<GuestNote> different;
  for (const GuestNote& note : out) {
    const bool told = std::ranges::any_of(different, [&](const GuestNote& other) { return other.texto == note.texto; });
    if (!told && different.size() < most_notes) different.push_back(note);
  }
  return different;
}

SpendableCards spendable_cards(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of) {
  SpendableCards out;
  Row last = snapshot::no_row;
  for (const auto& [owner, index] : snapshot.gift_cards_of(customer)) {
    if (index == std::exchange(last, index)) continue;  // bought for oneself
    const sources::GiftCard& card = snapshot.current().gift_cards[index];
    const bool theirs = card.recipient == customer || card.recipient == snapshot::no_row;
    if (!theirs || card.emitida > as_of.date() || (card.vence.known() && card.vence < as_of.date())) continue;
    const Pesos left = card_balance(snapshot, card, as_of);
    if (left <= 0) continue;
    out.balance += left;
    if (card.vence.known() && (!out.first_to_expire.known() || card.vence < out.first_to_expire)) out.first_to_expire = card.vence;
  }
  return out;
}

namespace {

constexpr int lingering = 60;  // minutes after the last service

/// Until when a sale's services of its day last.
Moment over_at(const snapshot::Snapshot& snapshot, Row sale) {
  Moment out = snapshot.sale_moment(sale);
  for_each_line(snapshot, snapshot::VisitRef{sale}, [&](const Line& line) {
    const Moment begin = line.at.known() ? line.at : snapshot.sale_moment(sale);
    if (begin.date() == snapshot.sale_moment(sale).date()) out = std::max(out, Moment{begin.minutes + std::max(0, line.service->duracion)});
  });
  return out;
}

}  // namespace

Moment here_since(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of) {
  Moment out{};
  const auto look = [&](Row row) {
    for (const Row sale : snapshot.sales_of(row)) {
      const Moment at = snapshot.sale_moment(sale);
      if (!at.known() || at.date() != as_of.date() || at > as_of.moment || snapshot.sale_kind(sale) != snapshot::SaleKind::visit) continue;
      if (snapshot.current().sales.booking_state[sale] == sources::BookingState::checkout) continue;
      if (as_of.moment.minutes > over_at(snapshot, sale).minutes + lingering) continue;
      if (!out.known() || at < out) out = at;
    }
  };
  const auto theirs = snapshot.person_ties().twins.of(customer);
  if (theirs.empty()) look(customer);
  for (const Row row : theirs) look(row);
  return out;
}

GuestNotice notice(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of) {
  const SpendableCards cards = spendable_cards(snapshot, customer, as_of);
  GuestNotice out{.notas = notes(snapshot, customer, as_of),
                  .debe = owed(snapshot, customer, as_of),
                  .saldo_gift_cards = cards.balance,
                  .gift_card_vence = cards.first_to_expire,
                  .en_curso = here_since(snapshot, customer, as_of)};
  const Moment since = Moment::start_of(as_of.date().plus_months(-notice_months));
  const sources::Survey* last = nullptr;
  for (const auto& [owner, index] : snapshot.surveys_of(customer)) {
    const sources::Survey& survey = snapshot.current().surveys[index];
    if (survey.answered <= as_of.moment && survey.answered >= since && (last == nullptr || survey.answered > last->answered)) last = &survey;
  }
  if (last != nullptr && last->nps >= 0 && last->nps <= bad_nps) {
    out.encuesta_nps = last->nps;
    out.encuesta_fecha = last->answered;
    out.encuesta_texto = maybe(last->disappointed.empty() ? last->suggestions : last->disappointed);
  }
  return out;
}

}  // namespace aremko::analytics

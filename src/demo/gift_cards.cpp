#include "demo/gift_cards.h"

#include <fmt/format.h>

#include "demo/customer_row.h"

namespace aremko::demo {

namespace {

// Of a thousand cards of the live part.
constexpr int half_a_year = 200;       // expire after six months, the others after twelve
constexpr int buyer_has_no_row = 80;
constexpr int spender_has_no_row = 300;  // the sale is a customer's, the card names somebody else
constexpr int receiver_is_known = 300;   // of those not spent yet

}  // namespace

GiftCards::GiftCards(const World& world, Target& target)
    : world_(world),
      rows_(target.table("ventas_giftcard", {"id", "codigo", "monto_inicial", "monto_disponible", "fecha_emision",
                                             "fecha_vencimiento", "estado", "comprador_nombre", "destinatario_nombre",
                                             "destinatario_telefono", "cliente_comprador_id", "cliente_destinatario_id",
                                             "venta_reserva_id"})) {}

std::string GiftCards::code(std::size_t index) const {
  constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  Rng rng(world_.seed(), Stream::gift_card, index + 1);
  std::string code = fmt::format("{:07}", index + 1);  // the number makes it unique, the letters hard to guess
  while (code.size() < 12) code += rng.pick(letters);
  return code;
}

std::string GiftCards::sell(const PlannedSale& planned, const GiftCardSold& sold, std::int64_t sale) {
  Rng rng(world_.seed(), Stream::gift_card, static_cast<std::uint64_t>(sale), 2);
  const Date day = planned.created.date();
  const bool live = is_live(world_, planned);
  const bool soon = live && rng.chance(half_a_year);
  cards_.push_back({day, day.plus_months(soon ? 6 : 12), sold.amount, sold.left, planned.person, {}, sold.for_other, live, sale});
  if (live) open_.push_back(cards_.size() - 1);
  return code(cards_.size() - 1);
}

std::optional<GiftCards::Spent> GiftCards::spend(Person by, Pesos amount, Date day) {
  while (!open_.empty() && cards_[open_.front()].expires < day) open_.pop_front();
  if (open_.empty() || amount <= 0) return std::nullopt;
  Card& card = cards_[open_.front()];
  const Spent spent{static_cast<std::int64_t>(open_.front()) + 1, std::min(amount, card.left)};
  card.left -= spent.amount;
  card.receiver = by;
  open_.pop_front();  // what is left on it stays for later days
  return spent;
}

void GiftCards::write() {
  for (std::size_t i = 0; i < cards_.size(); ++i) write_card(cards_[i], i);
}

void GiftCards::write_card(const Card& card, std::size_t index) {
  Rng rng(world_.seed(), Stream::gift_card, static_cast<std::uint64_t>(card.sale), 1);
  rows_.integer(static_cast<std::int64_t>(index) + 1);
  rows_.text(code(index));
  rows_.integer(card.amount);
  rows_.integer(card.left);
  rows_.date(card.sold);
  rows_.date(card.expires);
  rows_.text(card.left == 0 ? "cobrado" : "por_cobrar");
  const bool nameless = card.live && rng.chance(buyer_has_no_row);
  nameless ? rows_.text(name_in_words(world_.names().full_name(rng), 2)) : rows_.null();
  if (card.live) {
    write_receiver(card, rng);
  } else {
    rows_.null();
    rows_.null();
  }
  nameless ? rows_.null() : rows_.integer(std::int64_t{card.buyer} + 1);
  std::optional<Person> receiver = card.receiver;
  if (receiver && rng.chance(spender_has_no_row)) receiver.reset();
  if (!receiver && !card.receiver && card.for_other && rng.chance(card.live ? receiver_is_known : 1000)) {
    receiver = rng.below(world_.customers());
    if (World::is_guide(*receiver) || World::is_staff(*receiver)) receiver = card.buyer;
  }
  receiver ? rows_.integer(std::int64_t{*receiver} + 1) : rows_.null();
  rows_.integer(card.sale);
  rows_.end_row();
}

void GiftCards::write_receiver(const Card& card, Rng& rng) {
  if (!card.for_other || rng.chance(200)) {
    rows_.null();
    rows_.null();
    return;
  }
  rows_.text(name_in_words(world_.names().full_name(rng), rng.between(1, 2)));
  // A number of nobody's: eight digits behind the 9 that Chile has not given out.
  rng.chance(500) ? rows_.text(fmt::format("+56920{:06}", rng.below(1'000'000))) : rows_.null();
}

}  // namespace aremko::demo

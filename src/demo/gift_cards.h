#pragma once
// The gift cards of the booking system: sold in one sale, spent in others, written when all sales are.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "demo/plan.h"
#include "demo/sale.h"
#include "demo/target.h"

namespace aremko::demo {

class GiftCards {
 public:
  GiftCards(const World& world, Target& target);

  /// Sells one in the sale of that id; returns its code.
  std::string sell(const PlannedSale& planned, const GiftCardSold& sold, std::int64_t sale);

  struct Spent {
    std::int64_t card = 0;
    Pesos amount = 0;
  };
  /// Somebody pays with the oldest card that still has money and days left: it was theirs to spend. None: no such card.
  std::optional<Spent> spend(Person by, Pesos amount, Date day);

  /// Nothing is sold or spent after this.
  void write();

 private:
  struct Card {
    Date sold;
    Date expires;
    Pesos amount = 0;
    Pesos left = 0;
    Person buyer = 0;
    std::optional<Person> receiver{};
    bool for_other = false;
    bool live = false;
    std::int64_t sale = 0;
  };

  std::string code(std::size_t index) const;
  void write_card(const Card& card, std::size_t index);
  /// Who it was for, where nobody has spent it yet or who spent it has no row.
  void write_receiver(const Card& card, Rng& rng);

  const World& world_;
  sql::BulkWriter& rows_;
  std::vector<Card> cards_;
  std::deque<std::size_t> open_;  // indices of live cards with money left, oldest first
};

}  // namespace aremko::demo

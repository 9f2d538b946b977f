#pragma once
// What the booking system knows around its customers besides their sales: what they said no to, what was written to them
// and what they wrote, prizes, its own label of them, and carts they left behind.

#include <string>
#include <unordered_set>

#include "demo/customer_row.h"
#include "demo/target.h"
#include "demo/world.h"

namespace aremko::demo {

class AroundCustomers {
 public:
  AroundCustomers(const World& world, Target& target);

  /// Called once a customer, after their own row. The guide's two people and the house's accounts have nothing around them.
  void write(Person person, const CustomerRow& customer);

 private:
  void write_consent(Person person, const CustomerRow& customer, Rng& rng);
  void write_preferences(Person person, Rng& rng);
  void write_contact(Person person, const CustomerRow& customer, Rng& rng);
  void write_mailing(Person person, const CustomerRow& customer, const std::string& email, Rng& rng);
  void write_log(Person person, const CustomerRow& customer, Rng& rng);
  void write_messages(Person person, const CustomerRow& customer, Rng& rng);
  void write_prize(Person person, Rng& rng);
  void write_label(Person person, Rng& rng);
  void write_cart(Person person, Rng& rng);

  /// A moment of the last `days` days that the live part has.
  Moment lately(int days, Rng& rng) const;
  void instant(sql::BulkWriter& row, Moment moment) const { row.instant(world_.zone().utc(moment)); }

  const World& world_;
  Table blacklist_, newsletter_, preferences_, contacts_, log_, limits_, recipients_, prizes_, labels_, carts_, messages_;
  std::unordered_set<std::string> listed_;  // addresses that stand in the newsletter's table, where each stands once
};

}  // namespace aremko::demo

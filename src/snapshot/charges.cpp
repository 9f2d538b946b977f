// The money of a customer that is not the total of a visit.
#include "snapshot/stages.h"

namespace aremko::snapshot {

namespace {

/// What a sale's lines come to, adjustments and the gift cards bought in it included.
class LineSums {
 public:
  explicit LineSums(const sources::CurrentBatch& batch, const SaleFacts& sales) : batch_(batch), sales_(sales) {
    for (const sources::GiftCard& card : batch.gift_cards) {
      if (card.sale != no_row) cards_.emplace_back(card.sale, card.monto_inicial);
    }
    std::sort(cards_.begin(), cards_.end());
  }
  Pesos of(Row sale) const {
    Pesos sum = 0;
    const auto& services = batch_.service_lines;
    for (const Row line : sales_.service_lines.of(sale)) sum += services.unit_price[line] * services.people[line];
    const auto& products = batch_.product_lines;
    for (const Row line : sales_.product_lines.of(sale)) sum += products.unit_price[line] * products.quantity[line];
    for (auto card = std::lower_bound(cards_.begin(), cards_.end(), std::pair(sale, std::numeric_limits<Pesos>::min()));
         card != cards_.end() && card->first == sale; ++card) {
      sum += card->second;
    }
    return sum;
  }

 private:
  const sources::CurrentBatch& batch_;
  const SaleFacts& sales_;
  std::vector<std::pair<Row, Pesos>> cards_;
};

class Writer {
 public:
  Writer(const sources::CurrentBatch& batch, const SaleFacts& sales) : batch_(batch), sales_(sales), methods_(sales.methods), sums_(batch, sales) {
    note_special_payments();
  }

  ChargeColumns write() && {
    // Few sales have any: they are found in their own order, and then put to their customers.
    std::vector<std::pair<Row, Row>> charged;
    for (Row sale = 0; sale < batch_.sales.size(); ++sale) {
      const SaleKind kind = sales_.kind[sale];
      const bool counts = special_[sale] != 0 || (kind != SaleKind::visit && batch_.sales.total[sale] != 0);
      if (counts && kind != SaleKind::unpaid && has_money(batch_, sale)) charged.emplace_back(batch_.sales.customer[sale], sale);
    }
    if (charged.empty()) return std::move(out_);
    std::ranges::sort(charged);
    out_.begin.assign(batch_.customers.size() + std::size_t{1}, 0);
    for (auto from = charged.begin(); from != charged.end();) {
      const Row customer = from->first;
      for (; from != charged.end() && from->first == customer; ++from) add(from->second);
      write_customer(customer);
    }
    for (std::size_t i = 1; i < out_.begin.size(); ++i) out_.begin[i] = std::max(out_.begin[i], out_.begin[i - 1]);
    return std::move(out_);
  }

 private:
  bool is_gift_card(Row payment) const { return methods_.gift_card(batch_.payments.method[payment]); }
  bool is_discount(Row payment) const { return methods_.discount(batch_.payments.method[payment]); }

  /// Which sales have a payment that is more than money for the sale.
  void note_special_payments() {
    special_.assign(batch_.sales.size(), 0);
    const auto& payments = batch_.payments;
    for (Row payment = 0; payment < payments.size(); ++payment) {
      if (payments.sale[payment] == no_row) continue;
      if (payments.amount[payment] < 0 || is_gift_card(payment) || is_discount(payment)) {
        special_[payments.sale[payment]] = 1;
      }
    }
  }

  void add(Row sale) {
    const Moment at = sales_.at[sale];
    // What nobody comes to is not ahead: its money is there from its moment on.
    const bool visit = sales_.kind[sale] == SaleKind::visit;
    const Moment from = visit ? seen_from(at, checked_in(batch_, sale)) : at;
    if (!visit && batch_.sales.total[sale] != 0) charges_.push_back({from, at, ChargeKind::sale, batch_.sales.total[sale]});
    if (special_[sale] != 0) add_payments(sale, from, at);
  }

  /// A payment without a date was made when its sale was.
  Moment paid_at(Row sale, Row payment) const {
    const Moment at = batch_.payments.at[payment];
    return at.known() ? at : batch_.sales.created[sale];
  }

  void add_payments(Row sale, Moment from, Moment at) {
    payments_.assign(sales_.payments.of(sale).begin(), sales_.payments.of(sale).end());
    std::ranges::sort(payments_, [&](Row a, Row b) {
      return std::pair(paid_at(sale, a), a) < std::pair(paid_at(sale, b), b);
    });
    Pesos discounts = 0;
    for (const Row payment : payments_) {
      if (is_discount(payment)) discounts += batch_.payments.amount[payment];
    }
    const Pesos total = batch_.sales.total[sale];
    // The booking system takes such payments off its total when it adds up the lines again; never twice.
    const bool total_is_net = discounts != 0 && total == sums_.of(sale) - discounts;
    Pesos refunds = 0, paid = 0, given_back = 0, covered = 0, taken_off = 0;
    for (const Row payment : payments_) {
      const Pesos amount = batch_.payments.amount[payment];
      const Moment when = paid_at(sale, payment);
      const auto charge = [&](Pesos money, ChargeKind kind) {
        if (money != 0) charges_.push_back({std::max(from, when), std::max(at, when), kind, money});
      };
      // A card may be worth more than what is bought with it: together they take off no more than the sale cost.
      const auto take_off = [&](ChargeKind kind) {
        covered += amount;
        const Pesos now = std::min(covered, std::max<Pesos>(0, total));
        charge(taken_off - now, kind);
        taken_off = now;
      };
      if (is_discount(payment)) {
        if (total_is_net) continue;
        take_off(ChargeKind::discount);
      }
      if (is_gift_card(payment)) take_off(ChargeKind::gift_card);
      paid += amount;
      if (amount < 0 && !is_discount(payment)) refunds -= amount;
      const Pesos now = std::min(refunds, std::max<Pesos>(0, total - paid));
      charge(given_back - now, ChargeKind::refund);
      given_back = now;
    }
  }

  void write_customer(Row customer) {
    append(out_, charges_);
    out_.begin[customer + 1] = static_cast<std::uint32_t>(out_.at.size());
  }

  const sources::CurrentBatch& batch_;
  const SaleFacts& sales_;
  const PaymentMethods& methods_;
  LineSums sums_;
  std::vector<std::uint8_t> special_;
  std::vector<Charge> charges_;
  std::vector<Row> payments_;
  ChargeColumns out_;
};

}  // namespace

void append(ChargeColumns& out, std::vector<Charge>& one) {
  std::ranges::sort(one, [](const Charge& a, const Charge& b) {
    return std::tie(a.from, a.at, a.kind, a.money) < std::tie(b.from, b.at, b.kind, b.money);
  });
  Pesos sum = 0;
  for (const Charge& charge : one) {
    sum += charge.money;
    out.from.push_back(charge.from);
    out.at.push_back(charge.at);
    out.spent.push_back(sum);
    out.kind.push_back(charge.kind);
  }
  one.clear();
}

ChargeColumns charges(const sources::CurrentBatch& batch, const SaleFacts& sales) {
  return Writer(batch, sales).write();
}

}  // namespace aremko::snapshot

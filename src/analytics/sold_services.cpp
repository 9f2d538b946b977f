#include "analytics/sold_services.h"

#include <algorithm>

#include "analytics/history.h"

namespace aremko::analytics {

using snapshot::Row;

ServiceNumbers::ServiceNumbers(const snapshot::Snapshot& snapshot) {
  number(snapshot, snapshot.current().services, false, of_current);
  if (snapshot.legacy().services) number(snapshot, snapshot.legacy().services->services, true, of_legacy);
}

void ServiceNumbers::number(const snapshot::Snapshot& snapshot, const std::vector<sources::CatalogService>& from, bool legacy,
                            std::vector<std::uint32_t>& to) {
  to.reserve(from.size());
  for (const sources::CatalogService& service : from) {
    if (service.cancelled || service.adjustment) {
      to.push_back(none);
      continue;
    }
    const std::string_view key = service.key.empty() ? service.nombre : service.key;
    const auto [at, is_new] = by_key_.try_emplace(key, static_cast<std::uint32_t>(services.size()));
    to.push_back(at->second);
    if (!is_new) continue;
    const sources::CatalogService* today = service.key.empty() ? nullptr : in_catalogue(snapshot.current(), service.key);
    if (today == nullptr && !legacy) today = &service;
    services.push_back({today != nullptr ? today : &service, today != nullptr ? std::optional(today->id) : std::nullopt});
  }
}

namespace {

class Pass {
 public:
  Pass(const snapshot::Snapshot& snapshot, const ServiceNumbers& numbers, const Span& span, AsOf as_of, Compared of)
      : snapshot_(snapshot), numbers_(numbers), span_(span), view_{.as_of = as_of}, of_(of) {
    out_.services.resize(numbers.services.size());
    out_.products.resize(snapshot.current().products.size());
    for (const sources::GiftCard& card : snapshot.current().gift_cards) {
      if (card.sale != snapshot::no_row) cards_.emplace_back(card.sale, card.monto_inicial);
    }
    std::ranges::sort(cards_);
  }

  Sold run() && {
    const auto people = static_cast<Row>(snapshot_.person_count());
    for (Row person = 0; person < people; ++person) {
      if (of_the_business(snapshot_, person)) one(person);
    }
    return std::move(out_);
  }

 private:
  void one(Row person) {
    for_each_seen(snapshot_, person, view_, [&](std::size_t, Moment at, Pesos money, snapshot::VisitRef ref) {
      if (!span_.has(at) || !(ref.legacy() ? of_.legacy : of_.current)) return;
      ++out_.visits;
      out_.money += money;
      visit(ref);
    });
    for_each_charge(snapshot_, person, view_, [&](Moment at, Pesos money, snapshot::ChargeKind kind) { charge(at, money, kind); });
    if (!of_.current || person >= snapshot_.customers().size()) return;
    for (const Row sale : snapshot_.sales_of(person)) {
      const Moment at = snapshot_.sale_moment(sale);
      const bool alone = snapshot_.sale_kind(sale) == snapshot::SaleKind::nothing && snapshot::has_money(snapshot_.current(), sale);
      if (alone && span_.has(at) && at <= view_.as_of.moment) beside_services(sale);
    }
  }

  void charge(Moment at, Pesos money, snapshot::ChargeKind kind) {
    if (!of_.current || !span_.has(at)) return;
    out_.money += money;
    if (kind == snapshot::ChargeKind::gift_card) out_.by_card += money;
    if (kind == snapshot::ChargeKind::discount) out_.discounts += money;
    if (kind == snapshot::ChargeKind::refund) out_.refunds += money;
  }

  /// A visit's money is counted where the visit has some; who came without paying came all the same.
  void visit(snapshot::VisitRef ref) {
    const bool paid = ref.legacy() || snapshot::has_money(snapshot_.current(), ref.sale());
    had_.clear();
    for_each_line(snapshot_, ref, [&](const Line& line) {
      const Pesos amount = paid ? amount_of(line) : 0;
      const std::uint32_t number = numbers_.of(line);
      if (number == ServiceNumbers::none) {
        out_.taken_off += amount;
        return;
      }
      Sold::Service& service = out_.services[number];
      service.money += amount;
      service.people += people_of(line);
      out_.service_lines += amount;
      if (std::ranges::find(had_, number) == had_.end()) had_.push_back(number);
    });
    for (const std::uint32_t number : had_) ++out_.services[number].visits;
    put_pairs();
    if (!ref.legacy() && paid) beside_services(ref.sale());
  }

  void put_pairs() {
    std::erase_if(had_, [&](std::uint32_t number) { return !is_preference(*numbers_.services[number].shown); });
    std::ranges::sort(had_);
    for (std::size_t i = 0; i < had_.size(); ++i) {
      for (std::size_t j = i + 1; j < had_.size(); ++j) ++out_.pairs[{had_[i], had_[j]}];
    }
  }

  Pesos amount_of(const Line& line) const {
    if (line.legacy) return snapshot_.legacy().services->amount[line.row];
    const auto& lines = snapshot_.current().service_lines;
    return lines.unit_price[line.row] * Pesos{lines.people[line.row]};
  }
  std::int64_t people_of(const Line& line) const {
    return line.legacy ? snapshot_.legacy().services->quantity[line.row] : snapshot_.current().service_lines.people[line.row];
  }

  /// A sale's products, gift cards and what its lines take off.
  void beside_services(Row sale) {
    const auto& current = snapshot_.current();
    for (const Row line : snapshot_.product_lines_of(sale)) {
      const Pesos amount = current.product_lines.unit_price[line] * Pesos{current.product_lines.quantity[line]};
      const Row product = current.product_lines.product[line];
      if (amount < 0 || product >= current.products.size() || current.products[product].adjustment) {
        out_.taken_off += amount;
        continue;
      }
      out_.products[product].money += amount;
      out_.products[product].units += current.product_lines.quantity[line];
      out_.product_lines += amount;
    }
    for (const Row line : snapshot_.service_lines_of(sale)) {
      if (snapshot::is_adjustment(current, line)) {
        out_.taken_off += current.service_lines.unit_price[line] * Pesos{current.service_lines.people[line]};
      }
    }
    for (auto card = std::ranges::lower_bound(cards_, sale, {}, &std::pair<Row, Pesos>::first); card != cards_.end() && card->first == sale; ++card) {
      out_.cards_sold += card->second;
    }
  }

  const snapshot::Snapshot& snapshot_;
  const ServiceNumbers& numbers_;
  Span span_;
  View view_;
  Compared of_;
  std::vector<std::pair<Row, Pesos>> cards_;
  std::vector<std::uint32_t> had_;
  Sold out_;
};

}  // namespace

Sold sold(const snapshot::Snapshot& snapshot, const ServiceNumbers& numbers, const Span& span, AsOf as_of, Compared of) {
  return Pass(snapshot, numbers, span, as_of, of).run();
}

}  // namespace aremko::analytics

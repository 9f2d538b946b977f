#pragma once
// The passes of a services report: what was sold in a span, by service and product.

#include <array>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analytics/coverage.h"
#include "analytics/lines.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// Services of both sources under one number: by their canonical name, today's catalogue's where it has one.
struct ServiceNumbers {
  static constexpr std::uint32_t none = 0xFFFFFFFFU;
  struct One {
    const sources::CatalogService* shown = nullptr;
    std::optional<std::int64_t> id;
  };
  std::vector<One> services;
  std::vector<std::uint32_t> of_current;  // by row; none: cancelled, or takes money off
  std::vector<std::uint32_t> of_legacy;

  explicit ServiceNumbers(const snapshot::Snapshot& snapshot);
  std::uint32_t of(const Line& line) const { return (line.legacy ? of_legacy : of_current)[line.service_row]; }

 private:
  void number(const snapshot::Snapshot& snapshot, const std::vector<sources::CatalogService>& from, bool legacy,
              std::vector<std::uint32_t>& to);
  std::unordered_map<std::string_view, std::uint32_t> by_key_;
};

/// What was sold in a span.
struct Sold {
  struct Service {
    Pesos money = 0;
    std::int64_t visits = 0;
    std::int64_t people = 0;
  };
  struct Product {
    Pesos money = 0;
    std::int64_t units = 0;
  };
  std::vector<Service> services;   // by ServiceNumbers
  std::vector<Product> products;   // by row
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> pairs;
  std::int64_t visits = 0;
  Pesos money = 0;                 // of visits and of what is charged beside them
  Pesos service_lines = 0, product_lines = 0, cards_sold = 0, taken_off = 0;
  Pesos by_card = 0, discounts = 0, refunds = 0;
};

/// `of`: which sources count.
Sold sold(const snapshot::Snapshot& snapshot, const ServiceNumbers& numbers, const Span& span, AsOf as_of, Compared of);

}  // namespace aremko::analytics

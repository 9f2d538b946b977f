// What each segment comes for, and when: one pass over every counted customer's visits and their lines.
#include <algorithm>
#include <unordered_map>

#include "analytics/census.h"
#include "analytics/census_parts.h"
#include "analytics/history.h"
#include "analytics/lines.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

constexpr std::uint32_t no_service = 0xFFFFFFFFU;

/// The canonical services of both sources, numbered.
struct Numbering {
  std::vector<CanonicalService> services;
  std::vector<std::uint32_t> of_current;  // by row of the catalogue; no_service for extras and cancellations
  std::vector<std::uint32_t> of_legacy;

  explicit Numbering(const snapshot::Snapshot& snapshot) {
    number(snapshot, snapshot.current().services, false, of_current);
    if (snapshot.legacy().services) number(snapshot, snapshot.legacy().services->services, true, of_legacy);
  }

 private:
  void number(const snapshot::Snapshot& snapshot, const std::vector<sources::CatalogService>& from, bool legacy,
              std::vector<std::uint32_t>& to) {
    to.reserve(from.size());
    for (const auto& service : from) {
      if (legacy ? !is_legacy_preference(snapshot.current(), service) : !is_preference(service)) {
        to.push_back(no_service);
        continue;
      }
      const std::string_view key = service.key.empty() ? service.nombre : service.key;
      const auto [at, is_new] = numbers_.try_emplace(key, static_cast<std::uint32_t>(services.size()));
      to.push_back(at->second);
      if (!is_new) continue;
      const sources::CatalogService* today = in_catalogue(snapshot.current(), service.key);
      const sources::CatalogService& shown = today != nullptr ? *today : service;
      services.push_back({.id = today != nullptr ? std::optional(today->id) : std::nullopt,
                          .name = shown.nombre.empty() ? shown.canonical : shown.nombre,
                          .type = type_of(shown)});
    }
  }
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

/// The month (0–11) of a day, from a table of the years in which visits fall: it is asked millions of times.
class MonthTable {
 public:
  MonthTable() : months_(static_cast<std::size_t>(last_ - first_ + 1)) {
    for (std::int32_t day = first_; day <= last_; ++day) {
      months_[index(day)] = static_cast<std::uint8_t>(Date{day}.month() - 1);
    }
  }
  std::size_t operator()(Date date) const {
    if (date.days < first_ || date.days > last_) return static_cast<std::size_t>(date.month() - 1);
    return months_[index(date.days)];
  }

 private:
  static constexpr std::int32_t first_ = 14610;  // 2010-01-01
  static constexpr std::int32_t last_ = 29219;   // 2049-12-31
  static std::size_t index(std::int32_t day) { return static_cast<std::size_t>(day - first_); }
  std::vector<std::uint8_t> months_;
};

/// One thread's counts.
class Counter {
 public:
  Counter(const snapshot::Snapshot& snapshot, AsOf as_of, const Numbering& numbering, const MonthTable& month_of)
      : snapshot_(snapshot),
        as_of_(as_of),
        numbering_(numbering),
        month_of_(month_of),
        visits_(9 * numbering.services.size()),
        stamp_(numbering.services.size()) {}

  void visit(std::size_t segment, Moment at, snapshot::VisitRef ref) {
    ++stamp_now_;
    if (at.known()) ++months_[segment][month_of_(at.date())];
    std::int64_t* const visits = visits_.data() + segment * numbering_.services.size();
    for_each_line(snapshot_, ref, [&](const Line& line) {
      const auto& numbers = line.legacy ? numbering_.of_legacy : numbering_.of_current;
      const std::uint32_t service = numbers[line.service_row];
      if (service == no_service || line.at > as_of_.moment || stamp_[service] == stamp_now_) return;
      stamp_[service] = stamp_now_;
      ++visits[service];
    });
  }

  std::int64_t visits(std::size_t segment, std::uint32_t service) const {
    return visits_[segment * numbering_.services.size() + service];
  }
  const std::array<std::int64_t, 12>& months(std::size_t segment) const { return months_[segment]; }

 private:
  const snapshot::Snapshot& snapshot_;
  AsOf as_of_;
  const Numbering& numbering_;
  const MonthTable& month_of_;
  std::vector<std::int64_t> visits_;   // [segment][service]
  std::vector<std::uint64_t> stamp_;   // by service: the visit that counted it last
  std::uint64_t stamp_now_ = 0;
  std::array<std::array<std::int64_t, 12>, 9> months_{};
};

/// A segment's counts of all threads together.
SegmentHabits together(std::span<const Counter> parts, std::size_t segment, std::size_t services) {
  SegmentHabits out;
  for (std::uint32_t service = 0; service < services; ++service) {
    std::int64_t visits = 0;
    for (const Counter& part : parts) visits += part.visits(segment, service);
    if (visits > 0) out.top_services.push_back({service, visits});
  }
  std::ranges::sort(out.top_services, [](const auto& a, const auto& b) {
    return a.visits != b.visits ? a.visits > b.visits : a.service < b.service;
  });
  if (out.top_services.size() > 10) out.top_services.resize(10);
  for (const Counter& part : parts) {
    for (std::size_t month = 0; month < 12; ++month) out.visits_by_month[month] += part.months(segment)[month];
  }
  return out;
}

}  // namespace

struct Census::Habits {
  Numbering numbering;
  std::array<SegmentHabits, 9> segments{};
};

const Census::Habits& Census::all_habits(const snapshot::Snapshot& snapshot) const {
  std::call_once(habits_once_, [&] {
    auto made = std::make_shared<Habits>(Habits{.numbering = Numbering(snapshot)});
    const MonthTable month_of;
    std::vector<Counter> parts(parts_for(size(), 2), Counter(snapshot, as_of_, made->numbering, month_of));
    // Sales are walked in their own order, beside which their lines lie, and not customer by customer: many times
    // faster where there are millions. Of legacy visits only those that stand in a person's list count.
    const auto& owner = snapshot.current().sales.customer;
    in_parts(snapshot.current().sales.size(), parts.size(), [&](std::size_t part, Row from, Row to) {
      for (Row sale = from; sale < to; ++sale) {
        const Moment at = snapshot.sale_moment(sale);
        if (snapshot.sale_kind(sale) != snapshot::SaleKind::visit || !counted(owner[sale])) continue;
        if (snapshot.sale_seen_from(sale) > as_of_.moment) continue;
        parts[part].visit(segment_[owner[sale]], at, snapshot::VisitRef{sale});
      }
    });
    in_parts(static_cast<Row>(size()), parts.size(), [&](std::size_t part, Row from, Row to) {
      for (Row row = from; row < to; ++row) {
        if (!counted(row)) continue;
        for_each_seen(snapshot, row, {.as_of = as_of_, .legacy_only = true},
                      [&](std::size_t, Moment at, Pesos, snapshot::VisitRef ref) {
                        parts[part].visit(segment_[row], at, ref);
                      });
      }
    });
    const std::size_t services = made->numbering.services.size();
    for (std::size_t segment = 0; segment < 9; ++segment) made->segments[segment] = together(parts, segment, services);
    habits_ = std::move(made);
  });
  return *habits_;
}

const SegmentHabits& Census::habits(const snapshot::Snapshot& snapshot, Segment segment) const {
  return all_habits(snapshot).segments[static_cast<std::size_t>(segment)];
}

std::span<const CanonicalService> Census::services(const snapshot::Snapshot& snapshot) const {
  return all_habits(snapshot).numbering.services;
}

std::size_t Census::memory() const {
  const std::size_t a_row = sizeof(std::int32_t) + sizeof(std::uint32_t) + sizeof(Pesos) + sizeof(std::uint16_t) + 3;
  std::size_t tables = 0;
  for (const TableOrder& order : table_orders_) tables += order.rows.capacity() * sizeof(Row);
  // The orders hold two rows and a number of days for each.
  return sizeof(Census) + tables + folded_spent_.capacity() * sizeof(Pesos) + size() * (a_row + 2 * sizeof(Row) + sizeof(std::int32_t));
}

}  // namespace aremko::analytics

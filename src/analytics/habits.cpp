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
    number(snapshot, snapshot.current().services, of_current);
    if (snapshot.legacy().services) number(snapshot, snapshot.legacy().services->services, of_legacy);
  }

 private:
  void number(const snapshot::Snapshot& snapshot, const std::vector<sources::CatalogService>& from,
              std::vector<std::uint32_t>& to) {
    to.reserve(from.size());
    for (const auto& service : from) {
      if (!is_preference(service)) {
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

/// One thread's counts.
struct Counts {
  std::vector<std::int64_t> services;  // [segment][service]
  std::array<std::array<std::int64_t, 12>, 9> months{};
  std::vector<std::uint64_t> stamp;    // by service: the visit that counted it last
  std::uint64_t visit = 0;
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

}  // namespace

struct Census::Habits {
  Numbering numbering;
  std::array<SegmentHabits, 9> segments{};
};

const Census::Habits& Census::all_habits(const snapshot::Snapshot& snapshot) const {
  std::call_once(habits_once_, [&] {
    auto made = std::make_shared<Habits>(Habits{.numbering = Numbering(snapshot)});
    const std::size_t services = made->numbering.services.size();
    std::vector<Counts> parts(parts_for(size(), 2));
    for (Counts& part : parts) {
      part.services.resize(9 * services);
      part.stamp.resize(services);
    }
    const MonthTable month_of;
    const View view{.as_of = as_of_};
    in_parts(static_cast<Row>(size()), parts.size(), [&](std::size_t number, Row from, Row to) {
      Counts& part = parts[number];
      for (Row row = from; row < to; ++row) {
        if (!counted(row)) continue;
        const std::size_t segment = segment_[row];
        for_each_seen(snapshot, row, view, [&](std::size_t, Moment at, Pesos, snapshot::VisitRef ref) {
          ++part.visit;
          if (at.known()) ++part.months[segment][month_of(at.date())];
          for_each_line(snapshot, ref, [&](const Line& line) {
            const std::uint32_t service = line.legacy ? made->numbering.of_legacy[line.service_row]
                                                      : made->numbering.of_current[line.service_row];
            if (service == no_service || line.at > as_of_.moment || part.stamp[service] == part.visit) return;
            part.stamp[service] = part.visit;
            ++part.services[segment * services + service];
          });
        });
      }
    });
    for (std::size_t segment = 0; segment < 9; ++segment) {
      SegmentHabits& habits = made->segments[segment];
      for (std::uint32_t service = 0; service < services; ++service) {
        std::int64_t visits = 0;
        for (const Counts& part : parts) visits += part.services[segment * services + service];
        if (visits > 0) habits.top_services.push_back({service, visits});
      }
      std::ranges::sort(habits.top_services, [](const auto& a, const auto& b) {
        return a.visits != b.visits ? a.visits > b.visits : a.service < b.service;
      });
      if (habits.top_services.size() > 10) habits.top_services.resize(10);
      for (const Counts& part : parts) {
        for (std::size_t month = 0; month < 12; ++month) habits.visits_by_month[month] += part.months[segment][month];
      }
    }
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
  // The orders hold two rows and a number of days for each.
  return sizeof(Census) + size() * (a_row + 2 * sizeof(Row) + sizeof(std::int32_t));
}

}  // namespace aremko::analytics

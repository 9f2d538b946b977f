#pragma once
// Everybody at once: each customer's scores, segment and priority at a moment, from one pass over the visit columns.

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "analytics/rfm.h"
#include "base/civil.h"
#include "base/money.h"
#include "model/people_table.h"
#include "model/segment.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

struct SegmentTotals {
  std::int64_t customers = 0;
  std::int64_t visits = 0;
  Pesos spent = 0;
};

/// What a segment's people do, over all their seen visits.
struct SegmentHabits {
  struct Service {
    std::uint32_t service = 0;      // index into Census::services()
    std::int64_t visits = 0;
  };
  std::vector<Service> top_services;           // most visits first, at most 10
  std::array<std::int64_t, 12> visits_by_month{};  // dated ones
};

/// A service known by its canonical name, whichever source names it.
struct CanonicalService {
  std::optional<std::int64_t> id;   // of today's catalogue
  std::string_view name;            // the catalogue's, else the canonical one; a view into the snapshot
  std::string_view type;
};

/// Answers for all customers (rows of customers()) at one as_of. Immutable to its readers, who may be several
/// threads; the orders and the habits are made when first asked for. It keeps no snapshot: its texts and rows are
/// those of the snapshot it was taken from, which must live while they are used.
class Census {
 public:
  static constexpr std::int32_t no_days = -1;

  /// Uses up to `threads` threads. 1,000,000 customers with 5,000,000 visits take well under 100 ms.
  Census(const snapshot::Snapshot& snapshot, AsOf as_of, const RfmThresholds& thresholds = {}, unsigned threads = 2);
  ~Census();

  std::uint64_t version() const { return version_; }   // of the snapshot
  AsOf as_of() const { return as_of_; }
  /// The next moment at which something changes by itself: a visit comes due, a customer's creation, midnight (with
  /// it days and no-contact dates). Every as_of in [as_of(), valid_until()) has exactly these answers.
  Moment valid_until() const { return valid_until_; }
  bool answers(std::uint64_t version, AsOf as_of) const {
    return version == version_ && as_of_ <= as_of && as_of.moment < valid_until_;
  }

  // One entry a customer.
  std::size_t size() const { return days_.size(); }
  /// A customer of the count: no staff, known at as_of, and no further row of a person who has several (folded). The
  /// others have no segment and no priority.
  bool counted(snapshot::Row customer) const { return (flags_[customer] & counted_bit) != 0; }
  bool reachable(snapshot::Row customer) const { return (flags_[customer] & reachable_bit) != 0; }
  std::int32_t days(snapshot::Row customer) const { return days_[customer]; }  // no_days without a dated visit
  std::uint32_t visits(snapshot::Row customer) const { return visits_[customer]; }
  Pesos spent(snapshot::Row customer) const { return spent_[customer]; }
  /// With what stands on the folded rows behind it.
  Pesos person_spent(snapshot::Row customer) const {
    return spent_[customer] + (folded_spent_.empty() ? 0 : folded_spent_[customer]);
  }
  RfmScores scores(snapshot::Row customer) const;
  Segment segment(snapshot::Row customer) const { return static_cast<Segment>(segment_[customer]); }
  int priority(snapshot::Row customer) const { return priority_[customer]; }  // 0 without a dated visit

  std::int64_t customers() const { return customers_; }  // counted ones
  std::int64_t staff() const { return staff_; }
  /// Rows that stand behind another of the same person, the one that came last.
  std::int64_t folded() const { return folded_; }
  bool folded(snapshot::Row customer) const { return (flags_[customer] & folded_bit) != 0; }
  /// Visits and money of folded rows stand in their person's segment.
  const SegmentTotals& totals(Segment segment) const { return totals_[static_cast<std::size_t>(segment)]; }

  /// Whoever was last seen at least so many days ago has been away for `months`.
  std::int32_t days_of_months(int months) const;
  /// How many counted customers had their last visit so many months ago or longer.
  std::int64_t inactive_count(int months) const;
  /// A page of them: highest priority first, then most money, then id.
  std::vector<snapshot::Row> inactive(int months, std::size_t limit, std::size_t offset = 0) const;
  /// A segment's customers: most money first, then id. The whole list; slice it.
  std::span<const snapshot::Row> members(Segment segment) const;

  /// Every counted customer, ascending, ties by id; made when first asked for. Needs the snapshot the census was
  /// taken from.
  std::span<const snapshot::Row> order(const snapshot::Snapshot& snapshot, PeopleOrder by) const;

  /// Both need the snapshot the census was taken from.
  const SegmentHabits& habits(const snapshot::Snapshot& snapshot, Segment segment) const;
  std::span<const CanonicalService> services(const snapshot::Snapshot& snapshot) const;

  std::size_t memory() const;  // bytes

 private:
  struct Orders;
  struct Habits;
  struct Pass;
  static constexpr std::uint8_t counted_bit = 1;
  static constexpr std::uint8_t reachable_bit = 2;
  static constexpr std::uint8_t folded_bit = 4;

  struct TableOrder {
    std::once_flag once;
    std::vector<snapshot::Row> rows;
  };

  void fold(const snapshot::RowSets& twins);
  const Orders& orders() const;
  std::int64_t number(snapshot::Row row, PeopleOrder by) const;  // what a table is sorted by
  const Habits& all_habits(const snapshot::Snapshot& snapshot) const;

  std::uint64_t version_ = 0;
  AsOf as_of_;
  Moment valid_until_;
  std::vector<std::int32_t> days_;
  std::vector<std::uint32_t> visits_;
  std::vector<Pesos> spent_;
  std::vector<Pesos> folded_spent_;     // by the row that stands for the person; empty when none is folded
  std::vector<std::uint16_t> rfm_;      // three bits each
  std::vector<std::uint8_t> segment_;
  std::vector<std::uint8_t> priority_;
  std::vector<std::uint8_t> flags_;
  std::int64_t customers_ = 0;
  std::int64_t staff_ = 0;
  std::int64_t folded_ = 0;
  std::array<SegmentTotals, 9> totals_{};

  mutable std::array<TableOrder, 6> table_orders_;  // by PeopleOrder
  mutable std::once_flag orders_once_;
  mutable std::shared_ptr<const Orders> orders_;
  mutable std::once_flag habits_once_;
  mutable std::shared_ptr<const Habits> habits_;
};

/// A few censuses of one tenant, the last used kept. Thread-safe; one that several ask for at once is taken once, and
/// those who ask for another do not wait for it.
class CensusCache {
 public:
  explicit CensusCache(RfmThresholds thresholds = {}, std::size_t capacity = 4, unsigned threads = 2);
  ~CensusCache();

  std::shared_ptr<const Census> get(const snapshot::Snapshot& snapshot, AsOf as_of);
  const RfmThresholds& thresholds() const { return thresholds_; }

 private:
  struct Entry;
  RfmThresholds thresholds_;
  std::size_t capacity_;
  unsigned threads_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<Entry>> entries_;  // last used first
};

}  // namespace aremko::analytics

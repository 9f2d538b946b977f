#include "analytics/census.h"

#include <algorithm>
#include <thread>

#include "analytics/census_parts.h"
#include "analytics/history.h"
#include "analytics/people.h"
#include "analytics/priority.h"
#include "snapshot/radix_sort.h"

namespace aremko::analytics {

using snapshot::Row;

/// One thread's share of the pass.
struct Census::Pass {
  const snapshot::Snapshot& snapshot;
  const RfmThresholds& thresholds;
  Census& out;
  std::int64_t customers = 0;
  std::int64_t staff = 0;
  std::array<SegmentTotals, 9> totals{};
  Moment valid_until;

  void run(Row from, Row to) {
    valid_until = out.valid_until_;
    for (Row row = from; row < to; ++row) one(row);
  }

  void comes(Moment at) {
    if (at > out.as_of_.moment) valid_until = std::min(valid_until, at);
  }

  /// A booking ahead is there once it was made.
  void booked(snapshot::VisitRef ref) {
    if (!ref.legacy()) comes(snapshot.current().sales.created[ref.sale()]);
  }

  /// A message that will have been sent, and a refusal that ends.
  void said(Row row) {
    const auto messages = snapshot.messages_of(row);
    const auto next = std::ranges::upper_bound(messages, out.as_of_.moment, {}, &sources::Message::at);
    if (next != messages.end()) comes(next->at);
    const snapshot::PersonTies& ties = snapshot.person_ties();
    if (!ties.email_closed.empty()) comes(ties.email_closed[row]);
  }

  bool known(Row row) {
    const Moment created = snapshot.customers().contact.created[row];
    if (created <= out.as_of_.moment) return true;
    const Moment from = known_from(snapshot, row);
    comes(from);
    return from <= out.as_of_.moment;
  }

  void one(Row row) {
    const snapshot::VisitSpan visits = snapshot.visits(snapshot.person_of_customer(row));
    const std::size_t seen = visits.seen(out.as_of_);
    if (seen < visits.size()) comes(visits.from[seen]);
    for (std::size_t i = seen; i < visits.size(); ++i) booked(visits.ref[i]);
    for (const Row sale : snapshot.unpaid_of(row)) comes(snapshot.current().sales.created[sale]);
    said(row);
    const snapshot::ChargeSpan charges = snapshot.charges(snapshot.person_of_customer(row));
    const std::size_t charged = charges.seen(out.as_of_);
    if (charged < charges.size()) comes(charges.from[charged]);

    std::optional<int> since_last;
    std::optional<int> since_first;
    const std::int32_t today = out.as_of_.date().days;
    if (seen > 0 && visits.at[seen - 1].known()) {
      since_last = today - visits.at[seen - 1].date().days;
      if (visits.at[0].known()) since_first = today - visits.at[0].date().days;
    }
    const Pesos spent = (seen > 0 ? visits.spent[seen - 1] : 0) + (charged > 0 ? charges.spent[charged - 1] : 0);
    const RfmScores scores = rfm_scores(since_last, static_cast<std::int64_t>(seen), spent, thresholds);
    out.days_[row] = since_last.value_or(no_days);
    out.visits_[row] = static_cast<std::uint32_t>(seen);
    out.spent_[row] = spent;
    out.rfm_[row] = static_cast<std::uint16_t>(scores.recency * 64 + scores.frequency * 8 + scores.monetary);
    count(row, scores, since_first);
  }

  void count(Row row, RfmScores scores, std::optional<int> since_first) {
    if (!known(row)) return;
    if ((snapshot.customers().contact.flags[row] & sources::is_staff) != 0) {
      ++staff;
      return;
    }
    const Segment segment = segment_of(scores, since_first, thresholds);
    const bool reachable = reach(snapshot, row, out.as_of_).reachable();
    out.segment_[row] = static_cast<std::uint8_t>(segment);
    out.flags_[row] = reachable ? counted_bit | reachable_bit : counted_bit;
    if (out.days_[row] != no_days) {
      Priority parts = analytics::priority(out.days_[row], out.visits_[row], out.spent_[row], reachable, thresholds);
      parts.booked = booked_ahead(snapshot, row, out.as_of_).known();
      out.priority_[row] = static_cast<std::uint8_t>(parts.total());
    }
    ++customers;
    SegmentTotals& sums = totals[static_cast<std::size_t>(segment)];
    ++sums.customers;
    sums.visits += out.visits_[row];
    sums.spent += out.spent_[row];
  }
};

Census::Census(const snapshot::Snapshot& snapshot, AsOf as_of, const RfmThresholds& thresholds, unsigned threads)
    : version_(snapshot.version()),
      as_of_(as_of),
      valid_until_(Moment::start_of(as_of.date().plus_days(1))),
      days_(snapshot.customers().size(), no_days),
      visits_(days_.size()),
      spent_(days_.size()),
      rfm_(days_.size()),
      segment_(days_.size(), static_cast<std::uint8_t>(Segment::occasional)),
      priority_(days_.size()),
      flags_(days_.size()) {
  std::vector<Pass> passes(parts_for(days_.size(), threads), Pass{snapshot, thresholds, *this, 0, 0, {}, {}});
  in_parts(static_cast<Row>(days_.size()), passes.size(),
           [&](std::size_t part, Row from, Row to) { passes[part].run(from, to); });
  for (const Pass& pass : passes) {
    customers_ += pass.customers;
    staff_ += pass.staff;
    valid_until_ = std::min(valid_until_, pass.valid_until);
    for (std::size_t i = 0; i < totals_.size(); ++i) {
      totals_[i].customers += pass.totals[i].customers;
      totals_[i].visits += pass.totals[i].visits;
      totals_[i].spent += pass.totals[i].spent;
    }
  }
  fold(snapshot.person_ties().twins);
}

/// Of several rows that are one person the one that came last stands for them all; the others' visits and money count
/// in its segment.
void Census::fold(const snapshot::RowSets& twins) {
  const auto better = [this](Row a, Row b) {
    if (days_[a] != days_[b]) return days_[b] == no_days || (days_[a] != no_days && days_[a] < days_[b]);
    return spent_[a] != spent_[b] ? spent_[a] > spent_[b] : a < b;
  };
  const std::size_t sets = twins.members.begin.size() - 1;
  for (Row set = 0; set < sets; ++set) {
    Row best = snapshot::no_row;
    for (const Row row : twins.members.of(set)) {
      if (counted(row) && (best == snapshot::no_row || better(row, best))) best = row;
    }
    for (const Row row : twins.members.of(set)) {
      if (row == best || !counted(row)) continue;
      flags_[row] = folded_bit;
      --customers_;
      ++folded_;
      if (folded_spent_.empty()) folded_spent_.resize(spent_.size());
      folded_spent_[best] += spent_[row];
      SegmentTotals& from = totals_[segment_[row]];
      SegmentTotals& to = totals_[segment_[best]];
      --from.customers;
      from.visits -= visits_[row];
      from.spent -= spent_[row];
      to.visits += visits_[row];
      to.spent += spent_[row];
    }
  }
}

Census::~Census() = default;

RfmScores Census::scores(Row customer) const {
  const int packed = rfm_[customer];
  return {.recency = packed / 64, .frequency = packed / 8 % 8, .monetary = packed % 8};
}

/// Counted customers in the orders in which pages show them.
struct Census::Orders {
  std::array<std::uint32_t, 10> segment_begin{};
  std::vector<Row> by_segment;          // within a segment: most money first, then id
  std::vector<Row> by_priority;         // those with a dated visit: highest priority first, then money, then id
  std::vector<std::int32_t> days;       // of by_priority, so that a page's search runs along memory
};

const Census::Orders& Census::orders() const {
  std::call_once(orders_once_, [&] {
    auto made = std::make_shared<Orders>();
    std::vector<snapshot::KeyedRow> by_money;
    by_money.reserve(static_cast<std::size_t>(customers_));
    // Money counts down from the top of its 40 bits; whoever has more than that stands with the richest, whoever was
    // given back more than `bottom` with the poorest.
    constexpr Pesos top = Pesos{1} << 39;
    constexpr Pesos bottom = -(Pesos{1} << 36);
    for (Row row = 0; row < size(); ++row) {
      if (!counted(row)) continue;
      by_money.push_back({static_cast<std::uint64_t>(top - std::clamp(spent_[row], bottom, top)), row});
    }
    snapshot::radix_sort(by_money);

    // Two counting sorts of the order by money; they are stable, so within a segment or a priority it stays.
    std::array<std::uint32_t, 9> at{};
    std::array<std::uint32_t, 101> level{};
    for (std::size_t i = 0; i < 9; ++i) {
      made->segment_begin[i + 1] = made->segment_begin[i] + static_cast<std::uint32_t>(totals_[i].customers);
      at[i] = made->segment_begin[i];
    }
    for (const auto& item : by_money) {
      if (days_[item.row] != no_days) ++level[static_cast<std::size_t>(100 - priority_[item.row])];
    }
    std::uint32_t sum = 0;
    for (std::uint32_t& entry : level) entry = std::exchange(sum, sum + entry);
    made->by_segment.resize(by_money.size());
    made->by_priority.resize(sum);
    made->days.resize(sum);
    for (const auto& item : by_money) {
      made->by_segment[at[segment_[item.row]]++] = item.row;
      if (days_[item.row] == no_days) continue;
      const std::uint32_t place = level[static_cast<std::size_t>(100 - priority_[item.row])]++;
      made->by_priority[place] = item.row;
      made->days[place] = days_[item.row];
    }
    orders_ = std::move(made);
  });
  return *orders_;
}

std::int32_t Census::days_of_months(int months) const {
  return as_of_.date().days - months_window_start(as_of_, months).days + 1;
}

std::int64_t Census::inactive_count(int months) const {
  const std::int32_t least = days_of_months(months);
  const auto& days = orders().days;
  return std::count_if(days.begin(), days.end(), [least](std::int32_t value) { return value >= least; });
}

std::vector<Row> Census::inactive(int months, std::size_t limit, std::size_t offset) const {
  const std::int32_t least = days_of_months(months);
  const Orders& order = orders();
  std::vector<Row> out;
  for (std::size_t i = 0; i < order.days.size() && out.size() < limit; ++i) {
    if (order.days[i] < least) continue;
    if (offset > 0) {
      --offset;
      continue;
    }
    out.push_back(order.by_priority[i]);
  }
  return out;
}

std::span<const Row> Census::members(Segment segment) const {
  const Orders& order = orders();
  const auto i = static_cast<std::size_t>(segment);
  const std::uint32_t from = order.segment_begin[i];
  return std::span(order.by_segment).subspan(from, order.segment_begin[i + 1] - from);
}

}  // namespace aremko::analytics

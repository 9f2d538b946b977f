#include "base/text.h"
#include "snapshot/stages.h"

namespace aremko::snapshot {

namespace {

using sources::LegacyServicesBatch;

/// One visit before its owner's place is known.
struct Draft {
  Row owner;  // row of the file, or file size + extra; a customer's own come in a list apart
  std::uint32_t first;
  std::uint32_t end;  // lines [first, end) of the sorted list
};

class Drafts {
 public:
  Drafts(const sources::CustomerColumns& customers, const sources::LegacyCustomersBatch* file,
         const LegacyServicesBatch& services, std::span<const Row> customer_of, std::span<const std::uint8_t> live,
         std::span<const MergedRow> merged)
      : services_(services),
        live_(live),
        merged_(merged),
        ties_(tie_names(file, services, customer_of, customers)),
        evidence_(file, services, ties_),
        file_size_(file ? file->size() : 0) {
    group_lines(customers);
    const auto names = static_cast<Row>(services.people.size());
    for (Row person = 0; person < names; ++person) cut_person(person);
    own_from_ = drafts_.size();
    for (Row customer = 0; customer < customers.size(); ++customer) {
      cut(lines_.begin[names + customer], lines_.begin[names + customer + 1], [&](auto) { return customer; });
    }
  }

  LegacyFacts emit(std::size_t customer_count) &&;

 private:
  void group_lines(const sources::CustomerColumns& customers);
  Row customer_with(const sources::CustomerColumns& customers, std::int64_t id) const;
  void cut_person(Row person);
  template <class OwnerOf>
  void cut(std::uint32_t from, std::uint32_t to, OwnerOf owner_of);
  void add_extra(Row person);
  Moment moment_of(std::span<const Row> lines) const;

  const LegacyServicesBatch& services_;
  std::span<const std::uint8_t> live_;
  std::span<const MergedRow> merged_;
  NameTies ties_;
  ContactEvidence evidence_;
  Row file_size_;
  RowGroups lines_;                 // per person, then per customer: its lines by date, number, line
  std::vector<std::uint8_t> named_; // per person: some line bears the name and no customer's number
  std::vector<Draft> drafts_;
  std::size_t own_from_ = 0;
  LegacyFacts out_;
};

Row Drafts::customer_with(const sources::CustomerColumns& customers, std::int64_t id) const {
  const auto at = std::lower_bound(customers.id.begin(), customers.id.end(), id);
  if (at != customers.id.end() && *at == id) return static_cast<Row>(at - customers.id.begin());
  const auto merged = std::ranges::lower_bound(merged_, id, {}, &MergedRow::id);
  return merged != merged_.end() && merged->id == id ? merged->customer : no_row;
}

/// Rows by whom they name: people first, then customers. Cancelled lines, the live system's own, and lines that name
/// nobody, are left out.
void Drafts::group_lines(const sources::CustomerColumns& customers) {
  const auto names = static_cast<Row>(services_.people.size());
  std::vector<Row> whose(services_.size(), no_row);
  named_.assign(names, 0);
  for (Row line = 0; line < services_.size(); ++line) {
    if (!live_.empty() && live_[line] != 0) continue;
    if (const std::int64_t id = services_.customer_id[line]; id != 0) {
      const Row customer = customer_with(customers, id);
      if (customer == no_row || services_.cancelled[line] != 0) continue;
      whose[line] = names + customer;
      continue;
    }
    const Row person = services_.person[line];
    if (person >= names || services_.people[person].folded.empty()) continue;
    named_[person] = 1;
    if (services_.cancelled[line] == 0) whose[line] = person;
  }
  lines_ = group_rows(whose, names + std::size_t{customers.size()});
  for (std::size_t group = 0; group + 1 < lines_.begin.size(); ++group) {
    const auto from = lines_.rows.begin() + lines_.begin[group];
    const auto to = lines_.rows.begin() + lines_.begin[group + 1];
    if (to - from > 1) {
      std::sort(from, to, [&](Row a, Row b) {
        const Date day_a = services_.at[a].date();
        const Date day_b = services_.at[b].date();
        return std::tie(day_a, services_.reservation[a], a) < std::tie(day_b, services_.reservation[b], b);
      });
    }
  }
}

template <class OwnerOf>
void Drafts::cut(std::uint32_t from, std::uint32_t to, OwnerOf owner_of) {
  for (std::uint32_t first = from; first < to;) {
    const Row line = lines_.rows[first];
    std::uint32_t end = first + 1;
    while (end < to && services_.reservation[lines_.rows[end]] == services_.reservation[line] &&
           services_.at[lines_.rows[end]].date() == services_.at[line].date()) {
      ++end;
    }
    drafts_.push_back({owner_of(std::span(lines_.rows).subspan(first, end - first)), first, end});
    first = end;
  }
}

void Drafts::add_extra(Row person) {
  out_.extra_person.push_back(person);
  out_.extra_id.push_back(fmt::format("svc-{:016x}", hash64(services_.people[person].folded)));
}

void Drafts::cut_person(Row person) {
  if (named_[person] == 0) return;
  const Row tie = ties_.row_of[person];
  const Row next_extra = file_size_ + static_cast<Row>(out_.extra_id.size());
  if (tie == no_row) add_extra(person);
  bool undecided = false;
  cut(lines_.begin[person], lines_.begin[person + 1], [&](std::span<const Row> lines) {
    if (tie == no_row) return next_extra;
    if (tie != NameTies::ambiguous) return tie;
    const Row decided = evidence_.decide(person, lines);
    undecided = undecided || decided == no_row;
    return decided == no_row ? next_extra : decided;
  });
  if (undecided) add_extra(person);
}

/// The earliest known hour; midnight stands for "hour unknown", nobody bathes then.
Moment Drafts::moment_of(std::span<const Row> lines) const {
  Moment best = services_.at[lines.front()];
  for (const Row line : lines.subspan(1)) {
    const Moment at = services_.at[line];
    if (!best.known() || !at.known()) continue;
    const bool best_has_hour = best.minute_of_day() != 0;
    const bool has_hour = at.minute_of_day() != 0;
    if ((has_hour && !best_has_hour) || (has_hour == best_has_hour && at < best)) best = at;
  }
  return best;
}

LegacyFacts Drafts::emit(std::size_t customer_count) && {
  const std::size_t people = file_size_ + out_.extra_id.size();
  std::vector<Row> owner(drafts_.size());
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    owner[i] = drafts_[i].owner + (i < own_from_ ? 0 : static_cast<Row>(people));
  }
  const RowGroups order = group_rows(owner, people + customer_count);

  LegacyVisits& visits = out_.visits;
  visits.lines.reserve(lines_.rows.size());
  visits.first_line.reserve(drafts_.size() + 1);
  std::vector<Row> own(drafts_.size(), no_row);
  for (const Row index : order.rows) {
    const Draft& draft = drafts_[index];
    const auto lines = std::span<const Row>(lines_.rows).subspan(draft.first, draft.end - draft.first);
    if (index >= own_from_) own[visits.legacy_row.size()] = draft.owner;
    visits.legacy_row.push_back(index < own_from_ ? draft.owner : no_row);
    visits.reservation.push_back(services_.reservation[lines.front()]);
    visits.at.push_back(moment_of(lines));
    Pesos total = 0;
    for (const Row line : lines) total += services_.amount[line];
    visits.total.push_back(total);
    visits.lines.insert(visits.lines.end(), lines.begin(), lines.end());
    visits.first_line.push_back(static_cast<std::uint32_t>(visits.lines.size()));
  }
  out_.begin.assign(order.begin.begin(), order.begin.begin() + static_cast<std::ptrdiff_t>(people) + 1);
  out_.own = group_rows(own, customer_count);
  return std::move(out_);
}

}  // namespace

LegacyFacts legacy_facts(const sources::CustomerColumns& customers, const sources::LegacyCustomersBatch* file,
                         const sources::LegacyServicesBatch* services, std::span<const Row> customer_of,
                         std::span<const std::uint8_t> live, std::span<const MergedRow> merged) {
  if (services == nullptr) {
    LegacyFacts none;
    none.begin.assign(std::size_t{file ? file->size() : 0} + 1, 0);
    none.own.begin.assign(std::size_t{customers.size()} + 1, 0);
    return none;
  }
  return Drafts(customers, file, *services, customer_of, live, merged).emit(customers.size());
}

}  // namespace aremko::snapshot

#include "identity/duplicates.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "base/text.h"
#include "identity/given_names.h"
#include "identity/name_compare.h"

namespace aremko::identity {

namespace {

using RowId = std::uint32_t;

/// Rows by a key, those of key 0 left out.
std::vector<std::pair<std::uint64_t, RowId>> sorted_rows(std::size_t rows, const auto& key_of) {
  std::vector<std::pair<std::uint64_t, RowId>> out;
  out.reserve(rows);
  for (RowId row = 0; row < rows; ++row) {
    if (const std::uint64_t key = key_of(row); key != 0) out.emplace_back(key, row);
  }
  std::ranges::sort(out);
  return out;
}

/// Calls `use` with the rows of each key that two rows or more have.
void each_group(const std::vector<std::pair<std::uint64_t, RowId>>& sorted, const auto& use) {
  std::vector<RowId> rows;
  for (std::size_t from = 0, to = 0; from < sorted.size(); from = to) {
    while (to < sorted.size() && sorted[to].first == sorted[from].first) ++to;
    if (to - from < 2) continue;
    rows.clear();
    for (std::size_t at = from; at < to; ++at) rows.push_back(sorted[at].second);
    use(std::span<const RowId>(rows));
  }
}

/// Rows that are one person; each person has at most one RUT.
class People {
 public:
  explicit People(const Numbered& ruts) : parent_(ruts.rows.size()), rut_(ruts.rows) {
    std::iota(parent_.begin(), parent_.end(), RowId{0});
  }
  RowId of(RowId row) {
    while (parent_[row] != row) row = parent_[row] = parent_[parent_[row]];
    return row;
  }
  std::uint32_t rut(RowId row) { return rut_[of(row)]; }
  bool may_join(RowId a, RowId b) {
    const std::uint32_t one = rut(a), other = rut(b);
    return one == 0 || other == 0 || one == other;
  }
  /// False when they were one already, or cannot be.
  bool join(RowId a, RowId b) {
    a = of(a), b = of(b);
    if (a == b || !may_join(a, b)) return false;
    if (b < a) std::swap(a, b);  // a person's first row stands for them
    parent_[b] = a;
    if (rut_[a] == 0) rut_[a] = rut_[b];
    return true;
  }

 private:
  std::vector<RowId> parent_;
  std::vector<std::uint32_t> rut_;  // of the row that stands for a person
};

class Finder {
 public:
  explicit Finder(const DuplicateInput& input) : in_(input), people_(input.ruts) {
    keys_.reserve(input.names.texts.size());
    for (const std::string_view name : input.names.texts) {
      auto words = name_words(name);
      std::ranges::sort(words);
      std::uint64_t key = words.size();
      for (const std::string_view word : words) key = hash64(word, key);
      keys_.push_back({words.size() < 2 ? 0 : key, words.size()});
    }
  }

  Duplicates find() {
    by_value(in_.ruts, DuplicateBy::rut);
    by_value(in_.emails, DuplicateBy::email);
    by_value(in_.phones, DuplicateBy::phone);
    by_name_and_city();
    const std::size_t rows = in_.names.rows.size();
    std::vector<RowId> certain(rows);
    for (RowId row = 0; row < rows; ++row) certain[row] = people_.of(row);
    out_.certain = count(certain, out_.groups, nullptr);
    by_name();
    std::vector<RowId> possible(rows);
    for (RowId row = 0; row < rows; ++row) possible[row] = people_.of(row);
    out_.possible = count(possible, out_.possible_groups, &certain);
    return std::move(out_);
  }

 private:
  struct NameKey {
    std::uint64_t key = 0;  // of its words in any order; 0 for fewer than two
    std::size_t words = 0;
  };

  std::uint32_t name_of(RowId row) const { return in_.names.rows[row]; }

  void join(RowId a, RowId b, DuplicateBy by) { out_.joined_by[static_cast<std::size_t>(by)] += people_.join(a, b); }

  static bool agree(std::string_view a, std::string_view b) {
    if (other_given_name(a, b)) return false;
    switch (compare_names(name_words(a), name_words(b))) {
      case NameLevel::exact:
      case NameLevel::partial:
      case NameLevel::similar: return true;
      case NameLevel::missing:
      case NameLevel::shares:
      case NameLevel::different: return false;
    }
    return false;
  }

  /// Every row goes to the first earlier one whose name agrees; a value on too many unlike names joins nobody.
  void by_value(const Numbered& values, DuplicateBy by) {
    struct Bearer {
      std::uint32_t name;
      RowId row;
    };
    std::vector<Bearer> bearers;
    std::vector<std::pair<RowId, RowId>> joins;
    each_group(sorted_rows(values.rows.size(), [&](RowId row) -> std::uint64_t { return values.rows[row]; }),
               [&](std::span<const RowId> rows) {
                 bearers.clear();
                 joins.clear();
                 for (const RowId row : rows) {
                   const std::uint32_t name = name_of(row);
                   if (name == 0) continue;
                   const auto bearer = std::ranges::find_if(bearers, [&](const Bearer& known) {
                     return (known.name == name || agree(in_.names.texts[known.name], in_.names.texts[name])) &&
                            people_.may_join(known.row, row);
                   });
                   if (bearer != bearers.end()) {
                     joins.emplace_back(bearer->row, row);
                   } else {
                     bearers.push_back({name, row});
                     if (bearers.size() > many_names) return;
                   }
                 }
                 for (const auto& [first, row] : joins) join(first, row, by);
               });
  }

  void by_name_and_city() {
    const auto key_of = [&](RowId row) -> std::uint64_t {
      const NameKey& name = keys_[name_of(row)];
      const std::uint32_t city = in_.cities.rows[row];
      return name.key == 0 || city == 0 ? 0 : name.key ^ (0x9E3779B97F4A7C15U * city);
    };
    each_group(sorted_rows(in_.names.rows.size(), key_of), [&](std::span<const RowId> rows) {
      if (rows.size() > most_rows_of_a_name || several(rows, [&](RowId row) { return people_.rut(row); })) return;
      if (keys_[name_of(rows.front())].words < 3 && several(rows, [&](RowId row) { return in_.phones.rows[row]; })) return;
      for (const RowId row : rows.subspan(1)) join(rows.front(), row, DuplicateBy::name_and_city);
    });
  }

  /// After everything else was counted: it changes who is one person.
  void by_name() {
    const auto key_of = [&](RowId row) { return keys_[name_of(row)].key; };
    each_group(sorted_rows(in_.names.rows.size(), key_of), [&](std::span<const RowId> rows) {
      if (rows.size() > most_rows_of_a_name) {
        ++out_.repeated_names;
        out_.repeated_name_rows += rows.size();
        keep(out_.repeated_groups, rows);
        return;
      }
      if (keys_[name_of(rows.front())].words < 3) return;
      if (several(rows, [&](RowId row) { return people_.rut(row); })) return;
      if (several(rows, [&](RowId row) { return in_.cities.rows[row]; })) return;
      for (const RowId row : rows.subspan(1)) people_.join(rows.front(), row);
    });
  }

  /// Whether two different values stand among them.
  static bool several(std::span<const RowId> rows, const auto& value_of) {
    std::uint32_t one = 0;
    for (const RowId row : rows) {
      const std::uint32_t value = value_of(row);
      if (value == 0 || value == one) continue;
      if (one != 0) return true;
      one = value;
    }
    return false;
  }

  static void keep(std::vector<std::vector<RowId>>& groups, std::span<const RowId> rows) {
    if (groups.size() == duplicate_groups) return;
    groups.emplace_back(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), duplicate_group_rows)));
  }

  /// `before`: groups that were whole then are not kept again.
  static DuplicateCount count(const std::vector<RowId>& person, std::vector<std::vector<RowId>>& groups,
                              const std::vector<RowId>* before) {
    DuplicateCount out;
    std::vector<std::uint32_t> rows_of(person.size());
    for (const RowId first : person) ++rows_of[first];
    std::unordered_map<RowId, std::vector<RowId>> kept;
    std::vector<RowId> order;
    for (RowId row = 0; row < person.size(); ++row) {
      const std::uint64_t rows = rows_of[row];
      if (rows < 2) continue;
      ++out.people;
      out.rows += rows;
      out.pairs += rows * (rows - 1) / 2;
    }
    for (RowId row = 0; row < person.size(); ++row) {
      const RowId first = person[row];
      if (rows_of[first] < 2 || first == row) continue;
      if (before != nullptr && (*before)[row] == (*before)[first]) continue;
      auto group = kept.find(first);
      if (group == kept.end()) {
        if (kept.size() == duplicate_groups) continue;
        group = kept.emplace(first, std::vector<RowId>{first}).first;
        order.push_back(first);
      }
      if (group->second.size() < duplicate_group_rows) group->second.push_back(row);
    }
    std::ranges::sort(order);
    for (const RowId first : order) groups.push_back(std::move(kept[first]));
    return out;
  }

  const DuplicateInput& in_;
  People people_;
  std::vector<NameKey> keys_;  // by name
  Duplicates out_;
};

}  // namespace

Duplicates duplicates(const DuplicateInput& input) { return Finder(input).find(); }

}  // namespace aremko::identity

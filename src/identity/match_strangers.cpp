#include "identity/match_strangers.h"

#include <algorithm>
#include <cmath>

namespace aremko::identity::match {

namespace {

constexpr std::size_t most_rows = 3'000;       // of the sample
constexpr double most_touched = 40'000'000;    // rows looked at for it, so that a million rows take no longer
constexpr std::size_t least_rows = 300;        // a smaller list shows nothing
constexpr double least_share = 0.1;            // people; nobody at all has so common or so rare a name
constexpr double belief = 4;                   // pairs that what a commoner name showed stands for
constexpr double least_relatives = 0.02;       // of a person in the list: cousins and siblings are there even where none shows

using Steps = std::array<double, NameStrangers::steps>;
using Table = std::array<Steps, max_levels>;

std::size_t step_of(float rarity) { return Comparer::step(rarity / Comparer::name_step); }

enum class Told { same, other, nothing };

/// What RUTs and contacts say of two rows of one list.
struct Seen {
  Told by_rut = Told::nothing;
  Told by_contact = Told::nothing;
};

/// What one list's pairs of rows show, by level and rarity.
struct Counts {
  double pairs = 0;  // that were looked at
  Table rut_same{}, rut_other{}, same{}, other{}, unknown{};

  double all(unsigned level, std::size_t s) const {
    return rut_same[level][s] + rut_other[level][s] + same[level][s] + other[level][s] + unknown[level][s];
  }
  double all(unsigned level) const {
    double sum = 0;
    for (std::size_t s = 0; s < NameStrangers::steps; ++s) sum += all(level, s);
    return sum;
  }
  double share_told() const {
    double seen = 1;
    double untold = 1;
    for (unsigned level = 1; level < max_levels; ++level) {
      seen += all(level);
      for (const double pairs_of_rarity : unknown[level]) untold += pairs_of_rarity;
    }
    return 1 - untold / seen;
  }
  /// How many of them are strangers. `apart`: how often one person's two rows have other contacts, for each time they do not; `chance`:
  /// how often strangers agree so, as far as is known without these pairs.
  double strangers(unsigned level, std::size_t s, double apart, double chance) const {
    const double seen = all(level, s);
    if (seen == 0) return 0;
    const double before = std::min(1.0, chance * pairs / seen);
    const double contacts = other[level][s] + same[level][s];
    const double by_contact = (std::max(0.0, other[level][s] - apart * same[level][s]) + belief * before) / (contacts + belief);
    const double ruts = rut_other[level][s] + rut_same[level][s];
    return (rut_other[level][s] + belief * by_contact) / (ruts + belief) * seen;
  }
};

class Counter {
 public:
  Counter(const Comparer& comparer, std::size_t column) : comparer_(comparer), column_(column) {
    if (comparer.dedupe()) count_side(Side::left);
    else count_side(Side::left), count_side(Side::right);
  }

  NameStrangers result() const {
    NameStrangers out;
    out.pairs = pairs_;
    if (pairs_ == 0) return out;
    for (std::size_t s = 0; s < NameStrangers::steps; ++s) {
      out.whole[s] = std::max(whole_[0][s], whole_[1][s]);
      out.shorter[s] = std::max(shorter_[0][s], shorter_[1][s]);
    }
    // One person's two rows have other contacts as often as those that a RUT ties.
    const double apart = (rut_same_apart_ + 1) / (rut_same_together_ + 2);
    for (unsigned level = 1; level < max_levels; ++level) {
      if (!counted_within(level)) continue;
      // Cousins who share a phone are no duplicates.
      const double duplicates_apart = level == name_half || level == name_gap ? 0 : apart;
      fill(out, level, duplicates_apart);
    }
    return out;
  }

 private:
  void fill(NameStrangers& out, unsigned level, double apart) const {
    // Where nothing is known of a rarity, what the next commoner one showed of the chance holds. By it is judged how many of those of
    // whom nothing is told are strangers: in a list without contacts most equal names may be one person's. First the list of which
    // more is told, then, by what that showed, the other one. A list that tells nothing is taken for one without duplicates.
    const auto [first, second] = told_first();
    const bool tells = first->share_told() > 0 && first->all(level) >= belief;
    double beyond = 1;  // how much more often than by independent words
    bool begun = false;
    double relatives = least_relatives * rows_;
    for (std::size_t s = 1; s < NameStrangers::steps; ++s) {
      const double by_words = out.share(level, s) * std::exp(-Comparer::name_middle(s));
      double strange = first->strangers(level, s, apart, tells ? beyond * by_words : 1);
      const double chance = (strange + belief) / (first->pairs + belief / (beyond * by_words));
      strange += second->strangers(level, s, apart, tells ? chance : 1);
      if (begun || strange >= 1) beyond = (strange + belief) / (pairs_ * by_words + belief / beyond);
      begun = begun || strange >= 1;
      relatives += std::max(0.0, strange - pairs_ * by_words);
      out.ln_chance[level][s] = std::log(beyond * by_words);
    }
    // A family is as large whatever its name: of a rare one the relatives are most of those who share it.
    if (level != name_half && level != name_gap) return;
    for (std::size_t s = 1; s < NameStrangers::steps; ++s) {
      out.ln_chance[level][s] = std::max(out.ln_chance[level][s], std::log(relatives / pairs_ * out.share(level, s)));
    }
  }

  std::pair<const Counts*, const Counts*> told_first() const {
    const Counts& left = counts_[static_cast<std::size_t>(Side::left)];
    const Counts& right = counts_[static_cast<std::size_t>(Side::right)];
    return left.share_told() > right.share_told() ? std::pair(&left, &right) : std::pair(&right, &left);
  }

  Value value(std::size_t column, RowId row) const {
    return side_ == Side::left ? comparer_.left_value(column, row) : comparer_.right_value(column, row);
  }

  void count_side(Side side) {
    side_ = side;
    const std::size_t rows = comparer_.input().rows(side);
    weigh_names(rows);
    if (rows < least_rows) return;
    read_contacts(rows);
    index(rows);
    std::vector<std::uint8_t> shared(rows, 0);
    std::vector<RowId> touched;
    // A stride that no habit of a file keeps time with.
    const std::size_t wanted = std::min(rows, most_rows);
    double looked_at = 0;
    for (std::size_t n = 0; n < wanted && looked_at < most_touched; ++n) {
      const auto row = static_cast<RowId>(n * rows / wanted);
      looked_at += count_row(row, shared, touched);
      pairs_ += static_cast<double>(rows - 1);
      counts_[static_cast<std::size_t>(side)].pairs += static_cast<double>(rows - 1);
      rows_ += 1;
    }
  }

  void weigh_names(std::size_t rows) {
    Steps& whole = whole_[static_cast<std::size_t>(side_)];
    Steps& shorter = shorter_[static_cast<std::size_t>(side_)];
    double names = 1;
    const std::size_t stride = rows / most_rows + 1;
    for (std::size_t row = 0; row < rows; row += stride) {
      const Value name = value(column_, static_cast<RowId>(row));
      if (name == missing) continue;
      const auto words = comparer_.words_of(column_, name);
      if (words.size() < 2) continue;
      float rarity = 0;
      for (const Value word : words) rarity += comparer_.word_rarity(column_, word);
      whole[step_of(rarity)] += 1;
      shorter[step_of(rarity - rarity / static_cast<float>(words.size()))] += 1;
      names += 1;
    }
    for (Steps* table : {&whole, &shorter}) {
      for (double& share : *table) share = (share + least_share) / names;
    }
  }

  // Where a contact stands on one row at most, it tells nothing of duplicates.
  void read_contacts(std::size_t rows) {
    contacts_.clear();
    id_ = Input::max_columns;
    const auto& columns = comparer_.input().columns();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c].kind == Kind::national_id) id_ = c;
      if (columns[c].kind != Kind::phone && columns[c].kind != Kind::email) continue;
      std::vector<std::uint8_t> seen(columns[c].values.size() + 1, 0);
      for (RowId row = 0; row < rows; ++row) {
        const Value one = value(c, row);
        if (one == missing || seen[one]++ == 0) continue;
        contacts_.push_back(c);
        break;
      }
    }
  }

  void index(std::size_t rows) {
    const std::size_t words = comparer_.words(column_).size() + 1;
    start_.assign(words + 1, 0);
    const auto each = [&](const auto& use) {
      for (RowId row = 0; row < rows; ++row) {
        const Value name = value(column_, row);
        if (name == missing) continue;
        for (const Value word : comparer_.words_of(column_, name)) use(word, row);
      }
    };
    each([&](Value word, RowId) { ++start_[word + 1]; });
    for (std::size_t word = 1; word <= words; ++word) start_[word] += start_[word - 1];
    postings_.resize(start_[words]);
    std::vector<std::uint32_t> next(start_.begin(), start_.end() - 1);
    each([&](Value word, RowId row) { postings_[next[word]++] = row; });
  }

  double count_row(RowId row, std::vector<std::uint8_t>& shared, std::vector<RowId>& touched) {
    const Value name = value(column_, row);
    if (name == missing) return 0;
    const auto words = comparer_.words_of(column_, name);  // the rarest first
    if (words.size() < 2) return 0;
    // Whoever shares two words with this one shares one that is not its commonest.
    touched.clear();
    double looked_at = 0;
    for (const Value word : words.first(words.size() - 1)) {
      for (std::uint32_t i = start_[word]; i < start_[word + 1]; ++i) {
        const RowId other = postings_[i];
        if (shared[other] < 2 && shared[other]++ == 0) touched.push_back(other);
      }
      looked_at += start_[word + 1] - start_[word];
    }
    for (const RowId other : touched) {
      const Value theirs = value(column_, other);
      const bool two = shared[other] == 2 || std::ranges::find(comparer_.words_of(column_, theirs), words.back()) != comparer_.words_of(column_, theirs).end();
      shared[other] = 0;
      if (other == row || !two) continue;
      const Agreement found = comparer_.compare_names(column_, name, theirs);
      if (counted_within(found.level)) count(found.level, step_of(found.own + found.shared), look(row, other));
    }
    return looked_at;
  }

  Seen look(RowId a, RowId b) const {
    Seen out;
    if (id_ < Input::max_columns) {
      const Value x = value(id_, a);
      const Value y = value(id_, b);
      if (x != missing && y != missing && comparer_.valid_id(id_, x) && comparer_.valid_id(id_, y)) out.by_rut = x == y ? Told::same : Told::other;
    }
    for (const std::size_t c : contacts_) {
      const Value x = value(c, a);
      const Value y = value(c, b);
      if (x == missing || y == missing) continue;
      if (x == y) out.by_contact = Told::same;
      else if (out.by_contact == Told::nothing) out.by_contact = Told::other;
    }
    return out;
  }

  void count(unsigned level, std::size_t step, Seen seen) {
    Counts& counts = counts_[static_cast<std::size_t>(side_)];
    if (seen.by_rut == Told::same) {
      counts.rut_same[level][step] += 1;
      if (level <= name_second) (seen.by_contact == Told::same ? rut_same_together_ : rut_same_apart_) += seen.by_contact != Told::nothing;
    } else if (seen.by_rut == Told::other) {
      counts.rut_other[level][step] += 1;
    } else if (seen.by_contact == Told::same) {
      counts.same[level][step] += 1;
    } else if (seen.by_contact == Told::other) {
      counts.other[level][step] += 1;
    } else {
      counts.unknown[level][step] += 1;
    }
  }

  const Comparer& comparer_;
  std::size_t column_;
  Side side_ = Side::left;
  std::size_t id_ = Input::max_columns;
  std::vector<std::size_t> contacts_;
  std::vector<std::uint32_t> start_;
  std::vector<RowId> postings_;
  double rows_ = 0;   // that were compared with all others
  double pairs_ = 0, rut_same_apart_ = 0, rut_same_together_ = 0;
  std::array<Steps, 2> whole_{}, shorter_{};  // by side
  std::array<Counts, 2> counts_{};            // by side
};

}  // namespace

NameStrangers strangers_within(const Comparer& comparer, std::size_t column) { return Counter(comparer, column).result(); }

}  // namespace aremko::identity::match

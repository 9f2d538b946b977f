#include "snapshot/name_odds.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "identity/given_names.h"
#include "identity/name_compare.h"
#include "identity/nobody.h"
#include "normalize/name.h"
#include "normalize/text.h"
#include "snapshot/name_odds_keys.h"
#include "snapshot/namesakes.h"

namespace aremko::snapshot {

namespace {

// Names are counted as rare where one in fifty, or fewer, has a stranger who shares their first two words: what is learned of them is
// off by no more than that.
constexpr double rare_strangers = 0.02;
// A share of a few percent is known to about a half of itself from so many names.
constexpr std::size_t enough_names = 300;
constexpr std::size_t most_looked_at = 20'000;
/// Whether one is the other turned round: `bravo lopez rosa` and `rosa bravo lopez`, and not `rosa lopez bravo`.
template <class Words>
bool is_turned(const Words& a, const Words& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t from = 1; from < a.size(); ++from) {
    const auto middle = a.begin() + static_cast<std::ptrdiff_t>(from);
    if (std::equal(middle, a.end(), b.begin()) && std::equal(a.begin(), middle, b.end() - static_cast<std::ptrdiff_t>(from))) return true;
  }
  return false;
}

template <class Array>
void to_shares(Array& counts) {
  double sum = 0;
  for (const double count : counts) sum += count;
  for (double& count : counts) count /= std::max(1.0, sum);
}

}  // namespace

NameOdds::NameOdds(const sources::LegacyCustomersBatch& file, const sources::LegacyServicesBatch& services, std::span<const Row> customer_of,
                   const sources::CustomerColumns& customers, bool cut)
    : file_(file), services_(services), customer_of_(customer_of), customers_(customers), cut_(cut) {
  if (services.people.size() <= enough_names || file.size() <= enough_names) return;
  index();
  learn();
}

/// A row's name, and its customer's where that is another.
template <class Each>
void NameOdds::each_name(Row row, Each each) const {
  const std::string_view own = file_.contact.nombre[row];
  each(own, true);
  if (customer_of_[row] == no_row) return;
  const std::string_view theirs = customers_.contact.nombre[customer_of_[row]];
  if (theirs != own) each(theirs, false);
}

void NameOdds::index() {
  uses_.reserve(file_.size());
  std::string folded;
  for (Row row = 0; row < file_.size(); ++row) {
    each_name(row, [&](std::string_view name, bool own) {
      normalize::fold_into(folded, name);
      add(name, folded, row);
      const Words words = words_of(folded);
      if (words.size() < 2) return;
      if (!own) {
        could_be_[static_cast<std::size_t>(Way::as_customer)] += 1;
        return;
      }
      ++names_;
      ++uses_[hash64(words.front())].first;
      for (const std::string_view word : std::span(words).subspan(1)) ++uses_[hash64(word)].later;
      ++of_length_[std::min(most_words, words.size())];
      could_be_[static_cast<std::size_t>(Way::longer)] += 1;
      for (const Way way : {Way::shorter, Way::similar}) could_be_[static_cast<std::size_t>(way)] += words.size() > 2 ? 1 : 0;
      const bool second = words.size() > 2 && identity::is_given_name(words[1]);
      could_be_[static_cast<std::size_t>(Way::without_second)] += second ? 1 : 0;
      could_be_[static_cast<std::size_t>(Way::first_and_surname)] += second && words.size() > 3 ? 1 : 0;
    });
  }
  to_shares(of_length_);
  for (const Way way : {Way::same, Way::cut, Way::turned}) could_be_[static_cast<std::size_t>(way)] = names_;
  for (const auto& person : services_.people) {
    const std::size_t words = words_of(person.folded).size();
    if (words > 1) ++services_of_length_[std::min(most_words, words)];
  }
  to_shares(services_of_length_);
  radix_sort(same_);
  radix_sort(cut_rows_);
  radix_sort(pairs_);
  index_others();
}

void NameOdds::add(std::string_view name, std::string_view folded, Row row) {
  const Words words = words_of(folded);
  if (words.size() < 2) return;
  same_.push_back({hash64(folded), row});
  each_pair(words, [&](std::uint64_t key) { pairs_.push_back({key, row}); });
  if (!cut_) return;
  const std::string_view left = normalize::before_lost_letter(name);
  if (left.empty()) return;
  const std::string text = normalize::fold(left);
  const Words kept = words_of(text);
  if (kept.size() < 2) return;
  cut_rows_.push_back({hash64(text), row});
  ++cut_ends_[hash64(kept.back(), kept.size())];
}

double NameOdds::share_first(std::string_view word) const {
  const auto at = uses_.find(hash64(word));
  return std::max(1.0, at == uses_.end() ? 0.0 : static_cast<double>(at->second.first)) / names_;
}

double NameOdds::share_later(std::string_view word) const {
  const auto at = uses_.find(hash64(word));
  return std::max(1.0, at == uses_.end() ? 0.0 : static_cast<double>(at->second.later)) / names_;
}

double NameOdds::product(std::span<const std::string_view> words) const {
  double out = share_first(words.front());
  for (const std::string_view word : words.subspan(1)) out *= share_later(word);
  return out;
}

bool NameOdds::rare(const Words& words) const { return product(std::span(words).first(2)) * names_ <= rare_strangers; }

/// Two surnames that each have bearers of their own, as match_names has it.
bool NameOdds::both_in_use(std::string_view a, std::string_view b) const {
  constexpr double bearers = 8;
  constexpr double as_rare_as_slips = 0.04;
  const double one = share_later(a) * names_;
  const double other = share_later(b) * names_;
  return std::min(one, other) >= bearers && std::min(one, other) > as_rare_as_slips * std::max(one, other);
}

/// Whether all words are the same but one, which is a misspelling or a nickname.
bool NameOdds::one_slip(const Words& words, const Words& theirs) const {
  if (words.size() < 3 || words.size() != theirs.size()) return false;
  const auto [a, b] = std::ranges::mismatch(words, theirs);
  if (a == words.end() || !std::equal(a + 1, words.end(), b + 1)) return false;
  // Nahuel is a given name, and where a surname stands a beginning of Nahuelcura, which is another family.
  const bool one = identity::is_given_name(*a), other = identity::is_given_name(*b);
  const bool given = a == words.begin() || (a->starts_with(*b) || b->starts_with(*a) ? one && other : one || other);
  const std::size_t letters = std::min(a->size(), b->size());
  if (given) return letters >= 3 && identity::same_given_name(*a, *b);
  return letters >= 4 && identity::within_one_edit(*a, *b) && !both_in_use(*a, *b);
}

NameOdds::Way NameOdds::way_to(const Words& words, std::string_view name) const {
  const std::string folded = normalize::fold(name);
  const Words theirs = words_of(folded);
  if (theirs.size() < 2) return Way::other;
  if (words == theirs) return Way::same;
  if (cut_) {
    const std::string left = normalize::fold(normalize::before_lost_letter(name));
    if (words_of(left) == words) return Way::cut;
  }
  const auto begins = [](const Words& shorter, const Words& longer) {
    return shorter.size() < longer.size() && std::ranges::equal(shorter, std::span(longer).first(shorter.size()));
  };
  if (identity::is_organisation(folded)) return Way::other;  // branches share words as no person's names do
  if (begins(words, theirs)) return Way::shorter;
  if (begins(theirs, words)) return Way::longer;
  if (is_turned(theirs, words)) return Way::turned;
  if (one_slip(words, theirs)) return Way::similar;
  if (theirs.size() <= words.size() || words.front() != theirs.front() || !identity::is_given_name(theirs[1])) return Way::other;
  if (theirs.size() == words.size() + 1 && std::ranges::equal(std::span(words).subspan(1), std::span(theirs).subspan(2))) return Way::without_second;
  return words.size() == 2 && theirs.size() == 4 && words[1] == theirs[2] ? Way::first_and_surname : Way::other;
}

double NameOdds::strangers(const Words& words, Way way, std::string_view name) const {
  if (way == Way::cut) {
    const auto at = cut_ends_.find(hash64(words.back(), words.size()));
    const double ends = at == cut_ends_.end() ? 1.0 : static_cast<double>(at->second);
    return product(std::span(words).first(words.size() - 1)) * ends / names_;
  }
  const double so_long = services_of_length_[std::min(most_words, words.size())];
  if (way != Way::longer && way != Way::similar) return product(words) * so_long;
  const std::string folded = normalize::fold(name);
  const double theirs = product(words_of(folded));
  // By chance a word has about five others so near it.
  return way == Way::longer ? theirs * so_long : std::max(theirs, product(words)) * 5 * so_long;
}

NameOdds::Found NameOdds::best_way(const Words& words, Row row) const {
  Found best;
  each_name(row, [&](std::string_view name, bool own) {
    const Way way = way_to(words, name);
    const Way as = !own && way <= Way::cut ? Way::as_customer : way;
    if (as < best.way) best = {as, strangers(words, way, name)};
  });
  return best;
}

/// Rows that bear a name that may be this one, each once.
std::vector<KeyedRow> NameOdds::rows_near(std::string_view folded, const Words& words) const {
  std::vector<KeyedRow> out;
  const auto append = [&](std::span<const KeyedRow> rows, std::size_t most) {
    if (rows.size() <= most) out.insert(out.end(), rows.begin(), rows.end());
  };
  append(with_key(same_, hash64(folded)), most_rows_of_name);
  append(with_key(cut_rows_, hash64(folded)), most_rows_of_name);
  if (!identity::is_organisation(folded)) {
    each_pair(words, [&](std::uint64_t key) { append(with_key(pairs_, key), most_rows_of_words); });
  }
  std::ranges::sort(out, {}, &KeyedRow::row);
  const auto again = std::ranges::unique(out, {}, &KeyedRow::row);
  out.erase(again.begin(), again.end());
  return out;
}

void NameOdds::learn() {
  const std::size_t step = services_.people.size() / most_looked_at + 1;
  std::size_t names = 0;
  std::size_t nobodys = 0;
  for (std::size_t person = 0; person < services_.people.size(); person += step) {
    const std::string& folded = services_.people[person].folded;
    const Words words = words_of(folded);
    if (words.size() < 2 || services_.people[person].staff || !rare(words)) continue;
    Way best = Way::other;
    for (const KeyedRow& row : rows_near(folded, words)) best = std::min(best, best_way(words, row.row).way);
    ++names;
    if (best == Way::other) ++nobodys;
    else ++written_[static_cast<std::size_t>(best)];
  }
  if (names < enough_names) return;
  // Half a name more of each way, for none is impossible where few names show it.
  for (double& share : written_) share = (share + 0.5) / static_cast<double>(names);
  in_no_list_ = (static_cast<double>(nobodys) + 0.5) / static_cast<double>(names);
  // Whether a name is cut says the name, not who writes it.
  written_[0] = written_[1] = written_[0] + written_[1];
  learn_repeats();
  speak_ = true;
}

void NameOdds::learn_repeats() {
  const Row step = file_.size() / static_cast<Row>(most_looked_at) + 1;
  double names = 0;
  double repeated = 0;
  for (Row row = 0; row < file_.size(); row += step) {
    const std::string folded = normalize::fold(file_.contact.nombre[row]);
    const Words words = words_of(folded);
    if (words.size() < 2 || !rare(words)) continue;
    const auto rows = with_key(same_, hash64(folded));
    const double part = 1 / static_cast<double>(rows.size());  // each of its rows comes by
    names += part;
    if (rows.size() > 1 && gather(file_.contact, customer_of_, rows).size() > 1) repeated += part;
  }
  repeated_ = names > 0 ? repeated / names : 0;
}

double NameOdds::weight(const Found& found) const {
  const auto way = static_cast<std::size_t>(found.way);
  return written_[way] / std::max(1.0, could_be_[way]) / found.strangers;
}

/// Whether two of them are different customers, or have different RUTs.
bool NameOdds::are_told_apart(std::span<const NameTies::Namesake> people) const {
  Row customer = no_row;
  std::string_view rut;
  for (const NameTies::Namesake& person : people) {
    for (const Row row : person.rows) {
      if (customer_of_[row] != no_row) {
        if (customer != no_row && customer != customer_of_[row]) return true;
        customer = customer_of_[row];
      }
      if ((file_.contact.flags[row] & sources::rut_valid) == 0) continue;
      const std::string_view theirs = file_.contact.documento[row];
      if (!rut.empty() && rut != theirs) return true;
      rut = theirs;
    }
  }
  return false;
}

/// Of those who bear the name itself, whether they are one is asked of the name: one person's second row is so likely, a stranger's
/// so likely.
double NameOdds::one_person(const Words& words, std::span<const NameTies::Namesake> bearers) const {
  if (are_told_apart(bearers)) return 0;
  const double namesakes = names_ * product(words) * of_length_[std::min(most_words, words.size())];
  return repeated_ / std::max(1e-9, repeated_ + namesakes);
}

NameOdds::Answer NameOdds::ask(std::string_view folded) const {
  Answer out;
  const Words words = words_of(folded);
  if (words.size() < 2 || identity::is_nobodys_name(folded)) return out;
  std::vector<KeyedRow> rows;
  std::unordered_map<Row, Found> how;
  for (const KeyedRow& row : rows_near(folded, words)) {
    const Found found = best_way(words, row.row);
    if (found.way == Way::other) continue;
    rows.push_back(row);
    how.emplace(row.row, found);
  }
  if (rows.empty()) return out;
  out.candidates = gather(file_.contact, customer_of_, rows);
  const auto found_of = [&](const NameTies::Namesake& person) {
    Found best;
    for (const Row row : person.rows) {
      if (how[row].way < best.way) best = how[row];
    }
    return best;
  };
  // Who bears the very name first, and of those a customer of ours.
  std::ranges::sort(out.candidates, {}, [&](const auto& person) {
    return std::tuple(found_of(person).way != Way::same, customer_of_[person.takes] == no_row, person.rows.front());
  });
  double all = in_no_list_;
  double bear = 0;
  double best = 0;
  std::size_t bearers = 0;
  for (const NameTies::Namesake& person : out.candidates) {
    const Found found = found_of(person);
    const double its = weight(found);
    all += its;
    if (found.way == Way::same) bear += its, ++bearers;
    else if (bearers == 0 && its > best) out.takes = person.takes, best = its;
  }
  if (bearers > 0) {
    best = bear / static_cast<double>(bearers);
    if (bearers > 1) best += one_person(words, std::span(out.candidates).first(bearers)) * (bear - best);
    out.takes = out.candidates.front().takes;
  }
  // Of the very name's bearers the file is asked alone: a customer of that name without a row is mostly one of them.
  if (bearers == 0) all += weight_of_others(folded, words, out.candidates);
  out.probability = best / all;
  return out;
}

}  // namespace aremko::snapshot

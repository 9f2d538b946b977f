#include "snapshot/search.h"

#include "base/text.h"
#include "normalize/text.h"
#include "snapshot/name_query.h"
#include "snapshot/search_index.h"
#include "snapshot/search_text.h"

namespace aremko::snapshot {

namespace {

constexpr std::size_t deepest = 5'000;  // hits that are ever ranked: nobody pages further, and a heap stays small

/// Ascending by rank, the best of several hits of one person kept.
void unite(std::vector<Found>& hits) {
  std::sort(hits.begin(), hits.end(), [](const Found& a, const Found& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.penalty < b.penalty;
  });
  hits.erase(std::unique(hits.begin(), hits.end(), [](const Found& a, const Found& b) { return a.rank == b.rank; }),
             hits.end());
}

/// A search on one side.
class SideSearch {
 public:
  SideSearch(const Snapshot& snapshot, const PeopleIndex& index, const SearchText& text, std::size_t most)
      : snapshot_(snapshot), index_(index), text_(text), most_(most), texts_(index.texts(snapshot)) {
    for (const std::string_view word : normalize::tokens(text.folded)) words_.push_back(word);
  }

  std::vector<Found> run() const {
    std::vector<std::vector<Found>> filters;
    for (const SearchText::Number& number : text_.numbers) {
      const bool tells = number.phone.size() >= 3 || number.rut.size() >= 4;
      if (tells || (words_.empty() && text_.emails.empty())) filters.push_back(by_number(number));
    }
    for (const std::string& email : text_.emails) filters.push_back(by_email(email));
    if (filters.empty()) return by_name();
    std::vector<Found> hits = both(filters);
    if (hits.empty() && filters.size() > 1) hits = any(std::move(filters));
    if (words_.empty()) return hits;
    std::vector<Found> named = narrow(hits);
    return named.empty() ? whole_hits(std::move(hits)) : named;
  }

 private:
  std::vector<Found> by_number(const SearchText::Number& number) const;
  std::vector<Found> by_email(const std::string& beginning) const {
    std::vector<Found> hits;
    index_.contacts().by_email(beginning, texts_, hits);
    unite(hits);
    return hits;
  }
  void by_legacy_id(std::string_view id, std::vector<Found>& hits, int penalty = 0) const {
    if (index_.side() != PeopleIndex::Side::legacy) return;
    if (const auto row = snapshot_.legacy_row(id)) hits.push_back({penalty, index_.rank_of(*row), MatchedOn::id});
  }
  /// Four digits and more are a phone's last ones to whoever types them: a client of that very number stands behind.
  void by_client_number(std::string_view digits, std::vector<Found>& hits) const {
    constexpr std::size_t phone_ending = 4;
    constexpr int behind_phones = 40;
    const int penalty = text_.client_number || digits.size() < phone_ending ? 0 : behind_phones;
    by_legacy_id(digits, hits, penalty);
    if (index_.side() != PeopleIndex::Side::current) return;
    const auto id = parse_int(digits);
    const auto row = id ? snapshot_.customer_row(*id) : std::nullopt;
    if (row) hits.push_back({penalty, index_.rank_of(*row), MatchedOn::id});
  }
  std::vector<Found> by_name() const;
  static std::vector<Found> both(const std::vector<std::vector<Found>>& filters);
  std::vector<Found> any(std::vector<std::vector<Found>> filters) const;
  std::vector<Found> whole_hits(std::vector<Found> hits) const;
  std::vector<Found> narrow(const std::vector<Found>& hits) const;

  const Snapshot& snapshot_;
  const PeopleIndex& index_;
  const SearchText& text_;
  std::size_t most_;
  ContactTexts texts_;
  std::vector<std::string_view> words_;
};

std::vector<Found> SideSearch::by_number(const SearchText::Number& number) const {
  std::vector<Found> hits;
  if (!number.id.empty() && words_.empty()) by_client_number(number.id, hits);
  if (text_.client_number) return hits;
  index_.contacts().by_phone(number.phone, hits);
  if (!number.abroad.empty()) index_.contacts().by_phone(number.abroad, hits);
  // "569876" is how a whole number begins, too; phone_digits takes the 56 off whole numbers only.
  if (number.phone.size() < 11 && number.phone.starts_with("56")) {
    index_.contacts().by_phone(std::string_view(number.phone).substr(2), hits);
  }
  index_.contacts().by_rut(number.rut, hits);
  index_.contacts().by_other_document(number.id, hits);
  unite(hits);
  return hits;
}

std::vector<Found> SideSearch::by_name() const {
  std::vector<Found> hits;
  if (!text_.single.empty() && !text_.bare_domain) {
    by_legacy_id(text_.single, hits);
    index_.contacts().by_other_document(text_.single, hits);
  }
  if (!words_.empty()) {
    BestHits best(most_);
    NameQuery(index_.names(), words_, text_.open).run(best);
    hits.insert(hits.end(), best.hits().begin(), best.hits().end());
    // What is typed may be the beginning of an address, too.
    if (!text_.single.empty()) index_.contacts().by_email(text_.single, texts_, hits);
  }
  unite(hits);
  return hits;
}

/// Who answers to every filter.
std::vector<Found> SideSearch::both(const std::vector<std::vector<Found>>& filters) {
  std::vector<Found> hits = filters.front();
  for (std::size_t i = 1; i < filters.size(); ++i) {
    std::vector<Found> common;
    auto other = filters[i].begin();
    for (const Found& hit : hits) {
      while (other != filters[i].end() && other->rank < hit.rank) ++other;
      if (other == filters[i].end()) break;
      if (other->rank != hit.rank) continue;
      common.push_back({std::max(hit.penalty, other->penalty), hit.rank, hit.matched_on});
    }
    hits = std::move(common);
  }
  return hits;
}

/// Who answers to one of them, where nobody answers to all: a pasted card may say more of somebody than is written down.
std::vector<Found> SideSearch::any(std::vector<std::vector<Found>> filters) const {
  std::vector<Found> hits;
  for (std::vector<Found>& filter : filters) {
    filter = whole_hits(std::move(filter));
    hits.insert(hits.end(), filter.begin(), filter.end());
  }
  unite(hits);
  return hits;
}

/// Those whose whole number or address was given: it names them, though something else that was asked does not fit.
std::vector<Found> SideSearch::whole_hits(std::vector<Found> hits) const {
  constexpr int nearly_whole = 5;  // a mobile's eight digits without its 9
  constexpr int something_else_does_not_fit = 20;
  const bool long_number = std::ranges::any_of(text_.numbers, &SearchText::Number::whole);
  std::erase_if(hits, [&](const Found& hit) {
    const bool by_mail = hit.matched_on == MatchedOn::email;
    return hit.matched_on == MatchedOn::id || hit.penalty > (by_mail ? mailbox_penalty : nearly_whole) || !(by_mail || long_number);
  });
  for (Found& hit : hits) hit.penalty += something_else_does_not_fit;
  return hits;
}

/// Of those found by a number or an address, the ones who bear the name asked for beside it.
std::vector<Found> SideSearch::narrow(const std::vector<Found>& hits) const {
  const NameQuery name(index_.names(), words_, text_.open);
  std::vector<Found> out;
  for (const Found& hit : hits) {
    if (const auto penalty = name.penalty_of(hit.rank)) {
      out.push_back({(*penalty + hit.penalty) / 2, hit.rank, hit.matched_on});
    }
  }
  return out;
}

/// Of several hits of one row the best.
void once(const PeopleIndex& index, std::vector<Found>& hits) {
  const auto order = [&](const Found& a, const Found& b) {
    const Row one = index.row_of(a.rank), other = index.row_of(b.rank);
    return one != other ? one < other : a.better_than(b);
  };
  std::ranges::sort(hits, order);
  const auto same = [&](const Found& a, const Found& b) { return index.row_of(a.rank) == index.row_of(b.rank); };
  hits.erase(std::unique(hits.begin(), hits.end(), same), hits.end());
}

std::vector<SearchHit> page(const PeopleIndex& index, std::vector<Found> hits, std::size_t limit,
                            std::size_t offset) {
  if (index.repeats()) once(index, hits);
  if (offset >= hits.size()) return {};
  const std::size_t wanted = std::min(hits.size(), offset + limit);
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(wanted), hits.end(),
                    [](const Found& a, const Found& b) { return a.better_than(b); });
  std::vector<SearchHit> out;
  for (std::size_t i = offset; i < wanted; ++i) {
    out.push_back({index.row_of(hits[i].rank), static_cast<double>(100 - hits[i].penalty), hits[i].matched_on});
  }
  return out;
}

}  // namespace

SearchResult search(const Snapshot& snapshot, std::string_view text, SearchScope scope, std::size_t limit,
                    std::size_t offset) {
  SearchResult out;
  if (limit == 0 || offset >= deepest) return out;
  limit = std::min(limit, deepest - offset);
  const SearchText asked = read_search(text);
  const auto on = [&](const PeopleIndex& index) {
    return page(index, SideSearch(snapshot, index, asked, offset + limit).run(), limit, offset);
  };
  if (scope != SearchScope::legacy) out.current = on(snapshot.search_index().current());
  if (scope != SearchScope::current) out.legacy = on(snapshot.search_index().legacy());
  return out;
}

}  // namespace aremko::snapshot

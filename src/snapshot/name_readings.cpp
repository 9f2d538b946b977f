// Other ways to read the words of a question: two glued together, one cut in two.

#include "snapshot/name_query.h"

namespace aremko::snapshot {

/// "mariagonzalez" as two words that exist; of several ways the one whose rarer word is commonest.
std::optional<std::vector<std::string>> NameQuery::split_glued() const {
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    const std::string_view text = asked_[i].text;
    if (asked_[i].is_exact() || text.size() < 6 || text.size() > 40) continue;
    std::size_t best_at = 0;
    std::size_t best_bearers = 0;
    for (std::size_t at = 3; at + 3 <= text.size(); ++at) {
      const auto left = index_.vocabulary().find(text.substr(0, at));
      const auto right = index_.vocabulary().find(text.substr(at));
      if (!left || !right) continue;
      const std::size_t bearers = std::min(index_.bearers(*left).size(), index_.bearers(*right).size());
      if (bearers > best_bearers) {
        best_bearers = bearers;
        best_at = at;
      }
    }
    if (best_at == 0) continue;
    std::vector<std::string> words;
    for (std::size_t j = 0; j < asked_.size(); ++j) {
      if (j == i) {
        words.emplace_back(text.substr(0, best_at));
        words.emplace_back(text.substr(best_at));
      } else {
        words.push_back(asked_[j].text);
      }
    }
    return words;
  }
  return std::nullopt;
}

/// "mc donald" where the name is "McDonald": the first pair of neighbours that is one word.
std::optional<std::vector<std::string>> NameQuery::join_split() const {
  for (std::size_t i = 0; i + 1 < asked_.size(); ++i) {
    const std::string joined = asked_[i].text + asked_[i + 1].text;
    if (joined.size() < 5 || !index_.vocabulary().find(joined)) continue;
    std::vector<std::string> words;
    for (std::size_t j = 0; j < asked_.size(); ++j) {
      if (j == i) {
        words.push_back(joined);
      } else if (j != i + 1) {
        words.push_back(asked_[j].text);
      }
    }
    return words;
  }
  return std::nullopt;
}

void NameQuery::run_words(const std::vector<std::string>& words, BestHits& best) {
  const std::vector<std::string_view> views(words.begin(), words.end());
  NameQuery other(index_, views, last_is_open_, true);
  other.extra_penalty_ = name_penalty::glued;
  other.main_words_ = other.required_;
  BestHits theirs(best.size() + 64);
  other.run(theirs);
  for (const Found& found : theirs.hits()) {
    if (seen_->has(found.rank)) continue;
    seen_->add(found.rank);
    best.offer(found);
  }
}

}  // namespace aremko::snapshot

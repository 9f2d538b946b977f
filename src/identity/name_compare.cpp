#include "identity/name_compare.h"

#include <algorithm>
#include <array>

#include "normalize/text.h"

namespace aremko::identity {

namespace {

// Longer names are cut: nobody has more words, and the comparison is quadratic in them.
constexpr std::size_t max_words = 12;

enum class WordLevel : std::uint8_t { none, initial, typo, same };

WordLevel compare_words(std::string_view a, std::string_view b) {
  if (a == b) return WordLevel::same;
  if (a.size() == 1 || b.size() == 1) return a.front() == b.front() ? WordLevel::initial : WordLevel::none;
  return std::min(a.size(), b.size()) >= 4 && within_one_edit(a, b) ? WordLevel::typo : WordLevel::none;
}

}  // namespace

std::vector<std::string_view> name_words(std::string_view folded) {
  static constexpr std::array<std::string_view, 12> particles{"de", "del", "la",  "las", "los", "y",
                                                              "da", "do",  "van", "von", "der", "san"};
  std::vector<std::string_view> words;
  for (const std::string_view word : normalize::tokens(folded)) {
    if (std::ranges::find(particles, word) == particles.end()) words.push_back(word);
    if (words.size() == max_words) break;
  }
  return words;
}

bool within_one_edit(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t prefix = 0;
  while (prefix < a.size() && a[prefix] == b[prefix]) ++prefix;
  const std::string_view rest_a = a.substr(prefix);
  const std::string_view rest_b = b.substr(prefix);
  if (a.size() != b.size()) return rest_a == rest_b.substr(1);
  if (rest_a.empty() || rest_a.substr(1) == rest_b.substr(1)) return true;
  return rest_a.size() >= 2 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] && rest_a.substr(2) == rest_b.substr(2);
}

NameLevel compare_names(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  if (a.empty() || b.empty()) return NameLevel::missing;
  const auto& shorter = a.size() <= b.size() ? a : b;
  const auto& longer = a.size() <= b.size() ? b : a;

  // Each word of the shorter takes the best word of the longer that is still free.
  std::array<bool, max_words> taken{};
  std::size_t same = 0;
  std::size_t near = 0;
  for (const std::string_view word : shorter) {
    WordLevel best = WordLevel::none;
    std::size_t where = 0;
    for (std::size_t i = 0; i < longer.size(); ++i) {
      if (taken[i]) continue;
      const WordLevel level = compare_words(word, longer[i]);
      if (level > best) {
        best = level;
        where = i;
      }
    }
    if (best == WordLevel::none) continue;
    taken[where] = true;
    best == WordLevel::same ? ++same : ++near;
  }

  if (same == shorter.size()) {
    if (shorter.size() == longer.size()) return NameLevel::exact;
    return same >= 2 ? NameLevel::partial : NameLevel::shares;
  }
  if (same + near == shorter.size() && shorter.size() >= 2 && same >= 1) return NameLevel::similar;
  return same + near > 0 ? NameLevel::shares : NameLevel::different;
}

}  // namespace aremko::identity

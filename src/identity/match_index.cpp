#include "identity/match_index.h"

#include <algorithm>

#include "base/text.h"
#include "identity/match_words.h"

namespace aremko::identity::match {

namespace {

constexpr std::size_t most_words = 4;  // of a name; the rarest first

// The keys of a row, from its fields' texts and words: one alone where it is telling, two together where it is not.
class Keys {
 public:
  void text(Kind kind, std::size_t column, std::string_view text) {
    switch (kind) {
      case Kind::phone:
      case Kind::national_id:
      case Kind::address: add(column, text); break;
      case Kind::email:
        add(column, text);
        add(column, local_part(text));
        break;
      case Kind::given_name:
      case Kind::surname:
        parts_.push_back(hash64(text, column));
        parts_.push_back(hash64(sound(text), column + 100));
        break;
      case Kind::date:
      case Kind::postcode: parts_.push_back(hash64(text, column)); break;
      case Kind::name:
      case Kind::place:
      case Kind::text: break;
    }
  }

  void words(std::size_t column, std::span<const std::string_view> words) {
    if (words.size() == 1) add(column, words[0]);
    for (std::size_t i = 0; i < words.size(); ++i) {
      for (std::size_t j = i + 1; j < words.size(); ++j) {
        pair(hash64(words[i], column), hash64(words[j], column));
        pair(hash64(sound(words[i]), column + 100), hash64(sound(words[j]), column + 100));
      }
    }
  }

  const std::vector<std::uint32_t>& take() {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      for (std::size_t j = i + 1; j < parts_.size(); ++j) pair(parts_[i], parts_[j]);
    }
    parts_.clear();
    std::ranges::sort(keys_);
    keys_.erase(std::ranges::unique(keys_).begin(), keys_.end());
    return keys_;
  }
  void clear() { keys_.clear(); }

 private:
  void add(std::size_t column, std::string_view text) { keys_.push_back(static_cast<std::uint32_t>(hash64(text, column + 200))); }
  void pair(std::uint64_t a, std::uint64_t b) { keys_.push_back(static_cast<std::uint32_t>(((a ^ b) * 0x9E3779B97F4A7C15U + a + b) >> 32U)); }

  std::vector<std::uint64_t> parts_;
  std::vector<std::uint32_t> keys_;
};

}  // namespace

Index::Index(const Input& input, const Comparer& comparer) {
  const auto& columns = input.columns();
  Keys keys;
  std::vector<std::string_view> words;
  const auto rows = static_cast<RowId>(input.rows(comparer.dedupe() ? Side::left : Side::right));
  for (RowId row = 0; row < rows; ++row) {
    keys.clear();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const Value value = comparer.right_value(c, row);
      if (value == missing) continue;
      keys.text(columns[c].kind, c, columns[c].values.text(value));
      if (columns[c].kind != Kind::name) continue;
      words.clear();
      for (const Value word : comparer.words_of(c, value)) {
        if (words.size() < most_words) words.push_back(comparer.words(c).text(word));
      }
      keys.words(c, words);
    }
    for (const std::uint32_t key : keys.take()) entries_.push_back({key, row});
  }
  std::ranges::sort(entries_);
  entries_.shrink_to_fit();
}

std::vector<RowId> Index::rows(const Probe& probe) const {
  Keys keys;
  std::vector<std::string_view> words;
  for (std::size_t c = 0; c < probe.fields.size(); ++c) {
    const Probe::Field& field = probe.fields[c];
    if (field.value == missing) continue;
    keys.text(field.kind, c, field.text);
    if (field.kind != Kind::name) continue;
    words.clear();
    for (const Probe::Word& word : field.words) {
      if (words.size() < most_words) words.push_back(word.text);
    }
    keys.words(c, words);
  }
  using Range = std::pair<std::vector<Entry>::const_iterator, std::vector<Entry>::const_iterator>;
  std::vector<Range> blocks;
  for (const std::uint32_t key : keys.take()) {
    const auto begin = std::ranges::lower_bound(entries_, Entry{key, 0});
    const auto limit = static_cast<std::ptrdiff_t>(most_rows) + 1;
    auto end = begin;
    while (end != entries_.end() && end->key == key && end - begin < limit) ++end;
    if (begin != end) blocks.emplace_back(begin, end);
  }
  std::ranges::sort(blocks, {}, [](const Range& range) { return std::pair(range.second - range.first, range.first->key); });
  std::vector<RowId> out;
  for (const auto& [begin, end] : blocks) {
    if (out.size() + static_cast<std::size_t>(end - begin) > most_rows) break;
    for (auto at = begin; at != end; ++at) out.push_back(at->row);
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

}  // namespace aremko::identity::match

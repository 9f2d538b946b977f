#include "identity/column_signature.h"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "base/text.h"
#include "identity/name_compare.h"

namespace aremko::identity {

namespace {

/// Numbers by 64-bit hash, in one array: a node for each of a million texts costs more than all the rest.
class HashNumbers {
 public:
  static constexpr std::uint32_t none = 0;
  explicit HashNumbers(std::size_t expected) : slots_(std::bit_ceil(2 * expected + 16)) {}
  /// The hash's number, until the next call; `none` when it is new, and the caller gives it one.
  std::uint32_t& of(std::uint64_t hash) {
    if (2 * (used_ + 1) > slots_.size()) grow();
    Slot& slot = slots_[place(hash)];
    if (slot.number == none) {
      slot.hash = hash;
      ++used_;
    }
    return slot.number;
  }
  bool has(std::uint64_t hash) const { return slots_[place(hash)].number != none; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t number = none;
  };
  std::size_t place(std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(hash) & mask;
    while (slots_[at].number != none && slots_[at].hash != hash) at = (at + 1) & mask;
    return at;
  }
  void grow() {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.number != none) slots_[place(slot.hash)] = slot;
    }
  }

  std::vector<Slot> slots_;  // a power of two, never more than half full
  std::size_t used_ = 0;
};

/// Rows in order of their number, those of 0 left out.
struct Groups {
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> rows;
  explicit Groups(const Numbered& column) : begin(column.texts.size() + 1) {
    for (const std::uint32_t number : column.rows) ++begin[number + 1];
    begin[1] = 0;
    for (std::size_t i = 2; i < begin.size(); ++i) begin[i] += begin[i - 1];
    rows.resize(begin.back());
    std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
    for (std::uint32_t row = 0; row < column.rows.size(); ++row) {
      if (column.rows[row] != 0) rows[next[column.rows[row]]++] = row;
    }
  }
  std::span<const std::uint32_t> of(std::uint32_t number) const {
    return std::span(rows).subspan(begin[number], begin[number + 1] - begin[number]);
  }
};

/// Which words of a name are surnames, as far as the column tells: where else the words stand.
class Surnames {
 public:
  explicit Surnames(const Numbered& names) : words_(names.texts.size()) {
    starts_.reserve(names.texts.size() + 1);
    list_.reserve(4 * names.texts.size());
    starts_.push_back(0);
    for (const std::string_view name : names.texts) {
      const std::size_t begin = list_.size();
      for (const std::string_view word : name_words(name)) {
        std::uint32_t& known = words_.of(hash64(word));
        if (known == HashNumbers::none) {
          seen_.emplace_back();
          known = static_cast<std::uint32_t>(seen_.size());
        }
        const bool first = list_.size() == begin;
        list_.push_back({word, known, letters_of(word), !first});
        ++seen_[known - 1].all;
        seen_[known - 1].first += first;
      }
      starts_.push_back(list_.size());
    }
  }

  struct Word {
    std::string_view text;
    std::uint32_t number = 0;  // from 1
    std::uint32_t letters = 0; // which of them occur, a bit each
    bool later = false;        // not the first of its name
  };
  /// Particles left out.
  std::span<const Word> words(std::uint32_t name) const {
    return std::span(list_).subspan(starts_[name], starts_[name + 1] - starts_[name]);
  }
  bool is_surname(const Word& word) const {
    if (word.text.size() < 3) return false;  // an initial
    const Seen& seen = seen_[word.number - 1];
    return seen.all < enough ? word.later : 5 * seen.first < 2 * seen.all;
  }
  std::size_t distinct() const { return seen_.size(); }

 private:
  static constexpr std::uint32_t enough = 5;  // names with a word, for its places to tell what it is
  static std::uint32_t letters_of(std::string_view word) {
    std::uint32_t letters = 0;
    for (const char letter : word) letters |= 1U << (static_cast<unsigned char>(letter) & 31U);
    return letters;
  }
  struct Seen {
    std::uint32_t all = 0;
    std::uint32_t first = 0;
  };

  HashNumbers words_;
  std::vector<Seen> seen_;
  std::vector<Word> list_;
  std::vector<std::size_t> starts_;
};

/// Counts the unrelated names of one value after another. A name counts when it is related to none counted before:
/// relations are not followed from one to the next, or the common surnames would make one family of a whole town.
class Strangers {
 public:
  Strangers(const Numbered& names, Related related)
      : names_(names), by_surname_(related == Related::family), surnames_(names), named_by_(names.texts.size()), met_by_(surnames_.distinct() + 1) {}

  std::uint32_t count(std::uint32_t value, std::span<const std::uint32_t> rows) {
    counted_.clear();
    std::uint32_t strangers = 0;
    for (const std::uint32_t row : rows) {
      const std::uint32_t name = row < names_.rows.size() ? names_.rows[row] : 0;
      if (name == 0 || named_by_[name] == value) continue;
      named_by_[name] = value;
      if (strangers > 0 && related(value, name)) continue;
      if (++strangers == ColumnSignature::most_names) break;
      take(value, name);
    }
    return strangers;
  }

 private:
  using Word = Surnames::Word;

  void take(std::uint32_t value, std::uint32_t name) {
    const auto words = surnames_.words(name);
    for (const Word& word : words) met_by_[word.number] = value;
    counted_.push_back(words);
  }

  /// Two names of two words or more can only be alike when they share one; surnames may differ by a letter.
  bool related(std::uint32_t value, std::uint32_t name) const {
    const auto words = surnames_.words(name);
    bool met = words.size() < 2;
    for (const Word& word : words) {
      if (met_by_[word.number] != value) continue;
      met = true;
      if (by_surname_ && surnames_.is_surname(word) && surname_of_another(word)) return true;
    }
    return std::ranges::any_of(counted_, [&](std::span<const Word> other) {
      return (by_surname_ && near_surnames(words, other)) || ((met || other.size() < 2) && alike(words, other));
    });
  }

  bool surname_of_another(const Word& word) const {
    return std::ranges::any_of(counted_, [&](std::span<const Word> other) {
      return std::ranges::any_of(other, [&](const Word& theirs) {
        return theirs.number == word.number && surnames_.is_surname(theirs);
      });
    });
  }

  bool near_surnames(std::span<const Word> name, std::span<const Word> other) const {
    constexpr std::size_t least = 5;  // a letter makes another word of a shorter one
    for (const Word& mine : name) {
      if (mine.text.size() < least) continue;
      for (const Word& theirs : other) {
        if (theirs.text.size() < least || std::popcount(mine.letters ^ theirs.letters) > 2) continue;
        if (within_one_edit(mine.text, theirs.text) && surnames_.is_surname(mine) && surnames_.is_surname(theirs)) {
          return true;
        }
      }
    }
    return false;
  }

  static std::vector<std::string_view> texts_of(std::span<const Word> words) {
    std::vector<std::string_view> out;
    for (const Word& word : words) out.push_back(word.text);
    return out;
  }

  static bool alike(std::span<const Word> name, std::span<const Word> other) {
    switch (compare_names(texts_of(name), texts_of(other))) {
      case NameLevel::missing:
      case NameLevel::exact:
      case NameLevel::partial:
      case NameLevel::similar: return true;
      // "Juan" beside "Juan Pérez" may be him; two full names that share a given name are two people.
      case NameLevel::shares: return name.size() == 1 || other.size() == 1;
      case NameLevel::different: return false;
    }
    return false;
  }

  const Numbered& names_;
  bool by_surname_;
  Surnames surnames_;
  std::vector<std::uint32_t> named_by_;  // the last value that met a name
  std::vector<std::uint32_t> met_by_;    // the last value with a counted name of this word
  std::vector<std::span<const Word>> counted_;
};

std::uint64_t pair_hash(std::uint64_t name, std::string_view value) { return hash64(value, name); }

void ask(const Witness& witness, const Numbered& values, const Numbered& names, ColumnSignature& out) {
  const std::size_t known = std::min(witness.names.size(), witness.values.size());
  HashNumbers people(known);
  HashNumbers pairs(known);
  for (std::size_t row = 0; row < known; ++row) {
    if (witness.names[row].empty() || witness.values[row].empty()) continue;
    const std::uint64_t name = hash64(witness.names[row]);
    people.of(name) = 1;
    pairs.of(pair_hash(name, witness.values[row])) = 1;
  }
  std::vector<std::uint64_t> hashes(names.texts.size());
  std::vector<std::uint8_t> met(names.texts.size());
  for (std::size_t name = 1; name < names.texts.size(); ++name) {
    hashes[name] = hash64(names.texts[name]);
    met[name] = people.has(hashes[name]);
  }
  const std::size_t rows = std::min(values.rows.size(), names.rows.size());
  for (std::size_t row = 0; row < rows; ++row) {
    const std::uint32_t name = names.rows[row];
    if (values.rows[row] == 0 || met[name] == 0) continue;
    ++out.compared;
    out.agreeing += pairs.has(pair_hash(hashes[name], values.texts[values.rows[row]]));
  }
}

SignatureVerdict judge(const ColumnSignature& column) {
  if (column.named_rows < signature_least_rows) return SignatureVerdict::too_few;
  if (column.share_on_many() >= signature_most_on_many || column.share_on_two() >= signature_most_on_two) {
    return SignatureVerdict::shared;
  }
  if (column.compared >= signature_least_rows && *column.agreement() < signature_least_agreement) {
    return SignatureVerdict::disagrees;
  }
  return SignatureVerdict::sound;
}

}  // namespace

Numbered number(std::span<const std::string_view> texts) {
  Numbered out;
  out.rows.reserve(texts.size());
  HashNumbers known(texts.size());
  for (const std::string_view text : texts) {
    if (text.empty()) {
      out.rows.push_back(0);
      continue;
    }
    std::uint32_t& found = known.of(hash64(text));
    if (found == HashNumbers::none) {
      found = static_cast<std::uint32_t>(out.texts.size());
      out.texts.push_back(text);
    }
    out.rows.push_back(found);
  }
  return out;
}

ColumnSignature column_signature(Numbered values, const Numbered& names, const Witness* witness, Related related) {
  ColumnSignature out;
  out.distinct = values.distinct();
  out.names_of_value.assign(values.texts.size(), 0);
  const Groups groups(values);
  Strangers strangers(names, related);
  for (std::uint32_t value = 1; value < values.texts.size(); ++value) {
    const auto rows = groups.of(value);
    const std::uint32_t count = strangers.count(value, rows);
    const auto named = static_cast<std::uint64_t>(std::ranges::count_if(
        rows, [&](std::uint32_t row) { return row < names.rows.size() && names.rows[row] != 0; }));
    out.names_of_value[value] = static_cast<std::uint16_t>(count);
    out.rows += rows.size();
    out.named_rows += named;
    out.largest_rows = std::max<std::uint64_t>(out.largest_rows, rows.size());
    out.largest_names = std::max(out.largest_names, count);
    out.values_on_two += count >= 2;
    out.values_on_many += count >= many_names;
    if (count >= 2) out.rows_on_two += named;
    if (count >= many_names) out.rows_on_many += named;
  }
  if (witness != nullptr) ask(*witness, values, names, out);
  out.verdict = judge(out);
  out.value_of_row = std::move(values.rows);
  return out;
}

Text ColumnSignature::reason() const {
  struct Percent {
    std::string es, en;
    explicit Percent(double share_of) : en(fmt::format("{:.1f}", 100 * share_of)) {
      es = en + " %";
      std::ranges::replace(es, '.', ',');
      en += " %";
    }
  };
  switch (verdict) {
    case SignatureVerdict::too_few:
      return {fmt::format("Solo {} filas tienen valor y nombre; para juzgar la columna hacen falta {}.", named_rows,
                          signature_least_rows),
              fmt::format("Only {} rows have a value and a name; judging the column takes {}.", named_rows,
                          signature_least_rows)};
    case SignatureVerdict::shared: {
      const bool many = share_on_many() >= signature_most_on_many;
      const std::uint32_t least = many ? many_names : 2;
      const Percent found(many ? share_on_many() : share_on_two());
      const Percent limit(many ? signature_most_on_many : signature_most_on_two);
      return {fmt::format("{} valores distintos en {} filas; el {} de las filas lleva un valor que está en {} o más "
                          "nombres sin relación (límite: {}).", distinct, rows, found.es, least, limit.es),
              fmt::format("{} distinct values on {} rows; {} of the rows bear a value that stands on {} or more "
                          "unrelated names (limit: {}).", distinct, rows, found.en, least, limit.en)};
    }
    case SignatureVerdict::disagrees: {
      const Percent agree(*agreement()), limit(signature_least_agreement);
      return {fmt::format("De {} filas cuyo nombre está en otra fuente, solo el {} tiene allí el mismo valor (mínimo: {}).",
                          compared, agree.es, limit.es),
              fmt::format("Of {} rows whose name stands in another source, only {} have the same value there (least: {}).",
                          compared, agree.en, limit.en)};
    }
    case SignatureVerdict::sound: break;
  }
  const Percent found(share_on_many());
  return {fmt::format("{} valores distintos en {} filas; el {} de las filas lleva un valor de {} o más nombres sin "
                      "relación.", distinct, rows, found.es, many_names),
          fmt::format("{} distinct values on {} rows; {} of the rows bear a value of {} or more unrelated names.",
                      distinct, rows, found.en, many_names)};
}

}  // namespace aremko::identity

#include "identity/match_block.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "identity/match_words.h"

namespace aremko::identity::match {

namespace {

// One way to make keys of a column's values: for value v the keys [start[v], start[v+1]).
struct Atom {
  std::size_t column = 0;
  bool alone = false;      // good enough to be a pass by itself
  bool with_others = true; // to be combined with another column's
  std::uint64_t most_pairs = UINT64_MAX;  // that a key of the pass may bring
  std::vector<std::uint32_t> start{};
  std::vector<std::uint64_t> keys{};
};

using MakeKeys = std::function<void(Value, std::vector<std::uint64_t>&)>;

constexpr std::uint64_t rare_word = 6;
constexpr std::size_t most_threads = 4;  // each keeps the keys of one pass, twice: 200 MB a million rows

/// [begin, middle) and [middle, end of all), each ascending, into one, from behind.
void merge_runs(std::vector<PairKey>& all, std::size_t begin, std::size_t middle) {
  const std::vector<PairKey> second(all.begin() + static_cast<std::ptrdiff_t>(middle), all.end());
  std::size_t to = all.size();
  std::size_t first = middle;
  for (std::size_t left = second.size(); left > 0;) {
    all[--to] = first > begin && all[first - 1] > second[left - 1] ? all[--first] : second[--left];
  }
}

class Blocker {
 public:
  Blocker(const Comparer& comparer, double pairs_a_row) : comparer_(comparer) {
    const Input& input = comparer.input();
    left_rows_ = input.rows(Side::left);
    right_rows_ = comparer.dedupe() ? 0 : input.rows(Side::right);
    budget_ = static_cast<std::uint64_t>(pairs_a_row * static_cast<double>(left_rows_ + right_rows_)) + 1'000;
  }

  Candidates run() {
    for (std::size_t i = 0; i < comparer_.input().columns().size(); ++i) make_atoms(i);
    std::vector<std::pair<const Atom*, const Atom*>> passes;
    for (const Atom& atom : atoms_) {
      if (atom.alone) passes.emplace_back(&atom, nullptr);
    }
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      for (std::size_t j = i + 1; j < atoms_.size(); ++j) {
        if (atoms_[i].with_others && atoms_[j].with_others && atoms_[i].column != atoms_[j].column) {
          passes.emplace_back(&atoms_[i], &atoms_[j]);
        }
      }
    }
    std::vector<Work> works(std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most_threads));
    if (left_rows_ + right_rows_ < 2'000) works.resize(1);
    std::atomic<std::size_t> next = 0;
    const auto take = [&](Work& work) {
      for (std::size_t i = next++; i < passes.size(); i = next++) pass(work, *passes[i].first, passes[i].second);
      work.merge(0);
    };
    {
      std::vector<std::jthread> threads;
      for (std::size_t t = 1; t < works.size(); ++t) threads.emplace_back([&, t] { take(works[t]); });
      take(works[0]);
    }
    return unite(works, passes.size());
  }

 private:
  struct Entry {
    std::uint64_t key;
    RowId row;
    std::uint32_t side;
    friend bool operator<(const Entry& a, const Entry& b) {
      if (a.key != b.key) return a.key < b.key;
      return a.side != b.side ? a.side < b.side : a.row < b.row;
    }
  };
  struct Work {
    std::vector<Entry> entries{};
    std::vector<Entry> spare{};
    std::vector<PairKey> found{};        // runs, each ascending
    std::vector<std::size_t> runs{};     // where each begins

    /// Joins the last two runs while the last is `share` of the one before it or longer: with 0, all into one.
    void merge(double share) {
      while (runs.size() >= 2) {
        const std::size_t before = runs[runs.size() - 2];
        const std::size_t last = runs.back();
        if (static_cast<double>(found.size() - last) < share * static_cast<double>(last - before)) break;
        merge_runs(found, before, last);
        runs.pop_back();
      }
    }
  };
  struct Block {
    std::uint64_t pairs;
    std::uint32_t begin, middle, end;
  };

  void add_atom(std::size_t column, bool alone, bool with_others, const MakeKeys& make) {
    Atom atom{.column = column, .alone = alone, .with_others = with_others};
    const std::size_t values = comparer_.input().columns()[column].values.size();
    atom.start.assign(values + 2, 0);
    std::vector<std::uint64_t> keys;
    for (Value value = 1; value <= values; ++value) {
      keys.clear();
      make(value, keys);
      std::ranges::sort(keys);
      keys.erase(std::ranges::unique(keys).begin(), keys.end());
      atom.start[value] = static_cast<std::uint32_t>(atom.keys.size());
      atom.keys.insert(atom.keys.end(), keys.begin(), keys.end());
    }
    atom.start[values + 1] = static_cast<std::uint32_t>(atom.keys.size());
    atoms_.push_back(std::move(atom));
  }

  // Keys of parts of the text: each non-empty part one key.
  template <class Parts>
  void add_parts(std::size_t column, bool alone, bool with_others, Parts parts) {
    const Dictionary& values = comparer_.input().columns()[column].values;
    add_atom(column, alone, with_others, [&values, parts](Value value, std::vector<std::uint64_t>& keys) {
      std::uint64_t seed = 0;
      for (const std::string& part : parts(values.text(value))) {
        ++seed;
        if (!part.empty()) keys.push_back(hash64(part, seed));
      }
    });
  }

  void add_words(std::size_t column, std::size_t most, bool sounds, bool pairs) {
    const Dictionary& texts = comparer_.words(column);
    std::vector<std::uint64_t> hashes(texts.size() + 1);  // a word is hashed once, however many names hold it
    for (Value word = 1; word <= texts.size(); ++word) {
      const std::string_view text = texts.text(word);
      hashes[word] = hash64(sounds ? std::string_view(sound(text)) : text);
    }
    add_atom(column, pairs, !pairs, [this, column, most, pairs, &hashes](Value value, std::vector<std::uint64_t>& keys) {
      const auto all = comparer_.words_of(column, value);
      const auto words = all.first(std::min(most, all.size()));
      if (!pairs || words.size() == 1) {
        for (const Value word : words) keys.push_back(hashes[word]);
      }
      for (std::size_t i = 0; pairs && i < words.size(); ++i) {
        for (std::size_t j = i + 1; j < words.size(); ++j) {
          const std::uint64_t one = hashes[words[i]];
          const std::uint64_t other = hashes[words[j]];
          keys.push_back((one ^ other) + one + other);
        }
      }
    });
  }

  // A name that was cut at its first ñ beside those that end there.
  void add_cuts(std::size_t column) {
    const Column& names = comparer_.input().columns()[column];
    std::unordered_set<std::string_view> cuts;
    for (const std::string& cut : names.cuts) cuts.insert(cut);
    add_atom(column, true, false, [&names, cuts](Value value, std::vector<std::uint64_t>& keys) {
      if (const std::string_view cut = names.cut(value); !cut.empty()) keys.push_back(hash64(cut));
      if (const std::string_view whole = names.values.text(value); cuts.contains(whole)) keys.push_back(hash64(whole));
    });
  }

  void make_atoms(std::size_t column) {
    using Parts = std::vector<std::string>;
    const auto whole = [](std::string_view text) { return Parts{std::string(text)}; };
    switch (comparer_.input().columns()[column].kind) {
      case Kind::name:
        add_words(column, 4, false, false);
        // A surname that hardly anybody has is enough: whom it ties may go by a nickname.
        atoms_.back().alone = true;
        atoms_.back().most_pairs = rare_word;
        add_words(column, 4, false, true);
        add_words(column, 4, true, true);
        if (!comparer_.input().columns()[column].cuts.empty()) add_cuts(column);
        break;
      case Kind::given_name:
      case Kind::surname:
        add_parts(column, true, true, whole);
        add_parts(column, false, true, [](std::string_view text) { return Parts{sound(text)}; });
        break;
      case Kind::phone:
        add_parts(column, true, false, whole);
        add_parts(column, false, true, [](std::string_view text) {
          return Parts{std::string(text.substr(text.size() > 4 ? text.size() - 4 : 0))};
        });
        break;
      case Kind::email:
        add_parts(column, true, false, whole);
        add_parts(column, true, true, [](std::string_view text) { return Parts{local_part(text)}; });
        break;
      case Kind::national_id:
        add_parts(column, true, false, whole);
        add_parts(column, false, true, [](std::string_view text) {
          const std::size_t half = text.size() / 2;
          return Parts{std::string(text.substr(0, half)), std::string(text.substr(half))};
        });
        break;
      case Kind::date:
        add_parts(column, true, true, whole);
        add_parts(column, false, true, [](std::string_view text) {
          return Parts{std::string(text.substr(0, 4)), std::string(text.substr(4))};
        });
        break;
      case Kind::postcode:
        add_parts(column, true, true, whole);
        break;
      case Kind::place:
      case Kind::text:
        add_parts(column, false, true, whole);
        break;
      case Kind::address:
        add_parts(column, true, false, whole);
        add_words(column, 2, false, false);
        break;
    }
  }

  void collect(std::vector<Entry>& entries, const Atom& atom, const Atom* other, bool right) const {
    const Comparer& c = comparer_;
    const std::size_t rows = right ? right_rows_ : left_rows_;
    for (RowId row = 0; row < rows; ++row) {
      const Value a = right ? c.right_value(atom.column, row) : c.left_value(atom.column, row);
      if (a == missing) continue;
      const Value b = other == nullptr ? missing : right ? c.right_value(other->column, row) : c.left_value(other->column, row);
      if (other != nullptr && b == missing) continue;
      for (std::uint32_t i = atom.start[a]; i < atom.start[a + 1]; ++i) {
        if (other == nullptr) {
          entries.push_back({atom.keys[i], row, right ? 1U : 0U});
          continue;
        }
        for (std::uint32_t j = other->start[b]; j < other->start[b + 1]; ++j) {
          entries.push_back({(atom.keys[i] * 0x9E3779B97F4A7C15U) ^ other->keys[j], row, right ? 1U : 0U});
        }
      }
    }
  }

  /// By key; entries of one key keep their order, which is left rows and then right ones, each ascending. Keys are hashes, so by their
  /// upper 33 bits nearly all of them are in their places.
  static void sort_by_key(std::vector<Entry>& entries, std::vector<Entry>& spare) {
    constexpr unsigned digits = 3;
    constexpr unsigned bits = 11;
    constexpr std::size_t few = 4'096;
    if (entries.size() < few) return std::sort(entries.begin(), entries.end());
    spare.resize(entries.size());
    for (unsigned digit = 0; digit < digits; ++digit) {
      const unsigned shift = 64 - bits * (digits - digit);
      std::array<std::uint32_t, std::size_t{1} << bits> place{};
      const auto bucket = [shift](const Entry& entry) { return (entry.key >> shift) & ((std::uint64_t{1} << bits) - 1); };
      for (const Entry& entry : entries) ++place[bucket(entry)];
      std::uint32_t sum = 0;
      for (std::uint32_t& count : place) count = std::exchange(sum, sum + count);
      Entry* const out = spare.data();  // as long as `entries`, and the places count up to that
      for (const Entry& entry : entries) out[place[bucket(entry)]++] = entry;
      entries.swap(spare);
    }
    for (std::size_t i = 1; i < entries.size(); ++i) {
      if (!(entries[i].key < entries[i - 1].key)) continue;
      const Entry moved = entries[i];
      std::size_t to = i;
      for (; to > 0 && moved.key < entries[to - 1].key; --to) entries[to] = entries[to - 1];
      entries[to] = moved;
    }
  }

  void pass(Work& work, const Atom& atom, const Atom* other) const {
    std::vector<Entry>& entries = work.entries;
    std::vector<PairKey>& found = work.found;
    entries.clear();
    collect(entries, atom, other, false);
    collect(entries, atom, other, true);
    sort_by_key(entries, work.spare);
    std::vector<Block> blocks;
    for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
      std::size_t middle = begin;
      for (end = begin; end < entries.size() && entries[end].key == entries[begin].key; ++end) {
        if (entries[end].side == 0) middle = end + 1;
      }
      const std::uint64_t lefts = middle - begin;
      const std::uint64_t pairs = comparer_.dedupe() ? lefts * (lefts - 1) / 2 : lefts * (end - middle);
      if (pairs > 0 && pairs <= std::min(budget_, other == nullptr ? atom.most_pairs : budget_)) {
        blocks.push_back({pairs, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(middle), static_cast<std::uint32_t>(end)});
      }
    }
    std::sort(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) {
      return a.pairs != b.pairs ? a.pairs < b.pairs : a.begin < b.begin;
    });
    const std::size_t from = found.size();
    std::uint64_t taken = 0;
    for (const Block& block : blocks) {
      taken += block.pairs;
      if (taken > budget_) break;
      for (std::size_t i = block.begin; i < block.middle; ++i) {
        for (std::size_t j = comparer_.dedupe() ? i + 1 : block.middle; j < block.end; ++j) {
          if (comparer_.dedupe() && entries[i].row == entries[j].row) continue;
          found.push_back((PairKey{entries[i].row} << 32U) | entries[j].row);
        }
      }
    }
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(from), found.end());
    found.erase(std::unique(found.begin() + static_cast<std::ptrdiff_t>(from), found.end()), found.end());
    work.runs.push_back(from);
    work.merge(0.5);
  }

  static Candidates unite(std::vector<Work>& works, std::size_t passes) {
    std::vector<PairKey> found = std::move(works[0].found);
    works[0].entries = {};
    works[0].spare = {};
    for (std::size_t t = 1; t < works.size(); ++t) {
      const std::size_t middle = found.size();
      found.insert(found.end(), works[t].found.begin(), works[t].found.end());
      works[t] = {};
      merge_runs(found, 0, middle);
    }
    Candidates out{.passes = passes};
    for (std::size_t i = 0, end = 0; i < found.size(); i = end) {
      while (end < found.size() && found[end] == found[i]) ++end;
      out.pairs.push_back(found[i]);
      out.found_by.push_back(static_cast<std::uint8_t>(std::min<std::size_t>(end - i, 255)));
    }
    return out;
  }

  const Comparer& comparer_;
  std::size_t left_rows_ = 0;
  std::size_t right_rows_ = 0;
  std::uint64_t budget_ = 0;
  std::vector<Atom> atoms_;
};

}  // namespace

Candidates candidates(const Comparer& comparer, double pairs_a_row) { return Blocker(comparer, pairs_a_row).run(); }

}  // namespace aremko::identity::match

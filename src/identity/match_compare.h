#pragma once
// How two rows agree, column by column: a level for each, and what an agreement on just this value is worth (the
// rarer, the more; Newcombe 1959). For this room alone.

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "identity/match_input.h"
#include "identity/match_words.h"

namespace aremko::identity::match {

/// Level 0 is "one of the two says nothing" and is no evidence; the last one of every kind is "quite different".
inline constexpr std::size_t max_levels = 13;
struct LevelInfo {
  std::string_view word{};     // "exact", "typo" …
  double usual_m = 0;          // share of matches on this level, before anything was learned
  bool by_value = false;       // its chance agreement comes from the value's frequency, not from a table
};
/// The levels of a whole name. Words in their order tell which one is missing: people leave out their last surname, not
/// the one in the middle.
enum NameLevel : unsigned {
  name_exact = 1,
  name_cut,      // one ends where the other has its first ñ: what followed was lost
  name_short,    // the last surnames are missing
  name_second,   // a further given name is missing
  name_gap,      // a surname in the middle, or the first given name, is missing; or both surnames stand in the other order
  name_similar,  // a misspelling, a nickname, an initial
  name_weak,     // alike, and no word is the same
  name_half,     // a given name and a surname agree, and each side has a word of its own
  name_given,    // the given name alone
  name_surname,  // the surname alone
  name_single,   // one of the two is a single word, or has no surname
  name_different
};
/// One name that may stand for the other, as a whole.
constexpr bool same_whole_name(unsigned level) { return level <= name_second || level == name_similar; }

/// The levels of a kind from level 1 on.
const std::vector<LevelInfo>& levels_of(Kind kind);
/// What people of one household have in common (contacts, address, surname), as against what is one's own.
bool is_shared(Kind kind);
/// Contact values and identity numbers: a row's own, shared only by households or by mistake.
bool is_identifier(Kind kind);

/// Levels packed four bits a column, and so the rarity of a value they both have, in steps of one from 1; `own` and `shared` are −ln of the chance of such an agreement where it is by value.
struct Comparison {
  std::uint64_t levels = 0;
  std::uint64_t rarities = 0;
  float own = 0;
  float shared = 0;
  unsigned rarity(std::size_t column) const { return (rarities >> (4 * column)) & 15U; }
  unsigned level(std::size_t column) const { return (levels >> (4 * column)) & 15U; }
};

/// One column's part of a comparison: −ln of the chance of such an agreement, in both parts.
struct Agreement {
  unsigned level = 0;
  float own = 0;
  float shared = 0;
};
using Agreements = std::array<Agreement, Input::max_columns>;

/// A row that stands on neither side, made comparable with the right one.
struct Probe {
  struct Word {
    Value id = 0;  // `unseen` when no row has it
    float rarity = 0;
    float rows = 0;
    float given_share = 0;
    bool known_given = false;
    std::uint8_t place = 0;
    Shape shape{};
    std::string_view text{};
  };
  struct Field {
    Kind kind = Kind::text;
    std::string text{};
    std::string cut{};  // as Column::cuts
    Value value = missing;
    bool valid = false;
    std::vector<Word> words{};
  };
  static constexpr Value unseen = UINT32_MAX;
  std::vector<Field> fields{};
};

class Comparer {
 public:
  /// Keeps a reference to `input`. With `dedupe` both rows are of the left side.
  Comparer(const Input& input, bool dedupe);
  /// `parts` gets what each column says, where it is wanted.
  Comparison compare(RowId left, RowId right, Agreements* parts = nullptr) const;
  Comparison compare(const Probe& left, RowId right, Agreements* parts = nullptr) const;
  /// `fields` as Input::add takes them; the probe keeps views into this comparer.
  Probe probe(std::span<const std::string_view> fields) const;
  Value left_value(std::size_t column, RowId row) const { return left_rows_[row * width_ + column]; }
  Value right_value(std::size_t column, RowId row) const { return right_rows_[row * width_ + column]; }
  /// Tells the processor that the right row will be compared soon: first the row, then where its values' parts stand, then those.
  void expect_row(RowId right) const { __builtin_prefetch(&right_rows_[right * width_]); }
  void expect_values(RowId right) const;
  void expect_words(RowId right) const;
  /// The words of a value, rarest first, as numbers of words(); only of kinds that have words.
  std::span<const Value> words_of(std::size_t column, Value value) const;
  /// Which word of the name each of them is, from 0.
  std::span<const std::uint8_t> places_of(std::size_t column, Value value) const;
  /// Two names of a column of whole names, whichever side they stand on.
  Agreement compare_names(std::size_t column, Value a, Value b) const;
  Agreement compare_names(const Probe& left, std::size_t column, Value b) const;
  const Dictionary& words(std::size_t column) const { return data_[columns_[column].data].words; }
  /// −ln of the chance to meet the value, and the step in which it stands.
  float rarity(std::size_t column, Value value) const { return columns_[column].rarity[value]; }
  static unsigned step(float rarity) { return static_cast<unsigned>(std::clamp(rarity, 1.0F, 15.0F)); }
  /// The same for whole names, whose words add up to more.
  static constexpr float name_step = 1.4F;
  static constexpr double name_middle(std::size_t step) { return (static_cast<double>(step) + 0.5) * static_cast<double>(name_step); }
  float word_rarity(std::size_t column, Value word) const { return data_[columns_[column].data].known[word].rarity; }
  /// How often a word of a name stands first, 0–1; 0 for one that no row has.
  float given_share(std::size_t column, std::string_view word) const {
    const WordData& data = data_[columns_[column].data];
    const Value known = data.words.find(word);
    return known == missing ? 0 : data.known[known].given_share;
  }
  /// Rows of both lists that hold a word of a name.
  double rows_with_word(std::size_t column, std::string_view word) const {
    const WordData& data = data_[columns_[column].data];
    const Value known = data.words.find(word);
    return known == missing ? 0 : static_cast<double>(data.known[known].rows);
  }
  std::string_view left_text(std::size_t column, RowId row) const {
    const Value value = left_value(column, row);
    return value == missing ? std::string_view() : input_.columns()[column].values.text(value);
  }
  /// The same of a row's whole value, on average over the left rows: how much a usual name says.
  float usual_rarity(std::size_t column) const { return columns_[column].usual; }
  bool has_words(std::size_t column) const { return columns_[column].has_words; }
  /// Rows that hold the value, of both sides.
  std::uint32_t count(std::size_t column, Value value) const { return columns_[column].count[value]; }
  /// The same of the right side alone; only of kinds that have words.
  std::uint32_t right_count(std::size_t column, Value value) const {
    const Col& col = columns_[column];
    return dedupe_ ? col.count[value] : col.count[value] - col.left_count[value];
  }
  /// Whether an identity number is a RUT with its right check digit.
  bool valid_id(std::size_t column, Value value) const { return columns_[column].valid[value] != 0; }
  const Input& input() const { return input_; }
  bool dedupe() const { return dedupe_; }

 private:
  struct WordData {
    struct Word {
      float rarity = 0;          // −ln of the share of rows that hold it
      float given_share = 0;     // how often it stands first
      float rows = 0;            // that hold it, of both lists
      bool known_given = false;  // is_given_name
      Shape shape{};
    };
    Dictionary words{};
    std::vector<Word> known{};  // by number
  };
  struct Col {
    Kind kind = Kind::text;
    std::span<const Value> left{};
    std::span<const Value> right{};
    std::vector<float> rarity{};          // −ln of the chance to meet the value
    std::vector<std::uint32_t> count{};       // rows that hold the value, of both sides
    std::vector<std::uint32_t> left_count{};  // only where there are words
    std::vector<std::uint64_t> packed{};      // a phone's digits, by value
    std::vector<std::uint8_t> valid{};        // a RUT with its right check digit, by value
    std::vector<std::uint8_t> from_name{};    // an e-mail that is nothing but its owner's name, by value
    std::vector<float> domain{};              // what its domain says beyond the usual one's, by value
    bool has_words = false;
    float usual = 0;
    std::size_t data = 0;                 // in data_
    std::vector<std::uint32_t> word_start{};
    std::vector<Value> word_list{};
    std::vector<std::uint8_t> word_place{};  // of each in the name
  };
  void lay_out(const Col& col, std::size_t column);
  void count_values(Col& col, const Column& column) const;
  void cut_probe(const Col& col, Probe::Field& field) const;
  void cut_words(Col& col, const Column& column, WordData& data) const;
  static Value without_particle(const WordData& data, std::string_view word);
  static void rarest_first(Col& col, const WordData& data);
  void weigh_domains(Col& col, const Column& column) const;
  // How the left row is read: one of a side, or a probe.
  class KnownRow;
  class ProbeRow;
  template <class Left>
  Comparison compare_row(const Left& left, RowId right, Agreements* parts) const;
  template <class Left>
  Agreement agreement(std::size_t index, const Left& a, Value b) const;
  template <class Words>
  Agreement texts(const Col& col, std::string_view text_a, const Words& words_a, std::string_view text_b, Value b) const;
  bool name_agrees(const Agreements& parts) const;
  void tell_named(Agreements& parts, RowId right) const;
  template <class Left>
  bool is_swap(const Agreements& parts, const Left& left, RowId right) const;
  void tell_from_name(std::size_t email);
  static void tell_valid(Col& col, const Column& column);
  const Input& input_;
  bool dedupe_;
  std::vector<Col> columns_;
  std::size_t width_ = 0;
  std::vector<Value> left_rows_;
  std::vector<Value> right_rows_;
  std::vector<WordData> data_;
  std::size_t given_ = SIZE_MAX;    // the columns that may be swapped
  std::size_t surname_ = SIZE_MAX;
  bool has_email_ = false;
};

}  // namespace aremko::identity::match

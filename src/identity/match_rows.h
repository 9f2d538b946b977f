#pragma once
// How Comparer reads a left row: one of a list, as its numbers, or a probe that stands on none. For this room alone.

#include "identity/match_compare.h"

namespace aremko::identity::match {

// A row of the left side, as its numbers.
class Comparer::KnownRow {
 public:
  KnownRow(const Comparer& comparer, RowId row) : comparer_(comparer), row_(row) {}

  class Words {
   public:
    Words(const WordData& data, std::span<const Value> ids, std::span<const std::uint8_t> places)
        : data_(data), ids_(ids), places_(places) {}
    std::size_t size() const { return ids_.size(); }
    Value id(std::size_t i) const { return at(i); }
    float rarity(std::size_t i) const { return known(i).rarity; }
    float rows(std::size_t i) const { return known(i).rows; }
    float given_share(std::size_t i) const { return known(i).given_share; }
    bool known_given(std::size_t i) const { return known(i).known_given; }
    std::size_t place(std::size_t i) const { return places_.data()[i]; }
    const Shape& shape(std::size_t i) const { return known(i).shape; }
    std::string_view text(std::size_t i) const { return data_.words.text(at(i)); }

   private:
    // Unchecked, as this is the innermost loop of all: `i` is below size(), which both spans have, and the numbers are those of the
    // dictionary that the tables were made for.
    Value at(std::size_t i) const { return ids_.data()[i]; }
    const WordData::Word& known(std::size_t i) const { return data_.known.data()[at(i)]; }

    const WordData& data_;
    std::span<const Value> ids_;
    std::span<const std::uint8_t> places_;
  };

  Value value(std::size_t column) const { return comparer_.left_value(column, row_); }
  std::string_view text(std::size_t column) const { return comparer_.input_.columns()[column].values.text(value(column)); }
  bool valid(std::size_t column) const { return comparer_.columns_[column].valid[value(column)] != 0; }
  std::uint64_t packed(std::size_t column) const { return comparer_.columns_[column].packed[value(column)]; }
  static Words words_of(const Comparer& comparer, std::size_t column, Value value) {
    return {comparer.data_[comparer.columns_[column].data], comparer.words_of(column, value), comparer.places_of(column, value)};
  }
  Agreement name(std::size_t column, Value b) const { return comparer_.compare_names(column, value(column), b); }
  Words words(std::size_t column) const {
    return words_of(comparer_, column, value(column));
  }

 private:
  const Comparer& comparer_;
  RowId row_;
};

class Comparer::ProbeRow {
 public:
  ProbeRow(const Comparer& comparer, const Probe& probe) : comparer_(comparer), probe_(probe) {}

  class Words {
   public:
    explicit Words(std::span<const Probe::Word> words) : words_(words) {}
    std::size_t size() const { return words_.size(); }
    Value id(std::size_t i) const { return words_[i].id; }
    float rarity(std::size_t i) const { return words_[i].rarity; }
    float rows(std::size_t i) const { return words_[i].rows; }
    float given_share(std::size_t i) const { return words_[i].given_share; }
    bool known_given(std::size_t i) const { return words_[i].known_given; }
    std::size_t place(std::size_t i) const { return words_[i].place; }
    const Shape& shape(std::size_t i) const { return words_[i].shape; }
    std::string_view text(std::size_t i) const { return words_[i].text; }

   private:
    std::span<const Probe::Word> words_;
  };

  Value value(std::size_t column) const { return probe_.fields[column].value; }
  std::string_view text(std::size_t column) const { return probe_.fields[column].text; }
  bool valid(std::size_t column) const { return probe_.fields[column].valid; }
  std::uint64_t packed(std::size_t column) const { return packed_digits(text(column)); }
  Agreement name(std::size_t column, Value b) const { return comparer_.compare_names(probe_, column, b); }
  Words words(std::size_t column) const { return Words(probe_.fields[column].words); }

 private:
  const Comparer& comparer_;
  const Probe& probe_;
};

/// One edit apart, or long and nearly the same (Jaro-Winkler).
bool words_alike(std::string_view a, std::string_view b);

}  // namespace aremko::identity::match

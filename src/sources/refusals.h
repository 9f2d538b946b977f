#pragma once
// Collects what a load could not use.

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "normalize/dates.h"
#include "sources/batch.h"

namespace aremko::sources {

/// Kept one by one; rows_refused counts all. A thousand are more than anybody reads.
inline constexpr std::size_t max_refused_kept = 1'000;

/// A reason without personal data; constants, so that counting costs nothing.
struct Reason {
  std::string_view code;
  std::string_view es;
  std::string_view en;
};

void refuse(LoadReport& report, std::string_view file, std::uint64_t line, const Reason& reason);

/// Adds another part's rows, refusals and repairs; its fields, misplaced values, days and notes too.
void merge(LoadReport& into, const LoadReport& part);

/// Says how a column's dates were read when nothing in it tells the day from the month, or some say this and some that.
void note_order(LoadReport& report, std::string_view column, const normalize::DateOrderVotes& votes, normalize::DateOrder usual);

/// How one field is filled, row by row, and what stood in it that is another's.
class FieldCounts {
 public:
  void count(std::string_view field, bool valid) {
    FieldCount& counted = of(field);
    ++counted.filled;
    counted.valid += valid;
  }
  void misplaced(std::string_view code, std::string_view field, std::uint64_t where) { note(code, field, where, Misplaced::max_where); }
  /// Counts as nothing though something stood there: told as a refused row is.
  void unread(std::string_view code, std::string_view field, std::uint64_t where) { note(code, field, where, max_refused_kept); }
  /// Fields come out in this order, those never filled too.
  explicit FieldCounts(std::initializer_list<std::string_view> fields) {
    for (const std::string_view field : fields) fields_.push_back({field});
  }
  void write(LoadReport& report) const;

 private:
  void note(std::string_view code, std::string_view field, std::uint64_t where, std::size_t most);
  FieldCount& of(std::string_view field) {
    for (FieldCount& known : fields_) {
      if (known.field.data() == field.data() || known.field == field) return known;  // constants: mostly one pointer
    }
    return fields_.emplace_back(FieldCount{field});
  }
  std::vector<FieldCount> fields_;
  std::vector<Misplaced> misplaced_;
};

/// Values that were impossible and taken as unknown in rows that were kept: one note a kind, with its first rows.
class Doubts {
 public:
  /// `what` is a constant: "ventas_pago.fecha_pago: fecha imposible, se toma como desconocida".
  void count(std::string_view what, std::uint64_t row) {
    Count& known = counts_[what];
    ++known.count;
    if (known.rows.size() < max_rows) known.rows.push_back(row);
  }
  void merge(const Doubts& other);
  void write_notes(LoadReport& report, std::string_view row_word) const;

 private:
  static constexpr std::size_t max_rows = 20;
  struct Count {
    std::uint64_t count = 0;
    std::vector<std::uint64_t> rows{};  // the first ones
  };
  std::map<std::string_view, Count> counts_;
};

}  // namespace aremko::sources

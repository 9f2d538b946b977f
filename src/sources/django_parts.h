#pragma once
// What the readers of a Django database's smaller tables share.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "sources/batch.h"
#include "sources/cells.h"
#include "sources/id_index.h"
#include "sources/local_time.h"
#include "sources/refusals.h"
#include "sql/row_reader.h"

namespace aremko::sources {

/// A sale or a payment above this, or below its negative, is a slip of the keyboard: a million dollars for a bath.
inline constexpr Pesos max_sale_amount = 1'000'000'000;

/// What one table's reader found wrong.
struct Part {
  LoadReport report;
  Doubts doubts;
  void kept() { ++report.rows_read, ++report.rows_kept; }
};

/// Repaired, trimmed, and not longer than what people write.
std::string cleaned(Cleaner& cleaner, std::string_view raw);

/// A price as a catalogue has it, from zero up; 0 when it is impossible.
Pesos price_of(sql::RowReader& row, std::size_t column);

/// Unknown when null or no instant between 2000 and 2099.
Moment moment_of(sql::RowReader& row, std::size_t column, const LocalTime& time);

/// Unknown when null or no day between 2000 and 2099.
Date day_of(sql::RowReader& row, std::size_t column);

enum class Said : std::uint8_t { no, yes, unclear };
/// A yes or no in whatever form a hand-made column has it: a boolean, 0 or 1, "t", "sí". Null is unclear.
Said said(sql::RowReader& row, std::size_t column);

/// The one customer who has a phone or an e-mail. Built at the first question, as most databases never ask.
class CustomerByContact {
 public:
  explicit CustomerByContact(const ContactColumns& contact) : contact_(contact) {}
  /// As typed. no_row when nobody has it, or more than one.
  Row by_phone(std::string_view raw);
  Row by_email(std::string_view raw);

 private:
  using Index = std::unordered_map<std::string_view, Row>;
  const Index& index(std::optional<Index>& kept, const TextColumn& values, std::uint8_t valid) const;
  const ContactColumns& contact_;
  std::optional<Index> phones_;
  std::optional<Index> emails_;
};

/// The tables that everything else hangs from, once they are joined.
struct Joined {
  CurrentBatch& batch;
  const LocalTime& time;
  const IdIndex& customers;
  const IdIndex& sales;
  const IdIndex& services;
  CustomerByContact& contacts;
  Part& part;

  /// no_row for null, for what is no id, and for an id that nobody has.
  Row find(const IdIndex& index, sql::RowReader& row, std::size_t column) const {
    if (row.is_null(column)) return no_row;
    row.take_bad();
    const std::int64_t id = row.integer(column);
    return row.take_bad() ? no_row : index.find(id);
  }
};

}  // namespace aremko::sources

#pragma once
// Which of the booking system's columns are there, and the SELECT that reads them.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sql/connection.h"

namespace aremko::sources {

/// How a column will be read.
/// `json` is read as its text.
enum class As : std::uint8_t { integer, text, money, boolean, date, instant, json };

/// What it means when a table or column is not there.
enum class Need : std::uint8_t {
  required,  // nothing can be read without it
  optional,  // a note says so
  extra,     // nothing worth saying: many databases never had it
  word,      // extra; but where its table is there, somebody's refusal stood in it, and Want::closes says what that closes
};

/// Ways to write to somebody, as bits.
using Channels = std::uint8_t;
inline constexpr Channels by_phone = 1;  // WhatsApp, and SMS with it
inline constexpr Channels by_email = 2;
inline constexpr Channels by_all = by_phone | by_email;

struct Want {
  std::string_view column;
  As as;
  Need need = Need::required;
  /// The column says to whom not to write this way: when it is there and cannot be read, that way is closed to all.
  Channels closes = 0;
  std::string_view without_es = "se sigue sin ella";  // what is done where an optional one is missing
};

/// One table as it will be read: the columns of the Wants in their order, NULL where an optional one is absent.
struct TablePlan {
  std::string_view table{};
  bool exists = false;           // and something of it can be read
  std::vector<bool> has{};       // by Want
  std::string select{};
  std::uint64_t rows = 0;        // as the database estimates; 0 = unknown, or an extra table
  Channels closed = 0;           // of Wants that could not be read
};

/// Looks tables up in the catalogue. What is optional and absent becomes a note, and so does every way to write to people
/// that had to be closed; a required table or column that is absent or may not be read makes `unavailable` with its name.
class Catalogue {
 public:
  Catalogue(sql::Connection& database, std::vector<std::string>& notes_es, std::vector<std::string_view>& found)
      : database_(database), notes_(notes_es), found_(found) {}

  /// Asks for many tables at once: look() then finds them without asking. Throws SqlError.
  void look_ahead(const std::vector<std::string>& tables);
  /// `table` must outlive the plan. After a failure nothing more is looked up, only noted as asked for. Throws SqlError.
  TablePlan look(std::string_view table, Need need, const std::vector<Want>& wants);
  /// Lower-case names of the table's columns that begin so.
  std::vector<std::string> columns_like(std::string_view table, std::string_view prefix);

  Channels closed() const { return closed_; }
  /// Every table that was asked for, there or not.
  const std::vector<std::string>& asked() const { return asked_; }
  /// The first failure.
  Result<void> outcome() const { return outcome_; }

 private:
  void fail_with(std::string es, std::string en) { outcome_ = fail(error(Code::unavailable, std::move(es), std::move(en))); }
  void note_closed(TablePlan& plan, std::string what_es, Channels channels);
  bool missing(TablePlan& plan, const Want& want, bool denied);
  bool table_there(TablePlan& plan, Need need, const std::vector<Want>& wants, const Text& denied);

  const std::vector<sql::Column>& columns(std::string_view table);

  sql::Connection& database_;
  std::map<std::string, std::vector<sql::Column>, std::less<>> columns_;  // of tables asked for so far
  std::vector<std::string>& notes_;
  std::vector<std::string_view>& found_;  // names of the tables that are there
  std::vector<std::string> asked_;
  Channels closed_ = 0;
  Result<void> outcome_{};
};

}  // namespace aremko::sources

#pragma once
// Which of the booking system's columns are there, and the SELECT that reads them.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sql/connection.h"

namespace aremko::sources {

/// How a column will be read.
enum class As : std::uint8_t { integer, text, money, boolean, date, instant };
enum class Need : std::uint8_t { required, optional };

struct Want {
  std::string_view column;
  As as;
  Need need = Need::required;
};

/// One table as it will be read: the columns of the Wants in their order, NULL where an optional one is absent.
struct TablePlan {
  std::string_view table{};
  bool exists = false;
  std::vector<bool> has{};       // by Want
  std::string select{};
  std::uint64_t rows = 0;        // as the database estimates; 0 = unknown
};

/// Looks the columns up in the catalogue. What is optional and absent becomes a note; a required table or column that
/// is absent makes `unavailable` with its name. Throws SqlError.
Result<TablePlan> plan_table(sql::Connection& database, std::string_view table, Need need,
                             std::initializer_list<Want> wants, std::vector<std::string>& notes_es);

}  // namespace aremko::sources

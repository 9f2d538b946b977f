#pragma once
// The database that a demo fills: a new SQLite file, or an empty one behind a URL. On PostgreSQL every table is copied
// through a connection of its own, so that rows can be written in the order in which they come; the commits follow
// one another, parents first.

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sql/connection.h"

namespace aremko::demo {

/// A table that numbers its rows itself.
struct Table {
  sql::BulkWriter* writer;
  std::int64_t last_id = 0;
  sql::BulkWriter& next_row() {
    writer->integer(++last_id);
    return *writer;
  }
};

class Target {
 public:
  explicit Target(sql::Url url);
  ~Target();

  /// `conflict` when a ventas_ table has rows. Makes the tables unless they are there already.
  Result<void> prepare();
  /// The writer of a table; lives until commit(). Open parents before children.
  sql::BulkWriter& table(std::string_view name, std::initializer_list<std::string_view> columns);
  /// Everything written is kept; then indexes, constraints and counters.
  void commit();

 private:
  struct Stream;

  std::unique_ptr<sql::Connection> open() const;

  sql::Url url_;
  std::unique_ptr<sql::Connection> connection_;
  std::unique_ptr<sql::Transaction> transaction_;  // SQLite's, over all tables
  std::vector<Stream> streams_;
  bool made_tables_ = false;
};

}  // namespace aremko::demo

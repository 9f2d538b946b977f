#pragma once
// Tells cheaply whether a database may have changed. PostgreSQL: the tables that are asked about, and no others (see
// sql/table_watch.h). SQLite: PRAGMA data_version of a kept connection, which any commit in the file moves, and the
// file's identity, so that a file put in another's place is noticed.

#include <memory>
#include <string>
#include <vector>

#include "sql/connection.h"
#include "sql/table_watch.h"

namespace aremko::sql {

class ChangeWatch {
 public:
  ChangeWatch(Url url, Options options, const std::vector<std::string>& tables)
      : url_(std::move(url)), options_(std::move(options)), tables_(tables) {}

  /// Two equal tokens of one ChangeWatch: nothing was committed to the tables between them that shows by now; what does
  /// not show yet (counters lag) changes a later token, within seconds. Different ones: something may have been. Take
  /// the token before a load starts, so that a change during the load is seen afterwards. Throws SqlError while the
  /// database is away; recovers by itself. One thread at a time.
  std::string token();

 private:
  Url url_;
  Options options_;
  TableWatch tables_;
  std::unique_ptr<Connection> connection_;
  std::string identity_;        // SQLite: device and inode of the opened file
  std::uint64_t openings_ = 0;  // data_version only compares within one opening
};

}  // namespace aremko::sql

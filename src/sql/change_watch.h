#pragma once
// Tells cheaply whether a database may have changed. PostgreSQL: the snapshot of running and finished
// transactions, one query without I/O. SQLite: PRAGMA data_version of a kept connection, and the file's identity,
// so that a file put in another's place is noticed.

#include <memory>
#include <string>

#include "sql/connection.h"

namespace aremko::sql {

class ChangeWatch {
 public:
  ChangeWatch(Url url, Options options) : url_(std::move(url)), options_(std::move(options)) {}

  /// Two equal tokens of one ChangeWatch: nothing was committed between them. Different ones: something may have
  /// been. Take the token before a load starts, so that a change during the load is seen afterwards. Throws
  /// SqlError while the database is away; recovers by itself. One thread at a time.
  std::string token();

 private:
  Url url_;
  Options options_;
  std::unique_ptr<Connection> connection_;
  std::string identity_;        // SQLite: device and inode of the opened file
  std::uint64_t openings_ = 0;  // data_version only compares within one opening
};

}  // namespace aremko::sql

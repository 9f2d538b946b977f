#pragma once
// Whether certain tables of a PostgreSQL database changed, however much is committed around them. Inside `sql` only.
//
// Three looks, each only when the one before it cannot say no:
//  1. the cluster's transaction snapshot: the same means that nobody committed anything anywhere;
//  2. the catalogue's rows about the tables, and the server's counters of rows written in them. Counters lag behind
//     commits (a backend tells them at most once a second, and up to ten seconds late when it then falls idle), so equal
//     ones prove something only when no other backend is connected to this database;
//  3. the rows' own versions: how many there are, and the sum of the transactions that wrote them. Every change of a row
//     is a newer version, so the pair is equal only when the rows are. This also tells a rolled-back change from a real
//     one.

#include <chrono>
#include <string>
#include <vector>

#include "sql/connection.h"

namespace aremko::sql {

class TableWatch {
 public:
  /// Names as the search path finds them; a table may be absent, and its appearance is a change.
  explicit TableWatch(const std::vector<std::string>& tables);

  /// A number that is greater whenever what the tables hold, or how they are made, may have changed since the last call.
  /// Views, foreign tables and tables of which only some columns may be read have no versions to compare: with one of
  /// them, every commit of the cluster counts.
  std::uint64_t serial(Connection& connection);

  /// How often the third look was taken; for tests.
  std::uint64_t scans() const { return scans_; }

 private:
  struct Facts {
    std::string catalogue;            // with when the server started: after that it may be a backup that stands there
    std::string counters;
    std::vector<std::string> tables;  // to look into, as SQL names
    double rows = 0;                  // in them, by the server's estimate
    bool countable = true;
    bool lagging = false;
  };
  Facts look(Connection& connection) const;
  std::string versions(Connection& connection, const Facts& facts);

  std::string names_;
  std::uint64_t serial_ = 0;
  std::string settled_;   // the cluster's snapshot for which serial_ is known to be right
  Facts known_;
  std::string versions_;  // empty while not known
  std::uint64_t scans_ = 0;
  std::chrono::steady_clock::time_point next_scan_{};  // the third look may take a small part of the time only
};

}  // namespace aremko::sql

#pragma once
// Writes many rows fast: COPY … FROM STDIN on PostgreSQL, one prepared INSERT on SQLite. Give every column of a
// row in order, then end_row(). Run it inside a Transaction; nothing is sure before finish() and commit().

#include <cstdint>
#include <string_view>

#include "base/civil.h"
#include "base/clock.h"

namespace aremko::sql {

class BulkWriter {
 public:
  virtual ~BulkWriter() = default;  // without finish(): what was written is thrown away with the transaction
  BulkWriter(const BulkWriter&) = delete;
  BulkWriter& operator=(const BulkWriter&) = delete;

  virtual void null() = 0;
  virtual void integer(std::int64_t value) = 0;
  virtual void real(double value) = 0;
  virtual void boolean(bool value) = 0;  // 0/1 on SQLite
  /// A NUL byte is a SqlError (bad_value): PostgreSQL cannot hold one.
  virtual void text(std::string_view value) = 0;
  void date(Date value);             // null when unknown; "2024-03-14" on SQLite
  void instant(UnixSeconds value);   // as Django writes it: "2024-03-14 12:30:00" in UTC
  virtual void end_row() = 0;
  /// Returns the number of rows written.
  virtual std::int64_t finish() = 0;

 protected:
  BulkWriter() = default;
  virtual void moment_text(std::string_view iso) = 0;
};

}  // namespace aremko::sql

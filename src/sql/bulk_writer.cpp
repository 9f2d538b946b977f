#include "sql/bulk_writer.h"

#include <fmt/format.h>

namespace aremko::sql {

void BulkWriter::date(Date value) {
  if (!value.known()) return null();
  moment_text(value.iso());
}

void BulkWriter::instant(UnixSeconds value) {
  const std::int64_t days = value / 86'400 - (value % 86'400 < 0 ? 1 : 0);
  const std::int64_t second = value - days * 86'400;
  const YearMonthDay ymd = Date{static_cast<std::int32_t>(days)}.ymd();
  moment_text(fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", ymd.year, ymd.month, ymd.day, second / 3600,
                          second / 60 % 60, second % 60));
}

}  // namespace aremko::sql

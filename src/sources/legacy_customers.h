#pragma once
// The old booking system's customers: Clientes-YYYY-MM-DD-hh-mm-ss.csv.

#include <filesystem>

#include "base/clock.h"
#include "sources/source.h"
#include "sources/staff_names.h"
#include "sources/table.h"

namespace aremko::sources {

/// Rows become people as they are; who is whose double is for `identity` to say. What is decided here:
///  - legacy_id is `Auto Increment`, written without thousands separators; a row (or a whole file) without one goes by its
///    Record ID; a row with neither is refused (`no_id`): nothing could be tied to it.
///  - Of two rows with one id the first is kept and the later one refused (`duplicate_id`): ids name people in stored
///    mappings, so one must never mean two.
///  - A row without name, phone, e-mail and document is refused (`no_person`).
///  - A row whose values stand a column off (an unquoted comma, a lost cell) is refused (`shifted_row`), as is a line of totals.
///  - Created On is read month first, or day first where the whole column says so; days that cannot be are unknown and noted.
///  - Phones glued to the name, in the document or the address go to telefono when that has none that is valid; so do
///    RUTs and e-mails in the wrong column.
///  - Whoever bears the house's own name or one that is listed has is_staff.
class LegacyCustomersSource final : public Source {
 public:
  /// `path` is the file, or a directory whose newest `Clientes-….csv` by the name's timestamp is read each time.
  /// The clock must outlive the source.
  LegacyCustomersSource(std::filesystem::path path, const Clock& clock, ColumnMapping mapping = {}, StaffNames staff = {});

  /// legacy_id, record_id, created, email, telefono, nombre, documento, direccion.
  static std::span<const FileField> fields();

  std::string_view name() const override { return "clientes_legacy"; }
  std::string describe() const override;
  Result<std::string> change_token() override;
  Result<Batch> load(const Progress& progress) override;

 private:
  std::filesystem::path path_;
  const Clock& clock_;
  ColumnMapping mapping_;
  StaffNames staff_;
};

}  // namespace aremko::sources

#pragma once
// What the old booking system sold: servicios_historicos.csv, one line a service of a visit.

#include <filesystem>
#include <vector>

#include "base/clock.h"
#include "sources/source.h"
#include "sources/staff_names.h"
#include "sources/table.h"

namespace aremko::sources {

struct PlaceholderRule {
  /// Days that mean "date unknown" in this tenant's file.
  std::vector<Date> days = {Date::of(2021, 1, 1), Date::of(2021, 2, 2)};
  /// Any other day is one too when it has at least this many rows whose Año column names another year, and they are at
  /// least this share of its rows that have an Año. A typing error is in one row; a placeholder gathers rows of every
  /// year. 20 and a quarter keep a day's whole visitors from being lost to a few slips around New Year.
  std::uint32_t rows_of_other_years = 20;
  double share_of_other_years = 0.25;
};

/// Every line is kept, cancelled ones marked, except those with nothing but a contact (`empty_row`). What is decided:
///  - The name is the tie to a person; a line without one belongs to the nameless person.
///  - A person who bears the house's own name or one that is listed is staff.
///  - A line whose values stand a column off is refused (`shifted_row`), as is a line of totals (`total_row`).
///  - Days are read day first, or month first where the whole column says so.
///  - A placeholder date, a date that cannot be read, or one before 2000 or more than two years ahead is unknown. A
///    readable date wins over an Año that contradicts it; an Año alone makes no date.
///  - valor above 100,000,000 or unreadable counts as 0, and each of its lines is told (`invalid_amount`); a cantidad outside
///    1–1000 counts as 1 and is noted. The valor of a discount (`Descuento pack`) is taken off, whatever its sign; below zero any
///    other's is money given back, and taken off as a discount is.
///  - mail and telefono are made canonical and mean nothing by themselves (a broken lookup filled them in); a phone
///    glued to the name is that person's own and wins over the column.
class LegacyServicesSource final : public Source {
 public:
  /// `path` is the file, or a folder as find_services_file() looks into it. The clock must outlive the source.
  LegacyServicesSource(std::filesystem::path path, const Clock& clock, ColumnMapping mapping = {},
                       StaffNames staff = {}, PlaceholderRule placeholders = {});

  /// cliente, servicio, cantidad, valor, reserva, checkin, categoria, ano, hora, mail, telefono.
  static std::span<const FileField> fields();

  std::string_view name() const override { return "servicios_legacy"; }
  std::string describe() const override;
  Result<std::string> change_token() override;
  Result<Batch> load(const Progress& progress) override;

 private:
  std::filesystem::path path_;
  const Clock& clock_;
  ColumnMapping mapping_;
  StaffNames staff_;
  PlaceholderRule placeholders_;
};

}  // namespace aremko::sources

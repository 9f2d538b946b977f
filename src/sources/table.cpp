#include "sources/table.h"

#include <algorithm>

#include <fmt/format.h>

#include "normalize/encoding.h"
#include "normalize/text.h"
#include "sources/cells.h"
#include "sources/refusals.h"

namespace aremko::sources {

namespace {

constexpr std::size_t absent = static_cast<std::size_t>(-1);
constexpr std::uint64_t progress_every = 16'384;

constexpr Reason extra_cells{"extra_fields", "La línea tiene más columnas que el encabezado: hay un separador sin comillas.",
                             "The line has more columns than the header: a separator stands unquoted."};
constexpr Reason cut_off{"truncated", "El archivo termina en medio de esta línea.", "The file ends amid this line."};

}  // namespace

std::string_view FileTable::header_of(const FileField& field) const {
  const auto mapped = mapping_.headers.find(field.field);
  return mapped == mapping_.headers.end() ? field.header : std::string_view(mapped->second);
}

Result<void> FileTable::find_columns(const CsvReader& reader, LoadReport& report) {
  std::vector<std::string> names;
  for (const std::string& name : reader.header()) {
    names.push_back(normalize::fold(normalize::repair(name).text));
    if (!names.back().empty()) width_ = names.size();
  }
  columns_ = names.size();
  std::string missing;
  for (const FileField& field : fields_) {
    const auto found = std::ranges::find(names, normalize::fold(header_of(field)));
    const bool there = found != names.end();
    column_of_.push_back(there ? static_cast<std::size_t>(found - names.begin()) : absent);
    if (there) continue;
    if (field.required) {
      missing += fmt::format("{}«{}»", missing.empty() ? "" : ", ", header_of(field));
    } else {
      report.notes_es.push_back(
          fmt::format("{}: falta la columna «{}»; se sigue sin ella.", file_name_, header_of(field)));
    }
  }
  if (missing.empty()) return {};
  return fail(error(Code::malformed, fmt::format("Al archivo {} le falta la columna {}.", file_name_, missing),
                    fmt::format("The file {} lacks the column {}.", file_name_, missing)));
}

/// Puts the record's cells into row_; false when there is nothing in it, or it was refused.
bool FileTable::take(const CsvReader& reader, LoadReport& report) {
  const auto cells = reader.fields();
  if (std::ranges::all_of(cells, [](std::string_view cell) { return cell.empty(); })) return false;
  ++report.rows_read;
  const bool extra = cells.size() > columns_ && std::ranges::any_of(cells.subspan(columns_), [](std::string_view cell) {
                       return !cell_value(cell).empty();
                     });
  if (extra) {
    refuse(report, file_name_, reader.line(), extra_cells);
    return false;
  }
  if (cells.size() < width_) {
    // Programs that drop empty cells at a line's end still end the line.
    if (reader.ends_with_file()) {
      refuse(report, file_name_, reader.line(), cut_off);
      return false;
    }
    ++short_rows_;
  }
  row_.line_ = reader.line();
  for (std::size_t i = 0; i < column_of_.size(); ++i) {
    row_.cells_[i] = column_of_[i] < cells.size() ? cells[column_of_[i]] : std::string_view{};
  }
  return true;
}

Result<void> FileTable::read(TextFile& file, LoadReport& report, const Progress& progress,
                             const std::function<void(const FileRow&)>& row) {
  column_of_.clear();
  width_ = 0;
  short_rows_ = 0;
  std::uint64_t done = 0;
  CsvReader reader(
      [&](char* into, std::size_t size) {
        const std::size_t got = file.read(into, size);
        done += got;
        return got;
      },
      [&](std::uint64_t line, std::string_view code, std::string_view es, std::string_view en) {
        ++report.rows_read;
        refuse(report, file_name_, line, {code, es, en});
      });
  if (auto found = find_columns(reader, report); !found) return found;
  row_.cells_.assign(fields_.size(), {});
  while (reader.next()) {
    if (progress && report.rows_read % progress_every == 0) progress(file_name_, done, file.state().bytes);
    if (take(reader, report)) row(row_);
  }
  if (short_rows_ > 0) {
    report.notes_es.push_back(fmt::format("{}: {} {} menos columnas que el encabezado; lo que falta se toma por vacío.",
                                          file_name_, short_rows_, short_rows_ == 1 ? "línea tiene" : "líneas tienen"));
  }
  if (progress) progress(file_name_, file.state().bytes, file.state().bytes);
  return {};
}

Result<void> some_row_kept(const LoadReport& report, std::string_view file_name) {
  if (report.rows_read == 0 || report.rows_kept > 0) return {};
  const std::string_view es = report.refused.empty() ? "" : std::string_view(report.refused.front().reason_es);
  const std::string_view en = report.refused.empty() ? "" : std::string_view(report.refused.front().reason_en);
  return fail(error(Code::malformed, fmt::format("No se pudo usar ninguna fila del archivo {}. La primera: {}", file_name, es),
                    fmt::format("No row of the file {} could be used. The first: {}", file_name, en)));
}

}  // namespace aremko::sources

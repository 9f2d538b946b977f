#include "sources/table.h"

#include <algorithm>

#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "normalize/text.h"
#include "sources/cells.h"
#include "sources/refusals.h"

namespace aremko::sources {

namespace {

constexpr std::size_t absent = HeaderNames::absent;
constexpr std::uint64_t progress_every = 16'384;

constexpr Reason extra_cells{"extra_fields", "La línea tiene más columnas que el encabezado: hay un separador sin comillas.",
                             "The line has more columns than the header: a separator stands unquoted."};
constexpr Reason repeated_header{"repeated_header", "La línea repite el encabezado.", "The line is the header once more."};
constexpr Reason cut_off{"truncated", "El archivo termina en medio de esta línea.", "The file ends amid this line."};

/// How many cells most records at the file's beginning have; programs that end every line with separators do it always.
std::size_t usual_cells(std::string_view start) {
  CsvReader reader(
      [&](char* into, std::size_t size) {
        const std::size_t count = std::min(size, start.size());
        std::copy_n(start.data(), count, into);
        start.remove_prefix(count);
        return count;
      },
      {}, {.record_bytes = 64 << 10});
  std::map<std::size_t, std::size_t> widths;
  while (reader.next()) ++widths[reader.fields().size()];
  const auto most = std::ranges::max_element(widths, {}, [](const auto& entry) { return entry.second; });
  return most == widths.end() ? 0 : most->first;
}

/// Says so when a file is not in UTF-8, UTF-16 or Windows-1252.
void note_encoding(const TextFile& file, std::string_view file_name, LoadReport& report) {
  if (file.code_page() != normalize::CodePage::windows_1252) {
    const bool dos = file.code_page() == normalize::CodePage::cp850;
    report.notes_es.push_back(fmt::format("{}: está en la codificación {} y así se leyó.", file_name, dos ? "cp850 (DOS)" : "MacRoman"));
  } else if (file.unreadable_bytes() > 0) {
    report.notes_es.push_back(fmt::format(
        "{}: {} letras están en una codificación (encoding) que no se reconoce; los textos con ellas son ilegibles.", file_name,
        file.unreadable_bytes()));
  }
}

}  // namespace

std::string_view FileRow::after(std::size_t field) const {
  const std::size_t column = column_of_[field];
  return column == absent || column + 1 >= record_.size() ? std::string_view{} : record_[column + 1];
}

std::string_view FileTable::header_of(const FileField& field) const {
  const auto mapped = mapping_.headers.find(field.field);
  return mapped == mapping_.headers.end() ? field.header : std::string_view(mapped->second);
}

Result<void> FileTable::find_columns(const CsvReader& reader, LoadReport& report) {
  const HeaderNames names(reader.header());
  columns_ = names.size();
  for (std::size_t i = 0; i < columns_; ++i) {
    header_.emplace_back(names.folded(i));
    if (!header_.back().empty()) width_ = i + 1;
  }
  std::string missing;
  const auto is_there = [&](std::string_view field) {
    const auto at = std::ranges::find(fields_, field, &FileField::field);
    return at != fields_.end() && names.find(header_of(*at)) < columns_;
  };
  for (const FileField& field : fields_) {
    std::size_t column = names.find(header_of(field));
    // Two columns of one name: the first, as spreadsheets show it.
    if (column == HeaderNames::ambiguous) {
      const auto first = std::ranges::find(header_, normalize::fold(header_of(field)));
      column = first == header_.end() ? absent : static_cast<std::size_t>(first - header_.begin());
    }
    column_of_.push_back(column);
    if (column != absent) continue;
    if (field.required && !is_there(field.instead)) {
      missing += fmt::format("{}«{}»", missing.empty() ? "" : ", ", header_of(field));
    } else {
      report.notes_es.push_back(
          fmt::format("{}: falta la columna «{}»; se sigue sin ella.", file_name_, header_of(field)));
    }
  }
  return missing.empty() ? Result<void>{} : missing_columns(names, missing);
}

Result<void> FileTable::missing_columns(const HeaderNames& names, std::string_view missing) const {
  const auto theirs = std::ranges::count_if(other_.fields, [&](const FileField& field) { return names.find(field.header) < names.size(); });
  if (theirs >= 4) {
    return fail(error(Code::malformed, fmt::format("El archivo {} es {}: está en el lugar de otro.", file_name_, other_.es),
                      fmt::format("The file {} is {}: it stands in another one's place.", file_name_, other_.en)));
  }
  return fail(error(Code::malformed, fmt::format("Al archivo {} le falta la columna {}.", file_name_, missing),
                    fmt::format("The file {} lacks the column {}.", file_name_, missing)));
}

/// Two files one below the other: the second's header among the rows.
bool FileTable::is_header(std::span<const std::string_view> cells) const {
  std::size_t same = 0;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const std::size_t column = column_of_[i];
    if (column == absent) continue;
    const bool equal = column < cells.size() && normalize::fold(cells[column]) == header_[column];
    if (fields_[i].required && !equal) return false;
    same += equal;
  }
  return same >= 2;
}

/// Puts the record's cells into row_; false when there is nothing in it, or it was refused.
bool FileTable::take(const CsvReader& reader, LoadReport& report) {
  const auto cells = reader.fields();
  if (std::ranges::all_of(cells, [](std::string_view cell) { return cell.empty() || trim(cell).empty(); })) {
    ++blank_rows_;
    return false;
  }
  ++report.rows_read;
  const auto refused = [&](const Reason& reason) {
    refuse(report, file_name_, reader.line(), reason);
    return false;
  };
  const bool extra = cells.size() > columns_ && std::ranges::any_of(cells.subspan(columns_), [](std::string_view cell) {
                       return !cell_value(cell).empty();
                     });
  if (extra) return refused(extra_cells);
  if (cells.size() < width_) {
    // Programs that drop empty cells at a line's end still end the line.
    if (reader.ends_with_file()) return refused(cut_off);
    ++short_rows_;
  }
  row_.line_ = reader.line();
  row_.record_ = cells;
  row_.column_of_ = column_of_;
  row_.odd_width_ = cells.size() != usual_cells_ && cells.size() != columns_;
  for (std::size_t i = 0; i < column_of_.size(); ++i) {
    row_.cells_[i] = column_of_[i] < cells.size() ? cells[column_of_[i]] : std::string_view{};
  }
  // A look at one cell spares the fold of all.
  const std::size_t first = column_of_.front() == absent ? 0 : column_of_.front();
  const bool alike = first < cells.size() && !cells[first].empty() && !header_[first].empty() &&
                     (cells[first].front() | 0x20) == header_[first].front() && is_header(cells);
  return alike ? refused(repeated_header) : true;
}

void FileTable::write_notes(LoadReport& report) const {
  if (short_rows_ > 0) {
    report.notes_es.push_back(fmt::format("{}: {} {} menos columnas que el encabezado; lo que falta se toma por vacío.",
                                          file_name_, short_rows_, short_rows_ == 1 ? "línea tiene" : "líneas tienen"));
  }
  if (blank_rows_ > 0) {
    report.notes_es.push_back(fmt::format("{}: {}.", file_name_,
                                          blank_rows_ == 1 ? std::string("una línea en blanco, que se salta")
                                                           : fmt::format("{} líneas en blanco, que se saltan", blank_rows_)));
  }
}

Result<void> FileTable::read(TextFile& file, LoadReport& report, const Progress& progress,
                             const std::function<void(const FileRow&)>& row) {
  column_of_.clear();
  header_.clear();
  width_ = 0;
  short_rows_ = 0;
  blank_rows_ = 0;
  usual_cells_ = usual_cells(file.start());
  note_encoding(file, file_name_, report);
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
  write_notes(report);
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

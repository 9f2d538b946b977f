#pragma once
// A CSV's columns by name: ours on one side, theirs on the other.

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sources/batch.h"
#include "sources/csv.h"
#include "sources/file.h"
#include "sources/header.h"
#include "sources/source.h"

namespace aremko::sources {

/// Our field → the header their file uses, for files that name columns otherwise. Fields left out keep the usual
/// header. Case, accents and punctuation of headers do not matter.
struct ColumnMapping {
  std::map<std::string, std::string, std::less<>> headers;
};

/// A field that a source reads from a file.
struct FileField {
  std::string_view field;      // our name, the key in ColumnMapping
  std::string_view header;     // the usual one
  bool required = false;
  std::string_view instead = {};  // another field of ours that will do where this required one is absent
};

/// Another file of ours, that people put in this one's place.
struct OtherFile {
  std::span<const FileField> fields;
  std::string_view es;  // "el archivo de servicios"
  std::string_view en;
};

/// The fields of one record in the order of the FileFields; a column that is absent reads as "".
class FileRow {
 public:
  std::string_view operator[](std::size_t field) const { return cells_[field]; }
  std::uint64_t line() const { return line_; }
  /// The record has another number of cells than the file's records usually have: a separator may stand unquoted.
  bool odd_width() const { return odd_width_; }
  /// The cell behind a field's own; "" when there is none.
  std::string_view after(std::size_t field) const;

 private:
  friend class FileTable;
  std::vector<std::string_view> cells_;
  std::span<const std::string_view> record_;
  std::span<const std::size_t> column_of_;
  std::uint64_t line_ = 0;
  bool odd_width_ = false;
};

/// Reads one file as a table of known fields. Records without any content are passed over and counted; those that cannot be
/// trusted (more cells than columns, cut off at the file's end, the header once more) are refused. Missing optional columns
/// give a note.
class FileTable {
 public:
  FileTable(std::span<const FileField> fields, const ColumnMapping& mapping, std::string file_name, OtherFile other = {})
      : fields_(fields), mapping_(mapping), file_name_(std::move(file_name)), other_(other) {}

  /// malformed when a required column is missing, naming it, or when the file is rather the other one. `row` says itself what
  /// it kept and refused.
  Result<void> read(TextFile& file, LoadReport& report, const Progress& progress,
                    const std::function<void(const FileRow&)>& row);

 private:
  Result<void> find_columns(const CsvReader& reader, LoadReport& report);
  std::string_view header_of(const FileField& field) const;
  bool take(const CsvReader& reader, LoadReport& report);
  bool is_header(std::span<const std::string_view> cells) const;
  Result<void> missing_columns(const HeaderNames& names, std::string_view missing) const;
  void write_notes(LoadReport& report) const;

  std::span<const FileField> fields_;
  const ColumnMapping& mapping_;
  std::string file_name_;
  OtherFile other_;
  std::vector<std::string> header_;     // folded
  std::vector<std::size_t> column_of_;  // of each field; npos when absent
  std::size_t width_ = 0;               // columns up to the last one with a name
  std::size_t columns_ = 0;
  std::size_t usual_cells_ = 0;         // what the file's first records have
  std::uint64_t short_rows_ = 0;
  std::uint64_t blank_rows_ = 0;
  FileRow row_;
};

/// malformed when there were rows and not one could be used: such a file must not take the place of the last good one.
Result<void> some_row_kept(const LoadReport& report, std::string_view file_name);

}  // namespace aremko::sources

#pragma once
// Records out of a CSV as people really save them: RFC 4180 with whatever separator, line end and damage it has.
// Streams: memory is bounded by the longest record allowed, whatever the file holds. A record that cannot be read
// is refused with its line, and reading goes on at the next line.
//
// - Separator: `,` `;` tab or `|`, whichever the header has most of; Excel's `sep=;` line is obeyed.
// - Line ends: LF, CRLF; a lone CR where the file has no LF at all, or where it stands after as many fields as the
//   header has. Any other CR outside quotes is part of the field, as a blank would be.
// - A quote opens a field only at its beginning (blanks before it are forgiven); `""` inside is one quote. Where a
//   quoted field is not closed, or something else than a separator follows its end, only the record's first line
//   is refused: the quote was dirt, and the lines after it are good.
// - Empty lines are skipped. Bytes are not interpreted otherwise: repair() is the caller's.

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aremko::sources {

struct CsvLimits {
  /// A record of the files we know has 200 bytes; a megabyte is damage, and costs a megabyte to find out.
  std::size_t record_bytes = 1 << 20;
  /// Line breaks inside quotes; more are a quote that was never closed.
  std::uint32_t record_lines = 200;
  std::size_t fields = 1'000;
};

class CsvReader {
 public:
  /// Writes up to `size` bytes and says how many; 0 at the end.
  using Fill = std::function<std::size_t(char* into, std::size_t size)>;
  /// A record that was refused: its first line, a short word and the reason in both languages.
  using Refuse = std::function<void(std::uint64_t line, std::string_view code, std::string_view reason_es,
                                    std::string_view reason_en)>;

  /// Reads the header. Bytes before it (a byte-order mark) must be gone.
  CsvReader(Fill fill, Refuse refuse, CsvLimits limits = {});

  /// The column names as they stand in the first line that is not empty; none when there is no such line.
  const std::vector<std::string>& header() const { return header_; }
  char separator() const { return separator_; }

  /// The next whole record, false at the end. Its fields are valid until the next call; there may be fewer or more
  /// of them than in the header.
  bool next();
  std::span<const std::string_view> fields() const { return fields_; }
  /// The line, from 1, on which the record begins.
  std::uint64_t line() const { return record_line_; }
  /// True when the record ended with the file and not with a line end: the file may have been cut there.
  bool ends_with_file() const { return ends_with_file_; }
  /// Records refused by the reader itself.
  std::uint64_t refused() const { return refused_; }

 private:
  enum class Found : std::uint8_t { record, empty_line, need_more, bad_quote, open_quote, too_long, too_many_fields, end };
  struct Span {
    std::size_t from;
    std::size_t length;
    bool escaped;
  };

  void read_header();
  Found parse();
  Found parse_field(std::size_t& at);
  Found parse_quoted(std::size_t& at);
  bool ends_record(std::size_t at) const;
  void take_line_end(std::size_t& at);
  void finish_record();
  bool more();
  void refuse_line(std::string_view code, std::string_view reason_es, std::string_view reason_en);
  void refuse_too_long();
  void skip_line();
  void choose_separator();
  void set_separator(char separator);

  Fill fill_;
  Refuse refuse_;
  CsvLimits limits_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // where the next record starts
  std::size_t end_ = 0;    // bytes in buffer_
  bool file_ended_ = false;
  bool only_cr_ = false;  // the file's first bytes hold no LF
  bool ends_with_file_ = false;
  char separator_ = ',';
  std::array<bool, 256> stops_{};  // bytes that may end an unquoted field
  std::vector<std::string> header_;
  std::vector<Span> spans_;
  std::vector<std::string_view> fields_;
  std::size_t after_ = 0;         // behind the record just parsed
  std::uint64_t line_ = 1;        // of begin_
  std::uint64_t lines_taken_ = 0; // line ends in the record just parsed
  std::uint64_t record_line_ = 0;
  std::uint64_t refused_ = 0;
};

}  // namespace aremko::sources

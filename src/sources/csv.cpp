#include "sources/csv.h"

#include <algorithm>
#include <cstring>

namespace aremko::sources {

namespace {

constexpr std::string_view separators = ",;\t|";

std::size_t count_outside_quotes(std::string_view line, char wanted) {
  std::size_t count = 0;
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (c == wanted && !quoted) ++count;
  }
  return count;
}

}  // namespace

CsvReader::CsvReader(Fill fill, Refuse refuse, CsvLimits limits)
    : fill_(std::move(fill)), refuse_(std::move(refuse)), limits_(limits), buffer_(2 * limits.record_bytes) {
  read_header();
}

void CsvReader::set_separator(char separator) {
  separator_ = separator;
  stops_.fill(false);
  for (const char stop : {separator, '\n', '\r'}) stops_[static_cast<unsigned char>(stop)] = true;
}

void CsvReader::choose_separator() {
  const std::string_view all(buffer_.data() + begin_, end_ - begin_);
  const std::string_view line = all.substr(0, all.find_first_of("\r\n"));
  char best = ',';
  for (const char candidate : separators) {
    if (count_outside_quotes(line, candidate) > count_outside_quotes(line, best)) best = candidate;
  }
  set_separator(best);
}

void CsvReader::read_header() {
  while (more()) {
  }
  only_cr_ = std::memchr(buffer_.data(), '\n', end_) == nullptr;
  while (begin_ < end_ && (buffer_[begin_] == '\r' || buffer_[begin_] == '\n')) {
    if (buffer_[begin_] == '\n' || only_cr_) ++line_;
    ++begin_;
  }
  const std::string_view start(buffer_.data() + begin_, std::min<std::size_t>(end_ - begin_, 5));
  const bool told = start.size() == 5 && start.starts_with("sep=") && separators.contains(start[4]);
  if (told) {
    set_separator(start[4]);
    skip_line();
  } else {
    choose_separator();
  }
  if (!next()) return;
  // A first "record" of many lines is an unclosed quote in a name of a column: still the header is what it is.
  header_.assign(fields_.begin(), fields_.end());
}

/// Moves what is left to the front and reads on. False when nothing came.
bool CsvReader::more() {
  if (file_ended_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) return false;
  const std::size_t got = fill_(buffer_.data() + end_, buffer_.size() - end_);
  if (got == 0) file_ended_ = true;
  end_ += got;
  return got > 0;
}

/// Whether a record ends at this CR or LF, given the fields before it (the field just ending not yet among them).
bool CsvReader::ends_record(std::size_t at) const {
  if (buffer_[at] == '\n' || only_cr_) return true;
  if (at + 1 < end_ && buffer_[at + 1] == '\n') return true;
  if (at + 1 >= end_) return true;
  return header_.empty() || spans_.size() + 1 == header_.size();
}

void CsvReader::take_line_end(std::size_t& at) {
  if (buffer_[at] == '\r' && at + 1 < end_ && buffer_[at + 1] == '\n') ++at;
  ++at;
  ++lines_taken_;
}

CsvReader::Found CsvReader::parse_quoted(std::size_t& at) {
  const std::size_t from = ++at;
  bool escaped = false;
  while (true) {
    while (at < end_ && buffer_[at] != '"' && buffer_[at] != '\n' && buffer_[at] != '\r') ++at;
    if (at + 1 >= end_ && !file_ended_) return Found::need_more;
    if (at >= end_) return Found::open_quote;
    if (buffer_[at] != '"') {
      take_line_end(at);
      if (lines_taken_ > limits_.record_lines) return Found::open_quote;
      continue;
    }
    if (at + 1 >= end_ || buffer_[at + 1] != '"') break;
    escaped = true;
    at += 2;
  }
  spans_.push_back({from, at - from, escaped});
  ++at;
  while (at < end_ && buffer_[at] == ' ') ++at;
  if (at < end_ && !stops_[static_cast<unsigned char>(buffer_[at])]) return Found::bad_quote;
  return Found::record;
}

/// One field, `at` left on what ends it (or on the end of the bytes).
CsvReader::Found CsvReader::parse_field(std::size_t& at) {
  std::size_t first = at;
  while (first < end_ && buffer_[first] == ' ') ++first;
  if (first < end_ && buffer_[first] == '"') return parse_quoted(at = first);
  const std::size_t from = at;
  const char* const bytes = buffer_.data();
  const std::size_t end = end_;
  while (true) {
    while (at < end && !stops_[static_cast<unsigned char>(bytes[at])]) ++at;
    if (at >= end_ || buffer_[at] != '\r' || ends_record(at)) break;
    ++at;
  }
  spans_.push_back({from, at - from, false});
  return Found::record;
}

/// One record from begin_; after_ is left behind it. Nothing is changed, so that it can be tried again.
CsvReader::Found CsvReader::parse() {
  spans_.clear();
  lines_taken_ = 0;
  std::size_t at = begin_;
  if (at >= end_) return file_ended_ ? Found::end : Found::need_more;
  while (true) {
    if (const Found found = parse_field(at); found != Found::record) return found;
    // A CR that ends the bytes may be half of a CRLF.
    if ((at >= end_ || (buffer_[at] == '\r' && at + 1 >= end_)) && !file_ended_) return Found::need_more;
    if (at >= end_) break;
    if (buffer_[at] != separator_) break;
    if (spans_.size() >= limits_.fields) return Found::too_many_fields;
    ++at;
  }
  ends_with_file_ = at >= end_;
  if (!ends_with_file_) take_line_end(at);
  after_ = at;
  return spans_.size() == 1 && spans_[0].length == 0 ? Found::empty_line : Found::record;
}

void CsvReader::finish_record() {
  fields_.clear();
  for (Span& span : spans_) {
    char* const text = buffer_.data() + span.from;
    if (span.escaped) {
      char* out = text;
      for (const char* in = text; in < text + span.length; ++in) {
        *out++ = *in;
        if (*in == '"') ++in;
      }
      span.length = static_cast<std::size_t>(out - text);
    }
    fields_.emplace_back(text, span.length);
  }
  record_line_ = line_;
  begin_ = after_;
  line_ += lines_taken_;
}

/// Drops bytes up to the next line end, however far that is.
void CsvReader::skip_line() {
  while (true) {
    while (begin_ < end_ && buffer_[begin_] != '\n' && !(only_cr_ && buffer_[begin_] == '\r')) ++begin_;
    if (begin_ < end_) break;
    if (!more()) return;
  }
  ++begin_;
  ++line_;
}

void CsvReader::refuse_line(std::string_view code, std::string_view reason_es, std::string_view reason_en) {
  ++refused_;
  if (refuse_) refuse_(line_, code, reason_es, reason_en);
  skip_line();
}

void CsvReader::refuse_too_long() {
  if (std::memchr(buffer_.data() + begin_, '\n', limits_.record_bytes) != nullptr) {
    refuse_line("open_quote", "Una comilla se abre y nunca se cierra.", "A quote is opened and never closed.");
  } else {
    refuse_line("too_long", "La línea es más larga de lo que puede ser un registro.",
                "The line is longer than a record may be.");
  }
}

bool CsvReader::next() {
  while (true) {
    Found found = parse();
    // Quotes that close lines later by chance make a record of the wrong width out of several good ones.
    const bool spliced = found == Found::record && lines_taken_ > 1 && !header_.empty() && spans_.size() != header_.size();
    if (spliced) found = Found::bad_quote;
    const bool whole = found == Found::record || found == Found::empty_line;
    if (whole && after_ - begin_ > limits_.record_bytes) found = Found::too_long;
    switch (found) {
      case Found::record: finish_record(); return true;
      case Found::empty_line: finish_record(); break;
      case Found::end: return false;
      case Found::need_more:
        if (end_ - begin_ > limits_.record_bytes) {
          refuse_too_long();
        } else {
          more();
        }
        break;
      case Found::too_long: refuse_too_long(); break;
      case Found::bad_quote:
        refuse_line("bad_quote", "Una comilla no está cerrada o sobra.", "A quote is not closed, or is one too many.");
        break;
      case Found::open_quote:
        refuse_line("open_quote", "Una comilla se abre y nunca se cierra.", "A quote is opened and never closed.");
        break;
      case Found::too_many_fields:
        refuse_line("too_many_fields", "La línea tiene demasiadas columnas.", "The line has too many columns.");
        break;
    }
  }
}

}  // namespace aremko::sources

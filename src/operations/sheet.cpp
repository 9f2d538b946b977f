#include "operations/sheet.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/text.h"

namespace aremko::operations {

namespace {

constexpr bool digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, digit); }

bool begins_a_formula(std::string_view text) {
  if (std::string_view("=+-@\t\r\n").contains(text.front())) return true;
  // As a Japanese keyboard writes them, which some spreadsheets take alike.
  return std::ranges::any_of(std::array<std::string_view, 4>{"\uff1d", "\uff0b", "\uff0d", "\uff20"},
                             [&](std::string_view sign) { return text.starts_with(sign); });
}

/// "+56 9 8765 4321"
bool grouped_phone(std::string_view text) {
  if (text.size() < 8 || text.front() != '+') return false;
  const auto groups = split(text.substr(1), ' ');
  return groups.size() >= 3 && std::ranges::all_of(groups, [](std::string_view each) { return all_digits(each) && each.size() <= 4; });
}

bool iso_day(std::string_view text) { return Date::parse_iso(text).has_value() && text.size() == 10; }

/// 12.345.678-9, 12345678-K
bool document(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos || dash + 2 != text.size()) return false;
  const char check = text.back();
  if (!digit(check) && check != 'k' && check != 'K') return false;
  const std::string_view body = text.substr(0, dash);
  if (all_digits(body)) return body.size() == 7 || body.size() == 8;
  const auto groups = split(body, '.');
  return groups.size() == 3 && groups[0].size() <= 2 && groups[1].size() == 3 && groups[2].size() == 3 && std::ranges::all_of(groups, &all_digits);
}

/// Shown whole.
bool small_number(std::string_view text) { return all_digits(text) && text.size() <= 11 && (text == "0" || text.front() != '0'); }

/// 0012, 4000123412341234, 1E5, 3-4, 1/2, 1.5: a spreadsheet drops their zeros and digits, or reads a day.
bool like_number(std::string_view text) {
  const auto one_of = [](std::string_view all) { return [all](char c) { return digit(c) || all.contains(c); }; };
  return one_of("(.,$")(text.front()) && std::ranges::all_of(text.substr(1), one_of(" \t.,:/()%$eE+-"));
}

std::string_view without_digits(std::string_view text, std::size_t most) {
  std::size_t count = 0;
  while (count < most && count < text.size() && digit(text[count])) ++count;
  return text.substr(count);
}

std::string_view without_gap(std::string_view text) {
  return !text.empty() && std::string_view(" ./-").contains(text.front()) ? text.substr(1) : text;
}

/// Digits of a country's calling code: some countries have one or two, every other three.
std::size_t code_length(std::string_view digits) {
  constexpr std::string_view twos = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 "
                                    "90 91 92 93 94 95 98";
  if (digits.front() == '1' || digits.front() == '7') return 1;
  return twos.contains(digits.substr(0, 2)) ? 2 : 3;
}

/// What follows the name of a month; nothing when none stands here. `text` is in small letters.
std::optional<std::string_view> after_month(std::string_view text) {
  constexpr auto names = std::to_array<std::string_view>({
      "enero",      "ene",     "febrero", "february", "feb",  "marzo",  "march", "mar",   "abril", "abr",       "april",
      "apr",        "mayo",    "may",     "junio",    "june", "jun",    "julio", "july",  "jul",   "agosto",    "august",
      "ago",        "aug",     "septiembre", "september", "sept", "sep", "octubre", "october", "oct", "noviembre", "november",
      "nov",        "diciembre", "december", "dic",   "dec",  "january", "jan",  "setiembre", "set"});
  for (const std::string_view name : names) {
    if (text.starts_with(name)) return text.substr(name.size());
  }
  return std::nullopt;
}

/// SEP2, 3-mar, mayo 2020.
bool like_month(std::string_view written) {
  const std::string small = ascii_lower(written);
  const std::string_view text = small;
  const bool first = digit(text.front());
  auto rest = first ? after_month(without_gap(without_digits(text, 4))) : after_month(text);
  if (!rest) return false;
  if (!first) {
    const std::string_view number = without_gap(*rest), end = without_digits(number, 4);
    if (end.size() == number.size()) return false;
    rest = end;
  }
  return rest->empty() || without_digits(without_gap(*rest), 4).empty();
}

std::string quoted(std::string_view text) {
  if (text.find_first_of("\";,\n\r") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  return out + "\"";
}

std::string csv_cell(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    const std::string shown = spaced_phone(*text);
    return quoted(misread(shown) ? "'" + shown : shown);
  }
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *number);
  if (const auto* day = std::get_if<Date>(&cell); day != nullptr && day->known()) return day->iso();
  return {};
}

void put(lxw_worksheet* page, lxw_row_t row, lxw_col_t column, const Cell& cell, lxw_format* day_format) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    // Excel takes no longer text in a cell.
    worksheet_write_string(page, row, column, text->size() <= 32'000 ? text->c_str() : "", nullptr);
  } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    worksheet_write_number(page, row, column, static_cast<double>(*number), nullptr);
  } else if (const auto* day = std::get_if<Date>(&cell); day != nullptr && day->known()) {
    const auto parts = day->ymd();
    lxw_datetime when{.year = parts.year, .month = parts.month, .day = parts.day, .hour = 0, .min = 0, .sec = 0};
    worksheet_write_datetime(page, row, column, &when, day_format);
  }
}

std::size_t width_of(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? 11 : std::min<std::size_t>(text->size(), 60);
}

void fill(lxw_workbook* book, const Sheet& sheet) {
  lxw_worksheet* page = workbook_add_worksheet(book, sheet.name.c_str());
  lxw_format* bold = workbook_add_format(book);
  format_set_bold(bold);
  lxw_format* day_format = workbook_add_format(book);
  format_set_num_format(day_format, "dd-mm-yyyy");
  for (std::size_t column = 0; column < sheet.titles.size(); ++column) {
    const auto at = static_cast<lxw_col_t>(column);
    worksheet_write_string(page, 0, at, sheet.titles[column].c_str(), bold);
    std::size_t widest = sheet.titles[column].size();
    for (std::size_t row = 0; row < std::min<std::size_t>(sheet.rows.size(), 200); ++row) widest = std::max(widest, width_of(sheet.rows[row][column]));
    worksheet_set_column(page, at, at, static_cast<double>(widest) + 2, nullptr);
  }
  worksheet_freeze_panes(page, 1, 0);
  for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
    for (std::size_t column = 0; column < sheet.rows[row].size(); ++column) {
      put(page, static_cast<lxw_row_t>(row + 1), static_cast<lxw_col_t>(column), sheet.rows[row][column], day_format);
    }
  }
}

/// A file that is its owner's alone and goes with this.
class Scratch {
 public:
  Scratch() : path_((std::filesystem::temp_directory_path() / "aremko-XXXXXX").string()) {
    const int file = mkstemp(path_.data());
    made_ = file >= 0;
    if (made_) ::close(file);
  }
  ~Scratch() {
    if (made_) ::unlink(path_.c_str());
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  bool made() const { return made_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool made_ = false;
};

}  // namespace

bool misread(std::string_view text) {
  if (text.empty() || grouped_phone(text) || iso_day(text) || document(text) || small_number(text)) return false;
  return begins_a_formula(text) || like_number(text) || like_month(text);
}

std::string spaced_phone(std::string_view phone) {
  if (phone.size() < 9 || phone.size() > 16 || phone.front() != '+' || !all_digits(phone.substr(1))) return std::string(phone);
  if (phone.starts_with("+569") && phone.size() == 12) return fmt::format("+56 9 {} {}", phone.substr(4, 4), phone.substr(8));
  if (phone.starts_with("+56") && phone.size() == 12) return fmt::format("+56 {} {} {}", phone.substr(3, 2), phone.substr(5, 3), phone.substr(8));
  const std::size_t code = code_length(phone.substr(1)) + 1;
  std::string_view rest = phone.substr(code);
  if (rest.size() < 7 || rest.size() > 12) return std::string(phone);
  constexpr std::array<std::array<std::size_t, 3>, 6> groups{{{3, 4, 0}, {4, 4, 0}, {3, 3, 3}, {3, 3, 4}, {3, 4, 4}, {4, 4, 4}}};
  std::string out(phone.substr(0, code));
  for (const std::size_t length : groups[rest.size() - 7]) {
    if (length > 0) out.append(" ").append(rest.substr(0, length));
    rest.remove_prefix(length);
  }
  return out;
}

std::string csv_of(const Sheet& sheet) {
  std::string out = "\ufeff";
  const auto line = [&](const auto& cells, const auto& as_text) {
    for (std::size_t i = 0; i < cells.size(); ++i) out.append(i == 0 ? "" : ";").append(as_text(cells[i]));
    out += "\r\n";
  };
  line(sheet.titles, [](const std::string& title) { return quoted(title); });
  for (const auto& row : sheet.rows) line(row, &csv_cell);
  return out;
}

Result<std::string> xlsx_of(const Sheet& sheet) {
  const auto no_room = [] {
    return fail(error(Code::unavailable, "No se pudo escribir el archivo; revise el espacio en el disco del servidor.",
                      "The file could not be written; check the space on the server's disk."));
  };
  const Scratch scratch;
  if (!scratch.made()) return no_room();
  lxw_workbook* book = workbook_new(scratch.path().c_str());
  if (book == nullptr) return no_room();
  fill(book, sheet);
  if (workbook_close(book) != LXW_NO_ERROR) return no_room();
  std::ifstream file(scratch.path(), std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return std::move(bytes).str();
}

}  // namespace aremko::operations

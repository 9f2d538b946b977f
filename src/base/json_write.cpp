#include "base/json_write.h"

#include <array>

namespace aremko::json {

namespace {

constexpr std::array<bool, 256> needs_escape = [] {
  std::array<bool, 256> table{};
  for (std::size_t i = 0; i < 0x20; ++i) table[i] = true;
  table['"'] = table['\\'] = true;
  return table;
}();

void two_digits(char* at, int value) {
  at[0] = static_cast<char>('0' + value / 10);
  at[1] = static_cast<char>('0' + value % 10);
}

// "YYYY-MM-DD" into ten bytes.
void put_date(char* at, Date date) {
  const auto [year, month, day] = date.ymd();
  two_digits(at, year / 100);
  two_digits(at + 2, year % 100);
  at[4] = at[7] = '-';
  two_digits(at + 5, month);
  two_digits(at + 8, day);
}

void escape(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  constexpr std::string_view hex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += hex[byte >> 4U];
  out += hex[byte & 0xFU];
}

}  // namespace

void write_text(std::string& out, std::string_view text) {
  out += '"';
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!needs_escape[static_cast<unsigned char>(text[at])]) continue;
    out.append(text, from, at - from);
    escape(out, text[at]);
    from = at + 1;
  }
  out.append(text, from);
  out += '"';
}

void write_date(std::string& out, Date date) {
  if (!date.known()) {
    out += "null";
    return;
  }
  char buffer[12];
  buffer[0] = buffer[11] = '"';
  put_date(buffer + 1, date);
  out.append(buffer, sizeof buffer);
}

void write_moment(std::string& out, Moment moment) {
  if (!moment.known()) {
    out += "null";
    return;
  }
  char buffer[21];
  buffer[0] = buffer[20] = '"';
  put_date(buffer + 1, moment.date());
  buffer[11] = 'T';
  const int minute = moment.minute_of_day();
  two_digits(buffer + 12, minute / 60);
  buffer[14] = buffer[17] = ':';
  two_digits(buffer + 15, minute % 60);
  two_digits(buffer + 18, 0);
  out.append(buffer, sizeof buffer);
}

}  // namespace aremko::json

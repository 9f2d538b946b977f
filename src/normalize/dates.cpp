#include "normalize/dates.h"

#include <array>

#include "base/text.h"
#include "normalize/utf8.h"

namespace aremko::normalize {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

/// Reads from the front of a text; every `take` leaves it where it was when it fails.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  char front() const { return rest_.empty() ? '\0' : rest_.front(); }
  void skip_blanks() {
    for (;;) {
      if (front() == ' ' || front() == '\t') {
        rest_.remove_prefix(1);
      } else if (rest_.starts_with("\xC2\xA0")) {
        rest_.remove_prefix(2);
      } else if (rest_.starts_with("\xE2\x80\xAF")) {  // the narrow no-break space before a. m. in newer ICU
        rest_.remove_prefix(3);
      } else {
        return;
      }
    }
  }
  /// A number of one to `most` digits that no digit follows; -1 when there is none. Its length in `length`.
  int number(std::size_t most, std::size_t& length) {
    std::size_t size = 0;
    int value = 0;
    while (size < rest_.size() && is_digit(rest_[size])) {
      if (size == most) return -1;
      value = value * 10 + (rest_[size++] - '0');
    }
    if (size == 0) return -1;
    length = size;
    rest_.remove_prefix(size);
    return value;
  }
  bool take(char c) {
    if (front() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_letter(char lower) {
    if (rest_.empty() || (rest_.front() != lower && rest_.front() != lower - 32)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// The letters at the front, lower-case; at most `word`'s size of them are kept.
  std::string_view word(std::array<char, 12>& letters) {
    std::size_t size = 0;
    while (size < rest_.size() && is_letter(rest_[size])) {
      if (size < letters.size()) letters[size] = static_cast<char>(rest_[size] | 0x20);
      ++size;
    }
    rest_.remove_prefix(size);
    return {letters.data(), size <= letters.size() ? size : 0};
  }
  void skip_any(std::string_view these) {
    while (!rest_.empty() && these.contains(rest_.front())) rest_.remove_prefix(1);
  }
  void skip_digits() {
    while (is_digit(front())) rest_.remove_prefix(1);
  }

 private:
  std::string_view rest_;
};

struct Half {
  bool said = false;
  bool afternoon = false;
};

/// `am`, `a.m.`, `P. M.`; false for anything else that follows.
bool read_half(Reader& reader, Half& half) {
  reader.skip_blanks();
  const bool morning = reader.take_letter('a');
  if (!morning && !reader.take_letter('p')) return true;
  half = {true, !morning};
  reader.take('.');
  reader.skip_blanks();
  if (!reader.take_letter('m')) return false;
  reader.take('.');
  return true;
}

/// Hours, minutes, seconds and half of the day; what follows is left.
std::optional<int> read_time(Reader& reader) {
  std::size_t length = 0;
  const int hour = reader.number(2, length);
  if (hour < 0) return std::nullopt;
  int minute = 0;
  bool said_minutes = false;
  if (reader.take(':') || reader.take('.') || reader.take_letter('h')) {
    if (is_digit(reader.front())) {
      minute = reader.number(2, length);
      if (minute < 0 || length != 2) return std::nullopt;
      said_minutes = true;
    }
    if (reader.take(':')) {
      const int second = reader.number(2, length);
      if (second < 0 || second > 60) return std::nullopt;
      if (reader.take('.') || reader.take(',')) reader.skip_digits();
    }
  }
  Half half;
  if (!read_half(reader, half)) return std::nullopt;
  if (!said_minutes && !half.said) return std::nullopt;  // a number alone is no time
  if (minute > 59) return std::nullopt;
  if (half.said && hour <= 12) {
    if (hour == 0 && half.afternoon) return 12 * 60 + minute;
    return (hour % 12 + (half.afternoon ? 12 : 0)) * 60 + minute;
  }
  if (hour > 23) return std::nullopt;
  return hour * 60 + minute;  // "14:30 p.m." says what it means
}

/// `Z`, `+00`, `-03:00`, `UTC`, or nothing.
bool read_zone(Reader& reader) {
  reader.skip_blanks();
  if (reader.take_letter('z')) return reader.done();
  if (reader.take_letter('u')) return reader.take_letter('t') && reader.take_letter('c') && reader.done();
  if (reader.take('+') || reader.take('-')) {
    std::size_t length = 0;
    if (reader.number(4, length) < 0) return false;
    if (reader.take(':') && reader.number(2, length) < 0) return false;
    if (reader.take(':') && reader.number(2, length) < 0) return false;
  }
  return reader.done();
}

/// A year of two or four digits, or -1.
int full_year(int year, std::size_t length) {
  if (length == 2) return year <= 69 ? 2000 + year : 1900 + year;
  return length == 4 && year >= 1900 && year <= 2199 ? year : -1;
}

struct BothDates {
  Date month_first;
  Date day_first;
};
BothDates same(Date date) { return {date, date}; }

/// 1–12 for a month's name in Spanish or English, or its first three letters or more; 0 for any other word.
int month_named(std::string_view word) {
  static constexpr std::array<std::array<std::string_view, 2>, 12> names{{{"enero", "january"},
                                                                          {"febrero", "february"},
                                                                          {"marzo", "march"},
                                                                          {"abril", "april"},
                                                                          {"mayo", "may"},
                                                                          {"junio", "june"},
                                                                          {"julio", "july"},
                                                                          {"agosto", "august"},
                                                                          {"septiembre", "september"},
                                                                          {"octubre", "october"},
                                                                          {"noviembre", "november"},
                                                                          {"diciembre", "december"}}};
  if (word.size() < 3) return 0;
  if (word == "set" || word == "setiembre") return 9;
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (const std::string_view name : names[i]) {
      if (name.starts_with(word)) return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

/// A date whose month is a word: `15-mar-2023`, `15 de marzo de 2023`, `March 15, 2023`.
Date read_worded_date(Reader& reader) {
  constexpr std::string_view between = " -/.,";
  std::array<char, 12> letters{};
  std::size_t length = 0;
  int day = reader.number(2, length);
  reader.skip_any(between);
  std::string_view word = reader.word(letters);
  if (word == "de") {
    reader.skip_any(between);
    word = reader.word(letters);
  }
  const int month = month_named(word);
  if (month == 0) return Date::none();
  reader.skip_any(between);
  if (day < 0) {
    day = reader.number(2, length);
    if (day < 0) return Date::none();
    reader.skip_any(between);
  } else if (is_letter(reader.front())) {
    const std::string_view joint = reader.word(letters);
    if (joint != "de" && joint != "del") return Date::none();
    reader.skip_any(between);
  }
  const int year = reader.number(4, length);
  return year < 0 || full_year(year, length) < 0 ? Date::none() : Date::of(full_year(year, length), month, day);
}

BothDates read_date(Reader& reader) {
  Reader worded = reader;
  if (const Date date = read_worded_date(worded); date.known()) {
    reader = worded;
    return same(date);
  }
  std::array<int, 3> part{};
  std::array<std::size_t, 3> length{};
  char separator = '\0';
  for (std::size_t i = 0; i < 3; ++i) {
    part[i] = reader.number(i == 1 ? 2 : 4, length[i]);
    if (part[i] < 0) return same(Date::none());
    if (i == 2) break;
    if (i == 0) separator = reader.front();
    if ((separator != '/' && separator != '-' && separator != '.') || !reader.take(separator)) return same(Date::none());
  }
  if (length[0] == 4) {
    const int year = full_year(part[0], 4);
    return same(year < 0 || length[2] > 2 ? Date::none() : Date::of(year, part[1], part[2]));
  }
  const int year = full_year(part[2], length[2]);
  if (length[0] > 2 || year < 0) return same(Date::none());
  return {Date::of(year, part[0], part[1]), Date::of(year, part[1], part[0])};
}

/// The part of a day that decimals say.
double day_part(std::string_view decimals) {
  double part = 0;
  double unit = 1;
  for (const char c : decimals) part += (c - '0') * (unit /= 10);
  return part;
}

/// A spreadsheet's days since the end of 1899, and the day's part behind the point.
Moment read_serial(std::string_view text) {
  const std::size_t point = std::min(text.find_first_of(".,"), text.size());
  const std::string_view days = text.substr(0, point);
  if (days.size() != 5 || !is_digits(days)) return Moment::none();
  const std::int64_t day = *parse_int(days);
  if (day < 32'874 || day > 55'152) return Moment::none();
  double part = 0;
  if (point < text.size()) {
    const std::string_view decimals = text.substr(point + 1);
    if (!is_digits(decimals) || decimals.size() > 15) return Moment::none();
    part = day_part(decimals);
  }
  const int minute = std::min(static_cast<int>(part * 24 * 60 + 0.5), 24 * 60 - 1);
  return Moment::at(Date{static_cast<std::int32_t>(Date::of(1899, 12, 30).days + day)}, minute / 60, minute % 60);
}

/// `20240314`, as some exports write it.
Date read_compact(std::string_view text) {
  if (text.size() != 8 || !is_digits(text)) return Date::none();
  const auto value = static_cast<int>(*parse_int(text));
  const int year = full_year(value / 10000, 4);
  return year < 0 ? Date::none() : Date::of(year, value / 100 % 100, value % 100);
}

/// `1430`, `930`, or a spreadsheet's part of a day: `0.604166`, `0,5`. Two decimals are minutes: `0.30`.
std::optional<int> minute_of_a_number(std::string_view text) {
  if ((text.size() == 3 || text.size() == 4) && is_digits(text)) {
    const auto value = static_cast<int>(*parse_int(text));
    return value / 100 < 24 && value % 100 < 60 ? std::optional(value / 100 * 60 + value % 100) : std::nullopt;
  }
  if (text.size() < 3 || text.size() > 20 || text.size() == 4) return std::nullopt;
  if (text[0] != '0' || (text[1] != '.' && text[1] != ',') || !is_digits(text.substr(2))) return std::nullopt;
  return std::min(static_cast<int>(day_part(text.substr(2)) * 24 * 60 + 0.5), 24 * 60 - 1);
}

}  // namespace

DateReading read_moment(std::string_view raw) {
  raw = trim(raw);
  if (raw.size() < 5 || raw.size() > 60) return {};
  if (const Date compact = read_compact(raw); compact.known()) return {Moment::start_of(compact), Moment::start_of(compact)};
  if (const Moment serial = read_serial(raw); serial.known()) return {serial, serial};
  Reader reader(raw);
  const BothDates dates = read_date(reader);
  if (!dates.month_first.known() && !dates.day_first.known()) return {};
  const auto at = [&](int minute) {
    const auto moment = [&](Date date) { return date.known() ? Moment::at(date, minute / 60, minute % 60) : Moment::none(); };
    return DateReading{moment(dates.month_first), moment(dates.day_first)};
  };
  if (reader.done()) return at(0);
  const bool separated = reader.take_letter('t') || reader.take(',') || reader.front() == ' ' ||
                         static_cast<unsigned char>(reader.front()) >= 0x80;
  reader.skip_blanks();
  if (reader.done()) return at(0);
  if (!separated) return {};
  const std::optional<int> minute = read_time(reader);
  if (!minute || !read_zone(reader)) return {};
  return at(*minute);
}

DateOrder DateOrderVotes::decide(DateOrder usual) const {
  if (month_first_ > 19 * day_first_) return DateOrder::month_first;
  if (day_first_ > 19 * month_first_) return DateOrder::day_first;
  return usual;
}

std::uint64_t DateOrderVotes::undecided() const {
  return decide(DateOrder::month_first) == decide(DateOrder::day_first) ? 0 : either_;
}

Moment moment(std::string_view raw, DateOrder order) {
  const DateReading reading = read_moment(raw);
  const Moment wished = reading.in(order);
  if (wished.known()) return wished;
  return order == DateOrder::month_first ? reading.day_first : reading.month_first;
}

std::optional<int> minute_of_day(std::string_view raw) {
  raw = trim(raw);
  if (raw.empty() || raw.size() > 40) return std::nullopt;
  if (const auto minute = minute_of_a_number(raw)) return minute;
  Reader reader(raw);
  std::optional<int> minute = read_time(reader);
  if (!minute) return std::nullopt;
  reader.skip_blanks();
  // "14:30 hrs."
  if (reader.take_letter('h')) {
    reader.take_letter('r');
    reader.take_letter('s');
    reader.take('.');
  }
  return read_zone(reader) ? minute : std::nullopt;
}

}  // namespace aremko::normalize

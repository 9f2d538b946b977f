#include <optional>
#include <utility>
#include <vector>

#include "normalize/phone_parts.h"
#include "normalize/phone_words.h"
#include "normalize/text.h"
#include "normalize/utf8.h"

namespace aremko::normalize {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// Shapes of numbers that are no phone's. `d` a digit, `n` one that is no 9, `r` a digit or k, `s` a point or a comma,
/// `p` a point, a dash or a slash, `b` a blank, `Y` a year of four digits; the rest stands for itself.
constexpr std::array<std::string_view, 27> no_phones = {
    // RUTs, with points or a dash or both
    "dsdddsddd-r", "ddsdddsddd-r", "dsdddsddd - r", "ddsdddsddd - r", "dsdddsdddbr", "ddsdddsdddbr", "dsdddsdddr",
    "nnsdddsdddr", "ddddddd-r", "dddddddd-r", "ddddddd - r", "dddddddd - r",
    // thousands: amounts and RUTs without their digit. Nine digits so are a phone that passed through a spreadsheet.
    "dsdddsddd", "ddsdddsddd", "dsdddsdddsddd", "ddsdddsdddsddd",
    // a Brazilian's and an Argentine's number
    "dddsdddsddd-dd", "dd-dddddddd-d",
    // days and years
    "dpdpY", "ddpdpY", "dpddpY", "ddpddpY", "Ypdpd", "Ypddpdd", "Ypddpd", "Y-Y", "YbY"};

/// The length of what stands at `at` in that shape, 0 when nothing does.
std::size_t shape_length(std::string_view text, std::size_t at, std::string_view shape) {
  const std::size_t start = at;
  for (const char wanted : shape) {
    if (at >= text.size()) return 0;
    const char c = text[at];
    bool good = false;
    switch (wanted) {
      case 'd': good = is_digit(c); break;
      case 'n': good = is_digit(c) && c != '9'; break;
      case 'r': good = is_digit(c) || c == 'k'; break;
      case 's': good = c == '.' || c == ','; break;
      case 'p': good = c == '.' || c == '-' || c == '/'; break;
      case 'b': good = c == ' '; break;
      case 'Y': {
        const std::string_view year = text.substr(at, 4);
        good = year.size() == 4 && (year.starts_with("19") || year.starts_with("20")) && is_digit(year[2]) && is_digit(year[3]);
        at += good ? 3 : 0;
        break;
      }
      default: good = c == wanted;
    }
    if (!good) return 0;
    ++at;
  }
  return at - start;
}

/// Whether a number that begins or ends here is not the middle of a longer one.
bool begins_number(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  const char before = text[at - 1];
  if (is_digit(before)) return false;
  const bool joined = before == '.' || before == ',' || before == '-';
  return !(joined && at >= 2 && is_digit(text[at - 2]));
}
bool ends_number(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  if (is_digit(text[at])) return false;
  const bool joined = text[at] == '.' || text[at] == ',' || text[at] == '-';
  return !(joined && at + 1 < text.size() && is_digit(text[at + 1]));
}

/// "98428079.6", "0.984280796": a number with decimals. 0 when there is none at `at`; decimals that are all zero belong to a
/// whole one.
std::size_t decimal_length(std::string_view text, std::size_t at, bool& whole) {
  std::size_t point = at;
  while (point < text.size() && is_digit(text[point])) ++point;
  const bool fraction = point - at == 1 && text[at] == '0';
  if ((point - at < 5 && !fraction) || point + 1 >= text.size() || (text[point] != '.' && text[point] != ',')) return 0;
  std::size_t end = point + 1;
  while (end < text.size() && is_digit(text[end])) ++end;
  const std::size_t decimals = end - point - 1;
  if (decimals == 0 || (decimals >= 8 && !fraction) || !ends_number(text, end)) return 0;
  whole = text.substr(point + 1, decimals).find_first_not_of('0') == std::string_view::npos;
  return end - at;
}

/// "9 8428079-6", "+569 2019 2020": the mobile's 9 stands before it, so that it is no RUT and no two years.
bool behind_nine(std::string_view text, std::size_t at) {
  return at >= 2 && text[at - 1] == ' ' && text[at - 2] == '9' && (at == 2 || !is_digit(text[at - 3]) || text[at - 3] == '6');
}
bool may_follow_nine(std::string_view shape) { return shape == "ddddddd-r" || shape == "Y-Y" || shape == "YbY"; }

/// Puts strokes over whatever has the shape of something else.
void strike_shapes(std::string& text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || !begins_number(text, at)) continue;
    bool whole = false;
    if (const std::size_t length = decimal_length(text, at, whole); length > 0) {
      const std::size_t from = whole ? text.find_first_of(".,", at) : at;
      std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(from), at + length - from, whole ? ' ' : '|');
      continue;
    }
    std::size_t longest = 0;
    for (const std::string_view shape : no_phones) {
      if (may_follow_nine(shape) && behind_nine(text, at)) continue;
      const std::size_t length = shape_length(text, at, shape);
      if (length > longest && ends_number(text, at + length)) longest = length;
    }
    std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(at), longest, '|');
  }
}

/// Digits in groups with nothing but separators between them.
struct Run {
  std::vector<std::pair<std::size_t, std::size_t>> groups{};  // from, to
  bool plus = false;
  WordKind before = WordKind::none;
};

/// The cell taken apart.
struct Cell {
  std::vector<Run> runs{};
  bool other_words = false;  // words that announce no phone
};

/// Reads a word with its points ("r.u.t.") and moves behind it.
std::string take_word(std::string_view text, std::size_t& at) {
  std::string word;
  while (at < text.size()) {
    if (is_letter(text[at])) {
      word += text[at++];
    } else if (text[at] == '.' && at + 1 < text.size() && is_letter(text[at + 1]) && (at < 2 || !is_letter(text[at - 2]))) {
      ++at;
    } else {
      break;
    }
  }
  return word;
}

/// Reads a run and moves behind it. Groups that touch a letter belong to a code, unless the word announces a phone.
Run take_run(std::string_view text, std::size_t& at, bool glued) {
  Run run;
  bool touches = glued;
  while (at < text.size()) {
    if (is_digit(text[at])) {
      const std::size_t from = at;
      while (at < text.size() && is_digit(text[at])) ++at;
      if (!touches) run.groups.emplace_back(from, at);
      touches = false;
      continue;
    }
    if (text[at] == '+') {
      if (!run.groups.empty()) break;
      run.plus = true;
    } else if (text[at] == ',' && (at + 1 >= text.size() || !is_digit(text[at + 1]) || at == 0 || !is_digit(text[at - 1]))) {
      break;
    } else if (std::string_view(" -.()',\t").find(text[at]) == std::string_view::npos) {
      break;
    }
    ++at;
  }
  std::size_t next = at;
  if (at < text.size() && is_letter(text[at]) && !run.groups.empty() && run.groups.back().second == at) {
    const std::string after = take_word(text, next);
    if (kind_of_word(after) != WordKind::phone && after != "y") run.groups.pop_back();
  } else if (at < text.size() && is_letter(text[at]) && kind_of_word(take_word(text, next)) == WordKind::money) {
    run.groups.clear();
  }
  return run;
}

/// What a document's or a reservation's word stands before is its number: the first group, or all of a number in groups.
/// Of money, what is written together.
void drop_named(std::string_view text, Run& run) {
  std::size_t count = run.groups.empty() ? 0 : 1;
  if (run.before == WordKind::money) {
    while (count < run.groups.size() && text.substr(run.groups[count - 1].second, 1) != " ") ++count;
  } else if (count > 0 && run.groups[0].second - run.groups[0].first < 5) {
    count = run.groups.size();
  }
  run.groups.erase(run.groups.begin(), run.groups.begin() + static_cast<std::ptrdiff_t>(count));
  run.plus = false;
}

Cell take_apart(std::string_view text) {
  Cell cell;
  WordKind label = WordKind::none;
  bool glued = false;
  for (std::size_t at = 0; at < text.size();) {
    if (is_letter(text[at])) {
      const WordKind kind = kind_of_word(take_word(text, at));
      cell.other_words |= kind != WordKind::phone && kind != WordKind::linking;
      if (kind != WordKind::linking) label = kind;
      glued = label != WordKind::phone;
      continue;
    }
    if (!is_digit(text[at]) && text[at] != '+') {
      // "$ 45.678.912"; a stroke stands where something else was taken for what it is.
      if (text[at] == '$') label = WordKind::money;
      if (text[at] == '|') label = WordKind::none;
      cell.other_words |= text[at] == '$' || text[at] == '|';
      glued = false;
      ++at;
      continue;
    }
    Run run = take_run(text, at, glued);
    run.before = label;
    label = WordKind::none;
    glued = false;
    if (run.before == WordKind::document || run.before == WordKind::money) drop_named(text, run);
    if (!run.groups.empty()) cell.runs.push_back(std::move(run));
  }
  return cell;
}

PhoneDigits digits_of(std::string_view text, const Run& run, std::size_t from, std::size_t to) {
  PhoneDigits out;
  out.international = run.plus && from == 0;
  for (std::size_t i = from; i < to; ++i) {
    for (const char c : text.substr(run.groups[i].first, run.groups[i].second - run.groups[i].first)) out.add(c);
  }
  out.read_zeros();
  return out;
}

/// Eight digits that are a day: 20200225, 25021985.
bool is_day(std::string_view digits) {
  if (digits.size() != 8) return false;
  const auto two = [&](std::size_t at) { return (digits[at] - '0') * 10 + digits[at + 1] - '0'; };
  const auto good = [](int day, int month, int year) {
    return day >= 1 && day <= 31 && month >= 1 && month <= 12 && year >= 1920 && year <= 2035;
  };
  return good(two(6), two(4), two(0) * 100 + two(2)) || good(two(0), two(2), two(4) * 100 + two(6));
}

/// The whole run as one number; `alone` when nothing else in the cell can make it another thing.
Phone whole_run(std::string_view text, const Run& run, bool alone) {
  const PhoneDigits digits = digits_of(text, run, 0, run.groups.size());
  if (digits.too_many || digits.size < 8 || is_filler_number(digits.view())) return {{}, PhoneKind::invalid};
  Phone out = chilean_phone(digits);
  if (out.kind == PhoneKind::mended_mobile) {
    const bool prefixed = digits.size > 9;
    return (alone || run.before == WordKind::phone || prefixed) && !is_day(digits.view()) ? out : Phone{{}, PhoneKind::invalid};
  }
  if (out.kind != PhoneKind::empty) return out;
  if (digits.international) return library_phone(digits, true);
  if (!alone) return {{}, PhoneKind::invalid};
  out = library_phone(digits, false);
  if (out.kind != PhoneKind::invalid || digits.size < 11) return out;
  // Eleven digits and more may have lost their plus; as a landline they are rather somebody's document.
  out = library_phone(digits, true);
  return out.kind == PhoneKind::foreign_mobile ? out : Phone{{}, PhoneKind::invalid};
}

/// A part of the run: a whole Chilean mobile, or (second best) one group that is a landline, or a foreign number with
/// something behind it.
Phone part_of_run(std::string_view text, const Run& run) {
  Phone second{{}, PhoneKind::invalid};
  const std::size_t count = run.groups.size();
  for (std::size_t from = 0; from < count; ++from) {
    for (std::size_t to = from + 1; to <= count; ++to) {
      const PhoneDigits digits = digits_of(text, run, from, to);
      if (digits.too_many) break;
      if (digits.size < 9) continue;
      Phone out = chilean_phone(digits);
      if (out.kind == PhoneKind::mobile) return out;
      const bool single = to == from + 1 || (from == 0 && digits.international);
      if (out.kind == PhoneKind::landline && single && second.e164.empty()) second = std::move(out);
    }
  }
  for (std::size_t to = count; run.plus && to > 0 && second.e164.empty(); --to) {
    const PhoneDigits digits = digits_of(text, run, 0, to);
    if (!digits.too_many && digits.size >= 8) second = library_phone(digits, true);
  }
  return second;
}

}  // namespace

std::string plain_phone_text(std::string_view raw) {
  const std::string plain = plain_marks(raw);
  std::string out;
  out.reserve(plain.size());
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t start = at;
    const char32_t point = next_point(plain, at);
    if (point < 0x80) {
      const auto c = static_cast<char>(point);
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    } else if (!(point >= 0x300 && point < 0x370)) {  // accents that stand by themselves
      const std::string letter = fold(std::string_view(plain).substr(start, at - start));
      out += letter.size() == 1 && static_cast<unsigned char>(letter[0]) < 0x80 ? letter[0] : '?';
    }
  }
  return out;
}

Phone phone_in_text(std::string_view raw) {
  std::string text = plain_phone_text(raw);
  strike_shapes(text);
  const Cell cell = take_apart(text);
  const auto short_one = [&](const Run& run) { return digits_of(text, run, 0, run.groups.size()).size < 8; };
  const bool alone = !cell.other_words && std::none_of(cell.runs.begin(), cell.runs.end(), short_one);
  Phone first{{}, PhoneKind::invalid};
  for (const Run& run : cell.runs) {
    Phone out = whole_run(text, run, alone);
    const bool sure = run.plus || out.kind == PhoneKind::mobile || out.kind == PhoneKind::landline;
    if (run.groups.size() > 1 && (out.e164.empty() || !sure)) {
      // "305 984280796" could be some country's number; that a mobile stands in it is likelier.
      Phone part = part_of_run(text, run);
      if (part.kind == PhoneKind::mobile || out.e164.empty()) out = std::move(part);
    }
    if (is_mobile(out.kind)) return out;
    if (first.e164.empty()) first = std::move(out);
  }
  return first;
}

}  // namespace aremko::normalize

#include "normalize/phone.h"

#include <mutex>

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>

#include "base/text.h"
#include "normalize/rut.h"
#include "normalize/utf8.h"

namespace aremko::normalize {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The digits of one number as written, and whether a `+` (or 00) stood before them.
struct Digits {
  std::array<char, 20> at{};
  std::size_t size = 0;
  bool international = false;
  bool too_many = false;

  std::string_view view() const { return {at.data(), size}; }
  void add(char c) {
    if (size == at.size()) {
      too_many = true;
    } else {
      at[size++] = c;
    }
  }
};

/// Numbers typed to fill a field: the same digit throughout, or after the mobile 9.
bool is_filler(std::string_view national) {
  const std::string_view tail = national.substr(national.size() > 8 ? national.size() - 8 : 0);
  return tail.find_first_not_of(tail.front()) == std::string_view::npos;
}

/// Area codes of Chile's numbering plan since 2013 (Subtel); 2 is Santiago, with eight more digits.
bool is_landline(std::string_view national) {
  if (national[0] == '2') return national[1] == '2' || national[1] == '3';
  const int area = (national[0] - '0') * 10 + (national[1] - '0');
  switch (area) {
    case 32: case 33: case 34: case 35:
    case 41: case 42: case 43: case 44: case 45:
    case 51: case 52: case 53: case 55: case 57: case 58:
    case 61: case 63: case 64: case 65: case 67:
    case 71: case 72: case 73: case 75:
      return national[2] >= '1';
    default: return false;
  }
}

Phone chilean(std::string_view national, PhoneKind kind) {
  Phone out;
  out.e164.reserve(12);
  out.e164 = "+56";
  if (kind == PhoneKind::mended_mobile) out.e164 += '9';
  out.e164 += national;
  out.kind = kind;
  return out;
}

/// A national number of nine digits, or of eight that lost its 9; kind `empty` when it is neither.
Phone national_number(std::string_view national) {
  if (national.size() == 9) {
    if (is_filler(national)) return {{}, PhoneKind::invalid};
    if (national[0] == '9' && national[1] != '0') return chilean(national, PhoneKind::mobile);
    if (is_landline(national)) return chilean(national, PhoneKind::landline);
  }
  if (national.size() == 8) {
    if (is_filler(national)) return {{}, PhoneKind::invalid};
    if (national[0] >= '2') return chilean(national, PhoneKind::mended_mobile);
  }
  return {};
}

/// Digits in a Chilean shape, prefixes taken away; kind `empty` when they have none.
Phone chilean_shape(const Digits& digits) {
  std::string_view rest = digits.view();
  bool prefixed = false;
  // "+56 56 9 …" happens: somebody typed the prefix into a field that adds it.
  while (rest.size() >= 10 && rest.starts_with("56") && !(rest.size() == 10 && rest[2] < '2')) {
    rest.remove_prefix(2);
    prefixed = true;
    if (rest.size() <= 9) break;
  }
  if (digits.international && !prefixed) return {};
  // "+569" and seven digits: one was lost, and nobody knows which.
  if (prefixed && rest.size() == 8 && rest[0] == '9') return {{}, PhoneKind::invalid};
  if (rest.size() == 10 && rest[0] == '0') rest.remove_prefix(1);  // the trunk prefix
  if (rest.size() == 9 && (rest.starts_with("09") || rest.starts_with("08"))) rest.remove_prefix(1);  // before 2012
  if (prefixed && rest.size() == 10 && rest.starts_with("99")) rest.remove_prefix(1);  // "+569" and then all nine
  return national_number(rest);
}

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

const PhoneNumberUtil& library() {
  static const PhoneNumberUtil* util = [] {
    PhoneNumberUtil* made = PhoneNumberUtil::GetInstance();
    made->SetLogger(new i18n::phonenumbers::NullLogger());  // it would print numbers
    return made;
  }();
  return *util;
}

Phone ask_library(const Digits& digits, bool as_international) {
  std::string text;
  if (as_international) text += '+';
  text += digits.view();
  PhoneNumber number;
  const PhoneNumberUtil& util = library();
  if (util.Parse(text, "CL", &number) != PhoneNumberUtil::NO_PARSING_ERROR || !util.IsValidNumber(number)) {
    return {{}, PhoneKind::invalid};
  }
  Phone out;
  util.Format(number, PhoneNumberUtil::E164, &out.e164);
  if (out.e164.size() < 9) return {{}, PhoneKind::invalid};  // a few countries have such; here they are fragments
  if (number.country_code() != 56) {
    out.kind = PhoneKind::foreign;
  } else {
    const auto type = util.GetNumberType(number);
    out.kind = type == PhoneNumberUtil::MOBILE ? PhoneKind::mobile : PhoneKind::landline;
  }
  return out;
}

Phone one_number(const Digits& digits) {
  if (digits.too_many || digits.size < 8) return {{}, PhoneKind::invalid};
  Phone out = chilean_shape(digits);
  if (out.kind != PhoneKind::empty) return out;
  if (is_filler(digits.view())) return {{}, PhoneKind::invalid};
  out = ask_library(digits, digits.international);
  // Eleven digits and more without the + are a foreign number whose + was lost, when they make one.
  if (out.kind == PhoneKind::invalid && !digits.international && digits.size >= 11) out = ask_library(digits, true);
  return out;
}

/// Reads one number from `at`, over digits and what people put between them; stops before anything else.
Digits read_digits(std::string_view raw, std::size_t& at) {
  Digits out;
  while (at < raw.size()) {
    const char c = raw[at];
    if (is_digit(c)) {
      out.add(c);
    } else if (c == '+') {
      if (out.size > 0) break;
      out.international = true;
    } else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')' && c != '\t' && c != '\'') {
      break;
    }
    ++at;
  }
  if (!out.international && out.size > 10 && out.at[0] == '0' && out.at[1] == '0') {
    out.international = true;
    std::memmove(out.at.data(), out.at.data() + 2, out.size - 2);
    out.size -= 2;
  }
  return out;
}

/// Spreadsheets write whole numbers as `984280796.0`.
std::string_view without_decimals(std::string_view raw) {
  if (raw.ends_with(".0") && is_digits(raw.substr(0, raw.size() - 2))) raw.remove_suffix(2);
  return raw;
}

/// The bytes of a no-break space, a dash or another mark that may stand inside a number.
std::size_t odd_separator(std::string_view raw, std::size_t at) {
  std::size_t next = at;
  const char32_t point = next_point(raw, next);
  const bool inside = point == 0xA0 || point == 0xAD || point == 0xFEFF || (point >= 0x2000 && point <= 0x2015) ||
                      point == 0x202F || (point >= 0x202A && point <= 0x202E) || point == 0x2060 || point == 0x2212 ||
                      (point >= 0x2066 && point <= 0x2069);
  return inside ? next - at : 0;
}

/// The text with odd separators made blanks; rare, so that copying does not matter.
std::string plain_separators(std::string_view raw) {
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    if (static_cast<unsigned char>(raw[at]) < 0x80) {
      out += raw[at++];
      continue;
    }
    const std::size_t length = odd_separator(raw, at);
    if (length > 0) {
      out += ' ';
      at += length;
    } else {
      out += '?';
      next_point(raw, at);
    }
  }
  return out;
}

/// "7.654.321-6": a RUT in the phone column, which its eight digits would make a phone.
bool is_rut(std::string_view raw) {
  if (raw.size() < 9 || raw[raw.size() - 2] != '-' || !is_digit(raw.back())) return false;
  std::uint32_t body = 0;
  std::size_t size = 0;
  for (const char c : raw.substr(0, raw.size() - 2)) {
    if (!is_digit(c) && c != '.') return false;
    if (c != '.' && ++size <= 8) body = body * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return (size == 7 || size == 8) && rut_check_digit(body) == raw.back();
}

/// Several numbers with blanks or dashes between them: the first run of digits that is a number by itself.
Phone first_run(std::string_view raw) {
  for (std::size_t at = 0; at < raw.size();) {
    Digits run;
    while (at < raw.size() && is_digit(raw[at])) run.add(raw[at++]);
    if (run.size == 0) ++at;
    if (run.size < 8 || run.too_many) continue;
    Phone out = chilean_shape(run);
    if (!out.e164.empty()) return out;
  }
  return {{}, PhoneKind::invalid};
}

/// The first good number of several, or of one among words.
Phone first_good(std::string_view raw) {
  Phone out{{}, PhoneKind::invalid};
  int tried = 0;
  for (std::size_t at = 0; at < raw.size() && tried < 8;) {
    if (!is_digit(raw[at]) && raw[at] != '+') {
      ++at;
      continue;
    }
    const std::size_t start = at;
    const Digits digits = read_digits(raw, at);
    if (at == start) ++at;
    // "1.23E+09" and "4x9": digits with a letter on either side are no phone's.
    if (digits.size < 8) continue;
    ++tried;
    out = one_number(digits);
    if (!out.e164.empty()) return out;
  }
  return out;
}

}  // namespace

Phone phone(std::string_view raw) {
  raw = without_decimals(trim(cut(raw, 200)));
  if (is_rut(raw)) return {{}, PhoneKind::invalid};
  std::size_t at = 0;
  const Digits digits = read_digits(raw, at);
  if (at == raw.size() && digits.size > 0) {
    Phone out = one_number(digits);
    return out.kind == PhoneKind::invalid && (digits.too_many || digits.size > 15) ? first_run(raw) : out;
  }
  if (says_nothing(raw)) return {};
  for (const char c : raw) {
    if (static_cast<unsigned char>(c) >= 0x80) return first_good(plain_separators(raw));
  }
  return first_good(raw);
}

std::string phone_digits(std::string_view query) {
  query = trim(cut(query, 200));
  std::size_t at = 0;
  const std::string plain = plain_separators(query);
  Digits digits = read_digits(plain, at);
  if (at != plain.size() || digits.too_many || digits.size < 3) return {};
  std::string_view rest = digits.view();
  if (!digits.international && rest.starts_with("0056")) {
    rest.remove_prefix(4);
  } else if (rest.starts_with("56") && (digits.international || rest.size() == 11)) {
    rest.remove_prefix(2);
  } else if (rest.size() == 10 && rest[0] == '0') {
    rest.remove_prefix(1);
  }
  return rest.size() < 3 ? std::string() : std::string(rest);
}

}  // namespace aremko::normalize

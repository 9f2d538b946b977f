#include "normalize/phone.h"

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>

#include "base/text.h"
#include "normalize/phone_parts.h"
#include "normalize/utf8.h"

namespace aremko::normalize {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

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
    if (is_filler_number(national)) return {{}, PhoneKind::invalid};
    if (national[0] == '9' && national[1] != '0') return chilean(national, PhoneKind::mobile);
    if (is_landline(national)) return chilean(national, PhoneKind::landline);
  }
  if (national.size() == 8) {
    if (is_filler_number(national)) return {{}, PhoneKind::invalid};
    if (national[0] >= '2') return chilean(national, PhoneKind::mended_mobile);
  }
  return {};
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

/// Reads one number from `at`, over digits and what people put between them; stops before anything else.
PhoneDigits read_digits(std::string_view raw, std::size_t& at) {
  PhoneDigits out;
  std::size_t dash_at = 0;  // digits before the one dash
  while (at < raw.size()) {
    const char c = raw[at];
    if (is_digit(c)) {
      out.add(c);
    } else if (c == '+') {
      if (out.size > 0) break;
      out.international = true;
    } else if (c == '.' || (c == '-' && dash_at > 0)) {
      out.punctuated = true;
    } else if (c == '-') {
      dash_at = out.size;
    } else if (c != ' ' && c != '(' && c != ')' && c != '\t' && c != '\'') {
      break;
    }
    ++at;
  }
  // "9 8428-0796": what ends in a dash and four digits is no RUT.
  if (dash_at > 0 && out.size < dash_at + 4) out.punctuated = true;
  out.read_zeros();
  return out;
}

}  // namespace

bool is_filler_number(std::string_view national) {
  const std::string_view tail = national.substr(national.size() > 8 ? national.size() - 8 : 0);
  return tail.find_first_not_of(tail.front()) == std::string_view::npos;
}

Phone chilean_phone(const PhoneDigits& digits) {
  std::string_view rest = digits.view();
  bool prefixed = false;
  if (rest.size() == 12 && rest.starts_with("0569")) rest.remove_prefix(1);  // a trunk prefix before the country's
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

Phone library_phone(const PhoneDigits& digits, bool international) {
  std::string text;
  if (international) text += '+';
  text += digits.view();
  PhoneNumber number;
  const PhoneNumberUtil& util = library();
  if (util.Parse(text, "CL", &number) != PhoneNumberUtil::NO_PARSING_ERROR || !util.IsValidNumber(number)) {
    return {{}, PhoneKind::invalid};
  }
  Phone out;
  util.Format(number, PhoneNumberUtil::E164, &out.e164);
  if (out.e164.size() < 9) return {{}, PhoneKind::invalid};  // a few countries have such; here they are fragments
  if (is_filler_number(out.e164)) return {{}, PhoneKind::invalid};
  const auto type = util.GetNumberType(number);
  if (number.country_code() != 56) {
    // Where the numbers do not tell (the USA, Mexico), a guest's own is nearly always a mobile.
    const bool mobile = type == PhoneNumberUtil::MOBILE || type == PhoneNumberUtil::FIXED_LINE_OR_MOBILE;
    out.kind = mobile ? PhoneKind::foreign_mobile : PhoneKind::foreign;
  } else {
    out.kind = type == PhoneNumberUtil::MOBILE ? PhoneKind::mobile : PhoneKind::landline;
  }
  return out;
}

Phone phone(std::string_view raw) {
  raw = trim(cut(raw, 200));
  std::size_t at = 0;
  const PhoneDigits digits = read_digits(raw, at);
  if (at == raw.size() && digits.size > 0 && !digits.too_many && !digits.punctuated) {
    Phone out = chilean_phone(digits);
    if (out.kind == PhoneKind::mobile || out.kind == PhoneKind::landline) return out;
  }
  return says_nothing(raw) ? Phone{} : phone_in_text(raw);
}

std::string phone_digits(std::string_view query) {
  const std::string plain = plain_phone_text(trim(cut(query, 200)));
  std::size_t at = 0;
  const PhoneDigits digits = read_digits(plain, at);
  if (at != plain.size() || digits.too_many || digits.size < 3) return {};
  std::string_view rest = digits.view();
  if (!digits.international && rest.starts_with("0056")) {
    rest.remove_prefix(4);
  } else if (rest.size() == 12 && rest.starts_with("0569")) {
    rest.remove_prefix(3);
  } else if (rest.starts_with("56") && (digits.international || rest.size() == 11 || rest.starts_with("5609"))) {
    rest.remove_prefix(2);
  }
  if (rest.size() == 10 && rest[0] == '0') rest.remove_prefix(1);
  return rest.size() < 3 ? std::string() : std::string(rest);
}

std::string argentine_mobile(std::string_view digits) {
  if (!digits.starts_with("54") || digits.starts_with("549")) return {};
  std::string_view rest = digits.substr(2);
  if (rest.starts_with('0')) rest.remove_prefix(1);
  if (rest.size() == 10) return "549" + std::string(rest);
  if (rest.size() != 12) return {};
  const std::size_t area = rest.starts_with("11") ? 2 : rest.substr(3, 2) == "15" ? 3 : 4;
  return rest.substr(area, 2) == "15" ? "549" + std::string(rest.substr(0, area)) + std::string(rest.substr(area + 2)) : std::string();
}

}  // namespace aremko::normalize

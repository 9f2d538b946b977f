#include "normalize/rut.h"

#include "base/text.h"
#include "normalize/phone.h"
#include "normalize/utf8.h"

namespace aremko::normalize {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What a cell says, with every separator told apart and nothing else left.
struct Symbols {
  std::array<char, 16> text{};  // digits and K
  std::size_t size = 0;
  std::size_t dash_after = 0;  // how many stood before the last dash; 0 for none
  bool grouped = false;        // points or commas among them
  std::size_t first_group = 0;  // digits before the first of them
  bool plus = false;
  bool foreign = false;  // something that stands in no RUT
};

bool is_dash(char32_t c) {
  return c == '-' || c == '_' || c == 0xAD || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2043 ||
         c == 0xFE58 || c == 0xFE63 || c == 0xFF0D || c == 0xAF;
}

bool is_gap(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || c == '\'' || c == 0x202F || (c >= 0x2000 && c <= 0x200F) ||
         c == 0xFEFF || c == 0xB4 || c == '"' || c == '\r' || c == '\n';
}

/// "RUT: ", "R.U.T. ", "RUN", "C.I." before the number.
std::string_view without_label(std::string_view raw) {
  static constexpr std::array<std::string_view, 6> labels = {"rut", "r.u.t", "run", "r.u.n", "c.i", "ci"};
  for (const std::string_view label : labels) {
    if (raw.size() <= label.size()) continue;
    bool same = true;
    for (std::size_t i = 0; i < label.size(); ++i) {
      const char c = raw[i];
      same = same && (c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) == label[i];
    }
    if (!same) continue;
    const std::size_t rest = raw.find_first_not_of(" .:-#\t", label.size());
    if (rest != std::string_view::npos && is_digit(raw[rest])) return raw.substr(rest);
  }
  return raw;
}

Symbols read_symbols(std::string_view raw) {
  Symbols out;
  for (std::size_t at = 0; at < raw.size() && !out.foreign;) {
    const char c = raw[at];
    if (is_digit(c) || c == 'k' || c == 'K') {
      const bool k = !is_digit(c);
      // Leading zeros say nothing; a K stands last or not at all.
      if (c == '0' && out.size == 0 && !k) {
        ++at;
        continue;
      }
      if (out.size == out.text.size() || (out.size > 0 && out.text[out.size - 1] == 'K')) {
        out.foreign = true;
        break;
      }
      out.text[out.size++] = k ? 'K' : c;
      ++at;
      continue;
    }
    const char32_t point = next_point(raw, at);
    if (is_dash(point)) {
      if (out.size > 0) out.dash_after = out.size;
    } else if (point == '.' || point == ',') {
      if (at < raw.size() && out.size > 0) {
        if (!out.grouped) out.first_group = out.size;
        out.grouped = true;
      }
    } else if (point == '+' && out.size == 0) {
      out.plus = true;
    } else if (!is_gap(point)) {
      out.foreign = true;
    }
  }
  return out;
}

std::uint32_t number_of(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char c : digits) value = value * 10 + static_cast<std::uint32_t>(c - '0');
  return value;
}

bool is_one_digit(std::string_view digits) {
  return digits.find_first_not_of(digits.front()) == std::string_view::npos;
}

Rut shown(std::string_view body, char digit, RutKind kind) {
  Rut out;
  out.kind = kind;
  out.canonical.reserve(body.size() + 2);
  out.canonical = body;
  out.canonical += '-';
  out.canonical += digit;
  return out;
}

/// A cell that holds one number, which is a phone's; two RUTs can look like one with something behind it.
Rut as_phone_or(std::string_view raw, Rut otherwise) {
  const auto digits = std::count_if(raw.begin(), raw.end(), is_digit);
  if (digits < 8 || digits > 15) return otherwise;
  Phone found = phone(raw);
  const bool letters = std::any_of(raw.begin(), raw.end(), [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
  if (found.e164.empty() || (letters && found.kind == PhoneKind::mended_mobile)) return otherwise;
  return {{}, RutKind::phone, std::move(found.e164)};
}

Rut other() { return {{}, RutKind::other, {}}; }

/// Body and check digit written apart by a dash, or with their points.
Rut written_as_rut(std::string_view text) {
  const std::string_view body = text.substr(0, text.size() - 1);
  const char digit = text.back();
  if (body.size() < 6 || body.size() > 8) return as_phone_or(text, other());
  const bool right = rut_check_digit(number_of(body)) == digit;
  if (right) return shown(body, digit, is_one_digit(body) ? RutKind::placeholder : RutKind::valid);
  if (is_one_digit(body)) return other();
  if (body.size() == 8 && body[0] == '9' && digit != 'K') {
    return as_phone_or(text, shown(body, digit, RutKind::wrong_digit));
  }
  if (body.size() < 7) return other();
  return shown(body, digit, RutKind::wrong_digit);
}

/// Nothing but digits (and perhaps a last K): see the header for who wins.
Rut bare(std::string_view text) {
  if (text.size() < 8 || text.size() > 9) return as_phone_or(text, other());
  const std::string_view body = text.substr(0, text.size() - 1);
  const char digit = text.back();
  const bool right = rut_check_digit(number_of(body)) == digit;
  if (is_one_digit(text) || (is_one_digit(body) && right)) return right ? shown(body, digit, RutKind::placeholder) : other();
  // As with a dash: it is nobody's number, unless it is a phone's.
  if (is_one_digit(body) && text.size() == 9) return text[0] >= '3' ? as_phone_or(text, other()) : other();
  if (digit == 'K') return shown(body, digit, right ? RutKind::valid : RutKind::wrong_digit);
  if (text.size() == 9) {
    if (text[0] == '9') return as_phone_or(text, shown(body, digit, right ? RutKind::valid : RutKind::wrong_digit));
    if (right) return shown(body, digit, RutKind::valid);
    const Rut wrong = shown(body, digit, RutKind::wrong_digit);
    return text[0] >= '3' ? as_phone_or(text, wrong) : wrong;
  }
  if (text[0] < '3') return other();
  if (right) return shown(body, digit, RutKind::valid);
  return as_phone_or(text, other());
}

}  // namespace

char rut_check_digit(std::uint32_t body) {
  std::uint32_t sum = 0;
  for (std::uint32_t weight = 2; body > 0; body /= 10, weight = weight == 7 ? 2 : weight + 1) {
    sum += body % 10 * weight;
  }
  const std::uint32_t digit = 11 - sum % 11;
  return digit == 11 ? '0' : digit == 10 ? 'K' : static_cast<char>('0' + digit);
}

Rut rut(std::string_view raw) {
  raw = trim(cut(raw, 100));
  std::string_view number = without_label(raw);
  // Spreadsheets write whole numbers as "123456785.0".
  if (number.size() == 11 && number.ends_with(".0") && is_digits(number.substr(0, 9))) number.remove_suffix(2);
  const Symbols symbols = read_symbols(number);
  const std::string_view text(symbols.text.data(), symbols.size);
  if (symbols.foreign || symbols.size == 0 || text == "K") {
    return says_nothing(raw) || (symbols.size == 0 && !symbols.foreign) ? Rut{} : as_phone_or(raw, other());
  }
  if (symbols.plus) return as_phone_or(raw, other());
  const bool dashed = symbols.dash_after > 0 && symbols.dash_after + 1 == symbols.size;
  if (symbols.dash_after > 0 && symbols.dash_after != symbols.size && !dashed) return as_phone_or(raw, other());
  if (dashed || (symbols.grouped && symbols.size == 9)) {
    return written_as_rut(text);
  }
  if (symbols.grouped && symbols.size == 8) {
    // "1.234.567 8" is whole, "12.345.678" lacks its check digit.
    const bool whole = symbols.first_group == 1 || text.back() == 'K';
    return whole ? written_as_rut(text) : other();
  }
  return bare(text);
}

std::string rut_key(std::string_view query) {
  const Symbols symbols = read_symbols(without_label(trim(cut(query, 100))));
  if (symbols.foreign || symbols.plus || symbols.size < 4 || symbols.size > 9) return {};
  return std::string(symbols.text.data(), symbols.size);
}

}  // namespace aremko::normalize

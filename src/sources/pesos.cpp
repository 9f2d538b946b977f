#include <algorithm>
#include <array>

#include "base/text.h"
#include "normalize/text.h"
#include "sources/cells.h"

namespace aremko::sources {

namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_separator(char c) { return c == '.' || c == ',' || c == ' ' || c == '\''; }

/// Takes one of the words from the end (or the front); true when it did.
template <std::size_t N>
bool take_word(std::string_view& text, const std::array<std::string_view, N>& words, bool from_front) {
  for (const std::string_view word : words) {
    if (from_front ? !text.starts_with(word) : !text.ends_with(word)) continue;
    from_front ? text.remove_prefix(word.size()) : text.remove_suffix(word.size());
    text = trim(text);
    return true;
  }
  return false;
}

/// What people write beside an amount and that leaves it as it is: "aprox. 40.000 (pagado)", "40.000 c/u IVA incl.".
std::string_view without_asides(std::string_view text) {
  static constexpr std::array<std::string_view, 7> before = {"aproximadamente", "aprox.", "aprox", "total:", "total", "valor:", "valor"};
  static constexpr std::array<std::string_view, 22> after = {
      "c/u", "c.u", "cada uno", "cada una", "iva incluido", "iva incl", "iva inc", "con iva", "c/iva", "pagado", "pagada", "total",
      "aproximadamente", "aprox", "efectivo", "transferencia", "tarjeta", "webpay", "debito", "débito", "credito", "crédito"};
  const auto ended = [](std::string_view part) {
    while (!part.empty() && std::string_view(".,;:").contains(part.back())) part = trim(part.substr(0, part.size() - 1));
    return part;
  };
  for (std::string_view last = "?"; last != text;) {
    last = text;
    text = ended(text);
    take_word(text, before, true);
    take_word(text, after, false);
    const std::size_t open = text.ends_with(')') ? text.rfind('(') : 0;
    if (open == 0 || open == std::string_view::npos) continue;
    const std::string_view inside = ended(trim(text.substr(open + 1, text.size() - open - 2)));
    if (std::ranges::find(after, inside) != after.end()) text = trim(text.substr(0, open));
  }
  return text;
}

/// Signs of the currency and of the minus around the digits.
struct Bare {
  std::string_view digits;
  bool negative = false;
};

Bare without_signs(std::string_view text) {
  static constexpr std::array<std::string_view, 6> before = {"clp$", "ch$", "cl$", "clp", "$", "pesos"};
  static constexpr std::array<std::string_view, 7> after = {"pesos chilenos", "pesos", "peso", "clp", "ch$", "cl$", "$"};
  static constexpr std::array<std::string_view, 3> no_cents = {".-", ",-", " -"};
  Bare out;
  while (!text.empty() && std::string_view("\"'=").contains(text.front())) text = trim(text.substr(1));
  while (!text.empty() && std::string_view("\"'").contains(text.back())) text = trim(text.substr(0, text.size() - 1));
  text = without_asides(text);
  if (text.size() >= 3 && text.front() == '(' && text.back() == ')') {
    out.negative = true;
    text = trim(text.substr(1, text.size() - 2));
  }
  const auto take_minus = [&](bool from_front) {
    if (text.empty() || (from_front ? text.front() : text.back()) != '-') return;
    out.negative = true;
    from_front ? text.remove_prefix(1) : text.remove_suffix(1);
    text = trim(text);
  };
  take_minus(true);
  take_word(text, before, true);
  take_minus(true);
  if (text.starts_with('+')) text.remove_prefix(1);
  take_word(text, after, false);
  if (!take_word(text, no_cents, false)) take_minus(false);
  take_word(text, after, false);
  out.digits = text;
  return out;
}

/// The digits between two separators, and which separator stands before them.
struct Group {
  std::string_view digits;
  char before = '\0';
};

std::optional<std::vector<Group>> groups_of(std::string_view text) {
  std::vector<Group> out;
  std::size_t from = 0;
  char before = '\0';
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && is_digit(text[at])) continue;
    if (at < text.size() && !is_separator(text[at])) return std::nullopt;
    if (at == from) return std::nullopt;  // two separators, or one at an end
    out.push_back({text.substr(from, at - from), before});
    if (at < text.size()) before = text[at];
    from = at + 1;
  }
  return out;
}

/// Whether the first `count` groups are thousands with one kind of separator between them.
bool are_thousands(const std::vector<Group>& groups, std::size_t count) {
  if (groups[0].digits.size() > 3 || (count > 1 && groups[0].digits[0] == '0')) return false;
  for (std::size_t i = 1; i < count; ++i) {
    if (groups[i].digits.size() != 3 || groups[i].before != groups[1].before) return false;
  }
  return true;
}

Pesos number_of(const std::vector<Group>& groups, std::size_t count) {
  Pesos value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (const char c : groups[i].digits) value = value * 10 + (c - '0');
  }
  return value;
}

bool all_zero(std::string_view digits) { return digits.find_first_not_of('0') == std::string_view::npos; }

std::optional<Pesos> amount_of(const std::vector<Group>& groups) {
  const std::size_t count = groups.size();
  const Group& last = groups.back();
  if (count == 1 || are_thousands(groups, count)) return number_of(groups, count);
  // Else the last separator is the decimals', and another one than the thousands'.
  if (last.before != '.' && last.before != ',') return std::nullopt;
  const bool grouped = count > 2;
  if (grouped && (groups[1].before == last.before || !are_thousands(groups, count - 1))) return std::nullopt;
  if (last.digits.size() > 2 && !all_zero(last.digits)) return std::nullopt;
  const Pesos value = number_of(groups, count - 1);
  // "12.50" and "40.00" may be what is left of 12.500 and 40.000.
  if (!grouped && groups[0].digits.size() <= 3 && (!all_zero(last.digits) || (value > 0 && value < 100))) return std::nullopt;
  return value + (last.digits[0] >= '5' ? 1 : 0);
}

}  // namespace

std::optional<Pesos> pesos(std::string_view raw) {
  if (is_digits(raw) && raw.size() <= 15) [[likely]] return parse_int(raw);
  const std::string plain = ascii_lower(normalize::plain_marks(trim(raw)));
  const Bare bare = without_signs(trim(plain));
  std::string_view digits = bare.digits;
  const bool thousands = digits.ends_with("mil");
  if (thousands) digits = trim(digits.substr(0, digits.size() - 3));
  if (digits.empty() || only_digits(digits).size() > 15) return std::nullopt;
  if (thousands && (!is_digits(digits) || digits.size() > 6)) return std::nullopt;  // "1.500 mil" may be either
  const auto groups = groups_of(digits);
  if (!groups) return std::nullopt;
  auto amount = amount_of(*groups);
  if (amount && thousands) *amount *= 1'000;
  if (!amount) return std::nullopt;
  return bare.negative ? -*amount : *amount;
}

}  // namespace aremko::sources

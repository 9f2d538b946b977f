#include "snapshot/search_paste.h"

#include <algorithm>

#include "base/text.h"
#include "normalize/phone_words.h"
#include "normalize/text.h"

namespace aremko::snapshot {

namespace {

using normalize::WordKind;

bool digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_in(std::string_view text) { return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), digit)); }

int hex(char c) {
  if (digit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// "%2B569…" of a link.
std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool coded = text[at] == '%' && at + 2 < text.size() && hex(text[at + 1]) >= 0 && hex(text[at + 2]) >= 0;
    out += coded ? static_cast<char>(hex(text[at + 1]) * 16 + hex(text[at + 2])) : text[at];
    at += coded ? 2 : 0;
  }
  return out;
}

/// The number or the address in a link that holds nothing else; empty for other links and texts.
std::string linked(std::string_view piece) {
  const std::string lower = ascii_lower(piece);
  const auto behind = [&](std::string_view mark) -> std::string {
    const std::size_t at = lower.find(mark);
    if (at == std::string::npos) return {};
    const std::string rest = percent_decoded(piece.substr(at + mark.size()));
    return rest.substr(0, rest.find_first_of("?&;#/"));
  };
  for (const std::string_view house : {"@c.us", "@s.whatsapp.net"}) {  // WhatsApp's own names of people
    const std::string_view number = piece.substr(0, piece.find_first_of("@:."));
    if (lower.ends_with(house) && is_digits(number)) return std::string(number);
  }
  if (lower.contains("wa.me/")) return behind("wa.me/");
  if (lower.contains("whatsapp") && lower.contains("phone=")) return behind("phone=");
  for (const std::string_view scheme : {"tel:", "mailto:", "sms:", "callto:", "whatsapp:"}) {
    if (lower.starts_with(scheme)) return behind(scheme);
  }
  return {};
}

std::string_view stripped(std::string_view piece) {
  constexpr std::string_view around = "\"'`=<>()[]{},;:*!?|";
  while (!piece.empty() && around.contains(piece.front())) piece.remove_prefix(1);
  while (!piece.empty() && (around.contains(piece.back()) || piece.back() == '.')) piece.remove_suffix(1);
  return piece;
}

/// "RUT:12345678-5", "Tel.984280796", "cel984280796", "EMAIL:ana@ejemplo.cl": what stands behind the label.
std::string_view without_label(std::string_view piece) {
  const auto says = [](std::string_view rest) {
    return is_numeric_piece(rest) || (rest.contains('@') && rest.front() != '@' && !rest.contains(':'));
  };
  if (const std::size_t colon = piece.rfind(':'); colon != std::string_view::npos && colon + 1 < piece.size()) {
    const std::string_view rest = stripped(piece.substr(colon + 1));
    const bool label = colon > 0 && std::none_of(piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(colon), digit);
    if (!rest.empty() && label && says(rest)) return rest;
  }
  const std::size_t number = piece.find_first_of("+0123456789");
  if (number == 0 || number == std::string_view::npos || !is_numeric_piece(piece.substr(number))) return piece;
  std::string word = normalize::fold(piece.substr(0, number));
  std::erase(word, ' ');
  const WordKind kind = normalize::kind_of_word(word);
  return kind == WordKind::phone || word == "rut" || word == "run" ? piece.substr(number) : piece;
}

/// Two numbers or addresses with nothing but a stroke or a comma between them.
std::vector<std::string_view> parted(std::string_view piece) {
  const bool address = piece.contains('@');
  for (std::size_t at = 1; at + 1 < piece.size(); ++at) {
    if (piece[at] != '/' && piece[at] != ',') continue;
    const std::string_view left = piece.substr(0, at);
    const std::string_view right = piece.substr(at + 1);
    const bool numbers = is_numeric_piece(left) && is_numeric_piece(right) && digits_in(left) >= 8 && digits_in(right) >= 8;
    if (!numbers && !address) continue;
    std::vector<std::string_view> out{left};
    for (const std::string_view more : parted(right)) out.push_back(more);
    return out;
  }
  return {piece};
}

}  // namespace

bool is_numeric_piece(std::string_view piece) {
  bool any = false;
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const char c = piece[i];
    if (digit(c)) {
      any = true;
    } else if (c == 'k' || c == 'K') {
      if (!any || i + 1 != piece.size()) return false;
    } else if (!std::string_view("+-.,()/").contains(c)) {
      return false;
    }
  }
  return any;
}

std::vector<std::string> pasted_pieces(std::string_view text) {
  const std::string plain = normalize::plain_marks(text);
  constexpr std::string_view between = " \t\r\n\v\f<>;|\"";
  std::vector<std::string> out;
  for (std::size_t from = 0; from < plain.size();) {
    const std::size_t start = plain.find_first_not_of(between, from);
    if (start == std::string::npos) break;
    const std::size_t end = std::min(plain.find_first_of(between, start), plain.size());
    from = end;
    const std::string_view piece = std::string_view(plain).substr(start, end - start);
    if (piece == "-") {  // "12.345.678 - 5"
      out.emplace_back(piece);
      continue;
    }
    std::string inner = linked(stripped(piece));
    if (inner.empty()) inner = without_label(stripped(piece));
    for (const std::string_view word : split(inner, ' ')) {  // a link's "9%208428%200796"
      for (const std::string_view part : parted(word)) {
        if (const std::string_view bare = stripped(part); !bare.empty()) out.emplace_back(bare);
      }
    }
  }
  return out;
}

}  // namespace aremko::snapshot

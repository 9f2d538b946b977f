#include "snapshot/search_text.h"

#include "base/text.h"
#include "normalize/phone.h"
#include "normalize/rut.h"
#include "normalize/text.h"

namespace aremko::snapshot {

namespace {

constexpr std::size_t most_bytes = 200;

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Digits with the signs that stand in phones and RUTs, a K at the end only.
bool is_numeric(std::string_view piece) {
  bool any = false;
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const char c = piece[i];
    if (digit(c)) {
      any = true;
    } else if (c == 'k' || c == 'K') {
      if (!any || i + 1 != piece.size()) return false;
    } else if (std::string_view("+-.,()/").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return any;
}

/// "12.345.678-5", "1234567-k": complete in itself, so that no neighbour belongs to it.
bool is_written_rut(std::string_view piece) {
  return piece.size() >= 3 && piece[piece.size() - 2] == '-' && only_digits(piece).size() >= 6;
}

SearchText::Number number_of(std::string_view run) {
  SearchText::Number out;
  out.phone = normalize::phone_digits(run);
  out.rut = normalize::rut_key(run);
  if (is_digits(run)) out.id = run;
  return out;
}

std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t start = text.find_first_not_of(" \t\r\n\v\f", from);
    if (start == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n\v\f", start), text.size());
    out.push_back(text.substr(start, end - start));
    from = end;
  }
  return out;
}

}  // namespace

SearchText read_search(std::string_view text) {
  SearchText out;
  text = text.substr(0, most_bytes);
  const auto pieces = pieces_of(text);
  std::string words;
  std::string run;       // numeric pieces that stand together
  bool run_closed = false;
  const auto close_run = [&] {
    if (!run.empty()) out.numbers.push_back(number_of(run));
    run.clear();
    run_closed = false;
  };
  for (const std::string_view piece : pieces) {
    if (is_numeric(piece)) {
      const std::size_t digits = only_digits(run).size();
      const bool whole = is_written_rut(piece);
      if (run_closed || (whole && !run.empty()) || (digits >= 8 && piece.size() > 1)) close_run();
      if (!run.empty()) run += ' ';
      run += piece;
      run_closed = whole;
      continue;
    }
    close_run();
    const std::size_t at = piece.find('@');
    if (at == 0) {
      out.bare_domain = true;
    } else if (at != std::string_view::npos) {
      out.emails.push_back(ascii_lower(piece));
    } else {
      words += piece;
      words += ' ';
    }
  }
  close_run();
  out.folded = normalize::fold(words);
  if (pieces.size() == 1) out.single = ascii_lower(pieces.front());
  out.open = !pieces.empty() && text.back() == pieces.back().back() && !is_numeric(pieces.back());
  return out;
}

}  // namespace aremko::snapshot

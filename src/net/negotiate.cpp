#include "net/negotiate.h"

#include <cstddef>
#include <utility>

#include "base/text.h"

namespace aremko::net {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// Takes the first item off a comma-separated list.
std::string_view next_item(std::string_view& list) {
  const auto comma = list.find(',');
  const auto item = trim(list.substr(0, comma));
  list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  return item;
}

/// "q=0.75" in thousandths, 1000 when there is none or it cannot be read.
int quality(std::string_view parameters) {
  while (!parameters.empty()) {
    const auto end = parameters.find(';');
    const auto one = trim(parameters.substr(0, end));
    parameters = end == std::string_view::npos ? std::string_view() : parameters.substr(end + 1);
    if (one.size() < 3 || lower(one[0]) != 'q' || one[1] != '=') continue;
    if (one[2] == '1') return 1000;
    if (one[2] != '0') return 1000;
    int value = 0;
    int digit = 100;
    for (std::size_t i = 4; i < one.size() && digit > 0 && one[3] == '.' && one[i] >= '0' && one[i] <= '9'; ++i) {
      value += (one[i] - '0') * digit;
      digit /= 10;
    }
    return value;
  }
  return 1000;
}

std::pair<std::string_view, int> weighted(std::string_view item) {
  const auto semicolon = item.find(';');
  if (semicolon == std::string_view::npos) return {item, 1000};
  return {trim(item.substr(0, semicolon)), quality(item.substr(semicolon + 1))};
}

/// "es", "es-CL", "ES_cl" are all of language `prefix` "es".
bool is_language(std::string_view range, std::string_view prefix) {
  return range.size() >= 2 && equal_ignoring_case(range.substr(0, 2), prefix) &&
         (range.size() == 2 || range[2] == '-' || range[2] == '_');
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i] && lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

std::string_view preferred_language(std::string_view accept_language) {
  std::string_view best = "es";
  int best_quality = 0;
  while (!accept_language.empty()) {
    const auto [range, q] = weighted(next_item(accept_language));
    if (q <= best_quality) continue;
    if (is_language(range, "en")) {
      best = "en";
      best_quality = q;
    } else if (is_language(range, "es") || range == "*") {
      best = "es";
      best_quality = q;
    }
  }
  return best;
}

bool accepts_gzip(std::string_view accept_encoding) {
  int named = -1;
  int any = 0;
  while (!accept_encoding.empty()) {
    const auto [coding, q] = weighted(next_item(accept_encoding));
    if (equal_ignoring_case(coding, "gzip") || equal_ignoring_case(coding, "x-gzip")) named = q;
    if (coding == "*") any = q;
  }
  return named >= 0 ? named > 0 : any > 0;
}

bool accepts_brotli(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const auto [coding, q] = weighted(next_item(accept_encoding));
    if (equal_ignoring_case(coding, "br")) return q > 0;
  }
  return false;
}

bool names_etag(std::string_view if_none_match, std::string_view tag) {
  while (!if_none_match.empty()) {
    auto item = next_item(if_none_match);
    if (item == "*") return true;
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item.size() < 2 || item.front() != '"' || item.back() != '"') continue;
    item = item.substr(1, item.size() - 2);
    if (item.ends_with("-gz")) item.remove_suffix(3);
    if (item == tag) return true;
  }
  return false;
}

}  // namespace aremko::net

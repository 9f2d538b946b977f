#include "sql/read_text.h"

#include <charconv>
#include <cmath>

#include "base/civil.h"
#include "base/text.h"

namespace aremko::sql {
namespace {

/// Two digits at `at`, or −1.
int two(std::string_view text, std::size_t at) {
  if (at + 2 > text.size()) return -1;
  const int tens = text[at] - '0';
  const int ones = text[at + 1] - '0';
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}

/// "Z", "+03", "+03:00", "-0300" as seconds east; nothing when it is none of these.
std::optional<int> zone_offset(std::string_view zone) {
  if (zone.empty() || zone == "Z" || zone == "z") return 0;
  if (zone[0] != '+' && zone[0] != '-') return std::nullopt;
  const int hours = two(zone, 1);
  if (hours < 0 || hours > 18) return std::nullopt;
  int minutes = 0;
  if (zone.size() > 3) {
    const std::size_t at = zone[3] == ':' ? 4 : 3;
    minutes = two(zone, at);
    if (minutes < 0 || minutes > 59 || zone.size() != at + 2) return std::nullopt;
  }
  const int seconds = hours * 3600 + minutes * 60;
  return zone[0] == '-' ? -seconds : seconds;
}

}  // namespace

std::optional<UnixSeconds> parse_iso_instant(std::string_view text) {
  text = trim(text);
  const auto date = Date::parse_iso(text.substr(0, 10));
  if (!date || !date->known()) return std::nullopt;
  const UnixSeconds midnight = std::int64_t{date->days} * 86'400;
  if (text.size() == 10) return midnight;
  if (text[10] != ' ' && text[10] != 'T') return std::nullopt;
  const int hour = two(text, 11);
  const int minute = two(text, 14);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || text[13] != ':') return std::nullopt;
  std::size_t at = 16;
  int second = 0;
  if (at < text.size() && text[at] == ':') {
    second = two(text, at + 1);
    if (second < 0 || second > 59) return std::nullopt;
    at += 3;
    if (at < text.size() && text[at] == '.') {
      ++at;
      while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    }
  }
  const auto offset = zone_offset(trim(text.substr(at)));
  if (!offset) return std::nullopt;
  return midnight + hour * 3600 + minute * 60 + second - *offset;
}

std::optional<std::int64_t> parse_decimal_whole(std::string_view text) {
  text = trim(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) {
    if (const auto whole = parse_int(text)) return whole;
  } else if (is_digits(text.substr(point + 1)) || point + 1 == text.size()) {
    // Exact, because a double holds 15 digits only.
    const bool negative = text.starts_with('-');
    const std::string_view head = text.substr(negative ? 1 : 0, point - (negative ? 1 : 0));
    if (is_digits(head)) {
      auto whole = parse_int(head);
      if (!whole) return std::nullopt;
      if (point + 1 < text.size() && text[point + 1] >= '5' && __builtin_add_overflow(*whole, 1, &*whole)) {
        return std::nullopt;
      }
      return negative ? -*whole : *whole;
    }
  }
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || !(std::abs(value) < 9.2e18)) return std::nullopt;
  return static_cast<std::int64_t>(std::round(value));
}

}  // namespace aremko::sql

#include "sources/slots.h"

#include <algorithm>
#include <array>
#include <optional>

#include <boost/json/value.hpp>

#include "base/json_read.h"
#include "base/text.h"
#include "normalize/text.h"

namespace aremko::sources {

namespace {

/// "9:30", "09:30" or "09:30:00".
std::optional<std::int16_t> minute_of(std::string_view text) {
  const auto parts = split(trim(text), ':');
  if (parts.size() < 2 || parts.size() > 3 || parts[0].empty() || parts[0].size() > 2 || parts[1].size() != 2) return std::nullopt;
  const auto hour = parse_int(parts[0]), minute = parse_int(parts[1]);
  if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) return std::nullopt;
  return static_cast<std::int16_t>(*hour * 60 + *minute);
}

/// The bit of a weekday by its name in English or Spanish, whole or its first letters; 0 for another word.
std::uint8_t weekday_bit(std::string_view name) {
  constexpr std::array<std::array<std::string_view, 2>, 7> days{{{"mon", "lun"}, {"tue", "mar"}, {"wed", "mie"}, {"thu", "jue"},
                                                                 {"fri", "vie"}, {"sat", "sab"}, {"sun", "dom"}}};
  const std::string folded = normalize::fold(name);
  for (std::size_t day = 0; day < days.size(); ++day) {
    if (folded.starts_with(days[day][0]) || folded.starts_with(days[day][1])) return static_cast<std::uint8_t>(1U << day);
  }
  return 0;
}

void add(const boost::json::value& hours, std::uint8_t weekdays, std::vector<Slot>& out) {
  const auto* list = hours.if_array();
  if (list == nullptr || weekdays == 0) return;
  for (const boost::json::value& hour : *list) {
    const auto* text = hour.if_string();
    if (text == nullptr) continue;
    if (const auto minute = minute_of(*text)) out.push_back({weekdays, *minute});
  }
}

}  // namespace

std::vector<Slot> read_slots(std::string_view json) {
  std::vector<Slot> out;
  if (json.empty()) return out;
  const auto tree = json::parse(json);
  if (!tree) return out;
  add(*tree, Slot::every_day, out);
  if (const auto* days = tree->if_object()) {
    for (const auto& day : *days) add(day.value(), weekday_bit(day.key()), out);
  }
  std::ranges::sort(out);
  const auto repeats = std::ranges::unique(out);
  out.erase(repeats.begin(), repeats.end());
  return out;
}

}  // namespace aremko::sources

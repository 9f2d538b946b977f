#pragma once
// The nine RFM segments of the contract, in the order in which they are tried.

#include <array>
#include <optional>
#include <string_view>

namespace aremko {

enum class Segment : unsigned char {
  vip, champions, at_risk, loyal, new_customer, promising, hibernating, lost, occasional
};

inline constexpr std::array<Segment, 9> all_segments{
    Segment::vip,       Segment::champions,   Segment::at_risk, Segment::loyal,     Segment::new_customer,
    Segment::promising, Segment::hibernating, Segment::lost,    Segment::occasional};

constexpr std::string_view json_name(Segment segment) {
  constexpr std::array<std::string_view, 9> names{"VIP",       "Champions",   "At Risk", "Loyal",     "New",
                                                  "Promising", "Hibernating", "Lost",    "Occasional"};
  return names[static_cast<std::size_t>(segment)];
}

/// Without regard to case; `at_risk` and `At-Risk` are read too.
std::optional<Segment> segment_named(std::string_view name);

}  // namespace aremko

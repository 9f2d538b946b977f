#pragma once
// What kind of thing a service is: the booking system's four kinds, and the extras that come with them.

#include <cstdint>
#include <string_view>

namespace aremko {

/// `extra` is ambientación, food and drink: sold beside a visit's services, never a reason for the visit.
enum class Family : std::uint8_t { tina, masaje, cabana, otro, extra };

inline constexpr int family_count = 5;

/// The contract's word: "tina", "masaje", "cabana", "otro", "extra".
constexpr std::string_view family_name(Family family) {
  switch (family) {
    case Family::tina: return "tina";
    case Family::masaje: return "masaje";
    case Family::cabana: return "cabana";
    case Family::otro: return "otro";
    case Family::extra: return "extra";
  }
  return "otro";
}

constexpr std::string_view json_name(Family family) { return family_name(family); }

}  // namespace aremko

#pragma once
// The enumerators of an enum, asked of the compiler, so that nobody writes a second list beside the first.
// For enums of up to 64 enumerators with values 0–63.

#include <array>
#include <string_view>
#include <type_traits>
#include <utility>

namespace aremko {

namespace detail {

// clang prints an enumerator as "…::active" and a value without one as "(…::Status)7".
template <auto value>
constexpr bool names_enumerator() {
  const std::string_view text = __PRETTY_FUNCTION__;
  const std::string_view shown = text.substr(text.rfind("value = "));
  const std::size_t bracket = shown.rfind(')');
  if (bracket == std::string_view::npos) return true;
  const char after = shown[bracket + 1];
  return after != '-' && (after < '0' || after > '9');
}

template <class Enum, std::size_t... i>
constexpr auto enumerators(std::index_sequence<i...>) {
  constexpr std::size_t count = (std::size_t{names_enumerator<static_cast<Enum>(i)>()} + ... + 0);
  std::array<Enum, count> out{};
  std::size_t at = 0;
  ((names_enumerator<static_cast<Enum>(i)>() ? void(out[at++] = static_cast<Enum>(i)) : void()), ...);
  return out;
}

}  // namespace detail

/// Every enumerator of `Enum`, by value.
template <class Enum>
  requires std::is_enum_v<Enum>
inline constexpr auto enum_values = detail::enumerators<Enum>(std::make_index_sequence<64>{});

}  // namespace aremko

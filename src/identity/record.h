#pragma once
// What the engine knows of somebody, from either side. Views into whoever owns the texts.

#include <cstdint>
#include <string_view>

namespace aremko::identity {

struct Record {
  std::string_view nombre{};     // as shown; folded here
  std::string_view telefono{};   // E.164, empty when none is valid
  std::string_view email{};      // lower case, empty when none is valid
  std::string_view documento{};  // as the source has it: a RUT, a passport, or nothing
  std::string_view ciudad{};
  bool excluded = false;       // staff and proxy accounts: never linked
};

}  // namespace aremko::identity

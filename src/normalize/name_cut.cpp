#include "normalize/name.h"

namespace aremko::normalize {

std::string_view before_lost_letter(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (static_cast<unsigned char>(name[i]) < 0x80) continue;
    constexpr std::string_view vowels = "\xA1\xA9\xAD\xB3\xBA\x81\x89\x8D\x93\x9A";  // áéíóú ÁÉÍÓÚ, behind C3
    if (name[i] != '\xC3' || i + 1 == name.size() || !vowels.contains(name[i + 1])) return name.substr(0, i);
    ++i;
  }
  return {};
}

}  // namespace aremko::normalize

#include "normalize/titles.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "normalize/letters.h"
#include "normalize/name.h"
#include "normalize/text.h"
#include "normalize/utf8.h"

namespace aremko::normalize {

namespace {

std::string folded(std::u32string_view word) {
  std::string plain;
  for (const char32_t c : word) append_point(plain, c);
  return fold(plain);
}

}  // namespace

bool is_honorific(std::u32string_view word) {
  if (word.size() < 2 || word.size() > 8) return false;
  std::array<char32_t, 8> plain{};
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char32_t c = to_lower(word[i]);
    plain[i] = c == U'ñ' ? U'n' : c;
  }
  static constexpr std::array<std::string_view, 23> list = {
      "sr", "sra", "srta", "srita", "sres", "sras", "senor", "senora", "senorita", "don", "dona", "dn",
      "dna", "dr", "dra", "doctor", "doctora", "mr", "mrs", "ms", "lic", "ing", "prof"};
  const std::u32string_view text(plain.data(), word.size());
  return std::ranges::any_of(list, [&](std::string_view one) {
    return std::ranges::equal(text, one, [](char32_t c, char d) { return c == static_cast<unsigned char>(d); });
  });
}

bool is_wife_of(std::u32string_view title, std::u32string_view name) {
  const std::string word = folded(title);
  return (word == "sra" || word == "senora") && is_mans_name(folded(name));
}

// The commonest given names of men in Chile; those of surnames and of women too (rosario, trinidad, alexis) are not here.
bool is_mans_name(std::string_view folded) {
  static const std::unordered_set<std::string_view> names = [] {
    constexpr std::string_view list =
        "luis jose juan carlos jorge manuel victor hector daniel gabriel miguel rafael raul cesar david felipe andres nicolas tomas "
        "matias benjamin joaquin oscar ivan ruben samuel javier cristian christian sebastian bastian julian esteban hernan german fabian "
        "joel abel angel ariel adrian agustin ramon simon nelson wilson edgar omar jaime vicente enrique felix jonathan patricio pedro "
        "pablo diego rodrigo francisco fernando alejandro eduardo ricardo roberto sergio mario marcelo mauricio marcos claudio gonzalo "
        "guillermo gustavo ignacio alberto alfredo armando arturo camilo danilo domingo emilio ernesto eugenio federico gerardo hugo "
        "humberto julio leonardo lorenzo maximiliano orlando osvaldo reinaldo renato rolando segundo alvaro cristobal";
    std::unordered_set<std::string_view> out;
    for (const std::string_view name : tokens(list)) out.insert(name);
    return out;
  }();
  return names.contains(folded);
}

}  // namespace aremko::normalize

#pragma once
// What the property tests feed the normalisers: any bytes, and dirt of the kinds the files have.

#include <string>
#include <string_view>
#include <vector>

#include <rapidcheck.h>

namespace aremko::normalize::shapes {

/// Any bytes, a third of them from pieces that the rules look at.
inline rc::Gen<std::string> bytes() {
  const auto anything = rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  const auto piece = rc::gen::elementOf(std::vector<std::string>{
      "Ã", "Â", "­", "ƒ", "â€™", "Ã±", "ð", "\xC3", "\xF1", "\xE1", "\x80", "\xFF", std::string(1, '\0'), "'", "-", ".",
      ",", " ", "  ", "+56", "9", "84280796", "12.345.678", "k", "K", "@", "gmail.com", "Sr.", "Don", "de", "la", "y",
      "Mc", "O'", "ñ", "Ñ", "é", "É", "ß", "ÿ", "İ", "ı", "ǆ", "\u0301", "\u200B", "\u00A0", "(", ")", "/", "$40.000",
      "masaje", "Rel", "o", "Desc", "Tina", "Villarrica", "Diana", "2024", "Los Lagos", "Puerto", "Montt", "RM", "x",
      "Osorno", "region", "chile", "A", "b", "#N/A", "no", "tiene", "12", "3", ":", "p.m.", "T", "Z", "<", ">", "mailto:",
      "comuna", "Niño", "min", "personas", "cumpleaños", "drenaje", "de", "e", "E", "\uFF21", "ﬁ", "Σ", "ς"});
  const auto pieces = rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const auto& list) {
    std::string out;
    for (const std::string& one : list) out += one;
    return out;
  });
  const auto spaced = rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const auto& list) {
    std::string out;
    for (const std::string& one : list) out += one + " ";
    return out;
  });
  const auto many = rc::gen::map(rc::gen::pair(pieces, rc::gen::inRange(1, 200)), [](const auto& times) {
    std::string out;
    for (int i = 0; i < times.second; ++i) out += times.first;
    return out.substr(0, 2000);
  });
  return rc::gen::oneOf(anything, pieces, spaced, pieces, spaced, many);
}

/// A well-written invented name of two to four words.
inline rc::Gen<std::string> name() {
  const auto given = rc::gen::element<std::string>("María", "José", "Ana", "Ñusta", "Iván", "Zoé", "Úrsula", "Bárbara");
  const auto family = rc::gen::element<std::string>("González", "Muñoz", "O'Higgins", "Pérez-Cotapos", "McDonald",
                                                    "de la Cruz", "von Appen", "del Río", "Núñez", "Agüero");
  return rc::gen::map(rc::gen::tuple(given, family, rc::gen::element<std::string>("", " Soto", " Ibáñez")),
                      [](const auto& parts) {
                        return std::get<0>(parts) + " " + std::get<1>(parts) + std::get<2>(parts);
                      });
}

/// A valid Chilean mobile's nine digits.
inline rc::Gen<std::string> mobile() {
  return rc::gen::suchThat(rc::gen::map(rc::gen::inRange(920000000, 999999999),
                                        [](int number) { return std::to_string(number); }),
                           [](const std::string& digits) {
                             return digits.find_first_not_of(digits.back(), 1) != std::string::npos;
                           });
}

/// ASCII and Latin-1 letters in the other case; the rest as it is.
inline std::string mapped(std::string_view text, bool to_upper) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto byte = static_cast<unsigned char>(out[i]);
    if (byte == 0xC3 && i + 1 < out.size()) {
      const auto next = static_cast<unsigned char>(out[i + 1]);
      const bool letter = (next & 0x1FU) != 0x17 && next != 0x9F && next != 0xBF;
      if (letter) out[i + 1] = static_cast<char>(to_upper ? next & ~0x20U : next | 0x20U);
      ++i;
    } else if (to_upper && byte >= 'a' && byte <= 'z') {
      out[i] = static_cast<char>(byte - 32);
    } else if (!to_upper && byte >= 'A' && byte <= 'Z') {
      out[i] = static_cast<char>(byte + 32);
    }
  }
  return out;
}
inline std::string upper(std::string_view text) { return mapped(text, true); }
inline std::string lower(std::string_view text) { return mapped(text, false); }

}  // namespace aremko::normalize::shapes

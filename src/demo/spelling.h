#pragma once
// How people write: letters with and without accents, the slips of Spanish speakers and phone keyboards, and the many
// shapes of a phone number or a RUT.

#include <cstdint>
#include <string>
#include <string_view>

#include "demo/rng.h"

namespace aremko::demo {

// UTF-8 of ASCII and Latin-1 letters, which is all our lists have; other bytes pass unchanged.
std::string lower(std::string_view text);
std::string upper(std::string_view text);
/// á → a and ü → u; ñ → n only when `enye` is true.
std::string without_accents(std::string_view text, bool enye);
/// Lower-case ASCII letters alone, as in a mail address: "Peña-Núñez" → "penanunez".
std::string mail_letters(std::string_view text);
/// Lower case, no accents, single blanks: equal for names that are written the same but for that.
std::string plain(std::string_view text);
/// What the services file has of a name: all before its first letter that is neither ASCII nor an accented vowel.
/// "Luis Muñoz Soto" → "Luis Mu"; "Inés Argüello" → "Inés Arg".
std::string cut_at_foreign_letter(std::string_view text);
/// Every word begins with a capital, the rest is small ("De La Fuente", as careless typing makes it).
std::string capitalised(std::string_view text);

/// One slip in one word of five letters or more where there is one: b/v, s/z/c, a lost h, ll/y, g/j, i/y, two letters
/// swapped, one lost, doubled, or its neighbour on the keyboard. The first letter mostly stays.
std::string with_typo(std::string_view text, Rng& rng);

char rut_check_digit(std::uint32_t body);
/// "12.345.678-5"
std::string rut_dotted(std::uint32_t body, char check);
/// A RUT as the legacy file has it, in the proportions of the real one; the check digit is `check`.
std::string rut_as_typed(std::uint32_t body, char check, Rng& rng);
std::string rut_dashed(std::uint32_t body, char check);

/// A phone as older code of the booking system saved it; `mobile` has nine digits.
std::string phone_as_saved(std::uint32_t mobile, Rng& rng);

}  // namespace aremko::demo

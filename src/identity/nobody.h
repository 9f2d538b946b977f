#pragma once
// What people type where there is no name and no number: the same words and digits stand on strangers.

#include <string_view>

namespace aremko::identity {

/// A folded name of which no word is anybody's: `sin nombre`, `reserva web`, `cliente booking`, `nn`. One word of a person
/// makes it that person's: `reserva luz raipane` is hers.
bool is_nobodys_name(std::string_view folded);

/// `juan peralta y maria manzor`: two people in one name. Folded, particles in their places.
bool is_couple(std::string_view folded);

/// `hija de sonia catepillan`, `amiga de ana`: whoever it is, it is not the one who is named.
bool is_relative_of_somebody(std::string_view folded);

/// A hotel, a firm, a town hall: its branches share words as no family does.
bool is_organisation(std::string_view folded);

/// A word that says something of a booking and nothing of a person: `reserva`, `gift`, `vip`.
bool is_note_word(std::string_view folded);

/// Digits that somebody made up: one digit again and again (`999999999`, `900000000`), or counting up (`123456789`, `912345678`).
/// Counting down is not among them: 987654321 has been given out.
bool is_nobodys_number(std::string_view digits);

}  // namespace aremko::identity

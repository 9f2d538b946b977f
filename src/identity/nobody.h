#pragma once
// What people type where there is no name and no number: the same words and digits stand on strangers.

#include <string>
#include <string_view>

namespace aremko::identity {

/// A folded name of which no word is anybody's: `sin nombre`, `reserva web`, `cliente booking`, `nn`, `la novia`, `aaaa`. One word of a
/// person makes it that person's (`reserva luz raipane` is hers), unless it begins by saying that there is no name: `s/n munoz`.
bool is_nobodys_name(std::string_view folded);

/// `juan peralta y maria manzor`: two people in one name. Folded, particles in their places.
bool is_couple(std::string_view folded);

/// `hija de sonia catepillan`, `amiga de ana`: whoever it is, it is not the one who is named.
bool is_relative_of_somebody(std::string_view folded);

/// The same with what tells the relation in front, where is_relative_of_somebody() looks: `sra de ricardo bonta`, `sra luis bopp` and `julio hott
/// hijo` become `senora de ricardo bonta` and `parte hijo julio hott`. Others as they are.
std::string with_relation_first(std::string_view folded);

/// A name as it was typed, folded, with ` y ` between two people whatever stood there: `/`, `+`, `&`, ` - `, `con`, `o`, `and`, or
/// a comma between two whole names.
std::string with_two_people_told(std::string_view raw);

/// What is typed where no mailbox is known: `test@…`, `sincorreo@…`, `no-reply@…`. In lower case.
bool is_nobodys_mailbox(std::string_view address);

/// A desk's mailbox, whoever sits there: `info@…`, `reservas@…`. It tells a firm, and no person. In lower case.
bool is_roles_mailbox(std::string_view address);

/// A hotel, a firm, a town hall: its branches share words as no family does.
bool is_organisation(std::string_view folded);

/// A word that says something of a booking and nothing of a person: `reserva`, `gift`, `vip`.
bool is_note_word(std::string_view folded);

/// Digits that may well be made up, though somebody has them: counting down (`987654321`), one pair or four again and again
/// (`912121212`), each digit twice (`922334455`). Of these two strangers are enough to tell.
bool looks_made_up(std::string_view digits);

/// Digits that somebody made up: one digit again and again (`999999999`, `900000000`), or counting up (`123456789`, `912345678`).
/// Counting down is not among them: 987654321 has been given out.
bool is_nobodys_number(std::string_view digits);

}  // namespace aremko::identity

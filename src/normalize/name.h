#pragma once
// A person's name as it was typed, made fit to show.

#include <string>
#include <string_view>

namespace aremko::normalize {

struct PersonName {
  std::string shown;        // "Sonia Silva"; empty when nothing of a name is left
  std::string glued_phone;  // the digits of a phone typed into the name field, for phone(); else empty
  std::string glued_rut;    // a valid RUT typed into the name field, canonical; else empty
  bool had_honorific = false;
  bool recased = false;  // the case was changed
};

/// Title case with accents kept, particles (`de`, `del`, `la`, `y`, `von` …) lower unless first, `O'Higgins`,
/// `McDonald`, `Pérez-Cotapos`; a phone glued on either end cut off; honorifics (`Sr.`, `Doña`, `Dra.` …) dropped while
/// a name remains; blanks single, points and commas at the ends gone. A name already in mixed case keeps its case.
/// Takes any bytes; reads 400 bytes at most, more is no name. Idempotent on `shown`.
PersonName person_name(std::string_view raw);

/// What stands before the first letter that is neither ASCII nor an accented vowel: `Ana Mu` of `Ana Muñoz Soto`. The old booking
/// system's services file holds names so. Empty when there is no such letter.
std::string_view before_lost_letter(std::string_view name);

/// Whether a folded word is a given name that men alone bear: `luis`, `pedro`; not `trinidad`, `rosario`.
bool is_mans_name(std::string_view folded);

}  // namespace aremko::normalize

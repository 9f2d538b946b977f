#pragma once
// Whether two whole names are of people who go by different given names, though surname and contact may agree: sisters,
// twins, a couple. A rule that anybody can check by hand, beside the model's levels, which count words and not whose they
// are.

#include <functional>
#include <string_view>

namespace aremko::identity {

/// Whether a folded word is known as a given name in Chile. Some (`paz`, `martin`) are surnames too.
bool is_given_name(std::string_view word);

/// A man's and a woman's form of one name: `claudio` and `claudia`, `martin` and `martina`, `andres` and `andrea`, `noel` and
/// `noelia`, `michel` and `michelle`.
bool man_and_woman(std::string_view a, std::string_view b);

/// One given name in two spellings: the same, an initial, a nickname, a diminutive, a shortening or a misspelling. `martin`
/// and `martina`, `rosa` and `rosario`, `marta` and `mirta` are not.
bool same_given_name(std::string_view a, std::string_view b);

/// Whether a given name on one side stands against another on the other: `maria jose soto paz` and `maria paz soto paz`,
/// `martin soto` and `martina soto`. A name left out, other surnames, another order and words run together are no such
/// contradiction, nor is an empty name. Folded texts, words in their order; `given_share` (0–1) tells how often the lists
/// themselves have a word first, for names that is_given_name does not know.
bool other_given_name(std::string_view a, std::string_view b, const std::function<double(std::string_view)>& given_share);
/// The same by the known names alone.
bool other_given_name(std::string_view a, std::string_view b);

}  // namespace aremko::identity

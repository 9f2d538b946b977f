#pragma once
// The words of a spa's price list: how they are spelled, what they mean, and what is a name.

#include <optional>
#include <string_view>

#include "model/family.h"

namespace aremko::normalize::vocabulary {

struct Entry {
  std::string_view folded;  // as typed: plural, abbreviated, without accent
  std::string_view shown;   // as it is to be shown
};

/// The entry for a folded word; nullptr for a word we know nothing of.
const Entry* find(std::string_view folded);
/// The one entry a typing error away from a word of seven letters or more; nullptr when there is none or several.
const Entry* near(std::string_view folded);

std::optional<Family> family_of_word(std::string_view folded);

/// A tub with a name of its own.
struct Tub {
  std::string_view folded;
  std::string_view name;
  bool jets;  // shown as "Hidromasaje …"
};
const Tub* find_tub(std::string_view folded);

/// A first name, as therapists' names are written behind a massage; words that also mean something in a spa are not.
bool is_given_name(std::string_view folded);

}  // namespace aremko::normalize::vocabulary

#pragma once
// Relatives: different people who share surnames, phones and mailboxes, and now and then a given name. And one person twice.

#include <cstdint>
#include <optional>
#include <string>

#include "demo/world.h"

namespace aremko::demo {

enum class Kinship : std::uint8_t { couple, sibling, parent, cousin };

struct Kin {
  Person other = 0;  // whose relative; is nobody's in turn, and in the data
  Kinship kinship = Kinship::cousin;
  bool one_phone = false;  // the other's number was given for this one
  bool one_mailbox = false;
  bool one_town = false;
};

/// None for most people, the guide's two and the house's accounts among them.
std::optional<Kin> kin_of(const World& world, Person person);

/// `own` is the name that they would have without the relative.
FullName name_of_kin(const World& world, Person person, const Kin& kin, FullName own);

/// Whose second record among the customers this is, made when they came with another number; none for most. Neither of the
/// two stands in the legacy files, so that a legacy row is one customer's.
std::optional<Person> first_record_of(const World& world, Person person);

/// "Ana y Pedro", "Ana Soto y Pedro Rojas": with whom somebody came stands in their own name.
std::string name_with_partner(const World& world, Person person, Rng& rng);

}  // namespace aremko::demo

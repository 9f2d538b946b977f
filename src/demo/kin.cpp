#include "demo/kin.h"

#include <fmt/format.h>

#include "demo/legacy_row.h"
#include "demo/people_shares.h"

namespace aremko::demo {

namespace {

using namespace people_share;

bool is_a_person(Person person) {
  return person != 0 && !World::is_guide(person) && !World::is_staff(person) && !World::is_organisation(person) &&
         !World::is_nobody(person);
}

/// Which relative of somebody's a person was made to be, if any; whose, is drawn after it.
std::optional<Kinship> kinship_of(Person person, Rng& rng) {
  const std::size_t drawn = rng.weighted({couple, sibling, parent, cousin, 1000 - couple - sibling - parent - cousin});
  if (drawn > 3 || !is_a_person(person)) return {};
  return static_cast<Kinship>(drawn);
}

Rng dice(const World& world, Person person, std::uint64_t part) { return Rng(world.seed(), Stream::kin, person, part); }

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

/// A given name other than the one given.
std::string another_given(const World& world, bool woman, std::string_view than, Rng& rng) {
  std::string name = world.names().given(woman, rng);
  while (first_word(name) == first_word(than)) name = world.names().given(woman, rng);
  return name;
}

/// Named as the other, second given name apart.
void name_so(const FullName& other, FullName& own) {
  if (own.woman != other.woman) own.second.clear();
  own.woman = other.woman;
  own.given = other.given;
}

FullName sibling_of(const World& world, const FullName& other, FullName own, Rng& rng) {
  own.surname = other.surname;
  own.maternal = other.maternal;
  if (rng.chance(differ_in_o_a)) {
    if (std::string name = world.names().counterpart(other.given); !name.empty()) {
      own.woman = !other.woman;
      own.given = std::move(name);
      own.second = another_given(world, own.woman, own.given, rng);
      return own;
    }
  }
  if (first_word(other.given) == "María" && rng.chance(both_maria)) {
    own.woman = true;
    do own.given = world.names().after_maria(rng);
    while (own.given == other.given);
    own.second.clear();
    return own;
  }
  own.given = another_given(world, own.woman, other.given, rng);
  for (int tries = 0; rng.chance(twins) && own.given.front() != other.given.front() && tries < 40; ++tries) {
    own.given = another_given(world, own.woman, other.given, rng);
  }
  return own;
}

/// A son bears his father's first surname, and his mother's as the second; here the other is of the same sex.
FullName child_of(const World& world, const FullName& other, FullName own, Rng& rng) {
  if (rng.chance(child_named_so)) {
    name_so(other, own);
  } else if (first_word(own.given) == first_word(other.given)) {
    own.given = another_given(world, own.woman, other.given, rng);
  }
  (other.woman ? own.maternal : own.surname) = other.surname;
  return own;
}

FullName cousin_of(const FullName& other, FullName own, Rng& rng) {
  if (rng.chance(cousin_named_so)) name_so(other, own);
  // Of four pairs of brothers and sisters one is two brothers: then it is the first surname of both.
  std::string& shared = rng.chance(500) ? own.surname : own.maternal;
  shared = rng.chance(500) ? other.surname : other.maternal;
  return own;
}

FullName partner_of(const World& world, const FullName& other, FullName own, Rng& rng) {
  if (own.woman != other.woman || rng.chance(couple_of_one_sex)) return own;
  own.woman = !other.woman;
  own.given = world.names().given(own.woman, rng);
  own.second.clear();
  return own;
}

}  // namespace

std::optional<Kin> kin_of(const World& world, Person person) {
  Rng rng = dice(world, person, 0);
  const std::optional<Kinship> kinship = kinship_of(person, rng);
  if (!kinship) return {};
  Rng more = dice(world, person, 1);
  const std::uint32_t drawn = more.below(world.customers() + world.legacy_rows());
  const Person other = drawn < world.customers() ? drawn : world.legacy_person(first_row_of_person(world, drawn - world.customers()));
  Rng others = dice(world, other, 0);
  if (other == person || !is_a_person(other) || kinship_of(other, others)) return {};
  const auto at = static_cast<std::size_t>(*kinship);
  return Kin{other, *kinship, more.chance(static_cast<std::uint32_t>(one_phone[at])),
             more.chance(static_cast<std::uint32_t>(one_mailbox[at])), more.chance(static_cast<std::uint32_t>(one_town[at]))};
}

std::optional<Person> first_record_of(const World& world, Person person) {
  const auto may_be = [&](Person one) {
    Rng kinship = dice(world, one, 0);
    return is_a_person(one) && world.is_customer(one) && !world.in_legacy_file(one) && !kinship_of(one, kinship);
  };
  const auto drawn = [&](Person one) { return Rng(world.seed(), Stream::second_record, one).chance(second_record); };
  if (!drawn(person) || !may_be(person)) return {};  // few are drawn, and names are asked for often
  Rng rng(world.seed(), Stream::second_record, person, 1);
  for (int tries = 0; tries < 10; ++tries) {
    const Person other = rng.below(world.customers());
    if (other != person && !drawn(other) && may_be(other)) return other;
  }
  return {};
}

FullName name_of_kin(const World& world, Person person, const Kin& kin, FullName own) {
  Rng rng = dice(world, person, 2);
  const FullName other = world.name(kin.other);
  switch (kin.kinship) {
    case Kinship::couple: return partner_of(world, other, std::move(own), rng);
    case Kinship::sibling: return sibling_of(world, other, std::move(own), rng);
    case Kinship::parent: return child_of(world, other, std::move(own), rng);
    case Kinship::cousin: return cousin_of(other, std::move(own), rng);
  }
  return own;
}

std::string name_with_partner(const World& world, Person person, Rng& rng) {
  const FullName own = world.name(person);
  FullName partner = world.names().full_name(rng);
  const std::optional<Kin> kin = kin_of(world, person);
  if (kin && kin->kinship == Kinship::couple) partner = world.name(kin->other);
  if (partner.woman == own.woman) partner.given = world.names().given(!own.woman, rng);
  switch (rng.weighted({30, 30, 40})) {
    case 0: return fmt::format("{} y {}", own.given, partner.given);
    case 1: return fmt::format("{} y {} {}", own.given, partner.given, own.surname);
    default: return fmt::format("{} {} y {} {}", own.given, own.surname, partner.given, partner.surname);
  }
}

}  // namespace aremko::demo

#pragma once
// A row of the legacy customers file, with what happened to it on the way.

#include <cstdint>
#include <optional>
#include <string>

#include "demo/world.h"

namespace aremko::demo {

/// The row of the guide's María (legacy id 1657) and Patricio (2210).
std::uint32_t guide_row(const World& world, Person person);
std::uint32_t legacy_id(const World& world, std::uint32_t row);

/// The row that this one repeats, itself when it repeats none: about one row in eleven is somebody's second.
std::uint32_t first_row_of_person(const World& world, std::uint32_t row);

struct LegacyRow {
  std::uint32_t id = 0;
  std::string record_id;
  std::string created;  // M/D/YYYY H:MM
  std::string email;
  std::string phone;
  std::string client;   // the cell
  std::string name;     // the name in it, before a phone, an honorific or a second blank got in
  std::string document;
  std::string address;
  Person person = 0;
  std::string damage;   // "typo+phone_changed"; empty when the row is as it should be
};

LegacyRow legacy_row(const World& world, std::uint32_t row);
/// LegacyRow::name alone, cheaper.
std::string legacy_name(const World& world, std::uint32_t row);

}  // namespace aremko::demo

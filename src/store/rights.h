#pragma once
// What somebody may do here, decided in this one place: from a person's role, or from a key's scope.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "base/error.h"

namespace aremko::store {

/// What a key may do; each contains the ones before it.
enum class Scope { read, write, admin };

constexpr std::string_view json_name(Scope scope) {
  switch (scope) {
    case Scope::read: return "read";
    case Scope::write: return "write";
    case Scope::admin: return "admin";
  }
  return "";
}
std::optional<Scope> scope_named(std::string_view name);
constexpr bool covers(Scope held, Scope needed) { return held >= needed; }

/// What a person of the house works as.
enum class Role : std::uint8_t { reception, marketing, owner, administration };

constexpr std::string_view json_name(Role role) {
  switch (role) {
    case Role::reception: return "reception";
    case Role::marketing: return "marketing";
    case Role::owner: return "owner";
    case Role::administration: return "administration";
  }
  return "";
}
std::optional<Role> role_named(std::string_view name);
/// As a sentence says it: "recepción", "reception".
Text spoken(Role role);

/// What is given or refused by itself, beside what a scope reaches.
enum class Right : std::uint8_t {
  contacts,   // to see phones, e-mails and identity documents, and to search by them
  exporting,  // to take a list away as a file
  deciding,   // to say who is who: links, merges, a sync
  sending,    // to write to guests
  settings,   // people, devices, keys
};

constexpr std::string_view json_name(Right right) {
  switch (right) {
    case Right::contacts: return "contacts";
    case Right::exporting: return "exporting";
    case Right::deciding: return "deciding";
    case Right::sending: return "sending";
    case Right::settings: return "settings";
  }
  return "";
}

class Rights {
 public:
  constexpr Rights() = default;
  constexpr Rights(std::initializer_list<Right> all) {
    for (const Right right : all) bits_ = static_cast<std::uint8_t>(bits_ | bit(right));
  }
  constexpr bool has(Right right) const { return (bits_ & bit(right)) != 0; }
  friend constexpr bool operator==(const Rights&, const Rights&) = default;

 private:
  static constexpr std::uint8_t bit(Right right) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(right)); }
  std::uint8_t bits_ = 0;
};

constexpr Rights rights_of(Role role) {
  switch (role) {
    case Role::reception: return {Right::contacts, Right::deciding};
    case Role::marketing: return {Right::contacts, Right::exporting, Right::sending};
    case Role::owner:
    case Role::administration: return {Right::contacts, Right::exporting, Right::deciding, Right::sending, Right::settings};
  }
  return {};
}

constexpr Rights rights_of(Scope scope) {
  switch (scope) {
    case Scope::read: return {};
    case Scope::write: return {Right::contacts, Right::deciding, Right::sending};  // the booking system's own client sends
    case Scope::admin: return rights_of(Role::administration);
  }
  return {};
}

/// How far a person of that role reaches where a verb asks for a key's scope.
constexpr Scope scope_of(Role role) {
  return role == Role::owner || role == Role::administration ? Scope::admin : Scope::write;
}

/// Why somebody is refused, and whom to ask.
Error lacks(Right right);

}  // namespace aremko::store

#pragma once
// Guests that are no person: firms and institutions, of which many share words; names, numbers and addresses that are nobody's.

#include <cstdint>
#include <string>
#include <string_view>

#include "demo/world.h"

namespace aremko::demo {

/// "Municipalidad de Puerto Varas", "Constructora Soto Ltda"; no two are named alike.
std::string organisation_name(const World& world, Person person);
/// "Constructora Soto Ltda" → "Constructora Soto".
std::string without_legal_form(std::string_view name);

/// "Reserva Web", "Sin Nombre".
std::string_view filler_name(Rng& rng);
/// "999999999": nine digits.
std::string_view filler_phone(Rng& rng);
/// "sinmail@gmail.com"
std::string_view filler_mail(Rng& rng);

/// A booking system's phones are unique, so each shape of a filler stands there once; empty for nearly everybody.
std::string_view filler_phone_of(Person person);

/// Where guests of a hotel can be reached: its number and mailbox, one of a few.
std::string reception_phone(const World& world, Rng& rng);
std::string reception_mail(const World& world, Rng& rng);

}  // namespace aremko::demo

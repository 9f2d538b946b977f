#include "demo/no_person.h"

#include <array>

#include <fmt/format.h>

#include "demo/people_shares.h"

namespace aremko::demo {

namespace {

enum class Named : std::uint8_t { surname, place, town };

struct Trade {
  std::string_view before;
  std::string_view after;
  Named named;
};

constexpr std::array<Trade, 14> trades{{{"Municipalidad de ", "", Named::town},
                                        {"Constructora ", " Ltda", Named::surname},
                                        {"Hotel ", "", Named::place},
                                        {"Inmobiliaria ", " SpA", Named::surname},
                                        {"Colegio ", "", Named::place},
                                        {"Transportes ", " Ltda", Named::surname},
                                        {"Hostal ", "", Named::place},
                                        {"Comercial ", " Ltda", Named::surname},
                                        {"Hospital de ", "", Named::town},
                                        {"Agrícola ", " SpA", Named::surname},
                                        {"Turismo ", " EIRL", Named::place},
                                        {"Ingeniería ", " Ltda", Named::surname},
                                        {"Cámara de Comercio de ", "", Named::town},
                                        {"Clínica ", "", Named::place}}};
constexpr std::array<std::string_view, 14> places{"Bellavista", "Los Volcanes", "Del Lago", "Los Alerces", "Patagonia",
                                                  "Costanera", "Los Coihues", "Austral", "Rosas del Sur", "Alto Bonito",
                                                  "Los Arrayanes", "Reloncaví", "Cordillera", "San Rafael"};
constexpr std::array<std::string_view, 4> legal_forms{" Ltda", " SpA", " EIRL", " y Cía"};

std::uint32_t scaled(const World& world, std::uint32_t at_real_size) {
  return std::max(2u, static_cast<std::uint32_t>(std::uint64_t{world.customers()} * at_real_size / 13'300));
}

/// One of a few hotels.
Contact reception(const World& world, Rng& rng) {
  constexpr std::uint32_t first_hotel = 2;  // among the trades
  const std::uint32_t number = first_hotel + rng.below(scaled(world, 3)) * static_cast<std::uint32_t>(trades.size());
  return world.contact(number * people_share::organisation_every + World::first_organisation);
}

}  // namespace

std::string organisation_name(const World& world, Person person) {
  const std::uint32_t number = person / people_share::organisation_every;
  const std::size_t rank = number / trades.size();
  const Trade& trade = trades[number % trades.size()];
  const auto named = [&](std::string_view what) { return fmt::format("{}{}{}", trade.before, what, trade.after); };
  const std::size_t surnames = world.names().surnames();
  switch (trade.named) {
    case Named::town:
      if (rank < world.cities().size()) return named(world.cities()[rank].name);
      break;
    case Named::surname:
      if (rank < surnames) return named(world.names().surname_of_rank(rank));
      break;
    case Named::place: {
      // The second of a name is a branch: it says where it is.
      const std::size_t branch = rank / places.size();
      if (branch == 0) return named(places[rank]);
      if (branch > world.cities().size()) break;
      return named(fmt::format("{} {}", places[rank % places.size()], world.cities()[branch - 1].name));
    }
  }
  return fmt::format("Sociedad {} y {} Ltda", world.names().surname_of_rank(number % surnames),
                     world.names().surname_of_rank(number / surnames % surnames));
}

std::string without_legal_form(std::string_view name) {
  for (const std::string_view form : legal_forms) {
    if (name.ends_with(form)) name.remove_suffix(form.size());
  }
  return std::string(name);
}

std::string_view filler_name(Rng& rng) {
  constexpr std::array<std::string_view, 14> names{
      "Sin Nombre",  "Reserva Web", "Cliente Booking",  "Por Confirmar", "Reserva Booking", "Cliente Nuevo",    "Pasajero Airbnb",
      "Cliente Web", "Sin Apellido", "Reserva Gift Card", "No Indica",    "Reserva Instagram", "Nombre Pendiente", "NN"};
  return rng.pick(names);
}

std::string_view filler_phone(Rng& rng) {
  constexpr std::array<std::string_view, 6> phones{"999999999", "999999999", "912345678", "900000000", "911111111", "999999999"};
  return rng.pick(phones);
}

std::string_view filler_mail(Rng& rng) {
  constexpr std::array<std::string_view, 7> mails{"sinmail@gmail.com",  "sinmail@gmail.com",  "notiene@gmail.com", "nomail@gmail.com",
                                                  "sincorreo@gmail.com", "correo@gmail.com", "no@no.cl"};
  return rng.pick(mails);
}

std::string_view filler_phone_of(Person person) {
  constexpr std::array<std::string_view, 12> shapes{"+56999999999", "999999999",    "+56912345678", "900000000",
                                                    "+56 9 9999 9999", "912345678", "+56900000000", "56999999999",
                                                    "+56911111111", "99999999", "+56 9 1234 5678", "911111111"};
  constexpr Person first = 211, every = 37;
  if (person < first || (person - first) % every != 0) return {};
  const Person which = (person - first) / every;
  return which < shapes.size() ? shapes[which] : std::string_view{};
}

std::string reception_phone(const World& world, Rng& rng) { return fmt::format("{}", reception(world, rng).mobile); }
std::string reception_mail(const World& world, Rng& rng) { return reception(world, rng).email; }

}  // namespace aremko::demo

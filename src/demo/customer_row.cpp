#include "demo/customer_row.h"

#include <array>

#include <fmt/format.h>

#include "demo/kin.h"
#include "demo/no_person.h"
#include "demo/people_shares.h"
#include "demo/plan.h"
#include "demo/spelling.h"

namespace aremko::demo {

namespace {

/// Of a firm or a nobody: only the case and the legal form differ.
std::string current_whole(const FullName& full, Rng& rng) {
  std::string name = rng.chance(people_share::legal_form_left_out) ? without_legal_form(full.given) : full.given;
  if (rng.chance(200)) name = without_accents(name, true);
  const std::uint32_t shape = rng.below(1000);
  if (shape < 120) return lower(name);
  return shape < 220 ? upper(name) : name;
}

std::string current_name(const FullName& full, Rng& rng) {
  if (full.surname.empty()) return current_whole(full, rng);
  constexpr std::array<int, 4> words{1, 2, 3, 4};
  std::string name = name_in_words(full, words[rng.weighted({8, 452, 385, 155})]);
  if (rng.chance(50)) name = with_typo(name, rng);
  if (rng.chance(420)) name = without_accents(name, rng.chance(500));
  const std::uint32_t shape = rng.below(1000);
  if (shape < 60) name = lower(name);
  if (shape >= 60 && shape < 95) name = upper(name);
  if (shape >= 95 && shape < 110) name += ' ';
  if (World::reserved_name(name)) name = name_in_words(full, 3);
  return name;
}

std::string current_phone(const Contact& contact, Rng& rng) {
  if (contact.foreign()) return contact.foreign_phone;
  if (rng.chance(120)) return phone_as_saved(contact.mobile, rng);
  return fmt::format("+56{}", contact.mobile);
}

std::string city_as_typed(const std::string& city, Rng& rng) {
  const std::uint32_t shape = rng.below(1000);
  if (shape < 60) return lower(city);
  if (shape < 80) return upper(city);
  if (shape < 110) return without_accents(city, false);
  if (shape < 125) return city + " ";
  return city;
}

/// What is typed where somebody has no number or address of their own, or the hotel's where they stay is.
void write_fillers(const World& world, Person person, CustomerRow& row) {
  Rng rng(world.seed(), Stream::filler, person, 1);
  if (const std::string_view phone = filler_phone_of(person); !phone.empty()) row.telefono = phone;
  if (rng.chance(people_share::couple_as_one_name) && !World::is_nobody(person) && !World::is_organisation(person)) {
    Rng partner(world.seed(), Stream::one_name, person);
    row.nombre = name_with_partner(world, person, partner);
  }
  if (!row.email || row.email->empty()) return;
  if (rng.chance(people_share::filler_mail)) row.email = filler_mail(rng);
  else if (rng.chance(people_share::reception_mail)) row.email = reception_mail(world, rng);
}

CustomerRow staff_row(Person person) {
  constexpr std::array<std::string_view, 4> names{"Aremko Recepción", "Venta Mostrador", "Cortesía Aremko", "Canje Prensa"};
  constexpr std::array<std::string_view, 3> unmarked{"Aremko Hotel Spa", "Masajistas Aremko", "Gift Card Aremko"};
  CustomerRow row;
  row.staff = World::is_marked_staff(person);
  row.nombre = fmt::format("{} {}", row.staff ? names[person % names.size()] : unmarked[person % unmarked.size()], person + 1);
  row.telefono = fmt::format("+5665{:07}", 2'000'000 + person);
  row.created = Moment::at(opening_day(), 9, 0);
  return row;
}

}  // namespace

std::string name_in_words(const FullName& name, int words) {
  std::string out = name.given;
  if (words >= 4 && !name.second.empty()) out.append(" ").append(name.second);
  if (words >= 2 && !name.surname.empty()) out.append(" ").append(name.surname);
  if (words >= 3 && !name.maternal.empty()) out.append(" ").append(name.maternal);
  return out;
}

CustomerRow customer_row(const World& world, Person person) {
  if (World::is_staff(person)) return staff_row(person);
  Rng rng(world.seed(), Stream::current_row, person);
  const FullName full = world.name(person);
  const Contact contact = world.contact(person);
  const City& city = world.cities()[contact.city];
  const bool guide = World::is_guide(person);
  CustomerRow row;
  row.nombre = guide || person == 0 ? name_in_words(full, person == 0 ? 3 : 2) : current_name(full, rng);
  row.telefono = guide ? fmt::format("+56{}", contact.mobile) : current_phone(contact, rng);
  if (guide || rng.chance(720)) {
    row.email = contact.email;
    if (!guide && rng.chance(40)) row.email = upper(contact.email);
  } else if (rng.chance(300)) {
    row.email = "";
  }
  if (!contact.foreign() && (guide || rng.chance(560))) {
    const char check = person == maria ? '9' : rut_check_digit(contact.rut_body);
    row.documento_identidad = guide || rng.chance(600) ? rut_dashed(contact.rut_body, check)
                                                       : rut_dotted(contact.rut_body, check);
    if (!guide && rng.chance(25)) row.documento_identidad = fmt::format("{}-{}", contact.rut_body, rng.below(10));
  }
  if (guide || rng.chance(820)) row.pais = std::string(contact.country);
  if (!contact.foreign() && (guide || rng.chance(830))) {
    row.ciudad = guide ? city.name : city_as_typed(city.name, rng);
    row.region = guide || rng.chance(880) ? city.region : 0;
    row.has_comuna = row.region != 0 && (guide || rng.chance(900));
  }
  if (World::is_nobody(person)) row.email = row.documento_identidad = std::nullopt;
  if (!guide && person != 0) write_fillers(world, person, row);
  // Los Lagos and its neighbours lie within two hours' drive.
  if (contact.foreign()) row.geography = "extranjero";
  else if (row.region != 0) row.geography = row.region == 10 || row.region == 14 ? "sur" : "nacional";
  const std::vector<PlannedSale> sales = sales_of(world, person);
  if (!sales.empty() && (guide || rng.chance(930))) row.created = Moment{sales.back().created.minutes - 3};
  if (guide) return row;
  row.opt_out = rng.chance(30);
  if (rng.chance(15)) row.not_before = world.today().plus_days(rng.between(-60, 120));
  if (rng.chance(120)) row.last_contact = world.today().plus_days(-rng.between(1, 400));
  return row;
}

}  // namespace aremko::demo

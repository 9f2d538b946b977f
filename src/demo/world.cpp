#include "demo/world.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "demo/kin.h"
#include "demo/no_person.h"
#include "demo/people_shares.h"
#include "demo/spelling.h"
#include "demo_data.h"

namespace aremko::demo {

namespace {

constexpr std::uint64_t mobiles = 70'000'000;  // 930000000 – 999999999, the range Chile has given out
constexpr std::uint64_t old_mobiles_from = 35'000'000;
constexpr std::uint64_t other_mobiles_from = 50'000'000;
constexpr std::uint64_t rut_bodies = 20'000'000;  // 4.0 – 24.0 million: people born from the forties to 2012
constexpr std::uint64_t spare = 1;                // counted from the end: stands in for the guide's own number
constexpr std::uint64_t another_spare = 2;        // … and for one that is nobody's, 999999999
constexpr std::uint32_t rut_of_organisations = 72'000'000;  // is added: theirs begin at 76 million

struct Abroad {
  std::string_view country;
  std::string_view prefix;  // of a mobile, all but its last seven digits
};
constexpr std::array<Abroad, 6> countries{{{"Argentina", "+549114"}, {"Argentina", "+549294"}, {"Brasil", "+551199"},
                                           {"España", "+3461"}, {"Alemania", "+491511"}, {"Perú", "+5191"}}};

/// Persons beside whom the customers stand, so that 45 of 100 legacy rows are customers.
std::uint32_t universe(std::uint32_t customers, std::uint32_t legacy_rows) {
  return std::max(static_cast<std::uint32_t>(std::uint64_t{customers} * 100 / 45), legacy_rows);
}

std::uint32_t legacy_rows_of(const DemoOptions& options) {
  if (options.legacy_customers >= 0) return static_cast<std::uint32_t>(options.legacy_customers);
  return static_cast<std::uint32_t>(options.customers * 15'392 / 13'300);
}

std::string mail_of(const FullName& name, Person person, Rng& rng) {
  if (name.surname.empty()) {
    constexpr std::array<std::string_view, 4> desks{"reservas", "contacto", "info", "secretaria"};
    return fmt::format("{}.{}{}@gmail.com", rng.pick(desks), mail_letters(without_legal_form(name.given)).substr(0, 28), person % 997);
  }
  const std::string given = mail_letters(name.given.substr(0, name.given.find(' ')));
  const std::string surname = mail_letters(name.surname);
  const std::string maternal = mail_letters(name.maternal);
  constexpr std::array<std::string_view, 8> hosts{"gmail.com", "gmail.com",  "gmail.com",   "gmail.com",
                                                  "gmail.com", "hotmail.com", "outlook.com", "yahoo.es"};
  // The person's number keeps namesakes apart, as the mail hosts do.
  std::string local;
  switch (rng.below(6)) {
    case 0: local = fmt::format("{}.{}{}", given, surname, person % 997); break;
    case 1: local = fmt::format("{}{}{}", given.substr(0, 1), surname, person % 9973); break;
    case 2: local = fmt::format("{}.{}.{}{}", given, surname, maternal.substr(0, 1), rng.below(100)); break;
    case 3: local = fmt::format("{}{}{}", given, surname, 1950 + rng.below(56)); break;
    case 4: local = fmt::format("{}_{}_{}", surname, given, rng.below(1000)); break;
    default: local = fmt::format("{}{}{}{}", given.substr(0, 3), surname, maternal.substr(0, 3), rng.below(100)); break;
  }
  return fmt::format("{}@{}", local, rng.pick(hosts));
}

}  // namespace

World::World(const DemoOptions& options, Zone zone)
    : seed_(options.seed),
      today_(options.today),
      zone_(std::move(zone)),
      customers_(static_cast<std::uint32_t>(options.customers)),
      legacy_rows_(legacy_rows_of(options)),
      legacy_reservations_(static_cast<std::uint32_t>(std::uint64_t{legacy_rows_} * 16'520 / 15'392)),
      sales_permille_(static_cast<std::int64_t>(options.sales_per_customer * 1000 + 0.5)),
      universe_size_(universe(customers_, legacy_rows_)),
      universe_(universe_size_, seed_, Stream::universe),
      phones_(mobiles, seed_, Stream::phone),
      ruts_(rut_bodies, seed_, Stream::rut) {
  for (const std::string_view line : split(data::cities_txt, '\n')) {
    const std::vector<std::string_view> cells = split(line, '|');
    if (cells.size() != 3) continue;
    cities_.push_back({std::string(cells[0]), static_cast<int>(parse_int(cells[1]).value_or(0))});
    city_weights_.push_back(static_cast<int>(parse_int(cells[2]).value_or(1)));
  }
  for (const std::string_view line : split(data::regions_txt, '\n')) {
    const std::vector<std::string_view> cells = split(line, '|');
    if (cells.size() != 3) continue;
    regions_.push_back(
        {static_cast<int>(parse_int(cells[0]).value_or(0)), std::string(cells[1]), std::string(cells[2])});
  }
}

FullName World::name(Person person) const {
  if (person == maria) return {true, "María", "", "González", ""};
  if (person == patricio) return {false, "Patricio", "", "López", ""};
  if (is_organisation(person)) return {false, organisation_name(*this, person), "", "", ""};
  if (is_nobody(person)) {
    Rng rng(seed_, Stream::filler, person);
    return {false, std::string(filler_name(rng)), "", "", ""};
  }
  if (const auto first = first_record_of(*this, person)) return own_name(*first);
  const std::optional<Kin> kin = kin_of(*this, person);
  return kin ? name_of_kin(*this, person, *kin, own_name(person)) : own_name(person);
}

FullName World::own_name(Person person) const {
  Rng rng(seed_, Stream::person, person);
  FullName name = names_.full_name(rng);
  Rng foreign(seed_, Stream::foreign_letter, person);
  for (std::string* surname : {&name.surname, &name.maternal}) {
    if (foreign.chance(people_share::more_foreign_letters)) *surname = names_.surname_with_foreign_letter(foreign);
  }
  return name;
}

std::uint32_t World::mobile(std::uint64_t index) const {
  auto number = static_cast<std::uint32_t>(930'000'000 + phones_(index));
  if (number == maria_phone) number = static_cast<std::uint32_t>(930'000'000 + phones_(mobiles - spare));
  if (number == 999'999'999) number = static_cast<std::uint32_t>(930'000'000 + phones_(mobiles - another_spare));
  return number;
}

Contact World::contact(Person person) const {
  Rng rng(seed_, Stream::contact, person);
  Contact contact;
  contact.mobile = mobile(person);
  contact.old_mobile = mobile(old_mobiles_from + person);
  contact.other_mobile = mobile(other_mobiles_from + person);
  contact.rut_body = static_cast<std::uint32_t>(4'000'000 + ruts_(person));
  if (contact.rut_body == maria_rut) {
    contact.rut_body = static_cast<std::uint32_t>(4'000'000 + ruts_(rut_bodies - spare));
  }
  const FullName full = name(person);
  contact.email = mail_of(full, person, rng);
  contact.other_email = mail_of(full, person, rng);
  contact.city = rng.weighted(city_weights_);
  if (is_organisation(person)) contact.rut_body += rut_of_organisations;
  if (rng.per_myriad(40)) {
    const Abroad& abroad = rng.pick(countries);
    contact.country = abroad.country;
    contact.foreign_phone = fmt::format("{}{:07}", abroad.prefix, std::uint64_t{person} * 7'919 % 10'000'000);
  }
  if (const std::optional<Kin> kin = kin_of(*this, person)) {
    Contact other = this->contact(kin->other);
    if (kin->one_town) contact.city = other.city;
    if (kin->one_mailbox) contact.email = std::move(other.email);
  }
  if (const auto first = first_record_of(*this, person)) {
    Contact before = this->contact(*first);
    contact.rut_body = before.rut_body;
    contact.city = before.city;
    contact.email = std::move(before.email);
    contact.country = before.country;
    contact.foreign_phone.clear();
  }
  if (is_guide(person)) {
    contact.city = 0;
    contact.foreign_phone.clear();
    contact.country = "Chile";
    contact.email = contact.other_email = person == maria ? "maria@gmail.com" : "patricio@gmail.com";
  }
  if (person == maria) {
    contact.mobile = contact.old_mobile = maria_phone;
    contact.rut_body = maria_rut;
  }
  return contact;
}

bool World::is_marked_staff(Person person) {
  // A handful, spread over the years; never the first customer, nor the guide's.
  constexpr std::array<Person, 8> staff{12, 249, 490, 1'777, 3'202, 6'040, 9'001, 12'345};
  return std::ranges::find(staff, person) != staff.end();
}

bool World::is_staff(Person person) {
  constexpr std::array<Person, 6> by_name{77, 371, 801, 2'046, 5'555, 10'101};
  return is_marked_staff(person) || std::ranges::find(by_name, person) != by_name.end();
}

bool World::is_organisation(Person person) {
  return person % people_share::organisation_every == first_organisation && !is_guide(person) && !is_staff(person);
}

bool World::is_nobody(Person person) {
  constexpr Person first = 200;
  return person % people_share::nobody_every == first && !is_guide(person) && !is_staff(person) && !is_organisation(person);
}

Person World::legacy_person(std::uint32_t row) const {
  const auto person = static_cast<Person>(universe_(row));
  // The guide's two have rows of their own, and the house's accounts have none.
  return is_guide(person) || is_staff(person) ? universe_size_ + row : person;
}

const Region& World::region(int number) const {
  return *std::ranges::find(regions_, number, &Region::number);
}

bool World::reserved_name(std::string_view name) {
  return std::ranges::find(guide_names, plain(name)) != guide_names.end();
}

}  // namespace aremko::demo

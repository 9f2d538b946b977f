#include "demo/legacy_row.h"

#include <array>

#include <fmt/format.h>

#include "demo/customer_row.h"
#include "demo/kin.h"
#include "demo/legacy_address.h"
#include "demo/no_person.h"
#include "demo/people_shares.h"
#include "demo/spelling.h"

namespace aremko::demo {

namespace {

void note(std::string& damage, std::string_view what) {
  if (!damage.empty()) damage += '+';
  damage += what;
}

struct Named {
  std::string name;
  std::string damage;
};

/// Surnames first, as forms ask for them: "González Soto María".
std::string swapped(const FullName& full, int words) {
  std::string out = full.surname;
  if (words >= 3) out.append(" ").append(full.maternal);
  return out.append(" ").append(full.given);
}

std::string in_case(const std::string& name, Rng& rng) {
  const std::uint32_t shape = rng.below(1000);
  if (shape < 50) return lower(name);
  if (shape < 62) return upper(name);
  if (shape < 110) return upper(name.substr(0, 1)) + lower(name.substr(1));
  return shape < 200 ? capitalised(name) : name;
}

/// Of a firm or a nobody: only the case, the accents and the legal form differ.
Named whole_name_for(const FullName& full, Rng& rng) {
  std::string name = rng.chance(people_share::legal_form_left_out) ? without_legal_form(full.given) : full.given;
  if (!rng.chance(215)) name = without_accents(name, rng.chance(700));
  return {in_case(name, rng), {}};
}

/// `again`: the person's second row, shortened by a surname or misspelt in one case of four.
Named name_for(const FullName& full, Rng& rng, bool again) {
  if (full.surname.empty()) return whole_name_for(full, rng);
  constexpr std::array<int, 5> word_counts{1, 2, 3, 4, 4};
  FullName shown = full;
  Named named;
  int words = word_counts[rng.weighted({10, 290, 555, 135, 10})];
  // "María José" is mostly written whole; where it is not, the second half goes.
  if (const std::size_t blank = shown.given.find(' '); blank != std::string::npos && words <= 3 && rng.chance(500)) {
    shown.given.resize(blank);
    note(named.damage, "given_shortened");
  }
  Rng second(rng.next(), Stream::legacy_copy);
  const bool changed = again && second.chance(260);
  if (changed && words >= 3 && second.chance(600)) {
    words = 2;
    note(named.damage, "shortened");
  }
  const std::string_view nick = rng.chance(40) ? Names::nickname(shown.given, rng) : std::string_view{};
  if (!nick.empty()) {
    shown.given = nick;
    note(named.damage, "nickname");
  }
  const bool turned = words >= 2 && rng.chance(20);
  if (turned) note(named.damage, "swapped");
  named.name = turned ? swapped(shown, words) : name_in_words(shown, words);
  if (rng.chance(75) || (changed && named.damage.find("shortened") == std::string::npos)) {
    named.name = with_typo(named.name, rng);
    note(named.damage, "typo");
  }
  if (!rng.chance(215)) named.name = without_accents(named.name, rng.chance(700));
  named.name = in_case(named.name, rng);
  if (World::reserved_name(named.name)) named = {name_in_words(full, 3), {}};
  return named;
}

/// The name of a row is drawn with its person's dice, so that a second row mostly bears the same name.
Named named_row(const World& world, std::uint32_t row) {
  const std::uint32_t first = first_row_of_person(world, row);
  for (const Person guide : {maria, patricio}) {
    if (first == guide_row(world, guide)) return {name_in_words(world.name(guide), 2), {}};
  }
  const FullName full = world.name(world.legacy_person(first));
  Rng dice(world.seed(), Stream::legacy_row, first);
  if (Rng one(world.seed(), Stream::one_name, row, 1); one.chance(people_share::couple_as_one_name) && !full.surname.empty()) {
    return {name_with_partner(world, world.legacy_person(first), one), "couple"};
  }
  if (first == row) return name_for(full, dice, false);
  // The same dice give the same name; the row's own number only decides what became of it.
  Rng own(world.seed(), Stream::legacy_copy, row, 1);
  if (!own.chance(260)) return name_for(full, dice, false);
  return name_for(full, own, true);
}

std::string landline(std::uint32_t number) {
  constexpr std::array<std::string_view, 5> areas{"652", "642", "632", "412", "22"};
  const std::string_view area = areas[number % areas.size()];
  return fmt::format("{}{:0{}}", area, number % (area.size() == 2 ? 10'000'000u : 1'000'000u), 9 - area.size());
}

/// A phone cell; `mobile` is what the person's own number is or was.
std::string phone_cell(const Contact& contact, std::uint32_t mobile, Rng& rng) {
  if (contact.foreign()) return contact.foreign_phone.substr(1);
  const std::uint32_t kind = rng.below(10'000);
  if (kind < 113) return landline(mobile);
  if (kind < 170) return fmt::format("{:08}", mobile % 100'000'000);
  if (kind < 182) return fmt::format("{:07}", mobile % 10'000'000);
  return fmt::format("{}", mobile);
}

std::uint32_t mobile_for(const World& world, Person person, const Contact& contact, Rng& rng, std::string& damage) {
  const std::uint32_t kind = rng.below(1000);
  const std::optional<Kin> kin = kin_of(world, person);
  if (kin && kin->one_phone && world.is_customer(kin->other) && !world.in_legacy_file(kin->other)) {
    note(damage, "phone_of_relative");
    return world.contact(kin->other).mobile;
  }
  if (kind < 780) return contact.mobile;
  if (kind < (world.is_customer(person) ? 970u : 1000u - people_share::number_handed_on)) {
    if (world.is_customer(person)) note(damage, "phone_changed");
    return contact.old_mobile;
  }
  // The number went to another customer since, or is a relative's.
  Person other = rng.below(world.customers());
  while (World::is_guide(other) || World::is_staff(other) || (world.in_legacy_file(other) && !rng.chance(80))) {
    other = (other + 1) % world.customers();  // a number hardly ever stands in the file twice
  }
  if (other != person) note(damage, "phone_of_another");
  return world.contact(other).mobile;
}

std::string email_cell(const World& world, const Contact& contact, Rng& rng, std::string& damage) {
  std::string email = contact.email;
  if (rng.chance(250)) {
    email = contact.other_email;
    note(damage, "email_changed");
  } else if (rng.chance(95)) {
    // One mailbox for several people: 33 of them.
    email = world.contact(world.customers() - 1 - rng.below(33)).email;
    note(damage, "email_shared");
  }
  Rng filler(world.seed(), Stream::filler, contact.mobile, 2);
  if (filler.chance(people_share::filler_mail + people_share::reception_mail)) {
    note(damage, "email_of_nobody");
    email = filler.chance(600) ? std::string(filler_mail(filler)) : reception_mail(world, filler);
  }
  return rng.chance(120) ? upper(email) : email;
}

std::string document_cell(const Contact& contact, Rng& rng, std::string& damage) {
  const char right = rut_check_digit(contact.rut_body);
  const std::uint32_t kind = rng.below(10'000);
  if (kind < 375) {
    note(damage, "rut_is_phone");
    return fmt::format("{}", contact.mobile);
  }
  if (kind < 735) {
    note(damage, "rut_wrong");
    const char wrong = right == 'K' ? '0' : right == '9' ? '1' : static_cast<char>(right + 1);
    return rut_as_typed(contact.rut_body, wrong, rng);
  }
  if (kind < 885 || contact.foreign()) {
    note(damage, "no_rut");
    switch (rng.below(3)) {
      case 0: return fmt::format("PA{:07}", contact.rut_body % 10'000'000);
      case 1: return contact.email;
      default: return fmt::format("{} / {}", rut_dotted(contact.rut_body, right),
                                  rut_dotted(contact.rut_body + 31, rut_check_digit(contact.rut_body + 31)));
    }
  }
  return rut_as_typed(contact.rut_body, right, rng);
}

/// The file was begun by an import on one afternoon and then grew day by day.
std::string created_cell(const World& world, std::uint32_t row, Rng& rng) {
  const std::uint64_t rows = world.legacy_rows();
  const std::uint64_t imported = std::max<std::uint64_t>(rows * 16 / 100, 1);
  Moment at = Moment::at(Date::of(2020, 2, 25), 16, 20);
  if (row < imported) {
    at.minutes += static_cast<std::int32_t>(row * 160 / imported);
  } else {
    const int days = Date::of(2024, 6, 23).days - Date::of(2020, 2, 26).days;
    const auto day = static_cast<std::int32_t>((row - imported) * static_cast<std::uint64_t>(days) / (rows - imported));
    at = Moment::at(Date::of(2020, 2, 26).plus_days(day), rng.between(9, 22), rng.between(0, 59));
  }
  const YearMonthDay date = at.date().ymd();
  return fmt::format("{}/{}/{} {}:{:02}", date.month, date.day, date.year, at.minute_of_day() / 60,
                     at.minute_of_day() % 60);
}

std::string record_id(Rng& rng) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::string id;
  for (int i = 0; i < 10; ++i) id += rng.pick(letters);
  return id;
}

/// What else got into the cell beside the name.
std::string client_cell(const std::string& name, const std::string& phone, std::uint32_t mobile, Rng& rng) {
  std::string cell = name;
  if (rng.chance(7)) cell.insert(0, rng.pick(std::array<std::string_view, 6>{"Sr. ", "Sra. ", "Sra ", "Don ", "Dra. ", "Srta. "}));
  if (const std::size_t blank = cell.find(' '); blank != std::string::npos && rng.chance(25)) cell.insert(blank, " ");
  if (rng.chance(8)) cell += '.';
  if (rng.chance(12)) cell += ' ';
  if (!rng.chance(100)) return cell;
  const std::string number = phone.empty() ? fmt::format("{}", mobile) : phone;
  if (number.size() == 9 && rng.chance(120)) return fmt::format("{} {} {}", cell, number.substr(1, 4), number.substr(5));
  return fmt::format("{} {}", cell, number);
}

/// A number that somebody made up, or the reception's of a hotel.
void write_filler_phone(const World& world, std::uint32_t row, LegacyRow& made) {
  Rng rng(world.seed(), Stream::filler, row, 3);
  if (made.phone.empty() || !rng.chance(people_share::filler_phone + people_share::reception_phone)) return;
  constexpr std::uint32_t of_both = people_share::filler_phone + people_share::reception_phone;
  made.phone = rng.below(of_both) < people_share::filler_phone ? std::string(filler_phone(rng)) : reception_phone(world, rng);
  note(made.damage, "phone_of_nobody");
}

LegacyRow guide_legacy_row(const World& world, std::uint32_t row, Person person) {
  Rng rng(world.seed(), Stream::legacy_row, row, 2);
  LegacyRow made;
  made.id = legacy_id(world, row);
  made.person = person;
  made.record_id = person == maria ? "VX9QoGpQwY" : record_id(rng);
  made.created = "2/25/2020 18:05";
  made.name = made.client = name_in_words(world.name(person), 2);
  // Phone and name alone, so that a sync gives the guide's two reasons and its 95.
  made.phone = fmt::format("{}", world.contact(person).mobile);
  return made;
}

}  // namespace

std::uint32_t guide_row(const World& world, Person person) {
  const std::uint32_t rows = world.legacy_rows();
  if (person == maria) return rows >= 1'658 ? 1'656 : rows - 2;
  return rows >= 2'210 ? 2'209 : rows - 1;
}

std::uint32_t legacy_id(const World& world, std::uint32_t row) {
  if (row == guide_row(world, maria)) return 1'657;
  return row == guide_row(world, patricio) ? 2'210 : row + 1;
}

std::uint32_t first_row_of_person(const World& world, std::uint32_t row) {
  const std::uint32_t of_maria = guide_row(world, maria);
  const std::uint32_t of_patricio = guide_row(world, patricio);
  while (row > 0 && row != of_maria && row != of_patricio) {
    Rng rng(world.seed(), Stream::legacy_copy, row);
    if (!rng.chance(92)) return row;
    const std::uint32_t earlier = rng.below(row);
    if (earlier == of_maria || earlier == of_patricio) return row;
    row = earlier;
  }
  return row;
}

std::string legacy_name(const World& world, std::uint32_t row) { return named_row(world, row).name; }

LegacyRow legacy_row(const World& world, std::uint32_t row) {
  for (const Person guide : {maria, patricio}) {
    if (row == guide_row(world, guide)) return guide_legacy_row(world, row, guide);
  }
  const std::uint32_t first = first_row_of_person(world, row);
  const bool again = first != row;
  Rng rng(world.seed(), Stream::legacy_row, row, 2);
  LegacyRow made;
  made.id = legacy_id(world, row);
  made.person = world.legacy_person(first);
  Contact contact = world.contact(made.person);
  const bool nobody = World::is_nobody(made.person);
  // Whoever stood behind a nobody's row of today is not who stood behind this one.
  if (nobody) {
    contact.mobile = contact.other_mobile;
    contact.foreign_phone.clear();
  }
  Named named = named_row(world, row);
  made.name = std::move(named.name);
  made.damage = std::move(named.damage);
  if (again) note(made.damage, "repeated");
  made.record_id = record_id(rng);
  made.created = created_cell(world, row, rng);
  // Of two people in one name the number says whose row it is.
  const bool own_number = nobody || made.damage.starts_with("couple");
  const std::uint32_t mobile = own_number ? contact.mobile : mobile_for(world, made.person, contact, rng, made.damage);
  // A second row mostly has no phone: that is how it came to be made. When it has one, it is another.
  if (rng.chance(again ? 180 : 928)) {
    made.phone = phone_cell(contact, again && !rng.chance(40) ? contact.other_mobile : mobile, rng);
  } else {
    note(made.damage, "no_phone");
  }
  write_filler_phone(world, row, made);
  if (rng.chance(90) && !nobody) made.email = email_cell(world, contact, rng, made.damage);
  // Whether a document is known is the person's matter, so that second rows share their RUT with the first.
  Rng known(world.seed(), Stream::legacy_row, first, 3);
  const bool has_document = known.chance(400);
  if (has_document && !nobody && (!again || rng.chance(850))) made.document = document_cell(contact, rng, made.damage);
  if (rng.chance(370)) made.address = legacy_address(world, contact, rng);
  made.client = client_cell(made.name, made.phone, mobile, rng);
  return made;
}

}  // namespace aremko::demo

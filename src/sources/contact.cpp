#include "sources/contact.h"

#include "base/text.h"
#include "normalize/email.h"
#include "normalize/name.h"
#include "normalize/phone.h"
#include "normalize/place.h"
#include "normalize/rut.h"

namespace aremko::sources {

namespace {

constexpr std::size_t max_places = 50'000;
/// What is kept of a cell that is not what its column should hold; longer ones are no identifier.
constexpr std::size_t max_kept = 80;
constexpr std::size_t max_name = 200;

bool set_phone(std::string& telefono, std::uint8_t& flags, const normalize::Phone& phone) {
  if (phone.e164.empty()) return false;
  telefono = phone.e164;
  flags |= phone_valid;
  if (normalize::is_mobile(phone.kind)) flags |= phone_mobile;
  return true;
}

}  // namespace

void ContactBuilder::read_name(Person& person, const RawContact& raw) {
  const std::string_view text = cleaner_.clean(cell_value(raw.nombre));
  if (text.empty()) return;
  normalize::PersonName name = normalize::person_name(text);
  person.nombre = std::move(name.shown);
  counts_.count("nombre", !person.nombre.empty());
  if (!name.glued_rut.empty()) {
    person.documento = std::move(name.glued_rut);
    person.flags |= rut_valid;
    counts_.misplaced("rut_in_name", "nombre", raw.where);
  }
  if (name.glued_phone.empty()) return;
  if (set_phone(person.telefono, person.flags, normalize::phone(name.glued_phone))) {
    counts_.misplaced("phone_in_name", "nombre", raw.where);
  }
}

/// The name's phone is already read; the column's own wins, unless it is no phone at all.
void ContactBuilder::read_phone(Person& person, std::string_view raw) {
  const std::string_view text = cleaner_.clean(cell_value(raw));
  if (text.empty()) return;
  const normalize::Phone phone = normalize::phone(text);
  if (phone.kind == normalize::PhoneKind::empty) return;
  counts_.count("telefono", !phone.e164.empty());
  std::uint8_t flags = 0;
  std::string telefono;
  if (set_phone(telefono, flags, phone)) {
    person.telefono = std::move(telefono);
    person.flags = static_cast<std::uint8_t>((person.flags & ~(phone_valid | phone_mobile)) | flags);
  } else if ((person.flags & phone_valid) == 0) {
    person.telefono = clip(text, max_kept);
  }
}

void ContactBuilder::read_email(Person& person, std::string_view raw) {
  const std::string_view text = cleaner_.clean(cell_value(raw));
  if (text.empty()) return;
  normalize::Email email = normalize::email(text);
  if (email.empty) return;
  counts_.count("email", email.valid);
  if (email.valid) {
    person.email = std::move(email.address);
    person.flags |= email_valid;
  } else {
    person.email = ascii_lower(clip(text, max_kept));
  }
}

void ContactBuilder::read_document(Person& person, const RawContact& raw) {
  constexpr std::string_view field = "documento_identidad";
  const std::string_view text = cleaner_.clean(cell_value(raw.documento));
  if (text.empty()) return;
  normalize::Rut rut = normalize::rut(text);
  if (rut.kind != normalize::RutKind::empty) counts_.count(field, rut.kind == normalize::RutKind::valid);
  // The name's RUT is already read; the column's own wins, unless it is none.
  if ((person.flags & rut_valid) != 0 && rut.kind != normalize::RutKind::valid && rut.kind != normalize::RutKind::phone) return;
  switch (rut.kind) {
    case normalize::RutKind::empty: return;
    case normalize::RutKind::valid:
      person.flags |= rut_valid;
      [[fallthrough]];
    case normalize::RutKind::wrong_digit:
    case normalize::RutKind::placeholder: person.documento = std::move(rut.canonical); return;
    case normalize::RutKind::phone:
      counts_.misplaced("phone_in_document", field, raw.where);
      // A number somebody wrote down twice; telefono has the better one.
      if ((person.flags & phone_valid) == 0) set_phone(person.telefono, person.flags, normalize::phone(rut.phone_e164));
      return;
    case normalize::RutKind::other: break;
  }
  if (text.contains('@') && (person.flags & email_valid) == 0) {
    if (normalize::Email email = normalize::email(text); email.valid) {
      counts_.misplaced("email_in_document", field, raw.where);
      person.email = std::move(email.address);
      person.flags |= email_valid;
      return;
    }
  }
  person.documento = clip(text, max_kept);
}

const ContactBuilder::Where& ContactBuilder::where(std::string_view raw) {
  auto known = places_.find(raw);
  if (known == places_.end()) {
    Cleaner cleaner;
    const std::string text(cleaner.clean(raw));
    normalize::Place place = normalize::place(text);
    Where where{.city = std::move(place.city),
                .region = std::move(place.region),
                .other_column = place.kind == normalize::PlaceKind::phone || place.kind == normalize::PlaceKind::rut,
                .repaired = cleaner.repaired() > 0};
    if (places_.size() >= max_places) places_.clear();
    known = places_.emplace(raw, std::move(where)).first;
  }
  repaired_ += known->second.repaired;
  return known->second;
}

void ContactBuilder::read_place(Person& person, const RawContact& raw) {
  if (const std::string_view text = cell_value(raw.place); !text.empty()) {
    const Where& found = where(text);
    person.ciudad = found.city;
    person.region = found.region;
    counts_.count("ciudad", !found.city.empty() || !found.region.empty());
    if (found.other_column) {
      if ((person.flags & phone_valid) == 0) set_phone(person.telefono, person.flags, normalize::phone(text));
      normalize::Rut rut = normalize::rut(text);
      const bool is_rut = rut.kind == normalize::RutKind::valid;
      counts_.misplaced(is_rut ? "rut_in_place" : "phone_in_place", "ciudad", raw.where);
      if (is_rut && person.documento.empty()) {
        person.documento = std::move(rut.canonical);
        person.flags |= rut_valid;
      }
    }
  }
  if (person.ciudad.empty() && !raw.comuna.empty()) {
    const Where& found = where(raw.comuna);
    person.ciudad = found.city;
    if (person.region.empty()) person.region = found.region;
  }
  if (person.region.empty() && !raw.region.empty()) person.region = where(raw.region).region;
}

bool ContactBuilder::add(const RawContact& raw, Moment created, Nobody nobody, std::uint8_t flags) {
  Person& person = person_;
  person.flags = flags;
  person.nombre.clear();
  person.telefono.clear();
  person.email.clear();
  person.documento.clear();
  person.ciudad.clear();
  person.region.clear();

  read_name(person, raw);
  read_phone(person, raw.telefono);
  read_email(person, raw.email);
  read_document(person, raw);
  read_place(person, raw);
  if (nobody == Nobody::refuse && person.nombre.empty() && person.telefono.empty() && person.email.empty() &&
      person.documento.empty()) {
    return false;
  }
  into_->nombre.push(clip(person.nombre, max_name));
  into_->telefono.push(person.telefono);
  into_->email.push(person.email);
  into_->documento.push(person.documento);
  into_->ciudad.push(clip(person.ciudad, max_kept));
  into_->region.push(person.region);
  into_->flags.push_back(person.flags);
  into_->created.push_back(created);
  return true;
}

}  // namespace aremko::sources

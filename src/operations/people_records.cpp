#include "operations/people_records.h"

namespace aremko::operations {

namespace {

std::string_view when(bool holds, std::string_view text) { return holds ? text : std::string_view{}; }

}  // namespace

std::vector<identity::Record> current_records(const snapshot::Snapshot& snapshot) {
  const auto& contact = snapshot.unmerged_ptr()->customers.contact;
  std::vector<identity::Record> out;
  out.reserve(contact.size());
  for (snapshot::Row row = 0; row < contact.size(); ++row) {
    const std::uint8_t flags = contact.flags[row];
    out.push_back({.nombre = contact.nombre[row],
                   .telefono = when((flags & sources::phone_valid) != 0, contact.telefono[row]),
                   .email = when((flags & sources::email_valid) != 0, contact.email[row]),
                   .documento = contact.documento[row],  // a passport tells people apart as well
                   .ciudad = contact.ciudad[row],
                   .excluded = (flags & sources::is_staff) != 0});
  }
  return out;
}

identity::Record legacy_record_of(const snapshot::Snapshot& snapshot, snapshot::Row row) {
  const snapshot::LegacyPeople& people = snapshot.legacy();
  const std::uint8_t flags = people.flags(row);
  return {.nombre = people.nombre(row),
          .telefono = when((flags & sources::phone_valid) != 0, people.telefono(row)),
          .email = when((flags & sources::email_valid) != 0, people.email(row)),
          .documento = people.documento(row),
          .ciudad = people.ciudad(row),
          .excluded = (flags & sources::is_staff) != 0};
}

std::vector<identity::Record> legacy_records(const snapshot::Snapshot& snapshot) {
  std::vector<identity::Record> out;
  out.reserve(snapshot.legacy().size());
  for (snapshot::Row row = 0; row < snapshot.legacy().size(); ++row) out.push_back(legacy_record_of(snapshot, row));
  return out;
}

}  // namespace aremko::operations

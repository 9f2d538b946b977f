#include "analytics/people.h"

#include <algorithm>
#include <cmath>

#include "analytics/history.h"
#include "analytics/profile.h"
#include "normalize/email.h"
#include "normalize/phone.h"
#include "normalize/rut.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

double one_decimal(double value) { return std::round(value * 10.0) / 10.0; }

std::string_view scope_name(snapshot::SearchScope scope) {
  switch (scope) {
    case snapshot::SearchScope::current: return "current";
    case snapshot::SearchScope::legacy: return "legacy";
    case snapshot::SearchScope::all: return "all";
  }
  return "all";
}

CurrentMatch current_match(const snapshot::Snapshot& snapshot, const snapshot::SearchHit& hit, AsOf as_of,
                           const RfmThresholds& thresholds) {
  const BasicInfo info = basic_info(snapshot, hit.row);
  const Tally sums = tally(snapshot, snapshot.person_of_customer(hit.row), {.as_of = as_of});
  CurrentMatch out{.id = info.id,
                   .nombre = info.nombre,
                   .telefono = info.telefono,
                   .email = info.email,
                   .documento_identidad = info.documento_identidad,
                   .ciudad = info.ciudad,
                   .score = one_decimal(hit.score),
                   .matched_on = json_name(hit.matched_on),
                   .es_staff = info.es_staff,
                   .total_visitas = sums.visits,
                   .ultima_visita = sums.last};
  for (const Row legacy : snapshot.legacy_of(hit.row)) out.legacy_ids.push_back(snapshot.legacy().legacy_id(legacy));
  if (!info.es_staff) out.segment = rfm(sums, as_of, thresholds).segment;
  return out;
}

LegacyMatch legacy_match(const snapshot::Snapshot& snapshot, const snapshot::SearchHit& hit, AsOf as_of) {
  const LegacyRecord record = legacy_record(snapshot, hit.row);
  const Tally sums = tally(snapshot, snapshot.person_of_legacy(hit.row), {.as_of = as_of});
  return {.legacy_id = record.legacy_id,
          .record_id = record.record_id,
          .nombre = record.nombre,
          .telefono = record.telefono,
          .email = record.email,
          .documento_identidad = record.documento_identidad,
          .ciudad = record.ciudad,
          .score = one_decimal(hit.score),
          .matched_on = json_name(hit.matched_on),
          .customer_id = record.customer_id,
          .origin = record.origin,
          .total_visitas = sums.visits,
          .ultima_visita = sums.last};
}

/// A filter in the shape in which the sources keep contacts; what is no phone or RUT is compared as it was written.
ContactFilter as_kept(const ContactFilter& asked) {
  ContactFilter out = asked;
  if (auto phone = normalize::phone(asked.telefono); !phone.e164.empty()) out.telefono = std::move(phone.e164);
  if (auto email = normalize::email(asked.email); email.valid) out.email = std::move(email.address);
  if (auto rut = normalize::rut(asked.documento_identidad); !rut.canonical.empty()) {
    out.documento_identidad = std::move(rut.canonical);
  }
  return out;
}

bool empty(const ContactFilter& filter) {
  return filter.telefono.empty() && filter.email.empty() && filter.documento_identidad.empty();
}

bool passes(const ContactFilter& filter, std::string_view phone, std::string_view email, std::string_view document) {
  return (filter.telefono.empty() || filter.telefono == phone) && (filter.email.empty() || filter.email == email) &&
         (filter.documento_identidad.empty() || filter.documento_identidad == document);
}

/// Counts all that match and shows the page.
template <class List, class Matches, class Show>
void page(List& out, Row rows, std::size_t limit, std::size_t offset, Matches matches, Show show) {
  for (Row row = 0; row < rows; ++row) {
    if (!matches(row)) continue;
    const auto place = static_cast<std::size_t>(out.total_found++);
    if (place >= offset && out.customers.size() < limit) out.customers.push_back(show(row));
  }
  const std::size_t next = offset + out.customers.size();
  if (!out.customers.empty() && next < static_cast<std::size_t>(out.total_found)) {
    out.next = static_cast<std::int64_t>(next);
  }
}

}  // namespace

CustomerSearch search(const snapshot::Snapshot& snapshot, std::string_view query, snapshot::SearchScope scope,
                      AsOf as_of, std::size_t limit, std::size_t offset, const RfmThresholds& thresholds) {
  // One more than shown says whether there is a next page.
  snapshot::SearchResult hits = snapshot::search(snapshot, query, scope, limit + 1, offset);
  const bool more = hits.current.size() > limit || hits.legacy.size() > limit;
  if (hits.current.size() > limit) hits.current.resize(limit);
  if (hits.legacy.size() > limit) hits.legacy.resize(limit);
  CustomerSearch out{.query = std::string(query),
                     .source = scope_name(scope),
                     .as_of = as_of,
                     .total_current = static_cast<std::int64_t>(hits.current.size()),
                     .total_legacy = static_cast<std::int64_t>(hits.legacy.size())};
  if (more) out.next = static_cast<std::int64_t>(offset + limit);
  out.current_matches.reserve(hits.current.size());
  out.legacy_matches.reserve(hits.legacy.size());
  for (const auto& hit : hits.current) out.current_matches.push_back(current_match(snapshot, hit, as_of, thresholds));
  for (const auto& hit : hits.legacy) out.legacy_matches.push_back(legacy_match(snapshot, hit, as_of));
  return out;
}

CustomerList customers(const snapshot::Snapshot& snapshot, AsOf as_of, const ContactFilter& filter, std::size_t limit,
                       std::size_t offset) {
  CustomerList out{.as_of = as_of};
  const bool everybody = empty(filter);
  const ContactFilter wanted = as_kept(filter);
  const auto& contact = snapshot.customers().contact;
  const auto matches = [&](Row row) {
    if (everybody ? (contact.flags[row] & sources::is_staff) != 0
                  : !passes(wanted, contact.telefono[row], contact.email[row], contact.documento[row])) {
      return false;
    }
    return known_customer(snapshot, row, as_of);
  };
  page(out, snapshot.customers().size(), limit, offset, matches, [&](Row row) { return basic_info(snapshot, row); });
  return out;
}

LegacyCustomerList legacy_customers(const snapshot::Snapshot& snapshot, AsOf as_of, const ContactFilter& filter,
                                    std::size_t limit, std::size_t offset) {
  LegacyCustomerList out{.as_of = as_of};
  const bool everybody = empty(filter);
  const ContactFilter wanted = as_kept(filter);
  const auto& people = snapshot.legacy();
  const auto matches = [&](Row row) {
    if (!everybody && !passes(wanted, people.telefono(row), people.email(row), people.documento(row))) return false;
    return known_legacy(snapshot, row, as_of);
  };
  page(out, people.size(), limit, offset, matches, [&](Row row) { return legacy_record(snapshot, row); });
  return out;
}

}  // namespace aremko::analytics

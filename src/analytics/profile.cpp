#include "analytics/profile.h"

#include "analytics/guest_extras.h"
#include "analytics/guest_notice.h"
#include "analytics/preferences.h"
#include "analytics/reach.h"

namespace aremko::analytics {

BasicInfo basic_info(const snapshot::Snapshot& snapshot, snapshot::Row customer) { return basic_info(snapshot.customers(), customer); }

BasicInfo basic_info(const sources::CustomerColumns& columns, snapshot::Row customer) {
  const auto& contact = columns.contact;
  const Date not_before = columns.no_contact_before[customer];
  return {.id = columns.id[customer],
          .nombre = contact.nombre[customer],
          .email = maybe(contact.email[customer]),
          .telefono = maybe(contact.telefono[customer]),
          .documento_identidad = maybe(contact.documento[customer]),
          .ciudad = maybe(contact.ciudad[customer]),
          .region = maybe(contact.region[customer]),
          .pais = maybe(columns.pais[customer]),
          .created_at = contact.created[customer],
          .es_staff = (contact.flags[customer] & sources::is_staff) != 0,
          .opt_out_whatsapp = (contact.flags[customer] & sources::opted_out) != 0,
          .proximo_contacto_no_antes_de = not_before == sources::never_again ? Date{} : not_before};
}

LegacyRecord legacy_record(const snapshot::Snapshot& snapshot, snapshot::Row legacy) {
  const auto& people = snapshot.legacy();
  LegacyRecord out{.legacy_id = people.legacy_id(legacy),
                   .record_id = maybe(people.record_id(legacy)),
                   .nombre = people.nombre(legacy),
                   .telefono = maybe(people.telefono(legacy)),
                   .email = maybe(people.email(legacy)),
                   .documento_identidad = maybe(people.documento(legacy)),
                   .ciudad = maybe(people.ciudad(legacy)),
                   .region = maybe(people.region(legacy)),
                   .created_on = people.created(legacy),
                   .origin = origin_name(people.origin(legacy))};
  const snapshot::Row customer = snapshot.customer_of(legacy);
  if (customer != snapshot::no_row) out.customer_id = snapshot.customers().id[customer];
  if (const LiveLink* link = snapshot.link_of(legacy)) {
    out.confidence_score = link->confidence;
    out.mapping_id = maybe(link->mapping_id);
  }
  return out;
}

std::string_view origin_name(sources::LegacyOrigin origin) {
  return origin == sources::LegacyOrigin::customers_file ? "customers_file" : "services_file";
}

namespace {

std::vector<ServicePreference> first_ones(std::span<const ServicePreference> preferences) {
  const auto shown = preferences.first(std::min(preferences.size(), profile_list_size));
  return {shown.begin(), shown.end()};
}

/// Nothing when no legacy record and no legacy visit belongs to the customer.
std::optional<LegacyData> legacy_data(const snapshot::Snapshot& snapshot, snapshot::Row customer, const View& view,
                                      const Tally& sums) {
  const auto rows = snapshot.legacy_of(customer);
  if (!view.include_legacy || (rows.empty() && sums.legacy_visits == 0)) return std::nullopt;
  LegacyData out{.statistics = {.total_visitas = sums.legacy_visits,
                                .total_gastado = sums.legacy_spent,
                                .ultima_visita = sums.legacy_last,
                                .primera_visita = sums.legacy_first,
                                .visitas_sin_fecha = sums.legacy_undated}};
  out.records.reserve(rows.size());
  for (const snapshot::Row row : rows) out.records.push_back(legacy_record(snapshot, row));
  if (sums.legacy_visits > 0) {
    const View legacy_part{.as_of = view.as_of, .legacy_only = true};
    out.recent_reservations = recent_reservations(snapshot, snapshot.person_of_customer(customer), legacy_part);
  }
  return out;
}

std::vector<BasicInfo> merged_rows(const snapshot::Snapshot& snapshot, snapshot::Row customer) {
  std::vector<BasicInfo> out;
  for (const snapshot::MergedRow& one : snapshot.merged_into(customer)) out.push_back(basic_info(snapshot.unmerged_ptr()->customers, one.was));
  return out;
}

}  // namespace

CustomerProfile profile(const snapshot::Snapshot& snapshot, snapshot::Row customer, const View& view,
                        std::span<const ServicePreference> preferences, const RfmThresholds& thresholds) {
  const snapshot::PersonId person = snapshot.person_of_customer(customer);
  const Tally sums = tally(snapshot, person, view);
  return {.customer_id = snapshot.customers().id[customer],
          .as_of = view.as_of,
          .basic_info = basic_info(snapshot, customer),
          .statistics = statistics(sums, next_visit(snapshot, person, view.as_of)),
          .rfm_analysis = rfm(sums, view.as_of, thresholds),
          .service_preferences = first_ones(preferences),
          .recent_reservations = recent_reservations(snapshot, person, view),
          .upcoming_reservations = upcoming_reservations(snapshot, customer, view.as_of),
          .recent_payments = recent_payments(snapshot, customer, view.as_of),
          .otras_ventas = other_sales(snapshot, customer, view.as_of),
          .legacy_data = legacy_data(snapshot, customer, view, sums),
          .contacto = contact_ways(reach(snapshot, customer, view.as_of)),
          .debe = owed(snapshot, customer, view.as_of),
          .gasto_explicado = spent_explained(snapshot, customer, view),
          .gift_cards = gift_cards(snapshot, customer, view.as_of),
          .encuestas = surveys(snapshot, customer, view.as_of),
          .premios = prizes(snapshot, customer, view.as_of),
          .etiqueta_propia = own_label(snapshot, customer, view.as_of),
          .ultimo_mensaje = last_message(snapshot, customer, view.as_of),
          .fichas_unidas = merged_rows(snapshot, customer),
          .ojo = notice(snapshot, customer, view.as_of)};
}

CustomerProfile profile(const snapshot::Snapshot& snapshot, snapshot::Row customer, const View& view,
                        const RfmThresholds& thresholds) {
  return profile(snapshot, customer, view,
                 service_preferences(snapshot, snapshot.person_of_customer(customer), view), thresholds);
}

LegacyProfile legacy_profile(const snapshot::Snapshot& snapshot, snapshot::Row legacy, AsOf as_of,
                             const RfmThresholds& thresholds) {
  const snapshot::PersonId person = snapshot.person_of_legacy(legacy);
  const View view{.as_of = as_of};
  const Tally sums = tally(snapshot, person, view);
  const LegacyRecord record = legacy_record(snapshot, legacy);
  return {.legacy_id = record.legacy_id,
          .customer_id = record.customer_id,
          .as_of = as_of,
          .basic_info = record,
          .statistics = statistics(sums, Moment::none()),
          .rfm_analysis = rfm(sums, as_of, thresholds),
          .service_preferences = first_ones(service_preferences(snapshot, person, view)),
          .recent_reservations = recent_reservations(snapshot, person, view)};
}

}  // namespace aremko::analytics

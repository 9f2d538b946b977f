#pragma once
// The 360° profile of a customer, and of a legacy person by themselves. The texts are views into the snapshot:
// the caller sets `kept` (model/kept.h) before handing the answer on.

#include <span>
#include <vector>

#include "analytics/history.h"
#include "analytics/rfm.h"
#include "model/customer.h"
#include "model/profile.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// Reservations, payments and preferences shown in a profile.
inline constexpr std::size_t profile_list_size = 10;

BasicInfo basic_info(const snapshot::Snapshot& snapshot, snapshot::Row customer);
/// Of a row of any such columns: the unmerged ones too.
BasicInfo basic_info(const sources::CustomerColumns& columns, snapshot::Row customer);
/// "customers_file" or "services_file".
std::string_view origin_name(sources::LegacyOrigin origin);
LegacyRecord legacy_record(const snapshot::Snapshot& snapshot, snapshot::Row legacy);

/// `customer` is a row of customers() (Snapshot::customer_row).
CustomerProfile profile(const snapshot::Snapshot& snapshot, snapshot::Row customer, const View& view,
                        const RfmThresholds& thresholds = {});

/// The same where the preferences (all of them) are known already.
CustomerProfile profile(const snapshot::Snapshot& snapshot, snapshot::Row customer, const View& view,
                        std::span<const ServicePreference> preferences, const RfmThresholds& thresholds = {});

/// `legacy` is a row of legacy() (Snapshot::legacy_row).
LegacyProfile legacy_profile(const snapshot::Snapshot& snapshot, snapshot::Row legacy, AsOf as_of,
                             const RfmThresholds& thresholds = {});

/// Seen visits, newest first (undated ones last), at most `count`.
std::vector<Reservation> recent_reservations(const snapshot::Snapshot& snapshot, snapshot::PersonId person,
                                             const View& view, std::size_t count = profile_list_size);
/// Sales up to as_of with which nobody came and which have money: products, gift cards, adjustments; newest first.
std::vector<Reservation> other_sales(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of,
                                     std::size_t count = profile_list_size);
/// Bookings ahead (for_each_ahead), soonest first.
std::vector<Reservation> upcoming_reservations(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of,
                                               std::size_t count = profile_list_size);
/// Payments up to as_of, newest first.
std::vector<PaymentMade> recent_payments(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of,
                                         std::size_t count = profile_list_size);

}  // namespace aremko::analytics

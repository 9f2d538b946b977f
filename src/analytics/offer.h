#pragma once
// What to propose to a guest: from what they like, how long they have been away and what they are worth.

#include <string_view>

#include "analytics/rfm.h"
#include "base/civil.h"
#include "base/money.h"
#include "model/offer.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// Prices are what is charged for the people the offer is for: with how many the guest usually comes (price.h). Whoever comes
/// today is expected and offered nothing.
/// The favourite service that may be offered (price.h; without one, the catalogue's most visited by name order: the
/// cheapest massage or tub) and one of another family beside it: their own second choice, else one to discover.
/// The discount is by segment (At Risk 15, Hibernating and Lost 20, New, Promising and Occasional 10, VIP, Champions
/// and Loyal 10), and 5 more for whoever has spent 1.000.000 and is away. `spa` signs the message.
CustomerOffer offer(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of, std::string_view spa,
                    const RfmThresholds& thresholds = {});

/// The same for a row of legacy(), from the visits in the files; of somebody tied to a customer, that one's.
CustomerOffer legacy_offer(const snapshot::Snapshot& snapshot, snapshot::Row legacy, AsOf as_of, std::string_view spa,
                           const RfmThresholds& thresholds = {});

/// By which somebody is greeted: the first given name, of a firm its whole name.
std::string greeted_as(std::string_view name);

/// "Qué bueno tenerte hoy en Aremko": they are in the house.
Text welcome_today(std::string_view spa);
/// Nobody is missed, and nothing is thanked for that lies long back.
Text greetings_from(std::string_view spa);
/// To whom has not come yet.
Text invitation_to(std::string_view spa);

/// "Te esperamos hoy a las 16:00 en Aremko"; without the hour where nobody wrote it.
Text expected_today(Moment booked, std::string_view spa);

/// `list` less so many percent, down to whole thousands where there are any.
Pesos offer_price(Pesos list, int percent);

}  // namespace aremko::analytics

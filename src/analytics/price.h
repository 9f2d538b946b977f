#pragma once
// What a service costs for whom: the catalogue's price in its unit, and what is really charged.

#include <span>
#include <string>
#include <string_view>

#include "base/civil.h"
#include "base/error.h"
#include "base/money.h"
#include "model/proposal.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

struct Priced {
  Pesos charged = 0;
  int people = 1;
  int nights = 0;
};

/// For somebody who comes with `people` (0 = not known), within what the service holds: a price per person × them; a whole
/// one and a night × the people it is always charged for, however few of them come.
Priced price_of(const sources::CatalogService& service, int people);

/// Whether just so many may have it: nobody pays for who does not come, nor stays outside.
bool holds(const sources::CatalogService& service, int people);

/// "por_persona", "total", "por_noche".
std::string_view unit_name(sources::PriceUnit unit);

/// With how many somebody comes: the median of their seen visits, of today's system where there are any, the lesser of two in
/// the middle; 0 = not known. What is let whole bears its capacity instead of who comes: it tells only where nothing else of the visit does.
int usual_party(const snapshot::Snapshot& snapshot, snapshot::PersonId person, AsOf as_of);

/// Whether a service may be proposed by itself: sold, a reason to come, never only an addition or a discount, shown to
/// guests (where the catalogue says what is shown at all), and not closed on every one of the next seven days.
bool may_be_offered(const snapshot::Snapshot& snapshot, const sources::CatalogService& service, AsOf as_of);

/// "para 2 personas", "por 1 noche para 2 personas".
Text for_whom(int people, int nights);

/// "Cabaña Torre", "Pack Masaje Relajante + Tina Hornopirén".
std::string offer_name(std::span<const OfferedService> services);

}  // namespace aremko::analytics

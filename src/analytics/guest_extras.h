#pragma once
// What else a profile shows of a guest: gift cards, surveys, prizes, their label, the last message, what is owed, and why
// the money is another than the booking system's figure. Texts are views into the snapshot.

#include <optional>
#include <vector>

#include "analytics/history.h"
#include "model/guest_extras.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// Issued up to as_of, the last to expire first. One that was cancelled, never paid for, or whose sale is gone has a balance of 0. Codes are shown as the booking system shows them to its staff.
std::vector<GuestGiftCard> gift_cards(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);
/// Answered up to as_of, newest first, at most 10.
std::vector<GuestSurvey> surveys(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);
/// What can be spent with a card at as_of: 0 of one that was cancelled, never paid for, or whose sale is gone.
Pesos card_balance(const snapshot::Snapshot& snapshot, const sources::GiftCard& card, AsOf as_of);
/// Given up to as_of, newest first, at most 10.
std::vector<GuestPrize> prizes(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);
std::optional<OwnLabelView> own_label(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);
/// In either direction.
std::optional<LastMessage> last_message(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);

/// What the sales seen at as_of leave open, less what was refunded of each, overpaid ones left out; bookings ahead are
/// not owed yet, and those that nobody paid for or came to never are.
Pesos owed(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);

/// The same of one sale.
Pesos owed_for(const snapshot::Snapshot& snapshot, snapshot::Row sale, AsOf as_of);

/// Nothing when there is no part to tell.
std::optional<SpentExplained> spent_explained(const snapshot::Snapshot& snapshot, snapshot::Row customer, const View& view);

}  // namespace aremko::analytics

#pragma once
// What is to be known before one speaks with a guest. Texts are views into the snapshot.

#include <vector>

#include "model/guest_extras.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// Notes and surveys of how many months a notice tells.
inline constexpr int notice_months = 24;
/// A survey with such a mark or less is worth knowing of.
inline constexpr int bad_nps = 6;

/// "salud", "celebracion" or "nota": what a note speaks of, by its words.
std::string_view note_kind(std::string_view text);

/// Written on what they had in the last 24 months or have booked, each text once: health first, then newest, at most 10.
std::vector<GuestNote> notes(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);

struct SpendableCards {
  Pesos balance = 0;
  Date first_to_expire{};  // unknown: none does
};
/// Of the cards that are theirs to spend at as_of: given to them, or bought and given to nobody that is known.
SpendableCards spendable_cards(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);

/// When the booking began with which somebody is in the house at as_of: of today, not checked out, and its services not over
/// for more than an hour. Unknown: they are not here.
Moment here_since(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);

GuestNotice notice(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);

}  // namespace aremko::analytics

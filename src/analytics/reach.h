#pragma once
// Whether somebody may be written to, and how: the strictest word of all rows that are theirs (snapshot::PersonTies::ties)
// and of whoever else has the same phone or mailbox.

#include <cstdint>
#include <vector>

#include "base/civil.h"
#include "base/error.h"
#include "model/channel.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// After a message to somebody, so many days pass before the next.
inline constexpr int days_between_messages = 30;

/// Why a customer can or cannot be reached, as bits.
struct Reach {
  static constexpr std::uint16_t whatsapp = 1;  // open: a valid mobile
  static constexpr std::uint16_t telefono = 2;  // open: a valid landline
  static constexpr std::uint16_t email = 4;     // open: a valid address
  static constexpr std::uint16_t wait = 8;      // not to be contacted before `wait_until`: no channel is allowed
  static constexpr std::uint16_t recent = 16;   // with `wait`: because they were written to lately
  static constexpr std::uint16_t closed = 32;   // a valid phone that takes no messages
  static constexpr std::uint16_t abroad = 64;   // a valid mobile, its owner lives abroad
  static constexpr std::uint16_t no_email = 128;    // a valid address that takes no mail
  static constexpr std::uint16_t promotion = 256;   // they want no offers at all: no channel is allowed
  static constexpr std::uint16_t unread_phone = 512;   // whether the phone takes messages could not be read
  static constexpr std::uint16_t unread_email = 1024;  // nor whether the address does
  static constexpr std::uint16_t mobile = 2048;     // what contacts there are, open or not
  static constexpr std::uint16_t landline = 4096;
  static constexpr std::uint16_t address = 8192;
  static constexpr std::uint16_t quarter = 16384;   // their mail of this quarter was sent: none before `email_from`
  static constexpr std::uint16_t unread_day = 32768;   // with `wait`: until when they may not be contacted cannot be read
  std::uint16_t bits = 0;
  Date wait_until{};  // with `wait`: the first day on which they may be contacted; unknown with `unread_day`
  Date email_from{};  // with `quarter`: the first day on which an e-mail may be sent

  bool has(std::uint16_t which) const { return (bits & which) != 0; }
  bool reachable() const { return has(whatsapp | telefono | email); }
};

Reach reach(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);
/// Of a row of legacy() that is no customer: their own phone and address, unless one of today's customers with the same says no.
Reach legacy_reach(const snapshot::Snapshot& snapshot, snapshot::Row legacy, AsOf as_of);
/// Whether a message to them went out on `since` or later, whichever of their rows it stands on.
bool written_since(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of, Date since);
std::vector<Channel> channels(Reach reach);
std::vector<ClosedChannel> closed_channels(Reach reach);
ContactWays contact_ways(Reach reach);

/// Of somebody who cannot be reached: "No acepta correos; no tiene teléfono válido."
Text unreachable_because(Reach reach);

}  // namespace aremko::analytics

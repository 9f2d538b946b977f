#include "store/session_ring.h"

#include "store/secret.h"

namespace aremko::store {
namespace {

// Whoever was not here for so long signs in anew; the name is still at the door.
constexpr UnixSeconds kLongestAway = 30 * 86'400;
// How much of "last use" a crash may lose; a write a minute and person.
constexpr UnixSeconds kWrittenEvery = 60;

std::unexpected<Error> locked_now() {
  return fail(error(Code::unauthorized, "La sesión está bloqueada: escriba su PIN para seguir.",
                    "The session is locked: enter your PIN to go on."));
}

}  // namespace

std::shared_ptr<const SessionRing::Ring> SessionRing::ring() const {
  const std::scoped_lock lock(mutex_);
  return ring_;
}

std::optional<Result<Principal>> SessionRing::check(std::string_view token, bool in_use) {
  if (!is_token(token)) {
    return fail(error(Code::unauthorized, "La sesión no vale: entre de nuevo.", "The session does not hold: sign in again."));
  }
  const auto all = ring();
  const auto found = all->find(token_hash(token));
  if (found == all->end()) return std::nullopt;
  Entry& entry = *found->second;
  const UnixSeconds now = clock_.now(), last = entry.last_used.load();
  if (entry.locked.load() || now - last >= idle_.count()) return locked_now();
  if (in_use && now > last) entry.last_used.store(now);
  return entry.principal;
}

void SessionRing::refresh() {
  const std::scoped_lock one(refreshing_);
  const auto before = ring();
  for (const auto& [hash, entry] : *before) {
    const UnixSeconds last = entry->last_used.load();
    if (last < entry->written + kWrittenEvery) continue;
    staff_.used(hash, last);
    entry->written = last;
  }
  auto after = std::make_shared<Ring>();
  for (SessionHash& row : staff_.working(clock_.now() - kLongestAway)) {
    const auto known = before->find(row.hash);
    std::shared_ptr<Entry> entry;
    // A request that is being let in holds the old one; what it notes there must not be lost.
    if (known != before->end() && known->second->principal == row.principal) entry = known->second;
    else entry = std::make_shared<Entry>();
    if (entry->principal.key_id.empty()) {
      entry->principal = std::move(row.principal);
      entry->last_used = known != before->end() ? known->second->last_used.load() : row.last_used_at;
      entry->written = row.last_used_at;
    }
    if (row.last_used_at > entry->last_used.load()) entry->last_used = row.last_used_at;
    if (row.locked) entry->locked = true;
    after->emplace(std::move(row.hash), std::move(entry));
  }
  const std::scoped_lock lock(mutex_);
  ring_ = std::move(after);
}

void SessionRing::lock(std::string_view token) {
  const auto all = ring();
  if (const auto found = all->find(token_hash(token)); found != all->end()) found->second->locked = true;
}

}  // namespace aremko::store

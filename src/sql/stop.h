#pragma once
// The end of all waiting, for a process that is to end whatever stands still.

namespace aremko::sql {

/// From now on whatever waits for a PostgreSQL server, or for another writer's lock in SQLite, fails at once with a SqlError
/// (`unavailable`, `busy`), and no connection is made any more; one that is being made alone goes on for
/// Options::connect_timeout_s. Never undone. Any thread.
void stop_waiting() noexcept;
bool waiting_stopped() noexcept;

/// Readable from then on, for poll(); −1 when the system gave none.
int stop_descriptor() noexcept;

}  // namespace aremko::sql

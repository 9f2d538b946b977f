// Waiting for the server: never longer than it may be silent, and not at all once the process is to end. libpq's own calls
// wait without end; a server (or what stands before it) that keeps the connection and says nothing is noticed by nobody else.
//
// No cancel request goes out when the time is over: through a pooler one may meet somebody else's statement, and the server
// ends a statement by its own statement_timeout.
#include <poll.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "sql/postgres.h"
#include "sql/stop.h"

namespace aremko::sql {

int PostgresConnection::patience() const {
  // The server's own limit comes first, and with it a better word. A long COPY may last longer than two minutes, but not
  // without a row.
  constexpr int longest_silence = 120'000;
  return options_.statement_timeout_ms == 0 ? -1 : std::min(options_.statement_timeout_ms, longest_silence) + 2'000;
}

void PostgresConnection::await(short events, int patience_ms) {
  std::array<pollfd, 2> both{{{.fd = PQsocket(connection_), .events = events, .revents = 0},
                              {.fd = stop_descriptor(), .events = POLLIN, .revents = 0}}};
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
  int left = patience_ms;
  while (true) {
    const int ready = poll(both.data(), both.size(), left);
    if (both[1].revents != 0) break;
    if (ready > 0) return;
    if (ready == 0) break;
    if (patience_ms >= 0) {  // a signal
      left = static_cast<int>(std::max<std::int64_t>(
          0, std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count()));
    }
  }
  drop();  // the answer that may still come would be taken for the next one's
  throw SqlError(waiting_stopped() ? Kind::unavailable : Kind::timeout, options_.label);
}

void PostgresConnection::flush(int patience_ms) {
  while (true) {
    const int rest = PQflush(connection_);
    if (rest == 0) return;
    if (rest < 0) throw_error(nullptr);
    // A server that waits until its own answers are read reads nothing of ours.
    await(POLLIN | POLLOUT, patience_ms);
    if (PQconsumeInput(connection_) != 1) throw_error(nullptr);
  }
}

PGresult* PostgresConnection::next_result(int patience_ms) {
  if (PQstatus(connection_) == CONNECTION_OK) flush(patience_ms);
  while (PQisBusy(connection_) != 0) {
    await(POLLIN, patience_ms);
    if (PQconsumeInput(connection_) != 1) break;  // the result says it
  }
  return PQgetResult(connection_);
}

PGresult* PostgresConnection::next_result() { return next_result(patience()); }

PgResult PostgresConnection::rest_of_results(int patience_ms) {
  PgResult kept;
  bool failed = false;
  while (PGresult* result = next_result(patience_ms)) {
    PgResult held(result);
    if (failed) continue;
    const ExecStatusType status = PQresultStatus(result);
    failed = status == PGRES_FATAL_ERROR;
    kept = std::move(held);
    if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) break;
  }
  return kept;
}

PgResult PostgresConnection::execute(const std::string& sql, int patience_ms) {
  if (PQsendQuery(connection_, sql.c_str()) != 1) throw_error(nullptr);
  return checked(rest_of_results(patience_ms).release());
}

PgResult PostgresConnection::execute(const std::string& sql) { return execute(sql, patience()); }

int PostgresConnection::next_copy_row(char** row) {
  while (true) {
    const int size = PQgetCopyData(connection_, row, 1);
    if (size != 0) return size;
    await(POLLIN, patience());
    if (PQconsumeInput(connection_) != 1) throw_error(nullptr);
  }
}

}  // namespace aremko::sql

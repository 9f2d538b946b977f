// The connection itself: made, lost, made again; its transactions; its errors.
#include <poll.h>

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "sql/connect_fault.h"
#include "sql/postgres.h"
#include "sql/stop.h"

namespace aremko::sql {
namespace {

using SteadyClock = std::chrono::steady_clock;

void ignore_notice(void*, const PGresult*) {}

/// Milliseconds for poll(); 0 when the time is over.
int left_until(SteadyClock::time_point end) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - SteadyClock::now()).count();
  return static_cast<int>(std::max<std::int64_t>(0, left));
}

/// What libpq is told, name by name; the last of two equal names counts.
class Words {
 public:
  Words(const Url& url, int timeout_s) : timeout_(std::to_string(timeout_s)) {
    add("connect_timeout", timeout_);
    add("application_name", application_);
    // A server that vanished without a word is noticed within about half a minute.
    add("keepalives_idle", "10");
    add("keepalives_interval", "5");
    add("keepalives_count", "3");
    add("tcp_user_timeout", "30000");
    add("host", url.host);
    add("port", url.port);
    add("user", url.user);
    add("password", url.password);
    add("dbname", url.database);
    for (const auto& [word, value] : url.parameters) add(word.c_str(), value);
    add("client_encoding", "UTF8");
    keys_.push_back(nullptr);
    values_.push_back(nullptr);
  }
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;
  const char* const* keys() const { return keys_.data(); }
  const char* const* values() const { return values_.data(); }

 private:
  void add(const char* word, const char* value) {
    if (*value == '\0') return;
    keys_.push_back(word);
    values_.push_back(value);
  }
  void add(const char* word, const std::string& value) { add(word, value.c_str()); }

  std::string timeout_;
  std::string application_ = "aremko";
  std::vector<const char*> keys_;
  std::vector<const char*> values_;
};

/// The message of one more attempt, with SQLSTATEs in it: they cannot be had before an attempt has begun, and this way
/// the usual one stays libpq's own. Only for a server that has just answered in words we do not know.
std::string verbose_message(const Words& words, int timeout_s) {
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  const std::unique_ptr<PGconn, Finish> again(PQconnectStartParams(words.keys(), words.values(), 0));
  if (again == nullptr) return {};
  PQsetErrorVerbosity(again.get(), PQERRORS_VERBOSE);
  const auto end = SteadyClock::now() + std::chrono::seconds(timeout_s);
  PostgresPollingStatusType wants = PGRES_POLLING_WRITING;
  while (wants == PGRES_POLLING_WRITING || wants == PGRES_POLLING_READING) {
    pollfd socket{.fd = PQsocket(again.get()),
                  .events = static_cast<short>(wants == PGRES_POLLING_READING ? POLLIN : POLLOUT),
                  .revents = 0};
    if (socket.fd < 0 || poll(&socket, 1, left_until(end)) <= 0) break;
    wants = PQconnectPoll(again.get());
  }
  return PQerrorMessage(again.get());
}

/// The last word of "permission denied for table x" in whatever language; a name, or nothing.
std::string_view denied_name(const PGresult* result) {
  const char* text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string_view message = text == nullptr ? "" : text;
  const std::string_view word = message.substr(message.rfind(' ') + 1);
  const bool name =
      std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
  return name ? word : std::string_view();
}

}  // namespace

PostgresConnection::PostgresConnection(const Url& url, Options options) : Connection(std::move(options)), url_(url) {
  try {
    connect();
  } catch (...) {
    drop();
    throw;
  }
}

PostgresConnection::~PostgresConnection() { drop(); }

void PostgresConnection::drop() noexcept { PQfinish(std::exchange(connection_, nullptr)); }

void PostgresConnection::connect() {
  drop();
  if (waiting_stopped()) throw SqlError(Kind::unavailable, options_.label);  // libpq would wait for connect_timeout_s
  const Words words(url_, options_.connect_timeout_s);
  connection_ = PQconnectdbParams(words.keys(), words.values(), 0);
  if (connection_ == nullptr || PQstatus(connection_) != CONNECTION_OK) {
    std::string message = connection_ == nullptr ? "" : PQerrorMessage(connection_);
    const bool plain = std::ranges::any_of(url_.parameters, [](const auto& one) {
      return one.first == "sslmode" && (one.second == "disable" || one.second == "allow");
    });
    ConnectFault fault = connect_fault(message, plain);
    if (fault == ConnectFault::unknown && connection_ != nullptr) {
      message = verbose_message(words, options_.connect_timeout_s);
      fault = connect_fault(message, plain);
    }
    throw connect_error(fault, message, url_, options_.label, options_.connect_timeout_s);
  }
  PQsetnonblocking(connection_, 1);  // sending never waits: await() does
  PQsetNoticeReceiver(connection_, ignore_notice, nullptr);  // notices may quote data, and go to stderr
  set_up();
}

void PostgresConnection::set_up() {
  std::vector<std::pair<const char*, std::string>> settings{
      {"statement_timeout", std::to_string(options_.statement_timeout_ms)},
      {"lock_timeout", std::to_string(options_.busy_timeout_ms)},
      {"TimeZone", "UTC"},
      {"DateStyle", "ISO, YMD"},
      {"IntervalStyle", "postgres"},
      {"bytea_output", "hex"},
      {"extra_float_digits", "1"},
      {"synchronous_commit", options_.fast_unsafe ? "off" : "on"},
  };
  std::string path;
  for (const std::string& schema : url_.schemas) path += (path.empty() ? "" : ", ") + identifier(schema);
  if (!path.empty()) settings.emplace_back("search_path", path);
  if (options_.read_only) settings.emplace_back("transaction_read_only", "on");
  settings_.clear();
  for (const auto& [name, value] : settings) {
    settings_ +=
        fmt::format("{}set_config('{}', {}, true)", settings_.empty() ? "SELECT " : ", ", name, literal(value));
  }
  for (const std::string& schema : url_.schemas) {
    try {
      bounded(fmt::format("SELECT {}::regnamespace", literal(identifier(schema))));
    } catch (const SqlError& problem) {
      if (problem.sqlstate() != "3F000") throw;
      throw SqlError(Kind::undefined, options_.label, "3F000",
                     {fmt::format("no tiene el esquema «{}».", schema), fmt::format("has no schema \"{}\".", schema)});
    }
  }
  if (options_.queries == nullptr) return;
  // Parsed once, so that a typo stops the opening, and not kept.
  const auto send = [this] {
    return std::ranges::all_of(options_.queries->all(), [this](const NamedQuery& query) {
      return PQsendPrepare(connection_, "", query.sql.c_str(), 0, nullptr) == 1;
    });
  };
  pipeline(send, [](const PgResult&) {}, patience());
}

bool PostgresConnection::alive() {
  if (PQstatus(connection_) != CONNECTION_OK) return false;
  if (PQtransactionStatus(connection_) != PQTRANS_IDLE) return true;
  // An idle connection on which something can be read holds the server's good-bye: first its reason, then the end.
  // (Or a notice, which is eaten.)
  pollfd socket{.fd = PQsocket(connection_), .events = POLLIN, .revents = 0};
  for (int i = 0; i < 10 && poll(&socket, 1, 0) > 0; ++i) {
    if (PQconsumeInput(connection_) != 1 || PQstatus(connection_) != CONNECTION_OK) return false;
  }
  return true;
}

void PostgresConnection::ensure_alive() {
  if (in_transaction()) return;  // what the transaction held is gone with the connection: let it fail
  if (!alive()) connect();
}

SqlError PostgresConnection::error_of(const PGresult* result, bool lost) const {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string sqlstate = state == nullptr ? "" : state;
  if (lost) return {Kind::unavailable, options_.label, sqlstate};
  if (const std::string_view name = denied_name(result); sqlstate == "42501" && !name.empty()) {
    return {
        Kind::denied,
        options_.label,
        sqlstate,
        {fmt::format("no da permiso para usar «{}».", name), fmt::format("gives no permission to use \"{}\".", name)}};
  }
  return {kind_of_sqlstate(sqlstate), options_.label, sqlstate};
}

void PostgresConnection::throw_error(const PGresult* result) const {
  throw error_of(result, PQstatus(connection_) != CONNECTION_OK);
}

PgResult PostgresConnection::checked(PGresult* result) const {
  PgResult out(result);
  switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_COPY_OUT:
    case PGRES_COPY_IN:
    case PGRES_EMPTY_QUERY:
      return out;
    default:
      throw_error(result);
  }
}

void PostgresConnection::bounded(const std::string& sql) {
  // A pooler takes a statement at once and lets it wait until a server connection is free; how long is ours to say.
  try {
    execute(sql, std::max(options_.connect_timeout_s * 1000, options_.busy_timeout_ms));
  } catch (const SqlError& problem) {
    if (problem.kind() != Kind::timeout || !problem.sqlstate().empty()) throw;
    throw SqlError(
        Kind::timeout, options_.label, "",
        {"no tuvo una conexión libre a tiempo: el servidor o su intermediario (pgbouncer) está ocupado.",
         "had no free connection in time: the server or its pooler (pgbouncer) is busy."});
  }
}

void PostgresConnection::begin(Isolation isolation, const std::string& shared) {
  ensure_alive();
  std::string sql = "BEGIN";
  if (isolation == Isolation::snapshot) {
    sql += " ISOLATION LEVEL REPEATABLE READ, READ ONLY";
  } else if (options_.read_only) {
    sql += " READ ONLY";
  }
  if (!shared.empty()) sql += "; SET TRANSACTION SNAPSHOT " + literal(shared);
  began_ = true;
  try {
    bounded(sql + "; " + settings_);  // its SELECT takes the snapshot
  } catch (...) {
    rollback();
    throw;
  }
}

void PostgresConnection::commit() {
  began_ = false;
  const PgResult result = execute("COMMIT");
  // A COMMIT of a failed transaction answers ROLLBACK, and no error.
  if (std::string_view(PQcmdStatus(result.get())) != "COMMIT") throw SqlError(Kind::other, options_.label);
}

void PostgresConnection::rollback() noexcept {
  began_ = false;
  if (PQtransactionStatus(connection_) == PQTRANS_ACTIVE) drop();
  if (!in_transaction()) return;
  try {
    execute("ROLLBACK", options_.connect_timeout_s * 1000);
  } catch (const SqlError&) {
    drop();  // the server rolls back what nobody is there to commit
  }
}

bool PostgresConnection::in_transaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(connection_);
  return began_ || status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

void PostgresConnection::abandon() noexcept {
  // What is left of a COPY can be as much as the table, so the connection goes, and with it the server's work. No
  // cancel request: through a pooler one may meet somebody else's statement, and pgbouncer 1.18 may die of it.
  if (PQtransactionStatus(connection_) == PQTRANS_ACTIVE) drop();
}

}  // namespace aremko::sql

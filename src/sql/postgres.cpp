#include "sql/postgres.h"

#include <poll.h>

#include <charconv>

#include <fmt/format.h>

namespace aremko::sql {
namespace {

/// Parameters as libpq wants them: NUL-terminated text, the server finds the types.
class TextParams {
 public:
  TextParams(std::span<const Param> params, const Label& label) {
    texts_.reserve(params.size());
    for (const Param& param : params) add(param, label);
    for (std::size_t i = 0; i < texts_.size(); ++i) pointers_.push_back(null_[i] ? nullptr : texts_[i].c_str());
  }
  int size() const { return static_cast<int>(pointers_.size()); }
  const char* const* data() const { return pointers_.data(); }

 private:
  void add(const Param& param, const Label& label) {
    const Param::Value& value = param.value();
    null_.push_back(std::holds_alternative<std::monostate>(value));
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
      texts_.push_back(std::to_string(*whole));
    } else if (const auto* real = std::get_if<double>(&value)) {
      texts_.push_back(fmt::format("{}", *real));
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      if (text->find('\0') != std::string_view::npos) throw SqlError(Kind::bad_value, label);
      texts_.emplace_back(*text);
    } else {
      texts_.emplace_back();
    }
  }

  std::vector<std::string> texts_;
  std::vector<bool> null_;
  std::vector<const char*> pointers_;
};

void ignore_notice(void*, const PGresult*) {}

}  // namespace

PostgresConnection::PostgresConnection(const Url& url, Options options) : Connection(std::move(options)), url_(url) {
  try {
    connect();
  } catch (...) {
    if (cancel_ != nullptr) PQfreeCancel(cancel_);
    PQfinish(connection_);
    throw;
  }
}

PostgresConnection::~PostgresConnection() {
  if (cancel_ != nullptr) PQfreeCancel(cancel_);
  PQfinish(connection_);
}

void PostgresConnection::connect() {
  const std::string timeout = std::to_string(options_.connect_timeout_s);
  std::vector<std::pair<const char*, const char*>> words{
      {"connect_timeout", timeout.c_str()},
      {"application_name", "aremko"},
      {"client_encoding", "UTF8"},
      // A server that vanished without a word is noticed within about half a minute.
      {"keepalives_idle", "10"},
      {"keepalives_interval", "5"},
      {"keepalives_count", "3"},
      {"tcp_user_timeout", "30000"},
  };
  const auto add = [&](const char* word, const std::string& value) {
    if (!value.empty()) words.emplace_back(word, value.c_str());
  };
  add("host", url_.host);
  add("port", url_.port);
  add("user", url_.user);
  add("password", url_.password);
  add("dbname", url_.database);
  for (const auto& [word, value] : url_.parameters) add(word.c_str(), value);
  std::vector<const char*> keys;
  std::vector<const char*> values;
  for (const auto& [key, value] : words) {
    keys.push_back(key);
    values.push_back(value);
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  PGconn* fresh = PQconnectdbParams(keys.data(), values.data(), 0);
  PQfinish(connection_);
  connection_ = fresh;
  if (connection_ == nullptr || PQstatus(connection_) != CONNECTION_OK) {
    // A refused start-up has no SQLSTATE to ask for; only whether a password was wanted.
    const bool password = connection_ != nullptr && PQconnectionNeedsPassword(connection_) != 0;
    throw SqlError(password ? Kind::denied : Kind::unavailable, options_.label);
  }
  PQsetNoticeReceiver(connection_, ignore_notice, nullptr);  // notices may quote data, and go to stderr
  {
    const std::scoped_lock lock(cancel_mutex_);
    if (cancel_ != nullptr) PQfreeCancel(cancel_);
    cancel_ = PQgetCancel(connection_);
  }
  set_up();
}

void PostgresConnection::set_up() {
  // SET after connecting, because poolers such as pgbouncer refuse start-up options.
  const std::string settings = fmt::format(
      "SET statement_timeout = {}; SET lock_timeout = {}; SET default_transaction_read_only = {}; "
      "SET TimeZone = 'UTC'; SET IntervalStyle = 'postgres'; SET bytea_output = 'hex'; "
      "SET extra_float_digits = 1; SET synchronous_commit = {}",
      options_.statement_timeout_ms, options_.busy_timeout_ms, options_.read_only ? "on" : "off",
      options_.fast_unsafe ? "off" : "on");
  checked(PQexec(connection_, settings.c_str()));
  if (options_.queries == nullptr) return;
  for (const NamedQuery& query : options_.queries->all()) {
    checked(PQprepare(connection_, query.name.c_str(), query.sql.c_str(), 0, nullptr));
  }
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

void PostgresConnection::throw_error(const PGresult* result) const {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string sqlstate = state == nullptr ? "" : state;
  const bool lost = PQstatus(connection_) != CONNECTION_OK;
  throw SqlError(lost ? Kind::unavailable : kind_of_sqlstate(sqlstate), options_.label, sqlstate);
}

PgResult PostgresConnection::checked(PGresult* result) const {
  PgResult out(result);
  switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_COPY_OUT:
    case PGRES_COPY_IN:
    case PGRES_EMPTY_QUERY: return out;
    default: throw_error(result);
  }
}

Rows PostgresConnection::copy_rows(const PGresult* result) const {
  Rows rows;
  const int columns = PQnfields(result);
  rows.start(static_cast<std::size_t>(columns));
  for (int i = 0; i < PQntuples(result); ++i) {
    for (int j = 0; j < columns; ++j) {
      if (PQgetisnull(result, i, j) != 0) {
        rows.add(std::nullopt);
      } else {
        rows.add(std::string_view(PQgetvalue(result, i, j), static_cast<std::size_t>(PQgetlength(result, i, j))));
      }
    }
  }
  const std::string_view count = PQcmdTuples(const_cast<PGresult*>(result));  // takes it non-const, changes nothing
  std::int64_t affected = 0;
  std::from_chars(count.data(), count.data() + count.size(), affected);
  rows.affected(affected);
  return rows;
}

Rows PostgresConnection::query(std::string_view sql, std::span<const Param> params) {
  const TextParams texts(params, options_.label);
  ensure_alive();
  const PgResult result = checked(PQexecParams(connection_, std::string(sql).c_str(), texts.size(), nullptr,
                                               texts.data(), nullptr, nullptr, 0));
  return copy_rows(result.get());
}

Rows PostgresConnection::run(std::string_view name, std::span<const Param> params) {
  const TextParams texts(params, options_.label);
  ensure_alive();
  const PgResult result = checked(PQexecPrepared(connection_, std::string(name).c_str(), texts.size(), texts.data(),
                                                 nullptr, nullptr, 0));
  return copy_rows(result.get());
}

void PostgresConnection::run_many(std::string_view name, std::size_t count,
                                  const std::function<void(std::size_t, std::vector<Param>&)>& bind) {
  // So many that round trips vanish, so few that neither side's socket buffer fills with unread answers.
  constexpr std::size_t kBatch = 256;
  const std::string statement(name);
  std::vector<Param> params;
  for (std::size_t from = 0; from < count; from += kBatch) {
    const std::size_t to = std::min(count, from + kBatch);
    if (PQenterPipelineMode(connection_) != 1) throw_error(nullptr);
    PgResult failed;
    bool lost = false;
    std::exception_ptr thrown;
    for (std::size_t i = from; i < to && !lost && thrown == nullptr; ++i) {
      params.clear();
      try {
        bind(i, params);
        const TextParams texts(params, options_.label);
        lost =
            PQsendQueryPrepared(connection_, statement.c_str(), texts.size(), texts.data(), nullptr, nullptr, 0) != 1;
      } catch (...) {
        thrown = std::current_exception();
      }
    }
    lost = lost || PQpipelineSync(connection_) != 1;
    while (!lost) {
      PgResult result(PQgetResult(connection_));
      if (result == nullptr) {
        lost = PQstatus(connection_) != CONNECTION_OK;
        continue;  // the end of one statement's results
      }
      const ExecStatusType status = PQresultStatus(result.get());
      if (status == PGRES_PIPELINE_SYNC) break;
      if (status == PGRES_FATAL_ERROR && failed == nullptr) failed = std::move(result);
    }
    if (lost) throw_error(failed.get());
    PQexitPipelineMode(connection_);
    if (thrown != nullptr) std::rethrow_exception(thrown);
    if (failed != nullptr) throw_error(failed.get());
  }
}

void PostgresConnection::script(std::string_view sql) {
  ensure_alive();
  checked(PQexec(connection_, std::string(sql).c_str()));
}

std::string PostgresConnection::identifier(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string PostgresConnection::with_literals(std::string_view sql, std::span<const Param> params) const {
  std::string out;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    std::size_t number = 0;
    const auto [end, problem] = std::from_chars(sql.data() + i + 1, sql.data() + sql.size(), number);
    if (sql[i] != '$' || problem != std::errc() || number < 1 || number > params.size()) {
      out += sql[i];
      continue;
    }
    i = static_cast<std::size_t>(end - sql.data()) - 1;
    const Param::Value& value = params[number - 1].value();
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
      out += fmt::format("({})", *whole);
    } else if (const auto* real = std::get_if<double>(&value)) {
      out += fmt::format("'{}'::float8", *real);
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      char* quoted = PQescapeLiteral(connection_, text->data(), text->size());
      if (quoted == nullptr) throw SqlError(Kind::bad_value, options_.label);
      out += quoted;
      PQfreemem(quoted);
    } else {
      out += "NULL";
    }
  }
  return out;
}

std::unique_ptr<RowReader> PostgresConnection::read(std::string_view select, std::span<const Param> params) {
  ensure_alive();
  const std::string sql = with_literals(select, params);
  // COPY does not tell the columns' types; describing the same SELECT does.
  checked(PQprepare(connection_, "", sql.c_str(), 0, nullptr));
  const PgResult shape = checked(PQdescribePrepared(connection_, ""));
  std::vector<Wire> wires;
  for (int i = 0; i < PQnfields(shape.get()); ++i) wires.push_back(wire_of_oid(PQftype(shape.get(), i)));
  const PgResult started = checked(PQexec(connection_, ("COPY (" + sql + ") TO STDOUT (FORMAT BINARY)").c_str()));
  return make_copy_reader(*this, std::move(wires));
}

std::unique_ptr<BulkWriter> PostgresConnection::write(std::string_view table,
                                                      std::span<const std::string_view> columns) {
  ensure_alive();
  std::string names;
  for (const std::string_view column : columns) names += (names.empty() ? "" : ", ") + identifier(column);
  checked(PQexec(connection_, ("COPY " + identifier(table) + " (" + names + ") FROM STDIN").c_str()));
  return make_copy_writer(*this);
}

std::vector<Column> PostgresConnection::columns(std::string_view table) {
  std::vector<Column> out;
  for (const Rows::Row row : query("SELECT a.attname, t.typname FROM pg_attribute a JOIN pg_type t ON t.oid = "
                                   "a.atttypid WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT "
                                   "a.attisdropped ORDER BY a.attnum",
                                   {identifier(table)})) {
    out.push_back({row.string(0), row.string(1)});
  }
  return out;
}

std::string PostgresConnection::change_token() {
  // The snapshot lists what runs, so a commit always changes it. A standby keeps no such list, but its replay
  // position moves; a server that started again may have come from a backup.
  return query("SELECT concat(pg_current_snapshot(), ' ', pg_last_wal_replay_lsn(), ' ', "
               "extract(epoch FROM pg_postmaster_start_time()))")[0]
      .string(0);
}

std::optional<std::string> PostgresConnection::export_snapshot() {
  return query("SELECT pg_export_snapshot()")[0].string(0);
}

void PostgresConnection::cancel() {
  const std::scoped_lock lock(cancel_mutex_);
  std::array<char, 256> why{};
  if (cancel_ != nullptr) PQcancel(cancel_, why.data(), static_cast<int>(why.size()));
}

void PostgresConnection::begin(Isolation isolation, const std::string& shared) {
  ensure_alive();
  if (isolation == Isolation::write) {
    checked(PQexec(connection_, "BEGIN"));
    return;
  }
  checked(PQexec(connection_, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"));
  try {
    if (!shared.empty()) {
      const std::string sql = with_literals("SET TRANSACTION SNAPSHOT $1", std::array{Param(shared)});
      checked(PQexec(connection_, sql.c_str()));
    } else {
      checked(PQexec(connection_, "SELECT 1"));  // the snapshot is taken by the first query
    }
  } catch (...) {
    rollback();
    throw;
  }
}

void PostgresConnection::commit() {
  const PgResult result = checked(PQexec(connection_, "COMMIT"));
  // A COMMIT of a failed transaction answers ROLLBACK, and no error.
  if (std::string_view(PQcmdStatus(result.get())) != "COMMIT") throw SqlError(Kind::other, options_.label);
}

void PostgresConnection::rollback() noexcept {
  if (PQtransactionStatus(connection_) == PQTRANS_ACTIVE) abandon();
  if (in_transaction()) PQclear(PQexec(connection_, "ROLLBACK"));
}

bool PostgresConnection::in_transaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(connection_);
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

void PostgresConnection::abandon() noexcept {
  if (PQtransactionStatus(connection_) != PQTRANS_ACTIVE) return;  // a cancel would hit whatever comes next
  cancel();
  for (;;) {
    char* bytes = nullptr;
    while (PQgetCopyData(connection_, &bytes, 0) > 0) PQfreemem(bytes);
    PGresult* result = PQgetResult(connection_);
    if (result == nullptr) return;
    if (PQresultStatus(result) == PGRES_COPY_IN) PQputCopyEnd(connection_, "abandoned");
    PQclear(result);
    if (PQstatus(connection_) != CONNECTION_OK) return;
  }
}

}  // namespace aremko::sql

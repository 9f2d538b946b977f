// Statements. Behind a pooler in transaction mode the server connection is somebody else's after every transaction, so
// nothing may be left on it: settings last one transaction, and a statement is prepared without a name, if at all.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "sql/postgres.h"

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

}  // namespace

void PostgresConnection::pipeline(const std::function<bool()>& send, const std::function<void(PgResult)>& take,
                                  int patience_ms) {
  const bool alone = !in_transaction();
  if (PQenterPipelineMode(connection_) != 1) throw_error(nullptr);
  PgResult failed;
  bool sent = true;
  bool settings_next = alone;
  std::exception_ptr thrown;
  try {
    // What is sent up to one Sync is one transaction, and the settings last as long as it does.
    if (alone) sent = PQsendQueryParams(connection_, settings_.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) == 1;
    sent = sent && send();
  } catch (...) {
    thrown = std::current_exception();
  }
  bool lost = PQpipelineSync(connection_) != 1 || !sent;
  while (!lost) {
    PgResult result(next_result(patience_ms));
    if (result == nullptr) {
      lost = PQstatus(connection_) != CONNECTION_OK;
      continue;  // the end of one statement's results
    }
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_PIPELINE_SYNC) break;
    if (status == PGRES_FATAL_ERROR) {
      if (failed == nullptr) failed = std::move(result);
    } else if (status != PGRES_PIPELINE_ABORTED && !std::exchange(settings_next, false)) {
      take(std::move(result));
    }
  }
  if (lost) {
    // Unread answers would be taken for those of the next statement.
    const SqlError problem = error_of(failed.get(), true);
    drop();
    throw problem;
  }
  PQexitPipelineMode(connection_);
  if (thrown != nullptr) std::rethrow_exception(thrown);
  if (failed != nullptr) throw_error(failed.get());
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

Rows PostgresConnection::query(std::string_view sql, std::span<const Param> params) { return ask(sql, params, patience()); }

Rows PostgresConnection::ask(std::string_view sql, std::span<const Param> params, int patience_ms) {
  const TextParams texts(params, options_.label);
  const std::string text(sql);
  ensure_alive();
  if (in_transaction()) {
    if (PQsendQueryParams(connection_, text.c_str(), texts.size(), nullptr, texts.data(), nullptr, nullptr, 0) != 1) {
      throw_error(nullptr);
    }
    return copy_rows(checked(rest_of_results(patience_ms).release()).get());
  }
  Rows rows;
  pipeline(
      [&] {
        return PQsendQueryParams(connection_, text.c_str(), texts.size(), nullptr, texts.data(), nullptr, nullptr,
                                 0) == 1;
      },
      [&](const PgResult& result) { rows = copy_rows(result.get()); }, patience_ms);
  return rows;
}

Rows PostgresConnection::run(std::string_view name, std::span<const Param> params) {
  // A named query is a small one: what it waits for is a lock.
  const int longest = 2 * options_.busy_timeout_ms;
  const int patience_ms = patience() < 0 ? longest : std::min(patience(), longest);
  return ask(options_.queries->find(name).sql, params, patience_ms);
}

void PostgresConnection::run_many(std::string_view name, std::size_t count,
                                  const std::function<void(std::size_t, std::vector<Param>&)>& bind) {
  // So many that round trips vanish, so few that what is not sent yet stays small.
  constexpr std::size_t kBatch = 256;
  const std::string& statement = options_.queries->find(name).sql;
  std::vector<Param> params;
  for (std::size_t from = 0; from < count; from += kBatch) {
    const std::size_t to = std::min(count, from + kBatch);
    const auto send = [&] {
      bool sent = PQsendPrepare(connection_, "", statement.c_str(), 0, nullptr) == 1;
      for (std::size_t i = from; i < to && sent; ++i) {
        params.clear();
        bind(i, params);
        const TextParams texts(params, options_.label);
        sent = PQsendQueryPrepared(connection_, "", texts.size(), texts.data(), nullptr, nullptr, 0) == 1;
      }
      return sent;
    };
    pipeline(send, [](const PgResult&) {}, patience());
  }
}

std::string PostgresConnection::with_settings(std::string_view sql) const {
  return in_transaction() ? std::string(sql) : settings_ + "; " + std::string(sql);
}

void PostgresConnection::script(std::string_view sql) {
  ensure_alive();
  execute(with_settings(sql));
}

std::string PostgresConnection::identifier(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string PostgresConnection::literal(std::string_view text) const {
  char* quoted = PQescapeLiteral(connection_, text.data(), text.size());
  if (quoted == nullptr) throw SqlError(Kind::bad_value, options_.label);
  std::string out = quoted;
  PQfreemem(quoted);
  return out;
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
      out += literal(*text);
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
  PgResult shape;
  pipeline(
      [&] {
        return PQsendPrepare(connection_, "", sql.c_str(), 0, nullptr) == 1 &&
               PQsendDescribePrepared(connection_, "") == 1;
      },
      [&](PgResult result) { shape = std::move(result); }, patience());
  std::vector<Wire> wires;
  for (int i = 0; i < PQnfields(shape.get()); ++i) wires.push_back(wire_of_oid(PQftype(shape.get(), i)));
  const std::string copy = "COPY (" + sql + ") TO STDOUT (FORMAT BINARY)";
  execute(with_settings(copy));
  return make_copy_reader(*this, std::move(wires));
}

std::unique_ptr<BulkWriter> PostgresConnection::write(std::string_view table,
                                                      std::span<const std::string_view> columns) {
  ensure_alive();
  std::string names;
  for (const std::string_view column : columns) names += (names.empty() ? "" : ", ") + identifier(column);
  const std::string copy = "COPY " + identifier(table) + " (" + names + ") FROM STDIN";
  execute(with_settings(copy));
  return make_copy_writer(*this);
}

std::vector<Column> PostgresConnection::columns(std::string_view table) {
  return std::move(columns_of({std::string(table)}).front());
}

std::vector<std::vector<Column>> PostgresConnection::columns_of(const std::vector<std::string>& tables) {
  std::string names;
  for (const std::string& table : tables) names += (names.empty() ? "" : ",") + identifier(table);
  std::vector<std::vector<Column>> out(tables.size());
  for (const Rows::Row row :
       query("SELECT n.at - 1, a.attname, t.typname, has_column_privilege(a.attrelid, a.attnum, 'SELECT') "
             "FROM unnest(string_to_array($1, ',')) WITH ORDINALITY n(name, at) "
             "JOIN pg_attribute a ON a.attrelid = to_regclass(n.name) JOIN pg_type t ON t.oid = a.atttypid "
             "WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY n.at, a.attnum",
             {names})) {
    out.at(static_cast<std::size_t>(row.integer(0))).push_back({row.string(1), row.string(2), row.boolean(3)});
  }
  return out;
}

std::string PostgresConnection::change_token() {
  // The snapshot lists what runs, so a commit always changes it. A standby keeps no such list, but its replay
  // position moves; a server that started again may have come from a backup.
  return query(
             "SELECT concat(pg_current_snapshot(), ' ', pg_last_wal_replay_lsn(), ' ', "
             "extract(epoch FROM pg_postmaster_start_time()))")[0]
      .string(0);
}

std::optional<std::string> PostgresConnection::export_snapshot() {
  return query("SELECT pg_export_snapshot()")[0].string(0);
}

}  // namespace aremko::sql

#include "sql/connection.h"

#include "sql/postgres.h"
#include "sql/sqlite.h"

namespace aremko::sql {

std::unique_ptr<Connection> open(const Url& url, const Options& options) {
  if (url.engine == Engine::postgres) return std::make_unique<PostgresConnection>(url, options);
  return std::make_unique<SqliteConnection>(url, options);
}

}  // namespace aremko::sql

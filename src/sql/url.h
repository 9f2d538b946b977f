#pragma once
// A database's address as people write it: postgresql://, postgres://, pgsql://, sqlite:///relative,
// sqlite:////absolute, each with an optional "+driver" (postgresql+asyncpg) that means nothing here.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace aremko::sql {

enum class Engine { postgres, sqlite };

struct Url {
  Engine engine = Engine::sqlite;
  // PostgreSQL. Empty fields are left to libpq's own defaults (PGHOST, ~/.pgpass, …).
  std::string host{};  // a name, an address, or the directory of a unix socket; several with a comma between
  std::string port{};  // as many as hosts ("5432,5433"), or one for all
  std::string user{};
  std::string password{};
  std::string database{};
  std::vector<std::pair<std::string, std::string>> parameters{};  // libpq's own: sslmode=require and the like
  std::vector<std::string> schemas{};  // ?schema=a,b: where tables are looked for, instead of the server's search_path
  std::vector<std::string> ignored{};  // parameters that mean something to other programs only, by name
  // SQLite. ":memory:" is a database of one connection.
  std::string path{};

  /// Malformed when the scheme is unknown, a part cannot be read, or a parameter is neither libpq's nor another
  /// program's; a parameter is called by its name. No error shows any other part of the text: it may hold a password.
  static Result<Url> parse(std::string_view text);

  /// The address without password and parameters, for logs and screens.
  std::string redacted() const;
  /// "host:5432/database" or the SQLite file's name: no user, no password, no directory.
  std::string place() const;

  friend bool operator==(const Url&, const Url&) = default;
};

}  // namespace aremko::sql

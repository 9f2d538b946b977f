#pragma once
// A database's address as people write it: postgresql://, postgres://, sqlite:///relative, sqlite:////absolute,
// each with an optional "+driver" (postgresql+asyncpg) that means nothing here.

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
  std::string host{};  // a name, an address, or the directory of a unix socket
  std::string port{};
  std::string user{};
  std::string password{};
  std::string database{};
  std::vector<std::pair<std::string, std::string>> parameters{};  // sslmode=require and the like
  // SQLite. ":memory:" is a database of one connection.
  std::string path{};

  /// Malformed when the scheme is unknown or a part cannot be read. No error shows any part of the text: it
  /// may hold a password.
  static Result<Url> parse(std::string_view text);

  /// The address without password and parameters, for logs and screens.
  std::string redacted() const;

  friend bool operator==(const Url&, const Url&) = default;
};

}  // namespace aremko::sql

#pragma once
// A real PostgreSQL for tests: a private server in a temporary directory, reached by a unix socket, so that no port
// is taken. postgres refuses to run as root; then it runs as the system's user `postgres`.

#include <sys/types.h>

#include <string>

namespace aremko::test {

/// Everything is removed when the object or the process goes, however it goes: a keeper process waits for that.
/// Failures to start throw std::runtime_error with the end of the server's log.
class PostgresServer {
 public:
  PostgresServer();
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  /// The one that all tests of a process share, started at its first use. A test that stops it starts it again.
  static PostgresServer& shared();

  /// A fresh, empty database: "postgresql://postgres@/test_3?host=/tmp/…".
  std::string new_database();

  /// Ends it like a power cut: every connection breaks at once. What was committed is there after start().
  void kill();
  void start();

 private:
  void spawn_keeper();
  std::string url(const std::string& database) const;
  std::string log_end() const;

  std::string directory_;
  pid_t server_ = -1;
  pid_t keeper_ = -1;
  int keeper_pipe_ = -1;
  int databases_ = 0;
};

}  // namespace aremko::test

#include "support/postgres.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace aremko::test {
namespace {

std::string program(const std::string& name) {
  for (const char* directory : {"/usr/lib/postgresql/15/bin/", "/usr/lib/postgresql/16/bin/", "/usr/bin/"}) {
    if (std::filesystem::exists(directory + name)) return directory + name;
  }
  throw std::runtime_error("no PostgreSQL server programs here: apt-get install postgresql-15");
}

/// Starts a program with its output in a file; as the user postgres when we are root.
pid_t spawn(std::vector<std::string> words, const std::string& log) {
  if (geteuid() == 0) {
    const std::vector<std::string> as{"/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"};
    words.insert(words.begin(), as.begin(), as.end());
  }
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    const int in = open("/dev/null", O_RDONLY);
    dup2(in, 0);
    dup2(out, 1);
    dup2(out, 2);
    setpgid(0, 0);  // Ctrl-C is for the tests; the keeper ends the server
    if (chdir("/") == 0) execv(argv[0], argv.data());
    _exit(127);
  }
  return child;
}

/// Runs one statement; false when the server cannot be reached or refuses.
bool execute(const std::string& url, const std::string& sql) {
  PGconn* connection = PQconnectdb(url.c_str());
  bool good = PQstatus(connection) == CONNECTION_OK;
  if (good) {
    PGresult* result = PQexec(connection, sql.c_str());
    good = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
    PQclear(result);
  }
  PQfinish(connection);
  return good;
}

}  // namespace

PostgresServer::PostgresServer() {
  std::string pattern = (std::filesystem::temp_directory_path() / "aremko-pg-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory for PostgreSQL");
  directory_ = pattern;
  spawn_keeper();
  if (geteuid() == 0) {
    const passwd* user = getpwnam("postgres");
    if (user == nullptr) throw std::runtime_error("PostgreSQL refuses root, and there is no user postgres");
    if (chown(directory_.c_str(), user->pw_uid, user->pw_gid) != 0) throw std::runtime_error("chown failed");
  }
  const pid_t init = spawn({program("initdb"), "-D", directory_ + "/data", "-U", "postgres", "-A", "trust", "-E",
                            "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"},
                           directory_ + "/log");
  int status = 0;
  if (waitpid(init, &status, 0) != init || status != 0) throw std::runtime_error("initdb failed:\n" + log_end());
  start();
}

PostgresServer::~PostgresServer() {
  kill();
  close(keeper_pipe_);  // the keeper wakes and removes the directory
  waitpid(keeper_, nullptr, 0);
}

PostgresServer& PostgresServer::shared() {
  static PostgresServer server;
  return server;
}

void PostgresServer::spawn_keeper() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe for the keeper");
  const std::string script =
      "cat; [ -f \"$0/data/postmaster.pid\" ] && kill -QUIT \"$(head -n 1 \"$0/data/postmaster.pid\")\"; "
      "rm -rf \"$0\"; sleep 0.2; rm -rf \"$0\"";
  keeper_ = fork();
  if (keeper_ == 0) {
    setsid();
    const int nothing = open("/dev/null", O_RDWR);
    dup2(ends[0], 0);
    dup2(nothing, 1);
    dup2(nothing, 2);
    execl("/bin/sh", "sh", "-c", script.c_str(), directory_.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  close(ends[0]);
  keeper_pipe_ = ends[1];
}

void PostgresServer::start() {
  if (server_ > 0) return;
  std::vector<std::string> words{program("postgres"), "-D", directory_ + "/data", "-k", directory_};
  // Fast and forgetful of power cuts. No autovacuum: it commits on its own, and tests count commits.
  for (const char* setting : {"listen_addresses=", "fsync=off", "full_page_writes=off", "synchronous_commit=off",
                              "wal_level=minimal", "max_wal_senders=0", "autovacuum=off", "max_connections=60"}) {
    words.insert(words.end(), {"-c", setting});
  }
  server_ = spawn(std::move(words), directory_ + "/log");
  for (int i = 0; i < 1'500; ++i) {
    if (execute(url("postgres"), "SELECT 1")) return;
    if (waitpid(server_, nullptr, WNOHANG) == server_) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  throw std::runtime_error("PostgreSQL did not start:\n" + log_end());
}

void PostgresServer::kill() {
  if (server_ <= 0) return;
  ::kill(server_, SIGQUIT);
  waitpid(server_, nullptr, 0);
  server_ = -1;
}

std::string PostgresServer::new_database() {
  const std::string name = "test_" + std::to_string(++databases_);
  if (!execute(url("postgres"), "CREATE DATABASE " + name))
    throw std::runtime_error("no new database:\n" + log_end());
  return url(name);
}

std::string PostgresServer::url(const std::string& database) const {
  return "postgresql://postgres@/" + database + "?host=" + directory_;
}

std::string PostgresServer::log_end() const {
  std::ifstream file(directory_ + "/log");
  std::ostringstream text;
  text << file.rdbuf();
  const std::string all = text.str();
  return all.substr(all.size() > 2'000 ? all.size() - 2'000 : 0);
}

}  // namespace aremko::test

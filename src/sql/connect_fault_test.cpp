// Each way a connection fails, by libpq's words and at a real server.

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "sql/connect_fault.h"
#include "sql/connection.h"
#include "support/postgres.h"

namespace aremko::sql {
namespace {

using enum ConnectFault;

TEST(ConnectFaultTest, LibpqsAndTheServersWords) {
  const std::string at = "connection to server at \"db.spa.cl\" (10.0.0.1), port 5432 failed: ";
  const std::vector<std::pair<std::string, ConnectFault>> cases{
      {"could not translate host name \"db.spa.cl\" to address: Name or service not known\n", host_unknown},
      {at + "Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?\n", refused},
      {"connection to server on socket \"/x/.s.PGSQL.5432\" failed: No such file or directory\n\tIs the server "
       "running "
       "locally and accepting connections on that socket?\n",
       no_socket},
      {at + "No route to host\n\tIs the server running on that host and accepting TCP/IP connections?\n", unreachable},
      {at + "timeout expired\n", timeout},
      {at + "server does not support SSL, but SSL was required\n", tls_not_offered},
      {at + "SSL error: certificate verify failed\n", certificate_untrusted},
      {at + "server certificate for \"otro\" (and 1 other name) does not match host name \"db.spa.cl\"\n",
       certificate_name},
      {at + "root certificate file \"/r/.postgresql/root.crt\" does not exist\nEither provide the file or change "
            "sslmode\n",
       root_certificate_missing},
      {at + "SSL error: tlsv13 alert certificate required\n", client_certificate},
      {"invalid sslmode value: \"si\"\n", bad_option},
      {at + "received invalid response to SSL negotiation: H\n", not_postgres},
      {at + "FATAL:  unsupported startup parameter: options\n", pooler_parameter},
      {at + "FATAL:  server login has been failing, try again later (server_login_retry)\n", pooler_upstream},
      {at + "FATAL:  no such database: otra\n", no_database},
      {at + "FATAL:  SSL required\n", tls_required},
      {at + "FATAL:  password authentication failed for user \"ana\"\n", wrong_password},
      {at + "fe_sendauth: no password supplied\n", no_password},
      {at + "FATAL:  role \"ana\" does not exist\n", no_role},
      {at + "FATAL:  database \"otra\" does not exist\n", no_database},
      {at + "FATAL:  no pg_hba.conf entry for host \"10.0.0.2\", user \"ana\", database \"d\", no encryption\n",
       not_admitted},
      {at + "FATAL:  sorry, too many clients already\n", too_many},
      {at + "FATAL:  remaining connection slots are reserved for non-replication superuser connections\n", too_many},
      {at + "FATAL:  the database system is starting up\n", starting},
      {at + "FATAL:  permission denied for database \"d\"\nDETAIL:  User does not have CONNECT privilege.\n",
       no_connect_permission},
      // A server that speaks Spanish, asked for SQLSTATEs.
      {at + "FATAL:  28P01: la autentificación password falló para el usuario «ana»\nLOCATION:  auth_failed, "
            "auth.c:330\n",
       wrong_password},
      {at + "FATAL:  28000: no existe el rol «ana»\nLOCATION:  InitializeSessionUserId, miscinit.c:753\n", no_role},
      {at + "FATAL:  28000: no hay una línea en pg_hba.conf\nLOCATION:  ClientAuthentication, auth.c:550\n",
       not_admitted},
      {at + "FATAL:  3D000: no existe la base de datos «otra»\nLOCATION:  InitPostgres, postinit.c:942\n",
       no_database},
      {at + "FATAL:  53300: lo siento, ya tenemos demasiados clientes\nLOCATION:  InitProcess, proc.c:361\n",
       too_many},
      {at + "FATAL:  57P03: el sistema de base de datos está iniciándose\nLOCATION:  ProcessStartupPacket, "
            "postmaster.c:2442\n",
       starting},
      // Over TLS first and then without: what came furthest is the truth.
      {at + "FATAL:  password authentication failed for user \"ana\"\n" + at +
           "FATAL:  no pg_hba.conf entry for host \"10.0.0.2\", user \"ana\", database \"d\", no encryption\n",
       wrong_password},
      {at + "FATAL:  algo que nadie conoce\n", unknown},
      {"", unknown}};
  for (const auto& [message, fault] : cases) EXPECT_EQ(connect_fault(message), fault) << message;
  const std::string nobody = at + "FATAL:  no pg_hba.conf entry for host \"10.0.0.2\", user \"ana\", no encryption\n";
  EXPECT_EQ(connect_fault(nobody, true), tls_required);
  EXPECT_EQ(connect_fault(at + "FATAL:  pg_hba.conf rejects connection for user \"ana\", no encryption\n", true), not_admitted);
}

TEST(ConnectFaultTest, SentencesDifferAndTellNoSecret) {
  Url url = Url::parse("postgresql://hunter1:hunter2@db.spa.cl/aremko?sslmode=require").value();
  std::set<std::string> seen;
  for (int i = 0; i <= static_cast<int>(wrong_password); ++i) {
    const SqlError problem = connect_error(static_cast<ConnectFault>(i), "FATAL:  role \"hunter1\" hunter2\n", url,
                                           {"la base de datos de reservas", "the booking database"}, 5);
    const Text& text = problem.error().detail;
    EXPECT_TRUE(text.es.starts_with("La base de datos de reservas no se puede abrir: ")) << text.es;
    EXPECT_TRUE(text.en.starts_with("The booking database cannot be opened: ")) << text.en;
    EXPECT_FALSE(text.es.contains("hunter") || text.en.contains("hunter")) << text.es;
    EXPECT_EQ(problem.error().code, Code::unavailable);
    EXPECT_TRUE(seen.insert(text.es).second) << text.es;
    EXPECT_TRUE(seen.insert(text.en).second) << text.en;
  }
}

std::string sentence(const std::string& address, const Options& options = {}) {
  try {
    open(Url::parse(address).value(), options);
  } catch (const SqlError& problem) {
    return problem.error().detail.en;
  }
  return "opened";
}

TEST(ConnectFaultTest, ARealServerSaysWhatIsWrong) {
  const std::string good = test::PostgresServer::shared().new_database();
  const auto db = open(Url::parse(good).value());
  const auto as = [&](const std::string& who, const std::string& database) {
    const std::string address = good.substr(good.find("@"));
    return "postgresql://" + who + "@/" +
           (database.empty() ? address.substr(2) : database + address.substr(address.find('?')));
  };
  db->script(
      "DROP ROLE IF EXISTS corto; DROP ROLE IF EXISTS mudo; CREATE ROLE corto LOGIN CONNECTION LIMIT 0; CREATE ROLE "
      "mudo NOLOGIN");
  EXPECT_TRUE(sentence(as("postgres", "nosuch")).contains("there is no database \"nosuch\""))
      << sentence(as("postgres", "nosuch"));
  EXPECT_TRUE(sentence(as("nobody_here", "")).contains("user does not exist")) << sentence(as("nobody_here", ""));
  EXPECT_TRUE(sentence(as("mudo", "")).contains("may not log in")) << sentence(as("mudo", ""));
  EXPECT_TRUE(sentence(as("corto", "")).contains("too many connections")) << sentence(as("corto", ""));
  EXPECT_EQ(sentence(as("postgres", "")), "opened");
  EXPECT_TRUE(sentence("postgresql://u:p@127.0.0.1:1/x").contains("nothing accepts connections at 127.0.0.1:1/x"));
  EXPECT_TRUE(
      sentence("postgresql://u:p@no-such-host.invalid/x").contains("no-such-host.invalid:5432 cannot be found"));
  EXPECT_TRUE(sentence("postgresql:///x?host=/nowhere").contains("local socket"));
  db->script("DROP ROLE corto; DROP ROLE mudo");
}

TEST(ConnectFaultTest, AServerThatNeverAnswersIsATimeout) {
  const int listening = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  ASSERT_EQ(bind(listening, reinterpret_cast<sockaddr*>(&address), length), 0);
  ASSERT_EQ(listen(listening, 4), 0);
  ASSERT_EQ(getsockname(listening, reinterpret_cast<sockaddr*>(&address), &length), 0);
  const std::string said =
      sentence(fmt::format("postgresql://u:p@127.0.0.1:{}/x", ntohs(address.sin_port)), {.connect_timeout_s = 2});
  EXPECT_TRUE(said.contains("did not answer within 2 s")) << said;
  close(listening);
}

TEST(ConnectFaultTest, AForbiddenTableIsNamed) {
  const std::string address = test::PostgresServer::shared().new_database();
  const auto db = open(Url::parse(address).value());
  db->script("DROP ROLE IF EXISTS pobre; CREATE ROLE pobre LOGIN; CREATE TABLE ventas_pago (id bigint)");
  Url url = Url::parse(address).value();
  url.user = "pobre";
  try {
    open(url, {.read_only = true})->query("SELECT id FROM ventas_pago");
    FAIL();
  } catch (const SqlError& problem) {
    EXPECT_EQ(problem.kind(), Kind::denied);
    EXPECT_EQ(problem.error().detail.es, "La base de datos no da permiso para usar «ventas_pago».");
  }
  db->script("DROP ROLE pobre");
}

TEST(SqliteFaults, EachHasItsSentence) {
  std::string pattern = (std::filesystem::temp_directory_path() / "aremko-faults-XXXXXX").string();
  const std::filesystem::path folder = mkdtemp(pattern.data());
  std::ofstream(folder / "text.db") << std::string(4096, 'x');
  const auto said = [&](const std::string& name, bool read_only) {
    return sentence("sqlite:///" + (folder / name).string(), {.read_only = read_only});
  };
  EXPECT_EQ(said("absent.db", true), "The database cannot be opened: there is no file \"absent.db\".");
  EXPECT_EQ(said("text.db", true), "The database cannot be opened: this is no SQLite database: \"text.db\".");
  EXPECT_EQ(said("", true), "The database cannot be opened: this is a folder and no file: \"\".");
  EXPECT_EQ(said("no/where.db", false),
            "The database cannot be opened: there is no folder for the file \"where.db\".");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace aremko::sql

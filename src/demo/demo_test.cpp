#include "demo/demo.h"

#include <cmath>
#include <fstream>

#include <gtest/gtest.h>

#include "base/text.h"
#include "demo/testing.h"
#include "support/postgres.h"

namespace aremko::demo {
namespace {

namespace fs = std::filesystem;
using testing::bytes_of;
using testing::read_csv;
using testing::scratch;

DemoOptions small(const std::string& name) {
  DemoOptions options;
  options.customers = 600;
  options.out = scratch(name);
  return options;
}

TEST(Demo, TheSameSeedMakesTheSameBytes) {
  const auto first = make_demo(small("same_a"), {});
  const auto again = make_demo(small("same_b"), {});
  DemoOptions options = small("same_c");
  options.seed = 2;
  const auto other = make_demo(options, {});
  ASSERT_TRUE(first && again && other);
  for (const auto member : {&DemoSummary::database, &DemoSummary::customers_file, &DemoSummary::services_file,
                            &DemoSummary::truth_file}) {
    EXPECT_FALSE(bytes_of((*first).*member).empty());
    EXPECT_EQ(bytes_of((*first).*member), bytes_of((*again).*member));
    EXPECT_NE(bytes_of((*first).*member), bytes_of((*other).*member));
  }
}

// Written down, so that a change of the generator shows: whoever changes it changes these two numbers knowingly.
TEST(Demo, TheSameBytesOnEveryMachine) {
  const auto made = make_demo(small("bytes"), {});
  ASSERT_TRUE(made);
  EXPECT_EQ(hash64(bytes_of(made->customers_file)), 3678015013381016330ULL);
  EXPECT_EQ(hash64(bytes_of(made->services_file)), 2559485641275477844ULL);
}

TEST(Demo, OptionsOutOfRangeAreNamed) {
  const auto field = [](auto change) {
    DemoOptions options = small("never");
    change(options);
    const auto made = make_demo(options, {});
    return made ? std::string("made") : made.error().fields.at(0).field;
  };
  EXPECT_EQ(field([](DemoOptions& o) { o.customers = 499; }), "customers");
  EXPECT_EQ(field([](DemoOptions& o) { o.customers = 2'000'001; }), "customers");
  EXPECT_EQ(field([](DemoOptions& o) { o.sales_per_customer = -0.1; }), "sales_per_customer");
  EXPECT_EQ(field([](DemoOptions& o) { o.sales_per_customer = std::nan(""); }), "sales_per_customer");
  EXPECT_EQ(field([](DemoOptions& o) { o.legacy_customers = 3; }), "legacy_customers");
  EXPECT_EQ(field([](DemoOptions& o) { o.today = Date::none(); }), "today");
  EXPECT_EQ(field([](DemoOptions& o) { o.out.clear(); }), "out");
  EXPECT_FALSE(fs::exists(scratch("never")));
}

TEST(Demo, FilesOfOthersAreNeverWrittenOver) {
  const DemoOptions options = small("real");
  fs::create_directories(options.out / "legacy");
  const fs::path real = options.out / "legacy" / "servicios_historicos.csv";
  std::ofstream(real) << "somebody's own file\n";
  const auto refused = make_demo(options, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::conflict);
  EXPECT_EQ(bytes_of(real), "somebody's own file\n");
}

TEST(Demo, ADemoOfOursIsWrittenAnew) {
  DemoOptions options = small("anew");
  ASSERT_TRUE(make_demo(options, {}));
  options.seed = 7;
  const auto again = make_demo(options, {});
  ASSERT_TRUE(again);
  const auto database =
      sql::open({.engine = sql::Engine::sqlite, .path = again->database.string()}, {.read_only = true});
  EXPECT_EQ(database->query("SELECT count(*) FROM ventas_cliente")[0].integer(0), 600);
  EXPECT_FALSE(fs::exists(options.out / "aremko.sqlite3.part"));
}

TEST(Demo, AFilledDatabaseIsRefused) {
  DemoOptions options = small("filled");
  ASSERT_TRUE(make_demo(options, {}));
  options.database_url = "sqlite:///" + (options.out / "aremko.sqlite3").string();
  options.out = scratch("filled_again");
  const std::string before = bytes_of(scratch("filled") / "aremko.sqlite3");
  const auto refused = make_demo(options, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::conflict);
  EXPECT_EQ(bytes_of(scratch("filled") / "aremko.sqlite3"), before);
}

TEST(Demo, OtherSizesHoldTheGuidesPeopleToo) {
  for (const std::int64_t legacy : {10, 1'657, 2'209, 2'300}) {
    DemoOptions options = small(fmt::format("legacy_{}", legacy));
    options.legacy_customers = legacy;
    const auto made = make_demo(options, {});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->legacy_customers, legacy);
    std::map<std::string, int> ids;
    for (const testing::Cells& row : read_csv(made->customers_file)) ++ids[row.at(0)];
    EXPECT_EQ(ids.size(), static_cast<std::size_t>(legacy) + 1) << "each id once";
    EXPECT_EQ(ids["1657"], 1);
    EXPECT_EQ(ids["2210"], 1);
  }
}

TEST(Demo, ProgressReachesItsTotal) {
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> last;
  ASSERT_TRUE(make_demo(small("progress"), [&](std::string_view phase, std::uint64_t done, std::uint64_t total) {
    last[std::string(phase)] = {done, total};
  }));
  EXPECT_EQ(last.size(), 5U);
  for (const auto& [phase, at] : last) EXPECT_EQ(at.first, at.second) << phase;
}

constexpr std::string_view tables[] = {
    "ventas_region",          "ventas_comuna",           "ventas_categoriaproducto",    "ventas_categoriaservicio",
    "ventas_producto",        "ventas_servicio",         "ventas_cliente",              "ventas_ventareserva",
    "ventas_reservaservicio", "ventas_reservaproducto",  "ventas_giftcard",             "ventas_pago",
    "ventas_encuestasatisfaccion", "crm_service_history",
    "ventas_proveedor",       "ventas_emailblacklist",   "ventas_newslettersubscriber", "ventas_clientpreferences",
    "ventas_contactowhatsapp", "ventas_communicationlog", "ventas_communicationlimit",   "ventas_emailrecipient",
    "ventas_premio",          "ventas_clientepremio",    "ventas_clientetaxonomia",     "ventas_participantemasajereserva",
    "ventas_pendingreservation", "ventas_whatsappmessage", "ventas_serviciobloqueo",    "ventas_packdescuento",
    "whatsapp_agent_whatsappagentconfig_servicios_complementarios"};

/// Every cell of a table as text, row by row; what the two engines write differently is asked for in one form.
std::uint64_t digest(sql::Connection& database, std::string_view table, const std::string& columns) {
  std::string all;
  for (const sql::Rows::Row row : database.query(fmt::format("SELECT {} FROM {} ORDER BY id", columns, table))) {
    all += row.text(0);
    all += '\n';
  }
  return hash64(all);
}

TEST(Demo, PostgresHoldsWhatSqliteHolds) {
  const auto in_file = make_demo(small("engine_a"), {});
  ASSERT_TRUE(in_file);
  DemoOptions options = small("engine_b");
  options.database_url = test::PostgresServer::shared().new_database();
  const auto in_server = make_demo(options, {});
  ASSERT_TRUE(in_server) << in_server.error().detail.en;
  EXPECT_TRUE(in_server->database.empty());
  EXPECT_EQ(bytes_of(in_file->customers_file), bytes_of(in_server->customers_file));
  EXPECT_EQ(bytes_of(in_file->services_file), bytes_of(in_server->services_file));

  const auto sqlite = sql::open({.engine = sql::Engine::sqlite, .path = in_file->database.string()}, {.read_only = true});
  const auto postgres = sql::open(*sql::Url::parse(*options.database_url), {.read_only = true});
  postgres->script("SET TIME ZONE 'UTC'");
  for (const std::string_view table : tables) {
    const std::string count = fmt::format("SELECT count(*) FROM {}", table);
    EXPECT_GT(sqlite->query(count)[0].integer(0), 0) << table;
    EXPECT_EQ(sqlite->query(count)[0].integer(0), postgres->query(count)[0].integer(0)) << table;
    EXPECT_EQ(sqlite->columns(table).size(), postgres->columns(table).size()) << table;
  }
  EXPECT_EQ(digest(*sqlite, "ventas_cliente", "nombre || telefono || coalesce(email, '-') || coalesce(ciudad, '-')"),
            digest(*postgres, "ventas_cliente", "nombre || telefono || coalesce(email, '-') || coalesce(ciudad, '-')"));
  EXPECT_EQ(digest(*sqlite, "ventas_ventareserva", "fecha_creacion || '|' || total || '|' || estado_pago"),
            digest(*postgres, "ventas_ventareserva",
                   "to_char(fecha_creacion, 'YYYY-MM-DD HH24:MI:SS') || '|' || total || '|' || estado_pago"));
  EXPECT_EQ(digest(*sqlite, "ventas_reservaservicio", "fecha_agendamiento || hora_inicio || cantidad_personas"),
            digest(*postgres, "ventas_reservaservicio", "fecha_agendamiento || hora_inicio || cantidad_personas"));

  // The next row that Django inserts gets the next id, and a second demo is refused.
  const auto writer = sql::open(*sql::Url::parse(*options.database_url));
  EXPECT_EQ(writer->query("INSERT INTO ventas_region (nombre, codigo, orden) VALUES ('x', 'y', 99) RETURNING id")[0].integer(0), 17);
  options.out = scratch("engine_c");
  const auto refused = make_demo(options, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::conflict);
}

TEST(Demo, EmptyTablesOfDjangosOwnMigrationsAreFilled) {
  const std::string url = test::PostgresServer::shared().new_database();
  const auto database = sql::open(*sql::Url::parse(url));
  database->script(bytes_of("src/demo/schema/django_postgresql.sql"));
  database->script(bytes_of("src/demo/schema/django_postgresql_indexes.sql"));
  DemoOptions options = small("migrated");
  options.database_url = url;
  const auto made = make_demo(options, {});
  ASSERT_TRUE(made) << made.error().detail.en;
  EXPECT_EQ(database->query("SELECT count(*) FROM ventas_ventareserva")[0].integer(0), made->sales);
}

TEST(Demo, APartOfTheTablesIsRefused) {
  const std::string url = test::PostgresServer::shared().new_database();
  sql::open(*sql::Url::parse(url))->script("CREATE TABLE ventas_cliente (id bigint)");
  DemoOptions options = small("part");
  options.database_url = url;
  EXPECT_EQ(make_demo(options, {}).error().code, Code::conflict);
}

}  // namespace
}  // namespace aremko::demo

#include "app/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aremko::app {
namespace {

TEST(EnvFile, ReadsTheGuidesForms) {
  const auto parsed = parse_env("# Database\nAREMKO_DATABASE_URL=postgresql+asyncpg://u:p@localhost:5432/aremko_db\n"
                                "export SECRET_KEY='a b#c'\nX=\"q\" \nY=plain # comment\r\n\n");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->at("AREMKO_DATABASE_URL"), "postgresql+asyncpg://u:p@localhost:5432/aremko_db");
  EXPECT_EQ(parsed->at("SECRET_KEY"), "a b#c");
  EXPECT_EQ(parsed->at("X"), "q");
  EXPECT_EQ(parsed->at("Y"), "plain");
}

TEST(EnvFile, ABadLineIsNamedByItsNumberAlone) {
  const auto parsed = parse_env("A=1\nhunter2\n");
  ASSERT_FALSE(parsed);
  EXPECT_NE(parsed.error().detail.en.find("Line 2"), std::string::npos);
  EXPECT_EQ(parsed.error().detail.en.find("hunter2"), std::string::npos);
}

TEST(EnvFile, TheEnvironmentStandsOverTheFile) {
  const char* environment[] = {"SECRET_KEY=from-environment", nullptr};
  const auto settings = read_settings("/nonexistent/.env", environment);
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->at("SECRET_KEY"), "from-environment");
}

TEST(Config, TheGuidesFileIsUnderstood) {
  const auto config = make_config({{"AREMKO_DATABASE_URL", "postgresql+asyncpg://aremko_user:password@localhost:5432/aremko_db"},
                                   {"AREMKO_LEGACY_DATA_PATH", "/srv/booking-system-aremko"},
                                   {"DATABASE_URL", "postgresql+asyncpg://mcpuser:mcppassword@localhost:5432/mcpdb"},
                                   {"SECRET_KEY", "your-secret-key-here"},
                                   {"ANTHROPIC_API_KEY", "your-anthropic-key"}});
  ASSERT_TRUE(config);
  ASSERT_EQ(config->tenants.size(), 1U);
  EXPECT_EQ(config->tenants[0].name, "aremko");
  EXPECT_EQ(config->refresh_seconds, 2);
}

TEST(Config, NothingSetIsOneTenantAndTheEmbeddedStore) {
  const auto config = make_config({});
  ASSERT_TRUE(config);
  ASSERT_EQ(config->tenants.size(), 1U);
  EXPECT_EQ(config->store_url, default_store_url);
}

TEST(Config, WhatOtherProgramsPutIntoAnAddressIsNotedAndAStrangerRefused) {
  const auto config = make_config({{"AREMKO_DATABASE_URL", "postgres://u:hunter2@h/d?pgbouncer=true&ssl=true&connection_limit=5"}});
  ASSERT_TRUE(config);
  ASSERT_EQ(config->notes.size(), 1U);
  EXPECT_EQ(config->notes[0].field, "AREMKO_DATABASE_URL");
  EXPECT_EQ(config->notes[0].message.en, "These parameters of other programs are not used: pgbouncer, connection_limit.");
  const auto typo = make_config({{"AREMKO_DATABASE_URL", "postgres://u:hunter2@h/d?sslmdoe=verify-full"}});
  ASSERT_FALSE(typo);
  EXPECT_NE(describe_faults(typo.error(), "es").find("sslmdoe"), std::string::npos);
  EXPECT_EQ(describe_faults(typo.error(), "es").find("hunter2"), std::string::npos);
}

TEST(Config, TheStoreStandsApartFromTheSources) {
  const auto file = make_config({{"AREMKO_DATABASE_URL", "sqlite:////tmp/none/one.sqlite3"}, {"DATABASE_URL", "sqlite+aiosqlite:////tmp/none/../none/one.sqlite3"}});
  ASSERT_FALSE(file);
  EXPECT_THAT(describe_faults(file.error(), "en"), ::testing::HasSubstr("DATABASE_URL: It is the same file as AREMKO_DATABASE_URL of \"aremko\""));
  EXPECT_THAT(describe_faults(file.error(), "es"), ::testing::HasSubstr("un archivo propio"));
  const auto noted = [](std::string source, std::string store) {
    const auto config = make_config({{"AREMKO_DATABASE_URL_LAGUNA", std::move(source)}, {"DATABASE_URL", std::move(store)}});
    return config && config->notes.size() == 1 && config->notes[0].message.en.starts_with("It is the same database");
  };
  EXPECT_TRUE(noted("postgresql+asyncpg://reader:a@localhost/spa", "postgres://writer:b@127.0.0.1:5432/spa?sslmode=disable"));
  EXPECT_TRUE(noted("postgresql://u@DB.example.cl:6432/spa", "pgsql://w@db.example.cl:6432/spa"));
  EXPECT_FALSE(noted("postgresql://u@localhost/spa", "postgresql://u@localhost/mcp"));
  EXPECT_FALSE(noted("postgresql://u@localhost/spa", "postgresql://u@localhost:5433/spa"));
  EXPECT_FALSE(noted("postgresql://u@localhost/spa", "postgresql://u@localhost/spa?schema=aremko_mcp"));
}

TEST(Config, SuffixesMakeTenants) {
  const auto config = make_config({{"AREMKO_DATABASE_URL_LAGUNA", "sqlite:///laguna.db"},
                                   {"AREMKO_LEGACY_DATA_PATH_LAGUNA", "/srv/laguna"},
                                   {"AREMKO_TIME_ZONE_VALPO", "Pacific/Easter"},
                                   {"AREMKO_DATABASE_URL_VALPO", "sqlite:///valpo.db"}});
  ASSERT_TRUE(config);
  ASSERT_EQ(config->tenants.size(), 2U);
  ASSERT_NE(config->tenant("laguna"), nullptr);
  EXPECT_EQ(config->tenant("laguna")->legacy_path, "/srv/laguna");
  EXPECT_EQ(config->tenant("valpo")->time_zone, "Pacific/Easter");
  EXPECT_EQ(config->tenant("aremko"), nullptr);
}

TEST(Config, TheBookingSystemsPageIsHttps) {
  const auto config = make_config({{"AREMKO_DATABASE_URL", "sqlite:///a.db"}, {"AREMKO_BOOKING_URL", "https://agenda.example.cl/nueva"}});
  ASSERT_TRUE(config);
  EXPECT_EQ(config->tenant("aremko")->booking_url, "https://agenda.example.cl/nueva");
  for (const char* wrong : {"http://agenda.example.cl", "javascript:alert(1)", "https://a.cl/\"x"}) {
    const auto refused = make_config({{"AREMKO_DATABASE_URL", "sqlite:///a.db"}, {"AREMKO_BOOKING_URL", wrong}});
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().fields.front().field, "AREMKO_BOOKING_URL");
  }
}

TEST(Config, StaffIsListedByName) {
  const auto config = make_config({{"AREMKO_DATABASE_URL", "sqlite:///a.db"},
                                   {"AREMKO_STAFF_NAMES", "Deborah Soto,  Caja Norte "},
                                   {"AREMKO_STAFF_NAMES_LAGUNA", "Rosa Vera"},
                                   {"AREMKO_DATABASE_URL_LAGUNA", "sqlite:///laguna.db"}});
  ASSERT_TRUE(config);
  EXPECT_EQ(config->tenant("aremko")->staff_names, (std::vector<std::string>{"Deborah Soto", "Caja Norte"}));
  EXPECT_EQ(config->tenant("laguna")->staff_names, (std::vector<std::string>{"Rosa Vera"}));
  const auto faulty = make_config({{"AREMKO_STAFF_NAMES", "Deborah Soto,,-"}});
  ASSERT_FALSE(faulty);
  EXPECT_EQ(faulty.error().fields.at(0).field, "AREMKO_STAFF_NAMES");
}

TEST(Config, AllFaultsAreNamedAtOnceAndNoValueIsRepeated) {
  const auto config = make_config({{"AREMKO_DATABASE_URL", "mysql://root:hunter2@db/x"},
                                   {"AREMKO_REFRESH_SECONDS", "soon"},
                                   {"AREMKO_LOG_FORMAT", "xml"},
                                   {"AREMKO_TIME_ZONE", "America/Frutillar"},
                                   {"AREMKO_LEGACY_CUSTOMERS_COLUMNS", "nombre"},
                                   {"AREMKO_LEGACY_SERVICES_COLUMNS", "colour=Color"}});
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().fields.size(), 6U);
  EXPECT_EQ(describe_faults(config.error(), "en").find("hunter2"), std::string::npos);
}

}  // namespace
}  // namespace aremko::app

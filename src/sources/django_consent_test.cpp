// Who must not be written to: as the booking system's tables say it, and when they cannot be read. On both engines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/django_fixture.h"

namespace aremko::sources {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using test::engine_word;
using test::noon;
using test::santiago;

class Consent : public test::DjangoDatabase {
 protected:
  void preferences(const std::string& columns = "accepts_email bool, accepts_whatsapp bool, accepts_sms bool, "
                                                "accepts_promotional bool, accepts_newsletters bool, "
                                                "accepts_reactivation bool, opt_out_date timestamp") {
    table("ventas_clientpreferences", "cliente_id bigint, " + columns);
  }
  void prefers(int customer, const std::string& words) {
    std::string values;  // "yyn-ynn" and a date or "-": y yes, n no, - null
    for (const char word : words) values += word == 'y' ? ", " + yes_ : word == 'n' ? ", " + no_ : ", NULL";
    script(fmt::format("INSERT INTO ventas_clientpreferences (cliente_id, accepts_email, accepts_whatsapp, accepts_sms, "
                       "accepts_promotional, accepts_newsletters, accepts_reactivation) VALUES ({}{})", customer, values));
  }
  void without_consent_tables() {
    for (const char* name : {"ventas_clientpreferences", "ventas_emailblacklist", "ventas_newslettersubscriber",
                             "ventas_emailrecipient"}) {
      script(fmt::format("DROP TABLE IF EXISTS {}{}", name, postgres() ? " CASCADE" : ""));
    }
  }
  /// As a role that may read only what is granted.
  std::shared_ptr<const CurrentBatch> load_as_reader(const std::string& grants) {
    script("DO $$ BEGIN CREATE ROLE lector LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    script("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM lector; GRANT SELECT ON ALL TABLES IN SCHEMA public TO lector");
    script(grants);
    sql::Url reader = url_;
    reader.user = "lector";
    const auto loaded = DjangoSource(reader, santiago(), noon).load({});
    if (!loaded) {
      ADD_FAILURE() << loaded.error().detail.es;
      return std::make_shared<CurrentBatch>();
    }
    return std::get<std::shared_ptr<const CurrentBatch>>(*loaded);
  }
};

TEST_P(Consent, OfTheCustomersOwnRow) {
  for (int id = 1; id <= 5; ++id) customer(id);
  script("UPDATE ventas_cliente SET opt_out_whatsapp = " + yes_ + " WHERE id = 1");
  script("UPDATE ventas_cliente SET region_geografica = 'extranjero' WHERE id = 2");
  script("UPDATE ventas_cliente SET region_geografica = 'sin_clasificar', ultimo_contacto_outbound = '2024-02-03', "
         "proximo_contacto_no_antes_de = '9999-12-31' WHERE id = 3");
  script("UPDATE ventas_cliente SET region_geografica = 'Los Lagos' WHERE id = 4");
  const auto got = load();
  EXPECT_THAT(got->customers.refusals, ElementsAre(refuses_whatsapp, lives_abroad, 0, 0, 0));
  EXPECT_EQ(got->customers.contact.flags[0] & opted_out, opted_out);
  EXPECT_EQ(got->customers.contact.flags[2] & opted_out, 0);
  EXPECT_EQ(got->customers.contact.region[1], "");
  EXPECT_EQ(got->customers.contact.region[2], "");
  EXPECT_EQ(got->customers.contact.region[3], "Los Lagos");
  EXPECT_EQ(got->customers.last_outbound[2].iso(), "2024-02-03");
  EXPECT_FALSE(got->customers.last_outbound[0].known());
  // Beyond any calendar: nobody may write, ever.
  EXPECT_EQ(got->customers.no_contact_before[2], never_again);
  EXPECT_FALSE(got->whatsapp_consent_unreadable || got->email_consent_unreadable);
}

TEST_P(Consent, ADayTypedAsPeopleTypeItIsRead) {
  for (int id = 1; id <= 5; ++id) customer(id);
  if (postgres()) script("ALTER TABLE ventas_cliente ALTER proximo_contacto_no_antes_de TYPE text");
  script("UPDATE ventas_cliente SET proximo_contacto_no_antes_de = '31/12/2024' WHERE id = 1");
  script("UPDATE ventas_cliente SET proximo_contacto_no_antes_de = '3/4/2024' WHERE id = 2");
  script("UPDATE ventas_cliente SET proximo_contacto_no_antes_de = 'nunca' WHERE id = 3");
  script("UPDATE ventas_cliente SET proximo_contacto_no_antes_de = '2099-12-31' WHERE id = 4");
  const auto got = load();
  std::vector<std::string> days;
  for (const Date day : got->customers.no_contact_before) days.push_back(day.iso());
  EXPECT_THAT(days, ElementsAre("2024-12-31", "2024-04-03", never_again.iso(), "2099-12-31", Date{}.iso()));
  EXPECT_EQ(never_again, Date::of(2100, 1, 1));
}

TEST_P(Consent, APlaceIsNoCategory) {
  customer(1);
  script("UPDATE ventas_cliente SET region_geografica = 'Sur', ciudad = '' WHERE id = 1");
  EXPECT_EQ(load()->customers.contact.region[0], "");
}

TEST_P(Consent, AWordThatCannotBeUnderstoodIsANo) {
  customer(1);
  customer(2);
  customer(3);
  if (postgres()) {
    script("ALTER TABLE ventas_cliente ALTER opt_out_whatsapp DROP NOT NULL, ALTER opt_out_whatsapp TYPE text");
  } else {
    script("ALTER TABLE ventas_cliente RENAME COLUMN opt_out_whatsapp TO antes");
    script("ALTER TABLE ventas_cliente ADD COLUMN opt_out_whatsapp");
  }
  script("UPDATE ventas_cliente SET opt_out_whatsapp = 'quizás' WHERE id = 1");
  script("UPDATE ventas_cliente SET opt_out_whatsapp = 'No' WHERE id = 2");
  script("UPDATE ventas_cliente SET opt_out_whatsapp = NULL WHERE id = 3");
  const auto got = load();
  EXPECT_THAT(got->customers.refusals, ElementsAre(refuses_whatsapp, 0, refuses_whatsapp));
  EXPECT_FALSE(got->whatsapp_consent_unreadable);
}

TEST_P(Consent, Preferences) {
  for (int id = 1; id <= 8; ++id) customer(id);
  preferences();
  prefers(1, "yyyyyy");
  prefers(2, "nyyyyy");
  prefers(3, "ynyyyy");
  prefers(4, "yynyyy");
  prefers(5, "yyynyy");
  prefers(6, "yyyyny");
  prefers(7, "y-yyy-");
  prefers(8, "nnnnnn");
  prefers(99, "nnnnnn");
  script("UPDATE ventas_clientpreferences SET opt_out_date = '2023-01-01 00:00:00' WHERE cliente_id IN (1, 8)");
  const auto got = load();
  EXPECT_THAT(got->customers.refusals,
              ElementsAre(refuses_everything, refuses_email, refuses_whatsapp, refuses_sms, refuses_promotion, refuses_email,
                          refuses_whatsapp | refuses_promotion,
                          refuses_whatsapp | refuses_email | refuses_sms | refuses_promotion | refuses_everything));
  EXPECT_THAT(got->report.refused, IsEmpty());
}

TEST_P(Consent, RefusedAddresses) {
  without_consent_tables();
  const std::string time = postgres() ? "timestamptz" : "datetime";
  table("ventas_emailblacklist", "email varchar(254), reason varchar(20), is_active bool, expires_at " + time);
  table("ventas_newslettersubscriber", "email varchar(254), is_active bool");
  table("ventas_emailrecipient", "email varchar(254), status varchar(20)");
  script(fmt::format("INSERT INTO ventas_emailblacklist VALUES (' Ana@Example.com', 'unsubscribe', {0}, NULL), "
                     "('eva@example.com', 'x', {1}, NULL), ('ida@example.com', 'x', {0}, '2024-01-01 03:00:00+00:00'), "
                     "('ivo@example.com', 'x', NULL, NULL), (NULL, 'x', {0}, NULL), ('nadie', 'x', {0}, NULL)", yes_, no_));
  script(fmt::format("INSERT INTO ventas_newslettersubscriber VALUES ('leo@example.com', {}), ('luz@example.com', {}), "
                     "('mia@example.com', NULL)", no_, yes_));
  script("INSERT INTO ventas_emailrecipient VALUES ('noa@example.com', 'bounced'), ('noa@example.com', 'bounced'), "
         "('oto@example.com', 'sent'), ('pia@example.com', 'spam_complaint'), ('rex@example.com', 'Unsubscribed'), "
         "('sol@example.com', NULL), ('teo@example.com', 'failed')");
  const auto got = load();
  std::vector<std::string> refused;
  for (const RefusedEmail& one : got->refused_emails) {
    refused.push_back(fmt::format("{} {} {}", one.email, static_cast<int>(one.why), one.until.known() ? one.until.iso() : ""));
  }
  EXPECT_THAT(refused, ElementsAre("ana@example.com 0 ", "ida@example.com 0 2024-01-01T00:00:00", "ivo@example.com 0 ",
                                   "leo@example.com 1 ", "mia@example.com 1 ", "nadie 0 ", "noa@example.com 2 ",
                                   "pia@example.com 3 ", "rex@example.com 3 "));
  EXPECT_FALSE(got->email_consent_unreadable);
}

TEST_P(Consent, ColumnsThatAreMissingAreTold) {
  without_consent_tables();
  customer(1);
  preferences("accepts_email bool, accepts_whatsapp bool");
  table("ventas_emailblacklist", "email varchar(254), activo bool");
  script(fmt::format("INSERT INTO ventas_emailblacklist VALUES ('ana@example.com', {})", no_));
  const auto got = load();
  ASSERT_EQ(got->refused_emails.size(), 1U) << "nothing says that it is over";
  EXPECT_FALSE(got->email_consent_unreadable || got->whatsapp_consent_unreadable);
  for (const std::string_view note :
       {"Falta la columna ventas_emailblacklist.is_active: ninguna dirección de esa tabla recibe correos.",
        "Falta la columna ventas_emailblacklist.expires_at: lo que esa tabla cierra no vence.",
        "Falta la columna ventas_clientpreferences.accepts_promotional: se sigue sin ella.",
        "Falta la columna ventas_clientpreferences.accepts_reactivation: se sigue sin ella.",
        "Falta la columna ventas_clientpreferences.opt_out_date: se sigue sin ella."}) {
    EXPECT_THAT(got->report.notes_es, Contains(note));
  }
}

TEST_P(Consent, WhatWasNeverThereClosesNothing) {
  without_consent_tables();
  customer(1);
  script("ALTER TABLE ventas_cliente DROP COLUMN opt_out_whatsapp");
  const auto got = load();
  EXPECT_THAT(got->customers.refusals, ElementsAre(0));
  EXPECT_FALSE(got->whatsapp_consent_unreadable || got->email_consent_unreadable);
  EXPECT_THAT(got->report.notes_es, Contains("Falta la columna ventas_cliente.opt_out_whatsapp: se sigue sin ella."));
}

TEST_P(Consent, ATableWithOtherColumnsCloses) {
  without_consent_tables();
  customer(1);
  table("ventas_newslettersubscriber", "correo varchar(254), activo bool");
  auto got = load();
  EXPECT_TRUE(got->email_consent_unreadable);
  EXPECT_FALSE(got->whatsapp_consent_unreadable);
  EXPECT_THAT(got->report.notes_es, Contains(AllOf(HasSubstr("ventas_newslettersubscriber.email"), HasSubstr("nadie recibe correos"))));

  without_consent_tables();
  preferences("accepts_email bool, acepta_whatsapp bool");
  got = load();
  EXPECT_TRUE(got->whatsapp_consent_unreadable);
  EXPECT_FALSE(got->email_consent_unreadable);

  without_consent_tables();
  table("ventas_clientpreferences", "cliente bigint, accepts_email bool, accepts_whatsapp bool");
  got = load();
  EXPECT_TRUE(got->whatsapp_consent_unreadable && got->email_consent_unreadable);

  without_consent_tables();
  table("ventas_emailblacklist", "email varchar(254)");  // being on it is the word
  script("INSERT INTO ventas_emailblacklist VALUES ('ana@example.com')");
  got = load();
  EXPECT_FALSE(got->email_consent_unreadable);
  EXPECT_EQ(got->refused_emails.size(), 1U);
}

TEST_P(Consent, EmptiedTablesRefuseNobody) {
  without_consent_tables();
  customer(1);
  preferences();
  table("ventas_emailblacklist", "email varchar(254), is_active bool");
  const auto got = load();
  EXPECT_THAT(got->customers.refusals, ElementsAre(0));
  EXPECT_FALSE(got->whatsapp_consent_unreadable || got->email_consent_unreadable);
}

TEST_P(Consent, AColumnWithoutPermissionCloses) {
  if (!postgres()) GTEST_SKIP() << "SQLite has no permissions";
  without_consent_tables();
  customer(1);
  auto got = load_as_reader("REVOKE SELECT ON ventas_cliente FROM lector; "
                            "GRANT SELECT (id, nombre, telefono, email, proximo_contacto_no_antes_de) ON ventas_cliente TO lector");
  EXPECT_TRUE(got->whatsapp_consent_unreadable);
  EXPECT_FALSE(got->email_consent_unreadable);
  EXPECT_THAT(got->report.notes_es, Contains(AllOf(HasSubstr("permiso"), HasSubstr("ventas_cliente.opt_out_whatsapp"),
                                                   HasSubstr("nadie recibe WhatsApp ni SMS"))));
  EXPECT_THAT(got->report.notes_es, Contains("No hay permiso para leer la columna ventas_cliente.ciudad: se sigue sin ella."));
  EXPECT_THAT(got->report.notes_es, Not(Contains(HasSubstr("Falta la columna ventas_cliente.opt_out"))));

  got = load_as_reader("REVOKE SELECT ON ventas_cliente FROM lector; GRANT SELECT (id, nombre, telefono, opt_out_whatsapp, "
                       "region_geografica) ON ventas_cliente TO lector");
  EXPECT_TRUE(got->whatsapp_consent_unreadable && got->email_consent_unreadable);  // from when on they may be written to
  got = load_as_reader("SELECT 1");
  EXPECT_FALSE(got->whatsapp_consent_unreadable || got->email_consent_unreadable);
}

TEST_P(Consent, ATableWithoutPermissionCloses) {
  if (!postgres()) GTEST_SKIP() << "SQLite has no permissions";
  without_consent_tables();
  customer(1);
  preferences();
  table("ventas_emailblacklist", "email varchar(254), is_active bool");
  auto got = load_as_reader("REVOKE SELECT ON ventas_emailblacklist FROM lector");
  EXPECT_TRUE(got->email_consent_unreadable);
  EXPECT_FALSE(got->whatsapp_consent_unreadable);
  EXPECT_THAT(got->report.notes_es, Contains(AllOf(HasSubstr("No hay permiso"), HasSubstr("ventas_emailblacklist"))));
  got = load_as_reader("REVOKE SELECT ON ventas_clientpreferences FROM lector");
  EXPECT_TRUE(got->whatsapp_consent_unreadable && got->email_consent_unreadable);
}

TEST_P(Consent, ATypeThatCannotBeUnderstoodCloses) {
  if (!postgres()) GTEST_SKIP() << "SQLite has no column types to speak of";
  without_consent_tables();
  customer(1);
  script("ALTER TABLE ventas_cliente ALTER opt_out_whatsapp TYPE jsonb USING to_jsonb(opt_out_whatsapp)");
  const auto got = load();
  EXPECT_TRUE(got->whatsapp_consent_unreadable);
  EXPECT_THAT(got->report.notes_es, Contains(AllOf(HasSubstr("opt_out_whatsapp"), HasSubstr("jsonb"))));
}

TEST_P(Consent, AnEnumerationIsUnderstood) {
  if (!postgres()) GTEST_SKIP() << "SQLite has no column types to speak of";
  without_consent_tables();
  customer(1);
  customer(2);
  script("CREATE TYPE mail_status AS ENUM ('sent', 'bounced'); CREATE TYPE answer AS ENUM ('si', 'no')");
  table("ventas_emailrecipient", "email varchar(254), status mail_status");
  script("INSERT INTO ventas_emailrecipient VALUES ('ana@example.com', 'sent'), ('eva@example.com', 'bounced')");
  script("ALTER TABLE ventas_cliente ALTER opt_out_whatsapp TYPE answer USING "
         "(CASE WHEN id = 1 THEN 'si' ELSE 'no' END)::answer");
  const auto got = load();
  EXPECT_FALSE(got->whatsapp_consent_unreadable || got->email_consent_unreadable);
  ASSERT_EQ(got->refused_emails.size(), 1U);
  EXPECT_EQ(got->refused_emails[0].email, "eva@example.com");
  EXPECT_THAT(got->customers.refusals, ElementsAre(refuses_whatsapp, 0));
}

INSTANTIATE_TEST_SUITE_P(Engines, Consent, testing::Values(sql::Engine::postgres, sql::Engine::sqlite), engine_word);

}  // namespace
}  // namespace aremko::sources

// Each finding on rows made for it; every person here is invented.
#include "analytics/data_health.h"

#include <chrono>
#include <functional>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "normalize/rut.h"
#include "normalize/text.h"
#include "snapshot/builder.h"
#include "sources/contact.h"

namespace aremko::analytics {
namespace {

using snapshot::Row;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// Invented names of syllables, far enough from each other.
std::string person(std::uint32_t number) {
  static const std::vector<std::string> given{"Ana", "Luis", "Carla", "Pedro", "Rosa", "Diego", "Elena", "Marta"};
  static const std::vector<std::string> parts{"bar", "cal", "dor", "fer", "gal", "lor", "mon", "nav", "qui", "sal", "tor", "vil"};
  std::uint32_t mixed = number * 7'919U % 20'736U;
  std::string surname = "S";
  for (int i = 0; i < 4; ++i, mixed /= 12) surname += parts[mixed % 12];
  return given[number % 8] + " " + surname;
}
std::string phone(std::uint32_t number) { return fmt::format("9{:08}", 40'000'000 + number * 7); }
std::string email(std::uint32_t number) { return fmt::format("persona{}@example.cl", number); }
std::string rut(std::uint32_t number) {
  const std::uint32_t body = 12'000'000 + number * 13;
  return fmt::format("{}-{}", body, normalize::rut_check_digit(body));
}

struct Raw {
  std::string nombre{};
  std::string telefono{};
  std::string email{};
  std::string documento{};
  std::string place{};
  std::uint8_t flags = 0;
  Moment created{};
};
Raw good(std::uint32_t number) { return {person(number), phone(number), email(number), rut(number), "Puerto Montt"}; }

struct Line {
  std::string name;
  std::string telefono{};
  std::string email{};
  Moment at = Moment::at(Date::of(2022, 5, 5), 12, 0);
};

struct Given {
  std::vector<Raw> current{};
  std::vector<Raw> legacy{};
  std::vector<Line> lines{};
  bool has_legacy = false;
  bool has_services = false;
  std::function<void(sources::CurrentBatch&)> in_current{};
  std::function<void(sources::LoadReport&)> in_legacy_report{};
  std::function<void(sources::LoadReport&)> in_services_report{};

  static void fill(const std::vector<Raw>& rows, sources::ContactColumns& columns, sources::LoadReport& report) {
    sources::ContactBuilder builder(columns);
    std::uint64_t where = 1;
    for (const Raw& raw : rows) {
      builder.add({.nombre = raw.nombre, .telefono = raw.telefono, .email = raw.email, .documento = raw.documento,
                   .place = raw.place, .comuna = {}, .region = {}, .where = where++},
                  raw.created, sources::ContactBuilder::Nobody::keep, raw.flags);
    }
    report.rows_read = report.rows_kept = rows.size();
    report.texts_repaired = builder.repaired();
    builder.write_counts(report);
  }

  snapshot::SnapshotPtr build() const {
    snapshot::BuildInput input;
    input.zone = std::make_shared<const Zone>(Zone::load("America/Santiago").value());
    auto batch = std::make_shared<sources::CurrentBatch>();
    fill(current, batch->customers.contact, batch->report);
    for (std::size_t i = 0; i < current.size(); ++i) {
      batch->customers.id.push_back(static_cast<std::int64_t>(i) + 1);
      batch->customers.pais.push("Chile");
      batch->customers.no_contact_before.push_back({});
      batch->customers.refusals.push_back(0);
      batch->customers.last_outbound.push_back({});
    }
    if (in_current) in_current(*batch);
    input.current = batch;
    if (has_legacy || !legacy.empty()) {
      auto file = std::make_shared<sources::LegacyCustomersBatch>();
      fill(legacy, file->contact, file->report);
      for (std::size_t i = 0; i < legacy.size(); ++i) {
        file->legacy_id.push(fmt::format("L{}", i + 1));
        file->record_id.push("");
      }
      if (in_legacy_report) in_legacy_report(file->report);
      input.legacy = file;
    }
    if (has_services || !lines.empty()) input.services = services();
    return snapshot::Builder::build(std::move(input), 1);
  }

  std::shared_ptr<const sources::LegacyServicesBatch> services() const {
    auto batch = std::make_shared<sources::LegacyServicesBatch>();
    batch->people.emplace_back();
    batch->services.emplace_back();
    std::map<std::string, Row> known{{"", 0}};
    for (const Line& line : lines) {
      const std::string folded = normalize::fold(line.name);
      const auto [entry, fresh] = known.try_emplace(folded, static_cast<Row>(batch->people.size()));
      if (fresh) batch->people.push_back({line.name, folded});
      batch->person.push_back(entry->second);
      batch->service.push_back(0);
      batch->reservation.push_back(-1);
      batch->at.push_back(line.at);
      batch->quantity.push_back(1);
      batch->amount.push_back(1'000);
      batch->cancelled.push_back(0);
      batch->telefono.push(line.telefono);
      batch->email.push(line.email);
      batch->customer_id.push_back(0);
    }
    batch->report.rows_read = batch->report.rows_kept = lines.size();
    if (in_services_report) in_services_report(batch->report);
    return batch;
  }

  DataHealth health(unsigned threads = 2) const { return data_health(*build(), threads); }
};

std::vector<std::string> shown(const DataHealth& health) {
  std::vector<std::string> out;
  for (const Finding& one : health.findings) {
    out.push_back(fmt::format("{} {}.{} {}/{}", one.code, one.source, one.column, one.count, one.of));
  }
  return out;
}

Finding only(const DataHealth& health, std::string_view code) {
  const Finding* found = nullptr;
  for (const Finding& one : health.findings) {
    if (one.code != code) continue;
    if (found != nullptr) ADD_FAILURE() << code << " was found twice";
    found = &one;
  }
  if (found == nullptr) ADD_FAILURE() << code << " was not found";
  return found == nullptr ? Finding{} : *found;
}

Given clean(std::uint32_t people = 200) {
  Given given;
  for (std::uint32_t i = 0; i < people; ++i) {
    given.current.push_back(good(i));
    given.legacy.push_back(good(i));
    given.lines.push_back({person(i), "+56" + phone(i), email(i)});
  }
  return given;
}

TEST(DataHealth, CleanSourcesGiveNoFinding) {
  const DataHealth health = clean().health();
  EXPECT_THAT(shown(health), IsEmpty());
  ASSERT_EQ(health.sources.size(), 3U);
  EXPECT_EQ(health.sources[0].source, "aremko_db");
  EXPECT_EQ(health.sources[1].with_phone, 200);
  EXPECT_EQ(health.sources[1].with_rut, 200);
  EXPECT_EQ(health.sources[1].duplicates->people, 0);
  EXPECT_FALSE(health.sources[2].with_city);
  for (const ColumnHealth& column : health.columns) {
    EXPECT_EQ(column.filled, 200) << column.source << "." << column.column;
    EXPECT_EQ(column.valid, 200) << column.source << "." << column.column;
    EXPECT_EQ(column.in_use, 200) << column.source << "." << column.column;
  }
}

TEST(DataHealth, NothingAndOneRow) {
  EXPECT_THAT(Given{}.health().sources, IsEmpty()) << "no source, nothing to say";
  Given empty;
  empty.has_legacy = empty.has_services = true;
  const DataHealth of_empty = empty.health();
  EXPECT_THAT(of_empty.findings, IsEmpty());
  EXPECT_EQ(of_empty.sources.size(), 2U);
  Given one;
  one.legacy.push_back({.nombre = "Ana Rojas", .place = "Osorno"});
  EXPECT_THAT(shown(one.health()),
              UnorderedElementsAre("empty_column clientes_legacy.telefono 1/1", "empty_column clientes_legacy.email 1/1",
                                   "empty_column clientes_legacy.documento_identidad 1/1", "no_contact clientes_legacy. 1/1"));
}

TEST(DataHealth, ABrokenLookupInTheServicesFile) {
  Given given = clean(300);
  for (std::uint32_t i = 0; i < 300; ++i) given.lines[i].telefono = "+56" + phone(i % 20);
  const DataHealth health = given.health();
  ASSERT_THAT(shown(health), ElementsAre("broken_lookup servicios_legacy.telefono 300/300"));
  EXPECT_EQ(health.findings[0].severity, Severity::high);
  EXPECT_EQ(health.findings[0].values, 20);
  EXPECT_THAT(health.findings[0].ids, IsEmpty()) << "lines have no id to show";
}

TEST(DataHealth, AFileSortedInOneColumnAlone) {
  Given given = clean();
  for (std::uint32_t i = 0; i < 200; ++i) given.legacy[i].email = email((i + 3) % 200);
  // Each address stands once, on the wrong person: only the other source tells. It bears witness of the visits too.
  const DataHealth health = given.health();
  ASSERT_EQ(health.findings.size(), 2U);
  for (const Finding& one : health.findings) EXPECT_EQ(one.code, "broken_lookup");
  EXPECT_EQ(health.findings[0].count, 200);
}

TEST(DataHealth, ValuesOnStrangersButNotOnFamilies) {
  Given given = clean();
  given.legacy[3].telefono = given.legacy[150].telefono;
  given.legacy.push_back({.nombre = "Rita " + person(7).substr(person(7).find(' ') + 1), .telefono = phone(7)});
  const Finding found = only(given.health(), "shared_value");
  EXPECT_EQ(found.count, 2);
  EXPECT_EQ(found.values, 1);
  EXPECT_THAT(found.groups, ElementsAre(ElementsAre("L4", "L151")));
  EXPECT_EQ(found.id_kind, IdKind::legacy_id);
}

TEST(DataHealth, RutsOfEveryKind) {
  Given given = clean();
  given.legacy[0].documento = "912345678";
  given.legacy[1].documento = "12345678-9";
  given.legacy[2].documento = "11.111.111-1";
  given.legacy[3].documento = "AB123456";
  given.legacy[4].documento = given.legacy[5].documento;
  const DataHealth health = given.health();
  EXPECT_THAT(shown(health),
              ElementsAre("reused_rut clientes_legacy.documento_identidad 2/196",
                          "placeholder_rut clientes_legacy.documento_identidad 1/200",
                          "wrong_check_digit clientes_legacy.documento_identidad 1/200",
                          "phone_in_document clientes_legacy.documento_identidad 1/200",
                          "other_document clientes_legacy.documento_identidad 1/200"));
  EXPECT_THAT(only(health, "wrong_check_digit").ids, ElementsAre("L2"));
  EXPECT_THAT(only(health, "reused_rut").groups, ElementsAre(ElementsAre("L5", "L6")));
  EXPECT_THAT(only(health, "phone_in_document").ids, ElementsAre("1"));
  EXPECT_EQ(only(health, "phone_in_document").id_kind, IdKind::line);
  const auto column = std::ranges::find_if(health.columns, [](const ColumnHealth& one) {
    return one.source == "clientes_legacy" && one.column == "documento_identidad";
  });
  EXPECT_EQ(column->filled, 200);
  EXPECT_EQ(column->valid, 196);
  EXPECT_EQ(column->in_use, 196);
}

TEST(DataHealth, AMisspeltNameIsNoReusedRutAndTwoRowsAreOnePerson) {
  Given given = clean();
  given.current.push_back({person(7) + " Vera", "", "", rut(7)});
  const DataHealth health = given.health();
  EXPECT_THAT(shown(health), ElementsAre("duplicates aremko_db. 2/201", "no_contact aremko_db. 1/201"));
  EXPECT_THAT(health.findings[0].groups, ElementsAre(ElementsAre("8", "201")));
  EXPECT_EQ(health.findings[0].values, 1);
  EXPECT_EQ(health.sources[0].duplicates->pairs, 1);
}

TEST(DataHealth, ValuesThatAreNone) {
  Given given = clean();
  given.legacy[0].telefono = "123";
  given.legacy[1].telefono = rut(1'000);
  given.legacy[2].telefono = "otra@example.cl";
  given.legacy[3].email = "ana arroba x";
  given.legacy[4].created = Moment::at(Date::of(1970, 1, 1), 0, 0);
  given.legacy[5].nombre = "";
  given.legacy[6].place = phone(6);
  given.legacy[7].nombre += " " + phone(7);
  EXPECT_THAT(shown(given.health()),
              UnorderedElementsAre("invalid_phone clientes_legacy.telefono 1/200", "rut_in_phone clientes_legacy.telefono 1/200",
                                   "email_in_phone clientes_legacy.telefono 1/200", "invalid_email clientes_legacy.email 1/200",
                                   "placeholder_date clientes_legacy.created_on 1/200", "no_name clientes_legacy.nombre 1/200",
                                   "phone_in_place clientes_legacy.ciudad 1/200", "phone_in_name clientes_legacy.nombre 1/200"));
}

TEST(DataHealth, StaffAreNobodysDoubles) {
  Given given = clean();
  for (int i = 0; i < 30; ++i) given.current.push_back({.nombre = "Cliente Mostrador", .flags = sources::is_staff});
  const DataHealth health = given.health();
  EXPECT_THAT(shown(health), IsEmpty());
  EXPECT_EQ(health.sources[0].rows, 200);
  given.current.back().flags = 0;
  for (int i = 0; i < 30; ++i) given.current.push_back({.nombre = "Cliente Mostrador"});
  EXPECT_EQ(only(given.health(), "repeated_name").count, 31);
}

TEST(DataHealth, WhatTheLoadCouldNotUse) {
  Given given = clean();
  given.in_legacy_report = [](sources::LoadReport& report) {
    report.rows_read += 12;
    report.rows_refused = 12;
    report.texts_repaired = 5;
    report.refused_by = {{"no_id", "Sin id.", "No id.", 10}, {"extra_fields", "Sobra.", "Extra.", 2}};
    for (std::uint64_t line = 2; line < 12; ++line) report.refused.push_back({"Clientes.csv", line, "no_id", "Sin id.", "No id."});
    report.fields.push_back({"created_on", 200, 190});
    report.notes_es = {"Falta algo."};
  };
  given.in_services_report = [](sources::LoadReport& report) {
    report.placeholder_days = {{Date::of(2021, 1, 1), 30}, {Date::of(2021, 2, 2), 20}};
    report.fields = {{"cliente", 200, 200}, {"telefono", 210, 200}, {"mail", 200, 200}, {"checkin", 200, 199}};
  };
  const DataHealth health = given.health();
  EXPECT_THAT(shown(health),
              UnorderedElementsAre("refused_rows clientes_legacy. 10/212", "refused_rows clientes_legacy. 2/212",
                                   "repaired_text clientes_legacy. 5/212", "invalid_date clientes_legacy.created_on 10/200",
                                   "placeholder_date servicios_legacy.checkin 50/200",
                                   "invalid_phone servicios_legacy.telefono 10/210", "invalid_date servicios_legacy.checkin 1/200",
                                   "notes clientes_legacy. 0/0"));
  EXPECT_EQ(health.findings[0].code, "refused_rows") << "the worst first";
  EXPECT_EQ(health.findings[0].severity, Severity::high);
  EXPECT_EQ(health.findings[0].detail.en, "No id.");
  EXPECT_EQ(health.findings[0].ids.size(), 10U);
  EXPECT_EQ(health.sources[1].refused.size(), 2U);
  EXPECT_EQ(health.sources[1].refused[0].file, "Clientes.csv");
  EXPECT_THAT(health.sources[1].notes_es, ElementsAre("Falta algo."));
  EXPECT_EQ(only(health, "placeholder_date").detail.es, "2021-01-01 (30), 2021-02-02 (20).");
}

TEST(DataHealth, AmountsThatCountAsNothingAreToldWithTheirLines) {
  Given given = clean();
  given.in_services_report = [](sources::LoadReport& report) {
    sources::Misplaced unread{"invalid_amount", "valor", 30};
    for (std::uint64_t line = 2; line < 32; ++line) unread.where.push_back(line);
    report.misplaced.push_back(std::move(unread));
  };
  const Finding found = only(given.health(), "invalid_amount");
  EXPECT_EQ(found.severity, Severity::medium);
  EXPECT_EQ(found.column, "valor");
  EXPECT_EQ(found.count, 30);
  EXPECT_EQ(found.id_kind, IdKind::line);
  EXPECT_EQ(found.ids.size(), 30U);
}

TEST(DataHealth, AnEmptyColumnIsSaidOnce) {
  Given given = clean();
  for (Raw& raw : given.legacy) raw.email.clear();
  EXPECT_THAT(shown(given.health()), ElementsAre("empty_column clientes_legacy.email 200/200"));
}

TEST(DataHealth, NoNameAndNoContactLeavesTheRoom) {
  Given given = clean();
  std::vector<std::string> secrets{"persona", "Puerto"};
  for (std::uint32_t i = 0; i < 200; ++i) given.legacy[i].telefono = phone(i % 10), given.legacy[i].documento = rut(i % 5);
  given.legacy[9].email = "ana arroba secreto";
  for (std::uint32_t i = 0; i < 10; ++i) secrets.insert(secrets.end(), {phone(i), rut(i), person(i)});
  secrets.push_back("secreto");
  const DataHealth health = given.health();
  EXPECT_GE(health.findings.size(), 4U);
  std::string all;
  for (const Finding& one : health.findings) {
    all += one.detail.es + one.detail.en + one.source + one.column;
    for (const auto& id : one.ids) all += id + " ";
    for (const auto& group : one.groups) all += fmt::format("{} ", fmt::join(group, " "));
  }
  for (const std::string& secret : secrets) EXPECT_EQ(all.find(secret), std::string::npos) << secret;
}

TEST(DataHealth, ConsentThatCannotBeReadIsSevere) {
  Given given = clean();
  EXPECT_EQ(std::ranges::count(given.health().findings, "email_consent_unreadable", &Finding::code), 0);
  given.in_current = [](sources::CurrentBatch& batch) {
    batch.email_consent_unreadable = true;
    batch.report.notes_es = {"Falta la tabla ventas_comuna: se sigue sin ella.",
                             "Falta la columna c.accepts_email: dice a quién no escribir, así que nadie recibe correos hasta que se pueda leer."};
  };
  const DataHealth health = given.health();
  const Finding email = only(health, "email_consent_unreadable");
  EXPECT_EQ(health.findings.front().severity, Severity::high);
  EXPECT_EQ(email.severity, Severity::high);
  EXPECT_EQ(email.source, "aremko_db");
  EXPECT_EQ(email.count, std::ssize(given.current));
  EXPECT_EQ(email.detail.es, "Falta la columna c.accepts_email: dice a quién no escribir, así que nadie recibe correos hasta que se pueda leer.");
  EXPECT_NE(email.action.en.find("GRANT SELECT"), std::string::npos);
  EXPECT_EQ(std::ranges::count(health.findings, "whatsapp_consent_unreadable", &Finding::code), 0);
  given.in_current = [](sources::CurrentBatch& batch) { batch.whatsapp_consent_unreadable = true; };
  EXPECT_EQ(only(given.health(), "whatsapp_consent_unreadable").severity, Severity::high);
}

TEST(DataHealth, WhatWasNotedIsAMildFindingOfItsSource) {
  Given given = clean();
  given.has_legacy = true;
  given.in_legacy_report = [](sources::LoadReport& report) { report.notes_es = {"Una fecha imposible.", "Un descuento mayor que su venta."}; };
  const Finding notes = only(given.health(), "notes");
  EXPECT_EQ(notes.severity, Severity::low);
  EXPECT_EQ(notes.source, "clientes_legacy");
  EXPECT_EQ(notes.values, 2);
  EXPECT_EQ(notes.detail.es, "Notas: 2. Una fecha imposible. Un descuento mayor que su venta.");
}

TEST(DataHealth, OnOneThreadAsOnTwo) {
  Given given = clean();
  for (std::uint32_t i = 0; i < 50; ++i) given.legacy[i].telefono = phone(i % 7);
  EXPECT_EQ(shown(given.health(1)), shown(given.health(2)));
}

TEST(DataHealthCache, CountsOnceForTheSameBatches) {
  DataHealthCache cache;
  snapshot::BuildInput input;
  input.zone = std::make_shared<const Zone>(Zone::load("America/Santiago").value());
  auto batch = std::make_shared<sources::CurrentBatch>();
  input.current = batch;
  const auto first = snapshot::Builder::build(input, 1);
  input.version = 2;
  const auto second = snapshot::Builder::build(input, 1);
  const auto health = cache.get(*first);
  EXPECT_EQ(cache.get(*second), health) << "another version of the same batches";
  input.legacy = std::make_shared<sources::LegacyCustomersBatch>();
  EXPECT_NE(cache.get(*snapshot::Builder::build(input, 1)), health) << "another file";
}

RC_GTEST_PROP(DataHealth, CountsAreSharesWhateverTheRows, ()) {
  const auto picks = *rc::gen::container<std::vector<std::array<unsigned, 5>>>(
      rc::gen::container<std::array<unsigned, 5>>(rc::gen::inRange(0U, 12U)));
  Given given;
  given.has_legacy = true;
  for (const auto& pick : picks) {
    static const std::vector<std::string> odd{"", "123", "11.111.111-1", "12345678-9", "x@y", "912345678"};
    const auto value = [&](unsigned at, const std::string& usual) { return at < odd.size() ? odd[at] : usual; };
    Raw raw{value(pick[0], person(pick[0])), value(pick[1], phone(pick[1])), value(pick[2], email(pick[2])),
            value(pick[3], rut(pick[3])), value(pick[4], "Osorno"), static_cast<std::uint8_t>(pick[0] == 11 ? sources::is_staff : 0)};
    given.current.push_back(raw);
    given.legacy.push_back(std::move(raw));
    given.lines.push_back({person(pick[0]), pick[1] < 6 ? "" : "+56" + phone(pick[1])});
  }
  const DataHealth health = given.health(1);
  for (const Finding& one : health.findings) {
    RC_ASSERT(one.count > 0);
    RC_ASSERT(one.count <= one.of);
    RC_ASSERT(!one.meaning.es.empty() && !one.meaning.en.empty() && !one.action.es.empty() && !one.action.en.empty());
    RC_ASSERT(one.ids.size() <= finding_ids);
    RC_ASSERT(one.groups.size() <= finding_groups);
  }
  for (const ColumnHealth& column : health.columns) {
    RC_ASSERT(0 <= column.valid && column.valid <= column.filled && column.filled <= column.rows);
    RC_ASSERT(column.in_use <= column.rows);
  }
}

// Walking the pairs of so many equal rows would not end within the suite's patience.
TEST(DataHealth, ManyRowsOfOneNameEnd) {
  Given given;
  for (std::uint32_t i = 0; i < 200'000; ++i) given.legacy.push_back({.nombre = "Ana Rojas Soto", .telefono = phone(i % 1'000), .place = "Osorno"});
  const auto snapshot = given.build();
  const DataHealth health = data_health(*snapshot);
  EXPECT_EQ(only(health, "repeated_name").count, 200'000);
}

}  // namespace
}  // namespace aremko::analytics

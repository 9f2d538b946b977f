// Both legacy files, as damaged as they come. Every person here is invented.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "sources/cells.h"
#include "sources/legacy_customers.h"
#include "sources/legacy_services.h"
#include "sources/test_files.h"

namespace aremko::sources {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view head =
    "Auto Increment,Record ID,Created On,Email,Telefono,Reservas,Client,Documento Identidad,Direccion,voucher\n";
const FixedClock noon(1'720'000'000);  // 2024-07-03

std::shared_ptr<const LegacyCustomersBatch> customers(std::string_view bytes, ColumnMapping mapping = {}) {
  const test::Directory directory;
  const auto path = directory.write("Clientes-2024-06-23-16-31-48.csv", bytes);
  auto loaded = LegacyCustomersSource(path, noon, std::move(mapping)).load({});
  if (!loaded) {
    ADD_FAILURE() << loaded.error().detail.es;
    return std::make_shared<LegacyCustomersBatch>();
  }
  return std::get<std::shared_ptr<const LegacyCustomersBatch>>(*loaded);
}

Error customers_error(std::string_view bytes) {
  const test::Directory directory;
  const auto path = directory.write("Clientes-2024-06-23-16-31-48.csv", bytes);
  auto loaded = LegacyCustomersSource(path, noon).load({});
  EXPECT_FALSE(loaded.has_value());
  return loaded ? Error{} : loaded.error();
}

std::vector<std::string> codes(const LoadReport& report) {
  std::vector<std::string> out;
  for (const RefusedRow& row : report.refused) out.push_back(fmt::format("{}:{}", row.line, row.code));
  return out;
}

TEST(LegacyCustomers, ReadsTheGuidesRow) {
  const auto got = customers(std::string(head) +
                             "1657,VX9QoGpQwY,2/25/2020 18:05,,984280796,,sonia silva 984280796,,Santiago RM,\n");
  ASSERT_EQ(got->size(), 1U);
  EXPECT_EQ(got->legacy_id[0], "1657");
  EXPECT_EQ(got->record_id[0], "VX9QoGpQwY");
  EXPECT_EQ(got->contact.nombre[0], "Sonia Silva");
  EXPECT_EQ(got->contact.telefono[0], "+56984280796");
  EXPECT_EQ(got->contact.ciudad[0], "Santiago");
  EXPECT_THAT(std::string(got->contact.region[0]), HasSubstr("Metropolitana"));
  EXPECT_EQ(got->contact.flags[0], phone_valid | phone_mobile);
  EXPECT_EQ(got->contact.created[0].iso(), "2020-02-25T18:05:00");
  EXPECT_EQ(got->report.rows_kept, 1U);
  EXPECT_EQ(got->report.loaded_at, 1'720'000'000);
}

TEST(LegacyCustomers, PutsValuesWhereTheyBelong) {
  const auto got = customers(std::string(head) +
                             "1,A,,,,,elena toledo 984280796,,,\n"
                             "2,B,,,,,Marta Godoy,984280797,,\n"
                             "3,C,,,,,Rosa Vera,,984280798,\n"
                             "4,D,,ROSA@Example.COM,no tiene,,Rosa Vera,12.345.678-5,\"Puerto Montt, Los Lagos\",\n"
                             "5,E,,,,,Rosa Vera,marta@example.com,,\n"
                             "6,F,,roto@,123,,Rosa Vera,12.345.678-9,,\n");
  const ContactColumns& contact = got->contact;
  ASSERT_EQ(contact.size(), 6U);
  EXPECT_EQ(contact.telefono[0], "+56984280796");
  EXPECT_EQ(contact.telefono[1], "+56984280797");
  EXPECT_EQ(contact.documento[1], "");
  EXPECT_EQ(contact.telefono[2], "+56984280798");
  EXPECT_EQ(contact.email[3], "rosa@example.com");
  EXPECT_EQ(contact.documento[3], "12345678-5");
  EXPECT_EQ(contact.flags[3], email_valid | rut_valid);
  EXPECT_EQ(contact.ciudad[3], "Puerto Montt");
  EXPECT_EQ(contact.region[3], "Los Lagos");
  EXPECT_EQ(contact.email[4], "marta@example.com");
  EXPECT_EQ(contact.documento[4], "");
  // What is wrong is kept, unflagged, for people to find.
  EXPECT_EQ(contact.email[5], "roto@");
  EXPECT_EQ(contact.telefono[5], "123");
  EXPECT_EQ(contact.documento[5], "12345678-9");
  EXPECT_EQ(contact.flags[5], 0);
}

TEST(LegacyCustomers, RefusesWhatIsNobody) {
  const auto got = customers(std::string(head) +
                             "1,A,,,,,Rosa Vera,,,\n"
                             ",,,,,,Sin Número,,,\n"       // line 3: no id
                             "1,B,,,,,Otra Persona,,,\n"   // 4: the id again
                             "2,C,2/25/2020 18:05,,,,,,,\n"  // 5: nobody
                             ",VXrecord,,,,,Elena Toledo,,,\n"
                             "\"1,003\",D,,,,,Marta Godoy,,,\n"
                             "4,E,,,,,Pedro, Soto,,,\n"    // 8: a comma too many
                             ",,,,,,,,,\n"
                             "5,F,,,,,Cortado");           // 10: cut off
  EXPECT_THAT(codes(got->report), ElementsAre("3:no_id", "4:duplicate_id", "5:no_person", "8:shifted_row", "10:truncated"));
  ASSERT_EQ(got->size(), 3U);
  EXPECT_EQ(got->legacy_id[1], "VXrecord");
  EXPECT_EQ(got->legacy_id[2], "1003");
  EXPECT_EQ(got->report.rows_read, 8U);
  EXPECT_EQ(got->report.rows_refused, 5U);
}

TEST(LegacyCustomers, ReasonsHoldNobodysData) {
  const auto got = customers(std::string(head) + "1,A,,,,,Rosa Vera,,,\n1,B,,,984280796,,Secreta Persona,,,,sobra\n");
  ASSERT_EQ(got->report.refused.size(), 1U);
  const RefusedRow& row = got->report.refused[0];
  EXPECT_EQ(row.file, "Clientes-2024-06-23-16-31-48.csv");
  EXPECT_EQ(row.code, "extra_fields");
  for (const std::string& text : {row.reason_es, row.reason_en}) {
    EXPECT_FALSE(text.contains("Secreta") || text.contains("984280796"));
  }
}

TEST(LegacyCustomers, AnyEncoding) {
  const std::string latin = std::string(head) + "1,A,,,,,Mar\xed" "a Mu\xf1oz,,,\n";
  EXPECT_EQ(customers(latin)->contact.nombre[0], "María Muñoz");
  EXPECT_EQ(customers(latin)->report.texts_repaired, 1U);
  const std::string twice = std::string(head) + "1,A,,,,,MarÃ­a GonzÃ¡lez,,,\n";
  EXPECT_EQ(customers(twice)->contact.nombre[0], "María González");
  EXPECT_EQ(customers(twice)->report.texts_repaired, 1U);
  const std::string marked = "\xef\xbb\xbf" + std::string(head) + "1,A,,,,,María Muñoz,,,\n";
  EXPECT_EQ(customers(marked)->contact.nombre[0], "María Muñoz");
  EXPECT_EQ(customers(marked)->report.texts_repaired, 0U);
  const std::string nul = std::string(head) + std::string("1,A,,,,,Rosa\0 Vera,,,\n", 21);
  EXPECT_EQ(customers(nul)->contact.nombre[0], "Rosa Vera");

  const std::string plain = std::string(head) + "1,A,,,,,Mar\xed" "a Mu\xf1oz,,,\n";  // Latin-1 is UTF-16's first page
  for (const bool big : {false, true}) {
    for (const bool mark : {true, false}) {
      std::string wide = !mark ? "" : big ? "\xfe\xff" : "\xff\xfe";
      for (const char c : plain) big ? (wide += '\0', wide += c) : (wide += c, wide += '\0');
      EXPECT_EQ(customers(wide)->contact.nombre[0], "María Muñoz") << big << mark;
    }
  }
}

TEST(LegacyCustomers, AnyShapeOfHeader) {
  const auto other = customers("CLIENT;teléfono;AUTO_INCREMENT;Nueva\nRosa Vera;984280796;7;x\n");
  ASSERT_EQ(other->size(), 1U);
  EXPECT_EQ(other->legacy_id[0], "7");
  EXPECT_EQ(other->contact.telefono[0], "+56984280796");
  EXPECT_THAT(other->report.notes_es, Contains(HasSubstr("Direccion")));

  const auto mapped = customers("Nombre completo\tNúmero\nRosa Vera\t7\n",
                                {{{"nombre", "nombre completo"}, {"legacy_id", "NUMERO"}}});
  ASSERT_EQ(mapped->size(), 1U);
  EXPECT_EQ(mapped->legacy_id[0], "7");
}

TEST(LegacyCustomers, AFileWithoutAutoIncrementGoesByItsRecordIds) {
  const auto got = customers("Record ID,Client,Telefono\nVX9QoGpQwY,Rosa Vera,984280796\n,Ana Soto,\n");
  ASSERT_EQ(got->size(), 1U);
  EXPECT_EQ(got->legacy_id[0], "VX9QoGpQwY");
  EXPECT_EQ(got->record_id[0], "VX9QoGpQwY");
  EXPECT_THAT(codes(got->report), ElementsAre("3:no_id"));
  EXPECT_THAT(customers_error("Client,Telefono\nRosa Vera,984280796\n").detail.es, HasSubstr("«Auto Increment»"));
}

TEST(LegacyCustomers, ARutInTheNameIsTheDocumentWhereThatHasNone) {
  const auto got = customers("Auto Increment,Client,Documento Identidad\n1,Rosa Vera 12.345.678-5,\n2,Rosa Vera 12.345.678-5,7.654.321-6\n"
                             "3,Rosa Vera 12.345.678-5,12.345.678-4\n");
  ASSERT_EQ(got->size(), 3U);
  EXPECT_EQ(got->contact.nombre[0], "Rosa Vera");
  EXPECT_EQ(got->contact.documento[0], "12345678-5");
  EXPECT_EQ(got->contact.flags[0] & rut_valid, rut_valid);
  EXPECT_EQ(got->contact.documento[1], "7654321-6") << "the column's own wins";
  EXPECT_EQ(got->contact.documento[2], "12345678-5") << "unless it is none";
}

TEST(LegacyCustomers, FilesThatAreNone) {
  EXPECT_EQ(customers_error("").code, Code::malformed);
  EXPECT_THAT(customers_error("").detail.es, HasSubstr("vacío"));
  EXPECT_THAT(customers_error("\n\n").detail.es, HasSubstr("Auto Increment"));
  EXPECT_THAT(customers_error("Foo,Bar\n1,2\n").detail.es, HasSubstr("«Client»"));
  EXPECT_THAT(customers_error("PK\x03\x04rest").detail.es, HasSubstr("Excel"));
  std::string junk;
  for (int i = 0; i < 10'000; ++i) junk += static_cast<char>(i * 7919 >> 3);
  EXPECT_EQ(customers_error(junk).code, Code::malformed);
  // Not one row that can be used must not take the place of the last good file.
  EXPECT_EQ(customers_error(std::string(head) + ",,,,,,Sin Número,,,\n").code, Code::malformed);
  EXPECT_EQ(customers(head)->size(), 0U);
}

TEST(LegacyCustomers, TakesTheNewestFileByItsName) {
  const test::Directory directory;
  LegacyCustomersSource source(directory.path(), noon);
  EXPECT_EQ(source.change_token().error().code, Code::not_found);
  EXPECT_EQ(source.load({}).error().code, Code::not_found);
  directory.write("Clientes.csv", std::string(head) + "9,A,,,,,Rosa Vera,,,\n");
  EXPECT_EQ(source.describe(), "Clientes.csv");
  directory.write("Clientes-2024-06-23-16-31-48.csv", std::string(head) + "1,A,,,,,Rosa Vera,,,\n");
  directory.write("Clientes-2023-12-31-23-59-59.csv", std::string(head) + "2,A,,,,,Rosa Vera,,,\n");
  directory.write("Otros-2025-01-01-00-00-00.csv", "x");
  EXPECT_EQ(source.describe(), "Clientes-2024-06-23-16-31-48.csv");
  const auto before = source.change_token();
  ASSERT_TRUE(before.has_value());
  EXPECT_EQ(*before, *source.change_token());
  directory.write("clientes-2024-07-01-00-00-00.CSV", std::string(head) + "3,A,,,,,Rosa Vera,,,\n");
  EXPECT_NE(*before, *source.change_token());
  const auto loaded = source.load({});
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(std::get<std::shared_ptr<const LegacyCustomersBatch>>(*loaded)->legacy_id[0], "3");
  EXPECT_EQ(LegacyCustomersSource(directory.path() / "gone.csv", noon).load({}).error().code, Code::not_found);
}

TEST(LegacyCustomers, AFileReplacedWhileReadIsReadAgain) {
  const test::Directory directory;
  std::string many(head);
  for (int i = 1; i <= 50'000; ++i) many += fmt::format("{},A,,,,,Rosa Vera,,,\n", i);
  const auto path = directory.write("Clientes-2024-06-23-16-31-48.csv", many);
  std::atomic<int> left = 3;
  LegacyCustomersSource source(path, noon);
  const auto loaded = source.load([&](std::string_view, std::uint64_t, std::uint64_t) {
    if (left-- > 0) directory.write("Clientes-2024-06-23-16-31-48.csv", many + "999999,A,,,,,Elena Toledo,,,\n");
  });
  ASSERT_TRUE(loaded.has_value());
  const auto& batch = *std::get<std::shared_ptr<const LegacyCustomersBatch>>(*loaded);
  EXPECT_EQ(batch.size(), 50'001U);
  EXPECT_EQ(batch.report.rows_read, 50'001U);
}

constexpr std::string_view services_head = "cliente,servicio,cantidad,valor,reserva,checkin,categoria,Año,hora,mail,telefono,,,,\n";

std::shared_ptr<const LegacyServicesBatch> services(std::string_view bytes) {
  const test::Directory directory;
  directory.write("servicios_historicos.csv", bytes);
  auto loaded = LegacyServicesSource(directory.path(), noon).load({});
  if (!loaded) {
    ADD_FAILURE() << loaded.error().detail.es;
    return std::make_shared<LegacyServicesBatch>();
  }
  return std::get<std::shared_ptr<const LegacyServicesBatch>>(*loaded);
}

TEST(LegacyServices, ReadsALine) {
  const auto got = services(std::string(services_head) +
                            "Rosa Vera,Masaje Relajacion o Descontracturante,2,\"80,000\",4711,2022-03-05,Masajes,"
                            "\"2,022\",2:30:00 p.m.,ROSA@example.com,56984280796,,,,\n"
                            "rosa  VERA,Tina Tronador,1,40000,4711,05/03/2022,TINAS,\"2,022\",,#N/A,#N/A,,,,\n"
                            ",Servicio Anulado,1,0,,,Tinas,,,,,,,,\n");
  ASSERT_EQ(got->size(), 3U);
  EXPECT_EQ(got->people.size(), 2U);
  EXPECT_EQ(got->people[0].folded, "");
  EXPECT_EQ(got->people[1].shown, "Rosa Vera");
  EXPECT_EQ(got->people[1].folded, "rosa vera");
  EXPECT_THAT(got->person, ElementsAre(1, 1, 0));
  EXPECT_EQ(got->services[got->service[0]].family, Family::masaje);
  EXPECT_EQ(got->services[got->service[1]].family, Family::tina);
  EXPECT_THAT(got->reservation, ElementsAre(4711, 4711, -1));
  EXPECT_EQ(got->at[0].iso(), "2022-03-05T14:30:00");
  EXPECT_EQ(got->at[1].iso(), "2022-03-05T00:00:00");
  EXPECT_FALSE(got->at[2].known());
  EXPECT_THAT(got->quantity, ElementsAre(2, 1, 1));
  EXPECT_THAT(got->amount, ElementsAre(80'000, 40'000, 0));
  EXPECT_THAT(got->cancelled, ElementsAre(0, 0, 1));
  EXPECT_EQ(got->telefono[0], "+56984280796");
  EXPECT_EQ(got->email[0], "rosa@example.com");
  EXPECT_EQ(got->telefono[1], "");
  EXPECT_EQ(got->email[1], "");
  EXPECT_EQ(got->customer_id[0], 0);
}

TEST(LegacyServices, AbsurdValuesAreNotedAndTheVisitKept) {
  const auto got = services(std::string(services_head) +
                            "Rosa Vera,Tina Tronador,1080000,999999999999,1,2022-03-05,Tinas,,25:99,,,,,,\n"
                            "Rosa Vera,Tina Tronador,-1,-5,1,9999-01-01,Tinas,,,,,,,,\n"
                            "Rosa Vera,Tina Tronador,0,caro,1,ayer,Tinas,,,,,,,,\n"
                            "Rosa Vera,Tina Tronador,1.0,40.000,1,2022-03-05,Tinas,,,,,,,,\n"
                            ",,,,77,,Tinas,,,,,,,,\n");
  ASSERT_EQ(got->size(), 4U);
  EXPECT_THAT(got->quantity, ElementsAre(1, 1, 1, 1));
  EXPECT_THAT(got->amount, ElementsAre(0, -5, 0, 40'000));
  EXPECT_EQ(got->at[0].iso(), "2022-03-05T00:00:00");
  EXPECT_FALSE(got->at[1].known());
  EXPECT_FALSE(got->at[2].known());
  EXPECT_THAT(codes(got->report), ElementsAre("6:empty_row"));
  EXPECT_THAT(got->report.notes_es, Contains("valor ilegible o imposible, se toma como 0 (2 veces; primero: línea 2; también 4)."));
  EXPECT_TRUE(got->services[got->service[1]].adjustment) << "money given back is no service";
  EXPECT_FALSE(got->services[got->service[0]].adjustment);
  ASSERT_EQ(got->report.misplaced.size(), 1U);
  EXPECT_EQ(got->report.misplaced[0].code, "invalid_amount");
  EXPECT_THAT(got->report.misplaced[0].where, ElementsAre(2, 4));
  const auto discounts = services(std::string(services_head) + "Rosa Vera,Descuento pack,1,\"5,000\",1,2022-03-05,Tinas,,,,,,,,\n"
                                                               "Rosa Vera,Dcto. pack,1,-3000,2,2022-03-06,Tinas,,,,,,,,\n"
                                                               "Rosa Vera,GiftCard 40000,1,40000,3,2022-03-07,,,,,,,,,\n"
                                                               "Rosa Vera,Desayuno,1,9000,4,2022-03-08,,,,,,,,,\n");
  EXPECT_THAT(discounts->amount, ElementsAre(-5'000, -3'000, 40'000, 9'000));
  std::vector<bool> for_nobody;
  for (const Row service : discounts->service) for_nobody.push_back(discounts->services[service].adjustment);
  EXPECT_THAT(for_nobody, ElementsAre(true, true, true, false));
  const auto spoiled = services(std::string(services_head) + "Rosa Vera,Tina Calbuco,1,#N/A,1,2022-03-05,Tinas,,,,,,,,\n"
                                                             "Rosa Vera,Tina Calbuco,1,NaN,2,2022-03-06,Tinas,,,,,,,,\n"
                                                             "Rosa Vera,Tina Calbuco,1,-,3,2022-03-07,Tinas,,,,,,,,\n"
                                                             "Rosa Vera,Tina Calbuco,1,,4,2022-03-08,Tinas,,,,,,,,\n");
  EXPECT_THAT(spoiled->amount, ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(spoiled->report.notes_es,
              Contains("valor ilegible o imposible, se toma como 0 (3 veces; primero: línea 2; también 3, 4)."));
  EXPECT_THAT(got->report.notes_es, Contains(HasSubstr("hora ilegible")));
}

TEST(LegacyServices, PlaceholderDatesAreNoDates) {
  std::string text(services_head);
  const auto add = [&](int count, std::string_view date, int year) {
    for (int i = 0; i < count; ++i) {
      text += fmt::format("Rosa Vera,Tina Tronador,1,40000,,{},Tinas,\"{},{:03}\",,,,,,,\n", date, year / 1000, year % 1000);
    }
  };
  add(3, "2021-01-01", 2021);   // the known ones, whatever Año says
  add(2, "2021-02-02", 2023);
  add(30, "2022-07-07", 2020);  // found by the data: most of its rows are of other years
  add(10, "2022-07-07", 2022);
  add(200, "2023-02-14", 2023);  // a busy day with slips
  add(25, "2023-02-14", 2022);
  add(5, "2022-01-02", 2021);    // New Year
  const auto got = services(text);
  const auto dated = [&](std::size_t from, std::size_t count) {
    std::size_t known = 0;
    for (std::size_t i = from; i < from + count; ++i) known += got->at[i].known();
    return known;
  };
  EXPECT_EQ(dated(0, 45), 0U);
  EXPECT_EQ(dated(45, 225), 225U);
  EXPECT_EQ(dated(270, 5), 5U);
  EXPECT_THAT(got->report.notes_es, Contains(HasSubstr("2022-07-07 es una fecha de relleno: 40")));
}

TEST(LegacyCustomers, RowsThatStandAColumnOffAreRefused) {
  const auto got = customers(std::string(head) +
                             "1,A,,,984280791,,Rojas, Eva,12345678-5,\"Puerto Varas, Los Lagos\",\n"     // 2: an empty voucher
                             "2,B,,,984280792,,Ana Soto,7654321-6,\"Puerto Varas, Los Lagos\",\n"
                             "3,C,,,984280793,,Rojas, Alma,12345678-5,\"Puerto Varas, Los Lagos\",VALE\n"  // 4
                             "4,D,,,984280794,,Rojas, Inés,12345678-5,\"Puerto Varas, Los Lagos\"\n"       // 5: none at all
                             "5,E,,,984280795,,Rojas, Luz,,\"Puerto Varas, Los Lagos\"\n"                 // 6: without a document
                             "6,F,,984280796,,Marta Godoy,12345678-5,Puerto Varas,\n"                     // 7: a cell is gone
                             "7,G,,,984280797,,Hugo Díaz,no tiene,,\n"
                             "8,H,,,984280798,,Nora Paz,pasaporte AB123456,Puerto Varas,,\n"              // a harmless comma
                             "9,I,,984280799,nora@ejemplo.cl,,Nora Lara,,,\n"                             // two cells exchanged
                             "10,J,,,,984280790,,Rosa Soto 984280790,12345678-5,\"Puerto Varas, Los Lagos\",\n");  // 11
  EXPECT_THAT(codes(got->report), ElementsAre("2:shifted_row", "4:extra_fields", "5:shifted_row", "6:shifted_row", "7:shifted_row",
                                              "11:shifted_row"));
  ASSERT_EQ(got->size(), 4U);
  EXPECT_EQ(got->contact.nombre[0], "Ana Soto");
  EXPECT_EQ(got->contact.documento[0], "7654321-6");
  EXPECT_EQ(got->contact.nombre[2], "Nora Paz");
}

TEST(LegacyCustomers, EveryLineMayEndWithASeparatorTooMany) {
  const auto got = customers(std::string(head) + "1,A,,,984280791,,Ana Soto,sin rut,Puerto Varas,,\n2,B,,,984280792,,Eva Soto,,,,\n");
  EXPECT_EQ(got->size(), 2U);
  EXPECT_TRUE(got->report.refused.empty());
}

TEST(LegacyCustomers, LinesThatAreNoRows) {
  const auto got = customers(std::string(head) + "1,A,,,984280791,,Ana Soto,,,\n , ,,,,,,,,\n,,,,,,,,,\n" + std::string(head) +
                             "2,B,,,984280792,,Total Soto,,,\nTotal,,,,,,2,,,\n,,,,,,TOTAL,,,\n");
  EXPECT_THAT(codes(got->report), ElementsAre("5:repeated_header", "7:total_row", "8:total_row"));
  EXPECT_EQ(got->size(), 2U);
  EXPECT_THAT(got->report.notes_es, Contains(HasSubstr("2 líneas en blanco, que se saltan")));
  EXPECT_EQ(got->report.rows_read, 5U);
}

TEST(LegacyCustomers, TheServicesFileIsAnotherOne) {
  EXPECT_THAT(customers_error("cliente,servicio,cantidad,valor,reserva,checkin,categoria,Año,hora,mail,telefono,,,,\nA,B,1,1,1,,,,,,,,,,\n").detail.es,
              HasSubstr("es el de los servicios"));
  const test::Directory directory;
  directory.write("servicios_historicos.csv", std::string(head) + "1,A,,,984280791,,Ana Soto,,,\n");
  const auto loaded = LegacyServicesSource(directory.path(), noon).load({});
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, Code::malformed);
  EXPECT_THAT(loaded.error().detail.es, HasSubstr("es el de los clientes"));
}

TEST(LegacyCustomers, TheWholeColumnSaysWhichNumberIsTheMonth) {
  const auto days = [](std::initializer_list<std::string_view> cells) {
    std::string text(head);
    int id = 0;
    for (const std::string_view cell : cells) text += fmt::format("{},A,{},,,,Ana Soto,,,\n", ++id, cell);
    const auto got = customers(text);
    std::vector<std::string> out;
    for (const Moment at : got->contact.created) out.push_back(at.known() ? at.iso().substr(0, 16) : "");
    for (const std::string& note : got->report.notes_es) out.push_back(note.substr(0, note.find_first_of("(,")));
    return out;
  };
  EXPECT_THAT(days({"3/4/2020 18:05", "2/25/2020 6:05 PM"}), ElementsAre("2020-03-04T18:05", "2020-02-25T18:05"));
  EXPECT_THAT(days({"3/4/2020 18:05", "25/2/2020"}), ElementsAre("2020-04-03T18:05", "2020-02-25T00:00"));
  EXPECT_THAT(days({"3/4/2020", "43886", "2020-02-25"}), ElementsAre("2020-03-04T00:00", "2020-02-25T00:00", "2020-02-25T00:00"));
  EXPECT_THAT(days({"3/4/2020", "25/2/2020", "2/25/2020"}),
              ElementsAre("2020-03-04T00:00", "", "2020-02-25T00:00", "Created On mezcla mes/día con día/mes"));
  EXPECT_THAT(days({"3/4/2020", "2/30/2020", "1/1/2099", "1/1/1900"}),
              ElementsAre("2020-03-04T00:00", "", "", "", "Created On ilegible o imposible"));
  EXPECT_THAT(days({"3/4/2020", "5/6/2020", "7/8/2020", "9/9/2020"}),
              ElementsAre("2020-03-04T00:00", "2020-05-06T00:00", "2020-07-08T00:00", "2020-09-09T00:00",
                          "Created On: nada decide si va primero el día o el mes; 3 fechas se leyeron como mes/día."));
}

TEST(LegacyCustomers, OldEncodingsAndWebForms) {
  const std::string dos = std::string(head) + "1,A,,,,,Jos\x82 Mu\xa4oz,,,\n2,B,,,,,Mar\xa1" "a D\xa1" "az,,,\n";
  EXPECT_EQ(customers(dos)->contact.nombre[0], "José Muñoz");
  EXPECT_EQ(customers(dos)->contact.nombre[1], "María Díaz");
  EXPECT_EQ(customers(dos)->report.texts_repaired, 0U);
  EXPECT_THAT(customers(dos)->report.notes_es, Contains(HasSubstr("cp850")));
  const std::string mac = std::string(head) + "1,A,,,,,Jos\x8e Mu\x96oz,,,\n2,B,,,,,Mar\x92" "a D\x92" "az,,,\n";
  EXPECT_EQ(customers(mac)->contact.nombre[0], "José Muñoz");
  EXPECT_THAT(customers(mac)->report.notes_es, Contains(HasSubstr("MacRoman")));
  const std::string mixed = std::string(head) + "1,A,,,,,Begoña Muñoz,,,\n2,B,,,,,Mar\xed" "a Mu\xf1oz Pe\xf1" "a,,,\n";
  EXPECT_EQ(customers(mixed)->contact.nombre[0], "Begoña Muñoz");
  EXPECT_EQ(customers(mixed)->contact.nombre[1], "María Muñoz Peña");
  const std::string no_letters = std::string(head) + "1,A,,,,,Mu\xbcoz Pe\xb9" "a So\xb2to,,,\n";
  EXPECT_THAT(customers(no_letters)->report.notes_es, Contains(HasSubstr("ilegibles")));

  const auto escaped = customers(std::string(head) + "1,A,,,,,Ana &amp; Luis Mu&ntilde;oz,,\"Puerto Montt, Los R&iacute;os\",\n");
  EXPECT_EQ(escaped->contact.nombre[0], "Ana y Luis Muñoz");
  EXPECT_EQ(escaped->contact.ciudad[0], "Puerto Montt");
}

TEST(LegacyCustomers, ASpreadsheetsTextCells) {
  const auto got = customers(std::string(head) + "\"=\"\"7\"\"\",A,,\"=\"\"ana@ejemplo.cl\"\"\",\"=\"\"984280796\"\"\",,\"=\"\"Ana Soto\"\"\",\"=\"\"12345678-5\"\"\",,\n");
  ASSERT_EQ(got->size(), 1U);
  EXPECT_EQ(got->legacy_id[0], "7");
  EXPECT_EQ(got->contact.nombre[0], "Ana Soto");
  EXPECT_EQ(got->contact.flags[0], phone_valid | phone_mobile | email_valid | rut_valid);
}

TEST(LegacyServices, RowsThatStandAColumnOffAreRefused) {
  const auto got = services(std::string(services_head) +
                            "Rojas, Eva,Masaje Relajacion,1,40000,100,2021-03-04,Masajes,\"2,021\",14:30,,,,,,\n"   // 2
                            "Ana Soto,Masaje Relajacion,1,40,000,100,2021-03-04,Masajes,\"2,021\",14:30,,,,,,\n"    // 3
                            "Ana Soto,Masaje Relajacion,1,40000,2021-03-04,Masajes,\"2,021\",14:30,,,,,,\n"         // 4
                            "Rojas, Eva,Masaje Relajacion,1,40000,100,,Masajes,,,,,,,,\n"                           // 5
                            "Total,,2,\"80,000\",,,,,,,,,,,\n"                                                     // 6
                            ",,,,,,,,,,,,,,\n"
                            "Ana Soto,Masaje Relajacion,1,40000,102,2021-03-06,Masajes,2,021,14:30,,984280796,,,\n"  // 8
                            "Ana Soto,Masaje Relajacion,1,40000,103,2021-03-07,Masajes,2,021,,,,,,,,\n"              // 9
                            "Ana Soto,Masaje Relajacion,1,40000,101,2021-03-05,Masajes,\"2,021\",14:30,,,,,,\n");
  EXPECT_THAT(codes(got->report), ElementsAre("2:shifted_row", "3:shifted_row", "4:shifted_row", "5:shifted_row", "6:total_row",
                                              "8:shifted_row", "9:shifted_row"));
  ASSERT_EQ(got->size(), 1U);
  EXPECT_THAT(got->amount, ElementsAre(40'000));
  EXPECT_THAT(got->report.notes_es, Contains(HasSubstr("una línea en blanco, que se salta")));
}

TEST(LegacyServices, DaysAreReadAsTheWholeColumnSays) {
  const auto days = [](std::initializer_list<std::string_view> cells) {
    std::string text(services_head);
    for (const std::string_view cell : cells) text += fmt::format("Ana Soto,Tina Tronador,1,1000,1,{},Tinas,,,,,,,,\n", cell);
    std::vector<std::string> out;
    const auto got = services(text);
    for (const Moment at : got->at) out.push_back(at.known() ? at.date().iso() : "");
    for (const std::string& note : got->report.notes_es) {
      if (note.contains("nada decide")) out.push_back(note);
    }
    return out;
  };
  EXPECT_THAT(days({"03/04/2022", "2022-03-05"}), ElementsAre("2022-04-03", "2022-03-05"));
  EXPECT_THAT(days({"03/04/2022", "25/04/2022"}), ElementsAre("2022-04-03", "2022-04-25"));
  EXPECT_THAT(days({"03/04/2022", "04/25/2022"}), ElementsAre("2022-03-04", "2022-04-25"));
  EXPECT_THAT(days({"03/04/2022", "04/25/2022", "25/04/2022"}), ElementsAre("2022-04-03", "", "2022-04-25"));
  constexpr std::string_view told = "checkin: nada decide si va primero el día o el mes; 3 fechas se leyeron como día/mes.";
  EXPECT_THAT(days({"03/04/2022", "05/06/2022", "07/08/2022"}), ElementsAre("2022-04-03", "2022-06-05", "2022-08-07", told));
  EXPECT_THAT(days({"03/04/2022", "05/06/2022", "07/08/2022", "04/25/2022", "25/04/2022"}), Contains(told)) << "both orders";
  EXPECT_THAT(days({"03/04/2022", "05/06/2022", "07/08/2022", "25/04/2022"}), Not(Contains(told)));
}

TEST(Cells, PricesInEveryNotation) {
  for (const auto& [raw, amount] : std::initializer_list<std::pair<std::string_view, Pesos>>{
           {"40000", 40'000}, {"$40.000", 40'000}, {"40,000", 40'000}, {"40.000,00", 40'000}, {"40,000.00", 40'000},
           {"$40.000.-", 40'000}, {"40.000.-", 40'000}, {"40000.-", 40'000}, {"$40.000,-", 40'000}, {"40000 CLP", 40'000},
           {"CLP 40.000", 40'000}, {"CLP$40.000", 40'000}, {"40.000 pesos", 40'000}, {"$ 40.000 CLP", 40'000}, {"40.000 $", 40'000},
           {"40 000", 40'000}, {"40\u00A0000", 40'000}, {"40\u2009000", 40'000}, {"40\u202F000,00", 40'000}, {"40’000", 40'000},
           {"40'000", 40'000}, {"1.234", 1'234}, {"1,080,000", 1'080'000}, {"1.080.000,00", 1'080'000}, {"40000.00", 40'000},
           {"40000.000", 40'000}, {"40000,5", 40'001}, {"40.000,49", 40'000}, {"500.00", 500}, {"0", 0}, {"0.00", 0}, {"$0", 0},
           {"４０.０００", 40'000}, {"-40.000", -40'000}, {"\u221240.000", -40'000}, {"$-40.000", -40'000}, {"-$40.000", -40'000},
           {"40.000-", -40'000}, {"(40.000)", -40'000}, {"($40.000)", -40'000}, {"+40.000", 40'000},
           {"40.000 CLP.", 40'000}, {"40.000 pesos chilenos", 40'000}, {"\"40.000\"", 40'000}, {"=40000", 40'000}, {"40000.", 40'000},
           {"40 mil", 40'000}, {"$40 mil pesos", 40'000}, {"40.000 c/u", 40'000}, {"$40.000 c.u.", 40'000}, {"40.000 cada uno", 40'000},
           {"$40.000 -", 40'000}, {"40000,", 40'000}, {"40.000;", 40'000}, {"40.000 IVA incl", 40'000}, {"40.000 IVA incluido.", 40'000},
           {"$40.000 (pagado)", 40'000}, {"40.000 (IVA incl.) c/u.", 40'000}, {"aprox 40.000", 40'000}, {"Aprox. $40.000", 40'000},
           {"Total: 40.000", 40'000}, {"-40.000 (pagado)", -40'000}, {"(40 mil)", -40'000}}) {
    EXPECT_EQ(pesos(raw), amount) << raw;
  }
  for (const std::string_view none :
       {"", "$", "-", "40k", "1.500 mil", "mil", "40 lucas", "M$40", "MM$ 1", "US$ 40", "40 USD", "1,5 UF", "€40", "40.000.00", "40,000,00",
        "12.50", "12,5", "40.5", "40.00", "1.2345", "0.500", "1234.567", "40.00.000", "4.0000", "40.000'000", "40..000", ".5",
        "40000 x 2", "40000-50000", "20.000+20.000", "40000/2", "gratis", "1e5", "4E4",
        "pagado", "40.000 + IVA", "40.000 (2 noches)", "4O000", "9999999999999999", "40 000 00", "4 0000"}) {
    EXPECT_EQ(pesos(none), std::nullopt) << none;
  }
}

TEST(Cells, Numbers) {
  EXPECT_EQ(whole_number("40000"), 40'000);
  EXPECT_EQ(whole_number("40,000"), 40'000);
  EXPECT_EQ(whole_number("$ 40.000"), 40'000);
  EXPECT_EQ(whole_number("1,080,000"), 1'080'000);
  EXPECT_EQ(whole_number("40.000,50"), 40'001);
  EXPECT_EQ(whole_number("40000.000"), 40'000);
  EXPECT_EQ(whole_number("1.0"), 1);
  EXPECT_EQ(whole_number("-1"), -1);
  for (const std::string_view none : {"", "-", "$", "abc", "12a", "1e9", ",5", "9999999999999999", "1-2"}) {
    EXPECT_EQ(whole_number(none), std::nullopt) << none;
  }
  EXPECT_EQ(cell_value(" #N/A "), "");
  EXPECT_EQ(cell_value(" x "), "x");
  EXPECT_EQ(cell_value("=\"984280796\""), "984280796");
  EXPECT_EQ(cell_value("=\" 12345678-5\""), "12345678-5");
  EXPECT_EQ(cell_value("'984280796"), "984280796");
  EXPECT_EQ(cell_value("'t Hooft"), "'t Hooft");
  EXPECT_EQ(cell_value("=\"\""), "");
  EXPECT_EQ(cell_value("=\"-\""), "");
  EXPECT_EQ(cell_value("=\"a\"&\"b\""), "=\"a\"&\"b\"");
  EXPECT_EQ(cell_value("=\""), "=\"");
  EXPECT_EQ(clip("añb", 2), "a");
}

}  // namespace
}  // namespace aremko::sources

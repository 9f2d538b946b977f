// A list taken away: what is in the file, who is left out, and what the audit keeps of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include "operations/exports.h"
#include "operations/sheet.h"
#include "operations/test_house.h"

namespace aremko::operations {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Exports : public ::testing::Test {
 protected:
  Result<std::string> call(const std::string& json, Scope scope = Scope::admin) {
    const auto body = *json::parse(json);
    const Access access{&house.tenant(), {.key_id = "test", .tenant = "aremko", .scope = scope}};
    return perform(house.services(), *find_operation("export_people"), access, "es", {.json = &body.get_object(), .json_where = Where::body});
  }
  boost::json::value answer(const std::string& json) {
    const auto text = call(json);
    if (!text) ADD_FAILURE() << text.error().detail.es;
    return text ? *json::parse(*text) : boost::json::value{};
  }
  static std::string file_of(const boost::json::value& answer) {
    const std::string content(answer.at("content").as_string());
    std::string out(content.size(), '\0');
    std::size_t size = 0;
    EXPECT_EQ(sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), content.data(), content.size(), nullptr, &size, nullptr,
                                sodium_base64_VARIANT_ORIGINAL), 0);
    out.resize(size);
    return out;
  }
  testing::House house;
};

TEST_F(Exports, ForWhatsAppThereIsAPhoneAMessageAndAnOffer) {
  const auto file = answer(R"({"purpose":"whatsapp","format":"csv","ids":[123],"vence":"2024-04-30"})");
  EXPECT_EQ(file.at("file_name"), "whatsapp-2024-03-14.csv");
  EXPECT_EQ(file.at("rows"), 1);
  const std::string text = file_of(file);
  EXPECT_THAT(text, StartsWith("\ufeffNombre;Teléfono;Mensaje;Oferta;Vence;Ojo\r\n"));
  EXPECT_THAT(text, HasSubstr("María González;+56 9 "));
  EXPECT_THAT(text, HasSubstr("¡Hola María!"));
  EXPECT_THAT(text, HasSubstr(";2024-04-30;\r\n"));
}

TEST_F(Exports, ChosenPeopleComeInTheirOrderOnceAndNobodyIsSaidToBe) {
  const auto file = answer(R"({"purpose":"tabla","format":"csv","ids":[124,123,124,900,55555],"columns":["id","nombre"]})");
  EXPECT_EQ(file.at("rows"), 2);
  EXPECT_EQ(file.at("left_out").at("nobody"), 2);
  EXPECT_THAT(file_of(file), HasSubstr("ID;Nombre\r\n124;"));
  EXPECT_THAT(std::string(file.at("summary").as_string()), StartsWith("2 personas."));
}

TEST_F(Exports, AListIsCutWhereItIsToBeCut) {
  EXPECT_EQ(answer(R"({"purpose":"tabla","list":"clientes","first":1})").at("rows"), 1);
  EXPECT_EQ(answer(R"({"purpose":"tabla","list":"clientes","min_visits":10})").at("rows"), 1);
  EXPECT_EQ(answer(R"({"purpose":"tabla","list":"reactivacion","months":12})").at("file_name"), "reactivacion-2024-03-14.xlsx");
}

TEST_F(Exports, WhoWantsNoOffersIsInATableOfCustomersWithoutAddressesAndInNoneToWinBack) {
  house.publish("aremko", sources::refuses_promotion);
  const auto customers = answer(R"({"purpose":"tabla","format":"csv","list":"clientes"})");
  EXPECT_EQ(customers.at("hidden"), 1);
  EXPECT_THAT(file_of(customers), AllOf(HasSubstr("María González;;;"), Not(HasSubstr("maria@gmail.com"))));
  for (const char* who : {R"("months":12)", R"("ids":[123])"}) {
    const auto back = answer(fmt::format(R"({{"purpose":"tabla","format":"csv","list":"reactivacion",{}}})", who));
    EXPECT_EQ(back.at("rows"), 0);
    EXPECT_EQ(back.at("left_out").at("refused"), 1);
    EXPECT_EQ(back.at("summary"), "0 personas. Se dejó fuera a 1 que no quiere ser contactada.");
    EXPECT_THAT(file_of(back), Not(HasSubstr("María")));
  }
}

TEST_F(Exports, AnExcelFileIsOne) { EXPECT_THAT(file_of(answer(R"({"purpose":"tabla"})")), StartsWith("PK")); }

TEST_F(Exports, EveryOneIsAuditedWithoutAnybodysData) {
  const auto file = answer(R"({"purpose":"whatsapp","format":"csv","ids":[123]})");
  const auto audit = house.store().audit().list("aremko", {}, 10).value();
  ASSERT_EQ(audit.entries.size(), 1U);
  EXPECT_EQ(audit.entries[0].action, "people.export");
  EXPECT_EQ(audit.entries[0].actor, "test");
  EXPECT_EQ(audit.entries[0].subject, std::string(file.at("id").as_string()));
  EXPECT_THAT(audit.entries[0].after, HasSubstr(R"("rows":1)"));
  EXPECT_THAT(audit.entries[0].after, Not(HasSubstr("123")));
  EXPECT_TRUE(json::parse(audit.entries[0].after));
}

TEST_F(Exports, WhoHasNoRightTakesNothingAway) {
  for (const Scope scope : {Scope::read, Scope::write}) EXPECT_EQ(call(R"({"purpose":"tabla"})", scope).error().code, Code::forbidden);
  EXPECT_TRUE(house.store().audit().list("aremko", {}, 10)->entries.empty());
}

TEST_F(Exports, WhatCannotBeIsRefused) {
  EXPECT_EQ(call(R"({"purpose":"tabla","columns":["notas"]})").error().code, Code::invalid);
  EXPECT_EQ(call(R"({"purpose":"correo","vence":"2024-03-01"})").error().code, Code::invalid);
  EXPECT_EQ(call(R"({"purpose":"fax"})").error().code, Code::invalid);
}

TEST(Sheets, WhatASpreadsheetWouldMisreadIsMarked) {
  for (const char* text : {"=1+1", "+1", "-1", "@x", "\tx", "\uff1dcmd", "0012", "4000123412341234", "1E5", "3-4", "1/2", "1.5", "SEP2", "3-mar", "mayo 2020"}) {
    EXPECT_TRUE(misread(text)) << text;
  }
  for (const char* text : {"", "+56 9 8765 4321", "2024-03-14", "12.345.678-9", "12345678-K", "680000", "0", "María", "Marta 2", "Maya", "5 hermanas"}) {
    EXPECT_FALSE(misread(text)) << text;
  }
}

TEST(Sheets, APhoneIsNoNumber) {
  const std::vector<std::pair<const char*, const char*>> cases{{"+56984280796", "+56 9 8428 0796"}, {"+56652123456", "+56 65 212 3456"},
                                                               {"+5491155551234", "+54 911 5555 1234"}, {"+12025550143", "+1 202 555 0143"},
                                                               {"+34612345678", "+34 612 345 678"}, {"+595981123456", "+595 981 123 456"}, {"+123", "+123"}};
  for (const auto& [given, shown] : cases) EXPECT_EQ(spaced_phone(given), shown);
}

TEST(Sheets, ACsvHasItsMarkItsSeparatorAndItsQuotes) {
  const Sheet sheet{"x", {"Nombre", "Teléfono", "Gastado", "Última visita", "Nada"},
                    {{Cell("Ana; \"la\" Nana\nSoto"), Cell("+56987654321"), Cell(std::int64_t{680'000}), Cell(Date::of(2024, 3, 14)), Cell()},
                     {Cell("=HYPERLINK(\"x\")"), Cell("+1 415"), Cell(std::int64_t{-5}), Cell(Date{}), Cell()}}};
  EXPECT_EQ(csv_of(sheet), "\ufeffNombre;Teléfono;Gastado;Última visita;Nada\r\n"
                           "\"Ana; \"\"la\"\" Nana\nSoto\";+56 9 8765 4321;680000;2024-03-14;\r\n"
                           "\"'=HYPERLINK(\"\"x\"\")\";'+1 415;-5;;\r\n");
  EXPECT_THAT(xlsx_of(sheet).value(), StartsWith("PK"));
}

}  // namespace
}  // namespace aremko::operations

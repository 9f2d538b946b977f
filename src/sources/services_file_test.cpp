// Where the services file is looked for, and what is said when it is in two places or in none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/legacy_customers.h"
#include "sources/legacy_services.h"
#include "sources/services_file.h"
#include "sources/test_files.h"

namespace aremko::sources {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const FixedClock noon(1'720'000'000);
constexpr std::string_view head = "cliente,servicio,cantidad,valor,reserva,checkin,categoria,Año,hora,mail,telefono\n";

std::string row(std::string_view name) {
  return std::string(head) + std::string(name) + ",Tina Tronador,2,50000,77,2022-05-05,Tinas,2022,14:30,,\n";
}

std::shared_ptr<const LegacyServicesBatch> services(const std::filesystem::path& folder) {
  auto loaded = LegacyServicesSource(folder, noon).load({});
  if (!loaded) return nullptr;
  return std::get<std::shared_ptr<const LegacyServicesBatch>>(*loaded);
}

std::vector<std::string> notes_of_customers(const test::Directory& folder) {
  folder.write("Clientes-2024-06-23-16-31-48.csv", "Auto Increment,Client\n1,Rosa Vera\n");
  return std::get<std::shared_ptr<const LegacyCustomersBatch>>(*LegacyCustomersSource(folder.path(), noon).load({}))->report.notes_es;
}

TEST(ServicesFile, InTheFolderOrItsData) {
  const test::Directory folder;
  std::filesystem::create_directory(folder.path() / "data");
  folder.write("data/Servicios_Historicos.CSV", row("Rosa Vera"));
  ASSERT_NE(services(folder.path()), nullptr);
  EXPECT_EQ(services(folder.path())->people.back().shown, "Rosa Vera");
  EXPECT_THAT(services(folder.path())->report.notes_es, Not(Contains(HasSubstr("dos"))));
  const auto before = LegacyServicesSource(folder.path(), noon).change_token();
  ASSERT_TRUE(before.has_value());

  folder.write("servicios_historicos.csv", row("Ana Soto"));
  EXPECT_EQ(services(folder.path())->people.back().shown, "Ana Soto");
  EXPECT_THAT(services(folder.path())->report.notes_es, Contains(HasSubstr("Hay dos servicios_historicos.csv")));
  EXPECT_NE(before.value(), LegacyServicesSource(folder.path(), noon).change_token().value());
  EXPECT_THAT(notes_of_customers(folder), Not(Contains(HasSubstr("servicios_historicos"))));
}

TEST(ServicesFile, InNeitherPlace) {
  const test::Directory folder;
  EXPECT_EQ(find_services_file(folder.path()).error().code, Code::not_found);
  EXPECT_EQ(services(folder.path()), nullptr);
  EXPECT_THAT(notes_of_customers(folder), Contains(HasSubstr("No hay servicios_historicos.csv en la carpeta")));
  std::filesystem::create_directory(folder.path() / "data");
  EXPECT_THAT(notes_of_customers(folder), Contains(HasSubstr("ni en su carpeta data")));
}

TEST(LegacyStaff, BearsTheHousesNameOrAListedOne) {
  const test::Directory folder;
  folder.write("Clientes-2024-06-23-16-31-48.csv", "Auto Increment,Client\n1,Aremko Spa\n2,Rosa Vera\n3,deborah SOTO\n");
  const auto loaded = LegacyCustomersSource(folder.path(), noon, {}, StaffNames("aremko", {"Deborah Soto"})).load({});
  const auto& flags = std::get<std::shared_ptr<const LegacyCustomersBatch>>(*loaded)->contact.flags;
  EXPECT_EQ(flags[0] & is_staff, is_staff);
  EXPECT_EQ(flags[1] & is_staff, 0);
  EXPECT_EQ(flags[2] & is_staff, is_staff);
}

TEST(LegacyStaff, OfTheServicesFile) {
  const test::Directory folder;
  folder.write("servicios_historicos.csv", row("Caja Aremko") + row("Rosa Vera").substr(head.size()));
  const auto loaded = LegacyServicesSource(folder.path(), noon, {}, StaffNames("aremko", {})).load({});
  const auto& people = std::get<std::shared_ptr<const LegacyServicesBatch>>(*loaded)->people;
  ASSERT_EQ(people.size(), 3U);
  EXPECT_FALSE(people[0].staff) << "nobody";
  EXPECT_TRUE(people[1].staff);
  EXPECT_FALSE(people[2].staff);
}

TEST(ServicesFile, ItselfInsteadOfAFolder) {
  const test::Directory folder;
  const auto file = folder.write("otro.csv", row("Rosa Vera"));
  EXPECT_EQ(find_services_file(file)->path, file);
  EXPECT_NE(services(file), nullptr);
}

}  // namespace
}  // namespace aremko::sources

// What a load says of how its source was filled. Every person here is invented.
#include "sources/load_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/legacy_customers.h"
#include "sources/legacy_services.h"
#include "sources/refusals.h"
#include "sources/test_files.h"

namespace aremko::sources {
namespace {

using testing::ElementsAre;

const FixedClock noon(1'720'000'000);  // 2024-07-03

std::vector<std::string> shown(const std::vector<FieldCount>& fields) {
  std::vector<std::string> out;
  for (const FieldCount& field : fields) out.push_back(fmt::format("{} {}/{}", field.field, field.valid, field.filled));
  return out;
}

std::vector<std::string> shown(const std::vector<Misplaced>& misplaced) {
  std::vector<std::string> out;
  for (const Misplaced& one : misplaced) {
    out.push_back(fmt::format("{} {} {}: {}", one.code, one.field, one.count, fmt::join(one.where, " ")));
  }
  return out;
}

template <class Batch, class Source>
std::shared_ptr<const Batch> load(std::string_view name, std::string_view bytes) {
  const test::Directory directory;
  auto loaded = Source(directory.write(name, bytes), noon).load({});
  if (!loaded) {
    ADD_FAILURE() << loaded.error().detail.es;
    return std::make_shared<Batch>();
  }
  return std::get<std::shared_ptr<const Batch>>(*loaded);
}

TEST(LoadReport, CountsFieldsOfTheCustomersFileBeforeTheyArePutRight) {
  const auto got = load<LegacyCustomersBatch, LegacyCustomersSource>(
      "Clientes-2024-06-23-16-31-48.csv",
      "Auto Increment,Record ID,Created On,Email,Telefono,Reservas,Client,Documento Identidad,Direccion,voucher\n"
      "1,A,2/25/2020 18:05,ANA@EXAMPLE.CL,984280796,,Ana Rojas,12345678-5,Puerto Montt,\n"
      "2,B,no,nada,123,,Eva Soto 912345678,12345678-9,912345670,\n"
      "3,C,,#N/A,-,,Luis Vera,987654321,12.345.678-5,\n"
      "4,D,,,,,Iris Paz,iris@example.cl,Narnia,\n"
      ",,,,,,Nadie,,,\n"
      ",,,,,,Nadie Tampoco,,,\n"
      "1,E,,,,,Otra Ana,,,\n");
  EXPECT_THAT(shown(got->report.fields),
              ElementsAre("nombre 4/4", "telefono 1/2", "email 1/2", "documento_identidad 1/4", "ciudad 2/4",
                          "created_on 1/2"));
  EXPECT_THAT(shown(got->report.misplaced),
              ElementsAre("phone_in_name nombre 1: 3", "phone_in_place ciudad 1: 3",
                          "phone_in_document documento_identidad 1: 4", "rut_in_place ciudad 1: 4",
                          "email_in_document documento_identidad 1: 5"));
  ASSERT_EQ(got->report.refused_by.size(), 2U);
  EXPECT_EQ(got->report.refused_by[0].code, "no_id");
  EXPECT_EQ(got->report.refused_by[0].rows, 2U);
  EXPECT_EQ(got->report.refused_by[1].code, "duplicate_id");
  EXPECT_EQ(got->report.rows_refused, 3U);
}

TEST(LoadReport, CountsFieldsOfTheServicesFile) {
  std::string file = "cliente,servicio,cantidad,valor,reserva,checkin,categoria,Año,hora,mail,telefono,,,,\n";
  for (int i = 0; i < 3; ++i) file += "Ana Rojas,Tina,1,40000,7,2021-01-01,Tinas,\"2,022\",14:30,a@example.cl,#N/A,,,,\n";
  file += "Eva Soto 912345678,Tina,1,40000,8,32/13/2022,Tinas,2022,14:30,nada,12345,,,,\n";
  const auto got = load<LegacyServicesBatch, LegacyServicesSource>("servicios_historicos.csv", file);
  EXPECT_THAT(shown(got->report.fields), ElementsAre("cliente 4/4", "telefono 0/1", "mail 3/4", "checkin 3/4", "valor 4/4"));
  EXPECT_THAT(shown(got->report.misplaced), ElementsAre("phone_in_name cliente 1: 5"));
  ASSERT_EQ(got->report.placeholder_days.size(), 1U);
  EXPECT_EQ(got->report.placeholder_days[0].day, Date::of(2021, 1, 1));
  EXPECT_EQ(got->report.placeholder_days[0].rows, 3U);
}

TEST(LoadReport, AllRefusedRowsAreCountedThoughFewAreKept) {
  constexpr Reason first{"one", "Uno.", "One."};
  constexpr Reason second{"one", "Otro.", "Another."};
  LoadReport report;
  for (std::uint64_t line = 0; line < max_refused_kept + 500; ++line) refuse(report, "f.csv", line, first);
  LoadReport part;
  refuse(part, "g.csv", 1, second);
  refuse(part, "g.csv", 2, first);
  merge(report, part);
  EXPECT_EQ(report.refused.size(), max_refused_kept);
  EXPECT_EQ(report.rows_refused, max_refused_kept + 502);
  ASSERT_EQ(report.refused_by.size(), 2U) << "one code may have several reasons";
  EXPECT_EQ(report.refused_by[0].rows, max_refused_kept + 501);
  EXPECT_EQ(report.refused_by[1].rows, 1U);
}

TEST(LoadReport, KeepsTheFirstPlacesOnly) {
  FieldCounts counts{"telefono"};
  for (std::uint64_t line = 1; line <= 1'000; ++line) counts.misplaced("phone_in_name", "nombre", line);
  LoadReport report;
  counts.write(report);
  EXPECT_EQ(report.misplaced[0].count, 1'000U);
  EXPECT_EQ(report.misplaced[0].where.size(), Misplaced::max_where);
  EXPECT_EQ(report.fields[0].filled, 0U);
  for (std::uint64_t line = 1; line <= 1'500; ++line) counts.unread("invalid_amount", "valor", line);
  counts.write(report);
  EXPECT_EQ(report.misplaced[1].count, 1'500U);
  EXPECT_EQ(report.misplaced[1].where.size(), max_refused_kept);
}

}  // namespace
}  // namespace aremko::sources

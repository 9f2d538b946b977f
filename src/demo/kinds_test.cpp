// What makes "who is who" hard stands among the demo's people in its share, and the truth is right about it.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "base/text.h"
#include "demo/customer_row.h"
#include "demo/kin.h"
#include "demo/legacy_row.h"
#include "demo/legacy_visit.h"
#include "demo/no_person.h"
#include "demo/people_shares.h"
#include "demo/spelling.h"
#include "demo/testing.h"

namespace aremko::demo {
namespace {

using namespace testing;

const World& world() {
  static const World world(DemoOptions{}, *Zone::load("America/Santiago"));
  return world;
}

std::string first_given(const FullName& name) { return name.given.substr(0, name.given.find(' ')); }

/// The relatives among the first 40,000 people.
std::vector<std::pair<Person, Kin>> relatives() {
  std::vector<std::pair<Person, Kin>> all;
  for (Person person = 0; person < 40'000; ++person) {
    if (const auto kin = kin_of(world(), person)) all.emplace_back(person, *kin);
  }
  return all;
}

TEST(Relatives, StandInTheirShares) {
  using namespace people_share;
  std::map<Kinship, double> count;
  for (const auto& [person, kin] : relatives()) {
    ++count[kin.kinship];
    EXPECT_FALSE(kin_of(world(), kin.other)) << "whose relative is nobody's in turn";
    EXPECT_FALSE(World::is_guide(person) || World::is_guide(kin.other) || World::is_staff(person) || World::is_staff(kin.other));
  }
  // Whoever was to be the relative of a relative is nobody's.
  const double kept = 40'000 / 1000.0 * (1000 - couple - sibling - parent - cousin) / 1000;
  EXPECT_NEAR(count[Kinship::couple] / kept, couple, 6);
  EXPECT_NEAR(count[Kinship::sibling] / kept, sibling, 6);
  EXPECT_NEAR(count[Kinship::parent] / kept, parent, 6);
  EXPECT_NEAR(count[Kinship::cousin] / kept, cousin, 6);
}

TEST(Relatives, AreNamedAsRelativesAre) {
  int siblings = 0, counterparts = 0, marias = 0, parents = 0, named_so = 0, cousins = 0;
  for (const auto& [person, kin] : relatives()) {
    const FullName name = world().name(person);
    const FullName other = world().name(kin.other);
    if (kin.kinship == Kinship::sibling) {
      ++siblings;
      EXPECT_EQ(name.surname, other.surname);
      EXPECT_EQ(name.maternal, other.maternal);
      EXPECT_NE(name.given, other.given);
      counterparts += name.given == world().names().counterpart(other.given) ? 1 : 0;
      marias += first_given(name) == "María" && first_given(other) == "María" ? 1 : 0;
    } else if (kin.kinship == Kinship::parent) {
      ++parents;
      EXPECT_TRUE(name.surname == other.surname || name.maternal == other.surname);
      named_so += name.given == other.given ? 1 : 0;
    } else if (kin.kinship == Kinship::cousin) {
      ++cousins;
      std::set<std::string> surnames{name.surname, name.maternal};
      EXPECT_TRUE(surnames.contains(other.surname) || surnames.contains(other.maternal));
    }
  }
  EXPECT_GT(counterparts, siblings * 5 / 100);
  EXPECT_GT(marias, 3);
  EXPECT_NEAR(named_so / static_cast<double>(parents), people_share::child_named_so / 1000.0, 0.05);
  EXPECT_GT(cousins, 500);
  EXPECT_EQ(world().names().counterpart("Daniel"), "Daniela");
  EXPECT_EQ(world().names().counterpart("Francisca"), "Francisco");
  EXPECT_EQ(world().names().counterpart("Pilar"), "");
}

TEST(Relatives, ShareAHouseholdsPhoneAndMailbox) {
  std::map<std::string, std::set<Person>> of_mailbox;
  for (Person person = 0; person < world().customers(); ++person) of_mailbox[world().contact(person).email].insert(person);
  EXPECT_GT(std::ranges::count_if(of_mailbox, [](const auto& entry) { return entry.second.size() > 1; }), 25);
  int relatives_phone = 0;
  for (std::uint32_t row = 0; row < world().legacy_rows(); ++row) {
    const LegacyRow made = legacy_row(world(), row);
    const auto kin = kin_of(world(), made.person);
    if (!kin || made.phone != fmt::format("{}", world().contact(kin->other).mobile)) continue;
    ++relatives_phone;
    EXPECT_TRUE(kin->one_phone);
    const auto truth = usual().truth.find(made.id);
    if (truth != usual().truth.end()) EXPECT_EQ(truth->second, made.person + 1) << "the number's owner is somebody else";
  }
  EXPECT_GT(relatives_phone, 60);
}

TEST(Numbers, GoToOthersInTime) {
  std::set<std::string> of_today;
  for (Person person = 0; person < world().customers(); ++person) of_today.insert(fmt::format("{}", world().contact(person).mobile));
  int handed_on = 0, others = 0;
  for (std::uint32_t row = 0; row < world().legacy_rows(); ++row) {
    const LegacyRow made = legacy_row(world(), row);
    if (made.phone.empty() || world().is_customer(made.person) || kin_of(world(), made.person)) continue;
    ++others;
    handed_on += of_today.contains(made.phone) ? 1 : 0;
  }
  EXPECT_NEAR(1000.0 * handed_on / others, people_share::number_handed_on, 2.5);
}

TEST(SecondRecords, AreOnePersonsWithAnotherNumber) {
  int pairs = 0, unknown = 0;
  for (Person person = 0; person < world().customers(); ++person) {
    unknown += world().in_legacy_file(person) ? 0 : 1;
    const auto first = first_record_of(world(), person);
    if (!first) continue;
    ++pairs;
    const Contact before = world().contact(*first), after = world().contact(person);
    EXPECT_EQ(world().name(person).surname, world().name(*first).surname);
    EXPECT_EQ(after.rut_body, before.rut_body);
    EXPECT_EQ(after.email, before.email);
    EXPECT_NE(after.mobile, before.mobile);
    EXPECT_FALSE(world().in_legacy_file(person) || world().in_legacy_file(*first) || first_record_of(world(), *first));
  }
  EXPECT_NEAR(1000.0 * pairs / unknown, people_share::second_record, 4);
}

TEST(Organisations, ShareWordsButNoName) {
  std::map<std::string, Person> named;
  std::map<std::string, int> first_words;
  int all = 0;
  for (Person person = 0; person < 2'000'000; ++person) {
    if (!World::is_organisation(person)) continue;
    ++all;
    const std::string name = world().name(person).given;
    EXPECT_TRUE(named.emplace(name, person).second) << name;
    ++first_words[name.substr(0, name.find(' '))];
    EXPECT_FALSE(kin_of(world(), person));
  }
  EXPECT_NEAR(all, 2'000'000 / static_cast<int>(people_share::organisation_every), 3);
  for (const char* word : {"Municipalidad", "Constructora", "Hotel", "Inmobiliaria"}) EXPECT_GT(first_words[word], 50) << word;
  EXPECT_EQ(without_legal_form("Constructora Soto Ltda"), "Constructora Soto");
}

TEST(Nobodies, HaveNoTruth) {
  int of_today = 0, of_file = 0;
  for (Person person = 0; person < world().customers(); ++person) {
    if (!World::is_nobody(person)) continue;
    ++of_today;
    const CustomerRow row = customer_row(world(), person);
    EXPECT_FALSE(row.email || row.documento_identidad) << person;
  }
  std::set<std::int64_t> tied;
  for (const auto& [legacy, current] : usual().truth) tied.insert(current);
  for (std::uint32_t row = 0; row < world().legacy_rows(); ++row) {
    const LegacyRow made = legacy_row(world(), row);
    if (!World::is_nobody(made.person) || row == guide_row(world(), maria) || row == guide_row(world(), patricio)) continue;
    ++of_file;
    EXPECT_FALSE(usual().truth.contains(made.id)) << made.client;
    EXPECT_FALSE(tied.contains(made.person + 1));
    EXPECT_TRUE(made.email.empty() && made.document.empty());
  }
  EXPECT_NEAR(of_today, 13'300 / 331, 3);
  EXPECT_NEAR(of_file, 15'392 / 331, 25);
}

TEST(Fillers, StandWhereANumberOrAnAddressIsMissing) {
  std::map<std::string, int> phones, mails;
  for (const Cells& row : usual().customers) ++phones[row[c_phone]], ++mails[lower(row[c_email])];
  EXPECT_GT(phones["999999999"], 5);
  EXPECT_GT(std::ranges::count_if(mails, [](const auto& entry) { return entry.first.starts_with("no") || entry.first.starts_with("sin"); }), 1);
  EXPECT_EQ(usual().count("SELECT count(*) FROM ventas_cliente WHERE telefono IN ('+56999999999', '999999999', '912345678', '900000000')"), 4);
  const double filled = static_cast<double>(usual().count("SELECT count(*) FROM ventas_cliente WHERE email <> ''"));
  const auto of_fillers = usual().count("SELECT count(*) FROM ventas_cliente WHERE email IN ('sinmail@gmail.com', 'notiene@gmail.com', "
                                        "'nomail@gmail.com', 'sincorreo@gmail.com', 'correo@gmail.com', 'no@no.cl')");
  EXPECT_NEAR(1000 * static_cast<double>(of_fillers) / filled, people_share::filler_mail, 4);
  EXPECT_EQ(usual().count("SELECT count(*) FROM ventas_cliente WHERE nombre = '' OR telefono = ''"), 0);
}

TEST(Couples, StandInOneName) {
  const auto is_two = [](const std::string& name) { return lower(name).find(" y ") != std::string::npos; };
  const auto in_file = std::ranges::count_if(usual().customers, [&](const Cells& row) { return is_two(row[c_client]); });
  EXPECT_NEAR(1000.0 * static_cast<double>(in_file) / static_cast<double>(usual().customers.size()), people_share::couple_as_one_name, 2.5);
  EXPECT_NEAR(1000.0 * static_cast<double>(usual().count("SELECT count(*) FROM ventas_cliente WHERE nombre LIKE '% y %'")) / 13'300,
              people_share::couple_as_one_name, 2.5);
}

// 825 of the real file's 13,526 names are cut, and not one holds the letter.
TEST(ServicesFile, CutsNamesInTheirShare) {
  for (const Cells& row : usual().services) EXPECT_EQ(row[s_client], cut_at_foreign_letter(row[s_client]));
  std::set<std::string> names, cut;
  int lines = 0, cut_lines = 0;
  for (const PlannedReservation& reservation : plan_reservations(world())) {
    const std::string whole = whole_reservation_name(world(), reservation);
    if (whole.empty()) continue;
    const std::string name = reservation_name(world(), reservation);
    names.insert(plain(name));
    ++lines;
    if (whole == name) continue;
    cut.insert(plain(name));
    ++cut_lines;
    EXPECT_TRUE(whole.starts_with(name));
  }
  EXPECT_NEAR(static_cast<double>(cut.size()) / static_cast<double>(names.size()), 825.0 / 13'526, 0.008);
  EXPECT_NEAR(cut_lines / static_cast<double>(lines), 0.067, 0.01);
}

TEST(ServicesFile, ItsTruthNamesEveryLine) {
  const auto rows = read_csv(usual().summary.truth_file.parent_path() / "truth_services.csv");
  std::size_t lines = 0, of_customers = 0, of_maria = 0;
  for (const Cells& row : rows) {
    if (!is_digits(row.at(0))) continue;
    ++lines;
    const Cells& line = usual().services.at(static_cast<std::size_t>(*parse_int(row[0])) - 1);
    EXPECT_FALSE(line[s_service].empty());
    of_customers += row.at(1).empty() ? 0 : 1;
    if (row[1] != "123") continue;
    ++of_maria;
    EXPECT_EQ(plain_name(line[s_client]), "maria gonzalez");
    EXPECT_EQ(row.at(2), "1657");
  }
  EXPECT_EQ(of_maria, 8U);
  EXPECT_NEAR(static_cast<double>(lines), 31'277 - 596, 900);
  EXPECT_GT(of_customers, lines / 4);
}

}  // namespace
}  // namespace aremko::demo

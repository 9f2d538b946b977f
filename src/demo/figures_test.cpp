// The demo against the data page's figures, each within a tolerance that a different seed would keep too.
#include <map>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "base/text.h"
#include "demo/guide_people.h"
#include "demo/legacy_row.h"
#include "demo/legacy_visit.h"
#include "demo/sale.h"
#include "demo/spelling.h"
#include "demo/testing.h"

namespace aremko::demo {
namespace {

using namespace testing;

double share(const std::vector<Cells>& rows, const std::function<bool(const Cells&)>& holds) {
  return static_cast<double>(std::ranges::count_if(rows, holds)) / static_cast<double>(rows.size());
}

/// The body and check digit of a cell whose check digit is right; else empty.
std::string valid_rut(const std::string& cell) {
  std::string key;
  for (const char c : upper(cell)) {
    if ((c >= '0' && c <= '9') || c == 'K') key += c;
    else if (std::string_view(" .,-").find(c) == std::string_view::npos) return {};
  }
  if (key.size() < 8 || key.size() > 9) return {};
  const auto body = parse_int(std::string_view(key).substr(0, key.size() - 1));
  return body && rut_check_digit(static_cast<std::uint32_t>(*body)) == key.back() ? key : std::string{};
}

TEST(LegacyCustomersFile, HasTheRightSizeAndFill) {
  const auto& rows = usual().customers;
  EXPECT_EQ(rows.size(), 15'392U);
  for (const Cells& row : rows) ASSERT_EQ(row.size(), 10U);
  const auto filled = [&](std::size_t column) { return share(rows, [=](const Cells& row) { return !row[column].empty(); }); };
  EXPECT_NEAR(filled(c_email), 0.09, 0.012);
  EXPECT_NEAR(filled(c_phone), 0.86, 0.02);
  EXPECT_NEAR(filled(c_document), 0.40, 0.02);
  EXPECT_NEAR(filled(c_address), 0.37, 0.02);
}

TEST(LegacyCustomersFile, HasTheRightPhones) {
  std::map<std::string, int> phones;
  for (const Cells& row : usual().customers) {
    if (!row[c_phone].empty()) ++phones[row[c_phone]];
  }
  int mobiles = 0, landlines = 0, short_ones = 0, others = 0, repeated = 0;
  for (const auto& [phone, count] : phones) {
    repeated += count > 1 ? 1 : 0;
    if (phone.size() == 9) ++(phone.front() == '9' ? mobiles : landlines);
    else if (phone.size() == 8) ++short_ones;
    else ++others;
  }
  EXPECT_NEAR(mobiles, 13'021, 450);
  EXPECT_NEAR(landlines, 151, 50);
  EXPECT_NEAR(short_ones, 76, 35);
  EXPECT_NEAR(others, 40, 45);
  EXPECT_LT(repeated, 60);
}

TEST(LegacyCustomersFile, HasTheRightNames) {
  const auto& rows = usual().customers;
  const auto name_of = [](const Cells& row) {
    std::string name = row[c_client];
    while (!name.empty() && (name.back() == ' ' || (name.back() >= '0' && name.back() <= '9'))) name.pop_back();
    return name;
  };
  const auto words = [&](const Cells& row) {
    int count = 0;
    for (const std::string_view word : split(name_of(row), ' ')) count += word.empty() ? 0 : 1;
    return count;
  };
  EXPECT_NEAR(share(rows, [&](const Cells& row) { return words(row) == 2; }), 0.27, 0.03);
  EXPECT_NEAR(share(rows, [&](const Cells& row) { return words(row) == 3; }), 0.57, 0.03);
  EXPECT_NEAR(share(rows, [&](const Cells& row) { return words(row) == 4; }), 0.14, 0.02);
  EXPECT_NEAR(share(rows, [](const Cells& row) { return row[c_client].back() >= '0' && row[c_client].back() <= '9'; }), 0.10, 0.015);
  EXPECT_NEAR(share(rows, [&](const Cells& row) { return without_accents(row[c_client], true) != row[c_client]; }), 0.14, 0.03);
  EXPECT_NEAR(share(rows, [&](const Cells& row) { return lower(name_of(row)) == name_of(row); }), 0.05, 0.01);
  EXPECT_NEAR(share(rows, [&](const Cells& row) { return upper(name_of(row)) == name_of(row); }), 0.01, 0.005);
  EXPECT_GT(share(rows, [](const Cells& row) { return row[c_client].find("  ") != std::string::npos; }), 0.01);
}

TEST(LegacyCustomersFile, HasTheRightDocuments) {
  std::map<std::string, int> ruts;
  int filled = 0, valid = 0;
  for (const Cells& row : usual().customers) {
    if (row[c_document].empty()) continue;
    ++filled;
    const std::string rut = valid_rut(row[c_document]);
    if (rut.empty()) continue;
    ++valid;
    ++ruts[rut];
  }
  EXPECT_NEAR(static_cast<double>(valid) / filled, 0.91, 0.02);
  int repeated = 0, on_rows = 0;
  for (const auto& [rut, count] : ruts) {
    if (count > 1) ++repeated, on_rows += count;
  }
  EXPECT_NEAR(repeated, 377, 90);
  EXPECT_NEAR(on_rows, 797, 190);
  const auto& rows = usual().customers;
  const auto shaped = [&](const char* pattern) {
    const std::regex shape(pattern);
    return std::ranges::count_if(rows, [&](const Cells& row) { return std::regex_match(row[c_document], shape); });
  };
  EXPECT_NEAR(static_cast<double>(shaped(R"(\d{1,2}\.\d{3}\.\d{3}-[\dkK])")), 2'493, 350);
  EXPECT_NEAR(static_cast<double>(shaped(R"(\d{7,8}-[\dkK])")), 1'619, 250);
}

TEST(LegacyCustomersFile, NamesakesAreMostlyTheSamePerson) {
  std::map<std::string, std::vector<std::string>> by_name;
  for (const Cells& row : usual().customers) by_name[plain_name(row[c_client])].push_back(valid_rut(row[c_document]));
  int pairs = 0, both = 0, equal = 0;
  for (const auto& [name, ruts] : by_name) {
    for (std::size_t i = 0; i < ruts.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        ++pairs;
        if (ruts[i].empty() || ruts[j].empty()) continue;
        ++both;
        equal += ruts[i] == ruts[j] ? 1 : 0;
      }
    }
  }
  EXPECT_NEAR(pairs, 1'359, 350);
  EXPECT_GT(static_cast<double>(equal) / both, 0.88);
}

TEST(LegacyServicesFile, HasTheRightSizeAndDirt) {
  const auto& rows = usual().services;
  EXPECT_NEAR(static_cast<double>(rows.size()), 31'277, 600);
  EXPECT_EQ(usual().summary.legacy_reservations, 16'520);
  for (const Cells& row : rows) ASSERT_EQ(row.size(), 15U);
  EXPECT_NEAR(share(rows, [](const Cells& row) { return row[s_client].empty(); }), 0.03, 0.01);
  EXPECT_NEAR(share(rows, [](const Cells& row) { return row[s_checkin].empty(); }), 0.02, 0.01);
  EXPECT_NEAR(share(rows, [](const Cells& row) { return row[s_checkin].find('/') != std::string::npos; }), 0.06, 0.015);
  EXPECT_NEAR(share(rows, [](const Cells& row) { return row[s_checkin] == "2021-01-01" || row[s_checkin] == "2021-02-02"; }),
              0.112, 0.015);
  EXPECT_NEAR(share(rows, [](const Cells& row) { return row[s_hour].empty(); }), 0.22, 0.02);
  EXPECT_GT(share(rows, [](const Cells& row) { return row[s_hour].ends_with("p.m."); }), 0.05);
  EXPECT_GT(share(rows, [](const Cells& row) { return row[s_amount].find(',') != std::string::npos; }), 0.1);
  std::set<std::string> services, quantities;
  for (const Cells& row : rows) {
    services.insert(row[s_service]);
    quantities.insert(row[s_quantity]);
  }
  EXPECT_NEAR(static_cast<double>(services.size()), 150, 50);
  for (const char* absurd : {"1080000", "-1", "0"}) EXPECT_TRUE(quantities.contains(absurd)) << absurd;
  for (const char* gone : {"Servicio Anulado", "masaje eliminado", "tina eliminada"}) EXPECT_TRUE(services.contains(gone)) << gone;
}

TEST(LegacyServicesFile, LookUpsAreBroken) {
  std::map<std::string, std::set<std::string>> names_of_phone;
  std::set<std::string> mails;
  for (const Cells& row : usual().services) {
    if (!row[s_phone].empty()) names_of_phone[row[s_phone]].insert(plain_name(row[s_client]));
    mails.insert(row[s_mail]);
  }
  EXPECT_NEAR(static_cast<double>(mails.size()), 770, 120);
  EXPECT_NEAR(static_cast<double>(names_of_phone.size()), 1'070, 150);
  const auto shared = std::ranges::count_if(names_of_phone, [](const auto& entry) { return entry.second.size() >= 6; });
  EXPECT_NEAR(static_cast<double>(shared), 640, 120);
}

TEST(CurrentDatabase, HasTheRightSizes) {
  EXPECT_EQ(usual().summary.customers, 13'300);
  EXPECT_NEAR(static_cast<double>(usual().summary.sales), 25'000, 1'500);
  EXPECT_EQ(usual().count("SELECT count(*) FROM ventas_servicio"), 19);
  EXPECT_EQ(usual().count("SELECT count(*) FROM ventas_producto"), 47);
  EXPECT_GT(usual().count("SELECT count(*) FROM ventas_encuestasatisfaccion WHERE lo_que_mas_gusto <> ''"), 1'000);
  EXPECT_GT(usual().count("SELECT count(*) FROM ventas_giftcard"), 100);
  EXPECT_GT(usual().count("SELECT count(*) FROM ventas_ventareserva WHERE estado_pago = 'cancelado'"), 500);
  EXPECT_GT(usual().count("SELECT count(*) FROM ventas_reservaservicio WHERE fecha_agendamiento > '2024-03-14'"), 100);
  EXPECT_EQ(usual().count("SELECT count(*) FROM ventas_ventareserva WHERE fecha_creacion >= '2024-03-15 03:00:00'"), 0);
  EXPECT_EQ(usual().count("SELECT count(*) FROM ventas_cliente WHERE es_staff_proxy"), 8);
  EXPECT_EQ(usual().count("SELECT count(DISTINCT metodo_pago) FROM ventas_pago"), 9);
  const auto history = static_cast<double>(usual().count("SELECT count(*) FROM crm_service_history"));
  EXPECT_NEAR(history, 26'158, 1'000);
  EXPECT_NEAR(static_cast<double>(usual().count("SELECT count(DISTINCT cliente_id) FROM crm_service_history")), 961, 60);
}

TEST(CurrentDatabase, IsConsistent) {
  EXPECT_TRUE(usual().database->query("PRAGMA foreign_key_check").empty());
  EXPECT_EQ(usual().database->query("PRAGMA integrity_check")[0].text(0), "ok");
  EXPECT_EQ(usual().count("SELECT count(*) FROM ventas_ventareserva WHERE saldo_pendiente <> total - pagado"), 0);
  EXPECT_EQ(usual().count("SELECT count(*) FROM ventas_ventareserva v WHERE pagado <> (SELECT coalesce(sum(monto), 0) "
                          "FROM ventas_pago WHERE venta_reserva_id = v.id AND metodo_pago <> 'descuento')"), 0);
  EXPECT_EQ(usual().count("SELECT count(*) FROM (SELECT id, fecha_creacion, lag(fecha_creacion) OVER (ORDER BY id) AS before "
                          "FROM ventas_ventareserva) WHERE fecha_creacion < before"), 1)
      << "ids in order of creation, the live part's before the imported ones";
}

TEST(Truth, IsConsistent) {
  std::set<std::string> ids;
  for (const Cells& row : usual().customers) ids.insert(row[c_id]);
  EXPECT_EQ(ids.size(), usual().customers.size());
  EXPECT_EQ(static_cast<std::int64_t>(usual().truth.size()), usual().summary.links);
  const double linked = static_cast<double>(usual().truth.size()) / static_cast<double>(usual().customers.size());
  EXPECT_GT(linked, 0.30);
  EXPECT_LT(linked, 0.60);
  for (const auto& [legacy, current] : usual().truth) {
    EXPECT_TRUE(ids.contains(fmt::format("{}", legacy)));
    EXPECT_TRUE(current >= 1 && current <= 13'300);
  }
  EXPECT_EQ(bytes_of(usual().summary.truth_file).substr(0, 21), "legacy_id,current_id\n");
}

// Where both sides have a right RUT, the truth and the RUT say the same.
TEST(Truth, AgreesWithTheRuts) {
  std::map<std::string, std::int64_t> customer_of;
  for (const sql::Rows::Row row : usual().database->query(
           "SELECT id, documento_identidad FROM ventas_cliente WHERE documento_identidad IS NOT NULL")) {
    if (const std::string rut = valid_rut(row.string(1)); !rut.empty()) customer_of[rut] = row.integer(0);
  }
  int same = 0, different = 0;
  for (const Cells& row : usual().customers) {
    const auto found = customer_of.find(valid_rut(row[c_document]));
    if (found == customer_of.end() || row[c_document].empty()) continue;
    const auto truth = usual().truth.find(*parse_int(row[c_id]));
    const bool right = truth != usual().truth.end() && truth->second == found->second;
    ++(right ? same : different);
  }
  EXPECT_GT(same, 1'000);
  EXPECT_LE(different, same / 100) << "a wrong check digit that is another's right one is rare";
}

struct Rfm {
  int recency = 0, frequency = 0, money = 0;
};

int step(std::int64_t value, std::array<std::int64_t, 4> steps) {
  for (int i = 0; i < 4; ++i) {
    if (value >= steps[static_cast<std::size_t>(i)]) return 5 - i;
  }
  return 1;
}

std::string segment(Rfm s, int tenure) {
  if (s.recency >= 4 && s.frequency >= 4 && s.money >= 4) return "VIP";
  if (s.recency >= 4 && s.frequency >= 3 && s.money >= 3) return "Champions";
  if (s.recency <= 2 && s.frequency >= 3 && s.money >= 3) return "At Risk";
  if (s.frequency >= 4 && s.money >= 3) return "Loyal";
  if (s.recency >= 4 && s.frequency <= 2) return tenure <= 90 ? "New" : "Promising";
  if (s.recency == 1) return s.frequency >= 2 ? "Hibernating" : "Lost";
  return "Occasional";
}

struct Past {
  std::vector<Date> days;
  Pesos spent = 0;
};

/// Everybody's visits up to a day, both sources together by the truth.
std::vector<Past> pasts(const World& world, Date until) {
  std::vector<Past> all(world.customers());
  const auto put = [&](Person person, Date day, Pesos amount) {
    if (day > until) return;
    all[person].days.push_back(day);
    all[person].spent += amount;
  };
  for (const PlannedSale& planned : plan_sales(world)) {
    const Sale sale = sale_of(world, planned);
    if (sale.came) put(planned.person, planned.day, sale.total);
  }
  for (const PlannedReservation& reservation : plan_reservations(world)) {
    if (reservation.who >= world.legacy_rows() || reservation.in_database) continue;
    const Person person = reservation.who == guide_row(world, maria) ? maria : world.legacy_person(reservation.who);
    if (!world.is_customer(person)) continue;
    Pesos amount = 0;
    for (const ServiceRow& row : service_rows(world, reservation)) amount += row.amount;
    put(person, reservation.day, amount);
  }
  return all;
}

void expect_all_segments(const World& world, Date as_of, int richest_inactive) {
  std::map<std::string, int> segments;
  int rich = 0;
  for (Past& past : pasts(world, as_of)) {
    if (past.days.empty()) continue;
    const auto [first, last] = std::ranges::minmax(past.days);
    const int ago = as_of.days - last.days;
    const Rfm score{step(-ago, {-30, -90, -180, -365}), step(static_cast<std::int64_t>(past.days.size()), {20, 10, 5, 2}),
                    step(past.spent, {1'500'000, 700'000, 300'000, 100'000})};
    ++segments[segment(score, as_of.days - first.days)];
    rich += past.spent >= 1'200'000 && ago >= 365 ? 1 : 0;
  }
  EXPECT_EQ(segments.size(), 9U) << as_of.iso();
  for (const auto& [name, count] : segments) EXPECT_GE(count, 3) << name << " on " << as_of.iso();
  EXPECT_LE(rich, richest_inactive) << as_of.iso();
}

TEST(Segments, AreAllPeopled) {
  DemoOptions options;
  const Date story = Date::of(2024, 3, 14);
  const World then(options, *Zone::load("America/Santiago"));
  expect_all_segments(then, story, 60);
  options.today = Date::of(2026, 11, 20);
  const World later(options, *Zone::load("America/Santiago"));
  expect_all_segments(later, story, 60);
  expect_all_segments(later, options.today, 200);
}

}  // namespace
}  // namespace aremko::demo

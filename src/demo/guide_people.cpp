#include "demo/guide_people.h"

#include <algorithm>

#include "demo/catalog.h"

namespace aremko::demo {

namespace {

FixedVisit legacy(int year, int month, int day, int hour, int minute, int service_id) {
  return {Date::of(year, month, day), hour * 60 + minute, service_id, 40'000, true};
}

FixedVisit current(int year, int month, int day, int hour, int minute, int service_id, std::string_view deposit,
                   std::string_view balance) {
  return {Date::of(year, month, day), hour * 60 + minute, service_id, 40'000, false, -1, 0, deposit, balance};
}

// Seventeen visits, CLP 680.000: January 4, February 3, December 2, and eight other months once each; twelve
// massages and five tubs; 17 payments (transferencia 10, efectivo 5, flow 2) on the nine visits of the database.
std::vector<FixedVisit> maria_visits() {
  std::vector<FixedVisit> visits{
      legacy(2016, 8, 20, 11, 0, masaje_relajante),
      legacy(2016, 12, 17, 15, 30, masaje_relajante),
      legacy(2017, 1, 14, 16, 45, masaje_relajante),
      legacy(2017, 2, 11, 17, 0, tina_premium),
      legacy(2017, 5, 20, 13, 0, masaje_relajante),
      legacy(2017, 12, 9, 15, 30, masaje_relajante),
      legacy(2018, 1, 13, 11, 45, masaje_relajante),
      legacy(2018, 2, 17, 19, 30, tina_premium),
      current(2018, 6, 16, 15, 30, masaje_relajante, "transferencia", "efectivo"),
      current(2018, 10, 6, 13, 0, masaje_relajante, "transferencia", "efectivo"),
      current(2019, 1, 12, 17, 0, tina_premium, "transferencia", "efectivo"),
      current(2019, 4, 13, 14, 15, masaje_relajante, "transferencia", "efectivo"),
      current(2019, 7, 20, 16, 45, masaje_relajante, "transferencia", "efectivo"),
      current(2019, 9, 14, 19, 30, tina_premium, "transferencia", "transferencia"),
      current(2020, 1, 18, 11, 45, masaje_relajante, "transferencia", "transferencia"),
      current(2020, 2, 10, 16, 30, tina_premium, "transferencia", "flow"),
      current(2020, 3, 15, 15, 0, masaje_relajante, "", "flow"),
  };
  // Her last visit begins at 14:30 with an extra, which is no preference; the massage follows at 15:00.
  visits.back().price = 30'000;
  visits.back().extra_minute = 14 * 60 + 30;
  visits.back().extra_price = 10'000;
  return visits;
}

// Twenty-five visits 45 days apart up to 2022-12-20, CLP 1.200.000: fifteen massages, nine nights, and a tub that he
// tried once: a third service, so that there is little left to sell him, but no preference.
std::vector<FixedVisit> patricio_visits() {
  const Date last = Date::of(2022, 12, 20);
  std::vector<FixedVisit> visits;
  for (int back = 24; back >= 0; --back) {
    const bool night = back % 5 == 1 || back % 5 == 3;
    const bool tub = back == 11;
    visits.push_back({last.plus_days(-45 * back), night ? 16 * 60 : 15 * 60 + 30,
                      tub ? hidromasaje : night ? alojamiento_weekend : masaje_terapeutico, night ? 60'000 : 40'000, false, -1, 0,
                      back % 3 == 0 ? "transferencia" : "", back % 2 == 0 ? "webpay" : "transferencia"});
  }
  return visits;
}

}  // namespace

std::span<const FixedVisit> guide_visits(Person person) {
  static const std::vector<FixedVisit> of_maria = maria_visits();
  static const std::vector<FixedVisit> of_patricio = patricio_visits();
  return person == maria ? of_maria : of_patricio;
}

std::vector<PlannedSale> guide_sales(Person person) {
  std::vector<PlannedSale> sales;
  for (const FixedVisit& visit : guide_visits(person)) {
    if (visit.in_legacy) continue;
    sales.push_back({Moment::at(visit.day.plus_days(-5), 18, 20), visit.day, person, 0});
  }
  std::ranges::reverse(sales);
  for (std::size_t i = 0; i < sales.size(); ++i) sales[i].number = static_cast<std::uint16_t>(i);
  return sales;
}

const FixedVisit& guide_visit(const PlannedSale& sale) {
  return *std::ranges::find(guide_visits(sale.person), sale.day, &FixedVisit::day);
}

}  // namespace aremko::demo

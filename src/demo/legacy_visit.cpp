#include "demo/legacy_visit.h"

#include <algorithm>
#include <array>

#include "demo/customer_row.h"
#include "demo/guide_people.h"
#include "demo/legacy_row.h"
#include "demo/plan.h"
#include "demo/sale.h"
#include "demo/spelling.h"

namespace aremko::demo {

namespace {

constexpr std::uint32_t first_stranger_part = 1;
const Date last_old_day = Date::of(2024, 9, 30);  // what comes after are sales of the live system

/// How often a person of the customers file stands in the services file.
int reservation_count(Rng& rng) {
  const std::uint32_t u = rng.below(10'000);
  if (u < 4'300) return 0;
  if (u < 8'150) return 1;
  if (u < 9'180) return 2;
  if (u < 9'560) return 3;
  if (u < 9'880) return rng.between(4, 6);
  if (u < 9'975) return rng.between(7, 12);
  return rng.between(13, 20);
}

Date random_day(Rng& rng) {
  const Date first = Date::of(2020, 3, 1);
  const int days = last_old_day.days - first.days;
  return first.plus_days(rng.between(0, days));
}

Kind random_kind(Rng& rng) {
  constexpr std::array<Kind, 3> kinds{Kind::tina, Kind::masaje, Kind::cabana};
  return kinds[rng.weighted({55, 33, 12})];
}

std::uint16_t random_start(Kind kind, Rng& rng) { return static_cast<std::uint16_t>(rng.pick(start_minutes(kind))); }

void plan_guide(std::uint32_t row, Person person, std::vector<PlannedReservation>& all) {
  std::uint16_t number = 0;
  for (const FixedVisit& visit : guide_visits(person)) {
    if (!visit.in_legacy) continue;
    all.push_back({visit.day, row, number++, static_cast<std::uint16_t>(visit.start_minute), service(visit.service).kind,
                   false});
  }
}

void plan_row(const World& world, std::uint32_t row, std::vector<PlannedReservation>& all) {
  if (first_row_of_person(world, row) != row) return;
  Rng rng(world.seed(), Stream::legacy_plan, row);
  const int count = reservation_count(rng);
  if (count == 0) return;
  const Person person = world.legacy_person(row);
  std::vector<PlannedSale> sales;
  if (world.is_customer(person)) sales = sales_of(world, person);
  std::vector<Date> taken;
  for (const PlannedSale& sale : sales) taken.push_back(sale.day);
  // Who comes often came in some years only; their visits lie together.
  const Date centre = random_day(rng);
  for (int i = 0; i < count; ++i) {
    PlannedReservation made{Date::none(), row, static_cast<std::uint16_t>(i), 0, random_kind(rng), false};
    if (!sales.empty() && rng.chance(120)) {
      // The same visit in both systems: same day, same kind of service.
      const PlannedSale& twin = rng.pick(sales);
      const Sale sale = sale_of(world, twin);
      if (!sale.came || twin.day > world.today() || twin.day > last_old_day) continue;
      made.day = twin.day;
      made.kind = main_kind(sale);
      made.start_minute = static_cast<std::uint16_t>(first_service(sale)->start_minute);
      made.in_database = true;
    } else {
      made.day = count < 4 ? random_day(rng) : centre.plus_days(rng.between(-300, 300));
      made.day = std::clamp(made.day, Date::of(2020, 3, 1), last_old_day);
      made.start_minute = random_start(made.kind, rng);
      if (std::ranges::find(taken, made.day) != taken.end()) continue;
    }
    taken.push_back(made.day);
    all.push_back(made);
  }
}

struct Spelling {
  std::string_view text;
  Pesos price;  // a person or unit
  int minimum;  // people
};

constexpr std::array<Spelling, 16> tinas{{
    {"Tina Tronador", 25'000, 1}, {"Tina Hornopirén", 25'000, 1}, {"Tina Osorno", 25'000, 1}, {"Tina Calbuco", 25'000, 1},
    {"Hidromasaje Villarrica", 30'000, 1}, {"Hidromasaje Puntiagudo", 30'000, 1}, {"Hidromasaje Puyehue", 30'000, 1},
    {"Hidromasaje Llaima", 30'000, 1}, {"Tina Caliente Premium", 40'000, 1}, {"Tina Normal", 20'000, 1},
    {"Tinas", 25'000, 1}, {"Tina Tronador $25.000", 25'000, 1}, {"Tina Normal Lun-Jue", 18'000, 1},
    {"Tina Hidromasaje Llaima", 30'000, 1}, {"Tina niños", 12'000, 1}, {"Tina Osorno 2", 25'000, 1}}};
constexpr std::array<Spelling, 13> masajes{{
    {"Masaje Relajacion o Descontracturante", 35'000, 1}, {"Masaje Relajación o Descontracturante", 35'000, 1},
    {"Masaje Relajante", 35'000, 1}, {"Masaje Terapéutico", 40'000, 1}, {"Masaje Descontracturante", 38'000, 1},
    {"Masaje Piedras Calientes", 42'000, 1}, {"Masaje para dos", 70'000, 2}, {"Masaje Deportivo", 40'000, 1},
    {"Drenaje Linfático", 40'000, 1}, {"Reflexología", 30'000, 1}, {"Masaje Relajacion 50 min", 35'000, 1},
    {"Masaje Relajacion o Descontracturante 2", 35'000, 1}, {"Masaje Sueco", 38'000, 1}}};
constexpr std::array<Spelling, 9> cabanas{{
    {"Cabaña Torre", 90'000, 1}, {"Cabaña Arrayán", 95'000, 1}, {"Cabaña Laurel", 85'000, 1}, {"Cabaña Tepa", 85'000, 1},
    {"Cabaña Acantilado", 110'000, 1}, {"Alojamiento Weekend", 90'000, 1}, {"Alojamiento Cabaña Torre", 90'000, 1},
    {"Cabaña Torre $90.000", 90'000, 1}, {"Alojamiento Romantico 2", 120'000, 1}}};
constexpr std::array<Spelling, 12> extras{{
    {"Ambientación romántica R1", 32'000, 1}, {"Ambientación romántica R2", 45'000, 1}, {"Ambientacion Cumpleaños", 30'000, 1},
    {"Decoración Aniversario", 28'000, 1}, {"Desayuno", 10'000, 1}, {"Desayuno", 10'000, 1}, {"Tabla de Quesos", 15'000, 1},
    {"Jugo natural", 3'500, 1}, {"San Valentin 2024. $40.000", 40'000, 1}, {"Espumante", 14'000, 1},
    {"Ambientacion Romantica", 32'000, 1}, {"Desayuno Cabaña", 10'000, 1}}};
constexpr std::array<Spelling, 4> cancelled{
    {{"Servicio Anulado", 0, 1}, {"masaje eliminado", 0, 1}, {"tina eliminada", 0, 1}, {"Servicio anulado", 0, 1}}};

std::string respelt(std::string_view text, Rng& rng) {
  const std::uint32_t shape = rng.below(1000);
  if (shape < 40) return lower(text);
  if (shape < 110) return without_accents(text, true);
  return std::string(text);
}

/// Absurd counts occur; the amount is right all the same.
std::int64_t quantity_typed(int people, Rng& rng) {
  if (!rng.per_myriad(35)) return people;
  constexpr std::array<std::int64_t, 5> absurd{1'080'000, -1, 0, 0, 40'000};
  return rng.pick(absurd);
}

std::string_view category_typed(Kind kind, Rng& rng) {
  const bool small = rng.chance(120);
  switch (kind) {
    case Kind::tina: return small ? "tinas" : "Tinas";
    case Kind::masaje: return small ? "masajes" : "Masajes";
    case Kind::cabana: return small ? "cabañas" : "Cabañas";
    case Kind::otro: return small ? "ambientaciones" : "Ambientaciones";
  }
  return "";
}

std::string_view full_category(Kind kind) { return service_categories()[kind == Kind::otro ? 4 : static_cast<std::size_t>(kind)]; }

// The house's own names stand among the guests', as they did in the old system.
constexpr std::uint32_t house_every = 60;
constexpr std::array<std::string_view, 5> house_names{"Aremko Cortesía", "Recepción Aremko", "Camila Aremko", "Aremko Spa",
                                                      "Personal Aremko"};

class RowMaker {
 public:
  RowMaker(const World& world, const PlannedReservation& reservation)
      : reservation_(reservation), rng_(world.seed(), Stream::legacy_visit, reservation.who, reservation.number) {}

  std::vector<ServiceRow> make() {
    if (rng_.chance(35)) {
      add(Kind::tina, rng_.pick(cancelled), 1, 0);
      if (rng_.chance(700)) return std::move(rows_);
    }
    const int people = rng_.chance(650) ? 2 : rng_.between(1, 5);
    switch (reservation_.kind) {
      case Kind::masaje: add_massages(people); break;
      case Kind::cabana: add_night(people); break;
      default: add_tub(people); break;
    }
    if (rng_.chance(110)) {
      const Spelling& extra = rng_.pick(extras);
      add(Kind::otro, extra, 1, rng_.chance(250) ? 0 : extra.price);
    }
    return std::move(rows_);
  }

 private:
  void add(Kind kind, const Spelling& what, int people, Pesos amount) {
    rows_.push_back({respelt(what.text, rng_), quantity_typed(people, rng_), amount, category_typed(kind, rng_),
                     full_category(kind)});
  }
  Pesos priced(Pesos price) const { return price_in(price, reservation_.day.year()); }
  void add_tub(int people) {
    const Spelling& tub = rng_.pick(tinas);
    add(Kind::tina, tub, people, priced(tub.price) * people);
    if (rng_.chance(330)) add_massages(std::min(people, 2));
  }
  void add_massages(int people) {
    const Spelling& massage = rng_.pick(masajes);
    const int count = std::min(people, 2);
    if (massage.minimum == 2) return add(Kind::masaje, massage, 2, priced(massage.price));
    // Two people's massages are two equal rows more often than one row of two.
    if (count == 2 && rng_.chance(700)) {
      add(Kind::masaje, massage, 1, priced(massage.price));
      const ServiceRow same = rows_.back();
      rows_.push_back(same);
    } else {
      add(Kind::masaje, massage, count, priced(massage.price) * count);
    }
    if (reservation_.kind == Kind::masaje && rng_.chance(250)) {
      const Spelling& tub = rng_.pick(tinas);
      add(Kind::tina, tub, people, priced(tub.price) * people);
    }
  }
  void add_night(int people) {
    const Spelling& cabin = rng_.pick(cabanas);
    add(Kind::cabana, cabin, rng_.chance(800) ? 1 : 2, priced(cabin.price));
    add(Kind::otro, extras[4], 1, rng_.chance(800) ? 0 : 10'000);
    if (rng_.chance(550)) {
      const Spelling& tub = rng_.pick(tinas);
      add(Kind::tina, tub, people, rng_.chance(500) ? 0 : priced(tub.price) * people);
    }
  }

  const PlannedReservation& reservation_;
  Rng rng_;
  std::vector<ServiceRow> rows_;
};

}  // namespace

std::vector<PlannedReservation> plan_reservations(const World& world, std::uint32_t live) {
  std::vector<PlannedReservation> all;
  all.reserve(world.legacy_reservations() + 64);
  const std::uint32_t of_maria = guide_row(world, maria);
  const std::uint32_t of_patricio = guide_row(world, patricio);
  for (std::uint32_t row = 0; row < world.legacy_rows(); ++row) {
    if (row == of_maria) plan_guide(row, maria, all);
    if (row != of_maria && row != of_patricio) plan_row(world, row, all);
  }
  for (std::uint32_t number = 0; all.size() + live < world.legacy_reservations(); ++number) {
    Rng rng(world.seed(), Stream::legacy_plan, number, first_stranger_part);
    const Kind kind = random_kind(rng);
    all.push_back({random_day(rng), world.legacy_rows() + number, 0, random_start(kind, rng), kind, false});
  }
  std::ranges::sort(all);
  return all;
}

std::vector<ServiceRow> service_rows(const World& world, const PlannedReservation& reservation) {
  if (reservation.who != guide_row(world, maria)) return RowMaker(world, reservation).make();
  const FixedVisit& visit = *std::ranges::find(guide_visits(maria), reservation.day, &FixedVisit::day);
  const Service& sold = service(visit.service);
  return {{std::string(sold.name), 1, visit.price, sold.kind == Kind::tina ? "Tinas" : "Masajes", full_category(sold.kind)}};
}

std::string whole_reservation_name(const World& world, const PlannedReservation& reservation) {
  if (reservation.who == guide_row(world, maria)) return legacy_name(world, reservation.who);
  Rng rng(world.seed(), Stream::legacy_visit, reservation.who, reservation.number + 40'000u);
  if (rng.chance(11)) return {};
  const bool stranger = reservation.who >= world.legacy_rows();
  const FullName full = world.name(stranger ? world.stranger(reservation.who - world.legacy_rows())
                                            : world.legacy_person(reservation.who));
  if (stranger && (reservation.who - world.legacy_rows()) % house_every == 0) return std::string(rng.pick(house_names));
  std::string name = stranger || rng.chance(35) ? name_in_words(full, rng.between(2, 3)) : legacy_name(world, reservation.who);
  const std::uint32_t shape = rng.below(1000);
  if (shape < 60) name = lower(name);
  if (shape >= 60 && shape < 90) name += ' ';
  if (shape >= 90 && shape < 110) name = upper(name);
  if (World::reserved_name(name)) name = name_in_words(full, 3);
  return name;
}

std::string reservation_name(const World& world, const PlannedReservation& reservation) {
  return cut_at_foreign_letter(whole_reservation_name(world, reservation));
}

}  // namespace aremko::demo

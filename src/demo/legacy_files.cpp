#include "demo/legacy_files.h"

#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include "demo/current_db.h"
#include "demo/customer_row.h"
#include "demo/legacy_row.h"
#include "demo/legacy_visit.h"
#include "demo/out_file.h"
#include "demo/spelling.h"

namespace aremko::demo {

namespace {

void write_customers_file(const World& world, OutFile& file, OutFile& truth, OutFile& damage, const Progress& progress,
                          DemoSummary& summary) {
  Ticker ticker(progress, "clientes antiguos", world.legacy_rows());
  file.line("Auto Increment,Record ID,Created On,Email,Telefono,Reservas,Client,Documento Identidad,Direccion,voucher");
  truth.line("legacy_id,current_id");
  damage.line("legacy_id,current_id,damage");
  for (std::uint32_t row = 0; row < world.legacy_rows(); ++row) {
    const LegacyRow made = legacy_row(world, row);
    const std::string id = fmt::format("{}", made.id);
    for (const std::string_view cell :
         {std::string_view(id), std::string_view(made.record_id), std::string_view(made.created),
          std::string_view(made.email), std::string_view(made.phone), std::string_view{}, std::string_view(made.client),
          std::string_view(made.document), std::string_view(made.address), std::string_view{}}) {
      file.cell(cell);
    }
    file.end_row();
    if (world.is_customer(made.person) && !World::is_nobody(made.person)) {
      truth.line(fmt::format("{},{}", made.id, made.person + 1));
      damage.line(fmt::format("{},{},{}", made.id, made.person + 1, made.damage));
      ++summary.links;
    }
    ticker.step();
  }
  summary.legacy_customers = world.legacy_rows();
}

/// Whose each line of the services file is: their customer and their rows of the customers file, as far as there are any.
class ServicesTruth {
 public:
  ServicesTruth(const World& world, std::filesystem::path path) : world_(world), file_(std::move(path)) {
    for (std::uint32_t row = 0; row < world.legacy_rows(); ++row) {
      const std::uint32_t first = first_row_of_person(world, row);
      if (first != row) repeats_[first] += fmt::format(" {}", legacy_id(world, row));
    }
    file_.line("line,current_id,legacy_ids");
  }

  void write(std::int64_t line, const PlannedReservation& reservation) {
    const std::uint32_t row = reservation.who;
    if (row >= world_.legacy_rows()) return write(line, std::string{}, std::string{});
    const Person person = row == guide_row(world_, maria) ? maria : world_.legacy_person(row);
    if (World::is_nobody(person)) return write(line, std::string{}, std::string{});
    const auto more = repeats_.find(row);
    write(line, world_.is_customer(person) ? fmt::format("{}", person + 1) : std::string{},
          fmt::format("{}{}", legacy_id(world_, row), more == repeats_.end() ? std::string{} : more->second));
  }
  void write(std::int64_t line, const SoldLive& sold) {
    const Person person = sold.sale.person;
    const bool guest = !World::is_staff(person) && !World::is_nobody(person);
    write(line, guest ? fmt::format("{}", person + 1) : std::string{}, std::string{});
  }
  void commit() { file_.commit(); }

 private:
  void write(std::int64_t line, const std::string& current, const std::string& legacy) {
    file_.line(fmt::format("{},{},{}", line, current, legacy));
  }

  const World& world_;
  OutFile file_;
  std::unordered_map<std::uint32_t, std::string> repeats_;  // by their first rows
};

/// The services file's phone and mail columns went through a look-up that was off: a few people's values stand on
/// everybody's visits. How many people grows with the house.
class BrokenLookup {
 public:
  explicit BrokenLookup(const World& world) : world_(world) {}

  std::uint32_t pick(Rng& rng) const {
    const std::uint32_t pool = scaled(740);
    return std::min(rng.below(pool), rng.chance(700) ? rng.below(pool) : pool - 1);
  }
  Person person(std::uint32_t index) const {
    auto who = static_cast<Person>(Rng(world_.seed(), Stream::broken_contact, index).below(world_.customers()));
    while (World::is_guide(who) || World::is_staff(who)) who = (who + 1) % world_.customers();
    return who;
  }
  std::string phone(std::uint32_t index, Rng& rng) const {
    const std::uint32_t filled = rng.below(1000);
    if (filled < 100) return {};
    if (filled < 140) return "#N/A";
    const Contact contact = world_.contact(person(index));
    const std::uint32_t kind = Rng(world_.seed(), Stream::broken_contact, index, 1).below(200);  // one shape a value
    if (kind < 170 && kind >= 140) return fmt::format("56{}", contact.mobile);
    if (kind >= 170 && kind < 174) return fmt::format("569{}{}", contact.mobile, index % 10);
    if (kind >= 174 && kind < 178) return rut_dashed(contact.rut_body, rut_check_digit(contact.rut_body));
    return fmt::format("{}", contact.mobile);
  }
  std::string mail(std::uint32_t index, Rng& rng) const {
    const std::uint32_t kind = rng.below(1000);
    if (kind < 130) return {};
    if (kind < 190) return "#N/A";
    return world_.contact(person(index % scaled(790))).email;
  }
  /// The customer on whom the import put somebody's visits.
  Person importer(std::uint32_t who) const { return person(who % scaled(961)); }

 private:
  std::uint32_t scaled(std::uint32_t at_real_size) const {
    return std::max(10u, static_cast<std::uint32_t>(std::uint64_t{world_.customers()} * at_real_size / 13'300));
  }
  const World& world_;
};

/// Dates as the file has them, one shape for all rows of a reservation.
struct DateCells {
  std::string checkin;
  std::string year;
  std::string hour;
  Date imported;
};

DateCells date_cells(const PlannedReservation& reservation, bool exact, Rng& rng) {
  Date day = reservation.day;
  DateCells cells;
  cells.year = fmt::format("{},{:03}", day.year() / 1000, day.year() % 1000);
  const std::uint32_t kind = exact ? 0 : rng.below(1000);
  if (!exact && kind >= 888) day = rng.chance(700) ? Date::of(2021, 1, 1) : Date::of(2021, 2, 2);  // "unknown"
  const YearMonthDay ymd = day.ymd();
  cells.imported = day;
  if (exact || kind < 810 || kind >= 888) cells.checkin = day.iso();
  else if (kind < 886) cells.checkin = fmt::format("{:02}/{:02}/{}", ymd.day, ymd.month, ymd.year);
  const int hour = reservation.start_minute / 60;
  const int minute = reservation.start_minute % 60;
  const std::uint32_t clock = exact ? 999 : rng.below(1000);
  if (clock >= 400) {
    cells.hour = fmt::format("{:02}:{:02}", hour, minute);
  } else if (clock >= 220) {
    cells.hour = fmt::format("{}:{:02}:00 {}.m.", (hour + 11) % 12 + 1, minute, hour < 12 ? 'a' : 'p');
  }
  return cells;
}

std::string amount_cell(Pesos amount, Rng& rng) {
  if (amount >= 1000 && rng.chance(270)) return fmt::format("{},{:03}", amount / 1000, amount % 1000);
  return fmt::format("{}", amount);
}

std::string_view season(Date day) {
  constexpr std::array<std::string_view, 4> names{"Verano", "Otoño", "Invierno", "Primavera"};
  return names[static_cast<std::size_t>(day.month() % 12 / 3)];
}

std::string_view file_category(Kind kind) {
  constexpr std::array<std::string_view, 4> names{"Tinas", "Masajes", "Cabañas", "Ambientaciones"};
  return names[static_cast<std::size_t>(kind)];
}

class ServicesWriter {
  static constexpr int blank_rows = 19;  // of a thousand: 596 of 31,277 rows are wholly blank

 public:
  ServicesWriter(const World& world, Target& target, OutFile& file, ServicesTruth& truth)
      : world_(world),
        file_(file),
        truth_(truth),
        lookup_(world),
        history_(target.table("crm_service_history", {"id", "reserva_id", "service_type", "service_name", "service_date",
                                                      "quantity", "price_paid", "season", "year", "cliente_id"})) {
    file_.line("cliente,servicio,cantidad,valor,reserva,checkin,categoria,Año,hora,mail,telefono,,,,");
  }

  void write(const PlannedReservation& reservation) {
    ++number_;
    const bool guide = reservation.who == guide_row(world_, maria);
    Rng rng(world_.seed(), Stream::legacy_visit, reservation.who, reservation.number + 20'000u);
    const std::string name = reservation_name(world_, reservation);
    const DateCells dates = date_cells(reservation, guide || reservation.in_database, rng);
    const std::uint32_t broken = lookup_.pick(rng);
    for (const ServiceRow& row : service_rows(world_, reservation)) {
      const std::uint32_t source = rng.chance(850) ? broken : lookup_.pick(rng);
      write_row(row, name, dates, guide ? std::string{} : mail(source, rng), guide ? std::string{} : phone(reservation, source, rng), rng);
      truth_.write(rows_, reservation);
      if (!guide && rng.chance(850)) write_history(row, dates, lookup_.importer(reservation.who));
      if (rng.chance(blank_rows)) write_blank();
    }
  }
  /// From here on the numbers are those of the booking system's sales, which began again at 1.
  void write(const SoldLive& sold) {
    const Sale sale = sale_of(world_, sold.sale);
    Rng rng(world_.seed(), Stream::live, sold.sale.person, sold.sale.number + 3000u);
    const std::string name = cut_at_foreign_letter(customer_row(world_, sold.sale.person).nombre);
    const std::uint32_t broken = lookup_.pick(rng);
    DateCells dates;
    dates.checkin = live_file_day(world_, sold.sale);
    const std::string_view year = std::string_view(dates.checkin).substr(6);
    dates.year = fmt::format("{},{}", year.substr(0, 1), year.substr(1));
    number_ = sold.id;
    for (const ServiceLine& line : sale.services) {
      if (line.service == descuento_servicios) continue;
      const Service& what = service(line.service);
      dates.hour = fmt::format("{:02}:{:02}", line.start_minute / 60, line.start_minute % 60);
      write_row({std::string(what.name), line.people, line.amount(), file_category(what.kind), {}}, name, dates,
                mail(broken, rng), lookup_.phone(broken, rng), rng);
      truth_.write(rows_, sold);
    }
  }

  std::int64_t rows() const { return rows_; }

 private:
  std::string mail(std::uint32_t source, Rng& rng) const { return lookup_.mail(source, rng); }
  /// Right for the people of one row in twenty-five.
  std::string phone(const PlannedReservation& reservation, std::uint32_t source, Rng& rng) const {
    if (reservation.who % 25 != 3 || reservation.who >= world_.legacy_rows()) return lookup_.phone(source, rng);
    return fmt::format("{}", world_.contact(world_.legacy_person(reservation.who)).mobile);
  }
  void write_blank() {
    ++rows_;
    for (int i = 0; i < 15; ++i) file_.cell({});
    file_.end_row();
  }
  void write_row(const ServiceRow& row, const std::string& name, const DateCells& dates, const std::string& mail,
                 const std::string& phone, Rng& rng) {
    ++rows_;
    file_.cell(name);
    file_.cell(row.service);
    file_.cell(fmt::format("{}", row.quantity));
    file_.cell(amount_cell(row.amount, rng));
    file_.cell(fmt::format("{}", number_));
    file_.cell(dates.checkin);
    file_.cell(row.category);
    file_.cell(dates.year);
    file_.cell(dates.hour);
    file_.cell(mail);
    file_.cell(phone);
    for (int i = 0; i < 4; ++i) file_.cell({});
    file_.end_row();
  }
  void write_history(const ServiceRow& row, const DateCells& dates, Person person) {
    history_.integer(++history_rows_);
    history_.text(fmt::format("{}", number_));
    history_.text(row.type);
    history_.text(row.service);
    history_.date(dates.imported);
    history_.integer(row.quantity);
    history_.integer(row.amount);
    history_.text(season(dates.imported));
    history_.integer(dates.imported.year());
    history_.integer(std::int64_t{person} + 1);
    history_.end_row();
  }

  const World& world_;
  OutFile& file_;
  ServicesTruth& truth_;
  BrokenLookup lookup_;
  sql::BulkWriter& history_;
  std::int64_t number_ = 0;
  std::int64_t rows_ = 0;
  std::int64_t history_rows_ = 0;
};

}  // namespace

void write_legacy_files(const World& world, Target& target, std::span<const SoldLive> sold_live, const Progress& progress,
                        DemoSummary& summary) {
  OutFile customers(summary.customers_file);
  OutFile truth(summary.truth_file);
  OutFile damage(summary.truth_file.parent_path() / "truth_damage.csv");
  write_customers_file(world, customers, truth, damage, progress, summary);
  {
    const std::vector<PlannedReservation> plan = plan_reservations(world, static_cast<std::uint32_t>(sold_live.size()));
    Ticker ticker(progress, "servicios antiguos", plan.size() + sold_live.size());
    OutFile services(summary.services_file);
    ServicesTruth whose(world, summary.truth_file.parent_path() / "truth_services.csv");
    ServicesWriter writer(world, target, services, whose);
    for (const PlannedReservation& reservation : plan) {
      writer.write(reservation);
      ticker.step();
    }
    for (const SoldLive& sold : sold_live) {
      writer.write(sold);
      ticker.step();
    }
    summary.legacy_reservations = static_cast<std::int64_t>(plan.size() + sold_live.size());
    summary.legacy_service_rows = writer.rows();
    // The truth last: it marks the folder as a demo of ours.
    services.commit();
    whose.commit();
  }
  customers.commit();
  damage.commit();
  truth.commit();
}

}  // namespace aremko::demo

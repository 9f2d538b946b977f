#include "sources/legacy_services.h"

#include <chrono>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"
#include "normalize/dates.h"
#include "normalize/email.h"
#include "normalize/phone.h"
#include "sources/cells.h"
#include "sources/legacy_customers.h"
#include "sources/refusals.h"
#include "sources/services_builder.h"
#include "sources/services_file.h"
#include "sources/shifted.h"

namespace aremko::sources {

namespace {

enum Field : std::size_t { cliente, servicio, cantidad, valor, reserva, checkin, categoria, ano, hora, mail, telefono };

constexpr std::array<FileField, 11> all_fields = {{{"cliente", "cliente", true},
                                                   {"servicio", "servicio", true},
                                                   {"cantidad", "cantidad"},
                                                   {"valor", "valor", true},
                                                   {"reserva", "reserva"},
                                                   {"checkin", "checkin", true},
                                                   {"categoria", "categoria"},
                                                   {"ano", "Año"},
                                                   {"hora", "hora"},
                                                   {"mail", "mail"},
                                                   {"telefono", "telefono"}}};

constexpr Reason empty_row{"empty_row", "La línea no tiene cliente, servicio, valor ni fecha.",
                           "The line has no customer, service, amount or date."};

constexpr std::string_view bad_amount = "valor ilegible o imposible, se toma como 0";
constexpr std::string_view bad_quantity = "cantidad ilegible o imposible, se toma como 1";
constexpr std::string_view bad_date = "fecha ilegible o imposible, se toma como desconocida";
constexpr std::string_view mixed_orders = "la columna mezcla día/mes con mes/día, y esta fecha solo cabe en el otro orden: se toma como desconocida";
constexpr std::string_view bad_hour = "hora ilegible, se toma como desconocida";
constexpr std::string_view other_year = "el Año contradice la fecha, que se mantiene";

class Loader {
 public:
  Loader(LegacyServicesBatch& batch, std::string file_name, Date latest)
      : batch_(batch), file_name_(std::move(file_name)), latest_(latest), builder_(batch) {}

  void add(const FileRow& row) {
    const std::string_view who = cell_value(row[cliente]);
    const std::string_view what = cell_value(row[servicio]);
    if (who.empty() && what.empty() && cell_value(row[valor]).empty() && cell_value(row[checkin]).empty()) {
      return refuse(batch_.report, file_name_, row.line(), empty_row);
    }
    if (const Reason* reason = out_of_place(row)) return refuse(batch_.report, file_name_, row.line(), *reason);
    const ServicesBuilder::Who& person = builder_.person(cleaner_.clean(who));
    if (!who.empty()) counts_.count("cliente", person.person != 0);
    if (!person.glued_phone.empty()) counts_.misplaced("phone_in_name", "cliente", row.line());
    const std::string name(cleaner_.clean(what));
    ServicesBuilder::What service = builder_.service(name, cleaner_.clean(cell_value(row[categoria])));
    Pesos money = amount(row);
    if (service.takes_off) money = -std::abs(money);  // written with its minus or without it
    if (money < 0 && !service.cancelled) service = builder_.money_back(service);
    batch_.person.push_back(person.person);
    batch_.service.push_back(service.service);
    batch_.cancelled.push_back(service.cancelled);
    batch_.reservation.push_back(number_of(row[reserva]));
    batch_.quantity.push_back(quantity(row));
    batch_.amount.push_back(money);
    batch_.at.push_back(Moment::none());
    read_day(row);
    const std::string& phone = canonical_phone(row[telefono]);
    const std::string& email = canonical_email(row[mail]);
    if (!cell_value(row[telefono]).empty()) counts_.count("telefono", !phone.empty());
    if (!cell_value(row[mail]).empty()) counts_.count("mail", !email.empty());
    batch_.telefono.push(person.glued_phone.empty() ? phone : person.glued_phone);
    batch_.email.push(email);
    batch_.customer_id.push_back(0);
    lines_.push_back(row.line());
  }

  void finish(const PlaceholderRule& rule) {
    choose_days();
    forget_placeholders(rule);
    batch_.report.texts_repaired = cleaner_.repaired();
    batch_.report.rows_kept = batch_.size();
    counts_.write(batch_.report);
    doubts_.write_notes(batch_.report, "línea");
  }

 private:
  static std::int64_t number_of(std::string_view raw) {
    const auto number = whole_number(cell_value(raw));
    return number && *number >= 0 ? *number : -1;
  }

  std::int32_t quantity(const FileRow& row) {
    const std::string_view text = cell_value(row[cantidad]);
    if (text.empty()) return 1;
    const auto number = whole_number(text);
    if (number && *number >= 1 && *number <= max_quantity) return static_cast<std::int32_t>(*number);
    doubts_.count(bad_quantity, row.line());
    return 1;
  }

  Pesos amount(const FileRow& row) {
    const std::string_view text = cell_value(row[valor]);
    if (trim(row[valor]).empty()) return 0;
    const std::optional<Pesos> read = pesos(text);  // nothing of "#N/A", "NaN" and "-": an amount stood there once
    const bool good = read && std::abs(*read) <= max_line_amount;
    counts_.count("valor", good);
    if (good) return *read;
    doubts_.count(bad_amount, row.line());
    counts_.unread("invalid_amount", "valor", row.line());
    return 0;
  }

  /// Whose values are not where the header says: the day stands in a neighbour's column.
  static const Reason* out_of_place(const FileRow& row) {
    if (is_total(row[cliente]) && cell_value(row[checkin]).empty()) return &total_row;
    if (looks_like_day(row[categoria]) || looks_like_day(row[reserva])) return &shifted_row;
    if (is_digits(trim(row[ano])) && trim(row[ano]).size() == 1 && is_digits(trim(row[hora])) && trim(row[hora]).size() == 3) {
      return &shifted_row;  // "2,021" without its quotes: the year's rest stands where the hour should
    }
    const bool amount_is_word = looks_like_words(row[cantidad]) && !looks_like_day(row[checkin]);
    return amount_is_word && (row.odd_width() || looks_like_words(row[valor]) || is_digits(trim(row[checkin]))) ? &shifted_row : nullptr;
  }

  void read_day(const FileRow& row) {
    const int year = static_cast<int>(std::clamp<std::int64_t>(number_of(row[ano]), 0, 9999));
    years_.push_back(static_cast<std::int16_t>(year));
    const std::string_view text = cell_value(row[checkin]);
    readings_.push_back(text.empty() ? normalize::DateReading{} : normalize::read_moment(text));
    votes_.count(readings_.back());
    const std::string_view clock = cell_value(row[hora]);
    const auto minute = normalize::minute_of_day(clock);
    if (!minute && !clock.empty() && !text.empty()) doubts_.count(bad_hour, row.line());
    minutes_.push_back(static_cast<std::int16_t>(text.empty() ? -1 : minute.value_or(0)));
  }

  /// When all rows have been seen, it is known which of two numbers is the month.
  void choose_days() {
    const normalize::DateOrder order = votes_.decide(normalize::DateOrder::day_first);
    note_order(batch_.report, "checkin", votes_, normalize::DateOrder::day_first);
    for (Row row = 0; row < batch_.size(); ++row) {
      if (minutes_[row] < 0) continue;  // no day is written
      const Date day = readings_[row].in(order).date();
      const bool possible = day.known() && day >= Date::of(2000, 1, 1) && day <= latest_;
      counts_.count("checkin", possible);
      if (possible) {
        batch_.at[row] = Moment::at(day, 0, minutes_[row]);
      } else {
        const bool other_order = !day.known() && (readings_[row].month_first.known() || readings_[row].day_first.known());
        doubts_.count(other_order ? mixed_orders : bad_date, lines_[row]);
      }
    }
  }

  const std::string& canonical_phone(std::string_view raw) {
    const std::string_view text = cell_value(raw);
    auto known = phones_.find(text);
    if (known == phones_.end()) known = phones_.emplace(text, normalize::phone(cleaner_.clean(text)).e164).first;
    return known->second;
  }

  const std::string& canonical_email(std::string_view raw) {
    const std::string_view text = cell_value(raw);
    auto known = emails_.find(text);
    if (known == emails_.end()) known = emails_.emplace(text, normalize::email(cleaner_.clean(text)).address).first;
    return known->second;
  }

  /// A day that gathers rows of other years is no day at all.
  void forget_placeholders(const PlaceholderRule& rule) {
    struct Day {
      std::uint32_t with_year = 0;
      std::uint32_t other_year = 0;
    };
    std::unordered_map<std::int32_t, Day> days;
    for (Row row = 0; row < batch_.size(); ++row) {
      if (!batch_.at[row].known() || years_[row] == 0) continue;
      Day& day = days[batch_.at[row].date().days];
      ++day.with_year;
      day.other_year += batch_.at[row].date().year() != years_[row];
    }
    std::unordered_map<std::int32_t, std::uint32_t> forgotten;
    for (const Date day : rule.days) forgotten.emplace(day.days, 0);
    for (const auto& [day, count] : days) {
      if (count.other_year >= rule.rows_of_other_years &&
          count.other_year >= rule.share_of_other_years * count.with_year) {
        forgotten.emplace(day, 0);
      }
    }
    for (Row row = 0; row < batch_.size(); ++row) {
      if (!batch_.at[row].known()) continue;
      const Date day = batch_.at[row].date();
      if (const auto hit = forgotten.find(day.days); hit != forgotten.end()) {
        ++hit->second;
        batch_.at[row] = {};
      } else if (years_[row] != 0 && day.year() != years_[row]) {
        doubts_.count(other_year, lines_[row]);
      }
    }
    for (const auto& [day, count] : forgotten) {
      if (count == 0) continue;
      batch_.report.placeholder_days.push_back({Date{day}, count});
      batch_.report.notes_es.push_back(
          fmt::format("{} es una fecha de relleno: {} líneas quedan sin fecha.", Date{day}.iso(), count));
    }
    std::ranges::sort(batch_.report.placeholder_days, {}, &PlaceholderDay::day);
  }

  LegacyServicesBatch& batch_;
  std::string file_name_;
  Date latest_;
  ServicesBuilder builder_;
  Cleaner cleaner_;
  Doubts doubts_;
  FieldCounts counts_{"cliente", "telefono", "mail", "checkin", "valor"};
  TextMap<std::string> phones_;
  TextMap<std::string> emails_;
  std::vector<std::int16_t> years_;      // Año of each row; 0 = none
  std::vector<std::uint64_t> lines_;     // in the file, of each row
  std::vector<normalize::DateReading> readings_;
  std::vector<std::int16_t> minutes_;    // of the day; -1 where no day is written
  normalize::DateOrderVotes votes_;
};

}  // namespace

std::span<const FileField> LegacyServicesSource::fields() { return all_fields; }

LegacyServicesSource::LegacyServicesSource(std::filesystem::path path, const Clock& clock, ColumnMapping mapping,
                                           StaffNames staff, PlaceholderRule placeholders)
    : path_(std::move(path)), clock_(clock), mapping_(std::move(mapping)), staff_(std::move(staff)), placeholders_(std::move(placeholders)) {}

std::string LegacyServicesSource::describe() const {
  const auto file = find_services_file(path_);
  return file ? shown_name(file->path) : "servicios_historicos.csv";
}

Result<std::string> LegacyServicesSource::change_token() {
  auto file = find_services_file(path_);
  return file_token(file ? Result<std::filesystem::path>(std::move(file->path)) : fail(std::move(file.error())));
}

Result<Batch> LegacyServicesSource::load(const Progress& progress) {
  const auto started = std::chrono::steady_clock::now();
  const auto found = find_services_file(path_);
  if (!found) return fail(found.error());
  const std::filesystem::path* path = &found->path;
  const Date today{static_cast<std::int32_t>(clock_.now() / 86'400)};
  std::shared_ptr<LegacyServicesBatch> batch;
  try {
    auto done = read_stable(*path, [&](TextFile& file) -> Result<void> {
      batch = std::make_shared<LegacyServicesBatch>();
      Loader loader(*batch, shown_name(*path), today.plus_months(24));
      FileTable table(all_fields, mapping_, shown_name(*path),
                      {LegacyCustomersSource::fields(), "el de los clientes", "the customers file"});
      auto read = table.read(file, batch->report, progress, [&](const FileRow& row) { loader.add(row); });
      loader.finish(placeholders_);
      for (auto& person : batch->people) person.staff = staff_.has(person.shown);
      return read ? some_row_kept(batch->report, shown_name(*path)) : std::move(read);
    });
    if (!done) return fail(std::move(done.error()));
  } catch (const Outage& outage) {
    return fail(outage.error());
  }
  if (!found->note_es.empty()) batch->report.notes_es.push_back(found->note_es);
  batch->report.loaded_at = clock_.now();
  batch->report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return std::shared_ptr<const LegacyServicesBatch>(std::move(batch));
}

}  // namespace aremko::sources

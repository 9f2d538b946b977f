// crm_service_history: legacy visits that were imported into the booking database.

#include <chrono>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "base/text.h"
#include "sources/cells.h"
#include "sources/django.h"
#include "sources/django_columns.h"
#include "sources/django_options.h"
#include "sources/local_time.h"
#include "sources/refusals.h"
#include "sources/services_builder.h"
#include "sql/connection.h"

namespace aremko::sources {

namespace {

constexpr std::string_view table = "crm_service_history";
constexpr std::string_view customers_table = "ventas_cliente";

constexpr Reason implausible{"implausible", "El cliente tiene más servicios en un año que una sola persona.",
                             "The customer has more services in one year than one person has."};
constexpr Reason orphan{"orphan", "La fila es de un cliente que no existe.",
                        "The row is of a customer who does not exist."};

constexpr std::string_view bad_date = "crm_service_history.service_date: fecha imposible, se toma como desconocida";
constexpr std::string_view bad_amount = "crm_service_history.price_paid: imposible, se toma como 0";
constexpr std::string_view bad_quantity = "crm_service_history.quantity: fuera de 1 a 1.000, se toma como 1";

struct HistoryRow {
  std::int64_t id = 0;
  std::int64_t customer = 0;
  std::int64_t reservation = -1;
  Row service = 0;
  bool cancelled = false;
  std::int32_t quantity = 1;
  Pesos amount = 0;
  Date day;
};

class Loader {
 public:
  explicit Loader(LegacyServicesBatch& batch) : batch_(batch), builder_(batch) {}

  Result<void> load(sql::Connection& database) {
    using enum As;
    constexpr Need maybe = Need::optional;
    std::vector<std::string_view> found;
    Catalogue catalogue(database, notes(), found);
    const TablePlan customers = catalogue.look(customers_table, Need::required, {{"id", integer}});
    const TablePlan history =
        catalogue.look(table, maybe,
                       {{"id", integer}, {"cliente_id", integer}, {"service_name", text}, {"service_date", date},
                        {"reserva_id", text, maybe}, {"service_type", text, maybe}, {"quantity", integer, maybe},
                        {"price_paid", money, maybe}, {"year", integer, maybe}});
    if (!catalogue.outcome()) return catalogue.outcome();
    if (!history.exists) return {};
    const auto known = database.read(customers.select);
    while (known->next()) customers_.insert(known->integer(0));
    read_rows(*database.read(history.select));
    keep_plausible();
    batch_.report.texts_repaired = cleaner_.repaired();
    batch_.report.rows_kept = batch_.size();
    doubts_.write_notes(batch_.report, "fila");
    return {};
  }

 private:
  std::vector<std::string>& notes() { return batch_.report.notes_es; }

  void read_rows(sql::RowReader& row) {
    enum : std::size_t { id, customer, name, date, reservation, type, quantity, price, year };
    while (row.next()) {
      ++batch_.report.rows_read;
      HistoryRow out;
      out.id = row.integer(id);
      out.customer = row.integer(customer);
      const auto key = static_cast<std::uint64_t>(out.id);
      if (!customers_.contains(out.customer)) {
        refuse(batch_.report, table, key, orphan);
        continue;
      }
      const std::string service(cleaner_.clean(row.text(name)));
      const auto what = builder_.service(service, cleaner_.clean(row.text(type)));
      out.service = what.service;
      out.cancelled = what.cancelled;
      out.reservation = whole_number(row.text(reservation)).value_or(-1);
      out.day = plausible(row.date(date));
      if (!out.day.known() && !row.is_null(date)) doubts_.count(bad_date, key);
      const std::int64_t count = row.is_null(quantity) ? 1 : row.integer(quantity);
      if (count < 1 || count > max_quantity) doubts_.count(bad_quantity, key);
      out.quantity = count < 1 || count > max_quantity ? 1 : static_cast<std::int32_t>(count);
      row.take_bad();
      out.amount = row.pesos(price);
      if (row.take_bad() || std::abs(out.amount) > max_line_amount) {
        doubts_.count(bad_amount, key);
        out.amount = 0;
      }
      if (what.takes_off) out.amount = -std::abs(out.amount);
      if (out.amount < 0 && !out.cancelled) out.service = builder_.money_back(what).service;
      const std::int64_t in_year = out.day.known() ? out.day.year() : row.integer(year);
      int& services = services_in_[fmt::format("{}/{}", out.customer, in_year)];
      if (++services > max_services_a_year) implausible_.insert(out.customer);
      rows_.push_back(out);
    }
  }

  void keep_plausible() {
    for (const HistoryRow& row : rows_) {
      if (implausible_.contains(row.customer)) {
        refuse(batch_.report, table, static_cast<std::uint64_t>(row.id), implausible);
        continue;
      }
      batch_.person.push_back(0);
      batch_.service.push_back(row.service);
      batch_.reservation.push_back(row.reservation);
      batch_.at.push_back(Moment::start_of(row.day));
      batch_.quantity.push_back(row.quantity);
      batch_.amount.push_back(row.amount);
      batch_.cancelled.push_back(row.cancelled);
      batch_.telefono.push({});
      batch_.email.push({});
      batch_.customer_id.push_back(row.customer);
    }
    if (implausible_.empty()) return;
    notes().push_back(fmt::format("{}: {} clientes tienen más de {} servicios en un año; su historial no se usa.", table,
                                  implausible_.size(), max_services_a_year));
  }

  LegacyServicesBatch& batch_;
  ServicesBuilder builder_;
  Cleaner cleaner_;
  Doubts doubts_;
  std::unordered_set<std::int64_t> customers_;
  std::unordered_map<std::string, int> services_in_;  // "customer/year"
  std::unordered_set<std::int64_t> implausible_;
  std::vector<HistoryRow> rows_;
};

}  // namespace

DjangoServiceHistorySource::DjangoServiceHistorySource(sql::Url url, const Clock& clock, DjangoOptions options)
    : url_(std::move(url)),
      clock_(clock),
      options_(std::move(options)),
      watch_(url_, read_only(options_), {std::string(customers_table), std::string(table)}) {}

std::string DjangoServiceHistorySource::describe() const { return shown(url_) + ", " + std::string(table); }

Result<std::string> DjangoServiceHistorySource::change_token() {
  try {
    return watch_.token();
  } catch (const Outage& outage) {
    return fail(outage.error());
  }
}

Result<Batch> DjangoServiceHistorySource::load(const Progress&) {
  const auto started = std::chrono::steady_clock::now();
  auto batch = std::make_shared<LegacyServicesBatch>();
  try {
    const auto database = sql::open(url_, read_only(options_));
    const sql::Transaction one_view(*database, sql::Isolation::snapshot);
    if (auto loaded = Loader(*batch).load(*database); !loaded) return fail(std::move(loaded.error()));
  } catch (const Outage& outage) {
    return fail(outage.error());
  }
  batch->report.loaded_at = clock_.now();
  batch->report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return std::shared_ptr<const LegacyServicesBatch>(std::move(batch));
}

}  // namespace aremko::sources

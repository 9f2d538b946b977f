#pragma once
// Two spas of invented people with a store in a temporary folder, for the tests of the doors.

#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>

#include "operations/access.h"
#include "operations/all.h"
#include "operations/context.h"
#include "operations/tries.h"
#include "snapshot/test_batches.h"
#include "sql/url.h"

namespace aremko::operations::testing {

using snapshot::testing::at;

/// 2024-03-14 12:00 in Santiago, the guide's day.
inline constexpr UnixSeconds guide_noon = 1'710'428'400;

inline void payment(sources::CurrentBatch& batch, sources::Row sale, Pesos amount, std::string_view method, Moment when) {
  auto& methods = batch.payment_methods;
  auto found = std::ranges::find(methods, method);
  if (found == methods.end()) found = methods.insert(methods.end(), std::string(method));
  batch.payments.sale.push_back(sale);
  batch.payments.amount.push_back(amount);
  batch.payments.method.push_back(static_cast<std::uint8_t>(found - methods.begin()));
  batch.payments.at.push_back(when);
}

/// María (123) with 12 massages and 5 tubs of 40,000 each, the last on 2020-03-15; Ana (124), a staff account (900),
/// and the legacy files' María (1657, by phone), Ana (1700, by name alone) and Juan (1701, nobody's).
inline snapshot::testing::Spa guide_spa() {
  snapshot::testing::Spa spa;
  auto& current = spa.current;
  for (const std::size_t sold : {0U, 1U}) {  // the massage and the tub
    current.batch->services[sold].precio_base = 40'000;
    current.batch->services[sold].duracion = 60;
  }
  const auto maria = current.customer(123, {"María González", "+56987654321", "maria@gmail.com", "12345678-5"});
  const auto ana = current.customer(124, {"Ana Rojas Pérez", "+56911112222", "", ""});
  const auto staff = current.customer(900, {"Cuenta Recepción", "+56900000001", "", ""});
  current.batch->customers.contact.flags[staff] |= sources::is_staff;
  for (int i = 0; i < 17; ++i) {
    const Moment when = i == 16 ? at(2020, 3, 15, 14, 30) : at(2016 + i / 5, 1 + i % 3, 10 + i % 5, 15);
    const auto sale = current.sale(maria, 40'000, when, when);
    current.service_line(sale, i % 3 == 1 && i < 15 ? 1 : 0, when.date(), when.minute_of_day());
    payment(*current.batch, sale, 40'000, i % 2 == 0 ? "transferencia" : "efectivo", when);
  }
  const auto visit = current.sale(ana, 60'000, at(2024, 3, 1, 11), at(2024, 2, 20, 10));
  current.service_line(visit, 1, Date::of(2024, 3, 1), 660);
  spa.legacy.person("1657", {"María González", "+56987654321", "", ""});
  spa.legacy.person("1700", {"Ana Rojas Pérez", "", "", ""});
  spa.legacy.person("1701", {"Juan Soto Vera", "+56933334444", "juan@example.cl", ""});
  spa.services.line({.name = "Juan Soto Vera", .at = at(2021, 5, 5, 12), .reservation = 7, .amount = 30'000});
  return spa;
}

/// A folder that goes with the test.
class Folder {
 public:
  Folder() {
    static int number = 0;
    path_ = std::filesystem::temp_directory_path() / fmt::format("aremko_doors_{}_{}", ::getpid(), number++);
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class House {
 public:
  House() {
    store_ = store::Store::open(*sql::Url::parse("sqlite:///" + (folder_.path() / "store.sqlite3").string()), clock_);
    sessions_ = std::make_unique<store::SessionRing>(store_->staff(), clock_);
    keys_ = std::make_unique<store::KeyRing>(store_->keys(), std::chrono::hours(1), sessions_.get());
    services_.clock = &clock_;
    services_.store = store_.get();
    services_.keys = keys_.get();
    services_.sessions = sessions_.get();
    services_.tries = &tries_;
    services_.version = "0.0-test";
    add("aremko");
    add("otro");
    publish("aremko");
  }

  Services& services() { return services_; }
  store::Store& store() { return *store_; }
  FixedClock& clock() { return clock_; }
  Tenant& tenant(std::string_view name = "aremko") { return *services_.tenant(name); }

  std::string key(Scope scope, std::string_view tenant = "aremko") {
    auto made = store_->keys().create(tenant, scope, "prueba", "test", clock_.now());
    keys_->refresh();
    return made->text;
  }

  /// A snapshot of guide_spa() with the store's live mappings; María refuses what the bits say.
  void publish(const std::string& tenant_name, std::uint16_t refuses = 0) {
    const auto spa = guide_spa();
    spa.current.batch->customers.refusals[0] |= refuses;
    snapshot::BuildInput input;
    input.version = ++version_;
    input.built_at = clock_.now();
    input.zone = tenant(tenant_name).zone;
    input.current = spa.current.batch;
    input.legacy = spa.legacy.batch;
    input.services = spa.services.batch;
    input.links = store_->mappings().live(tenant_name);
    input.states = tenant(tenant_name).source_states();
    tenant(tenant_name).holder.publish(snapshot::Builder::build(std::move(input), 1));
  }

  /// As an administrator of `tenant_name`, without a key.
  Result<std::string> call(std::string_view name, std::vector<Argument> arguments = {},
                           const std::string& tenant_name = "aremko", std::string_view language = "es") {
    const Access access{&tenant(tenant_name), {.key_id = "test", .tenant = tenant_name, .scope = Scope::admin}};
    return perform(services_, *find_operation(name), access, language, Arguments{.text = arguments});
  }

  bool source_ok = true;

 private:
  void add(const std::string& name) {
    auto tenant = std::make_unique<Tenant>();
    tenant->name = name;
    tenant->zone = std::make_shared<const Zone>(*Zone::load("America/Santiago"));
    tenant->refresh = [this, name]() -> Result<std::uint64_t> {
      publish(name);
      return version_;
    };
    tenant->publish_links = [this, name](bool) {
      publish(name);
      return true;
    };
    tenant->source_states = [this] { return std::vector{state()}; };
    services_.tenants.emplace(name, std::move(tenant));
  }

  snapshot::SourceState state() const {
    snapshot::SourceState out;
    out.name = "aremko_db";
    out.description = "SQLite";
    out.ok = source_ok;
    if (!source_ok) {
      out.detail_es = "La base de datos no responde.";
      out.detail_en = "The database does not answer.";
    }
    out.last_good = guide_noon - 60;
    out.report.rows_read = 5;
    out.report.rows_kept = 3;
    out.report.rows_refused = 2;
    out.report.refused = {{"clientes.csv", 7, "no_id", "Falta el id.", "The id is missing."},
                          {"clientes.csv", 9, "bad_quote", "Una comilla no se cierra.", "A quote never closes."}};
    return out;
  }

  Folder folder_;
  FixedClock clock_{guide_noon};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::SessionRing> sessions_;
  Tries tries_;
  std::unique_ptr<store::KeyRing> keys_;
  Services services_;
  std::uint64_t version_ = 0;
};

}  // namespace aremko::operations::testing

// Questions to a snapshot of many customers: AREMKO_BENCH_CUSTOMERS (1,000,000 unless told), five sales each.
#include <cstdlib>
#include <random>

#include <benchmark/benchmark.h>

#include "analytics/census.h"
#include "analytics/insights.h"
#include "analytics/overview.h"
#include "analytics/profile.h"
#include "analytics/reactivation.h"
#include "base/json_write.h"
#include "normalize/service.h"
#include "snapshot/builder.h"

namespace {

using namespace aremko;

sources::CatalogService service(std::int64_t id, const std::string& name, const std::string& tipo) {
  auto kind = normalize::service(name, tipo);
  sources::CatalogService out;
  out.id = id;
  out.nombre = name;
  out.tipo_servicio = tipo;
  out.key = std::move(kind.key);
  out.canonical = std::move(kind.canonical);
  out.family = kind.family;
  return out;
}

void add_customer(sources::CurrentBatch& batch, std::int64_t id, std::mt19937& random) {
  auto& contact = batch.customers.contact;
  contact.nombre.push("Persona " + std::to_string(id));
  contact.telefono.push("+569" + std::to_string(10'000'000 + id));
  contact.email.push(id % 2 == 0 ? "p" + std::to_string(id) + "@example.cl" : "");
  contact.documento.push("");
  contact.ciudad.push("Puerto Montt");
  contact.region.push("Los Lagos");
  contact.flags.push_back(static_cast<std::uint8_t>(sources::phone_valid | sources::phone_mobile |
                                                    (id % 2 == 0 ? sources::email_valid : 0) |
                                                    (random() % 50 == 0 ? sources::opted_out : 0)));
  contact.created.push_back({});
  batch.customers.id.push_back(id);
  batch.customers.pais.push("Chile");
  batch.customers.no_contact_before.push_back({});
  batch.customers.refusals.push_back(0);
  batch.customers.last_outbound.push_back({});
}

void add_sale(sources::CurrentBatch& batch, sources::Row customer, std::mt19937& random) {
  auto& sales = batch.sales;
  const sources::Row sale = sales.size();
  const Date day = Date::of(2019, 1, 1).plus_days(static_cast<int>(random() % 2000));
  const Moment when = Moment::at(day, 10 + static_cast<int>(random() % 10), 0);
  const Pesos total = 1000 * static_cast<Pesos>(20 + random() % 200);
  sales.id.push_back(sale + 1);
  sales.customer.push_back(customer);
  sales.created.push_back({when.minutes - 3 * 1440});
  sales.reserved.push_back(when);
  sales.total.push_back(total);
  sales.paid.push_back(total);
  sales.balance.push_back(0);
  sales.payment_state.push_back(sources::PaymentState::pagado);
  sales.booking_state.push_back(sources::BookingState::checkout);
  sales.comment.push("");
  for (unsigned line = 0; line < 1 + random() % 2; ++line) {
    batch.service_lines.sale.push_back(sale);
    batch.service_lines.service.push_back(static_cast<sources::Row>(random() % batch.services.size()));
    batch.service_lines.day.push_back(day);
    batch.service_lines.start_minute.push_back(static_cast<std::int16_t>(when.minute_of_day()));
    batch.service_lines.people.push_back(2);
    batch.service_lines.unit_price.push_back(20'000);
    batch.service_lines.provider.push_back(0);
  }
  batch.payments.sale.push_back(sale);
  batch.payments.amount.push_back(total);
  batch.payments.method.push_back(static_cast<std::uint8_t>(random() % 3));
  batch.payments.at.push_back(when);
}

snapshot::SnapshotPtr make() {
  const char* const asked = std::getenv("AREMKO_BENCH_CUSTOMERS");
  const auto customers = static_cast<sources::Row>(asked != nullptr ? std::atoi(asked) : 1'000'000);
  std::mt19937 random(1);
  auto batch = std::make_shared<sources::CurrentBatch>();
  batch->payment_methods = {"transferencia", "efectivo", "webpay"};
  const std::pair<const char*, const char*> names[] = {
      {"Masaje Relajante", "masaje"},  {"Masaje Piedras Calientes", "masaje"}, {"Tina Caliente Premium", "tina"},
      {"Tina Tronador", "tina"},       {"Cabaña Torre", "cabana"},             {"Cabaña Laurel", "cabana"},
      {"Desayuno", "otro"},            {"Masaje Terapéutico", "masaje"}};
  for (const auto& [name, tipo] : names) {
    batch->services.push_back(service(static_cast<std::int64_t>(batch->services.size()) + 1, name, tipo));
  }
  for (sources::Row row = 0; row < customers; ++row) add_customer(*batch, row + 1, random);
  // Some come often and most seldom; the sales stand in the order in which they were made, not by customer.
  for (std::uint64_t i = 0; i < 5ULL * customers; ++i) {
    const double share = std::generate_canonical<double, 32>(random);
    add_sale(*batch, static_cast<sources::Row>(share * share * customers), random);
  }
  snapshot::BuildInput input;
  input.zone = std::make_shared<const Zone>(Zone::load("America/Santiago").value());
  input.current = std::move(batch);
  return snapshot::Builder::build(std::move(input));
}

const snapshot::Snapshot& spa() {
  static const snapshot::SnapshotPtr made = make();
  return *made;
}

const AsOf as_of = AsOf::end_of(Date::of(2024, 3, 14));

const analytics::Census& census() {
  static const analytics::Census made(spa(), as_of);
  return made;
}

void take_census(benchmark::State& state) {
  spa();
  for (auto _ : state) {
    const analytics::Census census(spa(), as_of, {}, static_cast<unsigned>(state.range(0)));
    benchmark::DoNotOptimize(census.customers());
  }
}
BENCHMARK(take_census)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void take_census_and_order(benchmark::State& state) {
  spa();
  for (auto _ : state) {
    const analytics::Census census(spa(), as_of);
    benchmark::DoNotOptimize(census.inactive_count(12));
  }
}
BENCHMARK(take_census_and_order)->Unit(benchmark::kMillisecond)->UseRealTime();

void take_census_and_habits(benchmark::State& state) {
  spa();
  for (auto _ : state) {
    const analytics::Census census(spa(), as_of);
    benchmark::DoNotOptimize(census.habits(spa(), Segment::lost));
  }
}
BENCHMARK(take_census_and_habits)->Unit(benchmark::kMillisecond)->UseRealTime();

void inactive_rows(benchmark::State& state) {
  census().inactive_count(1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(census().inactive_count(12));
    benchmark::DoNotOptimize(census().inactive(12, 100, static_cast<std::size_t>(state.range(0))));
  }
}
BENCHMARK(inactive_rows)->Arg(0)->Arg(400'000)->Unit(benchmark::kMicrosecond);

void inactive_answer(benchmark::State& state) {
  for (auto _ : state) {
    const auto answer = analytics::inactive_customers(spa(), census(), as_of, 12, 100);
    benchmark::DoNotOptimize(json::to_json(answer));
  }
}
BENCHMARK(inactive_answer)->Unit(benchmark::kMicrosecond);

void segment_answer(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(analytics::segment_customers(spa(), census(), as_of, Segment::at_risk, 100, 10'000));
  }
}
BENCHMARK(segment_answer)->Unit(benchmark::kMicrosecond);

void overview(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(analytics::overview(spa(), census(), as_of));
}
BENCHMARK(overview)->Unit(benchmark::kMillisecond);

snapshot::Row anybody(std::uint32_t& state) {
  state = state * 1664525U + 1013904223U;
  return state % spa().customers().size();
}

void profile(benchmark::State& state) {
  std::uint32_t random = 1;
  spa();
  for (auto _ : state) benchmark::DoNotOptimize(analytics::profile(spa(), anybody(random), {.as_of = as_of}));
}
BENCHMARK(profile);

void profile_to_json(benchmark::State& state) {
  std::uint32_t random = 1;
  std::size_t bytes = 0;
  for (auto _ : state) {
    const std::string text = json::to_json(analytics::profile(spa(), anybody(random), {.as_of = as_of}));
    bytes += text.size();
  }
  state.counters["bytes"] = static_cast<double>(bytes) / static_cast<double>(state.iterations());
}
BENCHMARK(profile_to_json);

void insights(benchmark::State& state) {
  std::uint32_t random = 1;
  for (auto _ : state) benchmark::DoNotOptimize(analytics::insights(spa(), anybody(random), {.as_of = as_of}));
}
BENCHMARK(insights);

void frequent_guest_profile(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(analytics::profile(spa(), 0, {.as_of = as_of}));
  state.counters["visits"] = static_cast<double>(spa().visits(0).size());
}
BENCHMARK(frequent_guest_profile);

}  // namespace

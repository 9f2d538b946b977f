// What normalising costs a field, and a whole customer. The aim: a million customers in a second on one core.

#include <random>

#include <benchmark/benchmark.h>

#include "normalize/dates.h"
#include "normalize/email.h"
#include "normalize/encoding.h"
#include "normalize/name.h"
#include "normalize/phone.h"
#include "normalize/place.h"
#include "normalize/rut.h"
#include "normalize/service.h"
#include "normalize/text.h"

namespace {

using namespace aremko::normalize;

struct Customer {
  std::string name, phone, rut, email, city;
};

/// Invented people in the files' proportions of dirt.
const std::vector<Customer>& customers() {
  static const std::vector<Customer> made = [] {
    std::vector<Customer> out;
    std::mt19937 random(1);
    const auto pick = [&](const auto& list) { return list[random() % std::size(list)]; };
    constexpr std::array given = {"María", "Sonia", "José", "Ana", "Patricio", "Ñusta", "Iván", "Constanza"};
    constexpr std::array family = {"González", "Silva", "López", "Muñoz", "O'Higgins", "de la Cruz", "Pérez-Cotapos"};
    constexpr std::array cities = {"Puerto Montt", "Puerto Varas", "Santiago", "osorno", "PUERTO MONTT", "Ñuñoa",
                                   "Puerto Montt, Los Lagos", "Santiago, RM", ""};
    for (int i = 0; i < 10'000; ++i) {
      Customer one;
      const std::string mobile = std::to_string(930000000 + random() % 69999999);
      one.name = std::string(pick(given)) + " " + pick(family) + " " + pick(family);
      if (random() % 10 == 0) one.name += " " + mobile;
      one.phone = random() % 4 == 0 ? mobile : "+56" + mobile;
      const std::uint32_t body = 5'000'000 + static_cast<std::uint32_t>(random() % 20'000'000);
      one.rut = std::to_string(body) + "-" + rut_check_digit(body);
      one.email = fold(pick(given)) + std::to_string(i) + "@gmail.com";
      one.city = pick(cities);
      out.push_back(std::move(one));
    }
    return out;
  }();
  return made;
}

template <class Function>
void each(benchmark::State& state, Function function) {
  const auto& list = customers();
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(function(list[at]));
    at = at + 1 == list.size() ? 0 : at + 1;
  }
}

void fold_name(benchmark::State& state) {
  std::string out;
  each(state, [&](const Customer& one) { return fold_into(out, one.name), out.size(); });
}
void check_encoding(benchmark::State& state) {
  each(state, [](const Customer& one) { return needs_repair(one.name); });
}
void name(benchmark::State& state) {
  each(state, [](const Customer& one) { return person_name(one.name); });
}
void phone_number(benchmark::State& state) {
  each(state, [](const Customer& one) { return phone(one.phone); });
}
void rut_number(benchmark::State& state) {
  each(state, [](const Customer& one) { return rut(one.rut); });
}
void mail(benchmark::State& state) {
  each(state, [](const Customer& one) { return email(one.email); });
}
void town(benchmark::State& state) {
  each(state, [](const Customer& one) { return city(one.city); });
}
void customer(benchmark::State& state) {
  each(state, [](const Customer& one) {
    return person_name(one.name).shown.size() + phone(one.phone).e164.size() + rut(one.rut).canonical.size() +
           email(one.email).address.size() + city(one.city).size();
  });
}
void foreign_phone(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(phone("+54 9 11 2345-6789"));
}
void service_name(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(service("Masaje Relajacion o Descontracturante", "Masajes"));
}
void us_date(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(moment("2/25/2020 18:05", DateOrder::month_first));
}

BENCHMARK(fold_name);
BENCHMARK(check_encoding);
BENCHMARK(name);
BENCHMARK(phone_number);
BENCHMARK(rut_number);
BENCHMARK(mail);
BENCHMARK(town);
BENCHMARK(customer);
BENCHMARK(foreign_phone);
BENCHMARK(service_name);
BENCHMARK(us_date);

}  // namespace

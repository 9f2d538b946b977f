#include "analytics/price.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "analytics/history.h"
#include "analytics/lines.h"
#include "base/spoken.h"

namespace aremko::analytics {

namespace {

constexpr int largest_party = 12;  // more is a group's booking, of which one price says nothing
constexpr int days_ahead = 7;

bool closed(const snapshot::Snapshot& snapshot, const sources::CatalogService& service, AsOf as_of) {
  const auto& current = snapshot.current();
  if (current.closures.empty()) return false;
  const auto row = static_cast<snapshot::Row>(&service - current.services.data());
  for (int day = 1; day <= days_ahead; ++day) {
    const Date date = as_of.date().plus_days(day);
    const bool shut = std::ranges::any_of(current.closures, [&](const sources::Closure& closure) {
      return (closure.service == row || closure.service == snapshot::no_row) && closure.from <= date && date <= closure.to;
    });
    if (!shut) return false;
  }
  return true;
}

}  // namespace

std::string_view unit_name(sources::PriceUnit unit) {
  switch (unit) {
    case sources::PriceUnit::per_person: return "por_persona";
    case sources::PriceUnit::whole: return "total";
    case sources::PriceUnit::per_night: return "por_noche";
  }
  return "por_persona";
}

Priced price_of(const sources::CatalogService& service, int people) {
  if (service.unit == sources::PriceUnit::per_person) {
    Priced out{.people = std::max({1, people, service.capacidad_minima})};
    if (service.capacidad_maxima > 0) out.people = std::min(out.people, std::max(1, service.capacidad_maxima));
    out.charged = service.precio_base * out.people;
    return out;
  }
  const int whole = std::max(1, service.charged_people);
  return {.charged = service.precio_base * whole,
          .people = people > 0 ? std::min(people, whole) : whole,
          .nights = service.unit == sources::PriceUnit::per_night ? 1 : 0};
}

bool holds(const sources::CatalogService& service, int people) { return price_of(service, people).people == people; }

int usual_party(const snapshot::Snapshot& snapshot, snapshot::PersonId person, AsOf as_of) {
  std::vector<int> today, before;
  for_each_seen(snapshot, person, {.as_of = as_of}, [&](std::size_t, Moment, Pesos, snapshot::VisitRef ref) {
    int told = 0, at_most = 0;
    for_each_line(snapshot, ref, [&](const Line& line) {
      const auto people = static_cast<int>(line.legacy ? snapshot.legacy().services->quantity[line.row] : snapshot.current().service_lines.people[line.row]);
      if (!is_preference(*line.service) || people < 1 || people > largest_party) return;
      int& most = line.service->unit == sources::PriceUnit::per_person ? told : at_most;
      most = std::max(most, people);
    });
    if (const int party = told > 0 ? told : at_most; party > 0) (ref.legacy() ? before : today).push_back(party);
  });
  auto& parties = today.empty() ? before : today;
  if (parties.empty()) return 0;
  const auto middle = parties.begin() + (std::ssize(parties) - 1) / 2;
  std::ranges::nth_element(parties, middle);
  return *middle;
}

bool may_be_offered(const snapshot::Snapshot& snapshot, const sources::CatalogService& service, AsOf as_of) {
  if (!service.activo || service.precio_base <= 0 || service.never_alone || !is_preference(service)) return false;
  const auto& all = snapshot.current().services;
  const bool shown = service.publicado_web || std::ranges::none_of(all, &sources::CatalogService::publicado_web);
  return shown && !closed(snapshot, service, as_of);
}

Text for_whom(int people, int nights) {
  Text out;
  if (nights > 0) {
    out = {fmt::format("por {} {} ", nights, nights == 1 ? "noche" : "noches"),
           fmt::format("for {} {}, ", nights, nights == 1 ? "night" : "nights")};
  }
  out.es += fmt::format("para {} {}", people, people == 1 ? "persona" : "personas");
  out.en += fmt::format("for {} {}", people, people == 1 ? "person" : "people");
  return out;
}

std::string offer_name(std::span<const OfferedService> services) {
  std::string out = services.size() > 1 ? "Pack " : "";
  for (const OfferedService& service : services) {
    if (&service != services.data()) out += " + ";
    out += service.nombre;
  }
  return out;
}

}  // namespace aremko::analytics

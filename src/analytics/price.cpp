#include "analytics/price.h"

#include <algorithm>
#include <array>

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
  Priced out;
  if (service.unit == sources::PriceUnit::per_person) {
    out.people = std::max({1, people, service.capacidad_minima});
    if (service.capacidad_maxima > 0) out.people = std::min(out.people, std::max(1, service.capacidad_maxima));
  } else {
    out.people = std::max(1, service.charged_people);
    out.nights = service.unit == sources::PriceUnit::per_night ? 1 : 0;
  }
  out.charged = service.precio_base * out.people;
  return out;
}

int usual_party(const snapshot::Snapshot& snapshot, snapshot::PersonId person, AsOf as_of) {
  std::array<int, largest_party + 1> times{};
  for_each_seen(snapshot, person, {.as_of = as_of}, [&](std::size_t, Moment, Pesos, snapshot::VisitRef ref) {
    if (ref.legacy()) return;
    int party = 0;
    for_each_line(snapshot, ref, [&](const Line& line) {
      const int people = snapshot.current().service_lines.people[line.row];
      if (is_preference(*line.service) && people >= 1 && people <= largest_party) party = std::max(party, people);
    });
    if (party > 0) ++times[static_cast<std::size_t>(party)];
  });
  const auto most = std::ranges::max_element(times);
  return *most == 0 ? 0 : static_cast<int>(most - times.begin());
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

Text offer_name(std::span<const OfferedService> services) {
  const bool mixed = std::ranges::adjacent_find(services, std::ranges::not_equal_to{}, &OfferedService::personas) != services.end();
  Text out;
  for (const OfferedService& service : services) {
    Text part{std::string(service.nombre), std::string(service.nombre)};
    if (mixed && service.personas > 0) {
      part.es += " (" + counted(service.personas, "persona", "personas");
      part.en += " (" + counted(service.personas, "person", "people");
      if (service.noches > 0) {
        part.es += ", " + counted(service.noches, "noche", "noches");
        part.en += ", " + counted(service.noches, "night", "nights");
      }
      part.es += ")";
      part.en += ")";
    }
    out.es += (out.es.empty() ? "" : " + ") + part.es;
    out.en += (out.en.empty() ? "" : " + ") + part.en;
  }
  return services.size() > 1 ? Text{"Pack " + out.es, "Pack " + out.en} : out;
}

}  // namespace aremko::analytics

#include "analytics/occupancy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "analytics/lines.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

constexpr std::array kinds{Family::tina, Family::masaje, Family::cabana, Family::otro};
constexpr int usual_minutes = 60;  // of a service that says none

/// 0 Monday … 6 Sunday.
int weekday_of(std::int32_t days) { return ((days + 3) % 7 + 7) % 7; }  // 1970-01-01 was a Thursday

std::optional<double> percent(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return std::nullopt;
  return std::round(1000.0 * static_cast<double>(part) / static_cast<double>(whole)) / 10.0;
}

/// One service on one day.
struct Booked {
  Row service = 0;
  std::int32_t day = 0;
  int from = -1;  // minutes of the day; -1: nobody wrote the hour
  int to = 0;
  std::int64_t people = 0;
};

bool takes_room(const snapshot::Snapshot& snapshot, Row sale, AsOf as_of) {
  if (snapshot.current().sales.created[sale] > as_of.moment) return false;
  switch (snapshot.sale_kind(sale)) {
    case snapshot::SaleKind::nothing: return false;
    case snapshot::SaleKind::visit: return true;
    case snapshot::SaleKind::unpaid: return snapshot.sale_seen_from(sale) > as_of.moment;  // still ahead
  }
  return false;
}

std::vector<Booked> booked_in(const snapshot::Snapshot& snapshot, const Span& span, AsOf as_of) {
  const auto& current = snapshot.current();
  const auto& lines = current.service_lines;
  std::vector<Booked> out;
  for (Row line = 0; line < lines.size(); ++line) {
    const Date day = lines.day[line];
    if (!day.known() || day < span.from || day > span.to || lines.sale[line] == snapshot::no_row) continue;
    if (lines.service[line] >= current.services.size() || snapshot::is_adjustment(current, line)) continue;
    const sources::CatalogService& service = current.services[lines.service[line]];
    if (!is_preference(service) || !takes_room(snapshot, lines.sale[line], as_of)) continue;
    const int from = lines.start_minute[line];
    const int minutes = service.duracion > 0 ? service.duracion : usual_minutes;
    out.push_back({lines.service[line], day.days, from, from + minutes, lines.people[line]});
  }
  std::ranges::sort(out, [](const Booked& a, const Booked& b) {
    return std::tuple(a.service, a.day, a.from) < std::tuple(b.service, b.day, b.from);
  });
  return out;
}

bool closed(const sources::CurrentBatch& current, Row service, std::int32_t day) {
  return std::ranges::any_of(current.closures, [&](const sources::Closure& closure) {
    return (closure.service == service || closure.service == snapshot::no_row) && closure.from.days <= day && day <= closure.to.days;
  });
}

/// Fills one kind of service.
class Kind {
 public:
  Kind(const snapshot::Snapshot& snapshot, Family family, const Span& span, const std::vector<std::int64_t>& weekdays)
      : snapshot_(snapshot), family_(family), span_(span), weekdays_(weekdays) {
    out_.tipo_servicio = family_name(family);
    days_.assign(static_cast<std::size_t>(span.to.days - span.from.days + 1) * 24, 0);
  }

  KindOccupancy make(const std::vector<Booked>& booked) && {
    const auto& services = snapshot_.current().services;
    for (Row row = 0; row < services.size(); ++row) {
      if (services[row].family != family_ || !is_preference(services[row])) continue;
      const auto theirs = std::ranges::equal_range(booked, row, {}, &Booked::service);
      one_service(row, std::span(theirs.begin(), theirs.end()));
    }
    out_.ocupacion = percent(out_.tomados, out_.cupos);
    std::ranges::stable_sort(out_.servicios, std::ranges::greater{}, &ServiceOccupancy::reservas);
    write_hours();
    return std::move(out_);
  }

 private:
  void one_service(Row row, std::span<const Booked> booked) {
    const sources::CatalogService& service = snapshot_.current().services[row];
    ServiceOccupancy made{.servicio_id = service.id, .servicio_nombre = service.nombre, .reservas = static_cast<std::int64_t>(booked.size())};
    for (const Booked& one : booked) {
      out_.personas += one.people;
      if (one.from < 0 || one.from >= 1440) continue;
      HourOfWeek& hour = hour_of(one.day, one.from);
      ++hour.reservas;
      hour.personas += one.people;
      const std::int64_t on_day = ++days_[static_cast<std::size_t>(one.day - span_.from.days) * 24 + static_cast<std::size_t>(one.from / 60)];
      hour.mas = std::max(hour.mas, on_day);
    }
    if (service.activo && service.unit != sources::PriceUnit::per_person) count_slots(row, service, booked, made);
    out_.reservas += made.reservas;
    out_.cupos += made.cupos;
    out_.tomados += made.tomados;
    made.ocupacion = percent(made.tomados, made.cupos);
    if (made.reservas > 0 || made.cupos > 0) out_.servicios.push_back(made);
  }

  /// An hour is taken when a booking of the service lasts into the time it would take.
  void count_slots(Row row, const sources::CatalogService& service, std::span<const Booked> booked, ServiceOccupancy& made) {
    const int minutes = service.duracion > 0 ? service.duracion : usual_minutes;
    auto at = booked.begin();
    for (std::int32_t day = span_.from.days; day <= span_.to.days; ++day) {
      while (at != booked.end() && at->day < day) ++at;
      auto end = at;
      while (end != booked.end() && end->day == day) ++end;
      if (closed(snapshot_.current(), row, day)) continue;
      const auto bit = static_cast<unsigned>(weekday_of(day));
      for (const sources::Slot& slot : service.slots) {
        if ((static_cast<unsigned>(slot.weekdays) >> bit & 1U) == 0) continue;
        HourOfWeek& hour = hour_of(day, slot.minute);
        ++hour.cupos;
        ++made.cupos;
        const bool taken = std::any_of(at, end, [&](const Booked& one) { return one.from >= 0 && one.from < slot.minute + minutes && slot.minute < one.to; });
        hour.tomados += taken;
        made.tomados += taken;
      }
    }
  }

  HourOfWeek& hour_of(std::int32_t day, int minute) {
    return week_[static_cast<std::size_t>(weekday_of(day)) * 24 + static_cast<std::size_t>(minute / 60)];
  }

  void write_hours() {
    for (std::size_t i = 0; i < week_.size(); ++i) {
      HourOfWeek hour = week_[i];
      if (hour.reservas == 0 && hour.cupos == 0) continue;
      hour.dia = static_cast<int>(i / 24);
      hour.hora = static_cast<int>(i % 24);
      const auto days = static_cast<double>(std::max<std::int64_t>(1, weekdays_[i / 24]));
      hour.por_dia = std::round(100.0 * static_cast<double>(hour.reservas) / days) / 100.0;
      out_.horas.push_back(hour);
    }
  }

  const snapshot::Snapshot& snapshot_;
  Family family_;
  Span span_;
  const std::vector<std::int64_t>& weekdays_;
  std::array<HourOfWeek, 7 * 24> week_{};
  std::vector<std::int64_t> days_;  // bookings that begin, by day and hour
  KindOccupancy out_;
};

}  // namespace

Occupancy occupancy(const snapshot::Snapshot& snapshot, const Span& span, AsOf as_of) {
  Occupancy out{.as_of = as_of, .desde = span.from, .hasta = span.to, .dias = std::vector<std::int64_t>(7)};
  for (std::int32_t day = span.from.days; day <= span.to.days; ++day) ++out.dias[static_cast<std::size_t>(weekday_of(day))];
  const std::vector<Booked> booked = booked_in(snapshot, span, as_of);
  for (const Family family : kinds) {
    KindOccupancy made = Kind(snapshot, family, span, out.dias).make(booked);
    if (made.reservas > 0 || made.cupos > 0) out.tipos.push_back(std::move(made));
  }
  return out;
}

}  // namespace aremko::analytics

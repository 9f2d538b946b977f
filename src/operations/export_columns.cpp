#include "operations/export_columns.h"

#include <algorithm>

#include <fmt/ranges.h>

namespace aremko::operations {

namespace {

using analytics::Reach;

Cell text(MaybeText value) { return value ? Cell(std::string(*value)) : Cell(); }
Cell number(std::int64_t value) { return Cell(value); }

std::string_view segment_name(Segment segment, std::string_view language) {
  if (language == "en") return json_name(segment);
  switch (segment) {
    case Segment::vip: return "VIP";
    case Segment::champions: return "Entre los mejores";
    case Segment::loyal: return "De siempre";
    case Segment::new_customer: return "Primera visita";
    case Segment::promising: return "Con futuro";
    case Segment::at_risk: return "En riesgo";
    case Segment::hibernating: return "En pausa";
    case Segment::lost: return "Una sola vez";
    case Segment::occasional: return "De vez en cuando";
  }
  return "";
}

std::string channels_of(const PersonLine& line, std::string_view language) {
  std::string out;
  for (const Channel channel : line.channels) {
    std::string_view name = "WhatsApp";
    if (channel == Channel::telefono) name = language == "en" ? "Phone" : "Teléfono";
    if (channel == Channel::email) name = language == "en" ? "E-mail" : "Correo";
    out.append(out.empty() ? "" : ", ").append(name);
  }
  if (out.empty()) return language == "en" ? "No allowed channel" : "Sin canal permitido";
  return out;
}

template <class List>
Cell joined(const List& list) {
  return list.empty() ? Cell() : Cell(fmt::format("{}", fmt::join(list, ", ")));
}

constexpr auto all_columns = std::to_array<ExportColumn>({
    {"id", "ID", "ID", false, [](const Listed& one, std::string_view) { return number(one.line.id); }},
    {"nombre", "Nombre", "Name", false, [](const Listed& one, std::string_view) { return Cell(std::string(one.line.nombre)); }},
    {"telefono", "Teléfono", "Phone", false, [](const Listed& one, std::string_view) { return phone_withheld(one.reach) ? Cell() : text(one.line.telefono); }},
    {"email", "Correo", "E-mail", false, [](const Listed& one, std::string_view) { return email_withheld(one.reach) ? Cell() : text(one.line.email); }},
    {"ciudad", "Ciudad", "City", false, [](const Listed& one, std::string_view) { return text(one.line.ciudad); }},
    {"channels", "Canales", "Channels", false, [](const Listed& one, std::string_view language) { return Cell(channels_of(one.line, language)); }},
    {"ultima_visita", "Última visita", "Last visit", false, [](const Listed& one, std::string_view) { return Cell(one.line.ultima_visita); }},
    {"dias", "Días sin venir", "Days away", false,
     [](const Listed& one, std::string_view) { return one.line.days_since_last_visit ? number(*one.line.days_since_last_visit) : Cell(); }},
    {"segment", "Segmento", "Segment", false, [](const Listed& one, std::string_view language) { return Cell(std::string(segment_name(one.line.segment, language))); }},
    {"visitas", "Visitas", "Visits", false, [](const Listed& one, std::string_view) { return number(one.line.total_visitas); }},
    {"gastado", "Gastado", "Spent", false, [](const Listed& one, std::string_view) { return number(one.line.total_gastado); }},
    {"promedio", "Promedio", "Average", false, [](const Listed& one, std::string_view) { return number(one.line.promedio_por_visita); }},
    {"prioridad", "Prioridad", "Priority", false, [](const Listed& one, std::string_view) { return number(one.line.reactivation_priority); }},
    {"favorito", "Servicio favorito", "Favourite service", false, [](const Listed& one, std::string_view) { return text(one.line.servicio_favorito); }},
    {"r", "R", "R", false, [](const Listed& one, std::string_view) { return number(one.line.recency_score); }},
    {"f", "F", "F", false, [](const Listed& one, std::string_view) { return number(one.line.frequency_score); }},
    {"m", "M", "M", false, [](const Listed& one, std::string_view) { return number(one.line.monetary_score); }},
    {"historia", "Con historia antigua", "With old history", false,
     [](const Listed& one, std::string_view language) { return Cell(std::string(one.line.con_historia ? (language == "en" ? "yes" : "sí") : "no")); }},
    {"riesgo", "Riesgo", "Risk", true, [](const Listed& one, std::string_view) { return Cell(std::string(one.insights->churn_risk)); }},
    {"potencial", "Puede crecer", "Potential", true, [](const Listed& one, std::string_view) { return Cell(std::string(one.insights->upsell_potential)); }},
    {"favoritos", "Favoritos", "Favourites", true, [](const Listed& one, std::string_view) { return joined(one.insights->preferred_services); }},
    {"mejores_meses", "Mejores meses", "Best months", true, [](const Listed& one, std::string_view) { return joined(one.insights->seasonality.best_months); }},
    {"paga_con", "Paga con", "Pays with", true, [](const Listed& one, std::string_view) { return text(one.insights->payment_behavior.preferred_method); }},
});

constexpr std::array<std::string_view, 13> usual{"id", "nombre", "telefono", "email", "ciudad", "channels", "ultima_visita", "dias",
                                                 "segment", "visitas", "gastado", "prioridad", "favorito"};

}  // namespace

Result<std::vector<ExportColumn>> table_columns(const std::vector<std::string>& names) {
  std::vector<ExportColumn> out;
  const auto add = [&](std::string_view name) {
    const auto found = std::ranges::find(all_columns, name, &ExportColumn::name);
    if (found != all_columns.end()) out.push_back(*found);
    return found != all_columns.end();
  };
  if (names.empty()) std::ranges::for_each(usual, add);
  if (std::ranges::all_of(names, add)) return out;
  std::vector<std::string_view> known;
  for (const ExportColumn& each : all_columns) known.push_back(each.name);
  return fail(invalid_field("columns", fmt::format("No hay esa columna; hay: {}.", fmt::join(known, ", ")),
                            fmt::format("There is no such column; there are: {}.", fmt::join(known, ", "))));
}

bool phone_withheld(Reach reach) {
  if (reach.has(Reach::whatsapp | Reach::telefono) || !reach.has(Reach::mobile | Reach::landline)) return false;
  return reach.has(Reach::closed | Reach::promotion | Reach::unread_phone) || (reach.has(Reach::wait) && !reach.has(Reach::recent));
}

bool email_withheld(Reach reach) {
  if (reach.has(Reach::email) || !reach.has(Reach::address)) return false;
  return reach.has(Reach::no_email | Reach::promotion | Reach::unread_email) || (reach.has(Reach::wait) && !reach.has(Reach::recent));
}

}  // namespace aremko::operations

#include "demo/house_db.h"

#include <array>

#include <fmt/format.h>

#include "demo/catalog.h"
#include "demo/live_sale.h"
#include "demo/names.h"
#include "demo/plan.h"

namespace aremko::demo {

namespace {

std::string clock_time(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

std::string slots_json(Kind kind) {
  std::string json = "[";
  for (const int minute : start_minutes(kind)) json += fmt::format("{}\"{}\"", json.size() > 1 ? ", " : "", clock_time(minute));
  return json + "]";
}

void write_places(const World& world, Target& target) {
  Table regions{&target.table("ventas_region", {"id", "nombre", "codigo", "orden"})};
  for (const Region& region : world.regions()) {
    sql::BulkWriter& row = *regions.writer;
    row.integer(region.number);
    row.text(region.name);
    row.text(region.roman);
    row.integer(++regions.last_id);
    row.end_row();
  }
  Table comunas{&target.table("ventas_comuna", {"id", "nombre", "codigo", "region_id"})};
  for (const City& city : world.cities()) {
    sql::BulkWriter& row = comunas.next_row();
    row.text(city.name);
    row.null();
    row.integer(city.region);
    row.end_row();
  }
}

void write_services(Target& target) {
  Table categories{&target.table("ventas_categoriaservicio", {"id", "nombre", "horarios"})};
  for (const std::string_view name : service_categories()) {
    sql::BulkWriter& row = categories.next_row();
    row.text(name);
    row.text("");
    row.end_row();
  }
  Table rows{&target.table("ventas_servicio",
                           {"id", "nombre", "precio_base", "duracion", "categoria_id", "capacidad_minima", "capacidad_maxima",
                            "horario_apertura", "horario_cierre", "slots_disponibles", "activo", "publicado_web",
                            "tipo_servicio", "descripcion_web"})};
  for (const Service& service : services()) {
    sql::BulkWriter& row = rows.next_row();
    row.text(service.name);
    row.integer(service.price);
    row.integer(service.minutes);
    row.integer(service.category);
    row.integer(1);
    row.integer(service.most_people);
    row.text("09:00:00");
    row.text("23:59:00");
    row.text(slots_json(service.kind));
    row.boolean(true);
    row.boolean(service.kind != Kind::otro && !service.never_alone);
    row.text(tipo_servicio(service.kind));
    row.text(service.description);
    row.end_row();
  }
}

void write_products(Target& target) {
  Table categories{&target.table("ventas_categoriaproducto", {"id", "nombre"})};
  for (const std::string_view name : product_categories()) {
    sql::BulkWriter& row = categories.next_row();
    row.text(name);
    row.end_row();
  }
  Table rows{&target.table("ventas_producto",
                           {"id", "nombre", "precio_base", "cantidad_disponible", "categoria_id", "publicado_web"})};
  for (const Product& product : products()) {
    sql::BulkWriter& row = rows.next_row();
    row.text(product.name);
    row.integer(product.price);
    row.integer(rows.last_id * 37 % 90);
    row.integer(product.category);
    row.boolean(rows.last_id % 4 != 0);
    row.end_row();
  }
}

void write_masseuses(const World& world, Target& target) {
  Table rows{&target.table("ventas_proveedor", {"id", "nombre", "email", "es_masajista"})};
  for (int i = 0; i < masseuses; ++i) {
    Rng rng(world.seed(), Stream::around, static_cast<std::uint64_t>(i));
    const FullName name = world.names().full_name(rng);
    sql::BulkWriter& row = rows.next_row();
    row.text(fmt::format("{} {}", name.given, name.surname));
    row.null();
    row.boolean(true);
    row.end_row();
  }
}

struct Pack {
  std::string_view name;
  Pesos off;
  std::string_view needs;
  bool active;
};

void write_packs(const World& world, Target& target) {
  constexpr std::array<Pack, 4> packs{{{"Pack Tina y Masaje para dos", 35'000, R"(["tina", "masaje"])", true},
                                       {"Pack Noche y Tina", 20'000, R"(["cabana", "tina"])", true},
                                       {"Pack Noche, Tina y Masaje", 45'000, R"(["cabana", "tina", "masaje"])", true},
                                       {"Pack Invierno", 15'000, R"(["tina", "masaje"])", false}}};
  Table rows{&target.table("ventas_packdescuento", {"id", "nombre", "descripcion", "descuento", "servicios_requeridos",
                                                    "activo", "fecha_inicio", "fecha_fin", "prioridad"})};
  for (const Pack& pack : packs) {
    sql::BulkWriter& row = rows.next_row();
    row.text(pack.name);
    row.text("Descuento por reservar juntos.");
    row.integer(pack.off);
    row.text(pack.needs);
    row.boolean(pack.active);
    row.date(live_begins(world));
    pack.active ? row.null() : row.date(live_begins(world).plus_days(120));
    row.integer(rows.last_id);
    row.end_row();
  }
}

struct Closed {
  int service;
  int from;  // days from today
  int to;
  std::string_view reason;
  bool active;
};

void write_closures(const World& world, Target& target) {
  constexpr std::array<Closed, 4> closures{{{2, -200, -190, "Mantención de la caldera", true},
                                            {10, -40, -38, "Reparación del techo", true},
                                            {4, 5, 12, "Cambio de tablas de la tina", true},
                                            {11, 20, 21, "Visita de la familia", false}}};
  Table rows{&target.table("ventas_serviciobloqueo",
                           {"id", "fecha_inicio", "fecha_fin", "motivo", "activo", "creado_en", "servicio_id"})};
  for (const Closed& closed : closures) {
    sql::BulkWriter& row = rows.next_row();
    row.date(world.today().plus_days(closed.from));
    row.date(world.today().plus_days(closed.to));
    row.text(closed.reason);
    row.boolean(closed.active);
    row.instant(world.zone().utc(Moment::at(world.today().plus_days(std::min(closed.from, 0) - 3), 12, 0)));
    row.integer(closed.service);
    row.end_row();
  }
  Table added{&target.table("whatsapp_agent_whatsappagentconfig_servicios_complementarios",
                            {"id", "whatsappagentconfig_id", "servicio_id"})};
  for (const Service& service : services()) {
    if (!service.never_alone) continue;
    sql::BulkWriter& row = added.next_row();
    row.integer(1);
    row.integer(service.id);
    row.end_row();
  }
}

void write_prizes(const World& world, Target& target) {
  constexpr std::array<std::string_view, 3> titles{"Tina gratis para dos", "10 % en tu próxima visita",
                                                   "Noche de cabaña con desayuno"};
  Table rows{&target.table("ventas_premio", {"id", "tipo", "titulo", "descripcion_corta", "descripcion_legal",
                                             "valor_estimado", "dias_validez", "restricciones", "created_at", "updated_at"})};
  const UnixSeconds made = world.zone().utc(Moment::at(live_begins(world), 12, 0));
  for (const std::string_view title : titles) {
    sql::BulkWriter& row = rows.next_row();
    row.text("premio");
    row.text(title);
    row.text(title);
    row.text("");
    row.integer(rows.last_id * 30'000);
    row.integer(180);
    row.text("");
    row.instant(made);
    row.instant(made);
    row.end_row();
  }
}

}  // namespace

void write_house(const World& world, Target& target) {
  write_places(world, target);
  write_services(target);
  write_products(target);
  write_masseuses(world, target);
  write_packs(world, target);
  write_closures(world, target);
  write_prizes(world, target);
}

}  // namespace aremko::demo

// What is looked for in a Django database, and in which order it is read.
#include "sources/django_load.h"

namespace aremko::sources {

Result<void> DjangoLoad::plan(sql::Connection& database, const std::vector<std::string>& ahead) {
  Catalogue catalogue(database, batch_.report.notes_es, tables_);
  catalogue.look_ahead(ahead);
  plan_sales(catalogue);
  plan_catalogue(catalogue);
  consent_.plan(catalogue);
  extras_.plan(catalogue);
  messages_.plan(catalogue);
  asked_ = catalogue.asked();
  batch_.whatsapp_consent_unreadable = (catalogue.closed() & by_phone) != 0;
  batch_.email_consent_unreadable = (catalogue.closed() & by_email) != 0;
  return catalogue.outcome();
}

void DjangoLoad::plan_sales(Catalogue& catalogue) {
  using enum As;
  using enum Need;
  customers_ = catalogue.look("ventas_cliente", required,
                              {{"id", integer}, {"nombre", text}, {"telefono", text}, {"email", text, optional},
                               {"documento_identidad", text, optional}, {"pais", text, optional},
                               {"ciudad", text, optional}, {"created_at", instant, optional},
                               {"region_id", integer, optional}, {"comuna_id", integer, optional},
                               {"opt_out_whatsapp", boolean, optional, by_phone},
                               {"proximo_contacto_no_antes_de", date, optional, by_all},
                               {"es_staff_proxy", boolean, optional}, {"region_geografica", text, optional, by_phone},
                               {"ultimo_contacto_outbound", date, optional}});
  sales_ = catalogue.look("ventas_ventareserva", required,
                          {{"id", integer}, {"cliente_id", integer}, {"total", money}, {"pagado", money, optional},
                           {"saldo_pendiente", money, optional}, {"fecha_creacion", instant},
                           {"fecha_reserva", instant, optional}, {"estado_pago", text},
                           {"estado_reserva", text, optional}, {"comentarios", text, optional}});
  service_lines_ = catalogue.look("ventas_reservaservicio", required,
                                  {{"venta_reserva_id", integer}, {"servicio_id", integer}, {"fecha_agendamiento", date},
                                   {"hora_inicio", text, optional}, {"cantidad_personas", integer, optional},
                                   {"precio_unitario_venta", money, optional}, {"proveedor_asignado_id", integer, extra}});
  product_lines_ = catalogue.look("ventas_reservaproducto", optional,
                                  {{"venta_reserva_id", integer}, {"producto_id", integer}, {"cantidad", integer, optional},
                                   {"fecha_entrega", date, optional}, {"precio_unitario_venta", money, optional}});
  payments_ = catalogue.look("ventas_pago", optional,
                             {{"venta_reserva_id", integer}, {"monto", money}, {"metodo_pago", text},
                              {"fecha_pago", instant, optional}, {"giftcard_id", integer, extra}});
}

void DjangoLoad::plan_catalogue(Catalogue& catalogue) {
  using enum As;
  using enum Need;
  services_ = catalogue.look("ventas_servicio", required,
                             {{"id", integer}, {"nombre", text}, {"precio_base", money, optional},
                              {"duracion", integer, optional}, {"tipo_servicio", text, optional},
                              {"categoria_id", integer, optional}, {"activo", boolean, optional},
                              {"publicado_web", boolean, optional}, {"descripcion_web", text, optional},
                              {"capacidad_minima", integer, optional}, {"capacidad_maxima", integer, optional},
                              {"slots_disponibles", json, extra}});
  products_ = catalogue.look("ventas_producto", optional,
                             {{"id", integer}, {"nombre", text}, {"precio_base", money, optional},
                              {"cantidad_disponible", integer, optional}, {"categoria_id", integer, optional},
                              {"publicado_web", boolean, optional}});
  const std::vector<Want> named = {{"id", integer}, {"nombre", text}};
  categories_ = catalogue.look("ventas_categoriaservicio", optional, named);
  product_categories_ = catalogue.look("ventas_categoriaproducto", extra, named);
  providers_ = catalogue.look("ventas_proveedor", extra, {{"id", integer, optional}, {"nombre", text, optional}});
  complements_ = catalogue.look("whatsapp_agent_whatsappagentconfig_servicios_complementarios", extra,
                                {{"servicio_id", integer, optional}});
  regions_ = catalogue.look("ventas_region", optional, named);
  comunas_ = catalogue.look("ventas_comuna", optional, {{"id", integer}, {"nombre", text}, {"region_id", integer, optional}});
}

const std::vector<std::string>& DjangoLoad::every_table() {
  static const std::vector<std::string> tables = [] {
    // Planned on a database without any table: nothing is found, and all is asked for.
    const auto nothing = sql::open({.engine = sql::Engine::sqlite, .path = ":memory:"});
    CurrentBatch batch;
    const Zone zone = *Zone::load("UTC");
    const LocalTime time(zone);
    const StaffNames nobody;
    DjangoLoad load(batch, time, nobody);
    (void)load.plan(*nothing);
    return load.asked_;
  }();
  return tables;
}

std::uint64_t DjangoLoad::estimated_rows() const {
  return customers_.rows + sales_.rows + service_lines_.rows + product_lines_.rows + payments_.rows;
}

std::vector<DjangoLoad::Reader> DjangoLoad::big_tables() const {
  std::vector<Reader> readers = {&DjangoLoad::read_sales, &DjangoLoad::read_service_lines,
                                 &DjangoLoad::read_customers};
  if (payments_.exists) readers.push_back(&DjangoLoad::read_payments);
  if (product_lines_.exists) readers.push_back(&DjangoLoad::read_product_lines);
  return readers;
}

void DjangoLoad::read_small(sql::Connection& database) {
  read_places(database);
  read_services(database);
  read_providers(database);
  if (products_.exists) read_products(database);
}

}  // namespace aremko::sources

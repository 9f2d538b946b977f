#include "demo/current_db.h"

#include <fmt/format.h>

#include "demo/catalog.h"
#include "demo/customer_row.h"
#include "demo/sale.h"

namespace aremko::demo {

namespace {

std::string clock_time(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

std::string slots_json(Kind kind) {
  std::string json = "[";
  for (const int minute : start_minutes(kind)) json += fmt::format("{}\"{}\"", json.size() > 1 ? ", " : "", clock_time(minute));
  return json + "]";
}

/// A row id of its own for every table.
struct Table {
  sql::BulkWriter* writer;
  std::int64_t last_id = 0;
  sql::BulkWriter& next_row() {
    writer->integer(++last_id);
    return *writer;
  }
};

class SaleWriter {
 public:
  SaleWriter(const World& world, Target& target)
      : world_(world),
        sales_{&target.table("ventas_ventareserva",
                             {"id", "fecha_creacion", "fecha_reserva", "total", "pagado", "saldo_pendiente", "estado_pago",
                              "estado_reserva", "codigo_giftcard", "cobrado", "numero_documento_fiscal", "comentarios",
                              "cliente_id"})},
        services_{&target.table("ventas_reservaservicio",
                                {"id", "fecha_agendamiento", "hora_inicio", "cantidad_personas", "precio_unitario_venta",
                                 "servicio_id", "venta_reserva_id"})},
        products_{&target.table("ventas_reservaproducto", {"id", "cantidad", "fecha_entrega", "precio_unitario_venta",
                                                           "producto_id", "venta_reserva_id"})},
        gift_cards_{&target.table("ventas_giftcard",
                                  {"id", "codigo", "monto_inicial", "monto_disponible", "fecha_emision",
                                   "fecha_vencimiento", "estado", "cliente_comprador_id", "cliente_destinatario_id",
                                   "venta_reserva_id"})},
        payments_{&target.table("ventas_pago",
                                {"id", "fecha_pago", "monto", "metodo_pago", "giftcard_id", "venta_reserva_id"})},
        surveys_{&target.table("ventas_encuestasatisfaccion",
                               {"id", "fecha_respuesta", "fecha_visita", "nps_score", "cal_general", "cal_tinas",
                                "cal_masajes", "cal_atencion", "cal_limpieza", "lo_que_mas_gusto", "sugerencias",
                                "decepcion", "intencion_volver", "cliente_id", "venta_reserva_id"})} {}

  void write(const PlannedSale& planned) {
    const Sale sale = sale_of(world_, planned);
    const std::int64_t id = sales_.last_id + 1;
    const std::string code = sale.gift_card ? gift_card_code() : std::string{};
    write_sale(planned, sale, code);
    for (const ServiceLine& line : sale.services) write_line(line, id);
    for (const ProductLine& line : sale.products) write_line(line, id);
    for (const Payment& payment : sale.payments) write_payment(payment, id);
    if (sale.gift_card) write_gift_card(planned, *sale.gift_card, code, id);
    if (const auto answer = survey_of(world_, planned, sale)) write_survey(planned, *answer, id);
  }

  void count(DemoSummary& summary) const {
    summary.sales = sales_.last_id;
    summary.service_lines = services_.last_id;
    summary.product_lines = products_.last_id;
    summary.payments = payments_.last_id;
  }

 private:
  void instant(sql::BulkWriter& row, Moment moment) const { row.instant(world_.zone().utc(moment)); }
  static void optional_number(sql::BulkWriter& row, const std::optional<Pesos>& value) {
    value ? row.integer(*value) : row.null();
  }

  void write_sale(const PlannedSale& planned, const Sale& sale, const std::string& code) {
    sql::BulkWriter& row = sales_.next_row();
    instant(row, planned.created);
    // Older rows have no fecha_reserva; the visit's moment is its services' anyway.
    (planned.number + planned.person) % 9 == 0 && !World::is_guide(planned.person) ? row.null() : instant(row, sale.reserved);
    row.integer(sale.total);
    row.integer(sale.paid);
    row.integer(sale.total - sale.paid);
    row.text(sale.payment_state);
    row.text(sale.booking_state);
    code.empty() ? row.null() : row.text(code);
    row.boolean(sale.payment_state == "pagado");
    row.null();
    sale.comment.empty() ? row.null() : row.text(sale.comment);
    row.integer(std::int64_t{planned.person} + 1);
    row.end_row();
  }

  void write_line(const ServiceLine& line, std::int64_t sale) {
    sql::BulkWriter& row = services_.next_row();
    row.date(line.day);
    row.text(clock_time(line.start_minute));
    row.integer(line.people);
    optional_number(row, line.unit_price);
    row.integer(line.service);
    row.integer(sale);
    row.end_row();
  }

  void write_line(const ProductLine& line, std::int64_t sale) {
    sql::BulkWriter& row = products_.next_row();
    row.integer(line.quantity);
    line.delivered ? row.date(*line.delivered) : row.null();
    optional_number(row, line.unit_price);
    row.integer(line.product);
    row.integer(sale);
    row.end_row();
  }

  void write_payment(const Payment& payment, std::int64_t sale) {
    sql::BulkWriter& row = payments_.next_row();
    instant(row, payment.at);
    row.integer(payment.amount);
    row.text(payment.method);
    row.null();
    row.integer(sale);
    row.end_row();
  }

  std::string gift_card_code() const {
    constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    const std::int64_t number = gift_cards_.last_id + 1;
    Rng rng(world_.seed(), Stream::gift_card, static_cast<std::uint64_t>(number));
    std::string code = fmt::format("{:07}", number);  // the number makes it unique, the letters hard to guess
    while (code.size() < 12) code += rng.pick(letters);
    return code;
  }

  void write_gift_card(const PlannedSale& planned, const GiftCardSold& card, const std::string& code, std::int64_t sale) {
    sql::BulkWriter& row = gift_cards_.next_row();
    const Date day = planned.created.date();
    row.text(code);
    row.integer(card.amount);
    row.integer(card.left);
    row.date(day);
    row.date(day.plus_months(12));
    row.text(card.left == 0 ? "cobrado" : "por_cobrar");
    row.integer(std::int64_t{planned.person} + 1);
    if (card.for_other) {
      Rng rng(world_.seed(), Stream::gift_card, static_cast<std::uint64_t>(sale), 1);
      Person other = rng.below(world_.customers());
      if (World::is_guide(other) || World::is_staff(other)) other = planned.person;
      row.integer(std::int64_t{other} + 1);
    } else {
      row.null();
    }
    row.integer(sale);
    row.end_row();
  }

  void write_survey(const PlannedSale& planned, const SurveyAnswer& answer, std::int64_t sale) {
    sql::BulkWriter& row = surveys_.next_row();
    instant(row, answer.answered);
    row.date(planned.day);
    row.integer(answer.nps);
    for (const int mark : {answer.general, answer.tinas, answer.masajes, answer.atencion, answer.limpieza}) {
      mark == 0 ? row.null() : row.integer(mark);
    }
    row.text(answer.liked);
    row.text(answer.suggestions);
    row.text(answer.disappointed);
    row.text(answer.return_intention);
    row.integer(std::int64_t{planned.person} + 1);
    row.integer(sale);
    row.end_row();
  }

  const World& world_;
  Table sales_, services_, products_, gift_cards_, payments_, surveys_;
};

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
    row.boolean(service.kind != Kind::otro);
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

}  // namespace

void write_catalog(const World& world, Target& target) {
  write_places(world, target);
  write_services(target);
  write_products(target);
}

void write_customers(const World& world, Target& target, const Progress& progress, DemoSummary& summary) {
  Ticker ticker(progress, "clientes", world.customers());
  sql::BulkWriter& row = target.table(
      "ventas_cliente",
      {"id", "nombre", "email", "telefono", "documento_identidad", "pais", "ciudad", "created_at", "region_id", "comuna_id",
       "opt_out_whatsapp", "proximo_contacto_no_antes_de", "ultimo_contacto_outbound", "es_staff_proxy", "region_geografica"});
  const auto text = [&row](const std::optional<std::string>& value) { value ? row.text(*value) : row.null(); };
  for (Person person = 0; person < world.customers(); ++person) {
    const CustomerRow customer = customer_row(world, person);
    row.integer(std::int64_t{person} + 1);
    row.text(customer.nombre);
    text(customer.email);
    row.text(customer.telefono);
    text(customer.documento_identidad);
    text(customer.pais);
    text(customer.ciudad);
    customer.created.known() ? row.instant(world.zone().utc(customer.created)) : row.null();
    customer.region != 0 ? row.integer(customer.region) : row.null();
    customer.has_comuna ? row.integer(static_cast<std::int64_t>(world.contact(person).city) + 1) : row.null();
    row.boolean(customer.opt_out);
    row.date(customer.not_before);
    row.date(customer.last_contact);
    row.boolean(customer.staff);
    row.text(customer.region != 0 ? std::string_view(world.region(customer.region).name) : std::string_view{});
    row.end_row();
    ticker.step();
  }
  summary.customers = world.customers();
}

void write_sales(const World& world, Target& target, const Progress& progress, DemoSummary& summary) {
  const std::vector<PlannedSale> plan = plan_sales(world);
  Ticker ticker(progress, "ventas", plan.size());
  SaleWriter writer(world, target);
  for (const PlannedSale& planned : plan) {
    writer.write(planned);
    ticker.step();
  }
  writer.count(summary);
}

}  // namespace aremko::demo

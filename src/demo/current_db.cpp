#include "demo/current_db.h"

#include <fmt/format.h>

#include "demo/around_customers.h"
#include "demo/catalog.h"
#include "demo/customer_row.h"
#include "demo/gift_cards.h"
#include "demo/live_file.h"
#include "demo/sale.h"

namespace aremko::demo {

namespace {

std::string clock_time(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

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
                                 "servicio_id", "proveedor_asignado_id", "venta_reserva_id"})},
        products_{&target.table("ventas_reservaproducto", {"id", "cantidad", "fecha_entrega", "precio_unitario_venta",
                                                           "producto_id", "venta_reserva_id"})},
        gift_cards_(world, target),
        payments_{&target.table("ventas_pago",
                                {"id", "fecha_pago", "monto", "metodo_pago", "giftcard_id", "venta_reserva_id"})},
        surveys_{&target.table("ventas_encuestasatisfaccion",
                               {"id", "fecha_respuesta", "fecha_visita", "nps_score", "cal_experiencia_general",
                                "cal_temperatura_tina", "cal_servicio_masajes", "cal_atencion_visita", "cal_limpieza_tinas",
                                "lo_que_mas_gusto", "sugerencias", "decepcion", "intencion_volver", "contacto_nombre",
                                "contacto_email", "contacto_telefono", "quiere_newsletter", "permite_seguimiento",
                                "requiere_followup", "cliente_id", "venta_reserva_id"})},
        companions_{&target.table("ventas_participantemasajereserva",
                                  {"id", "nombre", "tipo_participante", "token_formulario", "created_at", "updated_at",
                                   "reserva_id", "cliente_id"})} {}

  void write(const PlannedSale& planned) {
    const Sale sale = sale_of(world_, planned);
    const std::int64_t id = sales_.last_id + 1;
    const std::string code = sale.gift_card ? gift_cards_.sell(planned, *sale.gift_card, id) : std::string{};
    write_sale(planned, sale, code);
    for (const ServiceLine& line : sale.services) write_line(line, id);
    for (const ProductLine& line : sale.products) write_line(line, id);
    for (const Payment& payment : sale.payments) write_payment(planned, payment, id);
    if (const auto answer = survey_of(world_, planned, sale)) write_survey(planned, *answer, id);
    if (sale.companion) write_companions(planned, id);
    if (stands_in_services_file(world_, planned, sale)) in_services_file_.push_back({id, planned});
  }
  std::vector<SoldLive> finish() {
    gift_cards_.write();
    return std::move(in_services_file_);
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
    line.provider == 0 ? row.null() : row.integer(line.provider);
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

  void write_payment(const PlannedSale& planned, const Payment& payment, std::int64_t sale) {
    if (payment.method != "giftcard" || !is_live(world_, planned)) {
      return write_payment(payment.amount, payment.method, payment.at, {}, sale);
    }
    // What the card does not hold is paid as people do; without a card, all of it.
    const auto spent = gift_cards_.spend(planned.person, payment.amount, payment.at.date());
    if (spent) write_payment(spent->amount, "giftcard", payment.at, spent->card, sale);
    const Pesos rest = payment.amount - (spent ? spent->amount : 0);
    if (rest != 0) write_payment(rest, "transferencia", payment.at, {}, sale);
  }
  void write_payment(Pesos amount, std::string_view method, Moment at, std::optional<std::int64_t> card, std::int64_t sale) {
    sql::BulkWriter& row = payments_.next_row();
    instant(row, at);
    row.integer(amount);
    row.text(method);
    optional_number(row, card);
    row.integer(sale);
    row.end_row();
  }

  void write_companions(const PlannedSale& planned, std::int64_t sale) {
    Rng rng(world_.seed(), Stream::around, static_cast<std::uint64_t>(sale), 1);
    for (const bool buyer : {true, false}) {
      sql::BulkWriter& row = companions_.next_row();
      row.text(name_in_words(buyer ? world_.name(planned.person) : world_.names().full_name(rng), 2));
      row.text(buyer ? "comprador" : "acompanante");
      row.text(fmt::format("{:016x}{:08x}", mix64(static_cast<std::uint64_t>(sale)), companions_.last_id));
      instant(row, planned.created);
      instant(row, planned.created);
      row.integer(sale);
      buyer ? row.integer(std::int64_t{planned.person} + 1) : row.null();
      row.end_row();
    }
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
    write_answerer(row, planned);
    row.boolean(answer.nps <= 5);
    // Whoever filled it in from the street is known by what they left, or by their sale alone.
    answer.known ? row.integer(std::int64_t{planned.person} + 1) : row.null();
    answer.known || planned.person % 2 == 0 ? row.integer(sale) : row.null();
    row.end_row();
  }
  void write_answerer(sql::BulkWriter& row, const PlannedSale& planned) const {
    Rng rng(world_.seed(), Stream::around, planned.person, planned.number + 2u);
    const Contact contact = world_.contact(planned.person);
    row.text(rng.chance(600) ? name_in_words(world_.name(planned.person), 2) : std::string{});
    row.text(rng.chance(400) ? contact.email : std::string{});
    row.text(rng.chance(600) && !contact.foreign() ? fmt::format("+56{}", contact.mobile) : std::string{});
    rng.chance(500) ? row.boolean(rng.chance(700)) : row.null();
    rng.chance(500) ? row.boolean(rng.chance(800)) : row.null();
  }

  const World& world_;
  Table sales_, services_, products_;
  GiftCards gift_cards_;
  Table payments_, surveys_, companions_;
  std::vector<SoldLive> in_services_file_;
};

}  // namespace

void write_customers(const World& world, Target& target, const Progress& progress, DemoSummary& summary) {
  Ticker ticker(progress, "clientes", world.customers());
  sql::BulkWriter& row = target.table(
      "ventas_cliente",
      {"id", "nombre", "email", "telefono", "documento_identidad", "pais", "ciudad", "created_at", "region_id", "comuna_id",
       "opt_out_whatsapp", "proximo_contacto_no_antes_de", "ultimo_contacto_outbound", "es_staff_proxy", "region_geografica"});
  AroundCustomers around(world, target);
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
    row.text(customer.geography);
    row.end_row();
    around.write(person, customer);
    ticker.step();
  }
  summary.customers = world.customers();
}

std::vector<SoldLive> write_sales(const World& world, Target& target, const Progress& progress, DemoSummary& summary) {
  const std::vector<PlannedSale> plan = plan_sales(world);
  Ticker ticker(progress, "ventas", plan.size());
  SaleWriter writer(world, target);
  for (const PlannedSale& planned : plan) {
    writer.write(planned);
    ticker.step();
  }
  writer.count(summary);
  return writer.finish();
}

}  // namespace aremko::demo

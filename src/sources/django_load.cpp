#include "sources/django_load.h"

#include "base/text.h"
#include "normalize/place.h"
#include "normalize/service.h"
#include "sources/cells.h"

namespace aremko::sources {

namespace {

/// Texts people wrote; longer ones are pasted documents.
constexpr std::size_t max_text = 2'000;

constexpr Reason no_id{"no_id", "La fila no tiene identificador.", "The row has no id."};

std::string cleaned(Cleaner& cleaner, std::string_view raw) {
  return std::string(clip(trim(cleaner.clean(raw)), max_text));
}

Pesos price_of(sql::RowReader& row, std::size_t column) {
  const Pesos price = row.pesos(column);
  return price >= 0 && price <= max_sale_amount ? price : 0;
}

int small_number(sql::RowReader& row, std::size_t column) {
  return static_cast<int>(std::clamp<std::int64_t>(row.integer(column), -1'000'000, 1'000'000));
}

}  // namespace

Result<void> DjangoLoad::plan(sql::Connection& database) {
  using enum As;
  constexpr Need maybe = Need::optional;
  std::vector<std::string>& notes = batch_.report.notes_es;
  Result<void> outcome;
  const auto look = [&](TablePlan& plan, std::string_view table, Need need, std::initializer_list<Want> wants) {
    asked_.emplace_back(table);
    if (!outcome) return;
    auto planned = plan_table(database, table, need, wants, notes);
    if (!planned) {
      outcome = fail(std::move(planned.error()));
    } else {
      plan = std::move(*planned);
      if (plan.exists) tables_.push_back(table);
    }
  };
  look(customers_, "ventas_cliente", Need::required,
       {{"id", integer}, {"nombre", text}, {"telefono", text}, {"email", text, maybe},
        {"documento_identidad", text, maybe}, {"pais", text, maybe}, {"ciudad", text, maybe},
        {"created_at", instant, maybe}, {"region_id", integer, maybe}, {"comuna_id", integer, maybe},
        {"opt_out_whatsapp", boolean, maybe}, {"proximo_contacto_no_antes_de", date, maybe},
        {"es_staff_proxy", boolean, maybe}, {"region_geografica", text, maybe}});
  look(sales_, "ventas_ventareserva", Need::required,
       {{"id", integer}, {"cliente_id", integer}, {"total", money}, {"pagado", money, maybe},
        {"saldo_pendiente", money, maybe}, {"fecha_creacion", instant}, {"fecha_reserva", instant, maybe},
        {"estado_pago", text}, {"estado_reserva", text, maybe}, {"comentarios", text, maybe}});
  look(service_lines_, "ventas_reservaservicio", Need::required,
       {{"venta_reserva_id", integer}, {"servicio_id", integer}, {"fecha_agendamiento", date},
        {"hora_inicio", text, maybe}, {"cantidad_personas", integer, maybe},
        {"precio_unitario_venta", money, maybe}});
  look(product_lines_, "ventas_reservaproducto", maybe,
       {{"venta_reserva_id", integer}, {"producto_id", integer}, {"cantidad", integer, maybe},
        {"fecha_entrega", date, maybe}, {"precio_unitario_venta", money, maybe}});
  look(payments_, "ventas_pago", maybe,
       {{"venta_reserva_id", integer}, {"monto", money}, {"metodo_pago", text}, {"fecha_pago", instant, maybe}});
  look(services_, "ventas_servicio", Need::required,
       {{"id", integer}, {"nombre", text}, {"precio_base", money, maybe}, {"duracion", integer, maybe},
        {"tipo_servicio", text, maybe}, {"categoria_id", integer, maybe}, {"activo", boolean, maybe},
        {"publicado_web", boolean, maybe}, {"descripcion_web", text, maybe}, {"capacidad_minima", integer, maybe},
        {"capacidad_maxima", integer, maybe}});
  look(products_, "ventas_producto", maybe,
       {{"id", integer}, {"nombre", text}, {"precio_base", money, maybe}, {"cantidad_disponible", integer, maybe},
        {"categoria_id", integer, maybe}, {"publicado_web", boolean, maybe}});
  look(categories_, "ventas_categoriaservicio", maybe, {{"id", integer}, {"nombre", text}});
  asked_.emplace_back("ventas_categoriaproducto");
  if (!database.columns("ventas_categoriaproducto").empty()) {
    look(product_categories_, "ventas_categoriaproducto", maybe, {{"id", integer}, {"nombre", text}});
  }
  look(gift_cards_, "ventas_giftcard", maybe,
       {{"id", integer}, {"codigo", text}, {"monto_inicial", money, maybe}, {"monto_disponible", money, maybe},
        {"fecha_emision", date, maybe}, {"fecha_vencimiento", date, maybe}, {"cliente_comprador_id", integer, maybe},
        {"cliente_destinatario_id", integer, maybe}});
  look(surveys_, "ventas_encuestasatisfaccion", maybe,
       {{"cliente_id", integer, maybe}, {"fecha_respuesta", instant, maybe}, {"nps_score", integer, maybe},
        {"lo_que_mas_gusto", text, maybe}, {"sugerencias", text, maybe}, {"decepcion", text, maybe}});
  look(regions_, "ventas_region", maybe, {{"id", integer}, {"nombre", text}});
  look(comunas_, "ventas_comuna", maybe, {{"id", integer}, {"nombre", text}, {"region_id", integer, maybe}});
  return outcome;
}

const std::vector<std::string>& DjangoLoad::every_table() {
  static const std::vector<std::string> tables = [] {
    // Planned on a database without any table: nothing is found, and all is asked for.
    const auto nothing = sql::open({.engine = sql::Engine::sqlite, .path = ":memory:"});
    CurrentBatch batch;
    const Zone zone = *Zone::load("UTC");
    const LocalTime time(zone);
    DjangoLoad load(batch, time);
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
  // Customers cost most a row and come in the middle, so that the two threads end together.
  if (payments_.exists) readers.insert(readers.begin() + 2, &DjangoLoad::read_payments);
  if (product_lines_.exists) readers.push_back(&DjangoLoad::read_product_lines);
  return readers;
}

void DjangoLoad::read_small(sql::Connection& database) {
  read_places(database);
  read_services(database);
  if (products_.exists) read_products(database);
}

void DjangoLoad::read_places(sql::Connection& database) {
  const auto read = [&](const TablePlan& plan, std::unordered_map<std::int64_t, Place>& into, bool with_region) {
    if (!plan.exists) return;
    Cleaner cleaner;
    const auto row = database.read(plan.select);
    while (row->next()) {
      Place& place = into[row->integer(0)];
      place.name = cleaned(cleaner, row->text(1));
      if (with_region) place.region = row->integer(2);
    }
  };
  read(regions_, regions_by_id_, false);
  read(comunas_, comunas_by_id_, true);
}

DjangoLoad::NamesById DjangoLoad::read_names(sql::Connection& database, const TablePlan& plan) {
  NamesById names;
  if (!plan.exists) return names;
  Cleaner cleaner;
  const auto row = database.read(plan.select);
  while (row->next()) names.emplace(row->integer(0), cleaned(cleaner, row->text(1)));
  small_.report.texts_repaired += cleaner.repaired();
  return names;
}

void DjangoLoad::read_services(sql::Connection& database) {
  Cleaner cleaner;
  const NamesById categories = read_names(database, categories_);
  std::vector<std::int64_t> ids;
  const auto row = database.read(services_.select);
  while (row->next()) {
    ++small_.report.rows_read;
    CatalogService service;
    service.id = row->integer(0);
    if (row->is_null(0) || row->bad_column() == 0) {
      refuse(small_.report, services_.table, row->rows(), no_id);
      continue;
    }
    service.nombre = cleaned(cleaner, row->text(1));
    service.precio_base = price_of(*row, 2);
    service.duracion = small_number(*row, 3);
    service.tipo_servicio = ascii_lower(cleaned(cleaner, row->text(4)));
    if (const auto category = categories.find(row->integer(5)); category != categories.end()) {
      service.categoria = category->second;
    }
    service.activo = row->is_null(6) || row->boolean(6);
    service.publicado_web = row->boolean(7);
    service.descripcion = cleaned(cleaner, row->text(8));
    service.capacidad_minima = small_number(*row, 9);
    service.capacidad_maxima = small_number(*row, 10);
    normalize::ServiceKind kind =
        normalize::service(service.nombre, service.tipo_servicio.empty() ? service.categoria : service.tipo_servicio);
    service.key = std::move(kind.key);
    service.canonical = std::move(kind.canonical);
    service.family = kind.family;
    service.cancelled = kind.cancelled;
    ids.push_back(service.id);
    batch_.services.push_back(std::move(service));
    ++small_.report.rows_kept;
  }
  service_of_ = IdIndex(ids);
  small_.report.texts_repaired += cleaner.repaired();
}

void DjangoLoad::read_products(sql::Connection& database) {
  Cleaner cleaner;
  const NamesById categories = read_names(database, product_categories_);
  std::vector<std::int64_t> ids;
  const auto row = database.read(products_.select);
  while (row->next()) {
    ++small_.report.rows_read;
    CatalogProduct product;
    product.id = row->integer(0);
    if (row->is_null(0) || row->bad_column() == 0) {
      refuse(small_.report, products_.table, row->rows(), no_id);
      continue;
    }
    product.nombre = cleaned(cleaner, row->text(1));
    product.precio_base = price_of(*row, 2);
    product.cantidad_disponible = small_number(*row, 3);
    if (const auto category = categories.find(row->integer(4)); category != categories.end()) {
      product.categoria = category->second;
    }
    product.publicado_web = row->boolean(5);
    ids.push_back(product.id);
    batch_.products.push_back(std::move(product));
    ++small_.report.rows_kept;
  }
  product_of_ = IdIndex(ids);
  small_.report.texts_repaired += cleaner.repaired();
}

void DjangoLoad::read_gift_cards(sql::Connection& database) {
  Cleaner cleaner;
  const auto row = database.read(gift_cards_.select);
  while (row->next()) {
    ++small_.report.rows_read;
    ++small_.report.rows_kept;
    GiftCard card;
    card.id = row->integer(0);
    card.codigo = cleaned(cleaner, row->text(1));
    card.monto_inicial = price_of(*row, 2);
    card.monto_disponible = price_of(*row, 3);
    card.emitida = plausible(row->date(4));
    card.vence = plausible(row->date(5));
    if (!row->is_null(6)) card.buyer = customer_of_.find(row->integer(6));
    if (!row->is_null(7)) card.recipient = customer_of_.find(row->integer(7));
    batch_.gift_cards.push_back(std::move(card));
  }
  small_.report.texts_repaired += cleaner.repaired();
}

void DjangoLoad::read_surveys(sql::Connection& database) {
  Cleaner cleaner;
  const auto row = database.read(surveys_.select);
  while (row->next()) {
    ++small_.report.rows_read;
    ++small_.report.rows_kept;
    Survey survey;
    if (!row->is_null(0)) survey.customer = customer_of_.find(row->integer(0));
    const UnixSeconds answered = row->instant(1);
    if (!row->is_null(1) && row->bad_column() < 0) survey.answered = time_.local(answered);
    const std::int64_t nps = row->integer(2);
    survey.nps = !row->is_null(2) && nps >= 0 && nps <= 10 ? static_cast<int>(nps) : -1;
    survey.liked = cleaned(cleaner, row->text(3));
    survey.suggestions = cleaned(cleaner, row->text(4));
    survey.disappointed = cleaned(cleaner, row->text(5));
    batch_.surveys.push_back(std::move(survey));
  }
  small_.report.texts_repaired += cleaner.repaired();
}

}  // namespace aremko::sources

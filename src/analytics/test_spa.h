#pragma once
// A small spa written down row by row, for the tests of this room; every person in it is invented.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "normalize/service.h"
#include "normalize/text.h"
#include "snapshot/builder.h"

namespace aremko::analytics::testing {

using snapshot::Row;

inline Moment at(int year, int month, int day, int hour = 12, int minute = 0) {
  return Moment::at(Date::of(year, month, day), hour, minute);
}
inline AsOf end_of(int year, int month, int day) { return AsOf::end_of(Date::of(year, month, day)); }

struct Customer {
  std::int64_t id = 0;
  std::string nombre = "Ana Prueba";
  std::string telefono{};  // empty = a mobile of their own
  std::string email{};
  std::string documento{};
  std::uint8_t flags = sources::phone_valid | sources::phone_mobile;
  Moment created{};
  Date no_contact_before{};
  std::uint16_t refusals = 0;
  Date last_outbound{};
};

struct SaleLine {
  std::string service;
  Moment at{};
  int people = 1;
  Pesos price = 20'000;
};
struct SaleProduct {
  std::string product = "Aceite";
  int quantity = 1;
  Pesos price = 9'000;
};
struct SalePayment {
  std::string method;
  Moment at{};
  Pesos amount = 10'000;
};
struct Sale {
  std::int64_t id = 0;
  std::int64_t customer = 0;
  Pesos total = 0;
  Moment created{};
  std::vector<SaleLine> lines{};
  std::vector<SalePayment> payments{};
  sources::PaymentState state = sources::PaymentState::pagado;
  sources::BookingState booking = sources::BookingState::checkout;
  std::optional<Pesos> paid{};  // the sale's total when not said
  std::vector<SaleProduct> products{};
};

struct LegacyCustomer {
  std::string legacy_id;
  std::string nombre;
  Moment created{};
  std::uint8_t flags = 0;
  std::string ciudad{};
  std::string email{};
};
struct LegacyLine {
  std::string cliente;
  std::string service;
  Moment at{};
  std::int64_t reservation = -1;
  Pesos amount = 0;
  int quantity = 1;
};

struct Spa {
  struct Service {
    std::int64_t id;
    std::string nombre;
    std::string tipo;
    bool activo = true;
    Pesos precio = 40'000;
    bool adjustment = false;
    bool never_alone = false;
    sources::PriceUnit unit = sources::PriceUnit::per_person;
    int charged_people = 1;
    int duracion = 0;
  };
  std::vector<Service> services{{5, "Masaje Relajante", "masaje"},     {8, "Tina Caliente Premium", "tina"},
                                {9, "Masaje Terapéutico", "masaje"},   {11, "Alojamiento Weekend", "cabana"},
                                {12, "Desayuno", "otro"},
                                {13, "Descuento_Servicios", "otro", true, -1, true}};
  std::vector<Customer> customers{};  // by id, ascending
  std::vector<Sale> sales{};
  std::vector<LegacyCustomer> legacy{};
  std::vector<LegacyLine> legacy_lines{};
  std::vector<LiveLink> links{};
  std::uint64_t version = 1;
  std::function<void(sources::CurrentBatch&)> more{};  // what else the database holds

  snapshot::SnapshotPtr build() const {
    snapshot::BuildInput input;
    input.version = version;
    input.zone = std::make_shared<const Zone>(Zone::load("America/Santiago").value());
    input.current = current_batch();
    input.legacy = legacy_batch();
    input.services = services_batch();
    input.links = links;
    return snapshot::Builder::build(std::move(input));
  }

  void link(std::string legacy_id, std::int64_t customer) {
    links.push_back({std::move(legacy_id), customer, 95, "00000000-0000-4000-8000-000000000001"});
  }

 private:
  static sources::CatalogService catalog(std::int64_t id, const std::string& name, const std::string& tipo) {
    const auto kind = normalize::service(name, tipo);
    sources::CatalogService out;
    out.id = id;
    if (id != 0) out.nombre = name;
    if (id != 0) out.tipo_servicio = tipo;
    out.key = kind.key;
    out.canonical = kind.canonical;
    out.family = kind.family;
    out.cancelled = kind.cancelled;
    return out;
  }

  std::shared_ptr<const sources::CurrentBatch> current_batch() const {
    auto batch = std::make_shared<sources::CurrentBatch>();
    for (const Service& service : services) {
      batch->services.push_back(catalog(service.id, service.nombre, service.tipo));
      batch->services.back().activo = service.activo;
      batch->services.back().precio_base = service.precio;
      batch->services.back().adjustment = service.adjustment;
      batch->services.back().never_alone = service.never_alone;
      batch->services.back().unit = service.unit;
      batch->services.back().charged_people = service.charged_people;
      batch->services.back().duracion = service.duracion;
    }
    batch->products.push_back({.id = 1, .nombre = "Aceite", .precio_base = 9'000, .cantidad_disponible = 3,
                               .categoria = {}});
    batch->products.push_back({.id = 2, .nombre = "Crema", .precio_base = 8'000, .cantidad_disponible = 0,
                               .categoria = {}});
    batch->products.push_back({.id = 3, .nombre = "Descuento -1000", .precio_base = -1'000, .cantidad_disponible = 999,
                               .categoria = {}, .adjustment = true});
    std::unordered_map<std::int64_t, Row> row_of;
    for (const Customer& customer : customers) {
      row_of[customer.id] = batch->customers.size();
      const std::string phone = customer.telefono.empty() ? fmt::format("+569{:08}", 10'000'000 + customer.id) : customer.telefono;
      put_contact(batch->customers.contact, customer.nombre, phone, customer.email, customer.documento,
                  "Puerto Montt", customer.flags, customer.created);
      batch->customers.id.push_back(customer.id);
      batch->customers.pais.push("Chile");
      batch->customers.no_contact_before.push_back(customer.no_contact_before);
      batch->customers.refusals.push_back(customer.refusals);
      batch->customers.last_outbound.push_back(customer.last_outbound);
    }
    for (const Sale& sale : sales) put_sale(*batch, sale, row_of.at(sale.customer));
    if (more) more(*batch);
    return batch;
  }

  static void put_contact(sources::ContactColumns& columns, const std::string& nombre, const std::string& telefono,
                          const std::string& email, const std::string& documento, const std::string& ciudad,
                          std::uint8_t flags, Moment created) {
    columns.nombre.push(nombre);
    columns.telefono.push(telefono);
    columns.email.push(email);
    columns.documento.push(documento);
    columns.ciudad.push(ciudad);
    columns.region.push("");
    columns.flags.push_back(flags);
    columns.created.push_back(created);
  }

  void put_sale(sources::CurrentBatch& batch, const Sale& sale, Row customer) const {
    auto& sales_out = batch.sales;
    const Row row = sales_out.size();
    sales_out.id.push_back(sale.id);
    sales_out.customer.push_back(customer);
    sales_out.created.push_back(sale.created);
    sales_out.reserved.push_back({});
    sales_out.total.push_back(sale.total);
    sales_out.paid.push_back(sale.paid.value_or(sale.total));
    sales_out.balance.push_back(sale.total - sale.paid.value_or(sale.total));
    sales_out.payment_state.push_back(sale.state);
    sales_out.booking_state.push_back(sale.booking);
    sales_out.comment.push("");
    for (const SaleLine& line : sale.lines) {
      Row service = 0;
      while (service < services.size() && services[service].nombre != line.service) ++service;
      batch.service_lines.sale.push_back(row);
      batch.service_lines.service.push_back(service);
      batch.service_lines.day.push_back(line.at.date());
      batch.service_lines.start_minute.push_back(
          line.at.known() ? static_cast<std::int16_t>(line.at.minute_of_day()) : std::int16_t{-1});
      batch.service_lines.people.push_back(line.people);
      batch.service_lines.unit_price.push_back(line.price);
      batch.service_lines.provider.push_back(0);
    }
    for (const SaleProduct& product : sale.products) {
      const auto known = std::ranges::find(batch.products, product.product, &sources::CatalogProduct::nombre);
      batch.product_lines.sale.push_back(row);
      batch.product_lines.product.push_back(static_cast<Row>(known - batch.products.begin()));
      batch.product_lines.quantity.push_back(product.quantity);
      batch.product_lines.unit_price.push_back(product.price);
      batch.product_lines.delivered.push_back({});
    }
    for (const SalePayment& payment : sale.payments) {
      std::size_t method = 0;
      while (method < batch.payment_methods.size() && batch.payment_methods[method] != payment.method) ++method;
      if (method == batch.payment_methods.size()) batch.payment_methods.push_back(payment.method);
      batch.payments.sale.push_back(row);
      batch.payments.amount.push_back(payment.amount);
      batch.payments.method.push_back(static_cast<std::uint8_t>(method));
      batch.payments.at.push_back(payment.at);
    }
  }

  std::shared_ptr<const sources::LegacyCustomersBatch> legacy_batch() const {
    auto batch = std::make_shared<sources::LegacyCustomersBatch>();
    for (const LegacyCustomer& person : legacy) {
      put_contact(batch->contact, person.nombre, "", person.email, "", person.ciudad, person.flags, person.created);
      batch->legacy_id.push(person.legacy_id);
      batch->record_id.push("REC" + person.legacy_id);
    }
    return batch;
  }

  std::shared_ptr<const sources::LegacyServicesBatch> services_batch() const {
    auto batch = std::make_shared<sources::LegacyServicesBatch>();
    batch->people.push_back({});
    std::vector<std::string> names;
    for (const LegacyLine& line : legacy_lines) {
      const std::string folded = normalize::fold(line.cliente);
      Row person = 0;
      while (person < batch->people.size() && batch->people[person].folded != folded) ++person;
      if (person == batch->people.size()) batch->people.push_back({line.cliente, folded});
      Row service = 0;
      while (service < names.size() && names[service] != line.service) ++service;
      if (service == names.size()) {
        names.push_back(line.service);
        batch->services.push_back(catalog(0, line.service, ""));
      }
      batch->person.push_back(person);
      batch->service.push_back(service);
      batch->reservation.push_back(line.reservation);
      batch->at.push_back(line.at);
      batch->quantity.push_back(line.quantity);
      batch->amount.push_back(line.amount);
      batch->cancelled.push_back(batch->services[service].cancelled ? 1 : 0);
      batch->telefono.push("");
      batch->email.push("");
      batch->customer_id.push_back(0);
    }
    return batch;
  }
};

/// The guide's two people. María: 17 visits in both sources; Patricio: 25 in the current one.
inline Spa guide_spa() {
  Spa spa;
  const std::uint8_t mobile = sources::phone_valid | sources::phone_mobile;
  spa.customers.push_back({.id = 123, .nombre = "María González", .telefono = "+56987654321",
                           .email = "maria@gmail.com", .documento = "12345678-9",
                           .flags = static_cast<std::uint8_t>(mobile | sources::email_valid),
                           .created = at(2018, 9, 1)});
  spa.customers.push_back({.id = 456, .nombre = "Patricio López", .telefono = "+56911112222",
                           .email = "patricio@gmail.com",
                           .flags = static_cast<std::uint8_t>(mobile | sources::email_valid),
                           .created = at(2017, 1, 2)});
  spa.legacy.push_back({.legacy_id = "1657", .nombre = "María González", .created = at(2020, 2, 25, 18, 5)});
  spa.link("1657", 123);

  const std::string massage = "Masaje Relajante";
  const std::string tub = "Tina Caliente Premium";
  const std::vector<std::pair<Moment, std::string>> before{
      {at(2016, 8, 20, 11), massage},  {at(2016, 12, 10), massage}, {at(2017, 1, 14), massage},
      {at(2017, 2, 11), tub},          {at(2017, 4, 8), massage},   {at(2017, 7, 15), massage},
      {at(2017, 10, 7), massage},      {at(2018, 1, 20), tub},      {at(2018, 2, 17), massage},
      {at(2018, 5, 12), tub}};
  for (std::size_t i = 0; i < before.size(); ++i) {
    spa.legacy_lines.push_back({.cliente = "maria gonzalez", .service = before[i].second, .at = before[i].first,
                                .reservation = 100 + static_cast<std::int64_t>(i), .amount = 40'000});
  }
  const std::vector<std::pair<Moment, std::string>> since{
      {at(2018, 9, 15), massage}, {at(2018, 11, 17), massage}, {at(2018, 12, 22), massage},
      {at(2019, 1, 19), tub},     {at(2020, 1, 11), massage},  {at(2020, 2, 10, 16, 30), tub},
      {at(2020, 3, 15, 15), massage}};
  const std::vector<std::string> methods{"transferencia", "transferencia", "efectivo", "transferencia", "efectivo",
                                         "transferencia", "flow",          "transferencia", "efectivo",
                                         "transferencia", "transferencia", "efectivo", "transferencia", "flow",
                                         "transferencia", "efectivo",      "transferencia"};
  std::size_t paid = 0;
  for (std::size_t i = 0; i < since.size(); ++i) {
    Sale sale{.id = 1000 + static_cast<std::int64_t>(i), .customer = 123, .total = 40'000,
              .created = {since[i].first.minutes - 5 * 1440}, .lines = {{since[i].second, since[i].first, 1, 50'000}}};
    if (i + 1 == since.size()) sale.lines.insert(sale.lines.begin(), {"Desayuno", at(2020, 3, 15, 14, 30), 1, 0});
    for (std::size_t k = 0; k < (i < 3 ? 3 : 2); ++k) sale.payments.push_back({methods[paid++], since[i].first});
    sale.payments.push_back({"descuento", since[i].first});  // which the total has off already
    spa.sales.push_back(sale);
  }
  for (int i = 0; i < 25; ++i) {
    const Moment when{at(2022, 12, 20).minutes - i * 80 * 1440};
    const std::string service = i == 3 ? tub : i % 2 == 0 ? "Masaje Terapéutico" : "Alojamiento Weekend";
    spa.sales.push_back({.id = 2000 + i, .customer = 456, .total = 48'000, .created = when,
                         .lines = {{service, when, 2}}, .payments = {{"webpay", when}}});
  }
  return spa;
}

}  // namespace aremko::analytics::testing

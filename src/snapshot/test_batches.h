#pragma once
// Small batches made by hand for the tests of this room; every person in them is invented.

#include <memory>
#include <string>
#include <string_view>

#include "base/text.h"
#include "normalize/text.h"
#include "snapshot/builder.h"

namespace aremko::snapshot::testing {

inline Moment at(int year, int month, int day, int hour = 0, int minute = 0) {
  return Moment::at(Date::of(year, month, day), hour, minute);
}

struct Contact {
  std::string nombre;
  std::string telefono = {};
  std::string email = {};
  std::string documento = {};
};

inline void push(sources::ContactColumns& columns, const Contact& contact) {
  columns.nombre.push(contact.nombre);
  columns.telefono.push(contact.telefono);
  columns.email.push(contact.email);
  columns.documento.push(contact.documento);
  columns.ciudad.push("");
  columns.region.push("");
  std::uint8_t flags = 0;
  if (contact.telefono.starts_with("+")) flags |= sources::phone_valid | sources::phone_mobile;
  if (!contact.email.empty()) flags |= sources::email_valid;
  if (!contact.documento.empty()) flags |= sources::rut_valid;
  columns.flags.push_back(flags);
  columns.created.push_back(Moment{});
}

/// The current database: services 0 masaje, 1 tina, 2 a cancellation, 3 an extra.
struct Current {
  std::shared_ptr<sources::CurrentBatch> batch = std::make_shared<sources::CurrentBatch>();

  Current() {
    const auto service = [&](std::int64_t id, std::string name, Family family, bool cancelled) {
      sources::CatalogService out;
      out.id = id;
      out.nombre = std::move(name);
      out.family = family;
      out.cancelled = cancelled;
      batch->services.push_back(out);
    };
    service(5, "Masaje Relajante", Family::masaje, false);
    service(8, "Tina Caliente", Family::tina, false);
    service(9, "Servicio Anulado", Family::otro, true);
    service(10, "Desayuno", Family::extra, false);
    batch->products.emplace_back();
  }
  Row customer(std::int64_t id, const Contact& contact) {
    auto& customers = batch->customers;
    push(customers.contact, contact);
    customers.id.push_back(id);
    customers.pais.push("Chile");
    customers.no_contact_before.push_back(Date{});
    customers.refusals.push_back(0);
    customers.last_outbound.push_back(Date{});
    return customers.size() - 1;
  }
  Row sale(Row customer, Pesos total, Moment reserved = {}, Moment created = {},
           sources::PaymentState state = sources::PaymentState::pagado) {
    auto& sales = batch->sales;
    sales.id.push_back(static_cast<std::int64_t>(sales.id.size()) + 1000);
    sales.customer.push_back(customer);
    sales.created.push_back(created);
    sales.reserved.push_back(reserved);
    sales.total.push_back(total);
    sales.paid.push_back(total);
    sales.balance.push_back(0);
    sales.payment_state.push_back(state);
    sales.booking_state.push_back(sources::BookingState::checkout);
    sales.comment.push("");
    return sales.size() - 1;
  }
  void service_line(Row sale, Row service, Date day, int minute) {
    auto& lines = batch->service_lines;
    lines.sale.push_back(sale);
    lines.service.push_back(service);
    lines.day.push_back(day);
    lines.start_minute.push_back(static_cast<std::int16_t>(minute));
    lines.people.push_back(1);
    lines.unit_price.push_back(0);
    lines.provider.push_back(0);
  }
  void product_line(Row sale) {
    auto& lines = batch->product_lines;
    lines.sale.push_back(sale);
    lines.product.push_back(0);
    lines.quantity.push_back(1);
    lines.unit_price.push_back(0);
    lines.delivered.push_back(Date{});
  }
};

struct LegacyCustomers {
  std::shared_ptr<sources::LegacyCustomersBatch> batch = std::make_shared<sources::LegacyCustomersBatch>();
  Row person(std::string_view legacy_id, const Contact& contact) {
    push(batch->contact, contact);
    batch->legacy_id.push(legacy_id);
    batch->record_id.push("R" + std::string(legacy_id));
    return batch->size() - 1;
  }
};

/// Services 0 masaje, 1 tina, 2 an extra.
struct LegacyServices {
  std::shared_ptr<sources::LegacyServicesBatch> batch = std::make_shared<sources::LegacyServicesBatch>();
  LegacyServices() {
    for (const Family family : {Family::masaje, Family::tina, Family::extra}) {
      batch->services.emplace_back().family = family;
    }
    batch->people.push_back({});
  }
  struct Line {
    std::string name;
    Row service = 0;
    Moment at = {};
    std::int64_t reservation = -1;
    Pesos amount = 10'000;
    bool cancelled = false;
    std::string telefono = {};
    std::string email = {};
    std::int64_t customer_id = 0;
  };
  void line(const Line& line) {
    const std::string folded = normalize::fold(line.name);
    Row person = 0;
    while (person < batch->people.size() && batch->people[person].folded != folded) ++person;
    if (person == batch->people.size()) batch->people.push_back({line.name, folded});
    batch->person.push_back(person);
    batch->service.push_back(line.service);
    batch->reservation.push_back(line.reservation);
    batch->at.push_back(line.at);
    batch->quantity.push_back(1);
    batch->amount.push_back(line.amount);
    batch->cancelled.push_back(line.cancelled ? 1 : 0);
    batch->telefono.push(line.telefono);
    batch->email.push(line.email);
    batch->customer_id.push_back(line.customer_id);
  }
};

inline LiveLink link(std::string legacy_id, std::int64_t current_id) {
  return {std::move(legacy_id), current_id, 95, "00000000-0000-4000-8000-000000000000"};
}

struct Spa {
  Current current;
  LegacyCustomers legacy;
  LegacyServices services;
  std::vector<LiveLink> links = {};

  SnapshotPtr build(unsigned threads = 2) const {
    BuildInput input;
    input.current = current.batch;
    input.legacy = legacy.batch;
    input.services = services.batch;
    input.links = links;
    return Builder::build(std::move(input), threads);
  }
};

}  // namespace aremko::snapshot::testing

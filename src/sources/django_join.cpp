// What the tables of a Django database say together, once all are read.

#include <algorithm>
#include <numeric>

#include "sources/column_sets.h"
#include "sources/django_load.h"
#include "sources/service_rules.h"

namespace aremko::sources {

namespace {

constexpr Reason duplicate_id{"duplicate_id", "El identificador ya está en otra fila.", "Another row has the same id."};
constexpr Reason orphan_sale{"orphan", "La venta es de un cliente que no existe.",
                             "The sale is of a customer who does not exist."};
constexpr Reason orphan_line{"orphan", "La fila es de esta venta, que no existe.",
                             "The row is of this sale, which does not exist."};
constexpr Reason refused_with_sale{"of_refused_sale", "La fila es de esta venta, que no se pudo usar.",
                                   "The row is of this sale, which could not be used."};

}  // namespace

/// Into ascending order of id, the first of equal ids kept.
void DjangoLoad::sort_customers() {
  CustomerColumns& into = batch_.customers;
  const std::vector<std::int64_t>& ids = into.id;
  const bool ascending = std::ranges::adjacent_find(ids, std::greater_equal<>()) == ids.end();
  if (!ascending) {
    std::vector<Row> order(ids.size());
    std::iota(order.begin(), order.end(), Row{0});
    std::ranges::sort(order, {}, [&](Row row) { return std::pair(ids[row], row); });
    std::vector<Row> kept;
    kept.reserve(order.size());
    for (const Row row : order) {
      if (!kept.empty() && ids[kept.back()] == ids[row]) {
        refuse(customers_part_.report, customers_.table, static_cast<std::uint64_t>(ids[row]), duplicate_id);
      } else {
        kept.push_back(row);
      }
    }
    gather_rows(into, kept);
  }
  customer_of_ = IdIndex(into.id);
}

void DjangoLoad::join_sales() {
  SaleColumns& into = batch_.sales;
  IdIndex first_of(into.id);
  std::vector<Row> kept;
  bool all = true;
  into.customer.resize(into.id.size());
  kept.reserve(into.id.size());
  for (Row row = 0; row < into.size(); ++row) {
    const Row customer = customer_of_.find(customer_of_sale_[row]);
    into.customer[row] = customer;
    const bool first = first_of.find(into.id[row]) == row;
    if (customer != no_row && first) [[likely]] {
      kept.push_back(row);
      continue;
    }
    all = false;
    refuse(sales_part_.report, sales_.table, static_cast<std::uint64_t>(into.id[row]),
           first ? orphan_sale : duplicate_id);
    if (first) refused_sales_.push_back(into.id[row]);
  }
  customer_of_sale_ = {};
  std::ranges::sort(refused_sales_);
  if (!all) {
    gather_rows(into, kept);
    first_of = IdIndex(into.id);
  }
  sale_index_ = std::move(first_of);
}

/// Ties each line to its sale's row, and drops those that have none.
template <class Lines>
void DjangoLoad::join_to_sales(Lines& lines, std::vector<std::int64_t>& sale_ids, std::string_view table,
                               Part& part) const {
  std::vector<Row>& sale = lines.sale;
  sale.resize(sale_ids.size());
  bool all = true;
  for (std::size_t line = 0; line < sale_ids.size(); ++line) {
    sale[line] = sale_index_.find(sale_ids[line]);
    if (sale[line] != no_row) [[likely]] continue;
    all = false;
    const bool known = std::ranges::binary_search(refused_sales_, sale_ids[line]);
    refuse(part.report, table, static_cast<std::uint64_t>(sale_ids[line]), known ? refused_with_sale : orphan_line);
  }
  sale_ids = {};
  if (!all) {
    std::vector<Row> kept;
    kept.reserve(sale.size());
    for (Row line = 0; line < sale.size(); ++line) {
      if (sale[line] != no_row) kept.push_back(line);
    }
    gather_rows(lines, kept);
  }
  part.report.rows_kept = lines.size();
}

/// A discount may be larger than what its sale sold; it is kept as it is, and said. One with nothing to take it off is an
/// adjustment of its own.
void DjangoLoad::doubt_discounts() {
  const auto& services = batch_.service_lines;
  const auto& products = batch_.product_lines;
  const auto takes_off = [](const auto& lines) {
    return std::ranges::any_of(lines.unit_price, [](std::int32_t price) { return price < 0; });
  };
  if (!takes_off(services) && !takes_off(products)) return;
  constexpr std::uint8_t sold = 1;
  constexpr std::uint8_t off = 2;
  std::vector<Pesos> left(batch_.sales.size());
  std::vector<std::uint8_t> signs(batch_.sales.size());
  const auto weigh = [&](const auto& lines, const auto& count) {
    for (Row line = 0; line < lines.size(); ++line) {
      const Pesos price = lines.unit_price[line];
      left[lines.sale[line]] += price * count[line];
      signs[lines.sale[line]] |= price < 0 ? off : price > 0 ? sold : 0;
    }
  };
  weigh(services, services.people);
  weigh(products, products.quantity);
  for (Row sale = 0; sale < batch_.sales.size(); ++sale) {
    if (left[sale] >= 0 || signs[sale] != (sold | off)) continue;
    sales_part_.doubts.count("ventas_ventareserva: un descuento mayor que su venta",
                             static_cast<std::uint64_t>(batch_.sales.id[sale]));
  }
}

void DjangoLoad::write_report() {
  LoadReport& report = batch_.report;
  for (const Part* part : {&customers_part_, &sales_part_, &service_lines_part_, &product_lines_part_,
                           &payments_part_, &small_}) {
    merge(report, part->report);
    part->doubts.write_notes(report, part == &customers_part_ || part == &sales_part_ || part == &small_ ? "fila" : "venta");
  }
}

void DjangoLoad::finish(sql::Connection& database) {
  sort_customers();
  join_sales();
  join_to_sales(batch_.service_lines, sale_of_service_line_, service_lines_.table, service_lines_part_);
  join_to_sales(batch_.product_lines, sale_of_product_line_, product_lines_.table, product_lines_part_);
  join_to_sales(batch_.payments, sale_of_payment_, payments_.table, payments_part_);
  doubt_discounts();
  learn_price_units(batch_.service_lines, batch_.services);
  CustomerByContact contacts(batch_.customers.contact);
  const Joined joined{batch_, time_, customer_of_, sale_index_, service_of_, contacts, small_};
  extras_.read(database, joined);
  messages_.read(database, joined);
  consent_.read(database, joined);
  customers_part_.report.rows_kept = batch_.customers.size();
  sales_part_.report.rows_kept = batch_.sales.size();
  write_report();
}

}  // namespace aremko::sources

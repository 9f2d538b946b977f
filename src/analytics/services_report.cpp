#include "analytics/services_report.h"

#include <algorithm>
#include <cmath>

#include "analytics/sold_services.h"

namespace aremko::analytics {

namespace {

constexpr std::size_t most_pairs = 10;
constexpr Compared everything{.current = true, .legacy = true};

/// Percent, one decimal.
double share(Pesos part, Pesos whole) {
  return whole == 0 ? 0 : std::round(1000.0 * static_cast<double>(part) / static_cast<double>(whole)) / 10.0;
}

std::string_view name_of(const ServiceNumbers::One& one) {
  return one.shown->nombre.empty() ? std::string_view(one.shown->canonical) : std::string_view(one.shown->nombre);
}

/// The three passes: all of the span, and of the sources compared the span and the one before.
struct Three {
  Sold now;
  Sold compared;
  Sold before;
  bool any = false;
};

std::vector<SoldService> sold_services(const ServiceNumbers& numbers, const Three& three) {
  std::vector<SoldService> out;
  for (std::size_t i = 0; i < numbers.services.size(); ++i) {
    const Sold::Service& now = three.now.services[i];
    const Sold::Service* before = three.any ? &three.before.services[i] : nullptr;
    if (now.visits == 0 && now.money == 0 && (before == nullptr || before->visits == 0)) continue;
    const ServiceNumbers::One& one = numbers.services[i];
    SoldService made{.servicio_id = one.id,
                     .servicio_nombre = name_of(one),
                     .tipo_servicio = type_of(*one.shown),
                     .solo_complemento = one.shown->never_alone || one.shown->family == Family::extra,
                     .ventas = now.money,
                     .participacion = share(now.money, three.now.service_lines),
                     .visitas = now.visits,
                     .personas = now.people};
    if (before != nullptr) {
      made.ventas_comparables = three.compared.services[i].money;
      made.ventas_antes = before->money;
      made.visitas_antes = before->visits;
      made.cambio = change(made.ventas_comparables, before->money);
    }
    out.push_back(made);
  }
  std::ranges::sort(out, [](const SoldService& a, const SoldService& b) {
    return a.ventas != b.ventas ? a.ventas > b.ventas : a.servicio_nombre < b.servicio_nombre;
  });
  return out;
}

std::vector<SoldProduct> sold_products(const snapshot::Snapshot& snapshot, const Three& three) {
  std::vector<SoldProduct> out;
  for (std::size_t i = 0; i < three.now.products.size(); ++i) {
    const Sold::Product& now = three.now.products[i];
    const bool was = three.any && three.before.products[i].units != 0;
    if (now.units == 0 && now.money == 0 && !was) continue;
    const sources::CatalogProduct& product = snapshot.current().products[i];
    SoldProduct made{product.id, product.nombre, now.money, now.units, {}, {}};
    if (three.any) {
      made.ventas_antes = three.before.products[i].money;
      made.cambio = change(three.compared.products[i].money, *made.ventas_antes);
    }
    out.push_back(made);
  }
  std::ranges::sort(out, [](const SoldProduct& a, const SoldProduct& b) {
    return a.ventas != b.ventas ? a.ventas > b.ventas : a.producto_id < b.producto_id;
  });
  return out;
}

std::vector<ServicePair> pairs(const ServiceNumbers& numbers, const Sold& sold) {
  std::vector<ServicePair> out;
  for (const auto& [two, visits] : sold.pairs) {
    const std::int64_t rarer = std::min(sold.services[two.first].visits, sold.services[two.second].visits);
    out.push_back({name_of(numbers.services[two.first]), name_of(numbers.services[two.second]), visits, share(visits, rarer)});
  }
  std::ranges::stable_sort(out, std::ranges::greater{}, &ServicePair::visitas);
  if (out.size() > most_pairs) out.resize(most_pairs);
  return out;
}

std::vector<SalesPart> parts(const Sold& sold) {
  std::vector<SalesPart> out;
  Pesos sum = 0;
  const auto put = [&](std::string_view code, Pesos money, std::string_view es, std::string_view en) {
    sum += money;
    if (money != 0) out.push_back({code, money, es, en});
  };
  put("servicios", sold.service_lines, "Servicios, a su precio", "Services, at their price");
  put("productos", sold.product_lines, "Productos", "Products");
  put("gift_cards", sold.cards_sold, "Gift cards vendidas", "Gift cards sold");
  put("descuentos", sold.taken_off + sold.discounts, "Descuentos y ajustes", "Discounts and adjustments");
  put("con_gift_card", sold.by_card, "Pagado con gift card: se contó al venderla", "Paid with a gift card: counted when it was sold");
  put("devoluciones", sold.refunds, "Devoluciones", "Refunds");
  put("otros", sold.money - sum, "Diferencia entre el total de las ventas y sus líneas", "What the sales' totals differ from their lines");
  return out;
}

}  // namespace

ServicesReport services_report(const snapshot::Snapshot& snapshot, const Span& span, AsOf as_of) {
  const ServiceNumbers numbers(snapshot);
  const Coverage known = coverage(snapshot, as_of);
  const Span before = span.year_before();
  const Compared compared = comparable(known, span, before);
  Three three{.now = sold(snapshot, numbers, span, as_of, everything), .compared = {}, .before = {}, .any = compared.any()};
  if (three.any) {
    three.compared = compared.current && compared.legacy ? three.now : sold(snapshot, numbers, span, as_of, compared);
    three.before = sold(snapshot, numbers, before, as_of, compared);
  }
  ServicesReport out{.as_of = as_of, .desde = span.from, .hasta = span.to, .visitas = three.now.visits, .ventas = three.now.money};
  if (three.any) out.cambio = change(three.compared.money, three.before.money);
  out.comparacion = comparison(known, span, before);
  out.partes = parts(three.now);
  out.servicios = sold_services(numbers, three);
  out.productos = sold_products(snapshot, three);
  out.combinaciones = pairs(numbers, three.now);
  return out;
}

}  // namespace aremko::analytics

#pragma once
// What was sold on one visit: services, products, payments, and what the guest said afterwards.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil.h"
#include "base/money.h"
#include "demo/catalog.h"
#include "demo/plan.h"

namespace aremko::demo {

struct ServiceLine {
  int service = 0;
  Date day;
  int start_minute = 0;
  int people = 1;
  std::optional<Pesos> unit_price{};  // none: the catalogue's
  int provider = 0;                   // the masseuse's id; 0: nobody is named
  Pesos amount() const { return unit_price.value_or(demo::service(service).price) * people; }
};

struct ProductLine {
  int product = 0;  // id
  int quantity = 1;
  std::optional<Date> delivered{};
  std::optional<Pesos> unit_price{};
  Pesos amount() const {
    return unit_price.value_or(products()[static_cast<std::size_t>(product - 1)].price) * quantity;
  }
};

struct Payment {
  Pesos amount = 0;
  std::string_view method;
  Moment at;
};

struct GiftCardSold {
  Pesos amount = 0;
  Pesos left = 0;
  bool for_other = false;
};

struct Sale {
  std::vector<ServiceLine> services;
  std::vector<ProductLine> products;
  std::vector<Payment> payments;
  std::optional<GiftCardSold> gift_card;
  Moment reserved;  // fecha_reserva
  Pesos total = 0;
  Pesos paid = 0;
  std::string_view payment_state = "pagado";
  std::string_view booking_state = "checkout";
  std::string comment;
  bool came = true;  // false: nobody ever did, or not yet; a sale of things alone
  bool companion = false;  // somebody came along to the massage, and their name was written down
  bool cancelled() const { return payment_state == "cancelado"; }
};

Sale sale_of(const World& world, const PlannedSale& planned);

/// The first line that is a service (adjustments are none); null when there is none.
const ServiceLine* first_service(const Sale& sale);
/// The kind of the visit's first service, which the legacy file may know too.
Kind main_kind(const Sale& sale);

struct SurveyAnswer {
  Moment answered;
  int nps = 0;      // 0–10
  int general = 0;  // 1–5; so are the rest, 0 = not answered
  int tinas = 0;
  int masajes = 0;
  int atencion = 0;
  int limpieza = 0;
  std::string liked;
  std::string suggestions;
  std::string disappointed;
  std::string_view return_intention;  // "si_6m", "no_seguro", "probablemente_no"
  bool known = true;  // false: no customer stands in it
};

/// One visit in twelve is followed by a survey, and only visits that were.
std::optional<SurveyAnswer> survey_of(const World& world, const PlannedSale& planned, const Sale& sale);

}  // namespace aremko::demo

#pragma once
// What a person's history says about them, in the contract's words.

#include <cstdint>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/money.h"
#include "model/kept.h"
#include "model/ordered.h"
#include "model/segment.h"

namespace aremko {

struct Seasonality {
  std::string_view pattern{};                   // "Prefiere verano", …; see semantics
  std::vector<std::string_view> best_months{};  // at most three, most visits first
  Ordered<std::int64_t> month_counts{};         // of the best months, in that order
  Ordered<std::int64_t> visits_by_month{};      // all twelve, Enero to Diciembre
};
BOOST_DESCRIBE_STRUCT(Seasonality, (), (pattern, best_months, month_counts, visits_by_month))

struct PaymentBehavior {
  MaybeText preferred_method{};                 // null without payments
  std::vector<std::string_view> payment_methods_used{};  // most used first; "descuento" is none
  Ordered<std::int64_t> method_distribution{};  // payments by method, in that order
};
BOOST_DESCRIBE_STRUCT(PaymentBehavior, (), (preferred_method, payment_methods_used, method_distribution))

struct CustomerInsights {
  std::int64_t customer_id = 0;
  AsOf as_of{};
  Segment segment = Segment::occasional;
  Pesos ltv = 0;
  Pesos avg_ticket = 0;                       // rounded to whole pesos
  std::string_view visit_frequency{};
  std::vector<std::string_view> preferred_services{};       // at most three
  std::vector<std::string_view> preferred_service_types{};  // theirs, in that order
  Seasonality seasonality{};
  PaymentBehavior payment_behavior{};
  std::string_view churn_risk{};                // Alto, Medio-Alto, Medio, Bajo
  std::string_view upsell_potential{};
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(CustomerInsights, (),
                      (customer_id, as_of, segment, ltv, avg_ticket, visit_frequency, preferred_services,
                       preferred_service_types, seasonality, payment_behavior, churn_risk, upsell_potential))

}  // namespace aremko

#pragma once
// A sale as the live booking system writes it. What it does not do is part of it: no code path of its own writes
// "cancelado"; a cancelled booking is a sale emptied of its lines, or money given back.

#include <string_view>

#include "demo/plan.h"
#include "demo/sale.h"

namespace aremko::demo {

/// How often each way occurs, of a thousand. The real system's own counts were never published, but for the services file's
/// (demo/legacy_files.cpp): these are plausible, and rare enough to leave everybody's history in shape.
namespace live_share {
// Of all live sales; the rest are visits.
inline constexpr int emptied = 45;       // every line deleted: total 0, "pagado"
inline constexpr int adjustment = 8;     // nothing but a discount line: a total below zero
inline constexpr int gift_card = 35;     // a gift card, no service
inline constexpr int products_only = 20;
// Of the visits.
inline constexpr int never_came = 35;        // day past, nothing paid, never checked in
inline constexpr int owed = 15;              // checked in, nothing paid
inline constexpr int part_paid = 20;
inline constexpr int by_gift_card = 45;      // paid with somebody's gift card where there is one
inline constexpr int paid_anew = 6;          // paid, given back, paid another way
inline constexpr int part_refunded = 10;
inline constexpr int overpaid = 5;           // and what was too much given back
inline constexpr int discount_line = 90;     // Descuento_Servicios …
inline constexpr int typed_elsewhere = 300;  // … of which so many stand on the day on which they were typed
inline constexpr int discount_product = 25;
inline constexpr int discount_payment = 25;
inline constexpr int crowd = 3;              // a firm's party: a hundred breakfasts and 1.080.000 off
inline constexpr int not_checked_out = 400;  // came, and nobody checked them out …
inline constexpr int never_checked_in = 250; // … or even in
inline constexpr int today_checked_in = 500;
inline constexpr int child_tub = 30;
inline constexpr int cold_tub = 20;
inline constexpr int extra_person = 80;      // of the nights
inline constexpr int masseuse_named = 950;
inline constexpr int companion_named = 400;  // of massages for two
}  // namespace live_share

inline constexpr int masseuses = 6;  // the first ids of ventas_proveedor

/// `lines`: what was booked, its services and products alone. `method`: how this guest pays this time.
Sale live_sale(const World& world, const PlannedSale& planned, Sale lines, std::string_view method);

}  // namespace aremko::demo

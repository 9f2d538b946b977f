#pragma once
// The same to every column of a table.

#include <span>
#include <type_traits>

#include "sources/batch.h"
#include "sources/id_index.h"

namespace aremko::sources {

template <class Do>
void each_column(ContactColumns& set, Do act) {
  act(set.nombre), act(set.telefono), act(set.email), act(set.documento), act(set.ciudad), act(set.region);
  act(set.flags), act(set.created);
}
template <class Do>
void each_column(CustomerColumns& set, Do act) {
  each_column(set.contact, act);
  act(set.id), act(set.pais), act(set.no_contact_before), act(set.refusals), act(set.last_outbound);
}
template <class Do>
void each_column(SaleColumns& set, Do act) {
  act(set.id), act(set.customer), act(set.created), act(set.reserved), act(set.total), act(set.paid);
  act(set.balance), act(set.payment_state), act(set.booking_state), act(set.comment);
}
template <class Do>
void each_column(ServiceLineColumns& set, Do act) {
  act(set.sale), act(set.service), act(set.day), act(set.start_minute), act(set.people), act(set.unit_price);
  act(set.provider);
}
template <class Do>
void each_column(ProductLineColumns& set, Do act) {
  act(set.sale), act(set.product), act(set.quantity), act(set.unit_price), act(set.delivered);
}
template <class Do>
void each_column(PaymentColumns& set, Do act) {
  act(set.sale), act(set.amount), act(set.method), act(set.at);
}

/// The table in another order, or some of its rows.
template <class Set>
void gather_rows(Set& set, std::span<const Row> order) {
  each_column(set, [&](auto& column) { gather(column, order); });
}

template <class Set>
void reserve_rows(Set& set, std::size_t rows) {
  each_column(set, [&](auto& column) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(column)>, TextColumn>) {
      column.reserve(rows, 0);
    } else {
      column.reserve(rows);
    }
  });
}

}  // namespace aremko::sources

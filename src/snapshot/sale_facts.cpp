#include <exception>
#include <limits>
#include <thread>

#include "snapshot/stages.h"

namespace aremko::snapshot {

RowGroups group_rows(std::span<const Row> parent_of, std::size_t parents) {
  RowGroups out;
  out.begin.assign(parents + 1, 0);
  for (const Row parent : parent_of) {
    if (parent != no_row) ++out.begin[parent + 1];
  }
  for (std::size_t i = 0; i < parents; ++i) out.begin[i + 1] += out.begin[i];
  out.rows.resize(out.begin[parents]);
  // Fills with begin as the cursor, which leaves every begin at its end; the shift below puts it back.
  for (std::size_t child = 0; child < parent_of.size(); ++child) {
    if (parent_of[child] != no_row) out.rows[out.begin[parent_of[child]]++] = static_cast<Row>(child);
  }
  for (std::size_t i = parents; i > 0; --i) out.begin[i] = out.begin[i - 1];
  out.begin[0] = 0;
  return out;
}

void run_both(unsigned threads, const std::function<void()>& first, const std::function<void()>& second) {
  if (threads < 2) {
    first();
    second();
    return;
  }
  std::exception_ptr failure;
  std::thread other([&] {
    try {
      second();
    } catch (...) {
      failure = std::current_exception();
    }
  });
  try {
    first();
  } catch (...) {
    other.join();
    throw;
  }
  other.join();
  if (failure) std::rethrow_exception(failure);
}

namespace {

/// The first of several services: the earliest day, on it the earliest known hour.
class FirstMoment {
 public:
  void see(Date day, std::int16_t minute) {
    // Beyond these days a Moment's minutes would overflow; such a date is nobody's.
    if (!day.known() || day.days < -1'400'000 || day.days > 1'400'000) return;
    const bool hour_known = minute >= 0 && minute < 1440;
    best_ = std::min(best_, std::int64_t{day.days} * 2048 + (hour_known ? minute : 2047));
  }
  Moment get() const {
    if (best_ == none) return {};
    const std::int64_t day = best_ >> 11;
    const std::int64_t minute = best_ & 2047;
    return {static_cast<std::int32_t>(day * 1440 + (minute == 2047 ? 0 : minute))};
  }

 private:
  static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();
  std::int64_t best_ = none;
};

void group_service_lines(const sources::CurrentBatch& batch, SaleFacts& out) {
  const auto& lines = batch.service_lines;
  bool any_cancelled = false;
  for (const auto& service : batch.services) any_cancelled = any_cancelled || service.cancelled;
  if (!any_cancelled) {
    out.service_lines = group_rows(lines.sale, batch.sales.size());
    return;
  }
  std::vector<Row> live_sale(lines.sale);
  for (Row line = 0; line < lines.size(); ++line) {
    if (lines.sale[line] == no_row) continue;
    const Row service = lines.service[line];
    if (service < batch.services.size() && batch.services[service].cancelled) live_sale[line] = no_row;
  }
  out.service_lines = group_rows(live_sale, batch.sales.size());
}

/// Which services are none that somebody comes for.
std::vector<std::uint8_t> adjusting(const sources::CurrentBatch& batch) {
  std::vector<std::uint8_t> out(batch.services.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = batch.services[i].adjustment ? 1 : 0;
  return out;
}

/// A method's name without what its spellings differ in: "Gift Card", "gift_card" and "giftcards" are one.
std::string method_key(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'a' && c <= 'z') out += c;
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
  }
  if (out.ends_with('s')) out.pop_back();
  return out;
}

}  // namespace

SalePayments sale_payments(const sources::CurrentBatch& batch, std::span<const Row> payments, const PaymentMethods& methods) {
  SalePayments out;
  for (const Row payment : payments) {
    if (methods.discount(batch.payments.method[payment])) continue;  // which is no way of paying
    const Pesos amount = batch.payments.amount[payment];
    out.net += amount;
    if (amount < 0) out.refunds -= amount;
  }
  return out;
}

bool nothing_paid(const sources::CurrentBatch& batch, Row sale, std::span<const Row> payments, const PaymentMethods& methods) {
  const sources::PaymentState state = batch.sales.payment_state[sale];
  // The state stays at `parcial` when its payments are reversed behind its back.
  if (state != sources::PaymentState::pendiente && state != sources::PaymentState::parcial) return false;
  return batch.sales.paid[sale] <= 0 && sale_payments(batch, payments, methods).net <= 0;
}

bool paid_back(const sources::CurrentBatch& batch, Row sale, std::span<const Row> payments, const PaymentMethods& methods, Date by) {
  Pesos net = 0, refunds = 0;
  for (const Row payment : payments) {
    const Moment at = batch.payments.at[payment].known() ? batch.payments.at[payment] : batch.sales.created[sale];
    if (methods.discount(batch.payments.method[payment]) || at.date() > by) continue;
    net += batch.payments.amount[payment];
    if (batch.payments.amount[payment] < 0) refunds -= batch.payments.amount[payment];
  }
  return net <= 0 && refunds > 0 && refunds >= batch.sales.paid[sale];
}

PaymentMethods::PaymentMethods(const sources::CurrentBatch& batch) {
  const std::size_t count = std::min<std::size_t>(batch.payment_methods.size(), kind_.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::string key = method_key(batch.payment_methods[i]);
    kind_[i] = key == "descuento" ? 1 : key == "giftcard" ? 2 : 0;
  }
}

SaleFacts sale_facts(const sources::CurrentBatch& batch, unsigned threads) {
  SaleFacts out;
  const std::size_t sales = batch.sales.size();
  run_both(
      threads, [&] { group_service_lines(batch, out); },
      [&] {
        out.by_customer = group_rows(batch.sales.customer, batch.customers.size());
        out.product_lines = group_rows(batch.product_lines.sale, sales);
        out.payments = group_rows(batch.payments.sale, sales);
      });

  out.methods = PaymentMethods(batch);
  const PaymentMethods& methods = out.methods;
  const auto adjusts = adjusting(batch);
  const auto& lines = batch.service_lines;
  std::vector<Row> unpaid;  // whose; made when there is one
  out.at.resize(sales);
  out.kind.resize(sales);
  for (Row sale = 0; sale < sales; ++sale) {
    FirstMoment first;
    bool service = false;
    for (const Row line : out.service_lines.of(sale)) {
      if (lines.unit_price[line] < 0 || (lines.service[line] < adjusts.size() && adjusts[lines.service[line]] != 0)) continue;
      service = true;
      first.see(lines.day[line], lines.start_minute[line]);
    }
    Moment at = first.get();
    if (!at.known()) at = batch.sales.reserved[sale];
    if (!at.known()) at = batch.sales.created[sale];
    out.at[sale] = at;
    if (!service || batch.sales.payment_state[sale] == sources::PaymentState::cancelado) continue;  // SaleKind::nothing
    // Nobody paid for it and nobody came to it: it was never more than a booking.
    const bool unpaid_booking = !checked_in(batch, sale) && (nothing_paid(batch, sale, out.payments.of(sale), methods) ||
                                                                 paid_back(batch, sale, out.payments.of(sale), methods, at.date()));
    out.kind[sale] = unpaid_booking ? SaleKind::unpaid : SaleKind::visit;
    if (out.kind[sale] != SaleKind::unpaid) continue;
    if (unpaid.empty()) unpaid.assign(sales, no_row);
    unpaid[sale] = batch.sales.customer[sale];
  }
  out.unpaid = group_rows(unpaid, batch.customers.size());
  return out;
}

}  // namespace aremko::snapshot

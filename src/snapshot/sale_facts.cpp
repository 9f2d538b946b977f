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

void group_service_lines(const sources::CurrentBatch& batch, SaleFacts& out,
                         std::vector<std::uint8_t>& had_service) {
  const auto& lines = batch.service_lines;
  bool any_cancelled = false;
  for (const auto& service : batch.services) any_cancelled = any_cancelled || service.cancelled;
  if (!any_cancelled) {
    out.service_lines = group_rows(lines.sale, batch.sales.size());
    return;
  }
  std::vector<Row> live_sale(lines.sale);
  had_service.assign(batch.sales.size(), 0);
  for (Row line = 0; line < lines.size(); ++line) {
    if (lines.sale[line] == no_row) continue;
    had_service[lines.sale[line]] = 1;
    const Row service = lines.service[line];
    if (service < batch.services.size() && batch.services[service].cancelled) live_sale[line] = no_row;
  }
  out.service_lines = group_rows(live_sale, batch.sales.size());
}

}  // namespace

SaleFacts sale_facts(const sources::CurrentBatch& batch, unsigned threads) {
  SaleFacts out;
  std::vector<std::uint8_t> had_service;  // empty when no service of the catalogue is a cancellation
  const std::size_t sales = batch.sales.size();
  run_both(
      threads, [&] { group_service_lines(batch, out, had_service); },
      [&] {
        out.by_customer = group_rows(batch.sales.customer, batch.customers.size());
        out.product_lines = group_rows(batch.product_lines.sale, sales);
        out.payments = group_rows(batch.payments.sale, sales);
      });

  out.at.resize(sales);
  out.is_visit.resize(sales);
  for (Row sale = 0; sale < sales; ++sale) {
    FirstMoment first;
    const auto lines = out.service_lines.of(sale);
    for (const Row line : lines) first.see(batch.service_lines.day[line], batch.service_lines.start_minute[line]);
    Moment at = first.get();
    if (!at.known()) at = batch.sales.reserved[sale];
    if (!at.known()) at = batch.sales.created[sale];
    out.at[sale] = at;
    const bool only_cancelled = lines.empty() && !had_service.empty() && had_service[sale] != 0 &&
                                out.product_lines.of(sale).empty();
    out.is_visit[sale] = batch.sales.payment_state[sale] != sources::PaymentState::cancelado && !only_cancelled;
  }
  return out;
}

}  // namespace aremko::snapshot

#include "snapshot/builder.h"

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "snapshot/legacy_charges.h"
#include "snapshot/radix_sort.h"
#include "snapshot/search_index.h"
#include "snapshot/stages.h"

namespace aremko::snapshot {

namespace {

std::shared_ptr<const sources::CurrentBatch> or_empty(std::shared_ptr<const sources::CurrentBatch> batch) {
  return batch ? std::move(batch) : std::make_shared<const sources::CurrentBatch>();
}

template <class Hashed>
std::vector<Hashed> hashed_ids(const LegacyPeople& people) {
  std::vector<KeyedRow> sorted(people.size());
  for (Row row = 0; row < people.size(); ++row) sorted[row] = {hash64(people.legacy_id(row)), row};
  radix_sort(sorted);
  std::vector<Hashed> out;
  out.reserve(sorted.size());
  for (const KeyedRow& entry : sorted) out.push_back({entry.key, entry.row});
  return out;
}

std::vector<Row> rows_by_record(const sources::LegacyCustomersBatch& file) {
  std::vector<KeyedRow> sorted;
  for (Row row = 0; row < file.size(); ++row) {
    if (!file.record_id[row].empty()) sorted.push_back({hash64(file.record_id[row]), row});
  }
  radix_sort(sorted);
  std::vector<Row> out;
  out.reserve(sorted.size());
  for (const KeyedRow& entry : sorted) out.push_back(entry.row);
  return out;
}

}  // namespace

void Builder::index_extras(Snapshot& out) {
  const auto index = [](SparseRows& into, const auto& items, auto... owners) {
    for (Row i = 0; i < items.size(); ++i) {
      for (const Row owner : {std::invoke(owners, items[i])...}) {
        if (owner != no_row) into.rows.emplace_back(owner, i);
      }
    }
    std::ranges::sort(into.rows);
    into.rows.erase(std::unique(into.rows.begin(), into.rows.end()), into.rows.end());
  };
  const sources::CurrentBatch& current = *out.current_;
  index(out.gift_cards_, current.gift_cards, &sources::GiftCard::buyer, &sources::GiftCard::recipient);
  index(out.surveys_, current.surveys, &sources::Survey::customer);
  index(out.prizes_, current.prizes, &sources::Prize::customer);
  index(out.labels_, current.labels, &sources::OwnLabel::customer);
  if (current.messages.empty()) return;
  out.message_begin_.assign(current.customers.size() + std::size_t{1}, 0);
  for (const sources::Message& message : current.messages) {
    if (message.customer != no_row) ++out.message_begin_[message.customer + 1];
  }
  for (std::size_t i = 1; i < out.message_begin_.size(); ++i) out.message_begin_[i] += out.message_begin_[i - 1];
}

/// Says in the services file's state how many of its rows the database has.
void Builder::note_live_rows(Snapshot& out) {
  const auto services = std::ranges::find_if(out.source_states_, [](const SourceState& state) {
    return state.name == "servicios_legacy" || state.name == "historial_db";
  });
  if (out.live_rows_ == 0 || services == out.source_states_.end()) return;
  services->report.notes_es.push_back(
      out.live_rows_ == 1
          ? "1 fila es una venta que la base actual ya tiene: vale la base, y la fila no se cuenta."
          : fmt::format("{} filas son ventas que la base actual ya tiene: vale la base, y esas filas no se cuentan.",
                        out.live_rows_));
}

/// Ties the rows [from, …) of the legacy people by the links whose record is there; the first of several links holds.
void Builder::tie_links(Snapshot& out, Row from) {
  out.legacy_by_id_ = hashed_ids<Snapshot::HashedRow>(out.legacy_);
  if (from == 0 && out.legacy_.file_size() > 0) out.legacy_by_record_ = rows_by_record(*out.legacy_.file);
  out.link_fit_.links = out.links_.size();
  out.customer_of_legacy_.resize(out.legacy_.size(), no_row);
  out.link_of_legacy_.resize(out.legacy_.size(), no_row);
  for (std::uint32_t link = 0; link < out.links_.size(); ++link) {
    const LiveLink& one = out.links_[link];
    if (from > 0 && out.legacy_row(one.legacy_id).value_or(0) < from) continue;  // the file's rows are tied already
    const FoundRecord found = out.find_record(one.record());
    out.link_fit_.another += found.another;
    const bool of_file = from == 0 && out.legacy_.file_size() > 0 && !one.legacy_id.starts_with("svc-");
    out.link_fit_.lost += of_file && found.row == no_row && !found.another;
    const auto customer = out.customer_row(one.current_id);
    out.link_fit_.gone += from == 0 && !customer;
    if (found.row == no_row) continue;
    out.link_fit_.moved += out.legacy_.legacy_id(found.row) != (one.made_as.empty() ? one.legacy_id : one.made_as);
    if (!customer || out.link_of_legacy_[found.row] != no_row) continue;
    out.link_of_legacy_[found.row] = link;
    out.customer_of_legacy_[found.row] = *customer;
  }
}

SnapshotPtr Builder::build(BuildInput input, unsigned threads) {
  std::shared_ptr<Snapshot> out(new Snapshot);
  out->version_ = input.version;
  out->built_at_ = input.built_at;
  out->zone_ = std::move(input.zone);
  out->current_ = or_empty(std::move(input.current));
  out->legacy_.file = std::move(input.legacy);
  out->legacy_.services = std::move(input.services);
  out->links_ = std::move(input.links);
  out->source_states_ = std::move(input.states);
  const sources::CurrentBatch& current = *out->current_;
  const sources::LegacyServicesBatch* services = out->legacy_.services.get();

  SaleFacts sales;
  LegacyFacts legacy;
  run_both(
      threads,
      [&] {
        sales = sale_facts(current, 1);
        out->charges_ = charges(current, sales);
      },
      [&] {
        tie_links(*out, 0);
        const auto live = live_rows(current, services, input.live_since);
        out->live_rows_ = std::ranges::count(live, std::uint8_t{1});
        legacy = legacy_facts(current.customers, out->legacy_.file.get(), services, out->customer_of_legacy_, live);
        out->legacy_.extra_id = std::move(legacy.extra_id);
        out->legacy_.extra_person = std::move(legacy.extra_person);
        if (!out->legacy_.extra_id.empty()) tie_links(*out, out->legacy_.file_size());
        if (legacy.begin.size() != out->legacy_.size() + std::size_t{1}) legacy.begin.resize(out->legacy_.size() + 1);
      });

  VisitInput visit_input{current, services, sales, legacy,
                         group_rows(out->customer_of_legacy_, current.customers.size()), out->legacy_.size()};
  out->visits_ = merge_visits(visit_input, threads);
  add_legacy_charges(out->charges_, visit_input);
  out->person_ties_ = snapshot::person_ties(current, out->legacy_, visit_input.legacy_of);
  out->legacy_begin_ = std::move(visit_input.legacy_of.begin);
  out->legacy_list_ = std::move(visit_input.legacy_of.rows);
  out->legacy_visits_ = std::move(legacy.visits);
  out->payment_methods_ = sales.methods;
  out->sale_at_ = std::move(sales.at);
  out->sale_kind_ = std::move(sales.kind);
  out->unpaid_by_customer_ = std::move(sales.unpaid);
  out->sales_by_customer_ = std::move(sales.by_customer);
  out->service_lines_by_sale_ = std::move(sales.service_lines);
  out->product_lines_by_sale_ = std::move(sales.product_lines);
  out->payments_by_sale_ = std::move(sales.payments);
  out->own_history_ = std::move(legacy.own);
  index_extras(*out);
  note_live_rows(*out);
  out->search_ = std::make_unique<const SearchIndex>(*out, threads);
  return out;
}

}  // namespace aremko::snapshot

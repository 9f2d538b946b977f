#include "snapshot/merge_people.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>

namespace aremko::snapshot {

namespace {

using sources::CurrentBatch;
using sources::CustomerColumns;
using sources::no_row;
using sources::Row;
using sources::TextColumn;

std::optional<Row> row_of(const CustomerColumns& customers, std::int64_t id) {
  const auto at = std::ranges::lower_bound(customers.id, id);
  if (at == customers.id.end() || *at != id) return std::nullopt;
  return static_cast<Row>(at - customers.id.begin());
}

/// Per row of the batch: the row it is one with; itself where nobody said anything.
std::vector<Row> kept_rows(const CustomerColumns& customers, std::span<const LiveMerge> merges) {
  std::vector<Row> parent(customers.size());
  std::iota(parent.begin(), parent.end(), Row{0});
  const auto root = [&](Row row) {
    while (parent[row] != row) row = parent[row] = parent[parent[row]];
    return row;
  };
  for (const LiveMerge& merge : merges) {
    const auto kept = row_of(customers, merge.kept_id), other = row_of(customers, merge.other_id);
    if (!kept || !other) continue;
    // The kept one of the last merge becomes the root of all that were joined before.
    const Row above = root(*kept), below = root(*other);
    parent[below] = *kept;
    parent[above] = *kept;
    parent[*kept] = *kept;
  }
  for (Row row = 0; row < parent.size(); ++row) parent[row] = root(row);
  return parent;
}

/// Writes the customers' columns anew, one row a person.
class Columns {
 public:
  Columns(const CustomerColumns& in, CustomerColumns& out, std::span<const Row> kept) : in_(in), out_(out), kept_(kept) {
    for (Row row = 0; row < kept.size(); ++row) {
      if (kept[row] != row) others_.emplace_back(kept[row], row);
    }
    std::ranges::sort(others_);
  }

  void write() {
    out_ = {};
    for (Row row = 0; row < kept_.size(); ++row) {
      if (kept_[row] == row) person(row);
    }
  }

 private:
  void person(Row row) {
    const sources::ContactColumns& contact = in_.contact;
    const auto [from, to] = std::ranges::equal_range(others_, row, {}, &std::pair<Row, Row>::first);
    std::uint8_t flags = contact.flags[row];
    std::uint16_t refusals = in_.refusals[row];
    Date not_before = in_.no_contact_before[row], outbound = in_.last_outbound[row];
    Moment created = contact.created[row];
    // Whose value stands: the row's own, unless it has none (or none that is valid) and another has.
    Row phone = row, email = row, document = row, town = row, country = row;
    const auto better = [&](const TextColumn& column, Row& whose, Row other, std::uint8_t valid) {
      const bool have = !column[whose].empty() && (valid == 0 || (contact.flags[whose] & valid) != 0);
      const bool has = !column[other].empty() && (valid == 0 || (contact.flags[other] & valid) != 0 || column[whose].empty());
      if (!have && has) whose = other;
    };
    for (auto at = from; at != to; ++at) {
      const Row other = at->second;
      better(contact.telefono, phone, other, sources::phone_valid);
      better(contact.email, email, other, sources::email_valid);
      better(contact.documento, document, other, sources::rut_valid);
      better(contact.ciudad, town, other, 0);
      better(in_.pais, country, other, 0);
      flags = static_cast<std::uint8_t>(flags | (contact.flags[other] & sources::opted_out));
      refusals = static_cast<std::uint16_t>(refusals | in_.refusals[other]);
      not_before = std::max(not_before, in_.no_contact_before[other]);
      outbound = std::max(outbound, in_.last_outbound[other]);
      if (!created.known() || (contact.created[other].known() && contact.created[other] < created)) created = contact.created[other];
    }
    const auto take = [&](Row whose, int bits) {
      flags = static_cast<std::uint8_t>((flags & ~bits) | (contact.flags[whose] & bits));
    };
    take(phone, sources::phone_valid | sources::phone_mobile);
    take(email, sources::email_valid);
    take(document, sources::rut_valid);
    out_.contact.nombre.push(contact.nombre[row]);
    out_.contact.telefono.push(contact.telefono[phone]);
    out_.contact.email.push(contact.email[email]);
    out_.contact.documento.push(contact.documento[document]);
    out_.contact.ciudad.push(contact.ciudad[town]);
    out_.contact.region.push(contact.region[town]);
    out_.contact.flags.push_back(flags);
    out_.contact.created.push_back(created);
    out_.id.push_back(in_.id[row]);
    out_.pais.push(in_.pais[country]);
    out_.no_contact_before.push_back(not_before);
    out_.refusals.push_back(refusals);
    out_.last_outbound.push_back(outbound);
  }

  const CustomerColumns& in_;
  CustomerColumns& out_;
  std::span<const Row> kept_;
  std::vector<std::pair<Row, Row>> others_;  // by whom they are one with
};

void repoint(CurrentBatch& batch, std::span<const Row> now) {
  const auto move = [&](Row& customer) {
    if (customer != no_row) customer = now[customer];
  };
  for (Row& customer : batch.sales.customer) move(customer);
  for (sources::GiftCard& card : batch.gift_cards) {
    move(card.buyer);
    move(card.recipient);
  }
  for (sources::Survey& survey : batch.surveys) move(survey.customer);
  for (sources::Prize& prize : batch.prizes) move(prize.customer);
  for (sources::OwnLabel& label : batch.labels) move(label.customer);
  for (sources::Message& message : batch.messages) move(message.customer);
  for (sources::Reactivation& reactivation : batch.reactivations) move(reactivation.customer);
  std::ranges::stable_sort(batch.messages, {}, [](const sources::Message& one) { return std::tuple(one.customer, one.at); });
  std::ranges::stable_sort(batch.reactivations, {}, &sources::Reactivation::customer);
}

}  // namespace

std::shared_ptr<const MergedPeople> merge_people(std::shared_ptr<const CurrentBatch> batch, std::span<const LiveMerge> merges) {
  auto out = std::make_shared<MergedPeople>();
  out->of = batch;
  out->by.assign(merges.begin(), merges.end());
  out->batch = batch;
  if (!batch || merges.empty()) return out;
  const std::vector<Row> kept = kept_rows(batch->customers, merges);
  std::vector<Row> now(kept.size());
  Row next = 0;
  for (Row row = 0; row < kept.size(); ++row) {
    if (kept[row] == row) now[row] = next++;
  }
  for (Row row = 0; row < kept.size(); ++row) {
    now[row] = now[kept[row]];
    if (kept[row] != row) out->rows.push_back({batch->customers.id[row], row, now[row]});
  }
  if (out->rows.empty()) return out;
  auto merged = std::make_shared<CurrentBatch>(*batch);
  Columns(batch->customers, merged->customers, kept).write();
  repoint(*merged, now);
  out->batch = std::move(merged);
  return out;
}

}  // namespace aremko::snapshot

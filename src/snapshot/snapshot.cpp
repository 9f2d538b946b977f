#include "snapshot/snapshot.h"

#include "base/text.h"
#include "snapshot/record_print.h"
#include "snapshot/search_index.h"

namespace aremko::snapshot {

namespace {
std::size_t seen_of(std::span<const Moment> from, AsOf as_of) {
  return static_cast<std::size_t>(std::upper_bound(from.begin(), from.end(), as_of.moment) - from.begin());
}
}  // namespace

std::size_t VisitSpan::seen(AsOf as_of) const { return seen_of(from, as_of); }
std::size_t ChargeSpan::seen(AsOf as_of) const { return seen_of(from, as_of); }

VisitSpan VisitColumns::of(PersonId person) const {
  const auto* bound = begin.data() + person;
  const std::size_t first = bound[0];
  const std::size_t count = bound[1] - first;
  return {{at.data() + first, count}, {from.data() + first, count}, {spent.data() + first, count}, {ref.data() + first, count}};
}

ChargeSpan ChargeColumns::of(PersonId person) const {
  if (person + std::size_t{1} >= begin.size()) return {};
  const std::size_t first = begin[person];
  const std::size_t count = begin[person + 1] - first;
  return {std::span(from).subspan(first, count), std::span(at).subspan(first, count),
          std::span(spent).subspan(first, count), std::span(kind).subspan(first, count)};
}

sources::LegacyOrigin LegacyPeople::origin(Row row) const {
  return row < file_size() ? sources::LegacyOrigin::customers_file : sources::LegacyOrigin::services_file;
}
std::string_view LegacyPeople::legacy_id(Row row) const {
  return row < file_size() ? file->legacy_id[row] : std::string_view(extra_id[row - file_size()]);
}
std::string_view LegacyPeople::record_id(Row row) const {
  return row < file_size() ? file->record_id[row] : std::string_view{};
}
std::string_view LegacyPeople::nombre(Row row) const {
  if (row < file_size()) return file->contact.nombre[row];
  return services->people[extra_person[row - file_size()]].shown;
}
std::string_view LegacyPeople::telefono(Row row) const {
  return row < file_size() ? file->contact.telefono[row] : std::string_view{};
}
std::string_view LegacyPeople::email(Row row) const {
  return row < file_size() ? file->contact.email[row] : std::string_view{};
}
std::string_view LegacyPeople::documento(Row row) const {
  return row < file_size() ? file->contact.documento[row] : std::string_view{};
}
std::string_view LegacyPeople::ciudad(Row row) const {
  return row < file_size() ? file->contact.ciudad[row] : std::string_view{};
}
std::string_view LegacyPeople::region(Row row) const {
  return row < file_size() ? file->contact.region[row] : std::string_view{};
}
std::uint8_t LegacyPeople::flags(Row row) const {
  if (row < file_size()) return file->contact.flags[row];
  return services->people[extra_person[row - file_size()]].staff ? sources::is_staff : std::uint8_t{0};
}
Moment LegacyPeople::created(Row row) const { return row < file_size() ? file->contact.created[row] : Moment{}; }

Snapshot::Snapshot() = default;
Snapshot::~Snapshot() = default;

namespace {
std::optional<Row> row_with(const std::vector<std::int64_t>& ids, std::int64_t id) {
  const auto at = std::lower_bound(ids.begin(), ids.end(), id);
  if (at == ids.end() || *at != id) return std::nullopt;
  return static_cast<Row>(at - ids.begin());
}
}  // namespace

std::optional<Row> Snapshot::customer_row(std::int64_t id) const {
  if (const auto row = row_with(customers().id, id)) return row;
  const auto at = std::ranges::lower_bound(merged_, id, {}, &MergedRow::id);
  if (at == merged_.end() || at->id != id) return std::nullopt;
  return at->customer;
}

std::optional<Row> Snapshot::unmerged_row(std::int64_t id) const { return row_with(unmerged_->customers.id, id); }

std::vector<MergedRow> Snapshot::merged_into(Row customer) const {
  std::vector<MergedRow> out;
  std::ranges::copy_if(merged_, std::back_inserter(out), [&](const MergedRow& row) { return row.customer == customer; });
  return out;
}

std::optional<Row> Snapshot::legacy_row(std::string_view legacy_id) const {
  const std::uint64_t hash = hash64(legacy_id);
  auto at = std::lower_bound(legacy_by_id_.begin(), legacy_by_id_.end(), hash,
                             [](const HashedRow& entry, std::uint64_t wanted) { return entry.hash < wanted; });
  for (; at != legacy_by_id_.end() && at->hash == hash; ++at) {
    if (legacy_.legacy_id(at->row) == legacy_id) return at->row;
  }
  return std::nullopt;
}

std::span<const Row> Snapshot::rows_with_record(std::string_view record_id) const {
  if (record_id.empty()) return {};
  const auto key = [&](Row row) { return hash64(legacy_.record_id(row)); };
  const auto [from, to] = std::ranges::equal_range(legacy_by_record_, hash64(record_id), {}, key);
  return {from, to};
}

FoundRecord Snapshot::find_record(const RecordRef& record) const {
  const auto numbered = legacy_row(record.legacy_id);
  // Whoever stands in the services file alone has a number made of the name; and before anything was remembered of a
  // mapping's record, its number is all there is.
  if (numbered && (*numbered >= legacy_.file_size() || record.print.empty())) return {*numbered};
  const auto then = RecordPrint::read(record.print);
  if (!then) return {.another = numbered.has_value()};
  const auto agree = [&](Row row) { return then->against(RecordPrint::of(legacy_, row)); };
  const auto the_same_row = [&](Row row) {
    const RecordPrint::Agreement found = agree(row);
    if (found.other_given && !found.rut) return false;
    return found.same >= 2 || (found.same == 1 && (found.other == 0 || (found.name && found.other == 1)));
  };
  FoundRecord out;
  const auto bearers = rows_with_record(record.record_id);
  for (const Row row : bearers) {
    if (legacy_.record_id(row) != record.record_id) continue;  // another text of the same hash
    const RecordPrint::Agreement found = agree(row);
    const bool contradicted = found.other_given ? !found.rut : found.same == 0 && found.other > 0 && !(found.other == 1 && found.word && numbered == row);
    if (bearers.size() == 1 ? !contradicted : the_same_row(row)) {
      if (out.row == no_row || numbered == row) out.row = row;
    } else {
      out.another = true;
    }
  }
  if (out.row == no_row && numbered) {
    if (the_same_row(*numbered)) out.row = *numbered;
    else out.another = true;
  }
  if (out.row != no_row) out.another = false;
  return out;
}

RecordRef Snapshot::record_of(Row legacy, std::string& print) const {
  print = RecordPrint::of(legacy_, legacy).text();
  const std::string_view id = legacy_.record_id(legacy);
  return {legacy_.legacy_id(legacy), rows_with_record(id).size() == 1 ? id : std::string_view(), print};
}

std::span<const Row> Snapshot::legacy_of(Row customer) const {
  const std::uint32_t from = legacy_begin_[customer];
  return std::span(legacy_list_).subspan(from, legacy_begin_[customer + 1] - from);
}

const LiveLink* Snapshot::link_of(Row legacy) const {
  const std::uint32_t link = link_of_legacy_[legacy];
  return link == no_row ? nullptr : &links_[link];
}

VisitSpan Snapshot::visits(PersonId person) const { return visits_.of(person); }
ChargeSpan Snapshot::charges(PersonId person) const { return charges_.of(person); }

std::span<const Row> Snapshot::sales_of(Row customer) const { return sales_by_customer_.of(customer); }
std::span<const Row> Snapshot::service_lines_of(Row sale) const { return service_lines_by_sale_.of(sale); }
std::span<const Row> Snapshot::product_lines_of(Row sale) const { return product_lines_by_sale_.of(sale); }
std::span<const Row> Snapshot::payments_of(Row sale) const { return payments_by_sale_.of(sale); }

std::span<const std::pair<Row, Row>> SparseRows::of(Row parent) const {
  const auto found = std::ranges::equal_range(rows, parent, {}, &std::pair<Row, Row>::first);
  return {found.begin(), found.end()};
}

std::span<const sources::Message> Snapshot::messages_of(Row customer) const {
  if (message_begin_.empty()) return {};
  const std::uint32_t from = message_begin_[customer];
  return std::span(current_->messages).subspan(from, message_begin_[customer + 1] - from);
}

namespace {
template <class T>
std::size_t bytes(const std::vector<T>& column) {
  return column.capacity() * sizeof(T);
}
std::size_t bytes(const RowGroups& groups) { return bytes(groups.begin) + bytes(groups.rows); }
}  // namespace

std::size_t Snapshot::memory() const {
  std::size_t total = sizeof(Snapshot) + bytes(legacy_.extra_id) + bytes(legacy_.extra_person);
  for (const std::string& id : legacy_.extra_id) total += id.capacity() + 1;
  total += bytes(legacy_visits_.legacy_row) + bytes(legacy_visits_.reservation) + bytes(legacy_visits_.at) +
           bytes(legacy_visits_.total) + bytes(legacy_visits_.first_line) + bytes(legacy_visits_.lines);
  total += bytes(legacy_by_id_) + bytes(legacy_by_record_) + bytes(link_of_legacy_) + bytes(customer_of_legacy_) + bytes(legacy_begin_) +
           bytes(legacy_list_) + links_.capacity() * (sizeof(LiveLink) + 40);  // 40: a mapping's UUID on the heap
  total += bytes(visits_.begin) + bytes(visits_.at) + bytes(visits_.from) + bytes(visits_.spent) + bytes(visits_.ref);
  total += bytes(charges_.begin) + bytes(charges_.at) + bytes(charges_.from) + bytes(charges_.spent) +
           bytes(charges_.kind) + bytes(unpaid_by_customer_);
  total += bytes(sale_at_) + bytes(sale_kind_) + bytes(sales_by_customer_) + bytes(service_lines_by_sale_) +
           bytes(product_lines_by_sale_) + bytes(payments_by_sale_);
  for (const RowSets* sets : {&person_ties_.ties, &person_ties_.twins}) total += bytes(sets->set_of) + bytes(sets->members);
  total += bytes(person_ties_.phone_closed) + bytes(person_ties_.email_closed) + bytes(message_begin_);
  total += bytes(own_history_) + bytes(gift_cards_.rows) + bytes(surveys_.rows) + bytes(prizes_.rows) + bytes(labels_.rows);
  total += bytes(merged_);
  return total + (search_ ? search_->memory() : 0);
}

}  // namespace aremko::snapshot

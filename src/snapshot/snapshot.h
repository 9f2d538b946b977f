#pragma once
// Everything a tenant's sources say about its customers at one moment, immutable and indexed. Readers hold it by
// shared_ptr and never wait. Built by Builder (builder.h), published by Holder (holder.h), searched by search.h.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil.h"
#include "base/clock.h"
#include "base/money.h"
#include "model/mapping.h"
#include "sources/batch.h"

namespace aremko::snapshot {

using sources::Row;
using sources::no_row;

class SearchIndex;

/// A person's number: current customers first (PersonId == row in customers), then the legacy people
/// (customers().size() + legacy row). A legacy row tied by a live mapping keeps its own number too, which then
/// holds its own visits only; the customer's number holds both.
using PersonId = std::uint32_t;

/// One visit of a person. `ref` names where its details are.
struct VisitRef {
  static constexpr std::uint32_t legacy_bit = 0x80000000U;
  std::uint32_t bits = 0;
  bool legacy() const { return (bits & legacy_bit) != 0; }
  Row sale() const { return bits; }                        // when !legacy()
  Row legacy_visit() const { return bits & ~legacy_bit; }  // when legacy(): row in legacy_visits()
};

/// Rows of a child table by their parent's row, in the child table's order.
struct RowGroups {
  std::vector<std::uint32_t> begin{0};  // parents + 1 entries into rows
  std::vector<Row> rows;
  std::span<const Row> of(Row parent) const {
    return std::span(rows).subspan(begin[parent], begin[parent + 1] - begin[parent]);
  }
};

/// A legacy reservation: the lines of the services file with one person, number and date.
struct LegacyVisits {
  std::vector<Row> legacy_row;        // whose, as row of legacy(); no_row = a customer's own (crm_service_history)
  std::vector<std::int64_t> reservation;  // -1 = none
  std::vector<Moment> at;             // earliest hour of its lines; unknown = undated
  std::vector<Pesos> total;           // cancelled lines left out
  std::vector<std::uint32_t> first_line{0};  // size()+1 entries into lines
  std::vector<Row> lines;             // rows of services(), cancelled ones left out
  Row size() const { return static_cast<Row>(at.size()); }
  std::span<const Row> lines_of(Row visit) const {
    return std::span(lines).subspan(first_line[visit], first_line[visit + 1] - first_line[visit]);
  }
};

/// A person's visits, undated ones first, then oldest first. `spent[i]` is the money of visits 0..i.
struct VisitSpan {
  std::span<const Moment> at;
  std::span<const Pesos> spent;
  std::span<const VisitRef> ref;
  std::size_t size() const { return at.size(); }
  /// How many are seen at an instant: undated ones, and those at or before it.
  std::size_t seen(AsOf as_of) const;
  Pesos money(std::size_t visit) const { return spent[visit] - (visit == 0 ? 0 : spent[visit - 1]); }
};

/// A legacy person of either file, one list: the customers file's rows first, in its order, then the people who
/// stand only in the services file (legacy_id "svc-" + 16 hex digits of the folded name's hash).
struct LegacyPeople {
  std::shared_ptr<const sources::LegacyCustomersBatch> file;  // may be null
  std::shared_ptr<const sources::LegacyServicesBatch> services;  // may be null
  std::vector<std::string> extra_id;       // legacy ids of the services-only people
  std::vector<Row> extra_person;           // their row in services->people

  Row file_size() const { return file ? file->size() : 0; }
  Row size() const { return file_size() + static_cast<Row>(extra_id.size()); }
  sources::LegacyOrigin origin(Row row) const;
  std::string_view legacy_id(Row row) const;
  std::string_view record_id(Row row) const;  // empty for services-only people, as are all that follow but nombre
  std::string_view nombre(Row row) const;
  std::string_view telefono(Row row) const;
  std::string_view email(Row row) const;
  std::string_view documento(Row row) const;
  std::string_view ciudad(Row row) const;
  std::string_view region(Row row) const;
  std::uint8_t flags(Row row) const;
  Moment created(Row row) const;
};

/// How a source stood when the snapshot was built.
struct SourceState {
  std::string name;
  std::string description;
  bool ok = false;                 // the last attempt to read it succeeded
  std::string detail_es;           // why not, when !ok; a sentence without personal data
  std::string detail_en;
  UnixSeconds last_good = 0;       // when what is shown was last known to be what the source says; 0 = never
  sources::LoadReport report;
};

struct FoundRecord {
  Row row = no_row;
  /// Not there, but its number or its id is, and is somebody else's now.
  bool another = false;
};

/// Live links by what became of their records since.
struct LinkFit {
  std::uint64_t links = 0;    // all of them
  std::uint64_t moved = 0;    // their record has another number than when the link was made, and they follow it
  std::uint64_t another = 0;  // their number or id is somebody else's now: they show nobody's visits
};

class Snapshot {
 public:
  ~Snapshot();
  std::uint64_t version() const { return version_; }  // rises with every publication of a tenant
  UnixSeconds built_at() const { return built_at_; }
  const Zone& zone() const { return *zone_; }

  const sources::CurrentBatch& current() const { return *current_; }
  const std::shared_ptr<const sources::CurrentBatch>& current_ptr() const { return current_; }
  const sources::CustomerColumns& customers() const { return current_->customers; }
  const LegacyPeople& legacy() const { return legacy_; }
  const LegacyVisits& legacy_visits() const { return legacy_visits_; }
  std::span<const SourceState> source_states() const { return source_states_; }

  /// By ventas_cliente.id, and by legacy_id.
  std::optional<Row> customer_row(std::int64_t id) const;
  std::optional<Row> legacy_row(std::string_view legacy_id) const;
  /// The row of a record that was seen before, wherever its number is now; record_print.h says what decides.
  FoundRecord find_record(const RecordRef& record) const;
  /// What to remember of a row to find it again. Its record id is empty where several rows bear it: then it names none.
  RecordRef record_of(Row legacy, std::string& print) const;
  /// How the live links stand to the records they were made for.
  const LinkFit& link_fit() const { return link_fit_; }

  /// Live mappings, both ways. Several legacy rows may belong to one customer.
  std::span<const Row> legacy_of(Row customer) const;
  Row customer_of(Row legacy) const { return customer_of_legacy_[legacy]; }  // no_row when not tied
  /// The live mapping of a legacy row, or null.
  const LiveLink* link_of(Row legacy) const;

  PersonId person_of_customer(Row customer) const { return customer; }
  PersonId person_of_legacy(Row legacy) const { return customers().size() + legacy; }
  std::size_t person_count() const { return visit_begin_.size() - 1; }
  VisitSpan visits(PersonId person) const;
  /// All persons' visit columns, for questions that walk everybody: visit_begin()[p] .. visit_begin()[p+1].
  std::span<const std::uint32_t> visit_begin() const { return visit_begin_; }
  std::span<const Moment> visit_at() const { return visit_at_; }
  std::span<const Pesos> visit_spent() const { return visit_spent_; }
  std::span<const VisitRef> visit_ref() const { return visit_ref_; }

  /// A customer's sales that are no visit for lack of lines or because they are cancelled are here too.
  std::span<const Row> sales_of(Row customer) const;
  Moment sale_moment(Row sale) const { return sale_at_[sale]; }
  bool sale_is_visit(Row sale) const { return sale_is_visit_[sale] != 0; }
  std::span<const Row> service_lines_of(Row sale) const;  // cancelled ones left out
  std::span<const Row> product_lines_of(Row sale) const;
  std::span<const Row> payments_of(Row sale) const;

  const SearchIndex& search_index() const { return *search_; }
  std::size_t memory() const;  // bytes, this snapshot's own, shared batches left out

 private:
  friend class Builder;
  Snapshot();
  /// Rows of the file with this record id (or, once in 10¹⁹, with its hash).
  std::span<const Row> rows_with_record(std::string_view record_id) const;

  std::uint64_t version_ = 0;
  UnixSeconds built_at_ = 0;
  std::shared_ptr<const Zone> zone_;
  std::shared_ptr<const sources::CurrentBatch> current_;  // never null; empty when there is none
  LegacyPeople legacy_;
  LegacyVisits legacy_visits_;
  std::vector<SourceState> source_states_;

  struct HashedRow {
    std::uint64_t hash;
    Row row;
  };
  std::vector<HashedRow> legacy_by_id_;          // sorted by hash of legacy_id, then row
  std::vector<Row> legacy_by_record_;            // rows of the file that have a record id, by its hash, then row
  LinkFit link_fit_;
  std::vector<LiveLink> links_;
  std::vector<std::uint32_t> link_of_legacy_;    // index in links_, or no_row
  std::vector<Row> customer_of_legacy_;
  std::vector<std::uint32_t> legacy_begin_{0};   // per customer, into legacy_list_
  std::vector<Row> legacy_list_;

  std::vector<std::uint32_t> visit_begin_{0};
  std::vector<Moment> visit_at_;
  std::vector<Pesos> visit_spent_;
  std::vector<VisitRef> visit_ref_;

  std::vector<Moment> sale_at_;
  std::vector<std::uint8_t> sale_is_visit_;
  RowGroups sales_by_customer_;
  RowGroups service_lines_by_sale_;
  RowGroups product_lines_by_sale_;
  RowGroups payments_by_sale_;

  std::unique_ptr<const SearchIndex> search_;
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace aremko::snapshot

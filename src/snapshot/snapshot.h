#pragma once
// Everything a tenant's sources say about its customers at one moment, immutable and indexed. Readers hold it by
// shared_ptr and never wait. Built by Builder (builder.h), published by Holder (holder.h), searched by search.h.

#include <array>
#include <cstdint>
#include <limits>
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
  /// `parent` is one of the parents, and not checked: a page of guests asks thousands of times.
  std::span<const Row> of(Row parent) const {
    const std::uint32_t* at = begin.data() + parent;
    return {rows.data() + at[0], rows.data() + at[1]};
  }
};

/// Rows of a child table of which most parents have none: (parent, child), sorted.
struct SparseRows {
  std::vector<std::pair<Row, Row>> rows;
  std::span<const std::pair<Row, Row>> of(Row parent) const;
};

/// Rows put together in sets; most stand alone. All empty when every row does.
struct RowSets {
  std::vector<Row> set_of;  // no_row = alone
  RowGroups members;        // by set, ascending
  /// The row's set, itself among them; empty when it stands alone.
  std::span<const Row> of(Row row) const {
    return set_of.empty() || set_of[row] == no_row ? std::span<const Row>{} : members.of(set_of[row]);
  }
};

/// What rows of customers have to do with each other.
struct PersonTies {
  static constexpr Moment for_ever{std::numeric_limits<std::int32_t>::max()};
  RowSets ties;   // known as one person, or as one household: what one refuses is refused
  RowSets twins;  // those of them whose names agree too: one person for certain
  // Until when a customer's phone or mailbox, or a tied legacy record's, is closed by the word of whoever else has it;
  // unknown = it is not. Empty when none is.
  std::vector<Moment> phone_closed;
  std::vector<Moment> email_closed;
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

/// What a sale of the current database is to whoever made it.
enum class SaleKind : std::uint8_t {
  nothing,  // nobody came: cancelled, emptied, only products, gift cards or adjustments. Its money counts
  visit,    // ahead until `seen_from`, a visit from then on
  unpaid,   // nothing paid and nobody checked in: ahead until its day ends, nothing afterwards
};

/// Since when something of a sale is seen: from its moment on once its people have checked in, else from the midnight
/// after its day on, as until then it is still ahead. Unknown = always.
constexpr Moment seen_from(Moment at, bool checked_in) {
  return checked_in || !at.known() ? at : Moment::start_of(at.date().plus_days(1));
}

/// A person's visits, undated ones first, then in the order in which they are seen. That is the order of their days;
/// within a day a visit that was checked in comes before those that were not, whatever their hours.
/// `spent[i]` is the money of visits 0..i, less what the charges take off.
struct VisitSpan {
  std::span<const Moment> at;
  std::span<const Moment> from;  // seen_from
  std::span<const Pesos> spent;
  std::span<const VisitRef> ref;
  std::size_t size() const { return at.size(); }
  /// How many are seen at an instant: undated ones, and those seen from it or before.
  std::size_t seen(AsOf as_of) const;
  Pesos money(std::size_t visit) const { return spent[visit] - (visit == 0 ? 0 : spent[visit - 1]); }
};

/// What a method of payment does beside paying: which numbers in PaymentColumns::method are which.
class PaymentMethods {
 public:
  PaymentMethods() = default;
  explicit PaymentMethods(const sources::CurrentBatch& batch);
  bool discount(std::uint8_t method) const { return kind_[method] == 1; }
  bool gift_card(std::uint8_t method) const { return kind_[method] == 2; }

 private:
  std::array<std::uint8_t, 256> kind_{};
};

/// Why money is charged that is not the total of a visit.
enum class ChargeKind : std::uint8_t {
  sale,       // the total of a sale with which nobody came; negative ones too
  gift_card,  // paid with a gift card: its buyer spent that
  discount,   // a payment of method `descuento` that the sale's total still holds
  refund,     // given back
};

/// A customer's money beside the totals of their visits, in the order in which it is seen. Sparse: most have none.
struct ChargeSpan {
  std::span<const Moment> from;  // seen from here on; unknown = always
  std::span<const Moment> at;    // when it was
  std::span<const Pesos> spent;  // of charges 0..i
  std::span<const ChargeKind> kind;
  std::size_t size() const { return at.size(); }
  std::size_t seen(AsOf as_of) const;
  Pesos money(std::size_t charge) const { return spent[charge] - (charge == 0 ? 0 : spent[charge - 1]); }
  Pesos spent_by(AsOf as_of) const {
    const std::size_t count = seen(as_of);
    return count == 0 ? 0 : spent[count - 1];
  }
};

/// Everybody's visits in one set of columns, and everybody's charges; persons + 1 entries in `begin`.
struct VisitColumns {
  std::vector<std::uint32_t> begin{0};
  std::vector<Moment> at;
  std::vector<Moment> from;
  std::vector<Pesos> spent;
  std::vector<VisitRef> ref;
  VisitSpan of(PersonId person) const;
};
struct ChargeColumns {
  std::vector<std::uint32_t> begin{0};
  std::vector<Moment> from;
  std::vector<Moment> at;
  std::vector<Pesos> spent;
  std::vector<ChargeKind> kind;
  ChargeSpan of(PersonId person) const;
};

inline bool checked_in(const sources::CurrentBatch& batch, Row sale) {
  const sources::BookingState state = batch.sales.booking_state[sale];
  return state == sources::BookingState::checkin || state == sources::BookingState::checkout;
}
/// Whether a sale's money was spent: its payment state is pagado or parcial.
inline bool has_money(const sources::CurrentBatch& batch, Row sale) {
  const sources::PaymentState state = batch.sales.payment_state[sale];
  return state == sources::PaymentState::pagado || state == sources::PaymentState::parcial;
}
/// Takes money off its sale and is no service that somebody came for.
inline bool is_adjustment(const sources::CurrentBatch& batch, Row service_line) {
  const Row service = batch.service_lines.service[service_line];
  return batch.service_lines.unit_price[service_line] < 0 ||
         (service < batch.services.size() && batch.services[service].adjustment);
}

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
  std::uint64_t gone = 0;     // their customer is no longer in the current database
  std::uint64_t lost = 0;     // neither their number nor their id stands in the file any more: so do these
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
  /// Rows of the services file left out because they are sales that the current database has.
  std::int64_t live_rows() const { return live_rows_; }

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
  std::size_t person_count() const { return visits_.begin.size() - 1; }
  VisitSpan visits(PersonId person) const;
  /// All persons' visit columns, for questions that walk everybody: visit_begin()[p] .. visit_begin()[p+1].
  std::span<const std::uint32_t> visit_begin() const { return visits_.begin; }
  std::span<const Moment> visit_at() const { return visits_.at; }
  /// Empty for the legacy people, whose money is all in their visits.
  ChargeSpan charges(PersonId person) const;
  const PaymentMethods& payment_methods() const { return payment_methods_; }

  /// Every sale of a customer, whatever its kind.
  std::span<const Row> sales_of(Row customer) const;
  /// Those of kind `unpaid`.
  std::span<const Row> unpaid_of(Row customer) const { return unpaid_by_customer_.of(customer); }
  Moment sale_moment(Row sale) const { return sale_at_[sale]; }
  Moment sale_seen_from(Row sale) const { return seen_from(sale_at_[sale], checked_in(*current_, sale)); }
  SaleKind sale_kind(Row sale) const { return sale_kind_[sale]; }
  std::span<const Row> service_lines_of(Row sale) const;  // cancelled ones left out, adjustments not
  std::span<const Row> product_lines_of(Row sale) const;
  std::span<const Row> payments_of(Row sale) const;

  /// A customer's rows in tables of the current batch, as (customer, index). A gift card is its buyer's and its recipient's.
  std::span<const std::pair<Row, Row>> gift_cards_of(Row customer) const { return gift_cards_.of(customer); }
  std::span<const std::pair<Row, Row>> surveys_of(Row customer) const { return surveys_.of(customer); }
  std::span<const std::pair<Row, Row>> prizes_of(Row customer) const { return prizes_.of(customer); }
  std::span<const std::pair<Row, Row>> labels_of(Row customer) const { return labels_.of(customer); }
  /// The visits that the database's imported history has of a customer, those known as sales too.
  std::span<const Row> own_history_of(Row customer) const { return own_history_.of(customer); }

  const PersonTies& person_ties() const { return person_ties_; }
  /// A customer's messages, oldest first.
  std::span<const sources::Message> messages_of(Row customer) const;

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
  std::int64_t live_rows_ = 0;

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

  VisitColumns visits_;
  ChargeColumns charges_;
  PaymentMethods payment_methods_;

  std::vector<Moment> sale_at_;
  std::vector<SaleKind> sale_kind_;
  RowGroups sales_by_customer_;
  RowGroups unpaid_by_customer_;
  RowGroups service_lines_by_sale_;
  RowGroups product_lines_by_sale_;
  RowGroups payments_by_sale_;
  SparseRows gift_cards_;
  SparseRows surveys_;
  SparseRows prizes_;
  SparseRows labels_;
  RowGroups own_history_;
  PersonTies person_ties_;
  std::vector<std::uint32_t> message_begin_;  // per customer; empty without messages

  std::unique_ptr<const SearchIndex> search_;
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace aremko::snapshot

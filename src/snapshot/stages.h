#pragma once
// The stages of Builder::build: pure functions from batches to columns, none of which knows the Snapshot.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "snapshot/snapshot.h"

namespace aremko::snapshot {

/// Children grouped by parent by a counting sort, stable; a parent of no_row leaves the child out.
RowGroups group_rows(std::span<const Row> parent_of, std::size_t parents);

/// Runs both, on two threads when there are two. Rethrows the first one's exception.
void run_both(unsigned threads, const std::function<void()>& first, const std::function<void()>& second);

/// What was paid for a sale in all its payments but the discounts: in the end, and how much of them went back.
struct SalePayments {
  Pesos net = 0;
  Pesos refunds = 0;
};
SalePayments sale_payments(const sources::CurrentBatch& batch, std::span<const Row> payments, const PaymentMethods& methods);

/// Whether a sale that is not paid up has nothing paid in the end: never, or all of it went back.
bool nothing_paid(const sources::CurrentBatch& batch, Row sale, std::span<const Row> payments, const PaymentMethods& methods);

/// Whether all that was paid for a sale went back by a day, whatever the sale's own columns still say.
bool paid_back(const sources::CurrentBatch& batch, Row sale, std::span<const Row> payments, const PaymentMethods& methods, Date by);

/// What the current database says of its sales.
struct SaleFacts {
  PaymentMethods methods;
  std::vector<Moment> at;               // unknown only when no column of the sale holds a date
  std::vector<SaleKind> kind;
  RowGroups by_customer;
  RowGroups unpaid;                     // per customer: its sales of kind `unpaid`
  RowGroups service_lines;              // cancelled ones left out
  RowGroups product_lines;
  RowGroups payments;
};
SaleFacts sale_facts(const sources::CurrentBatch& batch, unsigned threads);

/// The money that is not the total of a visit. Of a sale with refunds (negative payments) is taken off what they gave
/// back of it and was not paid again: the refunds so far, at most what its total is above all that was paid so far.
ChargeColumns charges(const sources::CurrentBatch& batch, const SaleFacts& sales);

/// One amount of ChargeColumns.
struct Charge {
  Moment from;
  Moment at;
  ChargeKind kind;
  Pesos money;
};
/// Appends one person's, in the order in which they are seen, and empties the list; `begin` is the caller's.
void append(ChargeColumns& out, std::vector<Charge>& one);

/// Rows of customers that are one person's (same valid phone, mailbox or RUT, their own or a tied legacy record's; a value
/// that more than four customers bear ties nobody), and the contact values that somebody's word closes. A mailbox is one in
/// every spelling that its provider takes for it. `merged`: rows of `unmerged` that are one with a customer, whose values are
/// that customer's too.
PersonTies person_ties(const sources::CurrentBatch& batch, const LegacyPeople& legacy, const RowGroups& legacy_of,
                       const sources::CustomerColumns& unmerged, std::span<const MergedRow> merged);

/// Which legacy row bears which name of the services file.
struct NameTies {
  static constexpr Row ambiguous = no_row - 1;
  /// Per person of the services file: the row of the customers file that takes all of its visits; no_row when the
  /// name stands in no row; `ambiguous` when several people bear it, or somebody bears one like it.
  std::vector<Row> row_of;
  /// The people who may be meant by an ambiguous name, each with the rows of the file that are him or her.
  struct Namesake {
    Row takes = no_row;     // the row that takes the visits
    std::vector<Row> rows;
  };
  std::vector<std::pair<Row, std::vector<Namesake>>> namesakes;  // by person of the services file, ascending
};
/// `customer_of` is the live mapping of each row of the file, or no_row.
NameTies tie_names(const sources::LegacyCustomersBatch* file, const sources::LegacyServicesBatch& services,
                   std::span<const Row> customer_of, const sources::CustomerColumns& customers);

/// Which namesake the contact written on services rows points to, where the names themselves do not tell.
class ContactEvidence {
 public:
  ContactEvidence(const sources::LegacyCustomersBatch* file, const sources::LegacyServicesBatch& services,
                  const NameTies& ties);
  /// The row that takes a visit of this person made of these lines; no_row when nothing, or nothing certain, is said.
  Row decide(Row person, std::span<const Row> lines) const;

 private:
  struct Value {
    std::uint64_t hash;
    Row person;
    Row takes;  // no_row when two namesakes share the value, or when too many names bear it
  };
  void forget_shared(const sources::LegacyServicesBatch& services);

  const sources::LegacyServicesBatch* services_;
  std::vector<Value> values_;  // sorted by person, then hash
};

/// Which rows of the services file are sales of the live system, which says of them what is true: their day is
/// `live_since` or later, and their `reserva` is a sale's id. Their day may be wrong, and nobody need be tied. The same
/// number in the old system's time is another visit. Empty when none is.
std::vector<std::uint8_t> live_rows(const sources::CurrentBatch& current, const sources::LegacyServicesBatch* services,
                                    Date live_since);

/// The visits of the services file, and the people who stand in it alone.
struct LegacyFacts {
  LegacyVisits visits;                  // by owner: rows of the file, then extras, then customers' own
  std::vector<Row> customer;            // per visit: the customer it names itself, else no_row
  std::vector<std::string> extra_id;
  std::vector<Row> extra_person;
  std::vector<std::uint32_t> begin{0};  // per legacy row (extras after the file's), into visits
  RowGroups own;                        // per customer: visits that name it
};
/// `live`: rows left out (live_rows), or empty. `merged`: customers who are another one, by id.
LegacyFacts legacy_facts(const sources::CustomerColumns& customers, const sources::LegacyCustomersBatch* file,
                         const sources::LegacyServicesBatch* services, std::span<const Row> customer_of,
                         std::span<const std::uint8_t> live = {}, std::span<const MergedRow> merged = {});

struct VisitInput {
  const sources::CurrentBatch& current;
  const sources::LegacyServicesBatch* services = nullptr;
  const SaleFacts& sales;
  const LegacyFacts& legacy;
  RowGroups legacy_of;                  // per customer: its live-mapped legacy rows
  std::size_t legacy_people = 0;
};
VisitColumns merge_visits(const VisitInput& input, unsigned threads);

}  // namespace aremko::snapshot

#pragma once
// The live booking system: a Django database on PostgreSQL or SQLite, by the same code.

#include <memory>
#include <string>

#include "base/clock.h"
#include "sources/source.h"
#include "sources/staff_names.h"
#include "sql/change_watch.h"
#include "sql/url.h"

namespace aremko::sources {

struct DjangoOptions {
  /// A load of millions of rows takes seconds; ten minutes is a server that is ill.
  int statement_timeout_ms = 600'000;
  /// From so many rows on, by the server's estimate, PostgreSQL is read over two connections that see one snapshot;
  /// below, the second connection costs more than it brings.
  std::uint64_t parallel_from_rows = 200'000;
  /// Whoever bears one of these names is staff, or the house itself; see StaffNames.
  StaffNames staff{};
};

/// Reads by column name, as of one instant, and never writes. Optional tables and columns may be absent (a note each in
/// the report); a required one that is absent makes load() `unavailable`, naming it, and so does any table that was there
/// at an earlier load: what is lost must not pass for what never was. What is decided about values:
///  - Sales without their customer, lines and payments without their sale, service or product, rows without an id or
///    with one that was there before, and sales and payments whose amount is NaN, infinite or beyond 1,000,000,000 either
///    way are refused: `orphan`, `no_id`, `duplicate_id`, `bad_amount`. What hangs off a refused sale is refused with it
///    (`of_refused_sale`). Refunds and credit notes are amounts below zero.
///  - Dates outside 2000–2099 are unknown, but for proximo_contacto_no_antes_de, which then holds for ever; a start that
///    is no time of day is unknown, and so is 00:00, which a line typed without an hour has; numbers of people or units
///    outside 1–1,000 count as 1 (of a discount they are the pesos taken off, up to 1,000,000,000); impossible unit
///    prices are the catalogue's. The row is kept and a note counts them.
///  - What takes money off, what is never booked alone and how a price is charged: service_rules.h.
///  - A table or column that says to whom not to write, is there and cannot be read closes its channel for everybody
///    (CurrentBatch::…_consent_unreadable) with a note; one that was never there closes nothing. A null or a word that
///    cannot be understood closes it for its row.
class DjangoSource final : public Source {
 public:
  /// The clock must outlive the source.
  DjangoSource(sql::Url url, std::shared_ptr<const Zone> zone, const Clock& clock, DjangoOptions options = {});

  std::string_view name() const override { return "aremko_db"; }
  std::string describe() const override;
  Result<std::string> change_token() override;
  Result<Batch> load(const Progress& progress) override;

 private:
  sql::Url url_;
  std::shared_ptr<const Zone> zone_;
  const Clock& clock_;
  DjangoOptions options_;
  sql::ChangeWatch watch_;
  std::vector<std::string_view> tables_;  // of the last good load
};

/// A person who had more services than this in one calendar year is not one person, but the many that a broken import
/// laid on one customer: two a month is the most frequent guest that the business has a word for.
inline constexpr int max_services_a_year = 24;

/// The legacy visits that were imported into the same database (`crm_service_history`), for tenants without a services
/// file. Rows name their customer by id (LegacyServicesBatch::customer_id). Everything of a customer who is above
/// max_services_a_year in any year is refused (`implausible`), and so are rows of unknown customers (`orphan`). A
/// database without the table yields an empty batch with a note.
class DjangoServiceHistorySource final : public Source {
 public:
  DjangoServiceHistorySource(sql::Url url, const Clock& clock, DjangoOptions options = {});

  std::string_view name() const override { return "historial_db"; }
  std::string describe() const override;
  Result<std::string> change_token() override;
  Result<Batch> load(const Progress& progress) override;

 private:
  sql::Url url_;
  const Clock& clock_;
  DjangoOptions options_;
  sql::ChangeWatch watch_;
};

}  // namespace aremko::sources

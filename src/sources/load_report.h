#pragma once
// What a load of a source found, beside the data itself: counts, refusals, and what was put right.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil.h"
#include "base/clock.h"

namespace aremko::sources {

/// A row that could not be used; kept with its reason and shown, never silently dropped.
struct RefusedRow {
  std::string file;          // file name or table, no directory
  std::uint64_t line = 0;    // 1-based line where the record starts, or the table's row id
  std::string code;          // short machine word, e.g. "bad_quote", "no_id", "duplicate_id"
  std::string reason_es;     // a sentence without personal data
  std::string reason_en;
};

/// All rows refused for one reason, those not kept one by one too.
struct RefusedReason {
  std::string code;
  std::string reason_es;
  std::string reason_en;
  std::uint64_t rows = 0;
};

/// How a column of the source was filled before anything was put right, over all rows that were looked at. Words for
/// nothing (`#N/A`, `-`) are no value.
struct FieldCount {
  std::string_view field;    // a constant: "telefono", "email", "documento_identidad", "checkin" …
  std::uint64_t filled = 0;
  std::uint64_t valid = 0;   // of those, what such a column should hold: a phone, an address, a RUT with its right digit
};

/// Values that stood in another's column, in rows that were kept. They went where they belong unless that was filled.
/// `invalid_amount` besides: an amount that could not be read and counts as nothing, with every line that anybody may look at.
struct Misplaced {
  static constexpr std::size_t max_where = 20;
  std::string_view code;     // a constant: "phone_in_document", "rut_in_place" …
  std::string_view field;    // where they stood
  std::uint64_t count = 0;
  std::vector<std::uint64_t> where{};  // the first ones: lines of the file, or ids of the table
};

/// A date that stands for "unknown", and on how many rows.
struct PlaceholderDay {
  Date day;
  std::uint64_t rows = 0;
};

/// Counts of one load, shown by `aremko sources`, `aremko health` and /stats/overview.
struct LoadReport {
  std::uint64_t rows_read = 0;
  std::uint64_t rows_kept = 0;
  std::uint64_t rows_refused = 0;
  std::vector<RefusedRow> refused;  // the first 1,000; rows_refused counts them all
  std::vector<RefusedReason> refused_by;  // in order of first appearance; sums to rows_refused
  std::uint64_t texts_repaired = 0;  // wrong encodings put right
  std::vector<FieldCount> fields;
  std::vector<Misplaced> misplaced;  // only what occurred
  std::vector<PlaceholderDay> placeholder_days;  // by day
  std::vector<std::string> notes_es; // e.g. "Falta la tabla ventas_comuna: se sigue sin comunas."
  double seconds = 0;                // how long the load took
  UnixSeconds loaded_at = 0;
};

}  // namespace aremko::sources

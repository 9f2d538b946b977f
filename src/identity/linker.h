#pragma once
// Who is who. Every legacy record gets its candidates among the current customers, each with its evidence in
// log-odds, and a confidence that is a probability in percent.
//
// The scale is the contract's: one exact identifier alone, with nothing for or against, gives phone 90, e-mail 85,
// RUT 95, a name 50 (the commonest) to 70 (a rare one). Further evidence adds log-odds (Fellegi & Sunter, 1969);
// contradictions subtract; a contact value shared by several names loses ln(names). Rivals for one legacy record
// share its probability: p_i = odds_i / (1 + Σ odds_j), so that two equally good candidates are no link at 90.

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "identity/name_compare.h"
#include "identity/record.h"

namespace aremko::identity {

using Row = std::uint32_t;

/// One piece of evidence; `reason` is one of phone_exact, email_exact, rut_exact, name_exact, name_partial,
/// name_similar, city_match and the same with _conflict.
struct Evidence {
  std::string_view reason;
  double log_odds = 0;  // for (> 0) or against (< 0)
};

struct Candidate {
  Row legacy = 0;
  Row current = 0;
  double confidence = 0;  // percent, 0–100, whole
  std::vector<Evidence> evidence{};
};

inline constexpr double high_confidence = 85;    // live without a person's word
inline constexpr double medium_confidence = 70;  // below: no mapping

/// Indexes both sides once; then answers per legacy record. Pure: depends on nothing but its input. Keeps views into
/// the records' texts. Memory about 100 bytes a record.
class Linker {
 public:
  Linker(std::span<const Record> current, std::span<const Record> legacy);

  /// Every current customer that shares an identifier or the full name, best first; at most 50.
  std::vector<Candidate> candidates(Row legacy) const;

  /// The best candidate of every legacy record where it reaches medium_confidence, in the order of the records.
  std::vector<Candidate> links() const;

 private:
  struct Keyed {
    std::uint64_t hash;
    Row row;
  };
  enum class Field : std::uint8_t { phone, email, rut, name };
  static constexpr std::size_t field_count = 4;

  void index_side(std::span<const Record> side, bool is_current);
  void count_names_by_contact();
  std::span<const Keyed> rows_with(Field field, std::uint64_t hash) const;
  std::uint64_t key_of(Field field, const Record& record, std::string_view folded_name) const;
  double name_rarity(const std::vector<std::string_view>& words) const;
  Candidate weigh(Row legacy, Row current) const;
  void weigh_name(Candidate& out, bool has_identifier) const;
  double contact_weight(std::uint64_t hash, double alone) const;
  std::string_view folded(bool is_current, Row row) const;

  std::span<const Record> current_;
  std::span<const Record> legacy_;
  std::vector<std::string> folded_current_;
  std::vector<std::string> folded_legacy_;
  std::vector<Keyed> by_[field_count];                              // current side, sorted by hash then row
  std::unordered_map<std::uint64_t, std::uint32_t> names_of_contact_;  // contact → distinct given names, when > 1
  std::unordered_map<std::string_view, std::uint32_t> word_count_;
  double records_ = 0;
};

}  // namespace aremko::identity

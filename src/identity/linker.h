#pragma once
// Who is who among a business's people: the engine of match.h on names, phones, e-mails, RUTs and towns. Every legacy
// record gets its candidates among the current customers, each with its evidence in log-odds, and a confidence that is a
// probability in percent.
//
// Where there is little to learn from, the scale is the contract's: one exact identifier alone, with nothing for or
// against, gives phone 90, e-mail 85, RUT 95, a name 50 (the commonest) to 70 (a rare one). With more, it is what the
// people themselves show, and what pairs with a RUT on both sides and people's decisions say of it.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "identity/match.h"
#include "identity/record.h"

namespace aremko::identity {

using Row = std::uint32_t;

enum class Field : std::uint8_t {
  name, phone, email, rut, city,
  prior,        // how rarely any two records are one person
  household,    // people of one house share contacts, and numbers are handed on
  rivals,       // other candidates, or their absence
  calibration,  // what known pairs and decisions showed of such claims
  ceiling,      // such evidence claims no more: one contact and a common name; `two_ids` and `other_given_name`, which wait for a person
};

/// One piece of evidence.
struct Evidence {
  Field field = Field::name;
  std::string_view level{};   // "exact", "typo", … as match.h has them
  /// phone_exact, email_exact, rut_exact, name_exact, name_partial, name_similar, city_match, the same with _conflict,
  /// and phone_similar, email_similar, rut_similar for near misses; empty where there is nothing to say or no field.
  std::string_view reason{};
  double log_odds = 0;        // natural; for (> 0) or against (< 0)
  std::uint32_t names = 0;    // of a contact, when explained: how many unrelated names it stands on; 0 where they are the pair's own
  double one_in = 0;          // of an exact value: one in so many has it; 0 not known
};

struct Candidate {
  Row legacy = 0;
  Row current = 0;
  double confidence = 0;  // percent, one decimal; at most 99.9 without an exact RUT and an agreeing name
  std::vector<Evidence> evidence{};  // sums to the log-odds of the confidence, before rounding
};

/// The reasons in the contract's words: what speaks for it first, then what speaks against.
std::vector<std::string_view> reasons_of(const Candidate& candidate);

/// The engine's link in the contract's words, of these rows. For this room alone.
Candidate candidate_of(const match::Link& link, Row legacy, Row current);

/// How many unrelated names a contact stands on, where any is another's than the pair's own; else 0. `names` and `rows` are those of
/// the contact. For this room alone.
std::uint32_t names_beside(const Candidate& candidate, std::uint32_t names, std::uint32_t rows);

inline constexpr double high_confidence = 85;    // live without a person's word
inline constexpr double medium_confidence = 70;  // below: no mapping

/// What a person decided of two rows.
struct Decided {
  Row legacy = 0;
  Row current = 0;
  bool same = false;

  friend bool operator==(const Decided&, const Decided&) = default;
};

class Linker {
 public:
  /// Reads the records, and keeps none of their texts' views. Pairs decided not to be the same are never proposed again;
  /// all decisions calibrate. Throws Cancelled.
  Linker(std::span<const Record> current, std::span<const Record> legacy, std::span<const Decided> decided = {},
         const Watch& watch = {});

  /// The same people under other decisions, without learning anew.
  Linker with(std::span<const Decided> decided) const;

  /// The best candidate of every legacy record where it reaches medium_confidence, in the order of the records.
  std::vector<Candidate> links() const;
  /// Every current customer worth a look, best first; at most 50.
  std::vector<Candidate> candidates(Row legacy) const;
  /// One pair, whatever it is worth, with all that is known of its evidence.
  Candidate explain(Row legacy, Row current) const;
  /// The candidates of somebody who is in no list (`legacy` is 0 in them), best first; at most `most`.
  std::vector<Candidate> find(const Record& person, std::size_t most) const;

 private:
  Candidate candidate(const match::Link& link) const { return candidate_of(link, link.left, (*current_rows_)[link.right]); }

  Linker(std::shared_ptr<const std::vector<Row>> current_rows, match::Matcher matcher);

  std::shared_ptr<const std::vector<Row>> current_rows_;  // of the matcher's right rows: staff is not among them
  std::unique_ptr<const match::Matcher> matcher_;
};

}  // namespace aremko::identity

#pragma once
// Who is who in any two lists, or who stands twice in one: candidates → comparison → probability → decision. Learns
// from the lists themselves, needs no labels; pure, and the same for the same seed.
//
// The model is Fellegi & Sunter's (1969) with a class for households, learned by EM; see match_model.h. Confidence is
// calibrated on pairs whose truth is known (match_calibrate.h), and limited where one contact is all there is
// (match_score.h). On this machine 15,000 × 13,000 rows take under half a second, a million a side a minute and 2 GB.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "identity/match_input.h"

namespace aremko::identity::match {

/// What a person said of two rows.
struct Known {
  RowId left = 0;
  RowId right = 0;
  bool same = false;
};

struct Options {
  bool dedupe = false;          // the left list against itself
  std::uint64_t seed = 1;
  double pairs_a_row = 5;       // how many pairs a pass of candidates may bring, for each row
  double least = 0.5;           // links below this probability are not given
  std::vector<Known> known{};   // what is not the same is never linked; all of them calibrate
};

/// Evidence that is no column's: `prior` (how rare matches are among all pairs), `household` (what speaks for two people
/// who share contacts), `rivals` (other candidates), `group` (what the other rows of a group of duplicates say), `calibration` (what pairs of
/// known truth showed), `ceiling` (what such evidence may claim at most; `two_ids` and `other_given_name` where a person has to
/// decide).
inline constexpr std::size_t no_column = SIZE_MAX;

/// What one column says: `level` as in "exact", "typo"; natural log-odds, for (> 0) or against (< 0).
struct Evidence {
  std::size_t column = 0;
  std::string_view level{};
  double log_odds = 0;
  double surprise = 0;  // −ln of the chance to agree on just this value (a name's: of how few bear it); 0 where it is not by value
};

struct Link {
  RowId left = 0;
  RowId right = 0;
  double confidence = 0;  // percent, one decimal; 100 only with an exact national id and an agreeing name
  std::vector<Evidence> evidence{};  // sums to the log-odds of the confidence, before it is rounded
};

/// A column that a broken lookup filled in: left out of the evidence.
struct BrokenColumn {
  std::size_t column = 0;
  Side side = Side::left;
  Text reason{};
};

struct Summary {
  std::uint64_t pairs_compared = 0;
  std::uint64_t passes = 0;
  double expected_matches = 0;
  double blocking_recall = 0;   // estimated share of the matches that are among the candidates
  double share_learned = 1;     // how much of the model is the lists' own, beside the contract's weights
  std::uint64_t calibrated_on = 0;  // pairs of known truth
  double slope = 1, offset = 0;     // what they showed: log-odds become slope · x + offset
  std::vector<BrokenColumn> broken{};
  std::vector<std::pair<std::string, double>> seconds{};  // by phase
};

class Matcher {
 public:
  /// Learns, and decides. Throws Cancelled.
  Matcher(Input input, const Options& options, const Watch& watch = {});
  Matcher(Matcher&&) noexcept;
  ~Matcher();
  /// The same people under other decisions, `known` in the place of Options::known: what was learned of them is shared, and
  /// only what decisions touch is done again. 10 ms at 15,000 × 13,000.
  Matcher with(std::span<const Known> known) const;

  /// Two lists: the best right row of every left row where it is likely enough. One list: the pairs of every group of
  /// duplicates. By left row, then right.
  std::vector<Link> links() const;
  /// The right rows that a left one could be, most likely first; all that share a key with it.
  std::vector<Link> candidates(RowId left, std::size_t most) const;
  /// Any two rows, candidates or not.
  Link explain(RowId left, RowId right) const;
  /// The same for a row that is on neither list (`fields` as Input::add takes them), against the right list, or against the
  /// only one. The first call makes an index of about 100 bytes a row; then well under a millisecond among a million.
  std::vector<Link> find(std::span<const std::string_view> fields, std::size_t most) const;

  const Summary& summary() const;
  const Input& input() const;
  /// Rows of both lists that hold what this row has in the column; 0 when it has nothing.
  std::uint32_t rows_with(std::size_t column, Side side, RowId row) const;
  /// How many people of unrelated names a phone or an e-mail stands on; 0 without one, or without names. Counted at the
  /// first call, about a second a million rows.
  std::uint32_t names_with(std::size_t column, Side side, RowId row) const;

 private:
  struct Parts;
  explicit Matcher(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace aremko::identity::match

#pragma once
// What the engine learns from the people alone: candidates with their log-odds, the model, what RUTs say of it. Decisions
// of people change none of it, so one is kept beside them. For this room alone.

#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "identity/match.h"
#include "identity/match_block.h"
#include "identity/match_calibrate.h"
#include "identity/match_compare.h"
#include "identity/match_index.h"
#include "identity/match_model.h"
#include "identity/match_score.h"

namespace aremko::identity::match {

struct Learned {
  Learned(Input given, const Options& options, const Watch& watch);
  Learned(const Learned&) = delete;
  Learned& operator=(const Learned&) = delete;

  /// The kept candidates of a left row: a range of `pairs`.
  std::pair<std::size_t, std::size_t> range(RowId left) const;
  /// How many unrelated names a contact stands on (contact_names); counted at the first call.
  const std::vector<std::vector<std::uint16_t>>& contact_names() const;
  /// The right side by its keys; made at the first call.
  const Index& index() const;
  /// A row's RUT where it is a valid one, else `missing`.
  Value valid_id(Side side, RowId row) const;
  /// A pair's log-odds had nobody a RUT.
  double without_rut(const Comparison& found, RowId right) const;

  Input input;
  bool dedupe = false;
  Summary summary;
  std::optional<Comparer> comparer;
  std::optional<Scorer> scorer;
  Model model;
  double none = 1;                       // how likely a left row has no match, beforehand
  std::vector<PairKey> pairs;            // sorted; the candidates worth keeping
  std::vector<float> log_odds;           // of each
  std::vector<Outcome> by_rut;           // what RUTs say of what would have been chosen without them
  Calibration of_pairs;                  // of one list: of what speaks for a pair beside its RUTs
  std::size_t id_column = no_column;

 private:
  void keep_rivals();
  std::vector<Outcome> judged_by_rut(const std::vector<Comparison>& comparisons) const;
  void calibrate_pairs(const std::vector<Comparison>& comparisons);

  mutable std::once_flag counted_;
  mutable std::vector<std::vector<std::uint16_t>> names_;
  mutable std::once_flag indexed_;
  mutable std::optional<Index> index_;
};

}  // namespace aremko::identity::match

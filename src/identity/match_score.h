#pragma once
// What a comparison is worth in log-odds, column by column. Where the lists are too small to learn from, the contract's
// weights speak instead (phone 90, e-mail 85, RUT 95, a name 50–70), and between the two regimes both do. For this
// room alone.

#include <cmath>
#include <functional>
#include <string_view>
#include <vector>

#include "identity/column_signature.h"
#include "identity/match.h"
#include "identity/match_compare.h"
#include "identity/match_model.h"

namespace aremko::identity::match {

/// Rows of a column as column_signature takes them; views into the column.
Numbered numbered(const Column& column, std::vector<Value> rows);

/// How many unrelated names stand on a contact, by column and value; empty for columns that hold no contacts.
std::vector<std::vector<std::uint16_t>> contact_names(const Input& input, bool dedupe);

class Scorer {
 public:
  /// `share_learned` (0–1): how much of the model counts beside the contract's weights.
  Scorer(const Comparer& comparer, const Model& model, double share_learned);

  /// Log-odds that the pair is one person, before rivals. The same as the sum of evidence().
  double log_odds(RowId left, RowId right, const Comparison& found) const {
    return share_ == 1 ? model_.log_odds(comparer_, found) : blended(left, right);
  }
  double log_odds(const Comparison& found, const Agreements& parts, RowId right) const;
  std::vector<Evidence> evidence(const Comparison& found, const Agreements& parts, RowId right) const;

 private:
  double blended(RowId left, RowId right) const;
  double contact(std::size_t column, Value value, double alone) const;
  double name(const Agreement& part, bool has_identifier, double bearers) const;
  /// The contract's weights of every column.
  std::vector<double> contract(const Agreements& parts, RowId right) const;

  const Comparer& comparer_;
  Model model_;
  double share_ = 1;
  std::vector<std::vector<std::uint16_t>> names_;  // contact_names, where the contract's weights are asked
};

/// 1 where the lists hold enough matches to learn from, 0 where the contract's weights must do; always 1 for columns
/// of which the contract does not speak.
double share_learned(const Comparer& comparer, double expected_matches);

/// Below what is live by itself: 84 %.
inline const double for_a_person = std::log(0.84 / 0.16);

struct Ceiling {
  double most = 0;         // log-odds
  std::string_view why{};  // a level of Evidence
};
/// The text of the left row in a column; empty when it has none.
using LeftText = std::function<std::string_view(std::size_t column)>;

/// The most that evidence of this kind may claim: an identifier alone has the contract's weight, and one contact with a name
/// that everybody bears is no more than 95; 99.9 in general, and no limit for an exact national id with an agreeing name.
/// Two different valid ids (`two_ids`), and an equal id or a shared contact under different given names (`other_given_name`, see
/// given_names.h; of ids in a business's lists alone): 84, so that a person decides.
Ceiling ceiling(const Comparer& comparer, const Agreements& parts, const LeftText& left, RowId right);

}  // namespace aremko::identity::match

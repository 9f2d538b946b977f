#pragma once
// Names that are no guest's: the house's own ("Aremko Spa", "Caja Aremko") and those of staff that the tenant lists.

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace aremko::sources {

class StaffNames {
 public:
  StaffNames() = default;
  /// `house` is the business's name: whoever has all its words, whole and side by side, in their name is the house, also
  /// when they are letters apart ("A.R.E.M.K.O.") or glued to a word of the trade ("aremkospa"). Glued to any other
  /// letters it is a guest's own name ("Aremkoza Pérez").
  /// `listed` are whole names. Case, accents and punctuation do not matter.
  StaffNames(std::string_view house, const std::vector<std::string>& listed);

  bool has(std::string_view name) const;

 private:
  std::string house_;                       // folded, with a blank at either end; empty = none
  std::string glued_;                       // without any blank
  std::unordered_set<std::string> listed_;  // folded
};

}  // namespace aremko::sources

#pragma once
// Evidence as a receptionist reads it.

#include <string_view>

#include "base/error.h"
#include "identity/linker.h"
#include "model/explanation.h"

namespace aremko::operations {

/// The two records' names, as they are written.
struct Names {
  std::string_view legacy{};
  std::string_view current{};
};

/// One sentence. Says what agrees or not and how much it counts. Of names it shows the words that differ, of nothing else
/// the value.
Text words_for(const identity::Evidence& evidence, const Names& names = {});

/// The field's name in the contract's JSON.
std::string_view field_name(identity::Field field);

/// All of it, what is a field's first, the strongest first.
std::vector<EvidenceView> views_of(const identity::Candidate& candidate, const Names& names, std::string_view language);

/// What a confidence amounts to, with the strongest reason for and against; of a pair that a person rejected, that.
Text summary_of(const identity::Candidate& candidate, const Names& names = {}, bool rejected = false);

}  // namespace aremko::operations

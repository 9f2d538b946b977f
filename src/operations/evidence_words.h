#pragma once
// Evidence as a receptionist reads it.

#include <string_view>

#include "base/error.h"
#include "identity/linker.h"

namespace aremko::operations {

/// One sentence. Says what agrees or not and how much it counts, never the value itself.
Text words_for(const identity::Evidence& evidence);

/// The field's name in the contract's JSON.
std::string_view field_name(identity::Field field);

/// What a confidence amounts to, with the strongest reason for and against.
Text summary_of(const identity::Candidate& candidate);

}  // namespace aremko::operations

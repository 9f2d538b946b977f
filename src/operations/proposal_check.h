#pragma once
// Holds a message somebody else wrote to the facts it was to be written from: nothing may be promised, dated or
// counted in it that the facts do not say. It rather refuses what it cannot place than lets an invention through, and
// says why, so that a model (or a person) can write it again.

#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/proposal.h"

namespace aremko::operations {

/// Longest message, in bytes: three screens of a phone.
inline constexpr std::size_t most_message_bytes = 1'500;

/// What is wrong, in the order in which it stands, at most 20; empty when the message may be sent. `catalogue` are
/// the names of all services and products: one that is not in the facts is named as such. `language`: of the reasons.
std::vector<ProposalProblem> check_message(std::string_view message, const ProposalFacts& facts,
                                           std::span<const std::string_view> catalogue, std::string_view language = "es");

}  // namespace aremko::operations

#pragma once
// What a client's model is asked to write a message by.

#include <string>
#include <string_view>
#include <vector>

#include "model/proposal.h"

namespace aremko::assistants {

std::string writing_system(const ProposalFacts& facts, std::string_view language);
/// `example` is the template's message: what a right one looks like.
std::string writing_prompt(const ProposalFacts& facts, std::string_view example, std::string_view language);
std::string mending_prompt(const ProposalFacts& facts, std::string_view draft, const std::vector<ProposalProblem>& wrong,
                           std::string_view language);

}  // namespace aremko::assistants

#pragma once
// Verbs that prepare what is written to a guest: the facts with a message from a template, and the check of a message
// that somebody else wrote from them.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/proposal.h"
#include "operations/operation.h"

namespace aremko::operations {

enum class MessageLanguage : std::uint8_t { es, en };
constexpr std::string_view json_name(MessageLanguage language) { return language == MessageLanguage::en ? "en" : "es"; }

struct ProposalInput {
  std::int64_t customer_id = 0;
  std::optional<std::int64_t> discount_percent;
  MessageLanguage language = MessageLanguage::es;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(ProposalInput, (), (customer_id, discount_percent, language, as_of))
/// `conflict` for a staff account: nobody is to be won back there.
Result<Proposal> draft_proposal(Context& context, const ProposalInput& input);

struct ProposalCheckInput {
  std::int64_t customer_id = 0;
  std::string message;
  std::optional<std::int64_t> discount_percent;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(ProposalCheckInput, (), (customer_id, message, discount_percent, as_of))
Result<ProposalCheck> check_proposal(Context& context, const ProposalCheckInput& input);

/// The guide's message, filled with facts. With no offer it says so to nobody: it only greets.
std::string template_message(const ProposalFacts& facts, std::string_view language);

/// Whether they come today: then they are expected, and offered nothing.
bool is_for_today(const ProposalFacts& facts);

/// The names of everything that is sold, for check_message.
std::vector<std::string_view> catalogue_names(const Context& context);

std::vector<Operation> proposal_operations();

/// For other tools on the same input.
Note discount_note();

}  // namespace aremko::operations

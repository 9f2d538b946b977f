#pragma once
// What every figure means: how it is counted, and where it differs from the booking system's own and why.
// docs/definitions.md is this verb's answer.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "operations/operation.h"

namespace aremko::operations {

/// All in the caller's language.
struct Definition {
  std::string id;                      // the JSON field's name, or segment_vip, consent …
  std::string topic;                   // its chapter
  std::string title;
  std::string how;                     // how it is counted
  std::optional<std::string> differs;  // where the booking system counts otherwise
};
BOOST_DESCRIBE_STRUCT(Definition, (), (id, topic, title, how, differs))

struct DefinitionList {
  std::string about;
  std::vector<Definition> definitions;  // those of a topic together
};
BOOST_DESCRIBE_STRUCT(DefinitionList, (), (about, definitions))
Result<DefinitionList> definitions(Context& context, const NoInput& input);

std::vector<Operation> definition_operations();

}  // namespace aremko::operations

#pragma once
// What a server offers: tools, resources, prompts. Filled at start and then only read, so that lists are the same for
// everybody and from answer to answer; what changes is what a
// resource holds.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mcp/call.h"
#include "mcp/content.h"
#include "operations/operation.h"

namespace aremko::mcp {

using operations::Cost;
using operations::Effect;
using store::Scope;

/// What an argument's or variable's value may be, for completion. `call.arguments()` holds the other arguments that
/// the client has already settled.
using Completer = std::function<Result<Completion>(Call& call, std::string_view value)>;

struct Tool {
  std::string name{};  // snake_case
  Text title{};
  Text description{};     // what a model chooses by
  Object input_schema{};  // flat, "type": "object", without $ref and root anyOf; its texts in one language
  std::optional<Object> output_schema{};
  Effect effect = Effect::reads;  // becomes readOnlyHint, destructiveHint, idempotentHint
  bool open_world = false;        // openWorldHint: acts on something outside this server
  Scope scope = Scope::read;      // what a key must have to call it, and to see it in the list
  Cost cost = Cost::store;        // whose lane it runs in; light: on the connection's thread, and asks nothing
  Object meta{};                  // `_meta`: {"ui": {"resourceUri": "ui://…"}}
  std::function<Outcome<ToolResult>(Call&)> run{};
  /// The input schema where its words depend on the language; `input_schema` when empty.
  std::function<Object(std::string_view language)> schema_in{};
};

/// How long a client may keep what it read, and whether others may be given it.
struct Freshness {
  std::int64_t ttl_ms = 0;
  bool is_public = false;
};

struct Resource {
  std::string uri{};
  std::string name{};
  Text title{};
  Text description{};
  std::string mime{};
  Scope scope = Scope::read;
  Cost cost = Cost::store;
  Freshness freshness{};
  Object annotations{};
  Object meta{};
  std::function<Outcome<ResourceResult>(Call&)> read{};
  /// A text that changes when the contents do; subscribers are told when it does. Without one they are told of every
  /// new snapshot.
  std::function<std::string(Call&)> version{};
};

/// A family of resources; `call.arguments()` holds the variables, `call.uri()` the whole.
struct ResourceTemplate {
  std::string uri_template{};  // "aremko://customers/{id}": {name} is one path segment
  std::string name{};
  Text title{};
  Text description{};
  std::string mime{};
  Scope scope = Scope::read;
  Cost cost = Cost::store;
  Freshness freshness{};
  Object annotations{};
  Object meta{};
  std::function<Outcome<ResourceResult>(Call&)> read{};  // not_found for one that is not there
  std::map<std::string, Completer> complete{};           // by variable
  std::function<std::string(Call&)> version{};           // as of a Resource
  /// Whether there is one of these variables, in well under a millisecond: only those can be subscribed to. Without it
  /// any may be. While nothing is known yet it says yes.
  std::function<bool(Call&)> exists{};
};

struct PromptArgument {
  std::string name{};
  Text title{};
  Text description{};
  bool required = false;
  Completer complete{};
};

struct Prompt {
  std::string name{};
  Text title{};
  Text description{};
  std::vector<PromptArgument> arguments{};
  Scope scope = Scope::read;
  Cost cost = Cost::store;
  std::function<Outcome<PromptResult>(Call&)> get{};  // required arguments are there and are texts
};

class Registry {
 public:
  std::string name = "aremko-mcp";  // the server's, as clients see it
  std::string version = "0";
  Text title{};
  Text instructions{};         // how the tools go together; a few sentences
  Object extensions{};         // of the server: {"io.modelcontextprotocol/ui": {}}
  std::size_t page_size = 50;  // of the lists
  bool lists_change = false;   // whether clients are told to listen for Changes::list_changed

  /// Each throws std::logic_error for a second equal name or an incomplete entry.
  void add(Tool tool);
  void add(Resource resource);
  void add(ResourceTemplate resource_template);
  void add(Prompt prompt);

  const std::vector<Tool>& tools() const { return tools_; }  // in the order they were added
  const std::vector<Resource>& resources() const { return resources_; }
  const std::vector<ResourceTemplate>& templates() const { return templates_; }
  const std::vector<Prompt>& prompts() const { return prompts_; }

  const Tool* tool(std::string_view wanted) const;  // null: none of that name
  const Resource* resource(std::string_view uri) const;
  const Prompt* prompt(std::string_view wanted) const;
  struct Match {
    const ResourceTemplate* resource_template = nullptr;
    Object variables;  // decoded texts
  };
  Match match(std::string_view uri) const;
  const ResourceTemplate* resource_template(std::string_view uri_template) const;  // by its text

 private:
  std::vector<Tool> tools_;
  std::vector<Resource> resources_;
  std::vector<ResourceTemplate> templates_;
  std::vector<Prompt> prompts_;
};

}  // namespace aremko::mcp

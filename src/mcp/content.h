#pragma once
// What tools, resources and prompts answer with: content blocks, and the requests a server may put to its client.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <boost/json/object.hpp>

#include "base/json_write.h"
#include "base/result.h"

namespace aremko::mcp {

using json::JsonText;
using Object = boost::json::object;

/// Content blocks, as JSON. `annotations` ({"audience": ["user"], "priority": 0.9}) may be empty.
JsonText text_block(std::string_view text, const Object& annotations = {});
JsonText image_block(std::string_view bytes, std::string_view mime);  // raw bytes; base64 is made here
JsonText audio_block(std::string_view bytes, std::string_view mime);
JsonText link_block(std::string_view uri, std::string_view name, std::string_view mime,
                    std::string_view description = {});

/// One piece of a resource: text, or bytes when `is_blob`.
struct Contents {
  std::string uri;
  std::string mime{};
  std::string text{};  // or the raw bytes
  bool is_blob = false;
  Object meta{};  // `_meta`; left out when empty
};
JsonText resource_block(const Contents& contents);                // an embedded resource
void write_contents(std::string& out, const Contents& contents);  // the piece itself, as resources/read has it

struct ToolResult {
  std::vector<JsonText> content{};  // must stand alone: some clients show nothing else
  JsonText structured{};            // an object, as `output_schema` says; empty: none
  bool is_error = false;            // something the model can mend: the content says what
  Object meta{};
};
/// A result with one text block.
ToolResult text_result(std::string_view text, JsonText structured = {});
/// The same with isError.
ToolResult error_result(std::string_view text);

struct ResourceResult {
  std::vector<Contents> contents;
};

struct PromptMessage {
  std::string_view role = "user";  // or "assistant"
  JsonText content;                // one block
};
struct PromptResult {
  std::string description{};
  std::vector<PromptMessage> messages;
};

struct Completion {
  std::vector<std::string> values{};   // the first 100 are sent
  std::optional<std::size_t> total{};  // when known to be more
  bool has_more = false;
};

/// Returned by a handler that has asked (Call::ask) and does not yet have every answer. It is run again with the
/// answers: in the stateless era when the client repeats its request, in the older one as soon as they come over the
/// session. `state` is what the handler wants to have back then (Call::state): it travels sealed through the client,
/// so neither read nor changed by it, and is refused after an hour, for another key or another request.
struct InputRequired {
  Object state{};
};

/// What handlers return. An Error becomes `isError` of a tool (its text in the caller's language) and a JSON-RPC
/// error elsewhere; a thrown Outage the same; any other exception is a fault of ours.
template <class T>
using Outcome = Result<std::variant<T, InputRequired>>;

/// What a client may be asked for.
enum class Ask { sampling, elicitation, roots };

/// A question to the client.
struct Question {
  Ask kind;
  Object params;  // of sampling/createMessage, elicitation/create or roots/list, without `_meta`
};
/// `system` may be empty.
Question sample(std::string_view prompt, std::int64_t max_tokens, std::string_view system = {});
/// `schema` is a flat object schema of texts, numbers, flags and enums.
Question elicit(std::string_view message, Object schema);
Question list_roots();

/// The text of a sampling answer: its text blocks, joined. Empty when there is none.
std::string sampled_text(const Object& answer);

}  // namespace aremko::mcp

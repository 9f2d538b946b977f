#pragma once
// JSON-RPC 2.0 as the Model Context Protocol uses it: reading one message, and writing the four kinds.

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

namespace aremko::mcp {

using Object = boost::json::object;

namespace rpc_code {
inline constexpr int parse = -32700;
inline constexpr int invalid_request = -32600;
inline constexpr int method_not_found = -32601;
inline constexpr int invalid_params = -32602;
inline constexpr int internal = -32603;
inline constexpr int too_much = -32000;            // of ours, where HTTP has 429: a share is used up
inline constexpr int resource_not_found = -32002;  // until 2025-11-25; invalid_params since
inline constexpr int header_mismatch = -32020;     // these three since 2026-07-28
inline constexpr int missing_capability = -32021;
inline constexpr int unsupported_version = -32022;
}  // namespace rpc_code

struct RpcError {
  int code = rpc_code::internal;
  std::string message{};
  boost::json::value data{};  // null: none
  int http_status = 200;      // of the answer that carries it
};

struct Message {
  enum class Kind { request, notification, response };
  Kind kind = Kind::request;
  std::string id{};      // as JSON: `7`, `"a"`; empty for a notification
  std::string method{};  // empty for a response
  Object params{};       // empty when there are none
  Object answer{};       // of a response: its result, or {"error": {…}}
};

/// Reads one message. What is wrong is parse or invalid_request, 400 over HTTP.
std::expected<Message, RpcError> read_message(const boost::json::value& tree);
/// A text as a tree; the same limits as everywhere (32 levels, valid UTF-8).
std::expected<boost::json::value, RpcError> read_tree(std::string_view text);
/// The id of what may be no message at all, for an error's answer; empty when there is none to tell.
std::string id_of(const boost::json::value& tree);

/// Ids and progress tokens are kept for as long as a request runs, and sent with every message about it.
inline constexpr std::size_t longest_id = 256;

/// An id as it is echoed and compared; `7.0` is the integer 7 by JSON Schema. Empty for what is no id.
std::string id_text(const boost::json::value& id);

std::string result_message(std::string_view id, std::string_view result);  // `result` is JSON
std::string error_message(std::string_view id, const RpcError& error);     // an empty id is left out
std::string request_message(std::string_view id, std::string_view method, const Object& params);
std::string notification_message(std::string_view method, const Object& params);

/// A member that is an object; null when it is missing or something else.
const Object* object_at(const Object& of, std::string_view name);
/// A member that is a text; nothing when it is missing or something else.
std::optional<std::string_view> text_at(const Object& of, std::string_view name);

}  // namespace aremko::mcp

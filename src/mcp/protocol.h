#pragma once
// The revisions of the protocol, what a request says about itself in each, and the checks that come before any
// method.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mcp/call.h"
#include "mcp/registry.h"
#include "mcp/rpc.h"
#include "net/http.h"
#include "operations/access.h"

namespace aremko::mcp {

class Session;

inline constexpr std::string_view modern_version = "2026-07-28";
inline constexpr std::string_view legacy_versions[] = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"};
/// What a request without the header speaks, by the revisions that brought the header in.
inline constexpr std::string_view unsaid_version = "2025-03-26";

bool is_legacy(std::string_view version);
boost::json::array supported_versions();  // newest first

namespace meta_key {
inline constexpr std::string_view version = "io.modelcontextprotocol/protocolVersion";
inline constexpr std::string_view capabilities = "io.modelcontextprotocol/clientCapabilities";
inline constexpr std::string_view log_level = "io.modelcontextprotocol/logLevel";
inline constexpr std::string_view subscription = "io.modelcontextprotocol/subscriptionId";
inline constexpr std::string_view server = "io.modelcontextprotocol/serverInfo";
}  // namespace meta_key

std::string_view json_name(LogLevel level);
std::optional<LogLevel> log_level_named(std::string_view name);

/// A request on its way to its method: whose it is and what its client can do are settled.
struct Request {
  std::string id{};  // as JSON
  std::string method{};
  Object params{};
  Client client{};
  operations::Access access{};
  std::string language = "es";
  boost::json::value progress_token{};  // null: none asked for
  std::optional<LogLevel> log_level{};  // the least that is sent; nothing: none
  std::shared_ptr<Session> session{};   // of the older era; may be null
};

/// Whether a message is of the stateless era, by its `_meta`, or else by its version header (empty: none).
bool is_modern(const Message& message, std::string_view version_header);

/// Version, capabilities and log level out of a modern request's `_meta`: invalid_params when one is missing (400).
std::optional<RpcError> read_modern_meta(const Message& message, Request& into);
/// What we look at of a client's capabilities: the rest is not worth keeping, nor carrying in every request's header.
Object known_capabilities(const Object& all);
/// The progress token of either era.
void read_progress_token(const Message& message, Request& into);
RpcError unsupported_version(std::string_view requested);

/// A header's value as its sender meant it: `=?base64?…?=` decoded. Nothing when it is not well formed.
std::optional<std::string> decoded_header(std::string_view value);
/// What the standard headers of a modern request must say: MCP-Protocol-Version, Mcp-Method, Mcp-Name.
std::optional<RpcError> check_headers(const net::Headers& headers, const Message& message, std::string_view version);

/// A tool's parameter that is mirrored in `Mcp-Param-{header}`: `x-mcp-header` of its input schema.
struct MirroredParameter {
  std::string header;             // with the prefix
  std::vector<std::string> path;  // of property names
};
/// Throws std::logic_error for an annotation that clients would refuse.
std::vector<MirroredParameter> mirrored_parameters(const Object& input_schema);
std::optional<RpcError> check_mirrored(const net::Headers& headers, std::span<const MirroredParameter> parameters,
                                       const Object& arguments);

}  // namespace aremko::mcp

#include "mcp/protocol.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include <boost/json/serialize.hpp>

#include "base/text.h"
#include "mcp/base64.h"

namespace aremko::mcp {

namespace {

constexpr std::string_view level_names[] = {"debug", "info",     "notice", "warning",
                                            "error", "critical", "alert",  "emergency"};

RpcError bad_meta(std::string message) {
  return {.code = rpc_code::invalid_params, .message = std::move(message), .http_status = 400};
}

RpcError mismatch(std::string message) {
  return {.code = rpc_code::header_mismatch, .message = "Header mismatch: " + std::move(message), .http_status = 400};
}

/// Visible ASCII, space and tab (RFC 9110 5.5).
bool header_safe(std::string_view value) {
  return std::ranges::all_of(value, [](char c) { return (c >= 0x20 && c <= 0x7e) || c == '\t'; });
}

/// One header against what the body says; `expected` is nothing where the body says nothing.
std::optional<RpcError> check_one(const net::Headers& headers, std::string_view name, bool may_be_encoded,
                                  const std::optional<std::string>& expected,
                                  bool (*same)(std::string_view, std::string_view)) {
  const std::size_t count = headers.count(name);
  if (count > 1) return mismatch(fmt::format("{} must be given once.", name));
  if (count == 0 && !expected) return {};
  if (count == 0) return mismatch(fmt::format("{} is missing.", name));
  const auto value =
      may_be_encoded ? decoded_header(headers.get(name)) : std::optional(std::string(headers.get(name)));
  if (!value) return mismatch(fmt::format("{} is not well formed.", name));
  if (!expected || !same(*value, *expected)) return mismatch(fmt::format("{} does not match the body.", name));
  return {};
}

bool same_text(std::string_view header, std::string_view body) { return header == body; }

bool same_number(std::string_view header, std::string_view body) {
  double a = 0, b = 0;
  const auto read = [](std::string_view text, double& out) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    return failed == std::errc{} && end == text.data() + text.size();
  };
  return read(header, a) && read(body, b) && a == b;
}

bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || marks.contains(c);
  });
}

void collect(const Object& schema, std::vector<std::string>& path, std::vector<MirroredParameter>& out) {
  const auto* properties = object_at(schema, "properties");
  if (properties == nullptr) return;
  for (const auto& property : *properties) {
    const auto* inner = property.value().if_object();
    if (inner == nullptr) continue;
    path.emplace_back(property.key());
    if (const auto* mark = inner->if_contains("x-mcp-header")) {
      const auto type = text_at(*inner, "type").value_or("");
      const bool primitive = type == "string" || type == "integer" || type == "boolean";
      const std::string name = mark->is_string() ? std::string(mark->get_string()) : std::string();
      const bool second = std::ranges::any_of(out, [&](const MirroredParameter& other) {
        return ascii_lower(other.header) == ascii_lower("Mcp-Param-" + name);
      });
      if (!primitive || !is_token(name) || second)
        throw std::logic_error("x-mcp-header that no client takes: " + name);
      out.push_back({"Mcp-Param-" + name, path});
    }
    collect(*inner, path, out);
    path.pop_back();
  }
}

const boost::json::value* at_path(const Object& arguments, const std::vector<std::string>& path) {
  const Object* object = &arguments;
  const boost::json::value* found = nullptr;
  for (const std::string& name : path) {
    if (object == nullptr) return nullptr;
    found = object->if_contains(name);
    object = found == nullptr ? nullptr : found->if_object();
  }
  return found;
}

}  // namespace

bool is_legacy(std::string_view version) {
  return std::ranges::find(legacy_versions, version) != std::end(legacy_versions);
}

boost::json::array supported_versions() {
  boost::json::array out{modern_version};
  for (const std::string_view version : legacy_versions) out.emplace_back(version);
  return out;
}

std::string_view json_name(LogLevel level) { return level_names[static_cast<std::size_t>(level)]; }

std::optional<LogLevel> log_level_named(std::string_view name) {
  const auto at = std::ranges::find(level_names, name);
  if (at == std::end(level_names)) return std::nullopt;
  return static_cast<LogLevel>(at - std::begin(level_names));
}

bool is_modern(const Message& message, std::string_view version_header) {
  const auto* meta = object_at(message.params, "_meta");
  if (meta != nullptr && meta->contains(meta_key::version)) return true;
  if (message.method == "initialize") return false;
  return message.method == "server/discover" || (!version_header.empty() && !is_legacy(version_header));
}

void read_progress_token(const Message& message, Request& into) {
  const auto* meta = object_at(message.params, "_meta");
  const auto* token = meta == nullptr ? nullptr : meta->if_contains("progressToken");
  // A longer one is taken for none.
  if (token != nullptr && ((token->is_string() && token->get_string().size() <= longest_id) || token->is_number())) {
    into.progress_token = *token;
  }
}

std::optional<RpcError> read_modern_meta(const Message& message, Request& into) {
  const auto* meta = object_at(message.params, "_meta");
  if (meta == nullptr)
    return bad_meta("\"_meta\" is missing: every request carries protocolVersion and clientCapabilities.");
  const auto version = text_at(*meta, meta_key::version);
  if (!version) return bad_meta(fmt::format("\"_meta\" lacks \"{}\".", meta_key::version));
  const auto* capabilities = object_at(*meta, meta_key::capabilities);
  if (capabilities == nullptr) return bad_meta(fmt::format("\"_meta\" lacks \"{}\".", meta_key::capabilities));
  if (const auto* level = meta->if_contains(meta_key::log_level)) {
    into.log_level = level->is_string() ? log_level_named(std::string_view(level->get_string())) : std::nullopt;
    if (!into.log_level) return bad_meta(fmt::format("\"{}\" is no level.", meta_key::log_level));
  }
  into.client.era = Era::modern;
  into.client.version = *version;
  into.client.capabilities = known_capabilities(*capabilities);
  return {};
}

Object known_capabilities(const Object& all) {
  Object out;
  for (const std::string_view name : {"sampling", "elicitation", "roots"}) {
    if (const auto* one = object_at(all, name)) {
      Object& kept = (out[name] = Object{}).get_object();
      for (const std::string_view mode : {"form", "url", "tools"}) {
        if (one->contains(mode)) kept[mode] = Object{};
      }
    }
  }
  if (const auto* extensions = object_at(all, "extensions")) {
    if (extensions->contains("io.modelcontextprotocol/ui")) {
      out["extensions"] = Object{{"io.modelcontextprotocol/ui", Object{}}};
    }
  }
  return out;
}

RpcError unsupported_version(std::string_view requested) {
  return {.code = rpc_code::unsupported_version,
          .message = "Unsupported protocol version",
          .data = Object{{"supported", supported_versions()}, {"requested", requested}},
          .http_status = 400};
}

std::optional<std::string> decoded_header(std::string_view value) {
  constexpr std::string_view prefix = "=?base64?", suffix = "?=";
  if (!header_safe(value)) return std::nullopt;
  if (!value.starts_with(prefix) || !value.ends_with(suffix) || value.size() < prefix.size() + suffix.size()) {
    return std::string(value);
  }
  auto out = base64_decoded(value.substr(prefix.size(), value.size() - prefix.size() - suffix.size()));
  if (out && !valid_utf8(*out)) return std::nullopt;
  return out;
}

std::optional<RpcError> check_headers(const net::Headers& headers, const Message& message, std::string_view version) {
  if (auto wrong = check_one(headers, "MCP-Protocol-Version", false, std::string(version), same_text)) return wrong;
  if (auto wrong = check_one(headers, "Mcp-Method", false, message.method, same_text)) return wrong;
  const bool by_name = message.method == "tools/call" || message.method == "prompts/get";
  if (!by_name && message.method != "resources/read") return {};
  const auto name = text_at(message.params, by_name ? "name" : "uri");
  return check_one(headers, "Mcp-Name", true, name ? std::optional(std::string(*name)) : std::nullopt, same_text);
}

std::vector<MirroredParameter> mirrored_parameters(const Object& input_schema) {
  std::vector<MirroredParameter> out;
  std::vector<std::string> path;
  collect(input_schema, path, out);
  return out;
}

std::optional<RpcError> check_mirrored(const net::Headers& headers, std::span<const MirroredParameter> parameters,
                                       const Object& arguments) {
  for (const MirroredParameter& parameter : parameters) {
    const auto* value = at_path(arguments, parameter.path);
    std::optional<std::string> expected;
    if (value != nullptr && !value->is_null()) {
      if (value->is_string()) {
        expected = std::string(value->get_string());
      } else {
        expected = boost::json::serialize(*value);
      }
    }
    const bool number = value != nullptr && value->is_number();
    if (auto wrong = check_one(headers, parameter.header, true, expected, number ? same_number : same_text))
      return wrong;
  }
  return {};
}

}  // namespace aremko::mcp

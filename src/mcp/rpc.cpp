#include "mcp/rpc.h"

#include <cmath>

#include <boost/json/serialize.hpp>

#include "base/json_read.h"
#include "base/json_write.h"

namespace aremko::mcp {

namespace {

RpcError invalid(std::string message) {
  return {.code = rpc_code::invalid_request, .message = std::move(message), .http_status = 400};
}

bool usable_id(const boost::json::value& id) { return !id_text(id).empty(); }

std::string opened(std::string_view id) {
  std::string out = "{\"jsonrpc\":\"2.0\"";
  if (!id.empty()) out.append(",\"id\":").append(id);
  return out;
}

}  // namespace

std::string id_text(const boost::json::value& id) {
  if (id.is_string() && id.get_string().size() > longest_id) return {};
  if (id.is_string() || id.is_int64() || id.is_uint64()) return boost::json::serialize(id);
  const double* number = id.if_double();
  const bool whole = number != nullptr && std::trunc(*number) == *number && std::abs(*number) < 9e15;
  return whole ? std::to_string(static_cast<std::int64_t>(*number)) : std::string();
}

const Object* object_at(const Object& of, std::string_view name) {
  const auto* value = of.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

std::optional<std::string_view> text_at(const Object& of, std::string_view name) {
  const auto* value = of.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string_view(value->get_string());
}

std::expected<boost::json::value, RpcError> read_tree(std::string_view text) {
  auto tree = json::parse(text);
  if (tree) return std::move(*tree);
  return std::unexpected(RpcError{.code = rpc_code::parse, .message = tree.error().detail.en, .http_status = 400});
}

std::string id_of(const boost::json::value& tree) {
  const auto* object = tree.if_object();
  const auto* id = object == nullptr ? nullptr : object->if_contains("id");
  return id != nullptr ? id_text(*id) : std::string();
}

std::expected<Message, RpcError> read_message(const boost::json::value& tree) {
  const auto* object = tree.if_object();
  if (object == nullptr) return std::unexpected(invalid("A message must be a JSON object."));
  if (text_at(*object, "jsonrpc") != "2.0") return std::unexpected(invalid("\"jsonrpc\" must be \"2.0\"."));
  Message out;
  const auto* id = object->if_contains("id");
  if (id != nullptr && !usable_id(*id)) return std::unexpected(invalid("\"id\" must be a string of at most 256 bytes or an integer."));
  if (id != nullptr) out.id = id_text(*id);
  const auto* params = object->if_contains("params");
  if (params != nullptr && params->is_null()) params = nullptr;  // what some serialisers write for "none"
  if (params != nullptr && !params->is_object()) return std::unexpected(invalid("\"params\" must be an object."));
  if (params != nullptr) out.params = params->get_object();

  if (const auto* method = object->if_contains("method")) {
    if (!method->is_string()) return std::unexpected(invalid("\"method\" must be a string."));
    out.method = std::string_view(method->get_string());
    out.kind = id == nullptr ? Message::Kind::notification : Message::Kind::request;
    return out;
  }
  if (id == nullptr) return std::unexpected(invalid("\"method\" is missing."));
  out.kind = Message::Kind::response;
  if (const auto* result = object_at(*object, "result")) {
    out.answer = *result;
  } else if (const auto* error = object_at(*object, "error")) {
    out.answer = {{"error", *error}};
  } else {
    return std::unexpected(invalid("A response has a \"result\" or an \"error\", and each is an object."));
  }
  return out;
}

std::string result_message(std::string_view id, std::string_view result) {
  std::string out;
  out.reserve(result.size() + id.size() + 40);
  out += opened(id);
  return out.append(",\"result\":").append(result).append("}");
}

std::string error_message(std::string_view id, const RpcError& error) {
  std::string out = opened(id) + ",\"error\":{\"code\":" + std::to_string(error.code) + ",\"message\":";
  json::write_text(out, error.message);
  if (!error.data.is_null()) out += ",\"data\":" + boost::json::serialize(error.data);
  return out + "}}";
}

std::string request_message(std::string_view id, std::string_view method, const Object& params) {
  std::string out = opened(id) + ",\"method\":";
  json::write_text(out, method);
  return out + ",\"params\":" + boost::json::serialize(params) + "}";
}

std::string notification_message(std::string_view method, const Object& params) {
  std::string out = opened({}) + ",\"method\":";
  json::write_text(out, method);
  if (!params.empty()) out += ",\"params\":" + boost::json::serialize(params);
  return out + "}";
}

}  // namespace aremko::mcp

// The Engine's methods, one for each of the protocol's.
#include <boost/json/serialize.hpp>

#include "mcp/arguments.h"
#include "mcp/engine.h"
#include "mcp/refusals.h"

namespace aremko::mcp {

namespace {

Reply failed(const Request& request, RpcError error) {
  const int status = request.client.era == Era::modern ? error.http_status : 200;
  return {error_message(request.id, error), status};
}

Reply invalid(const Request& request, std::string message, boost::json::value data = {}) {
  return failed(request, {.code = rpc_code::invalid_params, .message = std::move(message), .data = std::move(data)});
}

Reply unknown_method(const Request& request) {
  return failed(request, {.code = rpc_code::method_not_found, .message = "Method not found", .http_status = 404});
}

Reply forbidden(const Request& request, Scope needed) {
  return {error_message(request.id, {.code = rpc_code::invalid_params,
                                     .message = fmt::format("The key does not suffice: the scope \"{}\" is needed.",
                                                            json_name(needed)),
                                     .data = Object{{"requiredScope", json_name(needed)}}}),
          403, json_name(needed)};
}

bool covered(const Request& request, Scope needed) { return store::covers(request.access.principal.scope, needed); }

}  // namespace

Step Engine::begin(Request& request) {
  const std::string& method = request.method;
  const bool has_resources = !registry_->resources().empty() || !registry_->templates().empty();
  if (method == "tools/call" && !registry_->tools().empty()) return call_tool(request);
  if (method == "prompts/get" && !registry_->prompts().empty()) return get_prompt(request);
  if (method == "resources/read" && has_resources) return read_resource(request);
  if (method == "completion/complete" && (has_resources || !registry_->prompts().empty())) return complete(request);
  if (Lists::is_list(method)) {
    if (method == "tools/list" ? registry_->tools().empty()
                               : (method == "prompts/list" ? registry_->prompts().empty() : !has_resources)) {
      return unknown_method(request);
    }
    return list(request);
  }
  if (request.client.era == Era::legacy) return legacy_method(request);
  if (method == "server/discover") return discover(request);
  if (method == "subscriptions/listen") return listen(request);
  return unknown_method(request);
}

Step Engine::call_tool(Request& request) {
  const auto name = text_at(request.params, "name");
  if (!name) return invalid(request, "tools/call needs a \"name\".");
  const Tool* tool = registry_->tool(*name);
  if (tool == nullptr) return invalid(request, fmt::format("Unknown tool: {}", *name));
  if (!covered(request, tool->scope)) return forbidden(request, tool->scope);
  auto arguments = arguments_of(request.params);
  if (!arguments) return invalid(request, "\"arguments\" must be an object.");
  Job job = job_of(*tool, std::move(*arguments));
  if (auto wrong = read_answers(request, job)) return failed(request, std::move(*wrong));
  if (job.cost == Cost::light && !options_.ready) return run_light(request, job);
  return job;
}

Step Engine::get_prompt(Request& request) {
  const auto name = text_at(request.params, "name");
  if (!name) return invalid(request, "prompts/get needs a \"name\".");
  const Prompt* prompt = registry_->prompt(*name);
  if (prompt == nullptr) return invalid(request, fmt::format("Unknown prompt: {}", *name));
  if (!covered(request, prompt->scope)) return forbidden(request, prompt->scope);
  auto arguments = arguments_of(request.params);
  if (!arguments) return invalid(request, "\"arguments\" must be an object.");
  Object texts;
  for (const auto& argument : *arguments) {
    if (argument.value().is_null()) continue;
    const auto text = text_of(argument.value());
    if (!text) return invalid(request, fmt::format("\"{}\" must be a string.", std::string(argument.key())));
    texts[argument.key()] = *text;
  }
  arguments = std::move(texts);
  for (const PromptArgument& argument : prompt->arguments) {
    if (argument.required && !arguments->contains(argument.name)) {
      return invalid(request, fmt::format("The argument \"{}\" is missing.", argument.name));
    }
  }
  Job job = job_of(*prompt, std::move(*arguments));
  if (auto wrong = read_answers(request, job)) return failed(request, std::move(*wrong));
  return job;
}

Step Engine::read_resource(Request& request) {
  const auto uri = text_at(request.params, "uri");
  if (!uri) return invalid(request, "resources/read needs a \"uri\".");
  const Era era = request.client.era;
  Job job;
  Scope scope = Scope::read;
  if (const Resource* resource = registry_->resource(*uri)) {
    job = job_of(*resource, std::string(*uri), era);
    scope = resource->scope;
  } else if (auto match = registry_->match(*uri); match.resource_template != nullptr) {
    job = job_of(*match.resource_template, std::move(match.variables), std::string(*uri), era);
    scope = match.resource_template->scope;
  } else {
    return failed(request, {.code = era == Era::legacy ? rpc_code::resource_not_found : rpc_code::invalid_params,
                            .message = "Resource not found",
                            .data = Object{{"uri", *uri}}});
  }
  if (!covered(request, scope)) return forbidden(request, scope);
  if (auto wrong = read_answers(request, job)) return failed(request, std::move(*wrong));
  if (job.cost == Cost::light && !options_.ready) return run_light(request, job);
  return job;
}

Step Engine::complete(Request& request) {
  const auto* ref = object_at(request.params, "ref");
  const auto* argument = object_at(request.params, "argument");
  const auto name = argument == nullptr ? std::nullopt : text_at(*argument, "name");
  const auto value = argument == nullptr ? std::nullopt : text_at(*argument, "value");
  if (ref == nullptr || !name || !value)
    return invalid(request, "completion/complete needs \"ref\" and \"argument\".");
  Completer completer;
  Scope scope = Scope::read;
  if (const auto type = text_at(*ref, "type"); type == "ref/prompt") {
    const Prompt* prompt = registry_->prompt(text_at(*ref, "name").value_or(""));
    if (prompt == nullptr) return invalid(request, "Unknown prompt");
    const auto at = std::ranges::find(prompt->arguments, *name, &PromptArgument::name);
    if (at == prompt->arguments.end())
      return invalid(request, fmt::format("The prompt has no argument \"{}\".", *name));
    completer = at->complete;
    scope = prompt->scope;
  } else if (type == "ref/resource") {
    const auto* resource_template = registry_->resource_template(text_at(*ref, "uri").value_or(""));
    if (resource_template == nullptr) return invalid(request, "Unknown resource template");
    const auto at = resource_template->complete.find(std::string(*name));
    if (at != resource_template->complete.end()) completer = at->second;
    scope = resource_template->scope;
  } else {
    return invalid(request, "\"ref\" must be a ref/prompt or a ref/resource.");
  }
  if (!covered(request, scope)) return forbidden(request, scope);
  if (!completer) return wrap(request, {.members = R"("completion":{"values":[],"hasMore":false})"});
  const auto* context = object_at(request.params, "context");
  const auto* settled = context == nullptr ? nullptr : object_at(*context, "arguments");
  return job_of(std::move(completer), settled == nullptr ? Object{} : *settled, std::string(*value));
}

Step Engine::legacy_method(Request& request) {
  const std::string& method = request.method;
  if (method == "ping") return wrap(request, {});
  Session* session = request.session.get();
  if (method == "logging/setLevel") {
    const auto level = log_level_named(text_at(request.params, "level").value_or(""));
    if (!level) return invalid(request, "\"level\" is no level.");
    if (session != nullptr) session->log_level = *level;
    return wrap(request, {});
  }
  const bool subscribes = method == "resources/subscribe";
  if (!subscribes && method != "resources/unsubscribe") return unknown_method(request);
  const auto uri = text_at(request.params, "uri");
  if (!uri) return invalid(request, "A \"uri\" is needed.");
  if (session == nullptr) return invalid(request, "A subscription needs a session.");
  if (subscribes && !can_subscribe(request, *uri)) return failed(request, subscription_fault(request, *uri));
  const auto listener = listener_of(*session, request.access.principal);
  if (!subscribes) {
    listener->leave(*uri);
    return wrap(request, {});
  }
  switch (listener->want(*uri)) {
    case Changes::Listener::Added::too_many: return failed(request, too_many_subscriptions(request.language));
    case Changes::Listener::Added::added:
      if (request.access.tenant != nullptr) watcher_.begin(*request.access.tenant, *uri);
      break;
    case Changes::Listener::Added::had: break;
  }
  return wrap(request, {});
}

/// One of the listed resources, or one of a family that is there: what is subscribed to is kept.
bool Engine::can_subscribe(const Request& request, std::string_view uri) const {
  if (uri.size() > Changes::longest_uri) return false;
  if (const Resource* resource = registry_->resource(uri)) return covered(request, resource->scope);
  auto match = registry_->match(uri);
  const ResourceTemplate* family = match.resource_template;
  if (family == nullptr || !covered(request, family->scope)) return false;
  if (!family->exists) return true;
  Unheard silent;
  Call call(context(request), std::move(match.variables), request.client, silent, {});
  return family->exists(call);
}

RpcError Engine::subscription_fault(const Request& request, std::string_view uri) const {
  if (uri.size() > Changes::longest_uri) {
    return {.code = rpc_code::invalid_params,
            .message = request.language == "en" ? "A URI that is subscribed to has at most 200 bytes."
                                                : "Una URI a la que se suscribe tiene a lo más 200 bytes."};
  }
  return {.code = rpc_code::resource_not_found, .message = "Resource not found", .data = Object{{"uri", uri}}};
}

Step Engine::listen(Request& request) {
  const auto* filter = object_at(request.params, "notifications");
  if (filter == nullptr) return invalid(request, "subscriptions/listen needs \"notifications\".");
  Listening out;
  const auto flag = [&](std::string_view name, bool available, bool& wanted) {
    const auto* value = filter->if_contains(name);
    wanted = available && registry_->lists_change && value != nullptr && *value == true;
    if (wanted) out.agreed[name] = true;
  };
  const bool has_resources = !registry_->resources().empty() || !registry_->templates().empty();
  flag("toolsListChanged", !registry_->tools().empty(), out.wanted.tools);
  flag("promptsListChanged", !registry_->prompts().empty(), out.wanted.prompts);
  flag("resourcesListChanged", has_resources, out.wanted.resources);
  if (const auto* uris = filter->if_contains("resourceSubscriptions")) {
    if (!uris->is_array()) return invalid(request, "\"resourceSubscriptions\" must be a list of URIs.");
    if (uris->get_array().size() > Changes::most_uris) return failed(request, too_many_subscriptions(request.language));
    boost::json::array agreed;
    for (const auto& each : uris->get_array()) {
      if (!each.is_string()) return invalid(request, "\"resourceSubscriptions\" must be a list of URIs.");
      const std::string_view uri = each.get_string();
      if (!can_subscribe(request, uri)) continue;
      if (out.wanted.uris.emplace(uri).second) agreed.emplace_back(uri);
    }
    out.agreed["resourceSubscriptions"] = std::move(agreed);
  }
  return out;
}

std::string Engine::listening_ended(const Request& request) const {
  return result_message(
      request.id, fmt::format("{{\"resultType\":\"complete\",\"_meta\":{{{},\"{}\":{}}}}}",
                              result_meta_[request.language == "en" ? 1 : 0], meta_key::subscription, request.id));
}

void Engine::notified(const Message& message, Session* session) {
  if (session == nullptr || message.method != "notifications/cancelled") return;
  const auto* id = message.params.if_contains("requestId");
  if (id != nullptr) session->cancel(id_text(*id));
}

}  // namespace aremko::mcp

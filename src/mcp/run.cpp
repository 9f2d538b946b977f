#include "mcp/run.h"

#include <typeinfo>

#include <boost/json/serialize.hpp>

#include "base/log.h"
#include "mcp/arguments.h"

namespace aremko::mcp {

namespace {

Body tool_body(const ToolResult& result) {
  Body out{.meta = result.meta};
  out.members = "\"content\":[";
  for (std::size_t i = 0; i < result.content.size(); ++i) {
    if (i > 0) out.members += ',';
    out.members += result.content[i].text;
  }
  out.members += ']';
  if (!result.structured.text.empty()) out.members.append(",\"structuredContent\":").append(result.structured.text);
  if (result.is_error) out.members += ",\"isError\":true";
  out.is_error = result.is_error;
  return out;
}

Body resource_body(const ResourceResult& result, const Freshness& freshness) {
  Body out{.members = "\"contents\":[", .freshness = freshness};
  for (std::size_t i = 0; i < result.contents.size(); ++i) {
    if (i > 0) out.members += ',';
    write_contents(out.members, result.contents[i]);
  }
  out.members += ']';
  return out;
}

Body prompt_body(const PromptResult& result) {
  Body out;
  if (!result.description.empty()) {
    out.members = "\"description\":";
    json::write_text(out.members, result.description);
    out.members += ',';
  }
  out.members += "\"messages\":[";
  for (std::size_t i = 0; i < result.messages.size(); ++i) {
    if (i > 0) out.members += ',';
    out.members +=
        fmt::format("{{\"role\":\"{}\",\"content\":{}}}", result.messages[i].role, result.messages[i].content.text);
  }
  out.members += ']';
  return out;
}

Body completion_body(Completion completion) {
  constexpr std::size_t most = 100;  // the protocol's
  const std::size_t found = completion.values.size();
  if (found > most) completion.values.resize(most);
  Body out{.members = "\"completion\":{\"values\":"};
  json::write(out.members, completion.values);
  if (completion.total || found > most) out.members += fmt::format(",\"total\":{}", completion.total.value_or(found));
  out.members += fmt::format(",\"hasMore\":{}}}", completion.has_more || found > most);
  return out;
}

int code_of(Code code) {
  switch (code) {
    case Code::malformed:
    case Code::not_found:
    case Code::conflict:
    case Code::too_large:
    case Code::invalid: return rpc_code::invalid_params;
    default: return rpc_code::internal;
  }
}

RpcError refused(const Error& error, std::string_view language) {
  return {.code = code_of(error.code), .message = sentence(error, language)};
}

/// What of a handler's outcome is the same for all of them.
template <class Result, class Write>
Pass outcome(Outcome<Result> result, Call& call, bool is_tool, Write&& write) {
  if (!result) {
    if (is_tool) return tool_body(error_result(sentence(result.error(), call.language())));
    return refused(result.error(), call.language());
  }
  if (auto* more = std::get_if<InputRequired>(&*result)) return Questions{.state = std::move(more->state)};
  return write(std::get<Result>(*result));
}

Pass resource_outcome(Outcome<ResourceResult> result, Call& call, const Freshness& freshness, Era era) {
  const bool missing = !result && result.error().code == Code::not_found;
  Pass out = outcome(std::move(result), call, false,
                     [&](const ResourceResult& read) { return resource_body(read, freshness); });
  if (auto* error = std::get_if<RpcError>(&out)) {
    error->data = Object{{"uri", call.uri()}};
    if (missing && era == Era::legacy) error->code = rpc_code::resource_not_found;
  }
  return out;
}

/// A text that does not depend on the members' order, which a client may change between two requests.
void canonical(std::string& out, const boost::json::value& value) {
  if (const auto* object = value.if_object()) {
    std::map<std::string_view, const boost::json::value*> sorted;
    for (const auto& member : *object) sorted[member.key()] = &member.value();
    out += '{';
    for (const auto& [name, inner] : sorted) {
      json::write_text(out, name);
      canonical(out, *inner);
    }
    out += '}';
  } else {
    out += boost::json::serialize(value);
  }
}

std::string about(std::string_view method, std::string_view name, const Object& arguments) {
  std::string out = fmt::format("{}\n{}\n", method, name);
  canonical(out, arguments);
  return out;
}

/// Whose record a call is about, by its number alone, as the log of the other door has it. What is no number is not kept: it
/// may be anything.
std::string subject_of(const Object& arguments) {
  for (const std::string_view name : {"customer_id", "legacy_id", "mapping_id"}) {
    const auto* value = arguments.if_contains(name);
    const auto text = value == nullptr ? std::nullopt : text_of(*value);
    if (!text || text->size() > 64 || text->find_first_of("0123456789") == std::string::npos) continue;
    if (text->find_first_not_of("0123456789abcdef-") != std::string::npos) continue;
    return fmt::format("{}:{}", name.substr(0, name.find('_')), *text);
  }
  return {};
}

}  // namespace

std::string sentence(const Error& error, std::string_view language) {
  std::string out = error.detail.in(language);
  for (const FieldError& field : error.fields) out += fmt::format(" {}: {}", field.field, field.message.in(language));
  return out;
}

std::string_view method_of(Ask kind) {
  switch (kind) {
    case Ask::sampling: return "sampling/createMessage";
    case Ask::elicitation: return "elicitation/create";
    case Ask::roots: return "roots/list";
  }
  return "";
}

Object capability_of(Ask kind) {
  switch (kind) {
    case Ask::sampling: return {{"sampling", Object{}}};
    case Ask::elicitation: return {{"elicitation", Object{}}};
    case Ask::roots: return {{"roots", Object{}}};
  }
  return {};
}

Job job_of(const Tool& tool, Object arguments) {
  Job out{.run = [&tool](Call& call) { return outcome(tool.run(call), call, true, tool_body); }};
  out.about = about("tools/call", tool.name, arguments);
  out.arguments = std::move(arguments);
  out.cost = tool.cost;
  out.subject = subject_of(out.arguments);
  out.is_tool = true;
  return out;
}

Job job_of(const Prompt& prompt, Object arguments) {
  Job out{.run = [&prompt](Call& call) { return outcome(prompt.get(call), call, false, prompt_body); }};
  out.about = about("prompts/get", prompt.name, arguments);
  out.arguments = std::move(arguments);
  out.cost = prompt.cost;
  return out;
}

Job job_of(const Resource& resource, std::string uri, Era era) {
  Job out{.run = [&resource, era](Call& call) {
    return resource_outcome(resource.read(call), call, resource.freshness, era);
  }};
  out.about = about("resources/read", uri, {});
  out.uri = std::move(uri);
  out.cost = resource.cost;
  return out;
}

Job job_of(const ResourceTemplate& resource_template, Object variables, std::string uri, Era era) {
  Job out{.run = [&resource_template, era](Call& call) {
    return resource_outcome(resource_template.read(call), call, resource_template.freshness, era);
  }};
  out.about = about("resources/read", uri, {});
  out.arguments = std::move(variables);
  out.uri = std::move(uri);
  out.cost = resource_template.cost;
  if (const auto* id = out.arguments.if_contains("id")) out.subject = subject_of({{resource_template.name + "_id", *id}});
  return out;
}

Job job_of(Completer complete, Object settled, std::string value) {
  Job out{.run = [complete = std::move(complete), value = std::move(value)](Call& call) -> Pass {
    auto found = complete(call, value);
    if (!found) return refused(found.error(), call.language());
    return completion_body(std::move(*found));
  }};
  out.arguments = std::move(settled);
  out.cost = Cost::quick;  // a few names, as they are typed
  return out;
}

Pass Runner::run(const Job& job, Call& call) {
  call.uri_ = job.uri;
  call.answers_ = job.answers;
  call.state_ = job.state;
  call.first_run_ = job.first_run;
  const auto told = [&](const std::string& text, int code) -> Pass {
    if (job.is_tool) return tool_body(error_result(text));
    return RpcError{.code = code, .message = text};
  };
  try {
    Pass out = job.run(call);
    if (auto* questions = std::get_if<Questions>(&out)) return settle(job, call, std::move(*questions));
    return out;
  } catch (const Outage& outage) {
    return told(sentence(outage.error(), call.language()), rpc_code::internal);
  } catch (const Cancelled&) {
    return RpcError{.code = rpc_code::internal, .message = "Cancelled"};
  } catch (const std::exception& fault) {
    log::failure("mcp", {{"fault", std::string_view(typeid(fault).name())}});
    return RpcError{.code = rpc_code::internal, .message = "Internal error"};
  }
}

/// Checks that the questions can be put to this client.
Pass Runner::settle(const Job& job, Call& call, Questions questions) {
  if (call.asked_.empty()) throw std::logic_error("a handler wants input and asks nothing");
  Object missing;
  for (Call::Asked& asked : call.asked_) {
    if (!call.can(asked.question.kind)) {
      for (auto& need : capability_of(asked.question.kind)) missing[need.key()] = need.value();
    }
    questions.asked.push_back({std::move(asked.key), std::move(asked.question)});
  }
  if (!missing.empty() && call.era() == Era::modern) {
    return RpcError{.code = rpc_code::missing_capability,
                    .message = "Missing required client capability",
                    .data = Object{{"requiredCapabilities", std::move(missing)}},
                    .http_status = 400};
  }
  if (!missing.empty()) {
    const std::string text = call.language() == "en" ? "This client does not take the question that this needs."
                                                     : "Este cliente no admite la pregunta que esto necesita.";
    if (job.is_tool) return tool_body(error_result(text));
    return RpcError{.code = rpc_code::invalid_params, .message = text};
  }
  for (const std::string& key : call.used_) questions.answers[key] = call.answers_.at(key);
  return questions;
}

}  // namespace aremko::mcp

#include "mcp/http.h"

#include <algorithm>

#include <boost/json/parse.hpp>

#include "base/text.h"
#include "mcp/refusals.h"
#include "net/problem.h"

namespace aremko::mcp {

namespace {

constexpr std::size_t kept_messages = 1'000;  // of one answer, before anybody reads them
// A thousand URIs to listen to at their longest, or a hundred messages of 2 KB; an argument of ours has 4 KB at most.
constexpr std::size_t max_body = 256 * 1024;

/// "host:8000" and "[::1]:8000" without the port, in lower case.
std::string host_of(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  const std::size_t bracket = authority.rfind(']');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    authority = authority.substr(0, colon);
  }
  return ascii_lower(authority);
}

/// Whether an Accept header takes a type; one that is missing takes everything.
bool accepts(const net::Request& request, std::string_view type) {
  const std::string all = ascii_lower(request.headers.get("Accept"));
  if (all.empty()) return true;
  for (const std::string_view one : split(all, ',')) {
    const std::string_view name = trim(one.substr(0, one.find(';')));
    if (name == type || name == "*/*" || name == std::string(type.substr(0, type.find('/'))) + "/*") return true;
  }
  return false;
}

net::Response plain(int status) {
  net::Response out{.status = status, .content_type = {}};
  out.headers.add("Cache-Control", "no-store");
  return out;
}

net::Response not_allowed() {
  net::Response out = plain(405);
  out.headers.add("Allow", "POST");
  return out;
}

net::Response problem(int status, std::string es, std::string en, const net::Request& request) {
  net::Response out = net::problem(status, Text{std::move(es), std::move(en)}, request.language());
  out.headers.add("Cache-Control", "no-store");
  return out;
}

/// Beyond a key's share.
net::Response too_many(RpcError (*refusal)(std::string_view language), const net::Request& request) {
  net::Response out = problem(429, refusal("es").message, refusal("en").message, request);
  out.headers.add("Retry-After", "5");
  return out;
}

net::Response no_session(const net::Request& request) {
  return problem(404, "La sesión no existe o terminó; inicie otra.",
                 "There is no such session, or it has ended; begin another.", request);
}

}  // namespace

/// One message of a POST.
struct Http::Incoming {
  const net::Request* http = nullptr;
  Message message{};
  Request request{};
};

Http::Http(Engine& engine, Gate gate, HttpOptions options)
    : engine_(&engine), gate_(std::move(gate)), options_(std::move(options)) {}

void Http::add_routes(net::Router& router, std::string_view path) {
  net::RouteOptions options{.max_body = max_body};
  options.admit = [this](const net::Request& request) { return admission(request); };
  router.add(
      net::Method::post, path, [this](const net::Request& request) { return post(request); }, options);
  router.add(
      net::Method::get, path, [this](const net::Request& request) { return get(request); }, options);
  router.add(
      net::Method::delete_, path, [this](const net::Request& request) { return end_session(request); }, options);
}

/// By the head alone: whoever may not come in sends no body.
net::Admission Http::admission(const net::Request& request) const {
  // What a key that is not in memory may send before the store has said whose it is.
  constexpr std::size_t unknown_keys_body = 64 * 1024;
  net::Admission out;
  operations::Access access;
  if ((out.refusal = refuse_origin(request))) return out;
  if (gate_.work_of) out.work = gate_.work_of(request);
  if (out.work) {
    out.max_body = unknown_keys_body;
  } else if (!(out.refusal = admit(request, access))) {
    out.caller = access.principal.key_id;
    out.tenant = engine_->caller(access.principal).tenant;
  }
  return out;
}

bool Http::known_host(std::string_view authority) const {
  const std::string host = host_of(authority);
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]" ||
         std::ranges::find(options_.hosts, host) != options_.hosts.end();
}

/// A page of another site must not reach a server on this machine or in this network (DNS rebinding).
std::optional<net::Response> Http::refuse_origin(const net::Request& request) const {
  const std::string_view host = request.headers.get("Host");
  if (!options_.any_host && !known_host(host)) {
    return problem(403, "Este servidor no responde por ese Host.", "This server does not answer for that Host.",
                   request);
  }
  if (!request.headers.has("Origin")) return {};
  const std::string_view origin = request.headers.get("Origin");
  const std::size_t scheme = origin.find("://");
  const std::string_view authority = scheme == std::string_view::npos ? "" : origin.substr(scheme + 3);
  if (!authority.empty() && (known_host(authority) || (options_.any_host && host_of(authority) == host_of(host))))
    return {};
  return problem(403, "Este servidor no responde a páginas de otro origen.",
                 "This server does not answer to pages of another origin.", request);
}

std::optional<net::Response> Http::admit(const net::Request& request, operations::Access& access) const {
  auto admitted = gate_.admit(request);
  if (admitted) {
    access = std::move(*admitted);
    return {};
  }
  const Error& error = admitted.error();
  net::Response out = net::problem(error, request.language());
  out.headers.add("Cache-Control", "no-store");
  if (error.code == Code::unauthorized) {
    std::string challenge = "Bearer realm=\"aremko\"";
    if (!gate_.challenge.empty()) challenge += ", " + gate_.challenge + ", scope=\"read\"";
    if (request.headers.has("Authorization")) challenge += ", error=\"invalid_token\"";
    out.headers.add("WWW-Authenticate", challenge);
  }
  return out;
}

net::Response Http::respond(const Reply& reply) const {
  if (reply.message.empty()) return plain(202);
  net::Response out = net::json_response(reply.message, reply.http_status);
  out.subject = reply.subject;
  out.headers.add("Cache-Control", "no-store");
  if (reply.http_status == 403) {
    std::string challenge =
        fmt::format("Bearer realm=\"aremko\", error=\"insufficient_scope\", scope=\"{}\"", reply.needed_scope);
    if (!gate_.challenge.empty()) challenge += ", " + gate_.challenge;
    out.headers.add("WWW-Authenticate", challenge);
  }
  if (reply.http_status == 503 || reply.http_status == 429) out.headers.add("Retry-After", "1");
  return out;
}

net::Response Http::post(const net::Request& request) {
  if (auto refused = refuse_origin(request)) return std::move(*refused);
  const std::string_view type = request.headers.get("Content-Type");
  if (!type.empty() && ascii_lower(trim(type.substr(0, type.find(';')))) != "application/json") {
    return problem(415, "El cuerpo debe ser application/json.", "The body must be application/json.", request);
  }
  if (!accepts(request, "application/json") && !accepts(request, "text/event-stream")) {
    return problem(406, "La respuesta es application/json o text/event-stream.",
                   "The answer is application/json or text/event-stream.", request);
  }
  Incoming incoming{.http = &request};
  if (auto refused = admit(request, incoming.request.access)) return std::move(*refused);
  const std::string_view tenant = tenant_name(incoming.request.access);
  const auto tree = read_tree(request.body);
  if (!tree) return respond({error_message({}, tree.error()), tree.error().http_status});
  net::Response out;
  if (const auto* batch = tree->if_array()) {
    out = take_batch(request, *batch, std::move(incoming.request.access));
  } else if (auto message = read_message(*tree); !message) {
    out = respond({error_message(id_of(*tree), message.error()), message.error().http_status});
  } else {
    incoming.message = std::move(*message);
    out = take(std::move(incoming));
  }
  out.tag = tenant;
  return out;
}

net::Response Http::take(Incoming incoming) {
  incoming.request.language = incoming.http->language();
  const bool modern = is_modern(incoming.message, incoming.http->headers.get("MCP-Protocol-Version"));
  return modern ? take_modern(std::move(incoming)) : take_legacy(std::move(incoming));
}

net::Response Http::take_modern(Incoming incoming) {
  const net::Headers& headers = incoming.http->headers;
  const Message& message = incoming.message;
  const auto refused = [&](const RpcError& error) {
    return respond({error_message(message.id, error), error.http_status});
  };
  if (message.kind == Message::Kind::notification)
    return plain(202);  // this revision has none that says anything here
  if (message.kind == Message::Kind::response) {
    return refused(
        {.code = rpc_code::invalid_request, .message = "A client does not send responses.", .http_status = 400});
  }
  Request& request = incoming.request;
  if (const std::string_view version = headers.get("MCP-Protocol-Version");
      !version.empty() && version != modern_version && object_at(message.params, "_meta") == nullptr) {
    return refused(unsupported_version(version));
  }
  if (const auto wrong = read_modern_meta(message, request)) return refused(*wrong);
  if (const auto wrong = check_headers(headers, message, request.client.version)) return refused(*wrong);
  if (request.client.version != modern_version) return refused(unsupported_version(request.client.version));
  read_progress_token(message, request);
  return serve(incoming);
}

net::Response Http::take_legacy(Incoming incoming) {
  const net::Request& http = *incoming.http;
  const Message& message = incoming.message;
  Request& request = incoming.request;
  if (message.kind == Message::Kind::request && message.method == "initialize")
    return initialize(std::move(incoming));
  const std::string_view version = http.headers.get("MCP-Protocol-Version");
  if (http.headers.has("Mcp-Session-Id")) {
    auto found = engine_->sessions().find(http.headers.get("Mcp-Session-Id"), request.access, engine_->now());
    if (found.too_many) return too_many(too_many_sessions, http);
    request.session = std::move(found.session);
    if (!request.session) return no_session(http);
  }
  if (message.kind == Message::Kind::notification) {
    engine_->notified(message, request.session.get());
    return plain(202);
  }
  if (message.kind == Message::Kind::response) {
    if (request.session) request.session->answered(message.id, message.answer);
    return plain(202);
  }
  request.client.era = Era::legacy;
  request.client.version =
      !version.empty() ? version : (request.session ? request.session->version() : unsaid_version);
  if (request.session) request.client.capabilities = request.session->capabilities();
  request.client.can_ask = request.session != nullptr && accepts(http, "text/event-stream");
  request.log_level = LogLevel::info;
  read_progress_token(message, request);
  return serve(incoming);
}

net::Response Http::initialize(Incoming incoming) {
  Request& request = incoming.request;
  request.id = incoming.message.id;
  request.params = std::move(incoming.message.params);
  request.client.era = Era::legacy;
  std::string negotiated;
  net::Response out = respond(engine_->initialize(request, negotiated));
  if (negotiated.empty()) return out;
  out.headers.add("Mcp-Session-Id", engine_->sessions().create(negotiated, *object_at(request.params, "capabilities"),
                                                               request.access, engine_->now()));
  return out;
}

/// A request whose client is known: answered at once, or by what is left to do.
net::Response Http::serve(Incoming& incoming) {
  const net::Request& http = *incoming.http;
  Request& request = incoming.request;
  request.id = std::move(incoming.message.id);
  request.method = std::move(incoming.message.method);
  request.params = std::move(incoming.message.params);
  const bool modern = request.client.era == Era::modern;
  if (modern && request.method == "tools/call") {
    const Tool* tool = engine_->registry().tool(text_at(request.params, "name").value_or(""));
    const auto* arguments = object_at(request.params, "arguments");
    const auto place = tool == nullptr ? 0 : static_cast<std::size_t>(tool - engine_->registry().tools().data());
    const auto wrong = tool == nullptr ? std::nullopt
                                       : check_mirrored(http.headers, engine_->lists().mirrored(place),
                                                        arguments == nullptr ? Object{} : *arguments);
    if (wrong) return respond({error_message(request.id, *wrong), wrong->http_status});
  }
  Step step = engine_->begin(request);
  if (const auto* reply = std::get_if<Reply>(&step)) return respond(*reply);

  if (auto* listening = std::get_if<Listening>(&step)) return listen(http, request, std::move(*listening));
  auto box = std::make_shared<Mailbox>(kept_messages);
  EventForm form = this->form(http, request.id);
  const std::shared_ptr<Session> session = request.session;
  const bool may_stream = accepts(http, "text/event-stream");
  if (session) {
    form.stream = std::to_string(session->keep(box));
    form.primed = session->version() >= "2025-11-25";  // older clients take an event without data for a broken one
  }
  const std::string_view tenant = tenant_name(request.access);
  std::string subject = std::get<Job>(step).subject;
  auto exchange = std::make_shared<Exchange>(*engine_, std::move(request), std::move(std::get<Job>(step)), box);
  return answer_later({.box = box,
                       .exchange = std::move(exchange),
                       .cancel_with_client = session == nullptr,
                       .may_stream = may_stream,
                       .patience = options_.patience,
                       .form = std::move(form),
                       .tag = tenant,
                       .subject = std::move(subject),
                       .respond = [this](const Reply& reply) { return respond(reply); }});
}

EventForm Http::form(const net::Request& request, std::string_view request_id) const {
  EventForm out{.keep_alive = options_.keep_alive, .look = options_.look};
  if (gate_.lasting) out.still_good = gate_.lasting(request);
  if (!request_id.empty()) {
    out.refusal = error_message(request_id, {.code = rpc_code::invalid_request,
                                             .message = request.language() == "en"
                                                            ? "The key or token is no longer good."
                                                            : "La clave o el token ya no sirve.",
                                             .data = Object{{"status", 401}}});
  }
  return out;
}

net::Response Http::listen(const net::Request& http, const Request& request, Listening listening) {
  auto stream = std::make_shared<Quotas::Share>(engine_->quotas().share(request.access.principal, Quotas::Kind::streams));
  const auto refused = [&](const RpcError& error) {
    return respond({error_message(request.id, error), error.http_status});
  };
  if (!stream->take()) return refused(too_many_streams(request.language));
  auto box = std::make_shared<Mailbox>(kept_messages);
  const Object meta{{meta_key::subscription, boost::json::parse(request.id)}};
  box->send(notification_message("notifications/subscriptions/acknowledged",
                                 {{"_meta", meta}, {"notifications", std::move(listening.agreed)}}));
  auto listener = engine_->listen(request, std::move(listening.wanted), [box, meta](std::string_view method, Object params) {
    params["_meta"] = meta;
    box->send(notification_message(method, params));
  });
  if (listener == nullptr) return refused(too_many_subscriptions(request.language));
  EventForm form = this->form(http, request.id);
  form.last = engine_->listening_ended(request);
  // It hears for as long as the stream lives.
  return event_stream(box, 0, std::move(form), [listener = std::move(listener), stream = std::move(stream)](bool) {});
}

net::Response Http::get(const net::Request& request) {
  if (auto refused = refuse_origin(request)) return std::move(*refused);
  operations::Access access;
  if (auto refused = admit(request, access)) return std::move(*refused);
  if (!request.headers.has("Mcp-Session-Id")) return not_allowed();
  auto [session, none_free] = engine_->sessions().find(request.headers.get("Mcp-Session-Id"), access, engine_->now());
  if (none_free) return too_many(too_many_sessions, request);
  if (!session) return no_session(request);
  if (!accepts(request, "text/event-stream")) {
    return problem(406, "La respuesta es text/event-stream.", "The answer is text/event-stream.", request);
  }
  if (request.method == net::Method::head) return event_stream_head();
  auto open = std::make_shared<Quotas::Share>(engine_->quotas().share(access.principal, Quotas::Kind::streams));
  if (!open->take()) return too_many(too_many_streams, request);
  const std::string_view last = request.headers.get("Last-Event-ID");
  const auto stream = parse_int(last.substr(0, last.find('-'))).value_or(0);
  const auto place = last.contains('-') ? parse_int(last.substr(last.find('-') + 1)).value_or(0) : 0;
  auto box = stream >= 0 ? session->stream(static_cast<std::uint64_t>(stream)) : nullptr;
  const bool resumes = box != nullptr && place >= 0 && box->reaches(static_cast<std::uint64_t>(place));
  if (!resumes) box = session->general();
  if (box == session->general()) engine_->listener_of(*session, access.principal);
  EventForm form = this->form(request, {});
  form.stream = std::to_string(resumes ? stream : 0);
  return event_stream_again(box, resumes ? static_cast<std::uint64_t>(place) : 0, std::move(form),
                            [open = std::move(open), reading = std::make_shared<Reading>(session)](bool) {});
}

net::Response Http::end_session(const net::Request& request) {
  if (auto refused = refuse_origin(request)) return std::move(*refused);
  operations::Access access;
  if (auto refused = admit(request, access)) return std::move(*refused);
  if (!request.headers.has("Mcp-Session-Id")) return not_allowed();
  if (!engine_->sessions().end(request.headers.get("Mcp-Session-Id"), access, engine_->now()))
    return no_session(request);
  return plain(204);
}

}  // namespace aremko::mcp

#include "rest/rest.h"

#include <array>
#include <mutex>

#include "base/json_read.h"
#include "base/log.h"
#include "base/text.h"
#include "net/problem.h"
#include "operations/access.h"
#include "operations/all.h"
#include "operations/lane_of.h"
#include "rest/docs.h"
#include "rest/cookies.h"
#include "rest/openapi.h"
#include "rest/web.h"

namespace aremko::rest {

namespace {

using operations::Argument;
using operations::Operation;
using operations::Services;
using operations::Where;

net::Method method_of(operations::Verb verb) {
  switch (verb) {
    case operations::Verb::get: return net::Method::get;
    case operations::Verb::post: return net::Method::post;
    case operations::Verb::put: return net::Method::put;
    case operations::Verb::delete_: return net::Method::delete_;
  }
  return net::Method::get;
}

operations::Credentials credentials_of(const net::Request& request, operations::Browser* browser = nullptr) {
  operations::Credentials out{.key = request.headers.get("X-API-Key"), .tenant = request.headers.get("X-Tenant"), .stop = request.stop};
  // A cookie goes along wherever the browser goes; what changes something has to come of a page of ours as well.
  if (out.key.empty() && may_use_session(request)) out.session = session_token(request);
  out.in_use = request.headers.get("X-Aremko-Idle").empty();
  out.browser = browser;
  return out;
}

net::Response refusal(const Error& error, const net::Request& request) {
  net::Response out = net::problem(error, request.language());
  out.headers.add("Cache-Control", "no-store");
  // RFC 9110 15.5.2 wants a challenge beside a 401.
  if (error.code == Code::unauthorized) out.headers.add("WWW-Authenticate", "ApiKey realm=\"aremko\", header=\"X-API-Key\"");
  return out;
}

/// The body as a JSON object; an empty one is `{}`.
Result<boost::json::object> body_of(const net::Request& request) {
  if (request.body.find_first_not_of(" \t\r\n") == std::string::npos) return boost::json::object{};
  auto tree = json::parse(request.body);
  if (!tree) return fail(std::move(tree.error()));
  if (!tree->is_object()) {
    return fail(error(Code::malformed, "El cuerpo debe ser un objeto JSON.", "The body must be a JSON object."));
  }
  return std::move(tree->as_object());
}

/// RFC 7240: the preferences of every Prefer field, each with parameters perhaps; names compare without case.
bool prefers_async(const net::Request& request) {
  for (std::size_t i = 0; i < request.headers.size(); ++i) {
    const auto [name, value] = request.headers.at(i);
    if (ascii_lower(name) != "prefer") continue;
    for (const std::string_view preference : split(value, ',')) {
      if (ascii_lower(trim(split(preference, ';').front())) == "respond-async") return true;
    }
  }
  return false;
}

/// What comes of an operation: its answer, or the job that was asked for instead.
struct Outcome {
  std::string body;
  std::string job_id{};
};

Result<Outcome> perform(Services& services, const Operation& operation, const net::Request& request, std::string_view& tenant,
                        operations::Browser& browser) {
  std::vector<Argument> text;
  text.reserve(request.params.size() + request.query.size());
  for (const net::Parameter& each : request.params) text.push_back({each.name, each.value, Where::path});
  for (const net::Parameter& each : request.query) text.push_back({each.name, each.value, Where::query});
  operations::Arguments arguments{.text = text};
  boost::json::object body;
  if (!request.body.empty()) {
    auto parsed = body_of(request);
    if (!parsed) return fail(std::move(parsed.error()));
    body = std::move(*parsed);
    arguments.json = &body;
    arguments.json_where = Where::body;
  }
  if (operation.defer && prefers_async(request)) {
    auto job = operations::perform_later(services, operation, credentials_of(request, &browser), request.language(), arguments, &tenant);
    if (!job) return fail(std::move(job.error()));
    return Outcome{std::move(job->job), std::move(job->id)};
  }
  const auto* granted = static_cast<const operations::Access*>(request.granted.get());
  if (granted != nullptr) tenant = granted->tenant->name;
  auto body_text = granted != nullptr
                       ? operations::perform(services, operation, *granted, request.language(), arguments)
                       : operations::perform(services, operation, credentials_of(request, &browser), request.language(), arguments, &tenant);
  if (!body_text) return fail(std::move(body_text.error()));
  return Outcome{std::move(*body_text)};
}

/// What may be sent where no key is asked for, or before the store has said whose it is.
constexpr std::size_t strangers_body = 64 * 1024;

/// Whoever has no key, or one that does not suffice, is told so before a byte of the body is read.
net::Admission admit(const Services& services, operations::Needed needed, const net::Request& request) {
  const operations::Credentials credentials = credentials_of(request);
  net::Admission out;
  if (credentials.key.empty() && credentials.session.empty() && !session_token(request).empty()) {
    out.refusal = refusal(not_our_page(), request);
    return out;
  }
  auto access = operations::authorise_at_once(services, needed, credentials);
  if (!access) {
    out.work = net::Work::wait;
    out.max_body = strangers_body;
  } else if (*access) {
    out.caller = (*access)->principal.key_id;
    out.tenant = operations::sharing(services, (*access)->principal);
    out.granted = std::make_shared<const operations::Access>(**std::move(access));
  } else {
    out.refusal = refusal(access->error(), request);
  }
  return out;
}

/// Whose record it is, by its number alone: a trail of who read whom needs no name.
std::string subject_of(const net::Request& request) {
  for (const std::string_view name : {"customer_id", "legacy_id", "mapping_id"}) {
    if (const std::string_view value = request.param(name); !value.empty()) return fmt::format("{}:{}", name.substr(0, name.find('_')), value);
  }
  return {};
}

net::Response answer(Services& services, const Operation& operation, const net::Request& request) {
  std::string_view tenant;
  operations::Browser browser = browser_of(request);
  auto result = perform(services, operation, request, tenant, browser);
  net::Response out = result ? net::json_response(std::move(result->body)) : refusal(result.error(), request);
  // Nothing of anybody stays in a browser's cache on a disk that others read.
  if (result && (operation.scope || operation.group == "session")) out.headers.add("Cache-Control", "no-store");
  if (result) out.subject = subject_of(request);
  if (result && !result->job_id.empty()) {
    out.status = 202;
    out.headers.add("Location", "/api/v1/aremko/jobs/" + result->job_id);
    out.headers.add("Preference-Applied", "respond-async");
  }
  keep_cookies(browser, request, out);
  if (operation.defer) out.headers.add("Vary", "Prefer");
  out.tag = tenant;
  return out;
}

net::Response metrics_answer(const Services& services, Metrics& metrics) {
  net::Response out;
  out.content_type = "text/plain; version=0.0.4; charset=utf-8";
  out.headers.add("Cache-Control", "no-store");
  out.body = metrics.text(services);
  return out;
}

net::Response shared_answer(std::string_view content_type, const std::shared_ptr<const std::string>& body) {
  net::Response out;
  out.content_type = content_type;
  out.body = body;
  return out;
}

void add_documents(net::Router& router, const Services& services) {
  const auto all = operations::all_operations();
  // Written when somebody first asks for it: a start need not wait for it.
  struct Document {
    std::once_flag once;
    std::shared_ptr<const std::string> text;
  };
  const auto documents = std::make_shared<std::array<Document, 2>>();
  router.add(net::Method::get, "/openapi.json", [&services, all, documents](const net::Request& request) {
    // A link can name the language, as a page's script cannot always set the header.
    const bool english = request.query_value("lang").value_or(request.language()) == "en";
    Document& document = (*documents)[english ? 1 : 0];
    std::call_once(document.once, [&] {
      document.text = std::make_shared<const std::string>(openapi(all, services.version, english ? "en" : "es"));
    });
    net::Response out = shared_answer("application/json", document.text);
    out.headers.add("Vary", "Accept-Language");
    return out;
  });
  for (const DocsFile& file : docs_files()) {
    const auto body = std::make_shared<const std::string>(file.bytes);
    router.add(net::Method::get, file.path, [body, type = file.content_type](const net::Request&) {
      net::Response out = shared_answer(type, body);
      // Nothing from elsewhere, nothing inline: the page works offline, and a script put into data stays text.
      out.headers.add("Content-Security-Policy",
                      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
                      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
      return out;
    });
  }
}

}  // namespace

net::Router make_router(Services& services, Metrics& metrics, const std::filesystem::path& web) {
  net::Router router;
  for (const Operation& operation : operations::all_operations()) {
    net::RouteOptions options;
    if (!operation.scope) options.max_body = strangers_body;
    options.work = operations::lane_of(operation.cost);
    if (operation.scope) {
      options.admit = [&services, needed = operations::Needed(*operation.scope, operation.right)](const net::Request& request) {
        return admit(services, needed, request);
      };
    }
    router.add(method_of(operation.verb), operation.path,
               [&services, &operation](const net::Request& request) { return answer(services, operation, request); },
               options);
  }
  add_documents(router, services);
  if (!add_web(router, web)) {
    router.add(net::Method::get, "/", [](const net::Request&) {
      net::Response out;
      out.status = 302;
      out.headers.add("Location", "/docs");
      return out;
    });
  }
  router.add(net::Method::get, "/metrics",
             [&services, &metrics](const net::Request& request) {
               const auto access = operations::authorise(services, operations::Scope::admin, credentials_of(request));
               return access ? metrics_answer(services, metrics) : refusal(access.error(), request);
             },
             {.work = net::Work::quick,
              .admit = [&services](const net::Request& request) { return admit(services, operations::Scope::admin, request); }});
  return router;
}

net::Router make_metrics_router(const Services& services, Metrics& metrics) {
  net::Router router;
  router.add(net::Method::get, "/metrics",
             [&services, &metrics](const net::Request&) { return metrics_answer(services, metrics); },
             {.work = net::Work::quick});
  return router;
}

net::Observer make_observer(Metrics& metrics) {
  return [&metrics](const net::Finished& request) {
    metrics.count(request);
    // Where wrong keys come from is needed to stop them; of who is let in the key tells more.
    const bool refused = request.status == 401 || request.status == 403 || request.status == 429;
    log::info("request", {{"method", request.method},
                          {"route", request.pattern},
                          {"status", static_cast<std::int64_t>(request.status)},
                          {"us", request.microseconds},
                          {"bytes", static_cast<std::int64_t>(request.bytes)},
                          {"tenant", request.tag},
                          {"key", request.caller},
                          {"subject", request.subject},
                          {"peer", refused ? request.peer : std::string_view()}});
  };
}

}  // namespace aremko::rest

#include "rest/rest.h"

#include <gtest/gtest.h>

#include <set>

#include <boost/json/serialize.hpp>

#include "base/json_read.h"
#include "net/problem.h"
#include "operations/test_house.h"
#include "rest/openapi.h"

namespace aremko::rest {
namespace {

using boost::json::value;
using operations::Scope;
using operations::testing::House;

class Rest : public ::testing::Test {
 protected:
  struct Sent {
    std::string method = "GET";
    std::string target{};
    std::string key{};
    std::string tenant{};
    std::string language{};
    std::string body{};
    std::string prefer{};
  };

  /// Through the router and the handler, without a socket; status 0 where no route matched.
  net::Response send(const Sent& sent) {
    request = {};
    request.method = net::method_of(sent.method);
    request.target = sent.target;
    request.body = sent.body;
    if (!sent.key.empty()) request.headers.add("x-api-key", sent.key);
    if (!sent.tenant.empty()) request.headers.add("X-Tenant", sent.tenant);
    if (!sent.language.empty()) request.headers.add("Accept-Language", sent.language);
    if (!sent.prefer.empty()) request.headers.add("Prefer", sent.prefer);
    if (const auto fault = net::parse_target(request)) return net::problem(*fault, "es");
    const auto match = router.match(request);
    return match.route != nullptr ? match.route->handler(request) : net::Response{.status = 0};
  }
  net::Response get(std::string target, std::string key = {}) { return send({.target = std::move(target), .key = std::move(key)}); }

  static value json_of(const net::Response& response) {
    const auto tree = json::parse(response.bytes());
    EXPECT_TRUE(tree) << response.bytes();
    return tree ? *tree : value();
  }

  House house;
  Metrics metrics;
  net::Router router = make_router(house.services(), metrics);
  net::Request request;
  std::string admin = house.key(Scope::admin);
};

constexpr std::string_view base = "/api/v1/aremko";

TEST_F(Rest, TheGuidesCurlLinesAnswer) {
  for (const char* path : {"/customers/search?query=Maria+Gonzalez&source=all", "/customers/123/profile?include_legacy=true",
                           "/customers/123/insights", "/campaigns/inactive-customers?months=12&limit=100",
                           "/campaigns/segments/VIP?limit=50", "/campaigns/segments/At%20Risk?limit=100",
                           "/campaigns/segments/Lost?limit=200", "/mappings/customer/123", "/stats/overview"}) {
    const auto response = get(std::string(base) + path, admin);
    EXPECT_EQ(response.status, 200) << path << " " << response.bytes();
    EXPECT_EQ(response.content_type, "application/json");
    EXPECT_EQ(response.tag, "aremko");
    EXPECT_TRUE(json_of(response).is_object());
  }
  EXPECT_EQ(send({.method = "POST", .target = "/api/v1/aremko/sync/legacy-to-current?limit=10", .key = admin}).status, 200);
  EXPECT_EQ(get("/api/v1/health").status, 200);
}

TEST_F(Rest, RefusalsAreProblemsInTheCallersLanguage) {
  const auto wrong = send({.target = "/api/v1/aremko/campaigns/inactive-customers?months=37&limit=0&mes=1", .key = admin, .language = "en"});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(wrong.content_type, "application/problem+json");
  const value problem = json_of(wrong);
  EXPECT_EQ(problem.at("errors").as_array().size(), 3u);
  EXPECT_EQ(problem.at("errors").at(0).at("field"), "mes");
  EXPECT_NE(std::string_view(problem.at("errors").at(0).at("message").as_string()).find("months, limit, offset, cursor, as_of"),
            std::string_view::npos);
  EXPECT_EQ(problem.at("errors").at(1).at("message"), "Must be between 1 and 36.");
  EXPECT_EQ(json_of(get("/api/v1/aremko/customers/0/profile", admin)).at("errors").at(0).at("message"), "Debe ser 1 o más.");
  EXPECT_EQ(get("/api/v1/aremko/customers/x/profile", admin).status, 422);
  EXPECT_EQ(get("/api/v1/aremko/customers/999999/profile", admin).status, 404);
  EXPECT_EQ(get("/api/v1/aremko/campaigns/segments/Nadie", admin).status, 422);
  EXPECT_EQ(get("/api/v1/aremko/nada", admin).status, 0);
}

TEST_F(Rest, KeysAndTenants) {
  const auto none = get("/api/v1/aremko/stats/overview");
  EXPECT_EQ(none.status, 401);
  EXPECT_FALSE(none.headers.get("WWW-Authenticate").empty());
  EXPECT_EQ(get("/api/v1/aremko/stats/overview", "test-key").status, 401);
  EXPECT_EQ(send({.target = "/api/v1/aremko/stats/overview", .key = admin, .tenant = "aremko"}).status, 200);
  EXPECT_EQ(send({.target = "/api/v1/aremko/stats/overview", .key = admin, .tenant = "otro"}).status, 403);
  EXPECT_EQ(send({.target = "/api/v1/aremko/stats/overview", .key = admin, .tenant = "nadie"}).status, 404);
  const std::string read = house.key(Scope::read);
  EXPECT_EQ(send({.method = "POST", .target = "/api/v1/aremko/sync/legacy-to-current", .key = read}).status, 403);
  EXPECT_EQ(send({.method = "POST", .target = "/api/v1/aremko/refresh", .key = read}).status, 403);
}

TEST_F(Rest, ABodyMustBeAnObjectOfKnownFields) {
  const auto post = [&](std::string body) {
    return send({.method = "POST", .target = "/api/v1/aremko/refresh", .key = admin, .body = std::move(body)}).status;
  };
  EXPECT_EQ(post(""), 200);
  EXPECT_EQ(post("{}"), 200);
  EXPECT_EQ(post("[]"), 400);
  EXPECT_EQ(post("{"), 400);
  EXPECT_EQ(post("{\"x\": 1}"), 422);
  EXPECT_EQ(post(std::string(100'000, '[')), 400);
}

TEST_F(Rest, WhatIsWrongIsToldShortly) {
  std::string body = "{";
  for (int i = 0; i < 5'000; ++i) body += fmt::format("\"k{}\":1,", i);
  const auto refused = send({.method = "POST", .target = "/api/v1/aremko/duplicates", .key = admin, .body = body + "\"k\":1}"});
  EXPECT_EQ(refused.status, 422);
  EXPECT_LT(refused.bytes().size(), 8'000U) << "five times what was sent would hold the server's memory for whoever does not read it";
}

TEST_F(Rest, WithoutAKeyLittleMayBeSent) {
  for (const operations::Operation& operation : operations::all_operations()) {
    if (operation.scope) continue;
    request = {};
    request.method = operation.verb == operations::Verb::get ? net::Method::get : net::Method::post;
    request.target = operation.path;
    ASSERT_FALSE(net::parse_target(request));
    const auto match = router.match(request);
    ASSERT_NE(match.route, nullptr) << operation.path;
    EXPECT_LE(match.route->options.max_body, 64U * 1024) << operation.name;
    EXPECT_GT(match.route->options.max_body, 0U) << operation.name;
  }
}

TEST_F(Rest, ASyncCanBeAskedForAsAJob) {
  const std::string sync = std::string(base) + "/sync/legacy-to-current";
  const auto plain = send({.method = "POST", .target = sync, .key = admin, .prefer = "return=minimal, wait=5"});
  EXPECT_EQ(plain.status, 200);
  EXPECT_FALSE(plain.headers.has("Preference-Applied"));
  const auto begun = send({.method = "POST", .target = sync, .key = admin, .prefer = "wait=5, Respond-Async; x=1"});
  ASSERT_EQ(begun.status, 202);
  EXPECT_EQ(begun.headers.get("Preference-Applied"), "respond-async");
  const value job = json_of(begun);
  EXPECT_EQ(job.at("state"), "queued");
  const std::string address(begun.headers.get("Location"));
  EXPECT_EQ(address, std::string(base) + "/jobs/" + std::string(job.at("id").as_string()));
  EXPECT_EQ(json_of(get(address, admin)), job);
  for (const std::string prefer : {"", "respond-async"}) {
    EXPECT_EQ(send({.method = "POST", .target = sync, .key = admin, .prefer = prefer}).status, 409);
  }
  EXPECT_EQ(send({.method = "POST", .target = sync + "?limit=0", .key = admin, .prefer = "respond-async"}).status, 422);
  EXPECT_EQ(send({.method = "POST", .target = sync, .key = house.key(Scope::read), .prefer = "respond-async"}).status, 403);
  EXPECT_EQ(json_of(send({.method = "POST", .target = address + "/cancel", .key = admin})).at("state"), "cancelled");
  // A preference says nothing to a verb that is never a job.
  EXPECT_EQ(send({.target = std::string(base) + "/customers/123/profile", .key = admin, .prefer = "respond-async"}).status, 200);
}

TEST_F(Rest, AKeyIsLookedAtBeforeTheBody) {
  request = {};
  request.target = "/api/v1/aremko/customers/123/profile";
  static_cast<void>(net::parse_target(request));
  const auto* route = router.match(request).route;
  ASSERT_NE(route, nullptr);
  EXPECT_EQ(route->options.work, net::Work::light);
  EXPECT_EQ(route->options.admit(request).refusal->status, 401);
  request.headers.add("X-API-Key", admin);
  const net::Admission known = route->options.admit(request);
  EXPECT_FALSE(known.refusal.has_value());
  EXPECT_EQ(known.caller.size(), 8U) << "a share of its own, by the key's public part";
  EXPECT_FALSE(known.work);
  request.headers.clear();
  request.headers.add("X-API-Key", house.store().keys().create("aremko", Scope::read, "nueva", "test", 1)->text);
  const net::Admission unknown = route->options.admit(request);
  EXPECT_FALSE(unknown.refusal.has_value());
  EXPECT_EQ(unknown.work, net::Work::wait);
  EXPECT_GT(unknown.max_body, 0U);
}

TEST_F(Rest, AKeyThatReadsSeesNoContacts) {
  const auto basic_info = [&](const std::string& key) {
    return json_of(get("/api/v1/aremko/customers/123/profile", key)).at("basic_info").as_object();
  };
  EXPECT_TRUE(basic_info(admin).at("telefono").is_string());
  const auto seen = basic_info(house.key(Scope::read));
  for (const char* contact : {"telefono", "email", "documento_identidad"}) EXPECT_TRUE(seen.at(contact).is_null()) << contact;
  EXPECT_TRUE(seen.at("nombre").is_string());
  EXPECT_EQ(get("/api/v1/aremko/customers/123/profile", admin).headers.get("Cache-Control"), "no-store");
}

TEST_F(Rest, ReadyIs503UntilEveryTenantHasData) {
  EXPECT_EQ(get("/api/v1/ready").status, 503);
  house.publish("otro");
  const auto ready = get("/api/v1/ready");
  EXPECT_EQ(ready.status, 200);
  EXPECT_EQ(json_of(ready).at("tenants").at(0).at("sources").at(0).at("name"), "aremko_db");
}

TEST_F(Rest, MetricsWantAnAdminAndCountRequests) {
  EXPECT_EQ(get("/metrics").status, 401);
  EXPECT_EQ(get("/metrics", house.key(Scope::write)).status, 403);
  const auto observe = make_observer(metrics);
  observe({.method = "GET", .pattern = "/api/v1/health", .status = 200, .microseconds = 300, .bytes = 10, .tag = {}});
  observe({.method = "GET", .pattern = "/api/v1/health", .status = 200, .microseconds = 300, .bytes = 10, .tag = {}});
  const auto response = get("/metrics", admin);
  EXPECT_EQ(response.status, 200);
  const std::string_view text = response.bytes();
  EXPECT_NE(text.find("aremko_http_requests_total{method=\"GET\",route=\"/api/v1/health\",status=\"200\"} 2"), text.npos) << text;
  EXPECT_NE(text.find("aremko_source_up{source=\"aremko_db\",tenant=\"aremko\"} 1"), text.npos) << text;
  EXPECT_NE(text.find("aremko_snapshot_version{tenant=\"aremko\"} 1"), text.npos) << text;
}

// Every $ref of a document, wherever it stands.
void collect_references(const value& node, std::set<std::string>& out) {
  if (node.is_array()) {
    for (const value& each : node.get_array()) collect_references(each, out);
  }
  if (!node.is_object()) return;
  for (const auto& field : node.get_object()) {
    if (field.key() == "$ref") out.insert(std::string(field.value().as_string()));
    else collect_references(field.value(), out);
  }
}

TEST_F(Rest, TheOpenApiDocumentHasEveryOperationAndNoDanglingReference) {
  const value document = json_of(get("/openapi.json"));
  EXPECT_EQ(document.at("openapi"), "3.1.0");
  std::size_t count = 0;
  for (const auto& path : document.at("paths").as_object()) count += path.value().as_object().size();
  EXPECT_EQ(count, operations::all_operations().size());
  for (const operations::Operation& operation : operations::all_operations()) {
    const auto& verbs = document.at("paths").at(operation.path).as_object();
    const auto said = std::ranges::find(verbs, operation.name, [](const auto& each) -> std::string_view { return each.value().at("operationId").as_string(); });
    ASSERT_NE(said, verbs.end()) << operation.name;
    const auto text = [&](const char* name) {
      const value* found = said->value().as_object().if_contains(name);
      return found == nullptr ? std::string() : std::string(found->as_string());
    };
    EXPECT_EQ(text("x-scope"), operation.scope ? json_name(*operation.scope) : "") << operation.name;
    EXPECT_EQ(text("x-right"), operation.right ? json_name(*operation.right) : "") << operation.name;
  }
  std::set<std::string> references;
  collect_references(document, references);
  EXPECT_GT(references.size(), 20u);
  for (const std::string& reference : references) {
    boost::system::error_code missing;
    EXPECT_NE(document.find_pointer(reference.substr(1), missing), nullptr) << reference;
  }
  const value& months = document.at("paths").at("/api/v1/aremko/campaigns/inactive-customers").at("get").at("parameters").at(0);
  EXPECT_EQ(months.at("schema"), *json::parse(R"({"type": "integer", "minimum": 1, "maximum": 36, "default": 12})"));
  const value& segment = document.at("paths").at("/api/v1/aremko/campaigns/segments/{segment}").at("get").at("parameters").at(0);
  EXPECT_EQ(segment.at("schema").at("enum").as_array().size(), 9u);
  EXPECT_EQ(segment.at("in"), "path");
  EXPECT_NE(get("/openapi.json").bytes(), get("/openapi.json?lang=en").bytes());
}

TEST_F(Rest, TheDocsNeedNothingFromElsewhere) {
  for (const char* path : {"/docs", "/docs/docs.js", "/docs/docs.css", "/docs/docs.svg"}) {
    const auto response = get(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(response.bytes().find("https://"), std::string_view::npos) << path;
    EXPECT_NE(response.headers.get("Content-Security-Policy").find("script-src 'self'"), std::string_view::npos);
  }
  const auto response = get("/docs");
  const std::string_view page = response.bytes();
  EXPECT_EQ(page.find("style="), std::string_view::npos);
  EXPECT_EQ(page.find("onclick"), std::string_view::npos);
}

}  // namespace
}  // namespace aremko::rest

#include "app/assistants.h"

#include <boost/json/serialize.hpp>

#include "base/text.h"
#include "assistants/product.h"

namespace aremko::app {

namespace {

// What seals a client's state: the example file's word is no secret.
std::string usable_secret(const Config& config) {
  const std::string& secret = config.secret_key;
  return secret.size() < least_secret || secret == example_secret ? std::string() : secret;
}

/// The key of a request: X-API-Key, or a bearer token.
std::string_view key_of(const net::Request& request) {
  const std::string_view authorization = request.headers.get("Authorization");
  constexpr std::string_view scheme = "bearer ";
  if (authorization.size() > scheme.size() && ascii_lower(authorization.substr(0, scheme.size())) == scheme) {
    return trim(authorization.substr(scheme.size()));
  }
  return request.headers.get("X-API-Key");
}

constexpr std::string_view metadata_path = "/.well-known/oauth-protected-resource";
constexpr std::string_view metadata_path_of_mcp = "/.well-known/oauth-protected-resource/mcp";

bool loopback(std::string_view host) { return host == "localhost" || host.starts_with("127.") || host == "::1"; }

}  // namespace

Assistants::Assistants(operations::Services& services, const Config& config, std::shared_ptr<net::Lanes> lanes, std::function<void()> ready)
    : services_(services),
      registry_(assistants::product(services)),
      engine_(registry_, services, changes_, {.secret = usable_secret(config), .lanes = std::move(lanes), .ready = std::move(ready)}) {
  if (config.mcp_issuer.empty()) return;
  const bool alone = services.tenants.size() == 1;
  tokens_ =
      std::make_unique<mcp::Tokens>(mcp::TokenRules{.issuer = config.mcp_issuer,
                                                    .resource = config.mcp_url,
                                                    .jwks = config.mcp_jwks,
                                                    .default_tenant = alone ? services.tenants.begin()->first : "",
                                                    .secret = usable_secret(config)});
}

Result<operations::Access> Assistants::admit(const net::Request& request) {
  const std::string_view key = key_of(request);
  if (tokens_ == nullptr || !mcp::Tokens::looks_like_one(key)) {
    return operations::authorise(services_, store::Scope::read, {key, request.headers.get("X-Tenant")});
  }
  auto token = tokens_->check(key, services_.clock->now());
  if (!token) return fail(std::move(token.error()));
  operations::Tenant* tenant = services_.tenant(token->principal.tenant);
  if (tenant == nullptr) {
    return fail(error(Code::forbidden, "El tenant del token no está en este servidor.",
                      "The token's tenant is not on this server."));
  }
  return operations::Access{tenant, std::move(token->principal)};
}

/// A key is good until it leaves the ring, a token until it ends. Neither is looked for in a store or signed by anybody
/// again, so it may be asked before every event.
std::function<bool()> Assistants::lasting(const net::Request& request) {
  const std::string_view key = key_of(request);
  if (tokens_ != nullptr && mcp::Tokens::looks_like_one(key)) {
    const auto token = tokens_->check(key, services_.clock->now());
    return [ends = token ? token->ends : 0, clock = services_.clock] { return clock->now() < ends; };
  }
  return [text = std::string(key), keys = services_.keys] {
    const auto found = keys->check(text);
    return found && *found;
  };
}

/// RFC 9728: at the well-known path, and with the endpoint's own path behind it.
void Assistants::add_metadata(net::Router& router, const Config& config) {
  const auto body = std::make_shared<const std::string>(
      boost::json::serialize(boost::json::object{{"resource", config.mcp_url},
                                                 {"authorization_servers", boost::json::array{config.mcp_issuer}},
                                                 {"scopes_supported", {"read", "write", "admin"}},
                                                 {"bearer_methods_supported", boost::json::array{"header"}},
                                                 {"resource_name", "Aremko"}}));
  for (const std::string_view path : {metadata_path, metadata_path_of_mcp}) {
    router.add(net::Method::get, path, [body](const net::Request&) {
      net::Response out;
      out.headers.add("Access-Control-Allow-Origin", "*");  // a client in a browser reads it before it has any right
      out.body = body;
      return out;
    });
  }
}

void Assistants::add_routes(net::Router& router, const Config& config, std::string_view host) {
  mcp::Gate gate{.admit = [this](const net::Request& request) { return admit(request); },
                 .work_of = [this](const net::Request& request) -> std::optional<net::Work> {
                   const std::string_view key = key_of(request);
                   if (tokens_ != nullptr && mcp::Tokens::looks_like_one(key)) return net::Work::quick;  // a signature
                   if (operations::needs_worker(services_, key)) return net::Work::wait;
                   return std::nullopt;
                 },
                 .lasting = [this](const net::Request& request) { return lasting(request); }};
  mcp::HttpOptions options{.hosts = config.mcp_hosts};
  if (!config.mcp_url.empty()) {
    const std::size_t begin = config.mcp_url.find("://") + 3;
    const std::string origin = config.mcp_url.substr(0, config.mcp_url.find('/', begin));
    options.hosts.push_back(
        ascii_lower(origin.substr(begin, origin.rfind(':') > begin ? origin.rfind(':') - begin : std::string::npos)));
    if (tokens_ != nullptr)
      gate.challenge = "resource_metadata=\"" + origin + std::string(metadata_path_of_mcp) + "\"";
  }
  // A server for others answers by whatever name they know it, unless it was told its names.
  options.any_host = options.hosts.empty() && !loopback(host);
  http_ = std::make_unique<mcp::Http>(engine_, std::move(gate), std::move(options));
  http_->add_routes(router);
  if (tokens_ != nullptr) add_metadata(router, config);
}

}  // namespace aremko::app

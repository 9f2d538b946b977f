#include "mcp/tokens.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cjose/cjose.h>

#include "base/log.h"
#include "base/text.h"
#include "mcp/rpc.h"

namespace aremko::mcp {

namespace {

// Clocks of two machines differ by this much at most.
constexpr UnixSeconds leeway_s = 60;
constexpr std::size_t longest = 8 * 1024;

// Signatures with a private key alone: with a shared secret, whoever can check could forge, and "none" is no
// signature.
constexpr std::string_view algorithms[] = {"RS256", "RS384", "RS512", "PS256", "PS384",
                                           "PS512", "ES256", "ES384", "ES512"};

struct JwkDeleter {
  void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
};
struct JwsDeleter {
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};
using Jwk = std::unique_ptr<cjose_jwk_t, JwkDeleter>;
using Jws = std::unique_ptr<cjose_jws_t, JwsDeleter>;

Error refused() {
  return error(Code::unauthorized, "El token de acceso no es válido para este servidor, o venció.",
               "The access token is not good for this server, or has expired.");
}

std::string_view header(cjose_header_t* of, const char* name) {
  cjose_err ignored;
  const char* value = cjose_header_get(of, name, &ignored);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool is_for(const Object& claims, std::string_view resource) {
  const auto* audience = claims.if_contains("aud");
  if (audience == nullptr) return false;
  if (const auto* list = audience->if_array()) return std::ranges::find(*list, boost::json::value(resource)) != list->end();
  return *audience == boost::json::value(resource);
}

bool is_good_at(const Object& claims, UnixSeconds now) {
  const auto time = [&](std::string_view name) -> std::optional<double> {
    const auto* value = claims.if_contains(name);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    return value->to_number<double>();
  };
  const auto ends = time("exp");
  if (!ends || *ends < static_cast<double>(now - leeway_s)) return false;
  return !claims.contains("nbf") || time("nbf").value_or(1e18) <= static_cast<double>(now + leeway_s);
}

/// The widest of our scopes that the token has; "aremko:read" is "read".
std::optional<store::Scope> scope_of(const Object& claims) {
  std::optional<store::Scope> out;
  const auto take = [&out](std::string_view name) {
    if (name.starts_with("aremko:")) name.remove_prefix(7);
    if (const auto scope = store::scope_named(name); scope && (!out || *scope > *out)) out = scope;
  };
  for (const std::string_view name : split(text_at(claims, "scope").value_or(""), ' ')) take(name);
  if (const auto* list = claims.if_contains("scp"); list != nullptr && list->is_array()) {
    for (const auto& each : list->get_array()) {
      if (each.is_string()) take(std::string_view(each.get_string()));
    }
  }
  return out;
}

}  // namespace

struct Tokens::Keys {
  std::vector<std::pair<std::string, Jwk>> all;  // by kid
};

Tokens::Tokens(TokenRules rules) : rules_(std::move(rules)) {}
Tokens::~Tokens() = default;

bool Tokens::looks_like_one(std::string_view text) {
  return text.starts_with("eyJ") && std::ranges::count(text, '.') == 2;
}

/// The issuer's keys as the file has them now; the last good ones when it cannot be read.
std::shared_ptr<const Tokens::Keys> Tokens::keys() {
  const std::lock_guard lock(mutex_);
  std::error_code failed;
  const auto changed = std::filesystem::last_write_time(rules_.jwks, failed);
  if (failed || (keys_ && changed == read_at_)) return keys_;
  std::ifstream file(rules_.jwks, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  boost::system::error_code unreadable;
  const auto tree = boost::json::parse(text.view(), unreadable);
  const auto* set = unreadable ? nullptr : tree.if_object();
  const auto* list = set == nullptr ? nullptr : set->if_contains("keys");
  if (list == nullptr || !list->is_array()) {
    log::failure("jwks_unreadable", {});
    return keys_;
  }
  auto out = std::make_shared<Keys>();
  for (const auto& each : list->get_array()) {
    const std::string json = boost::json::serialize(each);
    cjose_err ignored;
    Jwk key(cjose_jwk_import(json.data(), json.size(), &ignored));
    if (key == nullptr || cjose_jwk_get_kty(key.get(), &ignored) == CJOSE_JWK_KTY_OCT) continue;
    const char* kid = cjose_jwk_get_kid(key.get(), &ignored);
    out->all.emplace_back(kid == nullptr ? "" : kid, std::move(key));
  }
  keys_ = std::move(out);
  read_at_ = changed;
  return keys_;
}

Result<store::Principal> Tokens::check(std::string_view token, UnixSeconds now) {
  const auto known = keys();
  if (!known || token.size() > longest) return fail(refused());
  cjose_err ignored;
  const Jws jws(cjose_jws_import(token.data(), token.size(), &ignored));
  if (jws == nullptr) return fail(refused());
  cjose_header_t* protected_header = cjose_jws_get_protected(jws.get());
  const std::string_view algorithm = header(protected_header, CJOSE_HDR_ALG);
  if (std::ranges::find(algorithms, algorithm) == std::end(algorithms)) return fail(refused());
  const std::string_view kid = header(protected_header, CJOSE_HDR_KID);
  const bool verified = std::ranges::any_of(known->all, [&](const auto& each) {
    return (kid.empty() || each.first == kid) && cjose_jws_verify(jws.get(), each.second.get(), &ignored);
  });
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (!verified || !cjose_jws_get_plaintext(jws.get(), &bytes, &size, &ignored)) return fail(refused());
  boost::system::error_code unreadable;
  const auto tree = boost::json::parse({reinterpret_cast<const char*>(bytes), size}, unreadable);
  const auto* claims = unreadable ? nullptr : tree.if_object();
  if (claims == nullptr || text_at(*claims, "iss") != rules_.issuer || !is_for(*claims, rules_.resource) ||
      !is_good_at(*claims, now)) {
    return fail(refused());
  }
  store::Principal out;
  out.tenant = text_at(*claims, "tenant").value_or(rules_.default_tenant);
  if (out.tenant.empty()) return fail(refused());
  const auto scope = scope_of(*claims);
  if (!scope) {
    return fail(error(Code::forbidden, "El token de acceso no tiene ningún alcance de este servidor.",
                      "The access token has no scope of this server."));
  }
  out.scope = *scope;
  // The subject may be a person's address: what is logged and audited only tells one from another.
  out.key_id = fmt::format("{:08x}", hash64(text_at(*claims, "sub").value_or("")) & 0xffffffffU);
  out.label = "oauth";
  return out;
}

}  // namespace aremko::mcp

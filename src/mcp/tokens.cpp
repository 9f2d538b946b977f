#include "mcp/tokens.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cjose/cjose.h>
#include <sodium.h>

#include "base/log.h"
#include "base/text.h"
#include "mcp/base64.h"
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

/// The protected header, when it is one that we understand whole (RFC 7515 4.1.11: with `crit` there is something that
/// must be understood, and we know no extension) and of an access token (RFC 9068 4: an ID token is none).
std::optional<Object> header_of(std::string_view token) {
  const auto text = base64_url_decoded(token.substr(0, token.find('.')));
  if (!text) return std::nullopt;
  boost::system::error_code unreadable;
  const auto tree = boost::json::parse(*text, unreadable);
  const auto* header = unreadable ? nullptr : tree.if_object();
  if (header == nullptr || header->contains("crit")) return std::nullopt;
  const std::string type = ascii_lower(text_at(*header, "typ").value_or(""));
  if (type != "at+jwt" && type != "application/at+jwt") return std::nullopt;
  if (std::ranges::find(algorithms, text_at(*header, "alg").value_or("")) == std::end(algorithms)) return std::nullopt;
  return *header;
}

/// Whether a published key is for checking signatures, of a kind and strength that are worth checking (RFC 7517 4.2, 4.3;
/// RFC 7518 3.3).
bool may_verify(const Object& jwk) {
  if (jwk.contains("use") && text_at(jwk, "use") != "sig") return false;
  if (const auto* uses = jwk.if_contains("key_ops")) {
    const auto* list = uses->if_array();
    if (list == nullptr || std::ranges::find(*list, boost::json::value("verify")) == list->end()) return false;
  }
  const auto kind = text_at(jwk, "kty");
  if (kind == "EC") return true;
  if (kind != "RSA") return false;
  auto modulus = base64_url_decoded(text_at(jwk, "n").value_or(""));
  if (!modulus) return false;
  modulus->erase(0, std::min(modulus->find_first_not_of('\0'), modulus->size()));
  if (modulus->empty()) return false;
  const int bits = static_cast<int>(modulus->size()) * 8 - std::countl_zero(static_cast<unsigned char>(modulus->front()));
  return bits >= Tokens::least_rsa_bits;
}

bool is_for(const Object& claims, std::string_view resource) {
  const auto* audience = claims.if_contains("aud");
  if (audience == nullptr) return false;
  if (const auto* list = audience->if_array()) return std::ranges::find(*list, boost::json::value(resource)) != list->end();
  return *audience == boost::json::value(resource);
}

/// Until when a token is good that is good now; nothing: it is not.
std::optional<UnixSeconds> good_until(const Object& claims, UnixSeconds now) {
  const auto time = [&](std::string_view name) -> std::optional<double> {
    const auto* value = claims.if_contains(name);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    return value->to_number<double>();
  };
  const auto ends = time("exp");
  if (!ends || *ends < static_cast<double>(now - leeway_s)) return std::nullopt;
  if (claims.contains("nbf") && time("nbf").value_or(1e18) > static_cast<double>(now + leeway_s)) return std::nullopt;
  return static_cast<UnixSeconds>(std::min(*ends, 1e15)) + leeway_s + 1;
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
  struct Key {
    std::string kid, algorithm;  // empty: not said
    Jwk key;
  };
  std::vector<Key> all;
};

Tokens::Tokens(TokenRules rules) : rules_(std::move(rules)) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  constexpr std::string_view subject_purpose = "aremko mcp subject 1";
  if (rules_.secret.empty()) {
    randombytes_buf(name_key_.data(), name_key_.size());
  } else {
    const std::string text = std::string(subject_purpose) + rules_.secret;
    crypto_generichash(name_key_.data(), name_key_.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       nullptr, 0);
  }
}
Tokens::~Tokens() = default;

/// The subject may be a person's address: what is logged and audited only tells one from another, and who knows addresses
/// cannot try which of them it is.
std::string Tokens::name_of(std::string_view subject) const {
  std::array<unsigned char, 16> hash{};  // the shortest that libsodium makes
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(subject.data()), subject.size(),
                     name_key_.data(), name_key_.size());
  std::string out;
  for (const unsigned char byte : hash) out += fmt::format("{:02x}", byte);
  return out;
}

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
    const Object* jwk = each.if_object();
    if (jwk == nullptr || !may_verify(*jwk)) continue;
    const std::string json = boost::json::serialize(each);
    cjose_err ignored;
    Jwk key(cjose_jwk_import(json.data(), json.size(), &ignored));
    if (key == nullptr) continue;
    out->all.push_back({std::string(text_at(*jwk, "kid").value_or("")), std::string(text_at(*jwk, "alg").value_or("")), std::move(key)});
  }
  keys_ = std::move(out);
  read_at_ = changed;
  return keys_;
}

Result<CheckedToken> Tokens::check(std::string_view token, UnixSeconds now) {
  const auto known = keys();
  if (!known || token.size() > longest) return fail(refused());
  const auto header = header_of(token);
  if (!header) return fail(refused());
  cjose_err ignored;
  const Jws jws(cjose_jws_import(token.data(), token.size(), &ignored));
  if (jws == nullptr) return fail(refused());
  const auto algorithm = text_at(*header, "alg");
  const std::string_view kid = text_at(*header, "kid").value_or("");
  const bool verified = std::ranges::any_of(known->all, [&](const Keys::Key& each) {
    return (kid.empty() || each.kid == kid) && (each.algorithm.empty() || each.algorithm == algorithm) &&
           cjose_jws_verify(jws.get(), each.key.get(), &ignored);
  });
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (!verified || !cjose_jws_get_plaintext(jws.get(), &bytes, &size, &ignored)) return fail(refused());
  boost::system::error_code unreadable;
  const auto tree = boost::json::parse({reinterpret_cast<const char*>(bytes), size}, unreadable);
  const auto* claims = unreadable ? nullptr : tree.if_object();
  if (claims == nullptr || text_at(*claims, "iss") != rules_.issuer || !is_for(*claims, rules_.resource)) {
    return fail(refused());
  }
  const auto ends = good_until(*claims, now);
  const auto subject = text_at(*claims, "sub");
  if (!ends || !subject || subject->empty()) return fail(refused());  // nobody to be named in the audit
  store::Principal out;
  out.tenant = text_at(*claims, "tenant").value_or(rules_.default_tenant);
  if (out.tenant.empty()) return fail(refused());
  const auto scope = scope_of(*claims);
  if (!scope) {
    return fail(error(Code::forbidden, "El token de acceso no tiene ningún alcance de este servidor.",
                      "The access token has no scope of this server."));
  }
  out.scope = *scope;
  out.key_id = name_of(*subject);
  out.label = "oauth";
  return CheckedToken{std::move(out), *ends};
}

}  // namespace aremko::mcp

#include "mcp/tokens.h"

#include <fstream>
#include <functional>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cjose/cjose.h>
#include <gtest/gtest.h>
#include <jansson.h>

#include "mcp/rpc.h"

namespace aremko::mcp {
namespace {

constexpr UnixSeconds now = 1'710'428'400;

/// An authorization server's key.
class Signer {
 public:
  explicit Signer(std::string kid, std::size_t bits = 2048) : kid_(std::move(kid)) {
    cjose_err failed;
    key_ = cjose_jwk_create_RSA_random(bits, nullptr, 0, &failed);
    cjose_jwk_set_kid(key_, kid_.data(), kid_.size(), &failed);
  }
  ~Signer() { cjose_jwk_release(key_); }
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;

  std::string public_key() const {
    cjose_err failed;
    char* text = cjose_jwk_to_json(key_, false, &failed);
    std::string out(text);
    cjose_get_dealloc()(text);
    return out;
  }
  std::string token(const Object& claims, const Object& more_header = {{"typ", "at+jwt"}}) const {
    cjose_err failed;
    cjose_header_t* header = cjose_header_new(&failed);
    cjose_header_set(header, CJOSE_HDR_ALG, "RS256", &failed);
    cjose_header_set(header, CJOSE_HDR_KID, kid_.c_str(), &failed);
    for (const auto& each : more_header) {
      // A header of cjose's is a jansson object; its own functions set only texts and objects.
      json_object_set_new(reinterpret_cast<json_t*>(header), std::string(each.key()).c_str(),
                          json_loads(boost::json::serialize(each.value()).c_str(), JSON_DECODE_ANY, nullptr));
    }
    const std::string text = boost::json::serialize(claims);
    cjose_jws_t* jws =
        cjose_jws_sign(key_, header, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), &failed);
    const char* out = nullptr;
    cjose_jws_export(jws, &out, &failed);
    std::string copy(out);
    cjose_jws_release(jws);
    cjose_header_release(header);
    return copy;
  }

 private:
  std::string kid_;
  cjose_jwk_t* key_ = nullptr;
};

class TokensTest : public ::testing::Test {
 protected:
  TokensTest() : path(std::filesystem::temp_directory_path() / fmt::format("aremko-jwks-{}.json", getpid())) {
    publish({&signer});
  }
  ~TokensTest() override { std::filesystem::remove(path); }
  void publish(const std::vector<const Signer*>& signers, const Object& more = {}) {
    boost::json::array keys;
    for (const Signer* each : signers) {
      Object key = boost::json::parse(each->public_key()).as_object();
      for (const auto& member : more) key[member.key()] = member.value();
      keys.push_back(std::move(key));
    }
    std::ofstream(path) << boost::json::serialize(Object{{"keys", std::move(keys)}});
  }
  static Object claims() {
    return {{"iss", "https://login.example.cl"}, {"aud", "https://spa.example.cl/mcp"}, {"exp", now + 600},
            {"sub", "ana@example.cl"},           {"scope", "openid aremko:write read"}};
  }
  Code refusal(const std::string& token) {
    const auto checked = tokens().check(token, now);
    EXPECT_FALSE(checked);
    return checked ? Code::internal : checked.error().code;
  }
  Tokens& tokens() {
    if (!made) {
      made = std::make_unique<Tokens>(TokenRules{"https://login.example.cl", "https://spa.example.cl/mcp", path, "aremko"});
    }
    return *made;
  }

  static inline const Signer signer{"one"};
  static inline const Signer stranger{"one"};
  std::filesystem::path path;
  std::unique_ptr<Tokens> made;
};

TEST_F(TokensTest, AGoodOneTellsItsTenantAndItsWidestScope) {
  const auto token = tokens().check(signer.token(claims()), now);
  ASSERT_TRUE(token) << token.error().detail.en;
  EXPECT_EQ(token->principal.tenant, "aremko");
  EXPECT_EQ(token->principal.scope, store::Scope::write);
  EXPECT_EQ(token->ends, now + 661);  // with what two clocks may differ by
  Object other = claims();
  other["tenant"] = "laguna";
  other["aud"] = boost::json::array{"https://other.example.cl", "https://spa.example.cl/mcp"};
  EXPECT_EQ(tokens().check(signer.token(other), now)->principal.tenant, "laguna");
}

TEST_F(TokensTest, SubjectsAreToldApartAndCannotBeGuessed) {
  const auto named = [&](Tokens& by, std::string_view subject) {
    Object changed = claims();
    changed["sub"] = subject;
    return by.check(signer.token(changed), now)->principal.key_id;
  };
  const auto with_secret = [&](std::string secret) {
    return Tokens({"https://login.example.cl", "https://spa.example.cl/mcp", path, "aremko", std::move(secret)});
  };
  Tokens ours = with_secret("one secret"), again = with_secret("one secret"), others = with_secret("another secret");
  const std::string ana = named(ours, "ana@example.cl");
  EXPECT_EQ(ana.size(), 32U);  // 128 bits
  EXPECT_FALSE(ana.contains("ana"));
  EXPECT_EQ(named(again, "ana@example.cl"), ana);
  EXPECT_NE(named(ours, "eva@example.cl"), ana);
  EXPECT_NE(named(others, "ana@example.cl"), ana);
  EXPECT_NE(named(tokens(), "ana@example.cl"), ana);
}

TEST_F(TokensTest, WhatAnAccessTokenMustSayOfItself) {
  const auto refused = [&](const Object& header) { return refusal(signer.token(claims(), header)); };
  EXPECT_TRUE(tokens().check(signer.token(claims(), {{"typ", "application/AT+JWT"}}), now));
  EXPECT_EQ(refused({}), Code::unauthorized);
  EXPECT_EQ(refused({{"typ", "JWT"}}), Code::unauthorized);  // an ID token (RFC 9068 4)
  EXPECT_EQ(refused({{"typ", 7}}), Code::unauthorized);
  // Something that must be understood (RFC 7515 4.1.11), even when it is empty, not a list, or known elsewhere.
  EXPECT_EQ(refused({{"typ", "at+jwt"}, {"crit", {"exp2"}}, {"exp2", 1}}), Code::unauthorized);
  EXPECT_EQ(refused({{"typ", "at+jwt"}, {"crit", {"b64"}}, {"b64", true}}), Code::unauthorized);
  EXPECT_EQ(refused({{"typ", "at+jwt"}, {"crit", boost::json::array{}}}), Code::unauthorized);
  EXPECT_EQ(refused({{"typ", "at+jwt"}, {"crit", nullptr}}), Code::unauthorized);
  Object nobody = claims();
  nobody.erase("sub");
  EXPECT_EQ(refusal(signer.token(nobody)), Code::unauthorized);
}

TEST_F(TokensTest, OnlyKeysForSignaturesOfUsualStrengthAreTaken) {
  const auto taken = [&](const Signer& by, const Object& more) {
    publish({&by}, more);
    made.reset();
    return tokens().check(by.token(claims()), now).has_value();
  };
  EXPECT_TRUE(taken(signer, {{"use", "sig"}, {"key_ops", {"verify"}}, {"alg", "RS256"}}));
  EXPECT_FALSE(taken(signer, {{"use", "enc"}}));
  EXPECT_FALSE(taken(signer, {{"use", 1}}));
  EXPECT_FALSE(taken(signer, {{"key_ops", {"encrypt"}}}));
  EXPECT_FALSE(taken(signer, {{"key_ops", "verify"}}));
  EXPECT_FALSE(taken(signer, {{"alg", "PS256"}}));
  EXPECT_FALSE(taken(Signer("weak", 1024), {}));
}

TEST_F(TokensTest, OneForAnotherServerOrFromAnotherIssuerOrExpiredIsRefused) {
  const auto with = [&](std::string_view name, const boost::json::value& value) {
    Object changed = claims();
    changed[name] = value;
    return refusal(signer.token(changed));
  };
  EXPECT_EQ(with("aud", "https://other.example.cl/mcp"), Code::unauthorized);
  EXPECT_EQ(with("aud", nullptr), Code::unauthorized);
  EXPECT_EQ(with("iss", "https://evil.example.cl"), Code::unauthorized);
  EXPECT_EQ(with("exp", now - 61), Code::unauthorized);
  EXPECT_EQ(with("exp", nullptr), Code::unauthorized);
  EXPECT_EQ(with("nbf", now + 61), Code::unauthorized);
  EXPECT_EQ(with("scope", "openid email"), Code::forbidden);
}

TEST_F(TokensTest, ASignatureOfAnotherKeyIsRefused) {
  EXPECT_EQ(refusal(stranger.token(claims())), Code::unauthorized);
  std::string changed = signer.token(claims());
  changed[changed.find('.') + 5] ^= 1;
  EXPECT_EQ(refusal(changed), Code::unauthorized);
  // {"alg":"none"} without a signature
  const std::string good = signer.token(claims());
  const std::size_t first = good.find('.');
  const std::string payload = good.substr(first, good.find('.', first + 1) - first);
  EXPECT_EQ(refusal("eyJhbGciOiJub25lIn0" + payload + "."), Code::unauthorized);
  for (const char* nothing : {"", "eyJ", "eyJ..", "eyJhbGciOiJSUzI1NiJ9.e30.AAAA"}) EXPECT_EQ(refusal(nothing), Code::unauthorized);
}

TEST_F(TokensTest, NewKeysAreTakenFromTheFile) {
  const Signer next("two");
  EXPECT_EQ(refusal(next.token(claims())), Code::unauthorized);
  publish({&signer, &next});
  std::filesystem::last_write_time(path, std::filesystem::last_write_time(path) + std::chrono::seconds(2));
  EXPECT_TRUE(tokens().check(next.token(claims()), now));
  EXPECT_TRUE(tokens().check(signer.token(claims()), now));
}

}  // namespace
}  // namespace aremko::mcp

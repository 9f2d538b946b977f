#include "mcp/tokens.h"

#include <fstream>
#include <functional>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cjose/cjose.h>
#include <gtest/gtest.h>

#include "mcp/rpc.h"

namespace aremko::mcp {
namespace {

constexpr UnixSeconds now = 1'710'428'400;

/// An authorization server's key.
class Signer {
 public:
  explicit Signer(std::string kid) : kid_(std::move(kid)) {
    cjose_err failed;
    key_ = cjose_jwk_create_RSA_random(2048, nullptr, 0, &failed);
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
  std::string token(const Object& claims, const char* algorithm = "RS256") const {
    cjose_err failed;
    cjose_header_t* header = cjose_header_new(&failed);
    cjose_header_set(header, CJOSE_HDR_ALG, algorithm, &failed);
    cjose_header_set(header, CJOSE_HDR_KID, kid_.c_str(), &failed);
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
  void publish(const std::vector<const Signer*>& signers) {
    boost::json::array keys;
    for (const Signer* each : signers) keys.push_back(boost::json::parse(each->public_key()));
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
  const auto principal = tokens().check(signer.token(claims()), now);
  ASSERT_TRUE(principal) << principal.error().detail.en;
  EXPECT_EQ(principal->tenant, "aremko");
  EXPECT_EQ(principal->scope, store::Scope::write);
  EXPECT_EQ(principal->key_id.size(), 8U);
  EXPECT_FALSE(principal->key_id.contains("ana"));
  Object other = claims();
  other["tenant"] = "laguna";
  other["aud"] = boost::json::array{"https://other.example.cl", "https://spa.example.cl/mcp"};
  EXPECT_EQ(tokens().check(signer.token(other), now)->tenant, "laguna");
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

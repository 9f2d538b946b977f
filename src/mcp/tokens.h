#pragma once
// Access tokens of an OAuth authorization server: JWTs (RFC 9068), signed with one of the keys it publishes. They are
// taken for what they say only when they were issued by that server, for this one, and are still good. What is demanded
// stands in docs/mcp.md.

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "store/keys.h"

namespace aremko::mcp {

struct TokenRules {
  std::string issuer;          // `iss`, to the letter
  std::string resource;        // this server's URL, which must be among `aud`
  std::filesystem::path jwks;  // the issuer's keys (RFC 7517), read again when the file changes
  std::string default_tenant;  // of a token without a `tenant`; empty: such a token is refused
  std::string secret{};        // keys what subjects are called; empty: they are called otherwise after each start
};

struct CheckedToken {
  store::Principal principal{};
  UnixSeconds ends = 0;  // the first second at which it is no longer taken
};

class Tokens {
 public:
  /// Signing keys of RSA below this are skipped (RFC 7518 3.3).
  static constexpr int least_rsa_bits = 2048;

  explicit Tokens(TokenRules rules);
  ~Tokens();

  /// Whether it has a JWT's form; API keys have not.
  static bool looks_like_one(std::string_view text);
  /// `unauthorized` for one that is not good; `forbidden` for a good one without any scope of ours (`scope` or `scp`:
  /// read, write, admin). Reads the key file when it changed.
  Result<CheckedToken> check(std::string_view token, UnixSeconds now);

 private:
  struct Keys;
  std::shared_ptr<const Keys> keys();
  std::string name_of(std::string_view subject) const;

  std::array<unsigned char, 32> name_key_{};
  const TokenRules rules_;
  std::mutex mutex_;
  std::shared_ptr<const Keys> keys_;
  std::filesystem::file_time_type read_at_{};
};

}  // namespace aremko::mcp

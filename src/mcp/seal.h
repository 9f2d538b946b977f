#pragma once
// What travels through a client and must come back as it went: sealed with XChaCha20-Poly1305, so neither read nor
// changed on the way.

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace aremko::mcp {

class Seal {
 public:
  /// The key is derived from `secret`; an empty one gives a random key, good for as long as this process lives.
  explicit Seal(std::string_view secret);

  /// Only open() with the same `about` gives it back: what it is for, for whom, for which request. Text of A–Z, a–z,
  /// 0–9, '-' and '_'.
  std::string close(std::string_view about, std::string_view text) const;
  std::optional<std::string> open(std::string_view about, std::string_view sealed) const;

 private:
  std::array<unsigned char, 32> key_{};
};

}  // namespace aremko::mcp

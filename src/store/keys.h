#pragma once
// API keys: made here, shown once, kept as a hash. A key belongs to one tenant and has one scope.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "sql/pool.h"
#include "store/rights.h"

namespace aremko::store {

/// Who asks: a key, or a person of the house who signed in.
struct Principal {
  std::string key_id{};  // the public part of a key, or a person's id: 8 characters; safe to log
  std::string tenant{};
  Scope scope = Scope::read;
  std::string label{};   // the key's, or the person's name
  std::optional<Role> role{};  // a person's; a key has none

  Rights rights() const { return role ? rights_of(*role) : rights_of(scope); }
  bool may(Right right) const { return rights().has(right); }

  friend bool operator==(const Principal&, const Principal&) = default;
};

struct KeyInfo {
  std::string key_id{};
  std::string tenant{};
  Scope scope = Scope::read;
  std::string label{};
  UnixSeconds created_at = 0;
  std::optional<UnixSeconds> revoked_at{};
};

struct NewKey {
  std::string text{};  // "ark_<8>_<32>": shown to its owner now and never again
  KeyInfo info{};
};

/// A working key as KeyRing holds it.
struct KeyHash {
  Principal principal{};
  std::string hash{};  // 32 bytes
};

/// Calls block and throw SqlError when the store is away.
class Keys {
 public:
  explicit Keys(sql::Pool& pool) : pool_(pool) {}

  /// `label` says whose it is ("recepción"), at most 100 bytes; invalid otherwise. `actor` goes into the audit.
  Result<NewKey> create(std::string_view tenant, Scope scope, std::string_view label, std::string_view actor,
                        UnixSeconds now);
  /// Newest first, revoked ones too; of every tenant when none is given.
  std::vector<KeyInfo> list(const std::optional<std::string>& tenant = {});
  /// not_found for an unknown id or another tenant's; revoking twice changes nothing.
  Result<KeyInfo> revoke(const std::optional<std::string>& tenant, std::string_view key_id, std::string_view actor,
                         UnixSeconds now);

  /// Every key that is not revoked.
  std::vector<KeyHash> working();

 private:
  sql::Pool& pool_;
};

/// BLAKE2b-256 of a whole key, 32 bytes. No slow password hash: with 190 random bits there is nothing to guess.
std::string key_hash(std::string_view text);
/// The public part of a text shaped like a key, empty when it is not shaped like one.
std::string_view key_id_of(std::string_view text);

}  // namespace aremko::store

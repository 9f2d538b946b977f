#pragma once
// Secrets of people: PINs and passphrases, kept so that a stolen store does not give them away; and tokens, which browsers
// hold for them.

#include <string>
#include <string_view>

namespace aremko::store {

/// argon2id with libsodium's limits for interactive use: some 60 ms and 64 MB, so on a worker; one at a time, whoever asks.
std::string secret_hash(std::string_view secret);
bool secret_matches(const std::string& hash, std::string_view secret);
/// As long as secret_matches() takes, for a name that nobody bears: how long a refusal takes tells nothing.
void take_as_long(std::string_view secret);

/// 256 random bits in 43 letters of base64url.
std::string random_token();
bool is_token(std::string_view text);
/// What the store keeps of a token: BLAKE2b-256 in hex.
std::string token_hash(std::string_view token);

/// Eight letters and digits, an id for what people see.
std::string random_id();

}  // namespace aremko::store

#include "store/secret.h"

#include <mutex>

#include <sodium.h>

#include "base/result.h"

namespace aremko::store {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kTokenLength = 43;
constexpr auto kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

// Each takes 64 MB: a crowd at the door stands in line.
std::mutex& one_at_a_time() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

std::string secret_hash(std::string_view secret) {
  const std::scoped_lock lock(one_at_a_time());
  std::string out(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str_alg(out.data(), secret.data(), secret.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw Outage(error(Code::unavailable, "No hay memoria para comprobar la clave; intente de nuevo.",
                       "There is no memory to check the secret with; try again."));
  }
  out.resize(out.find('\0'));
  return out;
}

bool secret_matches(const std::string& hash, std::string_view secret) {
  const std::scoped_lock lock(one_at_a_time());
  return crypto_pwhash_str_verify(hash.c_str(), secret.data(), secret.size()) == 0;
}

void take_as_long(std::string_view secret) {
  static const std::string nobodys = secret_hash(random_token());
  (void)secret_matches(nobodys, secret);
}

std::string random_token() {
  std::string bytes(kTokenBytes, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  std::string out(sodium_base64_encoded_len(kTokenBytes, kBase64), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), kBase64);
  out.resize(kTokenLength);
  return out;
}

bool is_token(std::string_view text) {
  return text.size() == kTokenLength &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == std::string_view::npos;
}

std::string token_hash(std::string_view token) {
  std::string bytes(kTokenBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                     reinterpret_cast<const unsigned char*>(token.data()), token.size(), nullptr, 0);
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  out.pop_back();
  return out;
}

std::string random_id() {
  constexpr std::string_view letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string out;
  for (int i = 0; i < 8; ++i) out += letters[randombytes_uniform(letters.size())];
  return out;
}

}  // namespace aremko::store

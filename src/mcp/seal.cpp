#include "mcp/seal.h"

#include <sodium.h>

#include "mcp/base64.h"

namespace aremko::mcp {

namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);
constexpr std::string_view seal_purpose = "aremko mcp seal 1";  // another use of the same secret has another key

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

Seal::Seal(std::string_view secret) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  if (secret.empty()) {
    randombytes_buf(key_.data(), key_.size());
  } else {
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, key_.size());
    crypto_generichash_update(&state, raw(seal_purpose), seal_purpose.size());
    crypto_generichash_update(&state, raw(secret), secret.size());
    crypto_generichash_final(&state, key_.data(), key_.size());
  }
}

std::string Seal::close(std::string_view about, std::string_view text) const {
  std::string out(nonce_size + text.size() + tag_size, '\0');
  randombytes_buf(out.data(), nonce_size);
  unsigned long long written = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(out) + nonce_size, &written, raw(text), text.size(), raw(about),
                                             about.size(), nullptr, raw(out), key_.data());
  return base64_url(out);
}

std::optional<std::string> Seal::open(std::string_view about, std::string_view sealed) const {
  const auto bytes = base64_url_decoded(sealed);
  if (!bytes || bytes->size() < nonce_size + tag_size) return std::nullopt;
  std::string out(bytes->size() - nonce_size - tag_size, '\0');
  unsigned long long written = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(out), &written, nullptr, raw(*bytes) + nonce_size,
                                                 bytes->size() - nonce_size, raw(about), about.size(), raw(*bytes),
                                                 key_.data()) != 0) {
    return std::nullopt;
  }
  return out;
}

}  // namespace aremko::mcp

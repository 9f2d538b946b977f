#include "store/keys.h"

#include <sodium.h>

#include "base/json_write.h"
#include "base/text.h"
#include "store/tenant_change.h"

namespace aremko::store {
namespace {

constexpr std::string_view kPrefix = "ark_";
constexpr std::size_t kIdLength = 8;
constexpr std::size_t kSecretLength = 32;  // of 62 letters: 190 bits
constexpr std::size_t kKeyLength = 4 + kIdLength + 1 + kSecretLength;
constexpr std::size_t kHashLength = 32;

std::string random_base62(std::size_t length) {
  constexpr std::string_view letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string out;
  for (std::size_t i = 0; i < length; ++i) out += letters[randombytes_uniform(letters.size())];
  return out;
}

std::string to_hex(std::string_view bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  out.pop_back();
  return out;
}

/// Empty when it is no hash.
std::string from_hex(std::string_view hex) {
  std::string out(kHashLength, '\0');
  std::size_t length = 0;
  const int failed = sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), hex.data(), hex.size(),
                                    nullptr, &length, nullptr);
  return failed != 0 || length != kHashLength ? std::string() : out;
}

Scope stored_scope(std::string_view name) {
  return scope_named(name).value_or(Scope::read);  // the table allows no other
}

KeyInfo read_info(const sql::Rows::Row& row) {
  KeyInfo info{.key_id = row.string(0), .tenant = row.string(1), .scope = stored_scope(row.text(2)),
               .label = row.string(3), .created_at = row.integer(4)};
  if (!row.is_null(5)) info.revoked_at = row.integer(5);
  return info;
}

std::string describe(const KeyInfo& info) {
  std::string out = fmt::format(R"({{"scope":"{}","label":)", json_name(info.scope));
  json::write_text(out, info.label);
  return out + "}";
}

}  // namespace

std::string key_hash(std::string_view text) {
  std::string out(kHashLength, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
  return out;
}

std::string_view key_id_of(std::string_view text) {
  if (text.size() != kKeyLength || !text.starts_with(kPrefix) || text[kPrefix.size() + kIdLength] != '_') return {};
  return text.substr(kPrefix.size(), kIdLength);
}

Result<NewKey> Keys::create(std::string_view tenant, Scope scope, std::string_view label, std::string_view actor,
                            UnixSeconds now) {
  if (tenant.empty()) return fail(invalid_field("tenant", "Falta el tenant.", "The tenant is missing."));
  if (label.size() > 100 || !valid_utf8(label) || label.find('\0') != std::string_view::npos) {
    return fail(invalid_field("label", "Debe tener a lo más 100 bytes de texto UTF-8.",
                              "It must be at most 100 bytes of UTF-8 text."));
  }
  NewKey key{.info = {.key_id = random_base62(kIdLength), .tenant = std::string(tenant), .scope = scope,
                      .label = std::string(label), .created_at = now}};
  key.text = fmt::format("{}{}_{}", kPrefix, key.info.key_id, random_base62(kSecretLength));
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, actor, now);
  connection->run("create_key", {key.info.key_id, tenant, json_name(scope), label, to_hex(key_hash(key.text)), now});
  change.audit("key.create", key.info.key_id, "", describe(key.info), "");
  change.commit(false);
  return key;
}

std::vector<KeyInfo> Keys::list(const std::optional<std::string>& tenant) {
  std::vector<KeyInfo> out;
  for (const auto row : pool_.acquire()->run("list_keys", {tenant.value_or("")})) out.push_back(read_info(row));
  return out;
}

Result<KeyInfo> Keys::revoke(const std::optional<std::string>& tenant, std::string_view key_id,
                             std::string_view actor, UnixSeconds now) {
  const auto connection = pool_.acquire();
  const auto find = [&] { return connection->run("find_key", {key_id}); };
  const sql::Rows found = valid_utf8(key_id) && key_id.find('\0') == std::string_view::npos ? find() : sql::Rows();
  if (found.empty() || (tenant && found[0].text(1) != *tenant)) {
    return fail(error(Code::not_found, "No existe esa clave.", "There is no such key."));
  }
  KeyInfo info = read_info(found[0]);
  if (info.revoked_at) return info;
  TenantChange change(*connection, info.tenant, actor, now);
  if (connection->run("revoke_key", {key_id, now}).affected() == 1) {
    change.audit("key.revoke", key_id, describe(info), "", "");
    change.commit(false);
    info.revoked_at = now;
    return info;
  }
  return read_info(find()[0]);  // another process was quicker
}

std::vector<KeyHash> Keys::working() {
  std::vector<KeyHash> out;
  for (const auto row : pool_.acquire()->run("working_keys")) {
    KeyHash key{.principal = {.key_id = row.string(0), .tenant = row.string(1), .scope = stored_scope(row.text(2)),
                              .label = row.string(3)},
                .hash = from_hex(row.text(4))};
    if (!key.hash.empty()) out.push_back(std::move(key));
  }
  return out;
}

}  // namespace aremko::store

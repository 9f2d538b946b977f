#include "store/mapping_rows.h"

#include <sodium.h>

#include "base/enum_values.h"
#include "base/json_write.h"
#include "base/text.h"

namespace aremko::store {

std::optional<MappingStatus> status_named(std::string_view name) {
  for (const MappingStatus status : enum_values<MappingStatus>) {
    if (json_name(status) == name) return status;
  }
  return std::nullopt;
}

std::string record_key(const RecordRef& record) {
  return record.record_id.empty() ? fmt::format("n{}#{}", record.legacy_id, record.print) : fmt::format("r{}", record.record_id);
}

RecordNow now_of(const Locate& locate, const RecordRef& record) {
  if (locate) return locate(record);
  return {RecordNow::Found::here, std::string(record.legacy_id), std::string(record.record_id), std::string(record.print)};
}

bool same_record(const Locate& locate, const RecordRef& one, const RecordRef& other) {
  const RecordNow a = now_of(locate, one);
  const RecordNow b = now_of(locate, other);
  if (a.found != b.found) return false;
  return a.found == RecordNow::Found::here ? a.legacy_id == b.legacy_id : record_key(one) == record_key(other);
}

std::string mapping_id(std::string_view tenant, std::string_view record, std::int64_t current_id) {
  // Lengths stand before the texts, so that ("a", "bc") is not ("ab", "c").
  const std::string key = fmt::format("{}:{}{}:{}{}", tenant.size(), tenant, record.size(), record, current_id);
  std::array<unsigned char, 16> id{};
  crypto_generichash(id.data(), id.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size(), nullptr,
                     0);
  id[6] = static_cast<unsigned char>((id[6] & 0x0f) | 0x80);  // RFC 9562: version 8, "custom"
  id[8] = static_cast<unsigned char>((id[8] & 0x3f) | 0x80);  // and its variant
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(36);
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += digits[id[i] >> 4];
    out += digits[id[i] & 15];
  }
  return out;
}

std::string join_reasons(const std::vector<std::string_view>& reasons) {
  std::string out;
  for (const std::string_view reason : reasons) {
    if (!out.empty()) out += ',';
    out += reason;
  }
  return out;
}

std::string describe_state(MappingStatus status, double confidence, std::string_view reasons) {
  return fmt::format(R"({{"status":"{}","confidence":{},"reasons":"{}"}})", json_name(status), confidence, reasons);
}

std::string describe_number(std::string_view legacy_id) {
  std::string out = R"({"legacy_id":)";
  json::write_text(out, legacy_id);
  return out += '}';
}

std::string describe_link(std::string_view legacy_id, std::int64_t current_id, MappingStatus status,
                          double confidence, std::string_view reasons) {
  std::string out = R"({"legacy_id":)";
  json::write_text(out, legacy_id);
  out += fmt::format(R"(,"current_id":{},)", current_id);
  return out += describe_state(status, confidence, reasons).substr(1);
}

}  // namespace aremko::store

#include "store/mappings.h"

#include "base/enum_values.h"
#include "base/text.h"
#include "store/mapping_rows.h"

namespace aremko::store {
namespace {

std::vector<Mapping> read_all(const sql::Rows& rows) {
  std::vector<Mapping> out;
  out.reserve(rows.size());
  for (const auto row : rows) out.push_back(read_mapping(row));
  return out;
}

/// What no row can hold is in none, and PostgreSQL would refuse to look for it.
bool can_be_stored(std::string_view text) { return valid_utf8(text) && text.find('\0') == std::string_view::npos; }

}  // namespace

std::vector<LiveLink> Mappings::live(std::string_view tenant) {
  const auto connection = pool_.acquire();
  const auto reader = connection->read(connection->options().queries->find("live_mappings").sql, {tenant});
  std::vector<LiveLink> out;
  while (reader->next()) {
    out.push_back({.legacy_id = std::string(reader->text(0)), .current_id = reader->integer(1),
                   .confidence = reader->real(2), .mapping_id = std::string(reader->text(3)),
                   .record_id = std::string(reader->text(4)), .print = std::string(reader->text(5)),
                   .made_as = std::string(reader->text(6))});
  }
  return out;
}

std::vector<DecidedLink> Mappings::decisions(std::string_view tenant) {
  const auto connection = pool_.acquire();
  const auto reader = connection->read(connection->options().queries->find("decided_mappings").sql, {tenant});
  std::vector<DecidedLink> out;
  while (reader->next()) {
    out.push_back({.legacy_id = std::string(reader->text(0)), .current_id = reader->integer(1),
                   .accepted = reader->text(2) == json_name(MappingStatus::accepted),
                   .decided_at = reader->integer(3), .record_id = std::string(reader->text(4)),
                   .print = std::string(reader->text(5))});
  }
  std::ranges::sort(out, {}, [](const DecidedLink& link) { return std::tie(link.legacy_id, link.current_id); });
  return out;
}

std::int64_t Mappings::version(std::string_view tenant) {
  const sql::Rows rows = pool_.acquire()->run("mapping_version", {tenant});
  return rows.empty() ? 0 : rows[0].integer(0);
}

std::vector<Mapping> Mappings::by_customer(std::string_view tenant, std::int64_t current_id) {
  return read_all(pool_.acquire()->run("mappings_of_customer", {tenant, current_id}));
}

std::vector<Mapping> Mappings::by_legacy(std::string_view tenant, std::string_view legacy_id, std::string_view record_id) {
  if (!can_be_stored(legacy_id) || !can_be_stored(record_id)) return {};
  return read_all(pool_.acquire()->run("mappings_of_legacy", {tenant, legacy_id, record_id}));
}

Result<Mapping> Mappings::find(std::string_view tenant, std::string_view id) {
  if (can_be_stored(id)) {
    const sql::Rows rows = pool_.acquire()->run("find_mapping", {tenant, id});
    if (!rows.empty()) return read_mapping(rows[0]);
  }
  return fail(error(Code::not_found, "No existe ese mapping.", "There is no such mapping."));
}

std::vector<std::int64_t> Mappings::counts(std::string_view tenant) {
  std::vector<std::int64_t> out(enum_values<MappingStatus>.size());
  for (const auto row : pool_.acquire()->run("count_mappings", {tenant})) {
    if (const auto status = status_named(row.text(0))) out[static_cast<std::size_t>(*status)] = row.integer(1);
  }
  return out;
}

}  // namespace aremko::store

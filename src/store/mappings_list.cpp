// Mappings::list: pages that stay where they are while people decide.

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "store/mapping_rows.h"
#include "store/mappings.h"
#include "store/page_limit.h"

namespace aremko::store {
namespace {

/// Where a row stands in an order; both parts go down.
struct Place {
  double value = 1e18;  // above all
  std::string id{};

  bool operator<(const Place& other) const { return std::tie(value, id) < std::tie(other.value, other.id); }
};

char letter(MappingOrder order) { return json_name(order).front(); }

/// "c87.5_<uuid>": the order and the last row of the page before.
std::string cursor_of(MappingOrder order, const Place& place) {
  return fmt::format("{}{}_{}", letter(order), place.value, place.id);
}

std::optional<Place> read_cursor(MappingOrder order, std::string_view text) {
  if (text.empty()) return Place{};
  const std::size_t mark = text.find('_');
  if (text.front() != letter(order) || mark == std::string_view::npos || text.size() != mark + 37) return std::nullopt;
  Place out{.id = std::string(text.substr(mark + 1))};
  const auto [end, problem] = std::from_chars(text.data() + 1, text.data() + mark, out.value);
  const bool id_good = std::ranges::all_of(out.id, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-';
  });
  if (problem != std::errc() || end != text.data() + mark || !id_good || !(std::abs(out.value) <= 1e18))
    return std::nullopt;
  return out;
}

std::string pattern_of(std::string_view reason) {
  std::string out = "%";
  for (const char c : reason) {
    if (c == '_' || c == '%' || c == '!') out += '!';
    out += c;
  }
  return out += reason.empty() ? "" : "%";
}

struct Weighed {
  Place place;
  Mapping mapping;
};

bool before(const Weighed& a, const Weighed& b) { return b.place < a.place; }

/// The `count` greatest behind `from`. Most rows are weighed and dropped without being read whole.
std::vector<Weighed> weigh(sql::Connection& connection, std::string_view tenant, const MappingQuery& query,
                           const Place& from, std::size_t count) {
  const std::string pattern = pattern_of(query.reason);
  std::vector<sql::Param> params{tenant, query.min_confidence, query.max_confidence, pattern};
  if (query.status) params.emplace_back(json_name(*query.status));
  const auto reader = connection.read(
      connection.options().queries->find(query.status ? "weighed_mappings_with_status" : "weighed_mappings").sql, params);
  std::vector<Weighed> heap;  // its front is the least
  Place place;
  while (reader->next()) {
    place.value = query.worth({reader->text(1), reader->text(11), reader->text(12)}, reader->real(3),
                              status_named(reader->text(4)).value_or(MappingStatus::retired));
    if (heap.size() == count && place.value < heap.front().place.value) continue;
    place.id = reader->text(0);
    if (!(place < from) || (heap.size() == count && place < heap.front().place)) continue;
    heap.push_back({place, read_mapping(*reader)});
    std::ranges::push_heap(heap, before);
    if (heap.size() <= count) continue;
    std::ranges::pop_heap(heap, before);
    heap.pop_back();
  }
  std::ranges::sort_heap(heap, before);
  return heap;
}

std::string_view query_name(const MappingQuery& query) {
  if (query.order == MappingOrder::recent) return query.status ? "recent_mappings_with_status" : "recent_mappings";
  return query.status ? "list_mappings_with_status" : "list_mappings";
}

Place place_of(const Mapping& mapping, MappingOrder order) {
  return {order == MappingOrder::recent ? static_cast<double>(mapping.updated_at) : mapping.confidence, mapping.id};
}

std::vector<Weighed> look_up(sql::Connection& connection, std::string_view tenant, const MappingQuery& query,
                             const Place& from, std::size_t count) {
  const std::string pattern = pattern_of(query.reason);
  std::vector<sql::Param> params{tenant, from.value, from.id, count, query.min_confidence, query.max_confidence, pattern};
  if (query.order == MappingOrder::recent) params[1] = static_cast<std::int64_t>(from.value);
  if (query.status) params.emplace_back(json_name(*query.status));
  std::vector<Weighed> out;
  for (const auto row : connection.run(query_name(query), params)) {
    Mapping mapping = store::read_mapping(row);
    Place place = place_of(mapping, query.order);
    out.push_back({std::move(place), std::move(mapping)});
  }
  return out;
}

}  // namespace

Result<MappingPage> Mappings::list(std::string_view tenant, const MappingQuery& query, std::size_t limit,
                                   std::string_view cursor) {
  if (auto refused = check_limit(limit)) return fail(*std::move(refused));
  const auto from = read_cursor(query.order, cursor);
  if (!from) return fail(bad_cursor());
  const auto connection = pool_.acquire();
  // One more than the page tells whether there is another.
  auto rows = query.order == MappingOrder::worth ? weigh(*connection, tenant, query, *from, limit + 1)
                                                 : look_up(*connection, tenant, query, *from, limit + 1);
  MappingPage page;
  if (rows.size() > limit) {
    rows.pop_back();
    page.next = cursor_of(query.order, rows.back().place);
  }
  for (Weighed& row : rows) page.mappings.push_back(std::move(row.mapping));
  return page;
}

}  // namespace aremko::store

#pragma once
// What the front desk sees while it types.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "model/kept.h"
#include "model/segment.h"

namespace aremko {

struct CurrentMatch {
  std::int64_t id = 0;
  std::string_view nombre{};
  MaybeText telefono{};
  MaybeText email{};
  MaybeText documento_identidad{};
  MaybeText ciudad{};
  double score = 0;                     // 0–100, one decimal
  std::string_view matched_on{};          // nombre, telefono, email, documento_identidad, id
  std::vector<std::string_view> legacy_ids{};
  bool es_staff = false;
  std::int64_t total_visitas = 0;       // in both sources
  Moment ultima_visita{};
  std::optional<Segment> segment{};       // null for staff
};
BOOST_DESCRIBE_STRUCT(CurrentMatch, (),
                      (id, nombre, telefono, email, documento_identidad, ciudad, score, matched_on, legacy_ids,
                       es_staff, total_visitas, ultima_visita, segment))

struct LegacyMatch {
  std::string_view legacy_id{};
  MaybeText record_id{};
  std::string_view nombre{};
  MaybeText telefono{};
  MaybeText email{};
  MaybeText documento_identidad{};
  MaybeText ciudad{};
  double score = 0;
  std::string_view matched_on{};
  std::optional<std::int64_t> customer_id{};  // the customer a live mapping ties them to
  std::string_view origin{};              // "customers_file" or "services_file"
  std::int64_t total_visitas = 0;       // in the legacy files
  Moment ultima_visita{};
};
BOOST_DESCRIBE_STRUCT(LegacyMatch, (),
                      (legacy_id, record_id, nombre, telefono, email, documento_identidad, ciudad, score, matched_on,
                       customer_id, origin, total_visitas, ultima_visita))

struct CustomerSearch {
  std::string query{};
  std::string_view source{};              // current, legacy, all
  AsOf as_of{};
  std::vector<CurrentMatch> current_matches{};  // best first
  std::vector<LegacyMatch> legacy_matches{};
  std::int64_t total_current = 0;       // on this page
  std::int64_t total_legacy = 0;
  std::optional<std::int64_t> next{};     // offset of the next page, while either source has more
  std::optional<std::string> next_cursor{};  // the same place, for pages of one list
  std::int64_t version = 0;                  // of the data this page is of
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(CustomerSearch, (),
                      (query, source, as_of, current_matches, legacy_matches, total_current, total_legacy, next,
                       next_cursor, version))

}  // namespace aremko

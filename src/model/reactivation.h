#pragma once
// Who to write to again, and who stands in which segment.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "model/channel.h"
#include "model/insights.h"
#include "model/profile.h"

namespace aremko {

/// One part of a priority; the points of all parts sum to it.
struct PriorityReason {
  std::string_view code{};  // tier, value, loyalty, warmth; or upcoming or unreachable, alone and with 0 points
  int points = 0;
  std::string text{};       // Spanish
  std::string text_en{};
};
BOOST_DESCRIBE_STRUCT(PriorityReason, (), (code, points, text, text_en))

struct InactiveCustomer {
  CustomerProfile profile{};
  CustomerInsights insights{};
  int reactivation_priority = 0;  // 0–100
  std::vector<PriorityReason> priority_reasons{};
  std::vector<Channel> channels{};
};
BOOST_DESCRIBE_STRUCT(InactiveCustomer, (), (profile, insights, reactivation_priority, priority_reasons, channels))

struct InactiveParameters {
  int months_inactive = 12;
  std::int64_t limit = 100;
  std::int64_t offset = 0;
};
BOOST_DESCRIBE_STRUCT(InactiveParameters, (), (months_inactive, limit, offset))

struct InactiveCustomers {
  AsOf as_of{};
  std::int64_t total_analyzed = 0;  // returned here
  std::int64_t total_inactive = 0;  // all that match
  InactiveParameters parameters{};
  std::vector<InactiveCustomer> customers{};  // highest priority first, then money, then id
  std::optional<std::int64_t> next{};         // offset of the next page
  std::optional<std::string> next_cursor{};  // the same place, for pages of one list
  std::int64_t version = 0;                  // of the data this page is of
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(InactiveCustomers, (), (as_of, total_analyzed, total_inactive, parameters, customers, next,
                       next_cursor, version))

struct SegmentMember {
  BasicInfo customer{};
  CustomerStatistics stats{};
  RfmAnalysis rfm{};
};
BOOST_DESCRIBE_STRUCT(SegmentMember, (), (customer, stats, rfm))

struct TopService {
  std::optional<std::int64_t> servicio_id{};
  std::string_view servicio_nombre{};
  std::string_view tipo_servicio{};
  std::int64_t veces_reservado = 0;  // visits with it
};
BOOST_DESCRIBE_STRUCT(TopService, (), (servicio_id, servicio_nombre, tipo_servicio, veces_reservado))

/// A segment as a whole, not only the page shown.
struct SegmentSummary {
  Pesos ltv_total = 0;
  Pesos ltv_promedio = 0;                    // rounded to whole pesos
  double visitas_promedio = 0;               // one decimal
  std::vector<TopService> top_services{};      // at most 10
  std::string_view seasonality_pattern{};
  Ordered<std::int64_t> visits_by_month{};     // all twelve
};
BOOST_DESCRIBE_STRUCT(SegmentSummary, (),
                      (ltv_total, ltv_promedio, visitas_promedio, top_services, seasonality_pattern, visits_by_month))

struct SegmentCustomers {
  Segment segment = Segment::occasional;
  AsOf as_of{};
  std::int64_t total_found = 0;           // all in the segment
  std::vector<SegmentMember> customers{};   // most money first, then id
  SegmentSummary summary{};
  std::optional<std::int64_t> next{};
  std::optional<std::string> next_cursor{};  // the same place, for pages of one list
  std::int64_t version = 0;                  // of the data this page is of
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(SegmentCustomers, (), (segment, as_of, total_found, customers, summary, next,
                       next_cursor, version))

}  // namespace aremko

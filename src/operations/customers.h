#pragma once
// Verbs about today's customers.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/customer.h"
#include "model/insights.h"
#include "model/profile.h"
#include "model/search_result.h"
#include "operations/operation.h"

namespace aremko::operations {

enum class SearchSource : std::uint8_t { current, legacy, all };
constexpr std::string_view json_name(SearchSource source) {
  switch (source) {
    case SearchSource::current: return "current";
    case SearchSource::legacy: return "legacy";
    case SearchSource::all: return "all";
  }
  return "";
}

struct SearchInput {
  std::string query;
  SearchSource source = SearchSource::current;
  std::int64_t limit = 20;
  std::int64_t offset = 0;
  std::optional<std::string> cursor;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(SearchInput, (), (query, source, limit, offset, cursor, as_of))
Result<CustomerSearch> search_customers(Context& context, const SearchInput& input);

struct CustomersInput {
  std::optional<std::string> telefono;
  std::optional<std::string> email;
  std::optional<std::string> documento_identidad;
  std::int64_t limit = 100;
  std::int64_t offset = 0;
  std::optional<std::string> cursor;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(CustomersInput, (), (telefono, email, documento_identidad, limit, offset, cursor, as_of))
Result<CustomerList> list_customers(Context& context, const CustomersInput& input);

struct ProfileInput {
  std::int64_t customer_id = 0;
  bool include_legacy = true;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(ProfileInput, (), (customer_id, include_legacy, as_of))
Result<CustomerProfile> customer_profile(Context& context, const ProfileInput& input);
Result<CustomerInsights> customer_insights(Context& context, const ProfileInput& input);

struct VisitsInput {
  std::int64_t customer_id = 0;
  bool include_legacy = true;
  std::int64_t limit = 50;
  std::int64_t offset = 0;
  std::optional<std::string> cursor;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(VisitsInput, (), (customer_id, include_legacy, limit, offset, cursor, as_of))

/// A customer's whole timeline.
struct CustomerVisits {
  std::int64_t customer_id = 0;
  AsOf as_of;
  std::int64_t total_visitas = 0;
  std::vector<Reservation> visits;     // newest first, undated ones last
  std::vector<Reservation> upcoming;   // soonest first; on the first page only
  std::optional<std::int64_t> next;    // offset of the next page
  std::optional<std::string> next_cursor{};  // the same place, for pages of one list
  std::int64_t version = 0;                  // of the data this page is of
  Kept kept;
};
BOOST_DESCRIBE_STRUCT(CustomerVisits, (), (customer_id, as_of, total_visitas, visits, upcoming, next,
                       next_cursor, version))
Result<CustomerVisits> customer_visits(Context& context, const VisitsInput& input);

std::vector<Operation> customer_operations();

}  // namespace aremko::operations

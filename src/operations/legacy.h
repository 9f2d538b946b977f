#pragma once
// Verbs about the people of the legacy files.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/customer.h"
#include "model/mapping_view.h"
#include "model/offer.h"
#include "model/overview.h"
#include "model/profile.h"
#include "operations/operation.h"

namespace aremko::operations {

struct LegacyCustomersInput {
  std::optional<std::string> telefono;
  std::optional<std::string> email;
  std::optional<std::string> documento_identidad;
  std::int64_t limit = 100;
  std::int64_t offset = 0;
  std::optional<std::string> cursor;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(LegacyCustomersInput, (), (telefono, email, documento_identidad, limit, offset, cursor, as_of))
Result<LegacyCustomerList> list_legacy_customers(Context& context, const LegacyCustomersInput& input);

struct LegacyCustomerInput {
  std::string legacy_id;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(LegacyCustomerInput, (), (legacy_id, as_of))
Result<LegacyProfile> legacy_customer(Context& context, const LegacyCustomerInput& input);

/// What to propose to them, as to a customer.
Result<CustomerOffer> legacy_offer(Context& context, const LegacyCustomerInput& input);

/// Candidates among today's customers, below the threshold of a mapping too.
Result<LegacyMatches> legacy_matches(Context& context, const LegacyCustomerInput& input);

struct AsOfInput {
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(AsOfInput, (), (as_of))

std::vector<Operation> legacy_operations();

}  // namespace aremko::operations

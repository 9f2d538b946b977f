#pragma once
// What stands behind the "?" of a PostgreSQL address. Inside `sql` only.

#include <string_view>

#include "base/result.h"
#include "sql/url.h"

namespace aremko::sql {

/// A '%' that starts no escape stays: people paste passwords as they are.
std::string percent_decoded(std::string_view text);

/// Malformed, by the parameter's name, when it is none that libpq or another known program has.
Result<void> read_parameters(Url& url, std::string_view query);

}  // namespace aremko::sql

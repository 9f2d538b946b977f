#pragma once
// Which rows of one name are one human being.

#include <span>
#include <vector>

#include "snapshot/radix_sort.h"
#include "snapshot/stages.h"

namespace aremko::snapshot {

/// Rows of one name gathered into people, in the order of their first rows.
std::vector<NameTies::Namesake> gather(const sources::ContactColumns& contact, std::span<const Row> customer_of,
                                       std::span<const KeyedRow> rows);

}  // namespace aremko::snapshot

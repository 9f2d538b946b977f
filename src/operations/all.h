#pragma once
// Every verb there is. Adding one touches the file of its noun, and this list when the noun is new.

#include <span>
#include <string_view>

#include "operations/operation.h"

namespace aremko::operations {

/// Made on the first call, then only read; in the order in which they are shown.
std::span<const Operation> all_operations();

/// Null when there is none of that name.
const Operation* find_operation(std::string_view name);

/// A chapter of the documentation.
struct Group {
  std::string_view name;
  Text about;
};
std::span<const Group> all_groups();

}  // namespace aremko::operations

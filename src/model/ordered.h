#pragma once
// A JSON object whose keys keep the order they were put in: month names by how often, methods by how many.

#include <string_view>
#include <utility>
#include <vector>

namespace aremko {

/// Keys are views of texts that outlive the answer (constants, or texts of the snapshot it was made from).
template <class Value>
struct Ordered : std::vector<std::pair<std::string_view, Value>> {
  using key_type = std::string_view;
  using mapped_type = Value;
  using std::vector<std::pair<std::string_view, Value>>::vector;
};

}  // namespace aremko

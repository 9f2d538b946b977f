#pragma once
// Named queries: a text with `-- name: find_mapping` before each statement, embedded at build time and checked
// when a connection opens, so that a typo stops the start.

#include <string>
#include <string_view>
#include <vector>

namespace aremko::sql {

struct NamedQuery {
  std::string name;
  std::string sql;
  int parameters = 0;  // the highest $n

  friend bool operator==(const NamedQuery&, const NamedQuery&) = default;
};

/// The queries of one or more embedded files. A name twice, or a name without SQL, is a fault of ours and
/// throws std::logic_error.
class QuerySet {
 public:
  QuerySet() = default;
  void add(std::string_view file);

  const std::vector<NamedQuery>& all() const { return queries_; }
  /// Throws std::logic_error for an unknown name.
  const NamedQuery& find(std::string_view name) const;

 private:
  std::vector<NamedQuery> queries_;
};

}  // namespace aremko::sql

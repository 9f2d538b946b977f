#include "sql/queries.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"

namespace aremko::sql {
namespace {

constexpr std::string_view kMark = "-- name:";

int highest_parameter(std::string_view sql) {
  int highest = 0;
  for (std::size_t i = 0; i + 1 < sql.size(); ++i) {
    if (sql[i] != '$') continue;
    int number = 0;
    for (std::size_t j = i + 1; j < sql.size() && sql[j] >= '0' && sql[j] <= '9' && number < 1000; ++j) {
      number = number * 10 + (sql[j] - '0');
    }
    highest = std::max(highest, number);
  }
  return highest;
}

}  // namespace

void QuerySet::add(std::string_view file) {
  std::vector<NamedQuery> found;
  for (std::string_view line : split(file, '\n')) {
    const std::string_view bare = trim(line);
    if (bare.starts_with(kMark)) {
      found.push_back({.name = std::string(trim(bare.substr(kMark.size()))), .sql = {}});
    } else if (bare.empty() || bare.starts_with("--")) {
      continue;  // comments are for readers of the file
    } else if (found.empty()) {
      throw std::logic_error("SQL before the first \"-- name:\"");
    } else {
      found.back().sql += std::string(bare) + "\n";
    }
  }
  for (NamedQuery& query : found) {
    while (!query.sql.empty() && (query.sql.back() == ';' || query.sql.back() == '\n')) query.sql.pop_back();
    const bool twice =
        std::ranges::any_of(queries_, [&](const NamedQuery& other) { return other.name == query.name; });
    if (query.name.empty() || query.sql.empty() || twice) {
      throw std::logic_error("a query without SQL, without a name or named twice: " + query.name);
    }
    query.parameters = highest_parameter(query.sql);
    queries_.push_back(std::move(query));
  }
}

const NamedQuery& QuerySet::find(std::string_view name) const {
  const auto found = std::ranges::find(queries_, name, &NamedQuery::name);
  if (found == queries_.end()) throw std::logic_error("no query is named " + std::string(name));
  return *found;
}

}  // namespace aremko::sql

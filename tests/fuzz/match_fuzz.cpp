// The engine of who is who over any rows: it ends, its confidences are probabilities that its evidence sums to, one left
// row has one link, and a row that comes alone is answered too. The first byte chooses the columns.
#include <cmath>
#include <cstdlib>
#include <set>

#include "identity/match.h"

namespace {

using namespace aremko::identity::match;

void require(bool holds) {
  if (!holds) std::abort();
}

void look(const std::vector<Link>& links, bool dedupe) {
  std::set<RowId> left;
  for (const Link& link : links) {
    double sum = 0;
    for (const Evidence& evidence : link.evidence) sum += evidence.log_odds;
    require(std::isfinite(sum) && link.confidence >= 0 && link.confidence <= 100);
    require(std::abs(100 / (1 + std::exp(-sum)) - link.confidence) < 0.06);
    require(dedupe ? link.left < link.right : left.insert(link.left).second);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  std::vector<std::pair<Kind, std::string>> columns;
  for (unsigned i = 0; i < 1U + data[0] % 5; ++i) columns.emplace_back(static_cast<Kind>((data[0] / 5U + i * (1U + data[1] % 4)) % 11), "c");
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  Input input(columns);
  std::vector<std::string_view> first;
  std::size_t rows = 0;
  for (std::size_t at = 0; at <= text.size() && rows < 64; ++rows) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::vector<std::string_view> fields;
    for (std::size_t from = at; from <= end;) {
      const std::size_t to = std::min(text.find('|', from), end);
      fields.push_back(text.substr(from, to - from));
      from = to + 1;
    }
    if (rows == 0) first = fields;
    input.add(rows % 2 == 0 ? Side::left : Side::right, fields);
    at = end + 1;
  }
  const bool dedupe = data[1] >= 128;
  const Matcher matcher(std::move(input), {.dedupe = dedupe, .least = 0.01});
  look(matcher.links(), dedupe);
  for (const Link& link : matcher.find(first, 5)) require(link.confidence >= 0 && link.confidence <= 100);
  return 0;
}

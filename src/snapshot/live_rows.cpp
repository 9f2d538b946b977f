// Rows of the services file that are sales of the live system.
#include <algorithm>

#include "snapshot/stages.h"

namespace aremko::snapshot {

std::vector<std::uint8_t> live_rows(const sources::CurrentBatch& current, const sources::LegacyServicesBatch* services,
                                    Date live_since) {
  std::vector<std::uint8_t> out;
  if (services == nullptr || services->size() == 0 || current.sales.size() == 0) return out;
  std::vector<std::int64_t> ids(current.sales.id);
  if (!std::ranges::is_sorted(ids)) std::ranges::sort(ids);
  for (Row line = 0; line < services->size(); ++line) {
    const std::int64_t number = services->reservation[line];
    const Date day = services->at[line].date();
    if (number <= 0 || day < live_since || !std::ranges::binary_search(ids, number)) continue;  // an unknown day sorts first
    if (out.empty()) out.assign(services->size(), 0);
    out[line] = 1;
  }
  return out;
}

}  // namespace aremko::snapshot

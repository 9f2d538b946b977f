#include "snapshot/search_index.h"

namespace aremko::snapshot {
SearchIndex::SearchIndex(const Snapshot&, unsigned) {}
std::size_t SearchIndex::memory() const { return 0; }
}  // namespace aremko::snapshot

#include "snapshot/search.h"

#include "snapshot/search_index.h"

namespace aremko::snapshot {

SearchResult search(const Snapshot&, std::string_view, SearchScope, std::size_t, std::size_t) { return {}; }

}  // namespace aremko::snapshot

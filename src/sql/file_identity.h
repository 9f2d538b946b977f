#pragma once
// Which file stands under a name. Inside `sql` only.

#include <cstdint>
#include <string>

namespace aremko::sql {

/// Device and inode; empty when there is none. A file keeps them while it is open, whatever happens to its name.
std::string file_identity(const std::string& path);
/// In bytes; 0 when there is none.
std::uint64_t file_size(const std::string& path);

}  // namespace aremko::sql

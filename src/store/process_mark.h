#pragma once
// Names a process so that another one on the same machine can tell that it is gone. Inside `store` and for leases.

#include <string>
#include <string_view>

namespace aremko::store {

/// This process: the machine's boot, its process namespace, the process id and when it started. Something random where
/// /proc does not say.
const std::string& process_mark();

/// True when the marked process was on this machine and is gone for certain; false where that cannot be known.
bool is_gone(std::string_view mark);

}  // namespace aremko::store

#pragma once
// For a command that fills much memory once and ends.

namespace aremko::cli {

/// Blocks come from one stretch of memory in pages of 2 MB, where the system has such, and stay there when they are freed: a fault for
/// every 4 KB was a quarter of what matching two lists took.
void use_large_pages();

}  // namespace aremko::cli

#include "cli/large_pages.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace aremko::cli {

void use_large_pages() {
  constexpr int mapped_from = 32 * 1024 * 1024;  // the most that glibc allows
  constexpr int kept_free = 1024 * 1024 * 1024;
  constexpr int stretch = 128 * 1024 * 1024;     // of addresses; what is not written to takes no memory
  constexpr std::uintptr_t large_page = 2 * 1024 * 1024;
  mallopt(M_MMAP_THRESHOLD, mapped_from);
  mallopt(M_TRIM_THRESHOLD, kept_free);
  mallopt(M_TOP_PAD, stretch);
  void* const block = std::malloc(large_page);  // more than is free by now: the heap grows by it and the stretch
  if (block == nullptr) return;
  const auto begin = (reinterpret_cast<std::uintptr_t>(block) + large_page - 1) / large_page * large_page;
  const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
  // Elsewhere than in the heap, or refused: then all is as it was.
  if (begin < end && end - begin <= 2 * std::size_t{stretch}) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
  std::free(block);
}

}  // namespace aremko::cli

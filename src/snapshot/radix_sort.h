#pragma once
// Sorts (64-bit key, row) pairs by key, stable; bytes that are the same in every key cost nothing.

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace aremko::snapshot {

struct KeyedRow {
  std::uint64_t key;
  std::uint32_t row;
};

inline void radix_sort(std::vector<KeyedRow>& items) {
  std::array<std::array<std::uint32_t, 256>, 8> counts{};
  for (const KeyedRow& item : items) {
    for (std::size_t byte = 0; byte < 8; ++byte) ++counts[byte][(item.key >> (8 * byte)) & 0xFFU];
  }
  std::vector<KeyedRow> other;
  for (std::size_t byte = 0; byte < 8; ++byte) {
    auto& count = counts[byte];
    if (items.empty() || count[(items.front().key >> (8 * byte)) & 0xFFU] == items.size()) continue;
    std::uint32_t sum = 0;
    for (std::uint32_t& entry : count) entry = std::exchange(sum, sum + entry);
    other.resize(items.size());
    for (const KeyedRow& item : items) other[count[(item.key >> (8 * byte)) & 0xFFU]++] = item;
    items.swap(other);
  }
}

}  // namespace aremko::snapshot

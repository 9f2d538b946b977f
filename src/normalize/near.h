#pragma once
// Typing errors, for short folded words.

#include <array>
#include <cstddef>
#include <string_view>

namespace aremko::normalize {

/// True when one letter typed too many, too few, wrongly, or two neighbours swapped make `a` into `b`; also when equal.
constexpr bool one_typo_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) {
    const std::string_view swap = a;
    a = b;
    b = swap;
  }
  if (b.size() - a.size() > 1) return false;
  std::size_t front = 0;
  while (front < a.size() && a[front] == b[front]) ++front;
  std::size_t back = 0;
  while (back < a.size() - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  const std::size_t left_a = a.size() - front - back;
  const std::size_t left_b = b.size() - front - back;
  if (left_b <= 1) return true;
  return left_a == 2 && left_b == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
}

}  // namespace aremko::normalize

#pragma once
// Chance of our own, in integers alone: the standard distributions and libm differ between machines, and a demo must
// be the same bytes everywhere. Everything about the n-th person is derived from (seed, stream, n), so nothing is held.

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace aremko::demo {

/// The finaliser of splitmix64 (Steele, Lea & Flood, "Fast splittable pseudorandom number generators", 2014).
constexpr std::uint64_t mix64(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// Independent streams of one seed; the numbers are part of what a seed means.
enum class Stream : std::uint64_t {
  person = 1, contact, current_row, plan, sale, survey, legacy_row, legacy_copy, legacy_plan, legacy_visit, universe,
  phone, rut, broken_contact, gift_card, crm, live, around, foreign_letter, kin, filler, one_name, second_record
};

class Rng {
 public:
  Rng(std::uint64_t seed, Stream stream, std::uint64_t index = 0, std::uint64_t part = 0)
      : state_(mix64(seed + 0x9e3779b97f4a7c15ULL * (static_cast<std::uint64_t>(stream) + 1)) ^
               mix64(index * 0xd1342543de82ef95ULL + part * 0x2545f4914f6cdd1dULL + 0x632be59bd9b4e019ULL)) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    return mix64(state_);
  }
  /// 0 … n−1, n ≥ 1. The bias for n below 2^32 is under 2^-32 and does not matter here.
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(((next() >> 32) * n) >> 32); }
  /// low … high, both included.
  int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::uint32_t>(high - low + 1))); }
  bool chance(std::uint32_t of_thousand) { return below(1000) < of_thousand; }
  bool per_myriad(std::uint32_t of_ten_thousand) { return below(10'000) < of_ten_thousand; }
  template <class Range>
  const auto& pick(const Range& range) {
    return range[below(static_cast<std::uint32_t>(std::size(range)))];
  }
  /// The index of a weight, each as likely as it is heavy.
  std::size_t weighted(std::span<const int> weights) {
    std::uint32_t sum = 0;
    for (const int weight : weights) sum += static_cast<std::uint32_t>(weight);
    std::uint32_t at = below(sum);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const auto weight = static_cast<std::uint32_t>(weights[i]);
      if (at < weight) return i;
      at -= weight;
    }
    return weights.size() - 1;
  }
  std::size_t weighted(std::initializer_list<int> weights) {
    return weighted(std::span<const int>(weights.begin(), weights.size()));
  }

 private:
  std::uint64_t state_;
};

/// A one-to-one shuffle of 0 … n−1 that holds no table: four Feistel rounds, walked until the result is below n.
class Permutation {
 public:
  Permutation(std::uint64_t n, std::uint64_t seed, Stream stream)
      : n_(n), half_((static_cast<unsigned>(std::bit_width(n > 1 ? n - 1 : 1)) + 1) / 2),
        key_(Rng(seed, stream).next()) {}

  std::uint64_t size() const { return n_; }
  /// x below n.
  std::uint64_t operator()(std::uint64_t x) const {
    do {
      std::uint64_t left = x >> half_;
      std::uint64_t right = x & mask();
      for (std::uint64_t round = 0; round < 4; ++round) {
        const std::uint64_t mixed = left ^ scrambled(right, round);
        left = right;
        right = mixed;
      }
      x = (left << half_) | right;
    } while (x >= n_);
    return x;
  }
  /// The x that went to y.
  std::uint64_t inverse(std::uint64_t y) const {
    do {
      std::uint64_t left = y >> half_;
      std::uint64_t right = y & mask();
      for (std::uint64_t round = 4; round-- > 0;) {
        const std::uint64_t mixed = right ^ scrambled(left, round);
        right = left;
        left = mixed;
      }
      y = (left << half_) | right;
    } while (y >= n_);
    return y;
  }

 private:
  std::uint64_t mask() const { return (std::uint64_t{1} << half_) - 1; }
  std::uint64_t scrambled(std::uint64_t half, std::uint64_t round) const {
    return mix64(half + key_ + round * 0x9e3779b97f4a7c15ULL) & mask();
  }

  std::uint64_t n_;
  unsigned half_;
  std::uint64_t key_;
};

}  // namespace aremko::demo

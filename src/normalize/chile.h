#pragma once
// Chile's sixteen regions and 346 comunas (Subdere, since 2018), and towns that people name instead of their comuna.

#include <cstdint>
#include <span>
#include <string_view>

namespace aremko::normalize::chile {

/// From north to south; the index is what the tables below point to.
struct Region {
  std::string_view name;     // official, without "Región de(l)"
  std::string_view code;     // what the contract shows
  std::string_view aliases;  // folded, separated by '|', without the word region and its article
};

struct Comuna {
  std::string_view name;  // official, or a town's usual spelling
  std::uint8_t region;
};

/// A folded name that people use for another.
struct Alias {
  std::string_view folded;
  std::string_view name;  // a comuna's or town's
};

std::span<const Region> regions();
std::span<const Comuna> comunas();  // the 346
std::span<const Comuna> towns();    // no comunas
std::span<const Alias> aliases();

}  // namespace aremko::normalize::chile

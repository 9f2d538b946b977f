#pragma once
// Small work on bytes that knows nothing of spas. Folding and names live in `normalize`.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aremko {

std::string_view trim(std::string_view text);  // ASCII white space
std::string ascii_lower(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
bool is_digits(std::string_view text);  // false when empty
/// The decimal digits of a text, everything else dropped.
std::string only_digits(std::string_view text);
/// A whole decimal number with an optional '-', nothing around it; nothing when it overflows.
std::optional<std::int64_t> parse_int(std::string_view text);
bool valid_utf8(std::string_view text);
/// A 64-bit hash (XXH3): stable across runs and machines; not for secrets.
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);
/// Equal bytes, in time that depends on the lengths alone.
bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace aremko

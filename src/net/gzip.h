#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace aremko::net {

/// The body in gzip form; nothing when zlib fails or it would not get smaller. About 100 µs for 5 KB of JSON.
std::optional<std::string> gzip(std::string_view body);

}  // namespace aremko::net

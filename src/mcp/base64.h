#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace aremko::mcp {

std::string base64(std::string_view bytes);                            // RFC 4648 4, padded
std::optional<std::string> base64_decoded(std::string_view text);      // the same form; strict
std::string base64_url(std::string_view bytes);                        // RFC 4648 5, without padding
std::optional<std::string> base64_url_decoded(std::string_view text);  // the same form; strict

}  // namespace aremko::mcp

#pragma once
// What a client says it can take: language, encoding, the copy it already has. Pure functions on header values;
// anything that cannot be read counts as not said.

#include <string_view>

namespace aremko::net {

bool equal_ignoring_case(std::string_view a, std::string_view b);  // ASCII

/// "es" or "en": the one with the higher q in Accept-Language, the earlier on a tie, "es" when neither is named.
std::string_view preferred_language(std::string_view accept_language);

/// Whether gzip may be sent: named, or covered by `*`, with a q above 0 (RFC 9110 12.5.3).
bool accepts_gzip(std::string_view accept_encoding);

/// The same of brotli, which `*` does not cover here: whoever takes it names it.
bool accepts_brotli(std::string_view accept_encoding);

/// Whether If-None-Match names the body whose ETag is `"<tag>"`, or its compressed form `"<tag>-gz"`, strong or weak
/// (RFC 9110 13.1.2), or is `*`.
bool names_etag(std::string_view if_none_match, std::string_view tag);

}  // namespace aremko::net

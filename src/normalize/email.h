#pragma once
#include <string>
#include <string_view>

namespace aremko::normalize {

struct Email {
  std::string address;  // lower case; empty unless valid
  bool valid = false;
  bool empty = true;  // nothing was given, or a word for nothing (`#N/A`, `no tiene`, `sin@correo`)
};

/// `mailto:`, `<…>`, a name before it, blanks inside, commas and points around it are taken away, a comma typed for
/// the domain's point is mended; of several addresses the first good one counts. Judged by shape only: no DNS, and
/// no guess at what a misspelt domain meant. Any bytes; addresses end at 254 bytes (RFC 5321). Idempotent on `address`.
Email email(std::string_view raw);

}  // namespace aremko::normalize

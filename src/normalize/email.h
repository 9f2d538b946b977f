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

/// What two spellings of one mailbox share, for comparing and never for writing to: lower case; at Google's own domains
/// without points and `+tag`, as gmail.com; without `+tag` at the other providers that are known to deliver it to the same
/// person (Microsoft's, Apple's, Fastmail, Proton). Elsewhere points and tags may tell people apart, and stay. Anything but
/// an address comes back in lower case. Idempotent.
std::string mailbox_key(std::string_view address);

}  // namespace aremko::normalize

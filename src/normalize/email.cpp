#include "normalize/email.h"

#include "base/text.h"
#include "normalize/utf8.h"

namespace aremko::normalize {

namespace {

bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool good_local(std::string_view local) {
  if (local.empty() || local.size() > 64 || local.front() == '.' || local.back() == '.') return false;
  for (std::size_t i = 0; i < local.size(); ++i) {
    const char c = local[i];
    if (c == '.' && local[i - 1] == '.') return false;
    if (!is_alnum(c) && std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) == std::string_view::npos) return false;
  }
  return true;
}

bool good_domain(std::string_view domain) {
  std::size_t labels = 0;
  std::string_view label;
  for (std::size_t from = 0; from <= domain.size();) {
    const std::size_t end = std::min(domain.find('.', from), domain.size());
    label = domain.substr(from, end - from);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    for (const char c : label) {
      if (!is_alnum(c) && c != '-') return false;
    }
    ++labels;
    from = end + 1;
  }
  if (labels < 2 || label.size() < 2) return false;
  return std::find_if(label.begin(), label.end(), [](char c) { return c >= '0' && c <= '9'; }) == label.end() ||
         label.starts_with("xn--");
}

bool good(std::string_view address) {
  const std::size_t at = address.find('@');
  return at != std::string_view::npos && address.size() <= 254 && good_local(address.substr(0, at)) &&
         good_domain(address.substr(at + 1));
}

/// What receptionists type when a form insists: "sincorreo@gmail.com", "no@no.cl".
bool stands_for_none(std::string_view address) {
  const std::size_t at = address.find('@');
  const std::string_view local = address.substr(0, at);
  const std::string_view domain = at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
  static constexpr std::array<std::string_view, 24> locals = {
      "sin",       "sincorreo",  "sin.correo", "sin_correo", "sin-correo",  "sinemail",      "sin.email", "sinmail",
      "sin.mail",  "notiene",    "no.tiene",   "no_tiene",   "notienecorreo", "notienemail", "notieneemail",
      "nocorreo",  "noemail",    "nomail",     "notengo",    "noaplica",    "nodisponible",  "noregistra",
      "noinforma", "nousa"};
  if (std::find(locals.begin(), locals.end(), local) != locals.end()) return true;
  if (domain.starts_with("sincorreo.") || domain.starts_with("notiene.") || domain.starts_with("nomail.")) return true;
  return local.size() <= 3 && domain.size() > local.size() && domain.starts_with(local) && domain[local.size()] == '.';
}

/// Takes away what is wrapped around an address, never a part of it.
std::string_view unwrapped(std::string_view text) {
  static constexpr std::string_view around = " \t\r\n\v\f.,;:<>()[]{}\"'`|/\\*";
  for (bool again = true; again && !text.empty();) {
    again = false;
    const std::size_t first = text.find_first_not_of(around);
    if (first == std::string_view::npos) return {};
    text = text.substr(first, text.find_last_not_of(around) - first + 1);
    for (const std::string_view label : {"mailto:", "e-mail:", "email:", "correo:", "mail:"}) {
      if (text.starts_with(label)) {
        text.remove_prefix(label.size());
        again = true;
      }
    }
  }
  return text;
}

/// Lower case, no-break and zero-width blanks made plain ones.
std::string lowered(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size();) {
    const char c = raw[at];
    if (static_cast<unsigned char>(c) < 0x80) {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
      ++at;
      continue;
    }
    const std::size_t start = at;
    const char32_t point = next_point(raw, at);
    if (point == 0xA0 || point == 0xFEFF || point == 0xAD || (point >= 0x2000 && point <= 0x200F)) {
      out += ' ';
    } else {
      out.append(raw, start, at - start);
    }
  }
  return out;
}

/// `gmail,com` and `gmail..com` typed for `gmail.com`, blanks and all.
std::string mended(std::string_view text) {
  std::string out;
  bool in_domain = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    const char put = in_domain && c == ',' ? '.' : c;
    if (in_domain && put == '.' && out.ends_with('.')) continue;
    in_domain = in_domain || c == '@';
    out += put;
  }
  return out;
}

std::size_t blanks_before_at(std::string_view text) {
  const std::string_view local = trim(text.substr(0, text.find('@')));
  std::size_t count = 0;
  for (std::size_t i = 1; i < local.size(); ++i) count += local[i] == ' ' && local[i - 1] != ' ' ? 1U : 0U;
  return count;
}

Email found(std::string_view address) {
  if (stands_for_none(address)) return {};
  return {std::string(address), true, false};
}

/// Several addresses, or one after a person's name: the first piece that is an address.
Email first_good(std::string_view text) {
  static constexpr std::string_view between = " \t\r\n,;|/<>()[]\"";
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t start = text.find_first_not_of(between, from);
    if (start == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(between, start), text.size());
    const std::string_view piece = unwrapped(text.substr(start, end - start));
    if (good(piece)) return found(piece);
    from = end;
  }
  return {{}, false, false};
}

/// Providers that document "+tag" as the same mailbox; of Microsoft's, every country's hotmail, live and outlook.
bool drops_tags(std::string_view domain) {
  static constexpr std::array<std::string_view, 11> exact = {"msn.com",    "icloud.com", "me.com",        "mac.com",
                                                             "fastmail.com", "fastmail.fm", "proton.me",   "protonmail.com",
                                                             "protonmail.ch", "pm.me",     "passport.com"};
  if (std::find(exact.begin(), exact.end(), domain) != exact.end()) return true;
  for (const std::string_view house : {"hotmail.", "outlook.", "live."}) {
    // "hotmail.com", "hotmail.cl", "live.com.ar", "outlook.com"; "live.example.org" is another's.
    if (!domain.starts_with(house)) continue;
    const std::string_view rest = domain.substr(house.size());
    const bool country = rest.size() == 2 && rest.find('.') == std::string_view::npos;
    const bool below = (rest.starts_with("com.") || rest.starts_with("co.")) && rest.size() == rest.find('.') + 3;
    if (rest == "com" || country || below) return true;
  }
  return false;
}

}  // namespace

Email email(std::string_view raw) {
  raw = trim(cut(raw, 1000));
  if (says_nothing(raw)) return {};
  const std::string text = lowered(raw);
  const std::string_view inner = unwrapped(text);
  if (good(inner)) return found(inner);
  if (inner.empty() || stands_for_none(inner)) return {};
  const bool wordy = inner.starts_with("no ") || inner.starts_with("sin ");  // "no tiene correo"
  if (wordy && inner.find('@') == std::string_view::npos) return {};
  // One @ and at most one blank before it: a slip of the space bar. More: a name stands before the address.
  const bool alone = std::count(inner.begin(), inner.end(), '@') == 1 &&
                     inner.find('<') == std::string_view::npos && blanks_before_at(inner) <= 1;
  if (alone) {
    const std::string joined = mended(inner);
    if (good(joined)) return found(joined);
    if (stands_for_none(joined)) return {};
  }
  return first_good(text);
}

std::string mailbox_key(std::string_view address) {
  std::string key = ascii_lower(trim(address));
  const std::size_t at = key.rfind('@');
  if (at == std::string::npos || at == 0) return key;
  std::string local = key.substr(0, at);
  std::string domain = key.substr(at + 1);
  const bool google = domain == "gmail.com" || domain == "googlemail.com";
  if (!google && !drops_tags(domain)) return key;
  // A tag is what follows a name: "+x@gmail.com" has none.
  if (const std::size_t tag = local.find('+'); tag != std::string::npos && tag > 0) local.erase(tag);
  if (google) {
    std::string plain = local;
    std::erase(plain, '.');
    if (const std::string_view rest = trim(plain); !rest.empty()) local = std::string(rest);
    domain = "gmail.com";
  }
  return local + '@' + domain;
}

}  // namespace aremko::normalize

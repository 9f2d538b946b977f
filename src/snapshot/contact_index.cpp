#include "snapshot/contact_index.h"

#include <bit>

#include "base/text.h"
#include "normalize/email.h"
#include "snapshot/radix_sort.h"

namespace aremko::snapshot {

namespace {

/// A stored phone's digits as people in Chile say them: without +56.
std::string national_digits(std::string_view phone) {
  std::string digits = only_digits(phone);
  if (digits.size() == 11 && digits.starts_with("56")) digits.erase(0, 2);
  if (digits.size() > PackedDigits::most) digits.resize(PackedDigits::most);
  return digits;
}

/// Digits and a last K of a document, empty for passports and other texts.
std::string rut_digits(std::string_view document) {
  std::string out;
  for (const char c : document) {
    if (c >= '0' && c <= '9') {
      out += c;
    } else if (c == 'k' || c == 'K') {
      out += 'K';
    } else if (c != '.' && c != '-' && c != ' ') {
      return {};
    }
  }
  return out.size() > 9 ? std::string() : out;
}

/// 0 for what is no document: a text without digits.
std::uint64_t document_hash(std::string_view document) {
  std::string text;
  bool digits = false;
  for (const char c : ascii_lower(document)) {
    const bool digit = c >= '0' && c <= '9';
    digits = digits || digit;
    if (digit || (c >= 'a' && c <= 'z')) text += c;
  }
  return digits && text.size() >= 5 ? hash64(text) : 0;
}

std::uint64_t first_bytes(std::string_view text) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i) key = (key << 8) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return key;
}

}  // namespace

std::uint64_t PackedDigits::pack(std::string_view digits) {
  std::uint64_t packed = 0;
  unsigned shift = 64;
  for (const char c : digits.substr(0, most)) {
    shift -= 4;
    packed |= (c == 'K' ? std::uint64_t{11} : static_cast<std::uint64_t>(c - '0') + 1) << shift;
  }
  return packed;
}

std::size_t PackedDigits::length(std::uint64_t packed) {
  return packed == 0 ? 0 : most - static_cast<std::size_t>(std::countr_zero(packed)) / 4;
}

std::uint64_t PackedDigits::last_with(std::uint64_t packed, std::size_t digits) {
  return digits >= most ? packed : packed | (~std::uint64_t{0} >> (4 * digits));
}

ContactIndex::Keys ContactIndex::sorted(std::vector<KeyedRow>& pairs) {
  radix_sort(pairs);
  Keys out;
  out.key.reserve(pairs.size());
  out.rank.reserve(pairs.size());
  for (const KeyedRow& pair : pairs) {
    out.key.push_back(pair.key);
    out.rank.push_back(pair.row);
  }
  pairs.clear();
  return out;
}

ContactIndex::ContactIndex(Rank people, const ContactTexts& texts) {
  std::vector<KeyedRow> forward;
  std::vector<KeyedRow> backward;
  for (Rank rank = 0; rank < people; ++rank) {
    std::string digits = national_digits(texts.telefono(rank));
    if (digits.empty()) continue;
    forward.push_back({PackedDigits::pack(digits), rank});
    std::reverse(digits.begin(), digits.end());
    backward.push_back({PackedDigits::pack(digits), rank});
  }
  phones_ = sorted(forward);
  phones_backwards_ = sorted(backward);

  for (Rank rank = 0; rank < people; ++rank) {
    const std::string_view document = texts.documento(rank);
    if (document.empty()) continue;
    if (const std::string digits = rut_digits(document); !digits.empty()) {
      forward.push_back({PackedDigits::pack(digits), rank});
    } else if (const std::uint64_t hash = document_hash(document); hash != 0) {
      backward.push_back({hash, rank});
    }
  }
  ruts_ = sorted(forward);
  other_documents_ = sorted(backward);

  for (Rank rank = 0; rank < people; ++rank) {
    const std::string_view email = texts.email(rank);
    if (email.empty()) continue;
    forward.push_back({first_bytes(email), rank});
    if (const std::string key = normalize::mailbox_key(email); key != email) backward.push_back({hash64(key), rank});
  }
  mailboxes_ = sorted(backward);
  radix_sort(forward);
  // Addresses that share eight bytes are put in order among themselves.
  for (auto from = forward.begin(); from != forward.end();) {
    const auto to = std::find_if(from, forward.end(), [&](const KeyedRow& pair) { return pair.key != from->key; });
    std::sort(from, to, [&](const KeyedRow& a, const KeyedRow& b) {
      const int order = texts.email(a.row).compare(texts.email(b.row));
      return order != 0 ? order < 0 : a.row < b.row;
    });
    from = to;
  }
  emails_.reserve(forward.size());
  for (const KeyedRow& pair : forward) emails_.push_back(pair.row);
}

template <class Penalty>
void ContactIndex::range(const Keys& keys, std::string_view digits, Penalty penalty, std::vector<Found>& out,
                         MatchedOn matched_on) {
  const std::uint64_t first = PackedDigits::pack(digits);
  const std::uint64_t last = PackedDigits::last_with(first, digits.size());
  auto at = std::lower_bound(keys.key.begin(), keys.key.end(), first);
  for (std::size_t count = 0; at != keys.key.end() && *at <= last && count < most; ++at, ++count) {
    const auto place = static_cast<std::size_t>(at - keys.key.begin());
    out.push_back({penalty(PackedDigits::length(*at)), keys.rank[place], matched_on});
  }
}

void ContactIndex::by_phone(std::string_view digits, std::vector<Found>& out) const {
  if (digits.size() < 3 || digits.size() > PackedDigits::most) return;
  const int typed = static_cast<int>(digits.size());
  if (digits.size() >= 4) {
    std::string backwards(digits.rbegin(), digits.rend());
    range(
        phones_backwards_, backwards,
        [&](std::size_t length) {
          return length == digits.size() ? 0 : std::max(3, 25 - 5 * (typed - 4));
        },
        out, MatchedOn::telefono);
  }
  range(
      phones_, digits,
      [&](std::size_t length) { return length == digits.size() ? 0 : std::max(10, 45 - 4 * typed); }, out,
      MatchedOn::telefono);
}

void ContactIndex::by_rut(std::string_view key, std::vector<Found>& out) const {
  if (key.size() < 4 || key.size() > 9) return;
  const int typed = static_cast<int>(key.size());
  range(
      ruts_, key,
      [&](std::size_t length) {
        const std::size_t more = length - key.size();
        return more == 0 ? 0 : more == 1 && typed >= 6 ? 3 : std::max(10, 45 - 4 * typed);
      },
      out, MatchedOn::documento);
}

void ContactIndex::by_other_document(std::string_view text, std::vector<Found>& out) const {
  const std::uint64_t hash = document_hash(text);
  if (hash == 0) return;
  const auto [from, to] = std::equal_range(other_documents_.key.begin(), other_documents_.key.end(), hash);
  for (auto at = from; at != to; ++at) {
    const auto place = static_cast<std::size_t>(at - other_documents_.key.begin());
    out.push_back({0, other_documents_.rank[place], MatchedOn::documento});
  }
}

void ContactIndex::by_email(std::string_view beginning, const ContactTexts& texts, std::vector<Found>& out) const {
  if (beginning.size() < 3 || beginning.front() == '@') return;
  const bool with_domain = beginning.find('@') != std::string_view::npos;
  const int open_penalty = with_domain ? 5 : std::max(20, 45 - 2 * static_cast<int>(beginning.size()));
  auto at = std::lower_bound(emails_.begin(), emails_.end(), beginning,
                             [&](Rank rank, std::string_view wanted) { return texts.email(rank) < wanted; });
  for (std::size_t count = 0; at != emails_.end() && count < most / 5; ++at, ++count) {
    const std::string_view email = texts.email(*at);
    if (!email.starts_with(beginning)) break;
    const bool whole = email.size() == beginning.size();
    const bool whole_name = !whole && email[beginning.size()] == '@';
    out.push_back({whole ? 0 : whole_name ? 12 : open_penalty, *at, MatchedOn::email});
  }
  if (with_domain) by_mailbox(beginning, texts, out);
}

void ContactIndex::by_mailbox(std::string_view address, const ContactTexts& texts, std::vector<Found>& out) const {
  const std::string key = normalize::mailbox_key(address);
  // Who wrote the mailbox as it is, when it was asked for in another spelling.
  auto plain = std::lower_bound(emails_.begin(), emails_.end(), std::string_view(key),
                                [&](Rank rank, std::string_view wanted) { return texts.email(rank) < wanted; });
  for (std::size_t count = 0; key != address && plain != emails_.end() && texts.email(*plain) == key && count < most / 5;
       ++plain, ++count) {
    out.push_back({mailbox_penalty, *plain, MatchedOn::email});
  }
  const auto [from, to] = std::equal_range(mailboxes_.key.begin(), mailboxes_.key.end(), hash64(key));
  for (auto at = from; at != to && at - from < static_cast<std::ptrdiff_t>(most / 5); ++at) {
    const Rank rank = mailboxes_.rank[static_cast<std::size_t>(at - mailboxes_.key.begin())];
    const std::string_view email = texts.email(rank);
    if (normalize::mailbox_key(email) == key) out.push_back({email == address ? 0 : mailbox_penalty, rank, MatchedOn::email});
  }
}

std::size_t ContactIndex::memory() const {
  const auto bytes = [](const auto& column) { return column.capacity() * sizeof(column[0]); };
  const auto keys = [&](const Keys& both) { return bytes(both.key) + bytes(both.rank); };
  return keys(phones_) + keys(phones_backwards_) + keys(ruts_) + keys(other_documents_) + bytes(emails_) + keys(mailboxes_);
}

}  // namespace aremko::snapshot

#include "snapshot/record_print.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "identity/given_names.h"
#include "normalize/text.h"

namespace aremko::snapshot {

namespace {

constexpr int word_digits = 2;
constexpr int contact_digits = 3;

void add(std::string& out, unsigned code, int hex_digits) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (int i = hex_digits - 1; i >= 0; --i) out += digits[(code >> (4 * i)) & 15U];
}

std::optional<unsigned> code(std::string_view hex) {
  unsigned out = 0;
  const auto [end, problem] = std::from_chars(hex.data(), hex.data() + hex.size(), out, 16);
  if (problem != std::errc() || end != hex.data() + hex.size()) return std::nullopt;
  return out;
}

}  // namespace

RecordPrint RecordPrint::of(const LegacyPeople& people, Row row) {
  RecordPrint out;
  thread_local std::string folded;  // a snapshot asks for each of its links
  normalize::fold_into(folded, people.nombre(row));
  std::array<std::pair<std::uint8_t, bool>, most_words> words;
  for (const std::string_view word : normalize::tokens(folded)) {
    if (out.count_ == most_words) break;
    words[out.count_] = {static_cast<std::uint8_t>(hash64(word)), out.count_ == 0 || identity::is_given_name(word)};
    ++out.count_;
  }
  std::sort(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(out.count_));
  for (std::size_t i = 0; i < out.count_; ++i) {
    out.words_[i] = words[i].first;
    out.given_ |= static_cast<std::uint8_t>(words[i].second << i);
  }
  const std::uint8_t flags = people.flags(row);
  const auto contact = [&](std::size_t which, std::uint8_t valid, std::string_view text) {
    if ((flags & valid) != 0) out.contacts_[which] = static_cast<std::uint16_t>(hash64(text) & 0xFFFU);
  };
  contact(0, sources::phone_valid, people.telefono(row));
  contact(1, sources::email_valid, people.email(row));
  contact(2, sources::rut_valid, people.documento(row));
  return out;
}

std::string RecordPrint::text() const {
  std::string out;
  for (std::size_t i = 0; i < count_; ++i) add(out, words_[i], word_digits);
  for (const std::uint16_t contact : contacts_) {
    out += '.';
    if (contact != none) add(out, contact, contact_digits);
  }
  return out;
}

std::optional<RecordPrint> RecordPrint::read(std::string_view text) {
  RecordPrint out;
  const std::size_t name = text.find('.');
  if (name == std::string_view::npos || name % word_digits != 0 || name > word_digits * most_words) return std::nullopt;
  for (std::size_t i = 0; i < name; i += word_digits) {
    const auto word = code(text.substr(i, word_digits));
    if (!word) return std::nullopt;
    out.words_[out.count_++] = static_cast<std::uint8_t>(*word);
  }
  text.remove_prefix(name);
  for (std::uint16_t& contact : out.contacts_) {
    if (text.empty() || text.front() != '.') return std::nullopt;
    text.remove_prefix(1);
    const std::string_view part = text.substr(0, text.find('.'));
    text.remove_prefix(part.size());
    if (part.empty()) continue;
    const auto read = part.size() == contact_digits ? code(part) : std::nullopt;
    if (!read) return std::nullopt;
    contact = static_cast<std::uint16_t>(*read);
  }
  if (!text.empty()) return std::nullopt;
  return out;
}

RecordPrint::Agreement RecordPrint::against(const RecordPrint& now) const {
  Agreement out;
  for (std::size_t i = 0; i < contacts_.size(); ++i) {
    if (contacts_[i] == none || now.contacts_[i] == none) continue;
    ++(contacts_[i] == now.contacts_[i] ? out.same : out.other);
  }
  out.rut = contacts_[2] != none && contacts_[2] == now.contacts_[2];
  if (count_ == 0 || now.count_ == 0) return out;
  std::size_t common = 0;
  bool loose_given = false;
  for (std::size_t i = 0, j = 0; j < now.count_;) {
    if (i == count_ || words_[i] > now.words_[j]) {
      loose_given = loose_given || ((now.given_ >> j) & 1U) != 0;
      ++j;
    } else {
      common += words_[i] == now.words_[j];
      j += words_[i] == now.words_[j];
      ++i;
    }
  }
  out.other_given = loose_given && common < count_;
  if (out.other_given) {
    out.word = common > 0;
    ++out.other;
    return out;
  }
  const bool whole = common == count_ && common == now.count_;
  out.word = common > 0;
  out.name = whole && common >= 2;
  ++(whole || common >= 2 ? out.same : out.other);
  return out;
}

}  // namespace aremko::snapshot

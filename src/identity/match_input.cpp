#include "identity/match_input.h"

#include "base/text.h"
#include "identity/given_names.h"
#include "identity/match_parallel.h"
#include "identity/nobody.h"
#include "normalize/dates.h"
#include "normalize/email.h"
#include "normalize/name.h"
#include "normalize/phone.h"
#include "normalize/place.h"
#include "normalize/rut.h"
#include "normalize/text.h"

namespace aremko::identity::match {

namespace {

constexpr std::array<std::pair<std::string_view, Kind>, 11> kinds{{{"name", Kind::name},
                                                                   {"given_name", Kind::given_name},
                                                                   {"surname", Kind::surname},
                                                                   {"phone", Kind::phone},
                                                                   {"email", Kind::email},
                                                                   {"national_id", Kind::national_id},
                                                                   {"date", Kind::date},
                                                                   {"place", Kind::place},
                                                                   {"address", Kind::address},
                                                                   {"postcode", Kind::postcode},
                                                                   {"text", Kind::text}}};

constexpr std::size_t longest = 400;  // bytes of a field; more is no field of a person

std::string folded(std::string_view raw) {
  std::string out = normalize::fold(raw.substr(0, longest));
  constexpr std::array<std::string_view, 8> nothing{"null", "nan", "none", "n a", "na", "no tiene", "s n", "sin datos"};
  if (std::ranges::find(nothing, out) != nothing.end()) out.clear();
  return out;
}

std::string without_blanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

/// With its dash: whoever writes it so means no phone.
bool is_rut(std::string_view raw) { return raw.contains('-') && normalize::rut(raw).kind == normalize::RutKind::valid && normalize::phone(raw).e164.empty(); }

std::string phone_text(std::string_view raw) {
  const auto phone = normalize::phone(raw);
  if (!phone.e164.empty()) return is_nobodys_number(phone.e164) ? std::string() : phone.e164;
  if (raw.contains('@') || is_rut(raw)) return {};
  const std::string digits = only_digits(raw);
  return digits.size() >= 6 && !is_nobodys_number(digits) && digits.size() <= 15 ? digits : std::string();
}

/// Digits alone that somebody made up for want of a document: one again and again, two by turns, counting up or down. With a check
/// digit they may be a person's.
bool is_made_up(std::string_view digits) {
  constexpr std::size_t least = 7;
  if (digits.size() < least || digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
  const auto each = [&](std::size_t from, auto holds) {
    for (std::size_t i = from; i < digits.size(); ++i) {
      if (!holds(digits[i - from], digits[i])) return false;
    }
    return true;
  };
  const auto by = [](int step) { return [step](char before, char now) { return (now - before + 10) % 10 == step; }; };
  return each(1, by(1)) || each(1, by(9)) || each(2, by(0)) || digits == "11223344";
}

/// Words are no document: `extranjero`, `sin rut`; nor are digits that somebody made up. `pasaporte P1234` is `P1234`.
std::string id_text(std::string_view raw) {
  const auto rut = normalize::rut(raw);
  if (rut.kind == normalize::RutKind::valid || rut.kind == normalize::RutKind::wrong_digit) return rut.canonical;
  if (rut.kind == normalize::RutKind::placeholder || rut.kind == normalize::RutKind::empty) return {};
  constexpr std::array<std::string_view, 12> labels{"pasaporte", "passport", "pas", "dni", "rut", "run", "cedula", "ci", "documento", "doc", "id", "nro"};
  const std::string text = folded(raw);
  std::string out;
  bool labelled = false;
  for (const std::string_view word : normalize::tokens(text)) {
    const bool label = std::ranges::find(labels, word) != labels.end();
    labelled = labelled || label;
    if (!label) out += word;
  }
  if (labelled) return id_text(out);  // as it would be read alone
  const std::string digits = only_digits(out);
  constexpr std::size_t least_digits = 3;
  if (digits.size() < least_digits || (digits.size() == out.size() && is_made_up(digits))) return {};
  return out.size() >= 4 && out.size() <= 40 ? out : std::string();
}

bool is_plain_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

/// `Argando?a`: a program that did not know the letter wrote a question mark; in a name that is mostly an ñ.
std::string with_lost_letters(std::string_view raw) {
  std::string out(raw);
  for (std::size_t at = out.find("\xEF\xBF\xBD"); at != std::string::npos; at = out.find("\xEF\xBF\xBD", at)) out.replace(at, 3, "?");
  for (std::size_t i = 1; i + 1 < out.size(); ++i) {
    if (out[i] == '?' && is_plain_letter(out[i - 1]) && is_plain_letter(out[i + 1])) out[i] = 'n';
  }
  return out;
}

std::string without_phones(std::string_view text) {
  constexpr std::size_t phone = 6;  // digits
  std::string out;
  for (const std::string_view word : normalize::tokens(text)) {
    if (word.size() >= phone && word.find_first_not_of("0123456789") == word.npos) continue;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

/// `anamaria` is Ana María, as `mariajose` is María José.
std::pair<std::string_view, std::string_view> two_in_one(std::string_view word) {
  constexpr std::size_t least = 4;  // letters of the second: `rosalia` is one name
  for (const std::string_view first : {"ana", "maria", "rosa", "jose", "juan", "luis", "carlos", "pedro"}) {
    if (!word.starts_with(first) || word.size() < first.size() + least) continue;
    if (const std::string_view second = word.substr(first.size()); is_given_name(second)) return {first, second};
  }
  return {word, {}};
}

/// What of a name is not its bearer's: notes, and nothing at all where no word is anybody's. San Martín is one word.
std::string name_text(std::string_view raw) {
  const std::string whole = raw.contains('?') || raw.contains("\xEF\xBF\xBD") ? with_lost_letters(raw) : std::string(raw);
  std::string text = folded(normalize::person_name(whole).shown);
  if (is_nobodys_name(text)) return {};
  const std::string typed = with_two_people_told(whole);
  // Of a firm numbers and every word tell branches apart.
  if (is_organisation(typed)) return without_phones(typed);
  if (is_couple(typed)) {
    text = typed;
  } else if (std::string relation = with_relation_first(typed); relation != typed) {
    text = std::move(relation);
  }
  std::vector<std::string_view> words;
  for (const std::string_view word : normalize::tokens(text)) words.push_back(word);
  const auto names = std::ranges::count_if(words, [](std::string_view word) { return !is_note_word(word); });
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (names >= 2 && is_note_word(words[i])) continue;
    if (!out.empty()) out += ' ';
    if (const auto [first, second] = two_in_one(words[i]); second.empty()) {
      out += words[i];
    } else {
      out.append(first).append(" ").append(second);
    }
    const bool saint = words[i] == "san" || words[i] == "santa";
    if (saint && i + 1 < words.size() && i > 0) out += words[++i];
  }
  return out;
}

// Eight digits, YYYYMMDD. A year alone is its first of January, as most files write it.
std::string date_text(std::string_view raw) {
  const std::string_view text = trim(raw);
  const std::string digits = only_digits(text);
  const bool iso = text.size() >= 10 && text[4] == '-' && text[7] == '-' && digits.size() >= 8;
  if (iso || (digits.size() == 8 && digits.size() == text.size())) return digits.substr(0, 8);
  if (digits.size() == 4 && text.size() == 4) return digits + "0101";
  const auto moment = normalize::moment(text, normalize::DateOrder::day_first);
  if (!moment.known()) return {};
  return only_digits(moment.date().iso());
}

}  // namespace

std::optional<Kind> kind_of(std::string_view word) {
  for (const auto& [name, kind] : kinds) {
    if (name == word) return kind;
  }
  return {};
}

std::string_view word_of(Kind kind) { return kinds[static_cast<std::size_t>(kind)].first; }

std::string normalized(Kind kind, std::string_view raw) {
  raw = trim(raw.substr(0, longest));
  if (raw.empty()) return {};
  switch (kind) {
    case Kind::name: return name_text(raw);
    case Kind::phone: return phone_text(raw);
    case Kind::email: {
      const std::string address = normalize::email(raw).address;
      return is_nobodys_mailbox(address) ? std::string() : normalize::mailbox_key(address);  // one mailbox in any spelling
    }
    case Kind::national_id: return id_text(raw);
    case Kind::date: return date_text(raw);
    case Kind::postcode: return without_blanks(folded(raw));
    case Kind::place: return folded(normalize::city(raw));
    case Kind::given_name:
    case Kind::surname:
    case Kind::address:
    case Kind::text: return folded(raw);
  }
  return {};
}

std::string normalized_cut(std::string_view raw_name) {
  const std::string_view before = normalize::before_lost_letter(trim(raw_name.substr(0, longest)));
  return before.empty() ? std::string() : name_text(before);
}

Dictionary::Dictionary() : ends_{0}, slots_(64, missing) {}

Value Dictionary::intern(std::string_view text) {
  if ((size() + 1) * 2 > slots_.size()) grow();
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash64(text) & mask;; at = (at + 1) & mask) {
    if (slots_[at] == missing) {
      chars_ += text;
      ends_.push_back(chars_.size());
      return slots_[at] = static_cast<Value>(size());
    }
    if (this->text(slots_[at]) == text) return slots_[at];
  }
}

Value Dictionary::find(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash64(text) & mask; slots_[at] != missing; at = (at + 1) & mask) {
    if (this->text(slots_[at]) == text) return slots_[at];
  }
  return missing;
}

void Dictionary::grow() {
  std::vector<Value> slots(slots_.size() * 2, missing);
  const std::size_t mask = slots.size() - 1;
  for (Value value = 1; value <= size(); ++value) {
    std::size_t at = hash64(text(value)) & mask;
    while (slots[at] != missing) at = (at + 1) & mask;
    slots[at] = value;
  }
  slots_ = std::move(slots);
}

Input::Input(std::vector<std::pair<Kind, std::string>> columns) {
  if (columns.size() > max_columns) columns.resize(max_columns);
  for (auto& [kind, label] : columns) {
    if (kind == Kind::name && name_ == max_columns) name_ = columns_.size();
    columns_.push_back({.kind = kind, .label = std::move(label)});
  }
}

std::vector<std::string> Input::normalized_row(std::span<const std::string_view> fields) const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::string& text = out.emplace_back(normalized(columns_[i].kind, raw(fields, i)));
    if (columns_[i].kind == Kind::phone && text.empty()) text = misplaced_phone(fields);
    if (columns_[i].kind == Kind::name && text.empty()) text = misplaced_name(fields);
    if (columns_[i].kind == Kind::email && text.empty()) text = misplaced_email(fields);
    if (columns_[i].kind == Kind::national_id && text.empty()) text = misplaced_rut(fields);
  }
  // A desk's mailbox is a firm's.
  const bool firm = name_ < columns_.size() && is_organisation(out[name_]);
  for (std::size_t i = 0; i < columns_.size() && !firm; ++i) {
    if (columns_[i].kind == Kind::email && is_roles_mailbox(out[i])) out[i].clear();
  }
  return out;
}

std::string_view Input::raw(std::span<const std::string_view> fields, std::size_t column) {
  return column < fields.size() ? fields[column].substr(0, longest) : std::string_view();
}

/// A phone in the name, in the column of identity numbers or in that of mailboxes.
std::string Input::misplaced_phone(std::span<const std::string_view> fields) const {
  std::string out;
  if (name_ < columns_.size()) out = normalized(Kind::phone, normalize::person_name(raw(fields, name_)).glued_phone);
  for (std::size_t i = 0; i < columns_.size() && out.empty(); ++i) {
    if (columns_[i].kind == Kind::national_id) out = normalized(Kind::phone, normalize::rut(raw(fields, i)).phone_e164);
    if (columns_[i].kind == Kind::email && !raw(fields, i).contains('@')) out = normalized(Kind::phone, normalize::phone(raw(fields, i)).e164);
  }
  return out;
}

/// A mailbox in the column of phones.
std::string Input::misplaced_email(std::span<const std::string_view> fields) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::string_view text = raw(fields, i);
    if (columns_[i].kind == Kind::phone && text.contains('@')) return normalized(Kind::email, text);
  }
  return {};
}

/// A RUT in the column of phones.
std::string Input::misplaced_rut(std::span<const std::string_view> fields) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].kind == Kind::phone && is_rut(raw(fields, i))) return normalized(Kind::national_id, raw(fields, i));
  }
  return {};
}

/// Words in the column of phones, where the name says nothing.
std::string Input::misplaced_name(std::span<const std::string_view> fields) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::string_view text = raw(fields, i);
    if (columns_[i].kind == Kind::phone && text.find_first_of("0123456789@") == std::string_view::npos) return normalized(Kind::name, text);
  }
  return {};
}

void Input::add(Side side, std::span<const std::string_view> fields) { keep(side, fields, normalized_row(fields)); }

void Input::add_rows(Side side, std::span<const std::string_view> fields) {
  const std::size_t wide = columns_.size();
  if (wide == 0) return;
  std::vector<std::vector<std::string>> texts(fields.size() / wide);
  in_parallel(texts.size(), [&](std::size_t from, std::size_t to) {
    for (std::size_t row = from; row < to; ++row) texts[row] = normalized_row(fields.subspan(row * wide, wide));
  });
  for (std::size_t row = 0; row < texts.size(); ++row) keep(side, fields.subspan(row * wide, wide), texts[row]);
}

void Input::keep(Side side, std::span<const std::string_view> fields, const std::vector<std::string>& texts) {
  const auto at = static_cast<std::size_t>(side);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Column& column = columns_[i];
    const Value value = texts[i].empty() ? missing : column.values.intern(texts[i]);
    column.rows[at].push_back(value);
    if (column.kind != Kind::name || value == missing || !column.cut(value).empty()) continue;
    std::string cut = normalized_cut(raw(fields, i));
    if (cut.empty()) continue;
    if (column.cuts.size() <= value) column.cuts.resize(value + 1);
    column.cuts[value] = std::move(cut);
  }
  ++rows_[at];
}

}  // namespace aremko::identity::match

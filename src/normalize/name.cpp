#include "normalize/name.h"

#include "base/text.h"
#include "normalize/clean_name.h"
#include "normalize/letters.h"
#include "normalize/phone.h"
#include "normalize/phone_words.h"
#include "normalize/rut.h"
#include "normalize/text.h"
#include "normalize/titles.h"
#include "normalize/utf8.h"

namespace aremko::normalize {

namespace {

constexpr std::size_t longest = 400;  // bytes; the database's own limit is 100 characters

/// A word: letters, marks, apostrophes and hyphens, and whether a point followed.
struct Word {
  std::u32string_view text;
  bool pointed = false;
};

/// The name's words over one buffer, in place: nothing here allocates but for a name of more than 16 words.
struct Words {
  std::array<char32_t, longest + 1> buffer;  // never more code points than bytes
  std::size_t used = 0;
  std::vector<Word> list;
};

bool same(std::u32string_view word, std::string_view lower) {
  if (word.size() != lower.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (to_lower(word[i]) != static_cast<unsigned char>(lower[i])) return false;
  }
  return true;
}

bool is_one_of(std::u32string_view word, std::span<const std::string_view> list) {
  for (const std::string_view one : list) {
    if (same(word, one)) return true;
  }
  return false;
}

bool is_particle(std::u32string_view word) {
  if (word.size() > 4) return false;
  static constexpr std::array<std::string_view, 15> list = {"de", "del", "la", "las", "los", "y",   "da", "das",
                                                            "do", "dos", "van", "von", "e", "der", "den"};
  return is_one_of(word, list);
}

/// Words that announce a phone: "ana soto cel. 984280796".
bool is_phone_label(std::u32string_view word) {
  static constexpr std::array<std::string_view, 11> list = {"fono", "cel", "celular", "tel", "telefono", "teléfono",
                                                            "movil", "wsp", "whatsapp", "fon", "contacto"};
  return is_one_of(word, list);
}

/// Two phones run together by a blank: the first.
std::string first_run(std::string_view text) {
  std::string run;
  for (const char c : text) {
    if (is_digit(static_cast<unsigned char>(c))) {
      run += c;
    } else if (run.size() >= 8) {
      break;
    } else {
      run.clear();
    }
  }
  return run;
}

/// "Juan Carlos III".
bool is_generation(std::u32string_view word) { return same(word, "ii") || same(word, "iii") || same(word, "iv"); }

/// Small where they were typed small in a name that has its capitals; families differ.
bool is_foreign_particle(std::u32string_view word) {
  static constexpr std::array<std::string_view, 12> list = {"di", "du", "le", "el", "al", "bin", "zu", "ter", "te",
                                                            "af", "av", "i"};
  return is_one_of(word, list) && std::all_of(word.begin(), word.end(), is_lower);
}

/// "ana soto rut 22345678": the word says that what follows is no phone.
bool announces_document(const std::vector<Word>& words) {
  if (words.empty() || words.back().text.size() > 20) return false;
  std::string plain;
  for (const char32_t c : words.back().text) append_point(plain, c);
  const WordKind kind = kind_of_word(fold(plain));
  return kind == WordKind::document || kind == WordKind::money;
}

/// Digits and what stands between them: a RUT, or a phone of 7 to 15. True when one was found that the word before announces.
bool take_number(std::string_view raw, std::size_t& at, const std::vector<Word>& words, PersonName& out) {
  std::string digits;
  const std::size_t start = at;
  std::size_t end = at;
  for (std::size_t i = at; i < raw.size(); ++i) {
    const char c = raw[i];
    if (is_digit(static_cast<unsigned char>(c))) {
      digits += c;
      end = i + 1;
    } else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')' && c != '+') {
      break;
    }
  }
  at = end > at ? end : at + 1;
  // "12.345.678-K": a RUT's K is no initial.
  const bool k = at + 1 < raw.size() && raw[at] == '-' && (raw[at + 1] == 'k' || raw[at + 1] == 'K') &&
                 (at + 2 == raw.size() || raw[at + 2] == ' ');
  const bool ends_in_k = k && digits.size() >= 6;
  if (ends_in_k) at += 2;
  const std::string_view text = raw.substr(start, at - start);
  const bool called_rut = !words.empty() && (same(words.back().text, "rut") || same(words.back().text, "run"));
  if (called_rut || (text.size() > 2 && text[text.size() - 2] == '-')) {
    if (Rut found = rut(text); found.kind == RutKind::valid) {
      if (out.glued_rut.empty()) out.glued_rut = std::move(found.canonical);
      return called_rut && words.size() > 1;
    }
  }
  if (ends_in_k || announces_document(words)) return false;
  if (text.find_first_of("-.") != std::string_view::npos && phone(text).e164.empty()) return false;  // a RUT, a date
  if (digits.size() > 15) digits = first_run(text);
  if (digits.size() < 7 || digits.size() > 15) return false;
  if (out.glued_phone.empty()) out.glued_phone = std::move(digits);
  return !words.empty() && is_phone_label(words.back().text);
}

/// An e-mail address typed into the name is no word of it: the end of the word with an @ at `at`, else `at`.
std::size_t end_of_address(std::string_view raw, std::size_t at) {
  const std::size_t end = std::min(raw.find_first_of(" \t,;<>()", at), raw.size());
  return raw.substr(at, end - at).find('@') == std::string_view::npos ? at : end;
}

void read_words(std::string_view raw, Words& words, PersonName& out) {
  std::size_t start = 0;
  bool fresh = true;  // nothing of a word has been read
  const bool has_at = raw.find('@') != std::string_view::npos;
  const auto close = [&](bool pointed) {
    std::size_t from = start;
    std::size_t to = words.used;
    // A word begins and ends with a letter (or its mark).
    while (from < to && !is_letter(words.buffer[from])) ++from;
    while (to > from && !is_letter(words.buffer[to - 1]) && !is_mark(words.buffer[to - 1])) --to;
    if (to > from) words.list.push_back({{words.buffer.data() + from, to - from}, pointed});
    start = words.used;
    fresh = true;
  };
  for (std::size_t at = 0; at < raw.size();) {
    const char c = raw[at];
    if (fresh && has_at) {
      if (const std::size_t end = end_of_address(raw, at); end > at) {
        at = end;
        continue;
      }
    }
    if (is_digit(static_cast<unsigned char>(c)) || c == '+') {
      close(false);
      if (take_number(raw, at, words.list, out)) words.list.pop_back();
      continue;
    }
    const char32_t point = next_point(raw, at);
    if (is_letter(point) || is_mark(point)) {
      words.buffer[words.used++] = point;
      fresh = false;
    } else if (is_apostrophe(point) && !fresh) {
      words.buffer[words.used++] = U'\'';
    } else if (is_hyphen(point) && !fresh) {
      words.buffer[words.used++] = U'-';
    } else if (point == '&') {
      close(false);
      words.buffer[words.used++] = U'y';
      close(false);
    } else if (!is_invisible(point)) {
      close(point == '.');
    }
  }
  close(false);
}

bool is_couple(const Word& word) { return same(word.text, "y") || same(word.text, "e"); }

/// Honorifics go from the front, after an `y`, and (the abbreviated ones) from the end, while a name remains.
bool drop_honorifics(std::vector<Word>& list) {
  bool dropped = false;
  for (std::size_t i = 0; i < list.size();) {
    const bool leads = i == 0 || is_couple(list[i - 1]);
    const bool goes = leads && i + 1 < list.size() && is_honorific(list[i].text) && !is_couple(list[i + 1]);
    if (goes && !(i + 2 < list.size() && is_wife_of(list[i].text, list[i + 1].text))) {
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
      dropped = true;
      continue;
    }
    ++i;
  }
  static constexpr std::array<std::string_view, 6> last = {"sr", "sra", "srta", "dr", "dra", "sres"};
  while (list.size() > 1) {
    const bool spouse = list.size() > 2 && is_couple(list[list.size() - 2]) && is_honorific(list.back().text);
    const bool title = spouse || is_one_of(list.back().text, last);
    if (!title && !same(list.back().text, "y")) break;  // "Juan Soto y Sra."
    list.pop_back();
    dropped = dropped || title;
  }
  return dropped;
}

struct Case {
  bool upper = false;
  bool lower = false;
};

Case case_of(std::u32string_view text) {
  Case out;
  for (const char32_t c : text) {
    out.upper = out.upper || is_upper(c);
    out.lower = out.lower || is_lower(c);
  }
  return out;
}

/// Humps of a capital and at least one small letter ("González", "McDonald", "DiCaprio"): somebody meant it.
bool well_cased(std::u32string_view part) {
  bool capital = false;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (is_mark(part[i])) continue;
    const bool up = is_upper(part[i]);
    if (i == 0 && !up) return false;
    if (up && capital) return false;
    capital = up;
  }
  return !capital;
}

/// The shown name as it grows, and whether a letter of it is not the one that was typed.
struct Shown {
  std::string text;
  bool recased = false;

  void put(char32_t typed, char32_t shown) {
    append_point(text, shown);
    recased = recased || typed != shown;
  }
  void put(std::u32string_view typed) {
    for (const char32_t c : typed) append_point(text, c);
  }
  void put_lower(std::u32string_view typed) {
    for (const char32_t c : typed) put(c, to_lower(c));
  }
};

void title(Shown& out, std::u32string_view part) {
  const bool scottish = part.size() > 4 && same(part.substr(0, 2), "mc");
  for (std::size_t i = 0; i < part.size(); ++i) {
    const bool capital = i == 0 || (scottish && i == 2);
    out.put(part[i], capital ? to_upper(part[i]) : to_lower(part[i]));
  }
}

/// One part of a word, between hyphens and apostrophes.
void put_part(Shown& out, std::u32string_view part, bool after_apostrophe, bool shouted) {
  const Case letters = case_of(part);
  if (after_apostrophe && part.size() == 1) {
    out.put_lower(part);  // "Mary's"
  } else if (letters.upper && letters.lower && well_cased(part)) {
    out.put(part);
  } else if (letters.upper && !letters.lower && !shouted && part.size() == 2) {
    out.put(part);  // "JP Soto"
  } else {
    title(out, part);
  }
}

void put_word(Shown& out, std::u32string_view word, bool shouted) {
  bool after_apostrophe = false;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= word.size(); ++i) {
    if (i < word.size() && word[i] != U'\'' && word[i] != U'-') continue;
    const std::u32string_view part = word.substr(from, i - from);
    if (from > 0 && !after_apostrophe && is_particle(part)) {
      out.put_lower(part);  // "Ruiz-de-Gamboa"
    } else if (!part.empty()) {
      put_part(out, part, after_apostrophe, shouted);
    }
    if (i + 1 < word.size() && word[i + 1] != U'\'' && word[i + 1] != U'-') {
      out.put(word.substr(i, 1));
      after_apostrophe = word[i] == U'\'';
    }
    from = i + 1;
  }
}

/// A small letter in a part of two letters or more; single ones become initials whatever they were.
bool has_small_letter(std::u32string_view word) {
  std::size_t from = 0;
  for (std::size_t i = 0; i <= word.size(); ++i) {
    if (i < word.size() && word[i] != U'\'' && word[i] != U'-') continue;
    if (i - from >= 2 && case_of(word.substr(from, i - from)).lower) return true;
    from = i + 1;
  }
  return false;
}

/// A name is shouted when no word of it, particles and initials aside, has a small letter.
bool is_shouted(const std::vector<Word>& list) {
  return std::none_of(list.begin(), list.end(),
                      [](const Word& word) { return !is_particle(word.text) && has_small_letter(word.text); });
}

Shown show(const std::vector<Word>& list) {
  Shown out;
  out.text.reserve(48);
  const bool shouted = is_shouted(list);
  const bool mixed = !shouted && is_upper(list[0].text[0]);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::u32string_view word = list[i].text;
    if (i > 0) out.text += ' ';
    // A capital E alone is an initial, a small one Portuguese.
    const bool pointed = list[i].pointed && word.size() <= 3 && i + 1 < list.size();
    const bool initial = word.size() == 1 && (pointed || word[0] == U'E');
    if (i > 0 && is_particle(word) && !initial) {
      out.put_lower(word);
    } else if (i > 0 && is_generation(word)) {
      for (const char32_t c : word) out.put(c, to_upper(c));
    } else if (i > 0 && mixed && is_foreign_particle(word)) {
      out.put(word);
    } else {
      put_word(out, word, shouted);
      if (pointed) out.text += '.';
    }
  }
  return out;
}

bool is_latin1(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0xC4; });
}

/// No more words than a second reading would see again; what is cut off is no name.
void shorten(std::vector<Word>& list) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    bytes += 2;  // a blank and a point
    for (const char32_t c : list[i].text) bytes += c < 0x80 ? 1U : c < 0x800 ? 2U : c < 0x10000 ? 3U : 4U;
    if (bytes > longest) return list.resize(i);
  }
}

PersonName once(std::string_view raw) {
  PersonName out;
  Words words;
  words.list.reserve(8);
  read_words(raw, words, out);
  shorten(words.list);
  out.had_honorific = drop_honorifics(words.list);
  if (words.list.empty()) return out;
  Shown shown = show(words.list);
  if (says_nothing(shown.text)) return out;
  out.shown = std::move(shown.text);
  out.recased = shown.recased;
  return out;
}

}  // namespace

PersonName person_name(std::string_view raw) {
  raw = cut(trim(raw), longest);
  if (says_nothing(raw)) return {};
  if (is_clean_name(raw)) {
    PersonName out;
    out.shown = raw;
    return out;
  }
  std::string untagged;
  if (raw.contains('<')) raw = trim(untagged = without_tags(raw));
  if (is_latin1(raw)) return once(raw);
  PersonName out = once(cut(composed(raw), longest));
  // Composing and case mapping can each make work for the other, in scripts no guest has used yet.
  for (int round = 0; round < 4; ++round) {
    std::string again = once(cut(composed(out.shown), longest)).shown;
    if (again == out.shown) break;
    out.shown = std::move(again);
  }
  return out;
}

}  // namespace aremko::normalize

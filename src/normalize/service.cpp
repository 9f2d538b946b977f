#include "normalize/service.h"

#include "base/text.h"
#include "normalize/near.h"
#include "normalize/text.h"
#include "normalize/utf8.h"
#include "normalize/vocabulary.h"

namespace aremko::normalize {

namespace {

constexpr std::size_t longest = 300;  // bytes; the database's own limit is 100 characters

/// A word of a name as it was written and as it is compared.
struct Word {
  std::string shown;
  std::string folded;
};

bool is_number(std::string_view folded) { return is_digits(folded); }

bool is_one_of(std::string_view word, std::span<const std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Units that make a number part of what is sold: "60 min", "1 lt".
bool is_unit(std::string_view folded) {
  static constexpr std::array<std::string_view, 14> list = {"min", "mins", "minuto", "minutos", "hr", "hrs", "hora",
                                                            "horas", "lt", "l", "ml", "cc", "gr", "kg"};
  return is_one_of(folded, list);
}
/// What `cantidad` says: "2 personas", "3 noches".
bool is_quantity(std::string_view folded) {
  static constexpr std::array<std::string_view, 9> list = {"persona", "personas", "pers",   "pax", "pp",
                                                           "adultos", "noche",    "noches", "dias"};
  return is_one_of(folded, list);
}
bool is_small_word(std::string_view folded) {
  static constexpr std::array<std::string_view, 19> list = {"de", "del", "la", "las", "el", "los", "en", "con", "y",
                                                            "o", "+",  "u",   "e",  "para", "a", "al",  "por", "sin", "c"};
  return is_one_of(folded, list);
}
bool is_cancelled(std::string_view folded) {
  for (const std::string_view stem : {"anulad", "eliminad", "cancelad", "anulacion", "cancelacion", "eliminar"}) {
    if (folded.starts_with(stem)) return true;
  }
  return false;
}

/// "35.000", "$40.000.-", "40,000": the token of a price, and years, reservation numbers and the like (100 and more).
bool is_amount(std::string_view token) {
  std::size_t digits = 0;
  for (const char c : token) {
    if (c >= '0' && c <= '9') {
      ++digits;
    } else if (c != '.' && c != ',' && c != '$' && c != '-') {
      return false;
    }
  }
  return digits >= 3 || (digits > 0 && token.find('$') != std::string_view::npos);
}

/// "35mil", "40k".
bool is_short_amount(std::string_view folded) {
  const std::size_t digits = folded.find_first_not_of("0123456789");
  if (digits == std::string_view::npos || digits == 0) return false;
  const std::string_view unit = folded.substr(digits);
  return unit == "mil" || unit == "k" || unit == "lucas" || unit == "clp" || unit == "pesos";
}

void add_piece(std::vector<Word>& words, std::string_view piece) {
  if (piece == "+") {
    if (!words.empty() && words.back().shown != "+") words.push_back({"+", "+"});  // "Tina + Masaje"
    return;
  }
  Word word{std::string(piece), fold(piece)};
  if (word.folded.empty()) return;
  if (word.folded.find(' ') == std::string::npos) {
    words.push_back(std::move(word));
    return;
  }
  // "Tui-Na", "relajacion.descontracturante": words of their own.
  for (const std::string_view one : tokens(word.folded)) words.push_back({std::string(one), std::string(one)});
}

/// Words between blanks and marks; prices and amounts are no words.
std::vector<Word> words_of(std::string_view raw) {
  static constexpr std::string_view marks = " \t\r\n\v\f()[]{}\"/\\*|;:!?#_&=<>";
  std::vector<Word> out;
  for (std::size_t from = 0; from < raw.size() && out.size() < 40;) {
    const std::size_t start = raw.find_first_not_of(marks, from);
    if (start == std::string_view::npos) break;
    std::size_t end = std::min(raw.find_first_of(marks, start), raw.size());
    if (const std::size_t plus = raw.substr(0, end).find('+', start); plus != std::string_view::npos) {
      end = plus == start ? start + 1 : plus;
    }
    from = end;
    std::string_view token = raw.substr(start, end - start);
    if (is_amount(token)) continue;
    // "Desc.Paul" and "Rel,": points and commas end a word; "35.000" was seen above.
    for (std::size_t at = 0; at <= token.size();) {
      const std::size_t stop = std::min(token.find_first_of(".,", at), token.size());
      add_piece(out, token.substr(at, stop - at));
      at = stop + 1;
    }
  }
  return out;
}

using Words = std::vector<Word>;

void erase_at(Words& words, std::size_t at) { words.erase(words.begin() + static_cast<std::ptrdiff_t>(at)); }

/// Numbering, numbers of people, currency words, "(nuevo)".
void drop_noise(Words& words) {
  static constexpr std::array<std::string_view, 12> noise = {"clp", "pesos", "valor", "precio", "n", "no", "nro",
                                                             "num", "nuevo", "nueva", "promo", "p"};
  for (std::size_t i = 0; i < words.size();) {
    const std::string_view word = words[i].folded;
    const bool more = i + 1 < words.size();
    if (is_number(word) && more && is_quantity(words[i + 1].folded)) {
      erase_at(words, i);
      erase_at(words, i);
      if (i > 0 && words[i - 1].folded == "para") erase_at(words, --i);
      continue;
    }
    const bool timed = more && is_unit(words[i + 1].folded);
    const bool big = is_number(word) && word.size() >= 3 && !timed;
    if (words.size() > 1 && (big || is_short_amount(word) || is_one_of(word, noise))) {
      erase_at(words, i);
      continue;
    }
    ++i;
  }
  // A small number is numbering, unless it is all that tells "Cabaña 1" from "Cabaña 2".
  for (std::size_t i = words.size(); i-- > 0;) {
    const bool timed = i + 1 < words.size() && is_unit(words[i + 1].folded);
    if (is_number(words[i].folded) && !timed && words.size() > 2) erase_at(words, i);
  }
}

/// The vocabulary's word for one that is spelled otherwise: plural, abbreviated, a letter wrong.
void spell(Words& words) {
  for (Word& word : words) {
    const vocabulary::Entry* entry = vocabulary::find(word.folded);
    const bool unknown = entry == nullptr && word.folded.size() >= 7 && !vocabulary::is_given_name(word.folded);
    if (unknown) entry = vocabulary::near(word.folded);
    if (entry == nullptr) continue;
    word.shown = entry->shown;
    word.folded = fold(word.shown);
  }
}

/// Who the words say it is: the first that says it. Nothing when none does.
std::optional<Family> said_family(const Words& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].folded;
    const std::string_view next = i + 1 < words.size() ? std::string_view(words[i + 1].folded) : std::string_view();
    if (word == "san" && next == "valentin") return Family::extra;
    if (word == "dia" && (next == "de" || next == "del")) return Family::extra;  // "Día de la Madre"
    if (word == "tui" && next == "na") return Family::masaje;
    if (word == "hot" && next == "tub") return Family::tina;
    if (const std::optional<Family> family = vocabulary::family_of_word(word)) return family;
  }
  return std::nullopt;
}

bool has(const Words& words, std::string_view folded) {
  return std::any_of(words.begin(), words.end(), [&](const Word& word) { return word.folded == folded; });
}

void drop(Words& words, std::string_view folded) {
  std::erase_if(words, [&](const Word& word) { return word.folded == folded; });
}

/// Tubs are named after volcanoes; which have jets is a fact of the house, so that "Tina Villarrica" and
/// "Tina Hidromasaje Villarrica" are one.
bool name_tub(Words& words) {
  static constexpr std::array<std::string_view, 11> around = {"tina", "hidromasaje", "con", "de", "caliente", "volcan",
                                                              "grupal", "normal", "hidro", "la", "el"};
  const vocabulary::Tub* tub = nullptr;
  for (const Word& word : words) {
    const vocabulary::Tub* found = vocabulary::find_tub(word.folded);
    if (found != nullptr && tub != nullptr) return false;  // two tubs in one name
    if (found != nullptr) {
      tub = found;
    } else if (!is_one_of(word.folded, around)) {
      return false;
    }
  }
  if (tub == nullptr) return false;
  words = {{tub->jets ? "Hidromasaje" : "Tina", tub->jets ? "hidromasaje" : "tina"},
           {std::string(tub->name), fold(tub->name)}};
  return true;
}

/// "Tina de Niño", "Tinas para niños y niñas", "Tina Infantil": the small tub beside the grown-ups' one.
bool name_child_tub(Words& words) {
  bool child = false;
  bool tub = false;
  for (const Word& word : words) {
    const bool says = word.folded == "nino" || word.folded == "nina" || word.folded.starts_with("infantil");
    child = child || says;
    tub = tub || word.folded == "tina";
    if (!says && word.folded != "tina" && (word.folded == "+" || !is_small_word(word.folded))) return false;
  }
  if (!child || !tub) return false;
  words = {{"Tina", "tina"}, {"Niño", "nino"}};
  return true;
}

/// "Masaje Rel. o Desc. Diana", "Masaje de Relajación", "Masaje Valentina 35.000" → "Masaje Relajante".
void name_massage(Words& words) {
  const bool therapist = words.size() > 1 && vocabulary::is_given_name(words.back().folded);
  while (words.size() > 1 && vocabulary::is_given_name(words.back().folded)) words.pop_back();
  while (words.size() > 1 && is_small_word(words.back().folded)) words.pop_back();  // "Masaje con Paul"
  if (words.size() > 1 && words[0].folded == "masaje" &&
      (words[1].folded == "de" || words[1].folded == "con" || words[1].folded == "a")) {
    erase_at(words, 1);
  }
  if (therapist && words.size() == 1 && words[0].folded == "masaje") {
    words.push_back({"Relajante", "relajante"});
    return;
  }
  if (has(words, "relajante")) {
    // The house sells "relajación o descontracturante" as one: the guest says which on the table.
    const bool either = has(words, "descontracturante");
    drop(words, "descontracturante");
    if (either) {
      drop(words, "o");
      drop(words, "y");
    }
    if (!has(words, "masaje")) words.insert(words.begin(), {"Masaje", "masaje"});
    // "Rel. o Desc." is written before the therapist's name, whoever that is.
    if (either && words.size() == 3 && words[1].folded == "relajante" && !vocabulary::find(words[2].folded)) {
      words.pop_back();
    }
  }
  if (has(words, "piedras") && !has(words, "calientes")) {
    const auto at = std::find_if(words.begin(), words.end(), [](const Word& w) { return w.folded == "piedras"; });
    words.insert(at + 1, {"Calientes", "calientes"});
  }
  if (has(words, "drenaje") && words.size() > 1 && words[0].folded == "masaje") {
    erase_at(words, 0);
    if (words[0].folded == "de" && words.size() > 1) erase_at(words, 0);
  }
  if (words.size() == 1 && words[0].folded == "drenaje") words.push_back({"Linfático", "linfatico"});
}

/// "Cumpleaños C2" is the decoration of that name.
void name_extra(Words& words) {
  if (words[0].folded == "cumpleanos") words.insert(words.begin(), {"Decoración", "decoracion"});
}

/// The shown word: as the vocabulary has it, as written when in mixed case, else with a capital.
std::string cased(const Word& word, bool first) {
  if (!first && is_small_word(word.folded)) return word.folded;
  if (const vocabulary::Entry* entry = vocabulary::find(word.folded)) return std::string(entry->shown);
  const bool code = word.folded.size() <= 3 && word.folded.find_first_of("0123456789") != std::string::npos;
  std::string out;
  bool capital = true;
  for (std::size_t at = 0; at < word.shown.size();) {
    const auto byte = static_cast<unsigned char>(word.shown[at]);
    if (byte < 0x80) {
      const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
      const unsigned lower = byte | 0x20U;
      out += static_cast<char>(!letter ? byte : capital || code ? lower - 0x20U : lower);
      if (letter) capital = false;
      ++at;
      continue;
    }
    const char32_t point = next_point(word.shown, at);
    if (point == replacement) continue;
    // Latin-1's capitals lie 0x20 below their small letters.
    const bool latin = point >= 0xC0 && point <= 0xFE && point != 0xD7 && point != 0xF7 && point != 0xDF;
    append_point(out, !latin ? point : capital ? point & ~char32_t{0x20} : point | 0x20U);
    capital = false;
  }
  return out;
}

std::string joined(const Words& words) {
  std::string out;
  for (const Word& word : words) {
    const std::string piece = cased(word, out.empty());
    if (out.size() + piece.size() >= longest) break;  // so that a second reading sees all of it
    if (!out.empty()) out += ' ';
    out += piece;
  }
  return out;
}

ServiceKind once(std::string_view raw, std::string_view category) {
  ServiceKind out;
  Words words = words_of(raw);
  drop_noise(words);
  spell(words);
  out.cancelled = std::any_of(words.begin(), words.end(), [](const Word& word) { return is_cancelled(word.folded); });
  while (words.size() > 1 && is_small_word(words.back().folded)) words.pop_back();
  while (words.size() > 1 && is_small_word(words.front().folded)) erase_at(words, 0);
  std::optional<Family> family = said_family(words);
  if (words.empty()) {
    out.family = family_of(category);
    return out;
  }
  if (!out.cancelled) {
    const Family likely = family.value_or(family_of(category));
    if (likely == Family::tina && (name_tub(words) || name_child_tub(words))) family = Family::tina;
    if (likely == Family::masaje) name_massage(words);
    if (likely == Family::extra) name_extra(words);
  }
  out.family = family.value_or(family_of(category));
  out.canonical = joined(words);
  if (says_nothing(out.canonical)) out.canonical.clear();
  out.key = fold(out.canonical);
  return out;
}

}  // namespace

Family family_of(std::string_view category) {
  const std::string folded = fold(trim(cut(category, 100)));
  for (const std::string_view word : tokens(folded)) {
    if (const std::optional<Family> family = vocabulary::family_of_word(word)) return *family;
    if (word.starts_with("tina")) return Family::tina;
    if (word.starts_with("masaj")) return Family::masaje;
    if (word.starts_with("caban")) return Family::cabana;
    if (word.starts_with("ambient")) return Family::extra;
  }
  return Family::otro;
}

ServiceKind service(std::string_view raw_name, std::string_view category) {
  raw_name = trim(cut(raw_name, longest));
  ServiceKind out;
  if (says_nothing(raw_name)) {
    out.family = family_of(category);
    return out;
  }
  out = once(raw_name, category);
  // A name that the first reading made simpler may be simpler still; ends at the second round for real names.
  for (int round = 0; round < 6; ++round) {
    ServiceKind again = once(out.canonical, category);
    again.cancelled = again.cancelled || out.cancelled;
    const bool same = again.canonical == out.canonical;
    out = std::move(again);
    if (same) break;
  }
  return out;
}

}  // namespace aremko::normalize

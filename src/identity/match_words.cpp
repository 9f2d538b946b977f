#include "identity/match_words.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <unordered_set>
#include <utility>
#include <vector>

namespace aremko::identity::match {

namespace {

constexpr std::size_t longest = 64;

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

using Nick = std::pair<std::string_view, std::string_view>;
constexpr Nick nicks[] = {
    {"alberto", "beto"}, {"alberto", "tito"}, {"alejandra", "ale"}, {"alejandra", "jandra"}, {"alejandra", "jani"},
    {"alejandro", "ale"}, {"alejandro", "alex"}, {"alejandro", "jano"}, {"alexander", "sandy"},
    {"alfonso", "poncho"}, {"alfredo", "fredy"}, {"andrea", "andi"}, {"andrew", "drew"}, {"antonia", "tona"},
    {"antonia", "toni"}, {"antonio", "toni"}, {"antonio", "tono"}, {"armando", "mando"}, {"beatriz", "bea"},
    {"beatriz", "betty"}, {"bernardo", "nano"}, {"camila", "kmi"}, {"camila", "mila"}, {"carlos", "calucho"},
    {"carlos", "charlie"}, {"carlos", "charly"}, {"carmen", "menchu"}, {"carolina", "caro"}, {"carolina", "karo"},
    {"carolina", "lina"}, {"catherine", "kate"}, {"catherine", "katie"}, {"charles", "charlie"},
    {"charles", "chuck"}, {"claudio", "caco"}, {"concepcion", "concha"}, {"constanza", "coni"},
    {"constanza", "cony"}, {"constanza", "coti"}, {"constanza", "coty"}, {"consuelo", "chelo"},
    {"cristian", "cris"}, {"cristian", "kiko"}, {"cristina", "cris"}, {"cristobal", "cris"}, {"cristobal", "toba"},
    {"daniel", "dano"}, {"dolores", "lola"}, {"eduardo", "edu"}, {"eduardo", "guayo"}, {"eduardo", "lalo"},
    {"edward", "ned"}, {"edward", "ted"}, {"elizabeth", "beth"}, {"elizabeth", "betty"}, {"elizabeth", "eli"},
    {"elizabeth", "ely"}, {"elizabeth", "lizzie"}, {"enrique", "kike"}, {"enrique", "quique"}, {"ernesto", "neto"},
    {"esteban", "teban"}, {"federico", "lico"}, {"felipe", "pipe"}, {"felipe", "pipo"}, {"fernanda", "fena"},
    {"fernanda", "nanda"}, {"fernando", "fena"}, {"fernando", "nando"}, {"fernando", "nano"}, {"francis", "frank"},
    {"francisca", "pancha"}, {"francisca", "panchi"}, {"francisca", "paqui"}, {"francisco", "fco"},
    {"francisco", "kiko"}, {"francisco", "paco"}, {"francisco", "pancho"}, {"gabriel", "gabo"},
    {"gabriela", "gaby"}, {"gilberto", "beto"}, {"gonzalo", "chalo"}, {"graciela", "chela"}, {"guadalupe", "lupe"},
    {"guillermo", "memo"}, {"guillermo", "willy"}, {"gustavo", "tavo"}, {"hector", "tito"}, {"hector", "toto"},
    {"henry", "harry"}, {"heriberto", "beto"}, {"hernan", "nano"}, {"hortensia", "tencha"}, {"humberto", "beto"},
    {"ignacia", "nacha"}, {"ignacio", "nacho"}, {"isabel", "chabe"}, {"isabel", "chabela"}, {"isabel", "chavela"},
    {"isabel", "isa"}, {"jacobo", "coby"}, {"james", "jim"}, {"james", "jimmy"}, {"javier", "javo"},
    {"jesus", "chuy"}, {"jimena", "mena"}, {"joaquin", "joaco"}, {"joaquin", "quino"}, {"john", "jack"},
    {"john", "johnny"}, {"jorge", "coke"}, {"jorge", "koke"}, {"jose", "cote"}, {"jose", "pepe"},
    {"josefa", "pepa"}, {"josefina", "fina"}, {"josefina", "pepita"}, {"joseph", "joe"}, {"juan", "juancho"},
    {"juan", "juanito"}, {"leonardo", "leo"}, {"leonardo", "nardo"}, {"luis", "luchito"}, {"luis", "lucho"},
    {"luisa", "lucha"}, {"magdalena", "maida"}, {"magdalena", "malena"}, {"manuel", "lolo"}, {"manuel", "manolo"},
    {"marcelo", "chelo"}, {"margaret", "maggie"}, {"margaret", "peggy"}, {"margarita", "maga"},
    {"margarita", "maguita"}, {"margarita", "rita"}, {"maria", "cony"}, {"maria", "cote"}, {"maria", "mari"},
    {"maria", "maruja"}, {"maria", "mary"}, {"mariana", "nana"}, {"martin", "tincho"}, {"mary", "polly"},
    {"mauricio", "mauro"}, {"mercedes", "meche"}, {"michael", "mike"}, {"miguel", "micky"}, {"monica", "moni"},
    {"natalia", "naty"}, {"norberto", "beto"}, {"orlando", "lando"}, {"osvaldo", "valdo"}, {"patricia", "patty"},
    {"patricia", "paty"}, {"patricio", "pato"}, {"pedro", "perico"}, {"pedro", "peyo"}, {"pilar", "pili"},
    {"rafael", "rafa"}, {"ramon", "moncho"}, {"raquel", "kela"}, {"raul", "rulo"}, {"ricardo", "richi"},
    {"ricardo", "ricky"}, {"richard", "dick"}, {"rick", "richard"}, {"robert", "bob"}, {"robert", "bobby"},
    {"roberto", "beto"}, {"roberto", "tito"}, {"rodrigo", "rodri"}, {"rodrigo", "rorro"}, {"rolando", "lando"},
    {"rosario", "charo"}, {"rosario", "chayo"}, {"salvador", "chava"}, {"santiago", "chago"}, {"santiago", "tiago"},
    {"sebastian", "chano"}, {"sergio", "checho"}, {"sergio", "checo"}, {"sergio", "keko"}, {"soledad", "chole"},
    {"soledad", "sole"}, {"teresa", "techi"}, {"teresa", "tere"}, {"thomas", "tommy"}, {"tomas", "tomi"},
    {"ursula", "uchi"}, {"vicente", "chente"}, {"vicente", "vicho"}, {"victor", "vito"}, {"victor", "vitoco"},
    {"victoria", "toya"}, {"victoria", "vicky"}, {"william", "bill"}, {"william", "billy"}, {"ximena", "jime"},
    {"ximena", "mena"}, {"yolanda", "yoly"},
    {"cristina", "titi"}, {"emilia", "mili"}, {"francisca", "panchita"}, {"gregorio", "goyo"}, {"manuela", "mane"},
    {"milagros", "mili"}, {"patricia", "pato"},
};

}  // namespace

std::size_t edits(std::string_view a, std::string_view b, std::size_t limit) {
  if (a == b) return 0;
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit || b.size() > longest) return limit + 1;
  while (!a.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
  while (!a.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  std::array<std::array<std::uint8_t, longest + 1>, 3> rows;
  auto* before = &rows[0];
  auto* above = &rows[1];
  auto* now = &rows[2];
  for (std::size_t j = 0; j <= b.size(); ++j) (*above)[j] = static_cast<std::uint8_t>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    (*now)[0] = static_cast<std::uint8_t>(i);
    std::size_t best = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t cost = (*above)[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      cost = std::min({cost, (*above)[j] + std::size_t{1}, (*now)[j - 1] + std::size_t{1}});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost = std::min(cost, (*before)[j - 2] + std::size_t{1});
      (*now)[j] = static_cast<std::uint8_t>(cost);
      best = std::min(best, cost);
    }
    if (best > limit) return limit + 1;
    auto* spare = before;
    before = above;
    above = now;
    now = spare;
  }
  return std::min<std::size_t>((*above)[b.size()], limit + 1);
}

std::uint64_t packed_digits(std::string_view text) {
  std::uint64_t out = 0;
  for (const char c : text) out = out << 4U | (c >= '0' && c <= '9' ? static_cast<std::uint64_t>(c - '0') + 1 : 11U);
  return out;
}

bool one_digit_apart(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t lowest = 0x1111'1111'1111'1111;
  const auto length = [](std::uint64_t packed) { return (static_cast<unsigned>(std::bit_width(packed)) + 3) / 4; };
  if (length(a) == length(b)) {
    std::uint64_t differ = a ^ b;
    differ = (differ | differ >> 1U | differ >> 2U | differ >> 3U) & lowest;
    if (std::popcount(differ) == 1) return true;
    const auto at = static_cast<unsigned>(std::countr_zero(differ));
    const auto pair_a = static_cast<unsigned>(a >> at & 0xFFU);
    const auto pair_b = static_cast<unsigned>(b >> at & 0xFFU);
    return std::popcount(differ) == 2 && differ >> at == 0x11 && pair_a >> 4U == (pair_b & 15U) && (pair_a & 15U) == pair_b >> 4U;
  }
  if (length(a) < length(b)) std::swap(a, b);
  if (length(a) != length(b) + 1) return false;
  // What ends alike is laid aside with the one that is too many.
  const auto alike = static_cast<unsigned>(std::countr_zero(a ^ b)) / 4 * 4;
  return a >> alike >> 4U == b >> alike;
}

double jaro_winkler(std::string_view a, std::string_view b) {
  a = a.substr(0, longest);
  b = b.substr(0, longest);
  if (a.empty() || b.empty()) return 0;
  const std::size_t reach = std::max<std::size_t>(std::max(a.size(), b.size()) / 2, 1) - 1;
  std::uint64_t in_a = 0;
  std::uint64_t in_b = 0;
  std::size_t same = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t end = std::min(i + reach + 1, b.size());
    for (std::size_t j = i > reach ? i - reach : 0; j < end; ++j) {
      if (a[i] != b[j] || ((in_b >> j) & 1U) != 0) continue;
      in_a |= std::uint64_t{1} << i;
      in_b |= std::uint64_t{1} << j;
      ++same;
      break;
    }
  }
  if (same == 0) return 0;
  std::size_t crossed = 0;
  for (std::size_t i = 0, j = 0; i < a.size(); ++i) {
    if (((in_a >> i) & 1U) == 0) continue;
    while (((in_b >> j) & 1U) == 0) ++j;
    if (a[i] != b[j++]) ++crossed;
  }
  const auto m = static_cast<double>(same);
  const double jaro = (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) +
                       (m - static_cast<double>(crossed / 2)) / m) / 3;
  std::size_t prefix = 0;
  while (prefix < 4 && prefix < std::min(a.size(), b.size()) && a[prefix] == b[prefix]) ++prefix;
  return jaro + static_cast<double>(prefix) * 0.1 * (1 - jaro);
}

namespace {

// `carito` → car, `danny` → dan, `niko` → nico: what a pet name has of the name itself; empty when it is no pet form.
std::string pet_stem(std::string_view word) {
  std::string out(word);
  std::ranges::replace(out, 'k', 'c');
  for (const std::string_view end : {"citos", "citas", "cito", "cita", "itos", "itas", "ito", "ita"}) {
    if (out.size() >= end.size() + 3 && out.ends_with(end)) return out.substr(0, out.size() - end.size());
  }
  if (out.size() >= 4 && (out.ends_with("y") || out.ends_with("i"))) {
    out.pop_back();
    if (out[out.size() - 1] == out[out.size() - 2]) out.pop_back();
    return out.size() >= 3 ? out : std::string();
  }
  return word.contains('k') && out.size() >= 4 ? out : std::string();
}

bool pet_of(std::string_view pet, std::string_view name) {
  if (pet.size() > name.size() + 2) return false;
  const std::string stem = pet_stem(pet);
  if (stem.empty() || stem.size() >= name.size()) return false;
  for (std::size_t i = 0; i < stem.size(); ++i) {
    if (stem[i] != (name[i] == 'k' ? 'c' : name[i])) return false;
  }
  return true;
}

}  // namespace

bool nickname(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return (a.size() >= 3 && a.size() < b.size() && b.starts_with(a)) || known_nickname(a, b);
}

bool known_nickname(std::string_view a, std::string_view b) {
  if (pet_of(a, b) || pet_of(b, a)) return true;
  static const std::vector<Nick> both_ways = [] {
    std::vector<Nick> out(std::begin(nicks), std::end(nicks));
    for (const Nick& nick : nicks) out.emplace_back(nick.second, nick.first);
    std::ranges::sort(out);
    return out;
  }();
  return std::ranges::binary_search(both_ways, Nick{a, b});
}

bool is_pet_form(std::string_view word) { return !pet_stem(word).empty(); }

bool has_nickname(std::string_view word) {
  static const std::unordered_set<std::string_view> all = [] {
    std::unordered_set<std::string_view> out;
    for (const Nick& nick : nicks) out.insert({nick.first, nick.second});
    return out;
  }();
  return all.contains(word);
}

Shape shape_of(std::string_view word) {
  Shape out{.length = static_cast<std::uint8_t>(std::min<std::size_t>(word.size(), 255)), .nick = has_nickname(word), .pet = is_pet_form(word)};
  if (!word.empty()) out.first = word[0] == 'k' ? 'c' : word[0];
  for (const char c : word) out.letters |= 1U << (static_cast<unsigned char>(c) & 31U);
  return out;
}

bool may_be_alike(const Shape& a, const Shape& b) {
  if (a.nick && b.nick) return true;
  if ((a.pet || b.pet) && a.first == b.first) return true;
  if (a.first == b.first && (a.letters & ~b.letters) == 0) return true;  // may be the other's beginning
  if (a.first == b.first && (b.letters & ~a.letters) == 0) return true;
  return a.length <= b.length + 3 && b.length <= a.length + 3 && std::popcount(a.letters ^ b.letters) <= 3;
}

bool initial(std::string_view a, std::string_view b) {
  return (a.size() == 1 || b.size() == 1) && !a.empty() && !b.empty() && a[0] == b[0];
}

std::string local_part(std::string_view address) {
  std::string out(address.substr(0, address.find('@')));
  std::erase(out, '.');
  return out;
}

std::string sound(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size() && out.size() < 8; ++i) {
    char c = word[i];
    const char after = i + 1 < word.size() ? word[i + 1] : ' ';
    // A Mapuche surname's first letter is written either way: huincahue, wincahue.
    if (c == 'h' && after == 'u' && i == 0) c = 'w', ++i;
    if (c == 'h' || (is_vowel(c) && !out.empty())) continue;
    if (c == 'j' && i == 0) c = 'y';
    if (c == 'c' && after == 'h') c = 'x';
    if ((c == 'c' && (after == 'e' || after == 'i')) || c == 'z') c = 's';
    if (c == 'q' || c == 'c') c = 'k';
    if (c == 'v' || c == 'w') c = 'b';
    if (c == 'y' || (c == 'l' && after == 'l')) c = 'i';
    if (c == 'g' && (after == 'e' || after == 'i')) c = 'j';
    if (c == 'i' && !out.empty()) continue;
    if (out.empty() || out.back() != c) out += c;
  }
  return out;
}

namespace {

// A word letter by letter as it is spoken: unlike sound(), with its vowels.
std::string spoken(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    char c = word[i];
    const char after = i + 1 < word.size() ? word[i + 1] : ' ';
    if (c == 'h' && after == 'u' && i + 2 < word.size() && is_vowel(word[i + 2])) continue;
    if (c == 'u' && is_vowel(after) && after != 'u' && (i == 0 || word[i - 1] == 'h')) c = 'w';
    if (c == 'h' && (i == 0 || word[i - 1] != 'c')) continue;
    if ((c == 'a' || c == 'o' || c == 'u') && after == 'e' && i + 2 < word.size() && !is_vowel(word[i + 2])) ++i;  // ä, ö, ü
    if (c == 'p' && after == 'h') c = 'f';
    if (c == 'v') c = 'b';
    if (c == 'z' || (c == 'c' && (after == 'e' || after == 'i'))) c = 's';
    if ((c == 'c' && after != 'h') || c == 'q') c = 'k';
    if (c == 'k' && after == 'u' && word[i] == 'q') ++i;
    if (c == 'j' && i == 0) c = 'y';
    if (c == 'y' && i > 0) c = 'i';
    if (out.empty() || out.back() != c) out += c;
  }
  return out;
}

}  // namespace

bool sounds_the_same(std::string_view a, std::string_view b) {
  if (std::min(a.size(), b.size()) < 4 || a.size() > longest || b.size() > longest) return false;
  return spoken(a) == spoken(b);
}

bool made_of(std::string_view text, std::span<const std::string_view> words) {
  std::string letters;
  for (const char c : text) {
    if (c >= '0' && c <= '9') return false;
    if (c != '.' && c != '-' && c != '_') letters += c;
  }
  if (letters.size() < 4 || letters.size() > 63) return false;
  std::uint64_t reached = 1;  // bit i: the first i letters can be made
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (((reached >> i) & 1U) == 0) continue;
    for (const std::string_view word : words) {
      for (std::size_t n = 0; n < word.size() && i + n < letters.size() && word[n] == letters[i + n]; ++n) {
        reached |= std::uint64_t{1} << (i + n + 1);
      }
    }
  }
  return ((reached >> letters.size()) & 1U) != 0;
}

}  // namespace aremko::identity::match

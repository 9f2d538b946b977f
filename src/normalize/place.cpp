#include "normalize/place.h"

#include <string>

#include "base/text.h"
#include "normalize/chile.h"
#include "normalize/name.h"
#include "normalize/near.h"
#include "normalize/phone.h"
#include "normalize/place_index.h"
#include "normalize/rut.h"
#include "normalize/text.h"
#include "normalize/utf8.h"

namespace aremko::normalize {

namespace {

using chile::Index;
using chile::index;
using chile::Meaning;
using chile::no;

std::string_view region_name(std::int16_t at) { return chile::regions()[static_cast<std::size_t>(at)].name; }

/// Names that mean the region when they stand alone, though a comuna bears them too.
bool region_first(std::string_view folded) {
  static constexpr std::array<std::string_view, 6> list = {"los lagos", "maule", "o higgins", "ohiggins", "aysen",
                                                           "aisen"};
  return std::find(list.begin(), list.end(), folded) != list.end();
}

bool is_vague(std::string_view folded) {
  static constexpr std::array<std::string_view, 23> list = {
      "resto",         "resto chile",   "resto de chile", "resto del pais", "resto pais", "chile",      "extranjero",    "extranjera",
      "otro",          "otra",           "otros",          "otras",      "otra ciudad", "otra region",  "regiones",
      "otro pais",     "sur",            "sur de chile",   "norte",      "region",     "fuera de chile", "ciudad",
      "provincia"};
  return std::find(list.begin(), list.end(), folded) != list.end();
}

bool is_abroad(std::string_view folded) {
  static constexpr std::array<std::string_view, 28> list = {
      "argentina", "brasil",  "brazil",  "peru",      "bolivia", "uruguay",        "paraguay", "ecuador",   "colombia",
      "venezuela", "mexico",  "cuba",    "haiti",     "usa",     "eeuu",           "ee uu",    "estados unidos",
      "canada",    "espana",  "francia", "alemania",  "italia",  "reino unido",    "inglaterra", "suiza",   "australia",
      "portugal",  "holanda"};
  return std::find(list.begin(), list.end(), folded) != list.end();
}

/// A part without what people put around a place: "comuna de Frutillar", "Osorno Chile".
std::string_view bare_part(std::string_view folded) {
  if (is_vague(folded)) return folded;
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view before : {"comuna de ", "comuna ", "ciudad de ", "ciudad ", "provincia de "}) {
      if (folded.starts_with(before) && index().find(folded).city == no) {
        folded.remove_prefix(before.size());
        again = true;
      }
    }
    for (const std::string_view after : {" chile", " centro", " alto", " bajo", " norte", " sur", " oriente",
                                         " poniente", " urbano", " rural"}) {
      if (folded.ends_with(after) && index().find(folded).city == no) {
        folded.remove_suffix(after.size());
        again = true;
      }
    }
  }
  return folded;
}

/// "pto montt" → "puerto montt".
std::string expanded(std::string_view folded) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> shorts = {{
      {"pto", "puerto"}, {"pta", "punta"}, {"sta", "santa"}, {"sto", "santo"}, {"stgo", "santiago"},
      {"sn", "san"}, {"gral", "general"}, {"vna", "vina"}, {"ptto", "puerto"}}};
  std::string out;
  for (const std::string_view word : tokens(folded)) {
    if (!out.empty()) out += ' ';
    const auto* found = std::find_if(shorts.begin(), shorts.end(), [&](const auto& one) { return one.first == word; });
    out += found == shorts.end() ? word : found->second;
  }
  return out;
}

/// "Santiago, Las Condes" is Las Condes: people call the whole capital Santiago.
std::int16_t narrower(std::int16_t first, std::int16_t second) {
  const bool capital = index().city(first).name == "Santiago";
  return capital && index().city(second).region == index().city(first).region ? second : first;
}

/// A part's meaning: whole, or a city and its region written without a comma, or an address with a city at its end.
struct Reading {
  std::int16_t city = no;
  std::int16_t region = no;
  bool split = false;  // both were named
};

Reading read_split(std::string_view folded) {
  // The longest city first: "san pedro de la paz bio bio".
  for (std::size_t at = folded.rfind(' '); at != std::string_view::npos && at > 0; at = folded.rfind(' ', at - 1)) {
    const Meaning head = index().find(folded.substr(0, at));
    const Meaning tail = index().find(folded.substr(at + 1));
    if (head.city != no && tail.region != no) return {head.city, tail.region, true};
    if (head.region != no && tail.city != no) return {tail.city, head.region, true};
    if (head.city != no && tail.city != no) return {narrower(head.city, tail.city), no, true};
  }
  return {};
}

Reading read_address(std::string_view folded) {
  if (folded.find_first_of("0123456789") == std::string_view::npos) return {};
  for (std::size_t at = folded.find(' '); at != std::string_view::npos; at = folded.find(' ', at + 1)) {
    const std::string_view tail = folded.substr(at + 1);
    if (tail.size() < 4) break;
    const Meaning whole = index().find(tail);
    if (whole.city != no) return {whole.city, no, true};
    const Reading split = read_split(tail);
    if (split.city != no && split.region != no) return split;
  }
  return {};
}

Reading read_part(std::string_view folded, bool forgiving) {
  const Meaning whole = index().find(folded);
  if (whole.city != no || whole.region != no) return {whole.city, whole.region, false};
  Reading out = read_split(folded);
  if (out.city == no) out = read_address(folded);
  if (out.city == no && forgiving) out.city = index().near(folded);
  return out;
}

std::string_view official(std::int16_t city) { return index().city(city).name; }

Place known(std::int16_t city) {
  const chile::Comuna& one = index().city(city);
  return {std::string(one.name), std::string(region_name(one.region)), PlaceKind::city};
}

/// A name that is both city and region, alone.
Place ambiguous_alone(std::string_view folded, const Meaning& meaning) {
  if (meaning.city != no && !(meaning.region != no && region_first(folded))) return known(meaning.city);
  return {{}, std::string(region_name(meaning.region)), PlaceKind::region};
}

/// Short enough to be read whole again with a region behind it.
std::string tidy(std::string_view raw) { return person_name(cut(raw, 100)).shown; }

struct Part {
  std::string folded;
  std::string shown;
  Reading reading;
  bool abroad = false;
};

/// The pieces between commas and the like, each read by itself.
std::vector<Part> parts_of(std::string_view raw) {
  std::vector<Part> out;
  std::size_t from = 0;
  while (from <= raw.size() && out.size() < 8) {
    const std::size_t end = std::min(raw.find_first_of(",;/|()\n\t", from), raw.size());
    std::string_view piece = raw.substr(from, end - from);
    from = end + 1;
    // " - " separates, "Llay-Llay" does not.
    if (const std::size_t dash = piece.find(" - "); dash != std::string_view::npos) {
      from = from - piece.size() - 1 + dash + 3;
      piece = piece.substr(0, dash);
    }
    std::string folded = expanded(fold(piece));
    const std::string_view bare = bare_part(folded);
    if (bare.empty() || bare == "chile") continue;
    Part part{std::string(bare), tidy(piece), read_part(bare, true), is_abroad(bare)};
    out.push_back(std::move(part));
  }
  return out;
}

Place combine(const std::vector<Part>& parts) {
  const auto abroad = std::any_of(parts.begin(), parts.end(), [](const Part& part) { return part.abroad; });
  if (abroad) {
    std::string city;
    for (const Part& part : parts) {
      if (part.shown.empty() || city.size() + part.shown.size() > 170) continue;
      if (!city.empty()) city += ", ";
      city += part.shown;
    }
    return {std::move(city), {}, PlaceKind::unknown};
  }
  // A city that is nothing else first; then one that bears a region's name.
  const auto sure = [](const Part& part) { return part.reading.city != no && part.reading.region == no; };
  const auto city = [](const Part& part) { return part.reading.city != no; };
  auto found = std::find_if(parts.begin(), parts.end(), [](const Part& part) { return part.reading.split; });
  if (found == parts.end()) found = std::find_if(parts.begin(), parts.end(), sure);
  if (found != parts.end() && !found->reading.split) {
    const auto next = std::find_if(found + 1, parts.end(), sure);
    if (next != parts.end() && narrower(found->reading.city, next->reading.city) == next->reading.city) found = next;
  }
  if (found == parts.end() && parts.size() > 1) found = std::find_if(parts.begin(), parts.end(), city);
  if (found != parts.end()) {
    // "Los Lagos" before a region of another name is the comuna; before an unknown place it is the region.
    const bool other_region = parts.size() > 1 && found->reading.region != no && !found->reading.split;
    const bool confirmed = !other_region || std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
      return &part != &*found && part.reading.region == index().city(found->reading.city).region;
    });
    if (confirmed || !region_first(found->folded)) return known(found->reading.city);
  }
  Place out{{}, {}, PlaceKind::unknown};
  for (const Part& part : parts) {
    if (part.reading.region != no) {
      if (out.region.empty()) out.region = region_name(part.reading.region);
    } else if (out.city.empty() && part.folded.size() > 1 && !is_vague(part.folded)) {
      out.city = part.shown;
    }
  }
  if (out.city.empty()) out.kind = out.region.empty() ? PlaceKind::vague : PlaceKind::region;
  return out;
}

/// "Puerto Montt, Los Lagos" at a glance: one comma, a city that is nothing else and a region that is nothing else.
std::int16_t plain_pair(std::string_view raw, std::string& folded) {
  const std::size_t comma = raw.find(',');
  if (comma == std::string_view::npos || raw.find_first_of(",;/|()\n\t-", comma + 1) != std::string_view::npos) return no;
  fold_into(folded, raw.substr(0, comma));
  const Meaning head = index().find(folded);
  if (head.city == no || head.region != no) return no;
  fold_into(folded, raw.substr(comma + 1));
  return index().find(folded).region != no ? head.city : no;
}

/// A phone or RUT typed into the wrong column.
PlaceKind misplaced(std::string_view raw) {
  if (rut(raw).kind == RutKind::valid) return PlaceKind::rut;
  if (!phone(raw).e164.empty()) return PlaceKind::phone;
  return PlaceKind::unknown;
}

Place once(std::string_view raw) {
  std::string folded;
  fold_into(folded, raw);
  if (folded.empty()) return {};
  if (folded.size() == 1) return {{}, {}, PlaceKind::unknown};  // an "x" fills a field more often than it names a region
  if (folded.starts_with("sin ")) return {{}, {}, PlaceKind::vague};  // "sin dirección"
  if (const Meaning meaning = index().find(folded); meaning.city != no || meaning.region != no) {
    // "Coquimbo" is a city; "Los Lagos, Los Lagos" is not one word and goes the long way.
    if (!is_digits(folded)) return ambiguous_alone(folded, meaning);
  }
  std::string buffer;
  if (const std::int16_t pair = plain_pair(raw, buffer); pair != no) return known(pair);
  const bool letters = std::any_of(folded.begin(), folded.end(), [](char c) { return c > '9' || c < ' '; });
  if (!letters || (rut(raw).kind == RutKind::valid)) return {{}, {}, misplaced(raw)};
  if (is_vague(folded)) return {{}, {}, PlaceKind::vague};
  if (raw.find('@') != std::string_view::npos) return {{}, {}, PlaceKind::unknown};
  const std::vector<Part> parts = parts_of(raw);
  if (parts.empty()) return {{}, {}, PlaceKind::vague};
  if (parts.size() == 1 && !parts[0].reading.split) {
    const Reading& reading = parts[0].reading;
    if (reading.city != no || reading.region != no) {
      return ambiguous_alone(parts[0].folded, {reading.city, reading.region});
    }
  }
  return combine(parts);
}

}  // namespace

Place place(std::string_view raw) {
  raw = trim(cut(raw, 200));
  if (says_nothing(raw)) return {};
  Place out = once(raw);
  // An unknown place is tidied, and the tidy form may be a known one ("Osorno 2 !").
  for (int round = 0; round < 4 && out.kind == PlaceKind::unknown && !out.city.empty(); ++round) {
    std::string text = out.city;
    if (!out.region.empty()) text += ", " + out.region;
    if (says_nothing(text)) return {};
    Place again = once(text);
    const bool same = again.city == out.city && again.region == out.region && again.kind == out.kind;
    out = std::move(again);
    if (same) break;
  }
  return out;
}

std::string city(std::string_view raw) {
  raw = trim(cut(raw, 200));
  std::string folded;
  fold_into(folded, raw);
  if (const Meaning meaning = index().find(folded); meaning.city != no) return std::string(official(meaning.city));
  return place(raw).city;
}

std::string region(std::string_view raw) {
  raw = trim(cut(raw, 200));
  const std::string folded = fold(raw);
  const Meaning meaning = index().find(bare_part(folded));
  if (meaning.region != no) return std::string(region_name(meaning.region));
  // A typing error in a long name ("Metropolitna").
  if (folded.size() >= 6) {
    for (const chile::Region& one : chile::regions()) {
      for (const std::string_view form : split(one.aliases, '|')) {
        if (form.size() >= 6 && one_typo_apart(form, folded)) return std::string(one.name);
      }
    }
  }
  return {};
}

std::string_view region_code(std::string_view region) {
  const Meaning meaning = index().find(fold(trim(cut(region, 200))));
  return meaning.region == no ? std::string_view() : chile::regions()[static_cast<std::size_t>(meaning.region)].code;
}

std::string_view region_of(std::string_view city) {
  const std::string folded = fold(trim(cut(city, 200)));
  const Meaning meaning = index().find(folded);
  if (meaning.city == no) return {};
  if (meaning.region != no && region_first(folded)) return region_name(meaning.region);
  return region_name(index().city(meaning.city).region);
}

}  // namespace aremko::normalize

// The names in a message: services, the gift, the guest, and people nobody knows.

#include <algorithm>

#include "normalize/text.h"
#include "operations/proposal_rules.h"

namespace aremko::operations {

namespace {

/// The kinds of service as the catalogue calls them; a bare kind stands for the offered services of it.
constexpr auto kinds = std::to_array<std::string_view>({"masaje", "tina", "cabana", "alojamiento", "hidromasaje"});

bool in(std::string_view word, std::span<const std::string_view> list) {
  return std::ranges::any_of(list, [&](std::string_view item) { return same_word(word, item); });
}

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> out;
  const std::string folded = normalize::fold(name);
  for (const std::string_view word : normalize::tokens(folded)) {
    if (!in(word, words::little)) out.emplace_back(word);
  }
  return out;
}

}  // namespace

void MessageCheck::note_name(KnownName::Kind kind, std::string_view name, std::vector<std::int64_t> services) {
  KnownName known{.kind = kind, .words = words_of(name), .services = std::move(services), .shown = std::string(name)};
  if (!known.words.empty()) names_.push_back(std::move(known));
}

void MessageCheck::note_names(std::span<const std::string_view> catalogue) {
  for (const Offer& offer : facts_.ofertas) {
    std::vector<std::int64_t> all;
    std::string pack = "Pack";  // without what its name says of whom each part is for: that is read as any other unit
    for (const OfferedService& service : offer.servicios) {
      all.push_back(service.servicio_id);
      pack += (all.size() > 1 ? " + " : " ") + std::string(service.nombre);
      note_name(KnownName::Kind::service, service.nombre, {service.servicio_id});
    }
    if (all.size() > 1) note_name(KnownName::Kind::offer, pack, all);
  }
  for (const FavouriteFact& favourite : facts_.favoritos) note_name(KnownName::Kind::past, favourite.nombre, {});
  if (facts_.ultimo_servicio) note_name(KnownName::Kind::past, *facts_.ultimo_servicio, {});
  if (facts_.regalo) note_name(KnownName::Kind::gift, *facts_.regalo, {});
  for (const std::string_view name : catalogue) note_name(KnownName::Kind::stranger, name, {});
  // The longest first, and of equal ones what the facts know.
  std::ranges::sort(names_, [](const KnownName& a, const KnownName& b) {
    return a.words.size() != b.words.size() ? a.words.size() > b.words.size() : a.kind < b.kind;
  });
  const std::string guest = normalize::fold(facts_.nombre);
  for (const std::string_view word : normalize::tokens(guest)) guest_words_.emplace_back(word);
}

std::size_t MessageCheck::match(const KnownName& name, std::size_t at) const {
  std::size_t next = 0, i = at;
  for (; i < pieces_.size() && next < name.words.size(); ++i) {
    if (!fresh(i)) return at;
    const Piece& piece = pieces_[i];
    const bool says = piece.kind != Piece::Kind::sign && same_word(piece.folded, name.words[next]);
    if (says) ++next;
    else if (next == 0 || !(is_sign(i, '+') || is_sign(i, '&') || in(piece.folded, words::little))) return at;
  }
  return next == name.words.size() ? i : at;
}

void MessageCheck::find_known_names() {
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    for (KnownName& name : names_) {
      const std::size_t end = fresh(at) ? match(name, at) : at;
      if (end == at) continue;
      // One everyday word ("Café") is a product's name only when it is written like one.
      if (name.kind == KnownName::Kind::stranger && name.words.size() == 1 && !pieces_[at].capital) continue;
      name.found = true;
      if (name.kind == KnownName::Kind::stranger) {
        refuse("servicio", at, end, only_services());
        break;
      }
      use(at, end);
      if (name.kind != KnownName::Kind::gift) mentions_[at] = {name.services, normalize::fold(name.shown), false, end};
      for (const std::int64_t id : name.services) subjects_[pieces_[at].segment].services.insert(id);
      if (name.kind == KnownName::Kind::gift) gift_segments_.insert(pieces_[at].segment);
      break;
    }
  }
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    if (!fresh(at) || pieces_[at].kind != Piece::Kind::word) continue;
    const std::string_view word = words::in_spanish(pieces_[at].folded);
    for (const std::string_view kind : kinds) {
      if (!same_word(word, kind)) continue;
      subjects_[pieces_[at].segment].kinds.emplace(kind);
      Mention mention{.name = std::string(kind), .kind = true, .end = at + 1};
      for (const Offer& offer : facts_.ofertas) {
        for (const OfferedService& service : offer.servicios) {
          const bool lodging = kind == "alojamiento" && service.tipo_servicio == "cabana";
          if (kind == service.tipo_servicio || lodging) mention.services.push_back(service.servicio_id);
        }
      }
      mentions_[at] = std::move(mention);
    }
  }
}

const MessageCheck::Subject& MessageCheck::subject(int segment) { return subjects_[segment]; }

Text MessageCheck::only_services() const {
  std::string list;
  for (const Offer& offer : facts_.ofertas) {
    for (const OfferedService& service : offer.servicios) {
      const std::string quoted = "«" + std::string(service.nombre) + "»";
      if (!list.contains(quoted)) list += (list.empty() ? "" : ", ") + quoted;
    }
  }
  if (list.empty()) return {"No hay ningún servicio que ofrecer.", "There is no service to offer."};
  return {"No está en los hechos. Solo puede nombrar, tal como se escriben: " + list + ".",
          "It is not in the facts. Only these may be named, as they are written: " + list + "."};
}

bool MessageCheck::known_word(std::string_view word) const {
  const std::string_view spanish = words::in_spanish(word);
  return std::ranges::any_of(names_, [&](const KnownName& name) {
    return name.kind != KnownName::Kind::stranger && std::ranges::any_of(name.words, [&](const std::string& known) {
      return same_word(known, spanish) || same_word(known, word);
    });
  });
}

/// "masaje tailandés", "tina de chocolate", "Thai massage": the word beside must be one of the names' or say nothing.
void MessageCheck::check_head(std::size_t at, bool english) {
  const int segment = pieces_[at].segment;
  const auto word_at = [&](std::size_t i) {
    return i < pieces_.size() && pieces_[i].segment == segment && pieces_[i].kind == Piece::Kind::word;
  };
  std::size_t beside = english ? at - 1 : at + 1;
  if (english && at == 0) return;
  bool of = false;
  while (!english && (is_word(beside, "de") || is_word(beside, "con"))) {
    of = true;
    ++beside;
  }
  if (!word_at(beside) || !fresh(beside)) return;
  const std::string_view word = pieces_[beside].folded;
  const bool guest = std::ranges::find(guest_words_, word) != guest_words_.end();
  if (known_word(word) || guest || in(word, words::harmless) || (!of && in(word, words::little)) ||
      (of && in(word, words::little) && !word_at(beside + 1))) {
    return;
  }
  if (of && in(word, words::little)) return;  // "la tina de la última vez"
  refuse("servicio", std::min(at, beside), std::max(at, beside) + 1, only_services());
}

void MessageCheck::check_services() {
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    if (!fresh(at) || pieces_[at].kind != Piece::Kind::word) continue;
    const std::string& word = pieces_[at].folded;
    // "Buenas noches" sells no night.
    if (same_word(word, "noche") && at > 0 && is_word(at - 1, "buenas")) continue;
    // "Por noche" is a price's unit where something is let by the night.
    const bool by_night = (same_word(word, "noche") || same_word(word, "night")) &&
                          std::ranges::any_of(facts_.ofertas, [](const Offer& offer) { return offer.noches > 0; });
    if (by_night) continue;
    if (in(word, words::spa) && !known_word(word)) {
      refuse("servicio", at, at + 1, only_services());
      continue;
    }
    if (in(word, words::heads_es)) check_head(at, false);
    else if (in(word, words::heads_en)) check_head(at, true);
  }
}

/// "Hola Marta" to a María; titles are passed over.
void MessageCheck::check_greeting(std::size_t at) {
  std::size_t next = at + 1;
  while (next < pieces_.size() && (is_sign(next, ',') || is_sign(next, '.') || is_any(next, words::greeting) ||
                                   is_word(next, "sr") || is_word(next, "sra") || is_word(next, "buenas") || is_word(next, "buenos"))) {
    ++next;
  }
  if (next >= pieces_.size() || pieces_[next].kind != Piece::Kind::word || pieces_[next].segment != pieces_[at].segment) return;
  const std::string& word = pieces_[next].folded;
  if (std::ranges::find(guest_words_, word) != guest_words_.end()) return use(next, next + 1);
  if (!pieces_[next].capital && in(word, words::harmless)) return;
  if (!pieces_[next].capital && (in(word, words::little) || word == "nuevamente" || word == "otra" || word == "again" || word == "there")) return;
  refuse("nombre", next, next + 1, {"La persona se llama " + std::string(facts_.nombre) + ".", "The guest's name is " + std::string(facts_.nombre) + "."});
}

void MessageCheck::check_people() {
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    if (is_any(at, words::greeting)) check_greeting(at);
  }
  const auto business = words_of(facts_.negocio);
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    const Piece& piece = pieces_[at];
    if (!fresh(at) || piece.kind != Piece::Kind::word || !piece.capital) continue;
    // A line's or sentence's first word is written large anyhow; only as an address ("Marta, te …") it is a name.
    const bool address = at == 0 && is_sign(1, ',') && !in(piece.folded, words::greeting);
    if ((piece.opens && !address) || in(piece.folded, words::common_names) || known_word(piece.folded)) continue;
    if (in(piece.folded, words::greeting)) continue;
    if (month_number(piece.folded) > 0 || weekday_number(piece.folded) > 0) continue;
    const auto is_it = [&](const std::string& word) { return piece.folded == word; };
    if (std::ranges::any_of(guest_words_, is_it) || std::ranges::any_of(business, is_it)) continue;
    refuse("nombre", at, at + 1,
           {"Ese nombre no está en los hechos (o escríbalo en minúsculas si no es un nombre).",
            "That name is not in the facts (or write it in small letters, if it is none)."});
  }
}

}  // namespace aremko::operations

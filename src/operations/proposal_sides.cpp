// For how many people and nights a message says its services and prices are: each unit that stands in it belongs to the
// service or the amount before it (after it, where none is before), and has to be true of that.

#include <algorithm>
#include <array>
#include <cmath>

#include "operations/proposal_rules.h"

namespace aremko::operations {

namespace {

constexpr auto per_words = std::to_array<std::string_view>({"por", "per", "cada"});

}  // namespace

/// "para 2 personas", "una noche", "por noche", "por persona", "each". A bare word ("buenas noches") is no unit.
std::optional<MessageCheck::UnitPhrase> MessageCheck::unit_phrase_at(std::size_t at) const {
  using enum UnitPhrase::Kind;
  if (is_word(at, "each")) return UnitPhrase{each, 1, at, at + 1};
  const bool per = is_any(at, per_words);
  if (per && is_any(at + 1, people_words)) return UnitPhrase{each, 1, at, at + 2};
  if (is_word(at, "cada") && (is_word(at + 1, "uno") || is_word(at + 1, "una"))) return UnitPhrase{each, 1, at, at + 2};
  const bool one = is_word(at, "una") || is_word(at, "one") || is_word(at, "y") || is_word(at, "a");
  if ((per || one) && is_any(at + 1, night_words)) return UnitPhrase{nights, 1, at, at + 2};
  if ((is_word(at, "una") || is_word(at, "one")) && is_any(at + 1, people_words)) return UnitPhrase{people, 1, at, at + 2};
  const auto figure = figure_at(pieces_, at);
  if (!figure || figure->to <= at) return std::nullopt;
  const int count = static_cast<int>(std::min(figure->value, 1e6));
  if (is_any(figure->to, people_words)) return UnitPhrase{people, count, at, figure->to + 1};
  if (is_any(figure->to, night_words)) return UnitPhrase{nights, count, at, figure->to + 1};
  return std::nullopt;
}

bool MessageCheck::is_amount(std::size_t at) const {
  const auto figure = figure_at(pieces_, at);
  return figure && figure->to > at && (figure->grouped || figure->scaled || (at > 0 && is_sign(at - 1, '$')));
}

/// The piece where the service or the amount begins that a unit is of.
std::optional<std::size_t> MessageCheck::bound_to(const UnitPhrase& phrase) const {
  const int segment = pieces_[phrase.from].segment;
  const auto said = [&](std::size_t at) { return mentions_.contains(at) || is_amount(at); };
  for (std::size_t at = phrase.from; at > 0 && pieces_[at - 1].segment == segment; --at) {
    if (said(at - 1)) return at - 1;
  }
  for (std::size_t at = phrase.to; at < pieces_.size() && pieces_[at].segment == segment; ++at) {
    if (said(at)) return at;
  }
  return std::nullopt;
}

/// Whether its price is one person's × who comes: a tub let whole is not, nor a cabin for one.
bool MessageCheck::is_shared(const OfferedService& service) {
  return service.unidad != "total" && service.precio == service.precio_unitario * service.personas;
}

bool MessageCheck::fits_service(const UnitPhrase& phrase, const Mention& mention) const {
  if (mention.services.empty()) return true;
  const auto fits = [&](int people, int nights, bool shared) {
    if (phrase.kind == UnitPhrase::Kind::each) return shared;
    return people == 0 || (phrase.kind == UnitPhrase::Kind::people ? people : nights) == phrase.count;
  };
  for (const Offer& offer : facts_.ofertas) {
    const bool whole = std::ranges::all_of(offer.servicios, [&](const OfferedService& service) {
      return std::ranges::find(mention.services, service.servicio_id) != mention.services.end();
    });
    if (whole && offer.personas > 0 && fits(offer.personas, offer.noches, false)) return true;
    if (mention.services.size() > 1 && !mention.kind) continue;
    for (const OfferedService& service : offer.servicios) {
      const bool named = std::ranges::find(mention.services, service.servicio_id) != mention.services.end();
      if (named && fits(service.personas, service.noches, is_shared(service))) return true;
    }
  }
  return false;
}

bool MessageCheck::fits_amount(const UnitPhrase& phrase, std::size_t at) {
  const auto figure = figure_at(pieces_, at);
  const auto all = amounts_of(subject(pieces_[at].segment));
  const auto [first, last] = all.equal_range(static_cast<Pesos>(std::min(std::round(figure->value), 1e15)));
  if (first == last) return true;  // no price of ours: refused as such
  return std::any_of(first, last, [&](const auto& one) {
    const Unit& unit = one.second;
    if (phrase.kind == UnitPhrase::Kind::each) return unit.each;
    return unit.people == 0 || (phrase.kind == UnitPhrase::Kind::people ? unit.people : unit.nights) == phrase.count;
  });
}

void MessageCheck::check_units() {
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    const auto phrase = unit_phrase_at(at);
    if (!phrase) continue;
    if (const auto of = bound_to(*phrase)) {
      const auto mention = mentions_.find(*of);
      const bool fits = mention != mentions_.end() ? fits_service(*phrase, mention->second) : fits_amount(*phrase, *of);
      if (!fits) {
        refuse("cantidad", phrase->from, phrase->to, {"No es para tantas personas o noches lo que nombra esta frase: diga lo de los hechos.",
                                                      "What this sentence names is not for so many people or nights: say what the facts say."});
      }
    }
    at = phrase->to - 1;
  }
}

}  // namespace aremko::operations

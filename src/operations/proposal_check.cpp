#include "operations/proposal_check.h"

#include <algorithm>

#include "base/text.h"
#include "operations/proposal_rules.h"

namespace aremko::operations {

namespace {

constexpr std::size_t most_problems = 20;

bool one_of(std::string_view word, std::span<const std::string_view> list) {
  return std::ranges::any_of(list, [&](std::string_view item) { return same_word(word, item); });
}

}  // namespace

MessageCheck::MessageCheck(std::string_view message, const ProposalFacts& facts,
                           std::span<const std::string_view> catalogue, std::string_view language)
    : message_(message), plain_(plain_forms(message)), facts_(facts), language_(language), pieces_(pieces_of(plain_)), used_(pieces_.size(), 0) {
  note_names(catalogue);
}

void MessageCheck::refuse(std::string_view code, std::size_t from, std::size_t to, Text why) {
  if (problems_.size() == most_problems) return;
  std::string_view quote;
  if (from < to) {
    const char* begin = pieces_[from].raw.data();
    const auto& last = pieces_[to - 1].raw;
    quote = {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
  }
  problems_.push_back({std::string(code), std::string(quote), why.in(language_)});
  std::fill(used_.begin() + static_cast<std::ptrdiff_t>(from), used_.begin() + static_cast<std::ptrdiff_t>(to), std::uint8_t{1});
}

std::vector<ProposalProblem> MessageCheck::run() {
  if (trim(message_).empty()) {
    refuse("falta", 0, 0, {"El mensaje está vacío.", "The message is empty."});
    return std::move(problems_);
  }
  if (message_.size() > most_message_bytes) {
    refuse("largo", 0, 0, {fmt::format("El mensaje es demasiado largo: {} bytes como máximo.", most_message_bytes),
                           fmt::format("The message is too long: {} bytes at most.", most_message_bytes)});
    return std::move(problems_);
  }
  if (!valid_utf8(message_)) {
    refuse("formato", 0, 0, {"El mensaje no es UTF-8 válido.", "The message is no valid UTF-8."});
    return std::move(problems_);
  }
  find_known_names();
  check_contacts();
  check_phrases();
  check_figures();
  check_calendar();
  check_units();
  check_last_service();
  check_gifts();
  check_services();
  check_people();
  check_complete();
  return std::move(problems_);
}

bool MessageCheck::is_word(std::size_t at, std::string_view word) const {
  return at < pieces_.size() && pieces_[at].kind == Piece::Kind::word && pieces_[at].folded == word;
}

bool MessageCheck::is_any(std::size_t at, std::span<const std::string_view> words) const {
  return at < pieces_.size() && pieces_[at].kind == Piece::Kind::word && one_of(pieces_[at].folded, words);
}

bool MessageCheck::is_sign(std::size_t at, char sign) const {
  return at < pieces_.size() && pieces_[at].kind == Piece::Kind::sign && pieces_[at].raw.front() == sign;
}

void MessageCheck::check_contacts() {
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    const Piece& piece = pieces_[at];
    const bool address = is_sign(at, '@') || is_any(at, words::link);
    // "aremko.cl": a point between two words without blanks.
    const bool domain = is_sign(at, '.') && piece.glued && at + 1 < pieces_.size() && pieces_[at + 1].glued &&
                        pieces_[at + 1].kind == Piece::Kind::word && at > 0 && pieces_[at - 1].kind == Piece::Kind::word;
    const bool phone = piece.kind == Piece::Kind::number && only_digits(piece.raw).size() >= 7 &&
                       piece.raw.find_first_of(".,-/:") == std::string_view::npos;
    const bool international = is_sign(at, '+') && at + 1 < pieces_.size() && pieces_[at + 1].kind == Piece::Kind::number;
    if (address || domain || phone || international) {
      refuse("contacto", at, std::min(pieces_.size(), at + (international ? 2U : 1U)),
             {"No ponga enlaces, teléfonos ni direcciones: no están en los hechos.",
              "No links, phones or addresses: they are not in the facts."});
    }
    if (is_sign(at, '<')) {
      refuse("formato", at, at + 1, {"Escriba texto simple, sin HTML.", "Write plain text, no HTML."});
    }
  }
}

/// Deadlines, scarcity and bargains that no fact stands behind, by their words.
void MessageCheck::check_phrases() {
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    if (used_[at]) continue;
    for (const words::Phrase& phrase : words::phrases) {
      std::size_t end = at;
      for (const std::string_view word : split(phrase.words, ' ')) {
        if (end >= pieces_.size() || pieces_[end].kind == Piece::Kind::sign || pieces_[end].folded != word) {
          end = 0;
          break;
        }
        ++end;
      }
      if (end == 0) continue;
      if (phrase.code == "plazo") {
        refuse("plazo", at, end, {"Los hechos no ponen plazo ni cupos: quítelo.", "The facts set no deadline and no scarcity: leave it out."});
      } else {
        refuse("descuento", at, end, only_discount());
      }
      break;
    }
    if (facts_.descuento_porcentaje == 0 && !used_[at] && is_any(at, words::discount)) refuse("descuento", at, at + 1, only_discount());
  }
}

Text MessageCheck::only_discount() const {
  if (facts_.descuento_porcentaje == 0) return {"No hay ningún descuento que ofrecer.", "There is no discount to offer."};
  return {fmt::format("El único descuento es de {} %.", facts_.descuento_porcentaje),
          fmt::format("The only discount is {} %.", facts_.descuento_porcentaje)};
}

/// "Regalo" and "gratis" are for the gift of the facts, named beside them.
void MessageCheck::check_gifts() {
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    if (used_[at] || !is_any(at, words::gift)) continue;
    const int segment = pieces_[at].segment;
    if (facts_.regalo && gift_segments_.contains(segment)) continue;
    if (facts_.regalo) {
      refuse("regalo", at, at + 1, {"El único regalo es «" + std::string(*facts_.regalo) + "»: nómbrelo en la misma frase.",
                                    "The only gift is \"" + std::string(*facts_.regalo) + "\": name it in the same sentence."});
    } else {
      refuse("regalo", at, at + 1, {"No hay ningún regalo que ofrecer.", "There is no gift to offer."});
    }
  }
}

void MessageCheck::check_complete() {
  const bool named = std::ranges::any_of(pieces_, [&](const Piece& piece) {
    return piece.kind == Piece::Kind::word && !guest_words_.empty() && piece.folded == guest_words_.front();
  });
  if (!named && !guest_words_.empty()) {
    refuse("falta", 0, 0, {"Salude por su nombre: " + facts_.primer_nombre + ".", "Greet them by name: " + facts_.primer_nombre + "."});
  }
  if (facts_.ofertas.empty()) return;
  const bool offers = std::ranges::any_of(names_, [](const KnownName& name) { return name.found && !name.services.empty(); });
  if (!offers) {
    refuse("falta", 0, 0, {"No nombra ninguno de los servicios que se ofrecen: «" + facts_.ofertas.front().nombre + "».",
                           "It names none of the services on offer: \"" + facts_.ofertas.front().nombre + "\"."});
  }
}

std::vector<ProposalProblem> check_message(std::string_view message, const ProposalFacts& facts,
                                           std::span<const std::string_view> catalogue, std::string_view language) {
  return MessageCheck(message, facts, catalogue, language).run();
}

}  // namespace aremko::operations

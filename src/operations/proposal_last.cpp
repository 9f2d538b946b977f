// What a message says of the last visit: its date, how long ago it was and what was had then, and nothing else.

#include <algorithm>
#include <array>

#include "normalize/text.h"
#include "operations/proposal_rules.h"

namespace aremko::operations {

namespace {

/// Folded, between blanks: of the last visit, or of not having come since.
constexpr auto last_cues = std::to_array<std::string_view>(
    {" ultimo ", " ultima ", " ultimos ", " ultimas ", " no vienes ", " no viene ", " no venias ", " no has venido ", " no has vuelto ",
     " no vuelves ", " no nos visitas ", " no nos has visitado ", " no te vemos ", " no te hemos visto ", " no te veiamos ",
     " no sabemos de ti ", " no pasas ", " sin verte ", " sin ti ", " sin venir ", " sin visitarnos ", " sin tu visita ",
     " sin vernos ", " sin saber de ti ", " te fuiste ", " desde que ", " desde hace ", " extranamos desde ", " extranamos hace ",
     " echamos de menos ", " han pasado ", " ha pasado ", " pasaron ", " last ", " haven t ", " havent ", " have not ", " hasn t ",
     " not seen you ", " without you ", " without seeing you ", " missed you ", " it s been ", " its been ", " it has been ",
     " been away ", " you left "});
/// Of the first visit, or of being a guest all along.
constexpr auto all_along = std::to_array<std::string_view>(
    {" primera visita ", " primera vez ", " first visit ", " first time ", " nos visitas desde ", " vienes desde ", " eres ", " nos conoces ",
     " te conocemos ", " nos acompanas ", " nos prefieres ", " nos has visitado desde "});
/// What a sentence begins with that goes on with the one before.
constexpr auto going_on = std::to_array<std::string_view>({"fue", "hace", "el", "en", "desde", "on", "in", "was", "it", "con", "with"});

bool has(std::string_view text, std::span<const std::string_view> cues) {
  return std::ranges::any_of(cues, [&](std::string_view cue) { return text.contains(cue); });
}

}  // namespace

bool MessageCheck::last_by_cue(int segment) const {
  std::string text = " ";
  for (const Piece& piece : pieces_) {
    if (piece.segment == segment && piece.kind == Piece::Kind::word) text += piece.folded + " ";
  }
  if (text.contains(" ultim") || text.contains(" last ") || text.contains(" no vienes ")) return has(text, last_cues);
  return has(text, last_cues) && !has(text, all_along);
}

/// By its own words, or going on with the sentence before that does.
bool MessageCheck::speaks_of_last(int segment) const {
  if (last_by_cue(segment)) return true;
  const auto first = std::ranges::find(pieces_, segment, &Piece::segment);
  if (first == pieces_.begin() || first == pieces_.end()) return false;
  if (std::ranges::find(going_on, first->folded) == going_on.end()) return false;
  return last_by_cue(std::prev(first)->segment);
}

/// "Tu última visita, con Masaje Relajante": the service named with it is the last one.
void MessageCheck::check_last_service() {
  if (!facts_.ultimo_servicio) return;
  constexpr auto adjectives = std::to_array<std::string_view>({"ultimo", "ultima", "last"});
  const std::string last = normalize::fold(*facts_.ultimo_servicio);
  for (const auto& [at, mention] : mentions_) {
    const int segment = pieces_[at].segment;
    const bool said = std::ranges::any_of(pieces_, [&](const Piece& piece) {
      return piece.segment == segment && std::ranges::find(adjectives, piece.folded) != adjectives.end();
    });
    if (!said) continue;
    const auto words = normalize::tokens(last);
    const bool right = mention.kind ? std::any_of(words.begin(), words.end(), [&](std::string_view word) { return same_word(word, mention.name); })
                                    : mention.name == last;
    if (right) continue;
    refuse("servicio", at, mention.end, {"En la última visita fue «" + std::string(*facts_.ultimo_servicio) + "».",
                                         "At the last visit it was \"" + std::string(*facts_.ultimo_servicio) + "\"."});
  }
}

}  // namespace aremko::operations

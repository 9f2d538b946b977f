// The numbers in a message: money, percentages, durations, spans of time and counts.

#include <algorithm>
#include <cmath>

#include "analytics/price.h"
#include "base/spoken.h"
#include "operations/proposal_rules.h"

namespace aremko::operations {

namespace {

constexpr auto money_words = std::to_array<std::string_view>({"peso", "clp", "luca", "lucas"});
constexpr auto foreign_words = std::to_array<std::string_view>({"usd", "dolar", "dollar", "euro", "uf", "utm"});
constexpr auto visit_words = std::to_array<std::string_view>({"visita", "vez", "veces", "visit", "time", "reserva", "reservation", "ocasion", "oportunidad"});
constexpr auto hour_words = std::to_array<std::string_view>({"hora", "hour", "hrs", "hr", "h"});
constexpr auto minute_words = std::to_array<std::string_view>({"minuto", "minute", "min", "mins"});

/// Days in a unit of time; 0 when it is none.
double unit_days(std::string_view word) {
  if (same_word(word, "decada") || same_word(word, "decade")) return 3652.5;
  if (same_word(word, "lustro")) return 1826.25;
  if (same_word(word, "ano") || same_word(word, "year")) return 365.25;
  if (same_word(word, "mes") || same_word(word, "month")) return 30.44;
  if (same_word(word, "semana") || same_word(word, "week")) return 7;
  if (same_word(word, "dia") || same_word(word, "day")) return 1;
  return 0;
}

template <class Amounts>
std::string listed(const Amounts& amounts, std::string_view language) {
  std::string out;
  Pesos before = 0;
  for (const auto& [amount, unit] : amounts) {
    if (amount != before) out += (out.empty() ? "" : ", ") + spoken_money(amount, language);
    before = amount;
  }
  return out;
}

}  // namespace

/// With no subject, every amount of the facts; with one, those of the services and offers it names.
std::multimap<Pesos, MessageCheck::Unit> MessageCheck::amounts_of(const Subject& subject) const {
  std::multimap<Pesos, Unit> out;
  const auto named = [&](const OfferedService& service) {
    if (subject.empty() || subject.services.contains(service.servicio_id)) return true;
    return std::ranges::any_of(subject.kinds, [&](const std::string& kind) { return kind == service.tipo_servicio || (kind == "alojamiento" && service.tipo_servicio == "cabana"); });
  };
  for (const Offer& offer : facts_.ofertas) {
    for (const OfferedService& service : offer.servicios) {
      if (!named(service)) continue;
      out.emplace(service.precio, Unit{service.personas, service.noches, false});
      if (service.personas > 0 && is_shared(service)) out.emplace(service.precio_unitario, Unit{service.personas, service.noches, true});
    }
    if (!std::ranges::all_of(offer.servicios, named)) continue;
    for (const Pesos amount : {offer.precio_lista, offer.precio_oferta}) out.emplace(amount, Unit{offer.personas, offer.noches, false});
    out.emplace(offer.ahorro, Unit{});
  }
  out.erase(0);
  return out;
}

bool MessageCheck::take_money(const Figure& figure) {
  const bool signed_before = figure.from > 0 && (is_sign(figure.from - 1, '$') || is_any(figure.from - 1, money_words));
  const bool named_after = is_any(figure.to, money_words) || (is_word(figure.to, "de") && is_any(figure.to + 1, money_words));
  const bool foreign = is_any(figure.to, foreign_words) || (figure.from > 0 && is_any(figure.from - 1, foreign_words)) ||
                       (figure.from > 1 && is_any(figure.from - 2, foreign_words));
  const bool year = !figure.spelled && !figure.grouped && !figure.scaled && figure.value >= 1900 && figure.value <= 2100;
  const bool large = figure.value >= 1000 && !year;
  if (!signed_before && !named_after && !foreign && !large && !figure.scaled) return false;
  const std::size_t from = figure.from - (signed_before ? 1 : 0);
  const std::size_t to = figure.to + (named_after || (foreign && is_any(figure.to, foreign_words)) ? 1 : 0);
  if (foreign) {
    refuse("precio", from, to, {"Los precios son en pesos chilenos.", "Prices are in Chilean pesos."});
    return true;
  }
  const Subject& about = subject(pieces_[figure.from].segment);
  const auto allowed = amounts_of(about);
  const double whole = std::round(figure.value);
  if (std::abs(whole - figure.value) < 1e-6 && whole < 1e15 && allowed.contains(static_cast<Pesos>(whole))) {
    const auto amount = static_cast<Pesos>(whole);
    const auto [first, last] = allowed.equal_range(amount);
    const int segment = pieces_[figure.from].segment;
    if (std::any_of(first, last, [&](const auto& one) { return says_unit(segment, one.second); })) use(from, to);
    else refuse("precio", from, to, only_units(amount, allowed));
    return true;
  }
  const bool elsewhere = amounts_of({}).contains(static_cast<Pesos>(std::min(whole, 1e15)));
  if (elsewhere && !about.empty()) {
    refuse("precio", from, to, {"Ese precio es de otra oferta. Lo que nombra esta frase vale: " + listed(allowed, "es") + ".",
                                "That price is another offer's. What this sentence names costs: " + listed(allowed, "en") + "."});
  } else if (allowed.empty()) {
    refuse("precio", from, to, {"No hay ningún precio para lo que nombra esta frase.", "There is no price for what this sentence names."});
  } else {
    refuse("precio", from, to, {"Ese precio no existe. Los que hay: " + listed(allowed, "es") + ".",
                                "There is no such price. There are: " + listed(allowed, "en") + "."});
  }
  return true;
}

bool MessageCheck::take_percent(const Figure& figure) {
  std::size_t end = figure.to;
  if (is_sign(end, '%')) end += 1;
  else if (is_word(end, "por") && (is_word(end + 1, "ciento") || is_word(end + 1, "cien"))) end += 2;
  else if (is_word(end, "percent") || is_word(end, "porciento")) end += 1;
  else return false;
  if (facts_.descuento_porcentaje > 0 && figure.value == facts_.descuento_porcentaje) use(figure.from, end);
  else refuse("descuento", figure.from, end, only_discount());
  return true;
}

void MessageCheck::judge_duration(std::size_t from, std::size_t to, int minutes) {
  const Subject& about = subject(pieces_[from].segment);
  std::string known_es;
  for (const Offer& offer : facts_.ofertas) {
    for (const OfferedService& service : offer.servicios) {
      if (!about.services.empty() && !about.services.contains(service.servicio_id)) continue;
      if (service.duracion == minutes) return use(from, to);
      known_es += fmt::format("{}{} {} min", known_es.empty() ? "" : ", ", service.nombre, service.duracion);
    }
  }
  refuse("duracion", from, to, {"Esa duración no es la del servicio: " + known_es + ".", "That is not the service's duration: " + known_es + "."});
}

bool MessageCheck::take_duration(const Figure& figure) {
  const bool hours = is_any(figure.to, hour_words);
  if (!hours && !is_any(figure.to, minute_words)) return false;
  std::size_t end = figure.to + 1;
  double minutes = figure.value * (hours ? 60 : 1);
  if (hours && is_word(end, "y") && is_word(end + 1, "media")) {
    minutes += 30;
    end += 2;
  } else if (hours && is_word(end, "y")) {
    const auto more = end + 1 < pieces_.size() ? figure_at(pieces_, end + 1) : std::nullopt;
    if (more && is_any(more->to, minute_words)) {
      minutes += more->value;
      end = more->to + 1;
    }
  }
  judge_duration(figure.from, end, static_cast<int>(std::min(minutes, 1e6)));
  return true;
}

/// "2 personas", "una noche": what some offer is for.
bool MessageCheck::judge_party(std::size_t from, std::size_t to, int count, bool nights) {
  bool units = false;
  for (const Offer& offer : facts_.ofertas) {
    for (const OfferedService& service : offer.servicios) {
      units = units || service.personas > 0;
      if ((nights ? service.noches : service.personas) == count) return use(from, to), true;
    }
    if ((nights ? offer.noches : offer.personas) == count) return use(from, to), true;
  }
  if (!units) return false;
  refuse("cantidad", from, to, nights ? Text{"Esas noches no son las de la oferta.", "Those are not the offer's nights."}
                                      : Text{"Esas personas no son las de la oferta.", "The offer is for another number of people."});
  return true;
}

bool MessageCheck::take_party(const Figure& figure) {
  const bool the_two = figure.value == 2 && figure.from > 0 && (is_word(figure.from - 1, "los") || is_word(figure.from - 1, "las"));
  if (the_two) return judge_party(figure.from, figure.to, 2, false);
  const bool nights = is_any(figure.to, night_words);
  if (!nights && !is_any(figure.to, people_words)) return false;
  return judge_party(figure.from, figure.to + 1, static_cast<int>(std::min(figure.value, 1e6)), nights);
}

/// Whether the amount's sentence, or one beside it, says for whom it is, and of a night that it is one.
bool MessageCheck::says_unit(int segment, const Unit& unit) const {
  if (unit.people == 0) return true;
  bool people = false, night = unit.nights == 0;
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    const Piece& piece = pieces_[at];
    const int apart = piece.segment - segment;
    if (apart < -1 || apart > 1 || piece.kind == Piece::Kind::sign) continue;
    night = night || is_any(at, night_words);
    if (unit.each) {
      const bool before = at > 0 && (is_word(at - 1, "por") || is_word(at - 1, "per") || is_word(at - 1, "cada"));
      people = people || (apart == 0 && (is_word(at, "each") || (before && (is_any(at, people_words) || is_word(at, "uno") || is_word(at, "una")))));
      continue;
    }
    const bool pair = piece.folded == "pareja" || piece.folded == "ambos" || piece.folded == "couple" || piece.folded == "both";
    if (pair && unit.people == 2) people = true;
    if (const auto figure = figure_at(pieces_, at); figure && figure->from == at && is_any(figure->to, people_words)) {
      people = people || figure->value == unit.people;
    }
    const bool one = is_word(at, "una") || is_word(at, "one");
    people = people || (one && unit.people == 1 && is_any(at + 1, people_words));
    people = people || (unit.people == 2 && (is_word(at, "dos") || is_word(at, "two")) && at > 0 && (is_word(at - 1, "para") || is_word(at - 1, "los") || is_word(at - 1, "for")));
  }
  return people && night;
}

Text MessageCheck::only_units(Pesos amount, const std::multimap<Pesos, Unit>& allowed) const {
  Text out;
  const auto [first, last] = allowed.equal_range(amount);
  for (auto one = first; one != last; ++one) {
    const Unit& unit = one->second;
    const Text said = unit.each ? Text{unit.nights > 0 ? "por persona y por noche" : "por persona", unit.nights > 0 ? "per person and night" : "per person"}
                          : analytics::for_whom(unit.people, unit.nights);
    if (out.es.contains(said.es)) continue;
    out.es += (out.es.empty() ? "" : " o ") + said.es;
    out.en += (out.en.empty() ? "" : " or ") + said.en;
  }
  return {"Diga junto al precio para quién es: " + out.es + ".", "Say beside the price for whom it is: " + out.en + "."};
}

void MessageCheck::judge_elapsed(std::size_t from, std::size_t to, double days, double unit) {
  // One unit's grace, a year at most: "hace 3 años" and "hace 4 años" are both said of three and a half.
  unit = std::min(unit, 365.25);
  const auto near = [&](Date since) {
    return since.known() && std::abs(facts_.as_of.date().days - since.days - days) < unit;
  };
  const Date next = facts_.proxima_reserva.date();
  const bool last = speaks_of_last(pieces_[from].segment);
  if (near(facts_.ultima_visita) || (!last && near(facts_.primera_visita)) ||
      (next.known() && std::abs(next.days - facts_.as_of.date().days - days) < 1) ||
      (!last && std::ranges::any_of(facts_.favoritos, [&](const FavouriteFact& favourite) { return near(favourite.ultima_reserva); }))) {
    return use(from, to);
  }
  Text why{"Ese tiempo no está en los hechos.", "That span of time is not in the facts."};
  if (facts_.dias_sin_venir) {
    why.es += " La última visita fue hace " + how_long(*facts_.dias_sin_venir, facts_.as_of.date(), "es") + ".";
    why.en += " The last visit was " + how_long(*facts_.dias_sin_venir, facts_.as_of.date(), "en") + " ago.";
  }
  refuse("fecha", from, to, why);
}

bool MessageCheck::take_elapsed(const Figure& figure) {
  // "un par de años"
  const std::size_t at = figure.to + (is_word(figure.to, "de") ? 1 : 0);
  const double unit = at < pieces_.size() && pieces_[at].kind == Piece::Kind::word ? unit_days(pieces_[at].folded) : 0;
  if (unit == 0) return false;
  judge_elapsed(figure.from, at + 1, figure.value * unit, unit);
  return true;
}

bool MessageCheck::take_count(const Figure& figure) {
  if (!is_any(figure.to, visit_words)) return false;
  const auto is_it = [&](std::int64_t count) { return static_cast<double>(count) == figure.value; };
  const bool favourite = std::ranges::any_of(facts_.favoritos, [&](const FavouriteFact& fact) { return is_it(fact.veces_reservado); });
  if (is_it(facts_.total_visitas) || favourite) {
    use(figure.from, figure.to + 1);
  } else {
    refuse("cantidad", figure.from, figure.to + 1,
           {fmt::format("Esa cantidad no está en los hechos, que dicen {}.", counted(facts_.total_visitas, "visita", "visitas")),
            fmt::format("That count is not in the facts, which say {}.", counted(facts_.total_visitas, "visit", "visits"))});
  }
  return true;
}

/// "una hora", "media hora", "hora y media", "un año": numbers without a number word.
bool MessageCheck::take_articles(std::size_t at) {
  const auto unit = [&](std::size_t i) {
    return i < pieces_.size() && pieces_[i].kind == Piece::Kind::word ? unit_days(pieces_[i].folded) : 0.0;
  };
  if (is_word(at, "media") && is_any(at + 1, hour_words)) return judge_duration(at, at + 2, 30), true;
  if (is_any(at, hour_words) && is_word(at + 1, "y") && is_word(at + 2, "media")) return judge_duration(at, at + 3, 90), true;
  if (is_word(at, "half") && is_word(at + 1, "an") && is_any(at + 2, hour_words)) return judge_duration(at, at + 3, 30), true;
  if (!is_word(at, "un") && !is_word(at, "una") && !is_word(at, "one") && !is_word(at, "an")) return false;
  if (is_any(at + 1, people_words)) return judge_party(at, at + 2, 1, false);
  if (is_any(at + 1, night_words)) return judge_party(at, at + 2, 1, true);
  if (is_any(at + 1, hour_words)) {
    const bool half = is_word(at + 2, "y") && is_word(at + 3, "media");
    return judge_duration(at, at + (half ? 4 : 2), half ? 90 : 60), true;
  }
  // "un día especial" is no span; "hace un año" is.
  const bool ago = (at > 0 && is_word(at - 1, "hace")) || is_word(at + 2, "ago");
  if (unit(at + 1) > 0 && ago) return judge_elapsed(at, at + 2, unit(at + 1), unit(at + 1)), true;
  return false;
}

void MessageCheck::check_figures() {
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    if (!fresh(at) || take_articles(at)) continue;
    // "2x1", "3 x 2"
    if (pieces_[at].kind == Piece::Kind::number && is_word(at + 1, "x") && at + 2 < pieces_.size() &&
        pieces_[at + 2].kind == Piece::Kind::number) {
      refuse("descuento", at, at + 3, only_discount());
      continue;
    }
    const auto figure = figure_at(pieces_, at);
    if (!figure) {
      if (pieces_[at].kind == Piece::Kind::number) take_written_date(at);
      continue;
    }
    const std::size_t end = std::max(figure->to, at + 1);
    if (take_percent(*figure) || take_party(*figure) || take_duration(*figure) || take_elapsed(*figure) || take_count(*figure) ||
        take_date(&*figure, at) || take_money(*figure)) {
      at = end - 1;
      continue;
    }
    // A list's own numbers: "1." or "2)" at the beginning of a line.
    if (pieces_[at].opens && figure->value <= 9 && (is_sign(end, '.') || is_sign(end, ')'))) continue;
    if (figure->value == 1) continue;
    refuse("cantidad", at, end, {"Ese número no está en los hechos: quítelo.", "That number is not in the facts: leave it out."});
    at = end - 1;
  }
}

}  // namespace aremko::operations

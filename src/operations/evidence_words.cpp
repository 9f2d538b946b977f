#include "operations/evidence_words.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "normalize/text.h"

namespace aremko::operations {

namespace {

using identity::Evidence;
using identity::Field;

constexpr double most_told = 1'000'000;  // chances below one in so many mean nothing to a reader
constexpr double little = 3;  // log-odds below which agreement "counts for little"

// 20.000 as people say it: two digits that matter.
std::string rounded(double number, char separator) {
  const double unit = std::pow(10, std::max(0.0, std::floor(std::log10(std::max(1.0, number))) - 1));
  std::string digits = fmt::format("{:.0f}", std::round(number / unit) * unit);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), 1, separator);
  return digits;
}

Text weight(const Evidence& evidence) {
  if (evidence.log_odds < 0) return {": aun así no habla a favor", ": even so it does not speak for it"};
  return evidence.log_odds < little ? Text{": cuenta poco", ": it counts for little"} : Text{};
}

Text joined(const Text& a, const Text& b) { return {a.es + b.es, a.en + b.en}; }

/// The words of `name` that `other` has not, in their order.
std::string words_without(std::string_view name, std::string_view other) {
  const std::string folded = normalize::fold(other);
  const auto theirs = normalize::tokens(folded);
  std::string out;
  for (const std::string_view word : normalize::tokens(name)) {
    if (std::ranges::find(theirs, normalize::fold(word)) != theirs.end()) continue;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

/// ` (Rojas)`, ` (Daniel / Daniela)`; nothing where no word differs.
std::string differing(const Names& names) {
  const std::string mine = words_without(names.legacy, names.current);
  const std::string theirs = words_without(names.current, names.legacy);
  if (mine.empty() && theirs.empty()) return {};
  return fmt::format(" ({}{}{})", mine, mine.empty() || theirs.empty() ? "" : " / ", theirs);
}

/// Not where it speaks for it all the same: nobody believes two things at once.
Text often_another(const Evidence& evidence) {
  return evidence.log_odds > 0 ? Text{} : Text{": suele ser otra persona", ": mostly another person"};
}

/// Of two words and more that one name lacks, whether the last is that of a surname: the other name ends in it.
bool lacks_surname_too(const Names& names) {
  for (const auto& [whole, rest] : {std::pair(names.legacy, names.current), std::pair(names.current, names.legacy)}) {
    const std::string lacking = normalize::fold(words_without(whole, rest));
    if (!lacking.contains(' ')) continue;
    const std::string folded = normalize::fold(whole);
    const std::string_view last = std::string_view(lacking).substr(lacking.rfind(' ') + 1);
    if (last == std::string_view(folded).substr(folded.rfind(' ') + 1)) return true;
  }
  return false;
}

Text name(const Evidence& evidence, const Names& names) {
  const std::string_view level = evidence.level;
  if (level == "exact") {
    if (evidence.one_in > most_told / 10) return {"Mismo nombre, que casi nadie más lleva", "Same name, which hardly anybody else has"};
    const bool common = evidence.one_in < 5'000;
    return {fmt::format("Mismo nombre{} (lo lleva 1 de cada {} personas){}", common ? ", pero es muy común" : "", rounded(evidence.one_in, '.'),
                        common && evidence.log_odds < little ? ": cuenta poco" : ""),
            fmt::format("Same name{} (1 in {} people has it){}", common ? ", but a very common one" : "", rounded(evidence.one_in, ','),
                        common && evidence.log_odds < little ? ": it counts for little" : "")};
  }
  if (level == "cut") return {"Uno de los nombres termina donde el otro tiene su primera ñ: el resto se perdió", "One name ends where the other has its first ñ: the rest was lost"};
  if (level == "short") return {"A uno de los nombres le falta el último apellido", "One name lacks the last surname"};
  if (level == "second") {
    if (lacks_surname_too(names)) return {"A uno de los nombres le faltan el segundo nombre de pila y el último apellido", "One name lacks the second given name and the last surname"};
    return {"A uno de los nombres le falta el segundo nombre de pila", "One name lacks the second given name"};
  }
  if (level == "gap") return joined({"A uno de los nombres le falta el primer apellido o el primer nombre", "One name lacks the first surname or the first given name"}, often_another(evidence));
  if (level == "similar") return {"El mismo nombre salvo una falta de escritura, un apodo o una inicial", "The same name but for a misspelling, a nickname or an initial"};
  if (level == "weak") return {"Nombres parecidos, pero ninguna palabra es igual", "Similar names, but no word is the same"};
  if (level == "half") return {"Coincide parte del nombre, y parte es otra", "A part of the name agrees, and a part is another"};
  if (level == "given") return {"Solo coincide el nombre de pila: los apellidos son otros", "Only the given name agrees: the surnames are others"};
  if (level == "surname") return {"Solo coincide el apellido: puede ser familia", "Only the surname agrees: it may be family"};
  if (level == "single") return {"Uno de los dos tiene una sola palabra de nombre, y coincide", "One of the two has a single word for a name, and it agrees"};
  if (level == "missing") return {"Uno de los dos no tiene nombre", "One of the two has no name"};
  return {"Nombres distintos", "Different names"};
}

Text contact(const Evidence& evidence, const Text& same, const Text& other) {
  if (evidence.level == "exact_named") {
    return joined(same, {", pero está hecho solo del nombre: dos tocayos podrían tenerlo parecido", ", but it is made of the name alone: two namesakes might have one like it"});
  }
  if (evidence.level == "exact") {
    if (evidence.names < 2) return joined(same, weight(evidence));
    return joined(same, joined({fmt::format(", pero lo comparten {} nombres", evidence.names), fmt::format(", but {} names share it", evidence.names)},
                               evidence.log_odds < little ? weight(evidence) : Text{": cuenta menos", ": it counts for less"}));
  }
  return other;
}

Text phone(const Evidence& evidence) {
  Text other{"Teléfonos distintos", "Different phones"};
  if (evidence.log_odds > -1.5) other = joined(other, {": la gente cambia de número, dice poco", ": people change numbers, it says little"});
  if (evidence.level == "typo") other = {"Teléfonos casi iguales: cambia una cifra", "Nearly the same phone: one digit differs"};
  if (evidence.level == "tail") other = {"Los teléfonos terminan en las mismas siete cifras", "The phones end in the same seven digits"};
  return contact(evidence, {"Mismo teléfono", "Same phone"}, other);
}

Text email(const Evidence& evidence) {
  Text other{"E-mails distintos", "Different e-mails"};
  if (evidence.level.starts_with("local")) other = {"El mismo e-mail en otro proveedor", "The same e-mail at another provider"};
  if (evidence.level.starts_with("typo")) other = {"E-mails casi iguales", "Nearly the same e-mail"};
  if (evidence.level.starts_with("similar")) other = {"E-mails parecidos", "Similar e-mails"};
  return contact(evidence, {"Mismo e-mail", "Same e-mail"}, other);
}

Text rut(const Evidence& evidence) {
  if (evidence.level == "exact") return {"Mismo RUT o documento", "Same RUT or document"};
  if (evidence.level == "typo") return {"RUT o documento casi iguales: cambia un dígito", "Nearly the same RUT or document: one digit differs"};
  if (evidence.level == "near") return {"RUT o documento parecidos: cambian dos dígitos", "Similar RUTs or documents: two digits differ"};
  if (evidence.level == "different") return {"Documentos distintos", "Different documents"};
  return {"RUT distintos, los dos válidos: son dos personas, salvo que uno dio el de otro", "Different RUTs, both valid: two people, unless one gave another's"};
}

Text city(const Evidence& evidence) {
  if (evidence.level == "different") return {"Ciudades distintas", "Different towns"};
  return joined({"Misma ciudad", "Same town"}, weight(evidence));
}

}  // namespace

std::string_view field_name(Field field) {
  switch (field) {
    case Field::name: return "nombre";
    case Field::phone: return "telefono";
    case Field::email: return "email";
    case Field::rut: return "documento_identidad";
    case Field::city: return "ciudad";
    case Field::prior: return "punto_de_partida";
    case Field::household: return "hogar";
    case Field::rivals: return "otros_candidatos";
    case Field::calibration: return "calibracion";
    case Field::ceiling: return "limite";
  }
  return "";
}

Text words_for(const Evidence& evidence, const Names& names) {
  switch (evidence.field) {
    case Field::name: {
      const std::string differ = evidence.level == "exact" || evidence.level == "missing" ? std::string() : differing(names);
      if (evidence.level == "gap" && differ.empty() && !names.legacy.empty()) {
        return joined({"Los mismos apellidos en otro orden", "The same surnames in the other order"}, often_another(evidence));
      }
      return joined(name(evidence, names), {differ, differ});
    }
    case Field::phone: return phone(evidence);
    case Field::email: return email(evidence);
    case Field::rut: return rut(evidence);
    case Field::city: return city(evidence);
    case Field::prior: {
      const double pairs = 1 + std::exp(-evidence.log_odds);
      if (pairs > most_told) {
        return {"Punto de partida: dos registros al azar casi nunca son la misma persona", "Starting point: two records at random are hardly ever one person"};
      }
      return {fmt::format("Punto de partida: de {} pares de registros al azar, uno es la misma persona", rounded(pairs, '.')),
              fmt::format("Starting point: of {} pairs of records at random, one is the same person", rounded(pairs, ','))};
    }
    case Field::household:
      return {"Quienes viven juntos comparten contactos, y un número puede cambiar de dueño", "People who live together share contacts, and a number may change hands"};
    case Field::rivals:
      if (evidence.level == "group") {
        return evidence.log_odds < 0 ? Text{"Otras fichas parecidas dicen menos de este par", "Other rows like these say less of this pair"}
                                     : Text{"Otras fichas parecidas apoyan este par", "Other rows like these support this pair"};
      }
      return evidence.log_odds < 0 ? Text{"Hay otras candidatas parecidas", "There are other candidates like it"}
                                   : Text{"Ninguna otra candidata se le acerca", "No other candidate comes near"};
    case Field::calibration:
      return {"Ajuste aprendido de pares cuyo RUT se conoce y de las decisiones del equipo", "Adjustment learned from pairs whose RUT is known and from the team's decisions"};
    case Field::ceiling:
      if (evidence.level == "two_ids") {
        return {"Límite: con dos RUT válidos distintos decide una persona", "Ceiling: with two different valid RUTs a person decides"};
      }
      if (evidence.level == "other_given_name") {
        return {"Límite: comparten un contacto o el RUT pero el nombre de pila es otro; decide una persona",
                "Ceiling: they share a contact or the RUT but the given name is another; a person decides"};
      }
      if (evidence.level == "couple") return {"Límite: uno de los nombres es de dos personas; decide una persona", "Ceiling: one of the names is two people's; a person decides"};
      if (evidence.level == "relative") return {"Límite: uno de los nombres dice ser de otra persona (hija de, esposa de); decide una persona", "Ceiling: one of the names says it is another person's (daughter of, wife of); a person decides"};
      if (evidence.level == "part_of_name") {
        return {"Límite: solo parte del nombre coincide, como entre parientes", "Ceiling: only a part of the name agrees, as among relatives"};
      }
      if (evidence.level == "misspelt") {
        return {"Límite: los nombres difieren en unas letras y ningún contacto coincide: puede ser otra familia",
                "Ceiling: the names differ by a few letters and no contact agrees: it may be another family"};
      }
      if (evidence.level == "bare_surname") return {"Límite: uno de los nombres es solo un apellido, que lleva toda una casa", "Ceiling: one of the names is a surname alone, which a whole household bears"};
      if (evidence.level == "organisation") return {"Límite: es una empresa o institución, y pueden ser dos sedes", "Ceiling: it is a firm or an institution, and may be two branches"};
      if (evidence.level == "another_document") return {"Límite: los documentos son distintos y ningún contacto coincide", "Ceiling: the documents differ and no contact agrees"};
      if (evidence.level == "shared_contact") {
        return {"Límite: uno de los nombres es de una sola palabra y el contacto es de varios; decide una persona",
                "Ceiling: one of the names is a single word and the contact is several people's; a person decides"};
      }
      return {"Límite: con esta clase de pruebas no se afirma más", "Ceiling: evidence of this kind claims no more"};
  }
  return {};
}

Text summary_of(const identity::Candidate& candidate, const Names& names, bool rejected) {
  const Evidence* best = nullptr;
  const Evidence* worst = nullptr;
  const Evidence* held_back = nullptr;  // a ceiling that has a cause of its own
  for (const Evidence& evidence : candidate.evidence) {
    if (evidence.field == Field::ceiling && evidence.level != "ceiling") held_back = &evidence;
    if (evidence.field > Field::city) continue;
    // What is told as a contradiction is not given as a reason for it.
    const bool speaks_for = evidence.log_odds > 0 && !evidence.reason.ends_with("_conflict");
    if (speaks_for && (best == nullptr || evidence.log_odds > best->log_odds)) best = &evidence;
    if (evidence.log_odds < 0 && (worst == nullptr || evidence.log_odds < worst->log_odds)) worst = &evidence;
  }
  const bool high = candidate.confidence >= identity::high_confidence;
  Text out = high ? Text{"Es la misma persona, con alta confianza", "The same person, with high confidence"}
             : candidate.confidence >= identity::medium_confidence
                 ? Text{"Probablemente la misma persona: conviene que alguien lo confirme", "Probably the same person: somebody should confirm it"}
                 : Text{"No hay pruebas suficientes para decir que es la misma persona", "Not enough evidence to say it is the same person"};
  if (rejected) out = {"Alguien decidió que no es la misma persona", "Somebody decided that it is not the same person"};
  if (best != nullptr) {
    const Text words = words_for(*best, names);
    out = joined(out, {". A favor: " + words.es, ". For: " + words.en});
  }
  if (worst != nullptr) {
    const Text words = words_for(*worst, names);
    out = joined(out, {". En contra: " + words.es, ". Against: " + words.en});
  }
  if (held_back != nullptr) {
    const Text words = words_for(*held_back, names);
    out = joined(out, {". " + words.es, ". " + words.en});
  }
  return joined(out, {".", "."});
}

std::vector<EvidenceView> views_of(const identity::Candidate& candidate, const Names& names, std::string_view language) {
  std::vector<identity::Evidence> sorted = candidate.evidence;
  std::ranges::sort(sorted, {}, [](const identity::Evidence& evidence) {
    const bool of_field = evidence.field <= identity::Field::city;
    return std::tuple(!of_field, of_field ? -std::abs(evidence.log_odds) : 0.0, evidence.field);
  });
  std::vector<EvidenceView> out;
  for (const identity::Evidence& evidence : sorted) {
    out.push_back({.field = std::string(field_name(evidence.field)),
                   .reason = std::string(evidence.reason),
                   .log_odds = evidence.log_odds,
                   .text = words_for(evidence, names).in(language)});
  }
  return out;
}

}  // namespace aremko::operations

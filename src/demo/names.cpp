#include "demo/names.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "demo_data.h"

namespace aremko::demo {

namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (c == ' ' || c == '\n') {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
    } else {
      word += c == '_' ? ' ' : c;
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

struct Nickname {
  std::string_view given;
  std::array<std::string_view, 3> forms;
};

constexpr Nickname nicknames[] = {
    {"Francisco", {"Pancho", "Paco", "Fco"}},      {"José", {"Pepe", "Pepe", "Cheo"}},
    {"Carolina", {"Caro", "Caro", "Carito"}},      {"Ignacio", {"Nacho", "Nacho", "Igna"}},
    {"Francisca", {"Fran", "Pancha", "Fran"}},     {"Patricia", {"Paty", "Pati", "Patty"}},
    {"Patricio", {"Pato", "Pato", "Patito"}},      {"Alejandra", {"Ale", "Jani", "Ale"}},
    {"Alejandro", {"Jano", "Ale", "Alex"}},        {"Eduardo", {"Lalo", "Edu", "Lalo"}},
    {"Guillermo", {"Memo", "Willy", "Guille"}},    {"Daniela", {"Dani", "Dani", "Danny"}},
    {"Daniel", {"Dani", "Dani", "Danny"}},         {"Claudia", {"Clau", "Claudita", "Clau"}},
    {"Constanza", {"Coni", "Cony", "Coti"}},       {"Valentina", {"Vale", "Vale", "Valen"}},
    {"Fernanda", {"Feña", "Fer", "Ferna"}},        {"Fernando", {"Feña", "Nano", "Fer"}},
    {"Rodrigo", {"Rodri", "Rorro", "Rodri"}},      {"Sebastián", {"Seba", "Seba", "Sebita"}},
    {"Cristian", {"Cris", "Titi", "Cris"}},        {"Cristóbal", {"Tóbal", "Cristo", "Toti"}},
    {"Macarena", {"Maca", "Maca", "Makita"}},      {"Catalina", {"Cata", "Cata", "Caty"}},
    {"Javiera", {"Javi", "Javi", "Javierita"}},    {"Javier", {"Javi", "Javi", "Javo"}},
    {"Manuel", {"Manolo", "Manu", "Manuelito"}},   {"Gonzalo", {"Gonza", "Chalo", "Gonza"}},
    {"Verónica", {"Vero", "Vero", "Verito"}},      {"Gabriela", {"Gabi", "Gaby", "Gaby"}},
    {"Gabriel", {"Gabo", "Gabi", "Gabo"}},         {"Isabel", {"Chabela", "Isa", "Chabe"}},
    {"Mónica", {"Moni", "Mony", "Moniquita"}},     {"Sergio", {"Checho", "Sergito", "Checho"}},
    {"Roberto", {"Beto", "Tito", "Rober"}},        {"Alberto", {"Beto", "Tito", "Beto"}},
    {"Antonio", {"Toño", "Antonio", "Toño"}},      {"Antonia", {"Anto", "Toñi", "Anto"}},
    {"Camila", {"Cami", "Cami", "Kmi"}},           {"Natalia", {"Nati", "Naty", "Nati"}},
    {"Andrea", {"Andre", "Andreita", "Andre"}},    {"Andrés", {"Andy", "Andresito", "Andy"}},
    {"Pablo", {"Pablito", "Pablo", "Pablito"}},    {"Mauricio", {"Mauri", "Mauro", "Mauri"}},
    {"Marcela", {"Marce", "Chela", "Marce"}},      {"Marcelo", {"Chelo", "Marce", "Chelo"}},
    {"Margarita", {"Magui", "Margara", "Maguita"}}, {"Rosario", {"Charo", "Chayo", "Charo"}},
    {"Consuelo", {"Chelo", "Consu", "Consu"}},     {"Victoria", {"Vicky", "Toya", "Vicky"}},
    {"Luis", {"Lucho", "Lucho", "Luchito"}},       {"Jorge", {"Coke", "Koke", "Coke"}},
    {"Juan", {"Juancho", "Juanito", "Juano"}},     {"Carlos", {"Charly", "Carlitos", "Calucho"}},
    {"Ricardo", {"Richi", "Richard", "Cayo"}},     {"Nicolás", {"Nico", "Nico", "Niko"}},
    {"Matías", {"Mati", "Mati", "Maty"}},          {"Tomás", {"Tomi", "Tommy", "Tomi"}},
    {"Benjamín", {"Benja", "Benja", "Mincho"}},    {"Maximiliano", {"Maxi", "Max", "Maxi"}},
    {"Héctor", {"Tito", "Tito", "Hectorcito"}},    {"Víctor", {"Vitoco", "Vito", "Vitoco"}},
    {"Raúl", {"Rulo", "Raulito", "Rulo"}},         {"Miguel", {"Michel", "Migue", "Micky"}},
    {"Elizabeth", {"Eli", "Ely", "Betty"}},        {"Jacqueline", {"Jacky", "Jaque", "Jacky"}},
    {"Teresa", {"Tere", "Teté", "Tere"}},          {"Susana", {"Susy", "Susi", "Susy"}},
    {"Soledad", {"Sole", "Chole", "Sole"}},        {"Josefina", {"Jose", "Pepa", "Josefa"}},
    {"Magdalena", {"Mane", "Magda", "Maida"}},     {"Paulina", {"Pauli", "Pauly", "Pau"}},
    {"Paula", {"Pauli", "Pau", "Paulita"}},        {"Pamela", {"Pame", "Pame", "Pamelita"}},
    {"Lorena", {"Lore", "Lore", "Lorenita"}},      {"Ximena", {"Xime", "Jime", "Xime"}},
    {"Rocío", {"Chío", "Ro", "Chío"}},             {"Felipe", {"Pipe", "Feli", "Pipe"}},
    {"Gustavo", {"Tavo", "Gus", "Tavo"}},          {"Cecilia", {"Ceci", "Chechi", "Ceci"}},
};

constexpr std::string_view second_marias[] = {"José", "Paz", "Elena", "Isabel", "Angélica", "Teresa", "Soledad",
                                            "Fernanda", "Ignacia", "Eugenia", "Inés", "Pía", "Cristina", "Luisa",
                                            "Victoria", "Loreto", "Constanza", "Francisca", "del Carmen", "Magdalena"};
constexpr std::string_view after_juan[] = {"Carlos", "Pablo", "Francisco", "José", "Manuel", "Luis", "Antonio",
                                           "Ignacio", "Eduardo", "Cristóbal", "Andrés", "de Dios"};
constexpr std::string_view after_jose[] = {"Luis", "Miguel", "Manuel", "Antonio", "Ignacio", "Francisco", "Tomás",
                                           "Pedro", "Domingo", "Alejandro"};

// In order of frequency; Muñoz is common enough in the list of all.
constexpr std::string_view foreign_letters =
    "Núñez Peña Zúñiga Acuña Yáñez Ibáñez Avendaño Carreño Castañeda Saldaña Argüello Ordóñez Briceño Cañas Piña Montaño Quiñones "
    "Oñate Ocaña Bolaños Güemes Argüelles";

}  // namespace

RankedList::RankedList(std::string_view text, int q) : words_(words_of(text)) {
  std::uint32_t sum = 0;
  for (std::size_t rank = 1; rank <= words_.size(); ++rank) {
    sum += static_cast<std::uint32_t>(10'000'000 / (rank + static_cast<std::size_t>(q)));
    upto_.push_back(sum);
  }
}

const std::string& RankedList::pick(Rng& rng) const {
  const auto at = std::ranges::upper_bound(upto_, rng.below(upto_.back()));
  return words_[static_cast<std::size_t>(at - upto_.begin())];
}

bool RankedList::contains(std::string_view word) const { return std::ranges::find(words_, word) != words_.end(); }

// The offsets make the first name about as common as in Chile: María or José 3 %, González 3.3 %.
Names::Names()
    : women_(data::given_female_txt, 9), men_(data::given_male_txt, 9), surnames_(data::surnames_txt, 5), foreign_(foreign_letters, 3) {
  for (const std::string_view line : split(data::surname_parts_txt, '\n')) {
    if (!line.empty() && line.front() != '#') parts_.push_back(words_of(line));
  }
}

std::string Names::given(bool woman, Rng& rng) const {
  std::string name = woman ? women_.pick(rng) : men_.pick(rng);
  if (name == "María" && rng.chance(450)) return name.append(" ").append(rng.pick(second_marias));
  if (name == "Juan" && rng.chance(450)) return name.append(" ").append(rng.pick(after_juan));
  if (name == "José" && rng.chance(450)) return name.append(" ").append(rng.pick(after_jose));
  return name;
}

std::string Names::rare_surname(Rng& rng) const {
  const std::size_t language = rng.weighted({60, 25, 15});
  const std::string& end = rng.pick(parts_[2 * language + 1]);
  return rng.pick(parts_[2 * language]) + end;
}

std::string Names::surname(Rng& rng) const {
  const std::uint32_t kind = rng.below(1000);
  if (kind < 55) return rare_surname(rng);
  std::string name = surnames_.pick(rng);
  if (kind < 63 && name.find_first_of(" -") == std::string::npos) {
    name += '-';
    name += surnames_.pick(rng);
  } else if (kind < 68 && name.find(' ') == std::string::npos) {
    name.insert(0, rng.pick(std::array<std::string_view, 4>{"De la ", "Del ", "De ", "De los "}));
  }
  return name;
}

FullName Names::full_name(Rng& rng) const {
  FullName name;
  name.woman = rng.chance(620);  // a spa's guests
  name.given = given(name.woman, rng);
  if (name.given.find(' ') == std::string::npos && rng.chance(850)) {
    name.second = given(name.woman, rng);
    if (name.second.find(' ') != std::string::npos || name.second == name.given) name.second.clear();
  }
  name.surname = surname(rng);
  name.maternal = surname(rng);
  return name;
}

std::string Names::counterpart(std::string_view given) const {
  const bool woman = women_.contains(given);
  const RankedList& others = woman ? men_ : women_;
  std::string stem(given);
  if (const std::string longer = stem + "a"; !woman && others.contains(longer)) return longer;
  if (!stem.ends_with(woman ? 'a' : 'o')) return {};
  stem.pop_back();
  if (woman && others.contains(stem)) return stem;
  stem += woman ? 'o' : 'a';
  return others.contains(stem) ? stem : std::string{};
}

std::string Names::after_maria(Rng& rng) { return fmt::format("María {}", rng.pick(second_marias)); }

std::string_view Names::nickname(std::string_view given, Rng& rng) {
  const std::string_view first = given.substr(0, given.find(' '));
  for (const Nickname& entry : nicknames) {
    if (entry.given == first) return rng.pick(entry.forms);
  }
  return {};
}

}  // namespace aremko::demo

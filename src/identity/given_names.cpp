#include "identity/given_names.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "identity/match_words.h"
#include "identity/name_compare.h"
#include "identity/word_set.h"
#include "normalize/text.h"

namespace aremko::identity {

namespace {

// Folded. What is nearly always a surname is not here.
constexpr std::string_view known_names =
    "abel abelardo abigail abraham ada adan adela adelaida adolfo adrian adriana agata agustin agustina aida "
    "aladino alba alberto albino alcides aldana aldo aleida alejandra alejandrina alejandro alexander "
    "alexandra alexis alfonsina alfonso alfredo alicia aliwen alma alondra alonso alvaro amador amalia amanda "
    "amaro ambar amelia america americo amparo ana anabel anahi anais anamaria ananda anastasia andrea "
    "andreina andres angel angela angelica angelina angelo anibal anita anselmo antonella antonia antonieta "
    "antonino antonio antu aquiles araceli ariadna ariel ariela arlette armando arnaldo arnoldo artemio arturo "
    "astrid atilio augusto aura aurelia aurelio aurora ayelen aylen aylin azul baldomero baltazar barbara "
    "bastian bautista beatriz belen belinda belisario benedicto benito benjamin bernabe bernarda bernardino "
    "bernardita bernardo berta betsabe betty bianca blanca blas boris braulio brayan brenda brigida bruno "
    "bryan byron caleb calixto camelia camila camilo candela candelaria candelario caridad carina carla carlos "
    "carlota carmela carmen carmencita carolina carolyn casandra catalina catarina cathalina catherine "
    "caupolican cecilia celeste celia celso cesar charlotte christian cinthia clara clarisa claudia claudio "
    "clemencia clemente clementina clodomiro clotilde colomba conrado constanza consuelo coral corina cornelio "
    "cosme crescencio cristian cristina cristobal cristofer cristopher cynthia dafne dagoberto dalia dalila "
    "damaris damian daniel daniela daniella danilo danitza dante dario david dayana debora delfina delia "
    "demetrio denisse desiderio diana dianela diego dina dolores dominga domingo dora doris edelmira edgar "
    "edgardo edison edith edmundo eduarda eduardo edwin efrain eladio elaine elba elcira elda eleazar elena "
    "eliana elias elida elisa elisabeth eliseo elizabeth elmer eloisa elsa elsira elvira elvis emanuel "
    "emanuela emerson emilce emilia emiliano emilio emma emperatriz enrique enriqueta enzo erasmo erica erick "
    "erika ernestina ernesto erwin esmeralda esperanza estanislao esteban estefania estela ester estrella "
    "etelvina eufemia eugenia eugenio eulalia eusebio eva evangelina evaristo evelyn exequiel ezequiel fabian "
    "fabiana fabio fabiola fabricio facundo fatima faustino federico felicia feliciano felicidad felipe felix "
    "fermin fernan fernanda fernando fidel fidelina filomena flavia flavio florencia florencio florentina "
    "francesca francine francisca francisco franco fresia frida froilan gabriel gabriela galvarino gaspar "
    "gaston gastona gemita genaro genesis genoveva georgina geraldine gerardo german gerson giannina gilberto "
    "gilda gina gino giovanni gisel gisela giselle gladis gladys gloria gonzalo grace graciela gregoria "
    "gregorio greta gricel guacolda guadalupe gudelia guido guillermina guillermo gunther gustavo hans harold "
    "haydee hector heidi helena helga hellen helmut heriberto herminia hernan hernando hilario hilda hipolito "
    "homero horacio hortensia hugo humberto ian ida ignacia ignacio igor ildefonso ilse ines ingrid irene "
    "irina iris irma isaac isabel isabella isaias isaura isidora isidro ismael israel italo iva ivan ivana "
    "ivar ivette ivo ivonne jacinta jacinto jacob jacqueline jaime jairo janet jaqueline javier javiera jazmin "
    "jean jeannette jennifer jenny jeremias jeronimo jessica jesus jimena joan joana joaquin jocelyn joel "
    "johan johanna john jonas jonathan jordan jorge jose josefa josefina joseline joselyn josue jovita juan "
    "juana juanita juanito judith julia julian juliana julieta julio julissa justina justo juvenal karen karin "
    "karina karl karla karol katherine kathia katia katty keila kevin kiara kimberly krishna kurt ladislao "
    "laila lara larissa laura lautarina lautaro lazaro leandra leandro leila lenka leon leonardo leonel "
    "leonidas leonor leopoldo leslie lesly leticia leyla lia lidia lila lilia lilian liliana lina lionel "
    "lisandro lisbeth lisette lissette loida lorena lorenza lorenzo loreto lourdes luana luca lucas lucero "
    "lucia luciana luciano lucila lucio lucrecia ludovico ludwig luis luisa luisito luka luna luz mabel "
    "macarena maciel magdalena maicol maira maite malena malva manfred manuel manuela mara marcela marcelina "
    "marcelino marcelo marcia marcial marco marcos margarita margot maria mariana marianela marianne mariano "
    "maribel mariela marilu marilyn marina mario marion marisa marisol marisel maritsa maritza marlen marlene marta martin "
    "martina maruja maryorie mateo matias matilda matilde mauricio mauro maximiliano maximino maximo maya "
    "mayra melania melany melchor melina melissa mercedes mia micaela miguel milagros milena millaray "
    "milton minerva mirella mireya miriam mirna mirta mirtha misael modesto moira moises monica monserrat "
    "montserrat muriel nadia nahuel nahum nancy naomi napoleon natalia nataly natanael natividad nayaret "
    "nazario nelda nelida nelly nelson nestor nibaldo nicanor nicolas nicolasa nicole nicolle nidia nieves noe "
    "noelia noemi nolberto nora norberto norma octavio odette ofelia olga olivia omar onofre oriana oriel "
    "orietta orlando oscar osman osvalda osvaldo otilia otto pabla pablo paloma pamela paola paolo pascal "
    "pascual pascuala patricia patricio paula paulette paulina paulo paz pedro pelayo perla peter petronila "
    "pia pilar pio polett ponciano porfirio primavera primitivo priscila priscilla prudencio purisima quena "
    "quintin rafael rafaela raimundo ramiro ramon raquel raul rayen rebeca regina reina reinaldo remigio renan "
    "renata renato rene ricarda ricardo ricarte rigoberto rina rita roberta roberto rocio rodolfo rodrigo "
    "rogelio rolando roman romeo romina rommel ronald rosa rosalba rosalia rosamel rosana rosario rosaura "
    "rosemarie rosendo rosina rosita roxana roxanna roxette ruben rubi rudecindo rudy rufino ruth sabina salma "
    "salome salomon salvador samanta samantha samuel sandra sandro santiago santina sara saturnino saul "
    "scarlett sebastian selena selma serena sergio sheila siegfried sigrid silvana silverio silvia silvio "
    "simon simona siomara sixto sofia solana solange soledad sonia stefania stella stephanie sue susan "
    "susana sylvia tabita tadeo tamara tania tatiana tegualda telma telmo teodoro teofilo teresa teresita "
    "thomas tiare timoteo tito tobias tomas tomasa trinidad tulio uberlina uberlinda uldaricio ulises uma "
    "urbano uriel ursula valentin valentina valentino valeria valerio valeska vanessa vania vasco venancio "
    "veronica vicenta vicente victor victoria victorina vilma violeta virginia vitalicio vivian viviana "
    "vladimir waldo walter wanda wendy werner wilma wladimir xavier ximena xiomara yaela yamil yamilet yanara "
    "yanet yanina yaritza yasmin yasna yeimy yenifer yennifer yenny yerko yesenia yesica yessica yolanda "
    "yonathan yoselin zacarias zaida zenon zoe zoila zulema zunilda ";

// Two spellings of one name have one: `elisabeth`, `elizabeth`; `cristian`, `christian`; `jonathan`, `yonatan`.
std::string spelling(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    char c = word[i];
    const char after = i + 1 < word.size() ? word[i + 1] : ' ';
    if (c == 'h') continue;
    if (c == 'p' && after == 'h') c = 'f';
    if (c == 'v' || c == 'w') c = 'b';
    if (c == 'z' || (c == 'c' && (after == 'e' || after == 'i'))) c = 's';
    if (c == 'k' || c == 'q') c = 'c';
    if (c == 'j' || c == 'y') c = 'i';
    if (out.empty() || out.back() != c) out += c;
  }
  if (out.size() > 4 && out.ends_with("s")) out.pop_back();  // marco, marcos
  return out;
}

bool vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool one_more_ending(std::string_view man, std::string_view woman) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> others{{{"denis", "denise"}, {"michel", "michelle"}, {"daniel", "danielle"},
      {"gabriel", "gabrielle"}, {"angel", "angeles"}, {"cesar", "cesarina"}, {"joel", "joelle"}, {"rene", "renee"}}};
  if (std::ranges::find(others, std::pair(man, woman)) != others.end()) return true;
  return woman.size() == man.size() + 2 && woman.starts_with(man) && woman.ends_with("ia") && man.size() >= 4;  // noel, noelia
}

}  // namespace

bool man_and_woman(std::string_view a, std::string_view b) {
  if (one_more_ending(a, b) || one_more_ending(b, a)) return true;
  if (a.ends_with('a')) std::swap(a, b);
  if (!b.ends_with('a') || a.ends_with('a') || b.size() < 4) return false;
  const std::string_view stem = b.substr(0, b.size() - 1);
  if (a == stem) return a.size() >= 3 && !vowel(a.back());
  if (!a.starts_with(stem)) return (a == "cristian" || a == "christian") && (b == "cristina" || b == "christina");
  const std::string_view ending = a.substr(stem.size());
  return ending == "o" || ending == "e" || ending == "os" || ending == "es" || ending == "s";
}

namespace {

// Women's names that are written with an `a` behind them or without: no man's.
bool with_or_without_a(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  constexpr std::array<std::string_view, 12> women{"lilian", "vivian", "susan", "karin", "marian", "evelyn", "evelin", "isabel", "yasmin",
                                                   "jazmin", "raquel", "helen"};
  return b.size() == a.size() + 1 && b.starts_with(a) && b.back() == 'a' && std::ranges::find(women, a) != women.end();
}

// `anita` of `ana`, `juanito` of `juan`, `carmencita` of `carmen`.
bool diminutive(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  for (const std::string_view ending : {"cita", "cito", "ita", "ito"}) {
    if (!a.ends_with(ending)) continue;
    const std::string_view stem = a.substr(0, a.size() - ending.size());
    if (stem.size() >= 2 && (b == stem || (b.size() == stem.size() + 1 && b.starts_with(stem) && b.back() == ending.back()))) return true;
  }
  return false;
}

bool misspelt(std::string_view a, std::string_view b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  if (match::edits(a, b, 1) <= 1) return shorter >= 4;
  return shorter >= 5 && (match::jaro_winkler(a, b) >= 0.92 || (shorter >= 6 && match::edits(a, b, 2) <= 2));
}

/// Two names laid beside each other, word by word.
class Beside {
 public:
  Beside(std::string_view a, std::string_view b) : a_(name_words(a)), b_(name_words(b)), of_a_(a_.size(), none), of_b_(b_.size(), none) {
    if (empty()) return;
    in_order();
    run_together();
    in_any_order();
  }

  bool empty() const { return a_.empty() || b_.empty(); }

  bool contradict(const std::function<double(std::string_view)>& given_share) const {
    if (std::ranges::all_of(of_a_, [](std::size_t at) { return at == none; })) return true;
    const auto loose_given = [&](const auto& words, const auto& partner) {
      for (std::size_t i = 0; i < words.size(); ++i) {
        if (partner[i] == none && (is_given_name(words[i]) || given_share(words[i]) > 0.4)) return true;
      }
      return false;
    };
    return gap_before_surnames() || (loose_given(a_, of_a_) && loose_given(b_, of_b_));
  }

 private:
  using Words = std::vector<std::string_view>;
  static constexpr std::size_t none = ~std::size_t{0};

  // Surnames place a name more surely than given names, some of which are surnames too.
  static std::size_t worth(std::string_view word) { return is_given_name(word) ? 2 : 3; }

  // The run of words that agree in their order which is worth most.
  void in_order() {
    std::vector<std::vector<std::size_t>> most(a_.size() + 1, std::vector<std::size_t>(b_.size() + 1, 0));
    for (std::size_t i = a_.size(); i-- > 0;) {
      for (std::size_t j = b_.size(); j-- > 0;) {
        most[i][j] = std::max(most[i + 1][j], most[i][j + 1]);
        if (same_given_name(a_[i], b_[j])) most[i][j] = std::max(most[i][j], most[i + 1][j + 1] + worth(a_[i]));
      }
    }
    for (std::size_t i = 0, j = 0; i < a_.size() && j < b_.size();) {
      if (same_given_name(a_[i], b_[j]) && most[i][j] == most[i + 1][j + 1] + worth(a_[i])) {
        pair(i++, j++);
        order_.emplace_back(i - 1, j - 1);
      } else {
        most[i + 1][j] >= most[i][j + 1] ? ++i : ++j;
      }
    }
  }

  // Calls `use` with the loose words between two that agree, and how many agree behind them.
  void each_gap(const auto& use) const {
    std::size_t i = 0;
    std::size_t j = 0;
    for (std::size_t k = 0; k <= order_.size(); ++k) {
      const auto [end_i, end_j] = k < order_.size() ? order_[k] : std::pair(a_.size(), b_.size());
      use(std::pair(i, end_i), std::pair(j, end_j), order_.size() - k);
      i = end_i + 1;
      j = end_j + 1;
    }
  }

  // `mariajose` and `maria jose`, `bego a` and `begona`.
  void run_together() {
    each_gap([&](auto left, auto right, std::size_t) {
      if (left.second - left.first == right.second - right.first) return;
      const auto joined = [](const Words& words, auto part) {
        std::string out;
        for (std::size_t i = part.first; i < part.second; ++i) out += words[i];
        return out;
      };
      const std::string x = joined(a_, left);
      const std::string y = joined(b_, right);
      if (x.empty() || y.empty() || match::edits(x, y, 1) > 1) return;
      for (std::size_t i = left.first; i < left.second; ++i) of_a_[i] = right.first;
      for (std::size_t j = right.first; j < right.second; ++j) of_b_[j] = left.first;
    });
  }

  // Surnames may stand first; but where both begin alike, a given name elsewhere is another one, or a surname.
  void in_any_order() {
    const bool begin_alike = of_a_[0] == 0;
    for (std::size_t i = 0; i < a_.size(); ++i) {
      for (std::size_t j = 0; j < b_.size() && of_a_[i] == none; ++j) {
        if (of_b_[j] != none || !same_given_name(a_[i], b_[j])) continue;
        if (!begin_alike || !is_given_name(a_[i])) pair(i, j);
      }
    }
  }

  void pair(std::size_t i, std::size_t j) {
    of_a_[i] = j;
    of_b_[j] = i;
  }

  // Loose words on both sides at the beginning, or before two that agree, are given names against each other.
  bool gap_before_surnames() const {
    bool found = false;
    each_gap([&](auto left, auto right, std::size_t behind) {
      const auto any_loose = [](const auto& partner, auto part) {
        return std::any_of(partner.begin() + static_cast<std::ptrdiff_t>(part.first), partner.begin() + static_cast<std::ptrdiff_t>(part.second),
                           [](std::size_t at) { return at == none; });
      };
      const bool first = left.first == 0 && right.first == 0 && behind >= 1;
      found = found || ((first || behind >= 2) && any_loose(of_a_, left) && any_loose(of_b_, right));
    });
    return found;
  }

  Words a_;
  Words b_;
  std::vector<std::size_t> of_a_;  // the other side's word, or none
  std::vector<std::size_t> of_b_;
  std::vector<std::pair<std::size_t, std::size_t>> order_;
};

}  // namespace

bool is_given_name(std::string_view word) {
  static const WordSet names(known_names);
  return names.contains(word);
}

bool same_given_name(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (match::initial(a, b)) return true;
  if ((a == "ma" && b == "maria") || (b == "ma" && a == "maria")) return true;
  if (match::known_nickname(a, b) || diminutive(a, b) || with_or_without_a(a, b)) return true;
  if (man_and_woman(a, b)) return false;
  const bool one_spelling = spelling(a) == spelling(b);
  if (is_given_name(a) && is_given_name(b)) return one_spelling;
  return one_spelling || match::nickname(a, b) || misspelt(a, b);
}

bool other_given_name(std::string_view a, std::string_view b, const std::function<double(std::string_view)>& given_share) {
  const Beside names(a, b);
  return !names.empty() && names.contradict(given_share);
}

bool other_given_name(std::string_view a, std::string_view b) {
  return other_given_name(a, b, [](std::string_view) { return 0.0; });
}

}  // namespace aremko::identity

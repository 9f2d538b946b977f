#include "normalize/vocabulary.h"

#include <algorithm>
#include <array>

#include "normalize/near.h"

namespace aremko::normalize::vocabulary {

namespace {

// All tables are sorted by their folded word.
constexpr std::array<Entry, 141> entries = {{
    {"acantilado", "Acantilado"}, {"adic", "Adicional"}, {"adicional", "Adicional"}, {"adicionales", "Adicional"},
    {"almuerzo", "Almuerzo"}, {"almuerzos", "Almuerzo"}, {"aloj", "Alojamiento"}, {"alojamiento", "Alojamiento"},
    {"alojamientos", "Alojamiento"}, {"amb", "Ambientación"}, {"ambient", "Ambientación"},
    {"ambientacin", "Ambientación"}, {"ambientacion", "Ambientación"}, {"ambientaciones", "Ambientación"},
    {"aniversario", "Aniversario"}, {"anulada", "Anulada"}, {"anulado", "Anulado"},
    {"aromaterapia", "Aromaterapia"}, {"arrayan", "Arrayan"}, {"ayurvedico", "Ayurvédico"}, {"botella", "Botella"},
    {"botellas", "Botella"}, {"cabaa", "Cabaña"}, {"cabana", "Cabaña"}, {"cabanas", "Cabaña"},
    {"cabania", "Cabaña"}, {"cafe", "Café"}, {"cafes", "Café"}, {"calbuco", "Calbuco"}, {"caliente", "Caliente"},
    {"calientes", "Calientes"}, {"californiano", "Californiano"}, {"cancelada", "Cancelada"},
    {"cancelado", "Cancelado"}, {"champana", "Champaña"}, {"cortesia", "Cortesía"}, {"craneal", "Craneal"},
    {"cumple", "Cumpleaños"}, {"cumpleanios", "Cumpleaños"}, {"cumpleano", "Cumpleaños"},
    {"cumpleanos", "Cumpleaños"}, {"deco", "Decoración"}, {"decoracin", "Decoración"}, {"decoracion", "Decoración"},
    {"decoraciones", "Decoración"}, {"deportivo", "Deportivo"}, {"deportivos", "Deportivo"},
    {"desayuno", "Desayuno"}, {"desayunos", "Desayuno"}, {"desc", "Descontracturante"},
    {"descont", "Descontracturante"}, {"descontrac", "Descontracturante"},
    {"descontracturacion", "Descontracturante"}, {"descontracturado", "Descontracturante"},
    {"descontracturante", "Descontracturante"}, {"descontracturantes", "Descontracturante"}, {"dia", "Día"},
    {"drenaje", "Drenaje"}, {"drenajes", "Drenaje"}, {"eliminada", "Eliminada"}, {"eliminado", "Eliminado"},
    {"embarazada", "Embarazada"}, {"embarazadas", "Embarazada"}, {"exfoliacin", "Exfoliación"},
    {"exfoliacion", "Exfoliación"}, {"expres", "Express"}, {"express", "Express"}, {"facial", "Facial"},
    {"fria", "Fría"}, {"hidro", "Hidromasaje"}, {"hidromasage", "Hidromasaje"}, {"hidromasaje", "Hidromasaje"},
    {"hidromasajes", "Hidromasaje"}, {"holistico", "Holístico"}, {"hornopiren", "Hornopiren"},
    {"jacuzzi", "Hidromasaje"}, {"jugo", "Jugo"}, {"jugos", "Jugo"}, {"laurel", "Laurel"}, {"limpieza", "Limpieza"},
    {"linfatica", "Linfático"}, {"linfatico", "Linfático"}, {"llaima", "Llaima"}, {"lomi", "Lomi"},
    {"mama", "Mamá"}, {"masage", "Masaje"}, {"masages", "Masaje"}, {"masaje", "Masaje"}, {"masajes", "Masaje"},
    {"masj", "Masaje"}, {"masoterapia", "Masoterapia"}, {"nina", "Niña"}, {"ninas", "Niña"}, {"nino", "Niño"},
    {"ninos", "Niño"}, {"noche", "Noche"}, {"osorno", "Osorno"}, {"papa", "Papá"}, {"pareja", "Pareja"},
    {"parejas", "Pareja"}, {"piedra", "Piedras"}, {"piedras", "Piedras"}, {"premium", "Premium"},
    {"prenatal", "Prenatal"}, {"puntiagudo", "Puntiagudo"}, {"puyehue", "Puyehue"},
    {"reflexologia", "Reflexología"}, {"reiki", "Reiki"}, {"rel", "Relajante"}, {"relaj", "Relajante"},
    {"relajacin", "Relajante"}, {"relajacion", "Relajante"}, {"relajante", "Relajante"},
    {"relajantes", "Relajante"}, {"relax", "Relajante"}, {"romantica", "Romántica"}, {"romanticas", "Romántica"},
    {"romantico", "Romántica"}, {"servicio", "Servicio"}, {"shiatsu", "Shiatsu"}, {"sueco", "Sueco"},
    {"tabla", "Tabla"}, {"tablas", "Tabla"}, {"tailandes", "Tailandés"}, {"tepa", "Tepa"},
    {"terapeutica", "Terapéutico"}, {"terapeutico", "Terapéutico"}, {"terapeuticos", "Terapéutico"},
    {"tina", "Tina"}, {"tinaa", "Tina"}, {"tinaja", "Tina"}, {"tinajas", "Tina"}, {"tinas", "Tina"},
    {"torre", "Torre"}, {"tronador", "Tronador"}, {"valentin", "Valentín"}, {"valentines", "Valentín"},
    {"varon", "Varón"}, {"villarrica", "Villarrica"}, {"weekend", "Weekend"}, {"yacuzzi", "Hidromasaje"}}};

struct FamilyWord {
  std::string_view folded;
  Family family;
};
constexpr std::array<FamilyWord, 100> family_words = {{
    {"agua", Family::extra}, {"almuerzo", Family::extra}, {"alojamiento", Family::cabana},
    {"alojamientos", Family::cabana}, {"ambientacion", Family::extra}, {"ambientaciones", Family::extra},
    {"aniversario", Family::extra}, {"aromaterapia", Family::masaje}, {"bata", Family::extra},
    {"batas", Family::extra}, {"bebida", Family::extra}, {"bebidas", Family::extra}, {"botella", Family::extra},
    {"cabana", Family::cabana}, {"cabanas", Family::cabana}, {"cafe", Family::extra}, {"cena", Family::extra},
    {"cerveza", Family::extra}, {"cervezas", Family::extra}, {"champagne", Family::extra},
    {"champana", Family::extra}, {"chocolate", Family::extra}, {"chocolates", Family::extra},
    {"coctel", Family::extra}, {"comida", Family::extra}, {"comidas", Family::extra},
    {"craneosacral", Family::masaje}, {"cumpleanos", Family::extra}, {"decoracion", Family::extra},
    {"desayuno", Family::extra}, {"descontracturante", Family::masaje}, {"descuento", Family::extra},
    {"descuentos", Family::extra}, {"domo", Family::cabana}, {"drenaje", Family::masaje},
    {"empanada", Family::extra}, {"empanadas", Family::extra}, {"espumante", Family::extra},
    {"estadia", Family::cabana}, {"extra", Family::extra}, {"extras", Family::extra}, {"flores", Family::extra},
    {"fruta", Family::extra}, {"frutas", Family::extra}, {"galletas", Family::extra}, {"glamping", Family::cabana},
    {"globos", Family::extra}, {"habitacion", Family::cabana}, {"helado", Family::extra},
    {"hidromasaje", Family::tina}, {"hospedaje", Family::cabana}, {"hospedajes", Family::cabana},
    {"hotel", Family::cabana}, {"jacuzzi", Family::tina}, {"jugo", Family::extra}, {"kuchen", Family::extra},
    {"lodge", Family::cabana}, {"masaje", Family::masaje}, {"masajes", Family::masaje},
    {"masajista", Family::masaje}, {"masoterapia", Family::masaje}, {"mojito", Family::extra},
    {"noche", Family::cabana}, {"noches", Family::cabana}, {"once", Family::extra}, {"onces", Family::extra},
    {"petalos", Family::extra}, {"picoteo", Family::extra}, {"picoteos", Family::extra},
    {"piedras", Family::masaje}, {"pisco", Family::extra}, {"pizza", Family::extra}, {"pizzas", Family::extra},
    {"queque", Family::extra}, {"queso", Family::extra}, {"quesos", Family::extra}, {"quiropraxia", Family::masaje},
    {"ramo", Family::extra}, {"reflexologia", Family::masaje}, {"refugio", Family::cabana},
    {"reiki", Family::masaje}, {"relajante", Family::masaje}, {"rosas", Family::extra}, {"sandwich", Family::extra},
    {"shiatsu", Family::masaje}, {"snack", Family::extra}, {"snacks", Family::extra}, {"sour", Family::extra},
    {"tabla", Family::extra}, {"te", Family::extra}, {"termas", Family::tina}, {"tina", Family::tina},
    {"tinaja", Family::tina}, {"tinajas", Family::tina}, {"tinas", Family::tina}, {"toalla", Family::extra},
    {"toallas", Family::extra}, {"torta", Family::extra}, {"velas", Family::extra}, {"vino", Family::extra}}};

constexpr std::array<Tub, 9> tubs = {{
    {"calbuco", "Calbuco", false}, {"hornopiren", "Hornopiren", false}, {"llaima", "Llaima", true},
    {"osorno", "Osorno", false}, {"puntiagudo", "Puntiagudo", true}, {"puyehue", "Puyehue", true},
    {"tronador", "Tronador", false}, {"villarica", "Villarrica", true}, {"villarrica", "Villarrica", true}}};

constexpr std::array<std::string_view, 190> given_names = {
    "adriana", "agustin", "agustina", "alberto", "alda", "aldo", "alejandra", "alejandro", "alexandra", "alexis",
    "alicia", "amanda", "ana", "andrea", "andres", "angela", "angelica", "anita", "antonia", "antonio", "barbara",
    "beatriz", "belen", "benjamin", "bernarda", "camila", "carla", "carlos", "carolina", "catalina", "catherine",
    "cecilia", "christian", "cinthia", "cintia", "claudia", "claudio", "constanza", "cristian", "cristina",
    "cristobal", "cynthia", "daniel", "daniela", "david", "debora", "deborah", "denisse", "diana", "diego",
    "eduardo", "elena", "eliana", "elizabeth", "emilia", "emilio", "erika", "ernesto", "esteban", "eva", "evelyn",
    "fabian", "fabiola", "felipe", "fernanda", "fernando", "florencia", "francisca", "francisco", "gabriel",
    "gabriela", "gloria", "gonzalo", "graciela", "guillermo", "hector", "hugo", "ignacia", "ignacio", "ingrid",
    "isidora", "ivan", "ivonne", "jaime", "javier", "javiera", "jennifer", "jessica", "jimena", "joaquin", "jorge",
    "jose", "juan", "julia", "julio", "karen", "karina", "katherine", "laura", "leonardo", "leticia", "lorena",
    "lucia", "luis", "luisa", "macarena", "manuel", "marcela", "marcelo", "marcos", "margarita", "maria", "mariana",
    "mario", "marta", "martin", "martina", "matias", "mauricio", "mercedes", "miguel", "millaray", "miriam",
    "monica", "monserrat", "montserrat", "nancy", "natalia", "nelson", "nicolas", "nicole", "noelia", "olga",
    "oscar", "pablo", "pamela", "paola", "patricia", "patricio", "paul", "paula", "paulo", "pedro", "pia",
    "priscila", "rafael", "raquel", "raul", "rebeca", "renato", "rene", "ricardo", "roberto", "rocio", "rodrigo",
    "romina", "rosana", "rosario", "ruben", "ruth", "samuel", "sandra", "sara", "sebastian", "sergio", "silvana",
    "silvia", "simon", "sofia", "soledad", "sonia", "susana", "tamara", "tatiana", "teresa", "tomas", "trinidad",
    "valentina", "valeria", "vanesa", "vanessa", "veronica", "vicente", "victor", "viviana", "ximena", "yasna",
    "yessica", "yolanda", "zoe"};

template <class Table>
constexpr bool is_sorted(const Table& table) {
  return std::is_sorted(table.begin(), table.end(), [](const auto& a, const auto& b) { return a.folded < b.folded; });
}
static_assert(is_sorted(entries) && is_sorted(family_words) && is_sorted(tubs));
static_assert(std::is_sorted(given_names.begin(), given_names.end()));

template <class Table>
auto* find_in(const Table& table, std::string_view folded) {
  const auto at = std::lower_bound(table.begin(), table.end(), folded,
                                   [](const auto& entry, std::string_view word) { return entry.folded < word; });
  return at != table.end() && at->folded == folded ? &*at : nullptr;
}

}  // namespace

const Entry* find(std::string_view folded) { return find_in(entries, folded); }

const Entry* near(std::string_view folded) {
  const Entry* found = nullptr;
  for (const Entry& entry : entries) {
    if (entry.folded.size() < 7 || !one_typo_apart(entry.folded, folded)) continue;
    if (folded.size() > entry.folded.size() && folded.back() == 's') continue;  // a plural is no typing error
    if (found != nullptr && found->shown != entry.shown) return nullptr;
    found = &entry;
  }
  return found;
}

std::optional<Family> family_of_word(std::string_view folded) {
  const FamilyWord* found = find_in(family_words, folded);
  return found == nullptr ? std::nullopt : std::optional(found->family);
}

const Tub* find_tub(std::string_view folded) { return find_in(tubs, folded); }

bool is_given_name(std::string_view folded) {
  return std::binary_search(given_names.begin(), given_names.end(), folded);
}

}  // namespace aremko::normalize::vocabulary

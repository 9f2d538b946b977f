#pragma once
// The words by which a message is understood: folded, without accents, singular.

#include <array>
#include <string_view>

namespace aremko::operations {

inline constexpr auto people_words = std::to_array<std::string_view>({"persona", "person", "people", "pax", "guest", "adulto", "adult"});
inline constexpr auto night_words = std::to_array<std::string_view>({"noche", "night"});

}  // namespace aremko::operations

namespace aremko::operations::words {

using Word = std::string_view;

struct Phrase {
  std::string_view words;
  std::string_view code;
};
/// Deadlines and scarcity (plazo) and bargains in words (descuento).
inline constexpr auto phrases = std::to_array<Phrase>({
    {"valido hasta", "plazo"}, {"valida hasta", "plazo"}, {"validos hasta", "plazo"}, {"vigente hasta", "plazo"},
    {"hasta el", "plazo"}, {"hasta fin", "plazo"}, {"hasta fines", "plazo"}, {"hasta agotar", "plazo"},
    {"solo hoy", "plazo"}, {"solo por hoy", "plazo"}, {"solo esta semana", "plazo"}, {"solo por esta semana", "plazo"},
    {"solo este mes", "plazo"}, {"solo por este mes", "plazo"}, {"ultimos cupos", "plazo"}, {"ultimo cupo", "plazo"},
    {"cupos limitados", "plazo"}, {"tiempo limitado", "plazo"}, {"por pocos dias", "plazo"}, {"vence", "plazo"},
    {"expira", "plazo"}, {"valid until", "plazo"}, {"limited time", "plazo"}, {"today only", "plazo"},
    {"only today", "plazo"}, {"this week only", "plazo"}, {"only this week", "plazo"}, {"last spots", "plazo"},
    {"last chance", "plazo"}, {"ultima oportunidad", "plazo"}, {"expires", "plazo"}, {"pasado manana", "plazo"},
    {"manana mismo", "plazo"}, {"te reservamos", "plazo"}, {"te agendamos", "plazo"}, {"hora disponible", "plazo"},
    {"mitad de precio", "descuento"}, {"a mitad", "descuento"}, {"half price", "descuento"}, {"half off", "descuento"},
    {"dos por uno", "descuento"}, {"tres por dos", "descuento"}, {"two for one", "descuento"},
    {"precio especial", "descuento"}, {"segunda persona", "descuento"}, {"cuotas sin interes", "descuento"},
    {"sin interes", "descuento"}, {"devolucion", "descuento"}, {"reembolso", "descuento"}, {"refund", "descuento"}});

inline constexpr auto link = std::to_array<Word>({"http", "https", "www", "whatsapp", "instagram", "facebook"});
inline constexpr auto discount = std::to_array<Word>(
    {"descuento", "dcto", "rebaja", "rebajado", "rebajada", "discount", "liquidacion", "promocion", "promo", "off", "ahorra", "ahorro"});
inline constexpr auto gift = std::to_array<Word>(
    {"regalo", "regalamos", "gratis", "gratuito", "gratuita", "cortesia", "obsequio", "obsequiamos", "bonificado", "bonificada",
     "incluido", "incluida", "sorpresa", "free", "complimentary", "gift", "bono", "giftcard", "voucher"});

/// Kinds of service; what follows one (in English: what precedes) must be the name of one of ours.
inline constexpr auto heads_es = std::to_array<Word>(
    {"masaje", "tina", "tinaja", "hidromasaje", "cabana", "alojamiento", "pack", "paquete", "programa", "combo", "circuito",
     "aceite", "ritual", "terapia", "tratamiento", "bano", "ambientacion"});
inline constexpr auto heads_en = std::to_array<Word>(
    {"massage", "tub", "cabin", "lodging", "package", "oil", "treatment", "therapy", "bath"});

/// What spas sell: a message may use these words only when the facts' names do.
inline constexpr auto spa = std::to_array<Word>(
    {"masaje", "tina", "tinaja", "hidromasaje", "jacuzzi", "cabana", "alojamiento", "hospedaje", "habitacion", "suite", "noche", "sauna",
     "facial", "exfoliacion", "exfoliante", "reflexologia", "aromaterapia", "cromoterapia", "hidroterapia", "masoterapia", "fangoterapia",
     "chocolaterapia", "vinoterapia", "temazcal", "hammam", "yoga", "reiki", "manicure", "pedicure", "depilacion", "drenaje", "envoltura",
     "mascarilla", "piscina", "piedra", "desayuno", "almuerzo", "cena", "brunch", "once", "espumante", "champagne", "champana", "vino",
     "cerveza", "pisco", "trago", "coctel", "chocolate", "torta", "flores", "petalo", "vela", "ambientacion", "tabla", "quesos", "picoteo",
     "traslado", "transporte", "estacionamiento", "bata", "toalla", "aceite", "crema", "balsamo", "shampoo", "difusor", "ritual", "circuito",
     "terapia", "tratamiento", "programa", "membresia", "clase", "taller", "jabon", "infusion", "snack", "cabalgata", "kayak", "trekking",
     "massage", "tub", "cabin", "lodging", "room", "night", "stone", "breakfast", "lunch", "dinner", "wine", "champagne", "oil", "pool",
     "treatment", "therapy", "bath", "membership", "class", "parking", "transfer", "robe", "candle", "flower"});

inline constexpr auto little = std::to_array<Word>(
    {"de", "del", "la", "el", "los", "las", "con", "en", "y", "e", "a", "al", "para", "por", "un", "una", "the", "of", "with", "and", "in"});

/// What may stand after a kind of service without making a new one.
inline constexpr auto harmless = std::to_array<Word>(
    {"favorito", "favorita", "preferido", "preferida", "que", "fue", "fueron", "era", "es", "son", "esta", "estan", "te", "lo", "le", "nos",
     "tu", "tus", "su", "sus", "mi", "nuestro", "nuestra", "nuestros", "nuestras", "siempre", "ya", "hoy", "ayer", "aqui", "como", "donde",
     "cuando", "mas", "tan", "muy", "hace", "desde", "dura", "incluye", "cuesta", "espera", "esperan", "sigue", "queda", "quedo", "sera", "tiene",
     "o", "u", "ni", "pero", "si", "no", "se", "sin", "solo", "juntos", "juntas", "completo", "completa", "ideal", "perfecto", "perfecta",
     "delicioso", "deliciosa", "rico", "rica", "merecido", "merecida", "pensado", "pensada", "especial", "anterior", "pasado", "pasada",
     "conocido", "conocida", "total", "ambos", "antes", "despues", "ademas", "tambien", "entre", "seguido", "seguida", "junto", "aremko",
     "is", "was", "are", "for", "you", "your", "that", "at", "to", "it", "waits", "on", "our", "since", "us", "here", "costs", "lasts", "plus",
     "or", "but", "will", "would", "a", "an", "an", "last", "next", "favourite", "favorite", "usual", "beloved", "special", "this", "i", "we"});

inline constexpr auto greeting = std::to_array<Word>(
    {"hola", "estimado", "estimada", "querido", "querida", "hi", "hello", "dear", "hey", "don", "dona", "senor", "senora"});

/// Capitalised words that are no names of people or things.
inline constexpr auto common_names = std::to_array<Word>(
    {"spa", "wellness", "center", "centro", "equipo", "team", "oferta", "offer", "especial", "special", "propuesta", "pack", "chile", "i",
     "usted", "ud", "sr", "sra", "clp", "saludos", "gracias", "abrazo", "carino", "te", "tu", "you", "your", "we", "a", "y", "o", "el", "la"});

/// "masaje" for massage and tub, tina for hot tub …: the kind in the catalogue's word; the word itself otherwise.
constexpr std::string_view in_spanish(std::string_view word) {
  struct Pair {
    std::string_view en, es;
  };
  constexpr auto pairs = std::to_array<Pair>({{"massage", "masaje"}, {"massages", "masaje"}, {"tub", "tina"}, {"tubs", "tina"},
                                              {"cabin", "cabana"}, {"cabins", "cabana"}, {"lodging", "alojamiento"}, {"oil", "aceite"},
                                              {"package", "pack"}, {"packages", "pack"}, {"relaxing", "relajante"}, {"hot", "caliente"},
                                              {"therapeutic", "terapeutico"}, {"essential", "esencial"}, {"paquete", "pack"},
                                              {"breakfast", "desayuno"}, {"stone", "piedra"}, {"stones", "piedras"}});
  for (const Pair& pair : pairs) {
    if (pair.en == word) return pair.es;
  }
  return word;
}

}  // namespace aremko::operations::words

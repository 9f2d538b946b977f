#include "identity/nobody.h"

#include <algorithm>
#include <unordered_set>

#include "identity/given_names.h"
#include "normalize/text.h"

namespace aremko::identity {

namespace {

using Words = std::unordered_set<std::string_view>;

Words words_in(std::string_view list) {
  Words out;
  for (const std::string_view word : normalize::tokens(list)) out.insert(word);
  return out;
}

// What stands beside a name in a booking's name field.
constexpr std::string_view notes =
    "reserva reservas reservacion gift card giftcard regalo vip cumpleanos cumple aniversario masaje masajes tina tinas cabana "
    "cabanas tinaja tinajas spa pack promo promocion convenio voucher cortesia canje pendiente pagado abono whatsapp instagram "
    "facebook web online internet airbnb booking expedia despegar tripadvisor google groupon ";

// What stands in a name's place.
constexpr std::string_view placeholders =
    "n nn no s sn x xx xxx xxxx sin con por confirmar definir asignar nombre nombres apellido apellidos cliente clientes clienta test "
    "testing prueba pruebas indica informa tiene dice particular particulares pasajero pasajera pasajeros turista turistas "
    "huesped huespedes invitado invitada invitados visita visitas anonimo anonima desconocido desconocida generico generica "
    "general publico varios varias mostrador caja walk in persona personas adulto adultos nino ninos pareja parejas grupo grupos "
    "familia empresa ninguno ninguna nadie null none name guest customer usuario usuaria user contacto telefono fono ";

}  // namespace

bool is_note_word(std::string_view folded) {
  static const Words words = words_in(notes);
  return words.contains(folded);
}

bool is_nobodys_name(std::string_view folded) {
  static const Words words = words_in(placeholders);
  for (const std::string_view word : normalize::tokens(folded)) {
    if (!words.contains(word) && !is_note_word(word)) return false;
  }
  return true;
}

bool is_couple(std::string_view folded) {
  std::string_view before;
  bool joined = false;
  for (const std::string_view word : normalize::tokens(folded)) {
    if (joined && is_given_name(word)) return true;
    joined = (word == "y" || word == "e") && !before.empty();
    before = word;
  }
  return false;
}

bool is_relative_of_somebody(std::string_view folded) {
  static const Words words = words_in("hija hijo hijas hijos esposa esposo marido senora mujer polola pololo novia novio amiga amigo mama papa madre "
                                      "padre hermana hermano abuela abuelo tia tio prima primo sobrina sobrino nieta nieto suegra suegro nuera yerno "
                                      "cunada cunado acompanante pareja familia parte");
  return words.contains(folded.substr(0, folded.find(' '))) && folded.contains(' ');
}

bool is_organisation(std::string_view folded) {
  static const Words words = words_in("hotel hostal hostel motel lodge cabanas municipalidad municipio ilustre gobernacion ministerio empresa empresas ltda "
                                      "limitada eirl sa spa colegio escuela liceo jardin universidad instituto academia constructora inmobiliaria "
                                      "agencia turismo viajes tours travel club clinica hospital consultorio cesfam banco restaurant restaurante "
                                      "transportes comercial comercializadora sociedad servicios fundacion corporacion asociacion sindicato junta "
                                      "iglesia parroquia agricola forestal pesquera salmones ingenieria consultora consultores asesorias importadora "
                                      "distribuidora supermercado farmacia notaria ferreteria panaderia centro grupo cia compania group chile");
  for (const std::string_view word : normalize::tokens(folded)) {
    if (words.contains(word)) return true;
  }
  return false;
}

bool is_nobodys_number(std::string_view digits) {
  if (digits.size() < 7) return false;
  const std::string_view tail = digits.substr(digits.size() > 8 ? digits.size() - 8 : 0);
  const std::string_view first_seven = tail.substr(0, tail.size() - 1);
  if (first_seven.find_first_not_of(first_seven.front()) == std::string_view::npos) return true;
  constexpr std::string_view up = "01234567890123456789";
  return up.contains(tail);
}

}  // namespace aremko::identity

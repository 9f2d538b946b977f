#include "identity/nobody.h"

#include <algorithm>
#include <span>
#include <vector>

#include "identity/given_names.h"
#include "identity/word_set.h"
#include "normalize/name.h"
#include "normalize/text.h"

namespace aremko::identity {

namespace {

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
    "nuevo nueva nuevos consumidor final especial especiales meson gerencia influencer agencia cupon cuponatic atrapalo hotel asdf qwerty "
    "familia empresa ninguno ninguna nadie null none name guest customer usuario usuaria user contacto telefono fono "
    "se a desconoce identificar identificado identificada informa informado informada registra registrado confirmado avisar telefonica "
    "telefonico presencial clte clt cte client clients undefined unknown anonymous bloqueado bloqueada bloqueo bloquear mantencion "
    "mantenimiento cerrado cerrada ocupado ocupada disponible libre vacio vacia aseo limpieza borrar eliminar eliminado anulada anulado "
    "cancelada cancelado duplicado duplicada ejemplo demo asdasd qwe titular otro otra alguien los las el la de del y ";

// Somebody's, of whom nothing is told.
constexpr std::string_view relations =
    "senora senor senorita sra sr srta novia novio esposa esposo marido mujer polola pololo hija hijo hijas hijos mama papa madre padre "
    "hermana hermano abuela abuelo tia tio prima primo suegra suegro amiga amigo amigas amigos acompanante acompanantes companera companero "
    "colega colegas jefa jefe vecina vecino ";

/// `xx`, `aaaa`: a key that was held down.
bool is_one_letter(std::string_view word) { return word.size() >= 2 && word.find_first_not_of(word.front()) == std::string_view::npos; }

/// `sin identificar`, `nn kuschelmann`, `s/n munoz`: it begins by saying that there is no name. `no informado` too, unless a given name follows.
bool says_there_is_none(std::string_view folded) {
  const auto begins = [&](std::string_view with) { return folded.starts_with(with) && (folded.size() == with.size() || folded[with.size()] == ' '); };
  if (begins("sin") || begins("nn") || begins("n n") || begins("s n")) return true;
  if (!begins("no")) return false;
  const auto words = normalize::tokens(folded);
  return std::ranges::none_of(words, is_given_name);
}

}  // namespace

bool is_note_word(std::string_view folded) {
  static const WordSet words(notes);
  return words.contains(folded);
}

bool is_nobodys_name(std::string_view folded) {
  static const WordSet words(placeholders);
  static const WordSet somebodys(relations);
  if (says_there_is_none(folded)) return true;
  for (const std::string_view word : normalize::tokens(folded)) {
    if (!words.contains(word) && !is_note_word(word) && !somebodys.contains(word) && !is_one_letter(word)) return false;
  }
  return true;
}

bool is_couple(std::string_view folded) {
  static const WordSet others("sra senora senor sr familia esposa esposo marido hijos hijas hijo hija amigos amigas amiga amigo pareja "
                                       "polola pololo novia novio acompanante mama papa");
  std::string_view before;
  bool joined = false;
  for (const std::string_view word : normalize::tokens(folded)) {
    if (joined && (is_given_name(word) || others.contains(word))) return true;
    joined = (word == "y" || word == "e") && !before.empty();
    before = word;
  }
  return false;
}

bool is_relative_of_somebody(std::string_view folded) {
  static const WordSet words("hija hijo hijas hijos esposa esposo marido senora mujer polola pololo novia novio amiga amigo mama papa madre "
                                      "padre hermana hermano abuela abuelo tia tio prima primo sobrina sobrino nieta nieto suegra suegro nuera yerno "
                                      "cunada cunado acompanante pareja familia parte");
  return words.contains(folded.substr(0, folded.find(' '))) && folded.contains(' ');
}

bool is_organisation(std::string_view folded) {
  static const WordSet words("hotel hostal hostel motel lodge cabanas municipalidad municipio ilustre gobernacion ministerio empresa empresas ltda "
                                      "limitada eirl sa spa colegio escuela liceo jardin universidad instituto academia constructora inmobiliaria "
                                      "agencia turismo viajes tours travel club clinica hospital consultorio cesfam banco restaurant restaurante "
                                      "transportes comercial comercializadora sociedad servicios fundacion corporacion asociacion sindicato junta "
                                      "iglesia parroquia agricola forestal pesquera salmones ingenieria consultora consultores asesorias importadora "
                                      "distribuidora supermercado farmacia notaria ferreteria panaderia centro grupo cia compania group chile camara cooperativa federacion");
  for (const std::string_view word : normalize::tokens(folded)) {
    if (words.contains(word)) return true;
  }
  return false;
}

std::string with_relation_first(std::string_view folded) {
  static const WordSet before_of("sra senora senor sr viuda vda secretaria secretario");
  static const WordSet at_the_end("hijo hija padre madre mama papa senora sra esposa esposo marido viuda jr junior ii iii");
  std::vector<std::string_view> words;
  for (const std::string_view word : normalize::tokens(folded)) words.push_back(word);
  const auto joined = [](std::string first, std::span<const std::string_view> rest) {
    for (const std::string_view word : rest) first.append(" ").append(word);
    return first;
  };
  const std::span<const std::string_view> all = words;
  if (words.size() >= 3 && before_of.contains(words[0]) && words[1] == "de") return joined("senora de", all.subspan(2));
  // `Sra. Luis Bopp` is his wife.
  if (words.size() >= 3 && (words[0] == "sra" || words[0] == "senora") && normalize::is_mans_name(words[1])) {
    return joined("senora de", all.subspan(1));
  }
  // `Junior` is a name as well, where it stands first.
  if (words.size() >= 3 && at_the_end.contains(words.back())) {
    return joined("parte " + std::string(words.back()), all.first(words.size() - 1));
  }
  return std::string(folded);
}

namespace {

/// `Ana Soto, Luis Pérez`: a given name begins both parts, and a word that is none ends them. `Soto Pérez, Ana` is one person.
bool are_two_people(std::string_view before, std::string_view behind) {
  const auto whole = [](std::string_view part) {
    const std::string folded = normalize::fold(part);
    const std::size_t blank = folded.find(' ');
    return blank != std::string::npos && is_given_name(std::string_view(folded).substr(0, blank)) && !is_given_name(std::string_view(folded).substr(folded.rfind(' ') + 1));
  };
  return whole(before) && whole(behind);
}

}  // namespace

std::string with_two_people_told(std::string_view raw) {
  std::string out;
  out.reserve(raw.size() + 8);
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const bool comma = raw[i] == ',' && are_two_people(raw.substr(0, i), raw.substr(i + 1));
    const bool dash = raw[i] == '-' && i > 0 && raw[i - 1] == ' ' && i + 1 < raw.size() && raw[i + 1] == ' ';
    if (raw[i] == '/' || raw[i] == '+' || raw[i] == '&' || raw[i] == ';' || dash || comma) {
      out += " y ";
    } else {
      out += raw[i];
    }
  }
  const std::string folded = normalize::fold(out);
  std::vector<std::string_view> words;
  for (const std::string_view word : normalize::tokens(folded)) words.push_back(word);
  // `Pedro Mohr con Juana Haver`, `Pedro o Juana`: between a name and another given name. `de`, `y` and `e` are told elsewhere.
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const std::string_view word = words[i];
    if ((word == "con" || word == "o" || word == "and" || word == "mas") && is_given_name(words[i + 1])) words[i] = "y";
  }
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "y" && !text.empty() && text.ends_with(" y")) continue;
    if (!text.empty()) text += ' ';
    text += words[i];
  }
  return text;
}

namespace {

/// What stands before the `@`, without what people put between its words: `no-reply`, `no_reply`.
std::string mailbox_of(std::string_view address) {
  std::string out(address.substr(0, address.find('@')));
  std::erase_if(out, [](char c) { return c == '.' || c == '-' || c == '_'; });
  return out;
}

}  // namespace

bool is_nobodys_mailbox(std::string_view address) {
  static const WordSet nobody("test no nn na ninguno notiene sinmail sincorreo sinemail noemail nomail correo email mail ejemplo example prueba "
                                       "pendiente xx xxx xxxx asdf cliente clientes client guest noreply donotreply nocontestar noresponder "
                                       "noresponda nocorreo sin anonimo desconocido asdasd qwerty abc aaa aaaa usuario user nombre");
  if (!address.contains('@')) return false;
  return address == "reservas@booking.com" || nobody.contains(mailbox_of(address));
}

bool is_roles_mailbox(std::string_view address) {
  static const WordSet roles("info informacion informaciones information reserva reservas reservation reservations booking bookings contacto "
                                      "contactos contact hola hello ventas venta sales admin administracion administrador gerencia recepcion reception "
                                      "secretaria oficina office contabilidad facturacion facturas pagos cobranza cobranzas finanzas compras "
                                      "proveedores rrhh soporte support ayuda help atencion atencionalcliente servicioalcliente marketing turismo "
                                      "eventos webmaster postmaster hostmaster root consultas comercial operaciones agencia viajes");
  return address.contains('@') && roles.contains(mailbox_of(address));
}

bool looks_made_up(std::string_view digits) {
  if (digits.size() < 8) return false;
  const std::string_view tail = digits.substr(digits.size() - 8);
  constexpr std::string_view down = "98765432109876543210";
  const auto repeats = [&](std::size_t length) {
    for (std::size_t i = length; i < tail.size(); ++i) {
      if (tail[i] != tail[i - length]) return false;
    }
    return true;
  };
  const auto twice = [&] {
    for (std::size_t i = 0; i < tail.size(); i += 2) {
      if (tail[i] != tail[i + 1]) return false;
    }
    return true;
  };
  return down.contains(tail) || repeats(2) || repeats(4) || twice();
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

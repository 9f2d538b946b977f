// What a message may say of a guest, and what it may not: the guide's María, with what the demo's catalogue sells.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operations/proposal.h"
#include "operations/proposal_check.h"
#include "operations/proposal_text.h"

namespace aremko::operations {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

ProposalFacts maria() {
  const OfferedService massage{5, "Masaje Relajante", "masaje", 60, 40'000, 12};
  const OfferedService tub{8, "Tina Caliente Premium", "tina", 120, 30'000, 5};
  const OfferedService cabin{9, "Alojamiento Weekend", "cabana", 1200, 95'000, 0};
  ProposalFacts out;
  out.customer_id = 123;
  out.as_of = AsOf::end_of(Date::of(2024, 3, 14));
  out.negocio = "Aremko";
  out.nombre = "María González";
  out.primer_nombre = "María";
  out.segment = Segment::at_risk;
  out.total_visitas = 17;
  out.primera_visita = Date::of(2016, 8, 20);
  out.ultima_visita = Date::of(2020, 3, 15);
  out.dias_sin_venir = 1460;
  out.ultimo_servicio = "Masaje Relajante";
  out.favoritos = {{"Masaje Relajante", 12, Date::of(2020, 3, 15)}, {"Tina Caliente Premium", 5, Date::of(2020, 2, 10)}};
  out.mejores_meses = {"Enero", "Febrero", "Diciembre"};
  out.channels = {Channel::whatsapp};
  out.descuento_porcentaje = 15;
  out.regalo = "Aceite esencial de lavanda";
  out.ofertas = {{"Pack Masaje Relajante + Tina Caliente Premium", {massage, tub}, 70'000, 10'500, 59'500},
                 {"Masaje Relajante", {massage}, 40'000, 6'000, 34'000},
                 {"Alojamiento Weekend", {cabin}, 95'000, 14'250, 80'750}};
  return out;
}

const std::vector<std::string_view> catalogue{"Masaje Relajante",  "Tina Caliente Premium", "Masaje Piedras Calientes",
                                              "Cabaña Torre",      "Alojamiento Weekend",   "Desayuno",
                                              "Café de grano",     "Bata de algodón",       "Aceite esencial de lavanda"};

std::vector<std::string> codes(std::string_view message, const ProposalFacts& facts = maria()) {
  std::vector<std::string> out;
  for (const ProposalProblem& problem : check_message(message, facts, catalogue)) out.push_back(problem.code);
  return out;
}

std::string told(std::string_view message, const ProposalFacts& facts = maria()) {
  std::string out;
  for (const ProposalProblem& problem : check_message(message, facts, catalogue)) {
    out += problem.code + " «" + problem.quote + "» " + problem.message + "\n";
  }
  return out;
}

/// The sentence in a message that is otherwise right.
std::string with(std::string_view sentence) { return "¡Hola María! Te esperamos con un Masaje Relajante.\n" + std::string(sentence); }

class Right : public ::testing::TestWithParam<const char*> {};
TEST_P(Right, IsAccepted) { EXPECT_EQ(told(with(GetParam())), "") << GetParam(); }

INSTANTIATE_TEST_SUITE_P(Money, Right, ::testing::Values(
    "Masaje Relajante: $40.000", "Masaje Relajante a $ 34.000", "El Masaje Relajante vale 40.000 pesos.",
    "Masaje Relajante por CLP 34.000", "Masaje Relajante a 40 mil pesos", "Masaje Relajante: 34 mil",
    "Masaje Relajante por 34 lucas", "Masaje Relajante: 34k", "Masaje Relajante por treinta y cuatro mil pesos",
    "Masaje Relajante: $40,000", "Masaje Relajante: $40000", "Todo por solo $59.500.", "Ahorras $10.500.",
    "Pack Masaje Relajante + Tina Caliente Premium: $59.500", "Pack Masaje Relajante y Tina Caliente Premium por $59.500 (antes $70.000)",
    "Tina Caliente Premium: $30.000", "El masaje a $34.000", "Alojamiento Weekend por ochenta mil setecientos cincuenta pesos",
    "Alojamiento Weekend: 80,75 mil"));
INSTANTIATE_TEST_SUITE_P(Discounts, Right, ::testing::Values(
    "15% de descuento", "con un 15 % de descuento", "quince por ciento de descuento", "15 por ciento menos", "Tienes un descuento de 15%.",
    "De regalo, un Aceite esencial de lavanda.", "Aceite Esencial de Lavanda gratis"));
INSTANTIATE_TEST_SUITE_P(Time, Right, ::testing::Values(
    "Tu última visita fue el 15 de marzo de 2020.", "Viniste el 15/03/2020.", "Viniste el 2020-03-15.", "Viniste el 15 de marzo.",
    "Nos visitas desde 2016.", "Desde agosto de 2016 eres parte de Aremko.", "Fue hace 4 años.", "hace cuatro años", "hace casi 4 años",
    "hace más de 3 años", "En febrero te encantaba venir.", "Enero y diciembre son tus meses.", "hace 48 meses",
    "Te esperamos por la mañana o cuando quieras."));
INSTANTIATE_TEST_SUITE_P(Services, Right, ::testing::Values(
    "Masaje Relajante 60 min", "Masaje Relajante de una hora", "Masaje Relajante de 60 minutos", "Tina Caliente Premium de 2 horas",
    "Tu masaje favorito te espera.", "masajes relajantes y tina caliente premium", "Nos has visitado 17 veces.", "Tu masaje, 12 veces",
    "tina caliente junto al río", "El masaje que más te gusta."));
INSTANTIATE_TEST_SUITE_P(Tone, Right, ::testing::Values(
    "Mil gracias por tu cariño.", "¡OFERTA ESPECIAL PARA TI!", "Un abrazo,\nEquipo Aremko", "Regálate un momento para ti.",
    "1. Masaje Relajante\n2. Tina Caliente Premium", "Buenas noches y gracias.", "¿Te animas? 💙✨", "Queremos verte un día de estos.",
    "Te extrañamos en el Spa."));

struct Wrong {
  const char* sentence;
  const char* code;
};
class Refused : public ::testing::TestWithParam<Wrong> {};
TEST_P(Refused, WithItsReason) {
  EXPECT_THAT(codes(with(GetParam().sentence)), Contains(std::string(GetParam().code))) << GetParam().sentence << "\n" << told(with(GetParam().sentence));
}

INSTANTIATE_TEST_SUITE_P(Money, Refused, ::testing::Values(
    Wrong{"Masaje Relajante: $45.000", "precio"}, Wrong{"Masaje Relajante: 45 mil", "precio"}, Wrong{"Masaje Relajante: 45mil", "precio"},
    Wrong{"Masaje Relajante por cuarenta y cinco mil pesos", "precio"}, Wrong{"Masaje Relajante: 45k", "precio"},
    Wrong{"Masaje Relajante a 45 lucas", "precio"}, Wrong{"Masaje Relajante: $45,000", "precio"}, Wrong{"Masaje Relajante $ 45000", "precio"},
    Wrong{"Todo por 45.000.", "precio"}, Wrong{"Todo por solo $42.000.", "precio"}, Wrong{"Masaje Relajante: $30.000", "precio"},
    Wrong{"Masaje Relajante: $59.500", "precio"}, Wrong{"Tina Caliente Premium: $34.000", "precio"}, Wrong{"Pack Masaje Relajante + Tina Caliente Premium: $80.750", "precio"},
    Wrong{"Masaje Relajante: 40 dólares", "precio"}, Wrong{"Masaje Relajante: US$ 40", "precio"}, Wrong{"por 2 UF", "precio"},
    Wrong{"Masaje Relajante: 1,2 millones", "precio"}, Wrong{"Masaje Relajante: un millón de pesos", "precio"}, Wrong{"mil pesos menos", "precio"},
    Wrong{"Masaje Relajante: $40.001", "precio"}, Wrong{"El masaje a $80.750", "precio"}, Wrong{"Masaje Relajante a $40", "precio"}));
INSTANTIATE_TEST_SUITE_P(Discounts, Refused, ::testing::Values(
    Wrong{"20% de descuento", "descuento"}, Wrong{"un 50 % menos", "descuento"}, Wrong{"veinte por ciento de descuento", "descuento"},
    Wrong{"25 por ciento", "descuento"}, Wrong{"2x1 en todo", "descuento"}, Wrong{"3 x 2", "descuento"}, Wrong{"a mitad de precio", "descuento"},
    Wrong{"dos por uno", "descuento"}, Wrong{"15,5% de descuento", "descuento"}, Wrong{"10-15% de descuento", "cantidad"},
    Wrong{"la segunda persona no paga", "descuento"}, Wrong{"Tina Caliente Premium gratis", "regalo"}, Wrong{"con un regalo sorpresa", "regalo"},
    Wrong{"Espumante de cortesía", "regalo"}, Wrong{"100% natural", "descuento"}));
INSTANTIATE_TEST_SUITE_P(Time, Refused, ::testing::Values(
    Wrong{"Tu última visita fue el 14 de marzo de 2021.", "fecha"}, Wrong{"El 14 de abril", "fecha"}, Wrong{"el 14/04/2024", "fecha"},
    Wrong{"el 2024-04-14", "fecha"}, Wrong{"el 15-03-2021", "fecha"}, Wrong{"En julio te encantaba venir.", "fecha"}, Wrong{"desde 2015", "fecha"},
    Wrong{"desde marzo de 2019", "fecha"}, Wrong{"hace 2 años", "fecha"}, Wrong{"hace seis años", "fecha"}, Wrong{"hace un año", "fecha"},
    Wrong{"hace 3 semanas", "fecha"}, Wrong{"este sábado", "fecha"}, Wrong{"ven mañana", "fecha"}, Wrong{"a las 15:30", "fecha"},
    Wrong{"a las 5", "cantidad"}, Wrong{"válido hasta agotar", "plazo"}, Wrong{"Oferta válida hasta el viernes", "plazo"}, Wrong{"¡Últimos cupos!", "plazo"},
    Wrong{"solo por hoy", "plazo"}, Wrong{"el primero de abril", "fecha"}, Wrong{"March 20, 2024", "fecha"}, Wrong{"diez de mayo", "fecha"}));
INSTANTIATE_TEST_SUITE_P(Services, Refused, ::testing::Values(
    Wrong{"Masaje Piedras Calientes", "servicio"}, Wrong{"masaje de piedras calientes", "servicio"}, Wrong{"Masaje Tailandés", "servicio"},
    Wrong{"un masaje tailandés", "servicio"}, Wrong{"masaje con chocolate", "servicio"}, Wrong{"Cabaña Torre", "servicio"}, Wrong{"un desayuno", "servicio"},
    Wrong{"acceso al sauna", "servicio"}, Wrong{"una limpieza facial", "servicio"}, Wrong{"Tina Volcánica", "servicio"}, Wrong{"una copa de vino", "servicio"},
    Wrong{"Pack Relajación Total", "servicio"}, Wrong{"programa Detox", "servicio"}, Wrong{"dos noches", "servicio"}, Wrong{"aceite de coco", "servicio"},
    Wrong{"una bata de algodón", "servicio"}, Wrong{"reflexología podal", "servicio"}, Wrong{"con jacuzzi", "servicio"}));
INSTANTIATE_TEST_SUITE_P(Counts, Refused, ::testing::Values(
    Wrong{"Masaje Relajante de 90 minutos", "duracion"}, Wrong{"Masaje Relajante de hora y media", "duracion"}, Wrong{"Masaje Relajante, 2 horas", "duracion"},
    Wrong{"Tina Caliente Premium 30 min", "duracion"}, Wrong{"media hora de Masaje Relajante", "duracion"}, Wrong{"Nos has visitado 20 veces.", "cantidad"},
    Wrong{"veinte visitas", "cantidad"}, Wrong{"para 2 personas", "cantidad"}, Wrong{"para dos", "cantidad"}, Wrong{"a solo 45", "cantidad"}));
INSTANTIATE_TEST_SUITE_P(People, Refused, ::testing::Values(
    Wrong{"Te atenderá nuestra terapeuta Carla.", "nombre"}, Wrong{"Estimada Marta", "nombre"}, Wrong{"María Pérez", "nombre"},
    Wrong{"en nuestra sede de Santiago", "nombre"}, Wrong{"Saludos de Jorge", "nombre"}));
INSTANTIATE_TEST_SUITE_P(Contacts, Refused, ::testing::Values(
    Wrong{"Reserva en www.aremko.cl", "contacto"}, Wrong{"Reserva en aremko.cl", "contacto"}, Wrong{"Escribe a hola@aremko.cl", "contacto"},
    Wrong{"Llama al 987654321", "contacto"}, Wrong{"Llama al +56 9 8765 4321", "contacto"}, Wrong{"https://wa.me/56987654321", "contacto"},
    Wrong{"<b>Oferta</b>", "formato"}));

TEST(ProposalCheck, TheGuidesMessageInOurFacts) {
  EXPECT_EQ(told("Hola María! Te extrañamos en Aremko 💙\nTu último masaje relajante fue hace 4 años...\n\nOferta especial para ti:\n"
                 "🎁 Pack Masaje Relajante + Tina Caliente Premium: $59.500\n   ✓ Masaje relajante 60min (tu favorito!)\n"
                 "   ✓ Tina caliente premium 120min\n   ✓ Aceite esencial de lavanda de regalo\n   ✓ 15% descuento reactivación"), "");
}

TEST(ProposalCheck, TheGuidesMessageWithTheGuidesInventionsIsRefused) {
  EXPECT_THAT(codes("Hola María! Te extrañamos en Aremko 💙\n🎁 Pack Relajación Total: $42.000\n   ✓ Masaje relajante 60min\n   ✓ Tina caliente 30min"),
              ::testing::IsSupersetOf({std::string("servicio"), std::string("precio")}));
}

TEST(ProposalCheck, TemplatesPassTheirOwnCheck) {
  ProposalFacts facts = maria();
  for (const std::string_view language : {"es", "en"}) {
    EXPECT_EQ(told(template_message(facts, language), facts), "") << template_message(facts, language);
  }
  facts.regalo = {};
  facts.descuento_porcentaje = 0;
  for (Offer& offer : facts.ofertas) offer.precio_oferta = offer.precio_lista, offer.ahorro = 0;
  facts.proxima_reserva = Moment::at(Date::of(2024, 3, 20), 15, 0);
  for (const std::string_view language : {"es", "en"}) {
    EXPECT_EQ(told(template_message(facts, language), facts), "") << template_message(facts, language);
  }
  facts.proxima_reserva = {};
  facts.dias_sin_venir = {};
  facts.ultima_visita = facts.primera_visita = {};
  facts.ultimo_servicio = {};
  facts.favoritos.clear();
  facts.total_visitas = 0;
  for (const std::string_view language : {"es", "en"}) {
    EXPECT_EQ(told(template_message(facts, language), facts), "") << template_message(facts, language);
  }
}

TEST(ProposalCheck, WithoutADiscountNoneMayBeNamed) {
  ProposalFacts facts = maria();
  facts.descuento_porcentaje = 0;
  facts.regalo = {};
  EXPECT_THAT(codes(with("con descuento"), facts), Contains("descuento"));
  EXPECT_THAT(codes(with("15% menos"), facts), Contains("descuento"));
  EXPECT_THAT(codes(with("Aceite esencial de lavanda de regalo"), facts), Contains("regalo"));
}

TEST(ProposalCheck, ABookingAheadMayBeNamed) {
  ProposalFacts facts = maria();
  facts.proxima_reserva = Moment::at(Date::of(2024, 3, 20), 15, 30);  // a Wednesday
  EXPECT_EQ(told(with("Te esperamos el miércoles 20 de marzo a las 15:30."), facts), "");
  EXPECT_THAT(codes(with("Te esperamos el jueves 20 de marzo."), facts), Contains("fecha"));
  EXPECT_THAT(codes(with("Te esperamos a las 16:30."), facts), Contains("fecha"));
}

TEST(ProposalCheck, WhatIsMissing) {
  EXPECT_THAT(codes(""), Contains("falta"));
  EXPECT_THAT(codes("Lo siento, no puedo ayudar con eso."), Contains("falta"));
  EXPECT_THAT(codes("¡Hola María! Te extrañamos."), Contains("falta"));
  EXPECT_THAT(codes("Te esperamos con un Masaje Relajante."), Contains("falta"));
  EXPECT_THAT(codes(std::string(2'000, 'a')), Contains("largo"));
  EXPECT_THAT(codes("¡Hola María! \xff Masaje Relajante"), Contains("formato"));
}

TEST(ProposalCheck, EnglishToo) {
  EXPECT_EQ(told("Hi María! We miss you at Aremko. Your last Masaje Relajante was 4 years ago. "
                 "Your favourite massage is now $34,000, which is 15% off the list price of $40,000."), "");
  EXPECT_THAT(codes("Hi María! A Thai massage with a Masaje Relajante"), Contains("servicio"));
  EXPECT_THAT(codes("Hi María! Masaje Relajante, 20% off"), Contains("descuento"));
  EXPECT_THAT(codes("Hi Martha! Masaje Relajante for María"), Contains("nombre"));
  EXPECT_THAT(codes("Dear María, Masaje Relajante for forty-five thousand pesos"), Contains("precio"));
}

TEST(ProposalCheck, AnyBytesEndAndStayBounded) {
  std::string all;
  for (int i = 1; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_FALSE(check_message(all, maria(), catalogue).empty());
  std::string many = "María ";
  while (many.size() < 1'400) many += "$1.234 ";
  EXPECT_EQ(check_message(many, maria(), catalogue).size(), 20U);
  for (const std::string_view cut : {"¡", "á", "💙", "$", "15", "mil", "hace", "un", "de", "media", "2x", "45."}) {
    EXPECT_FALSE(check_message(cut, maria(), catalogue).empty());
  }
}

TEST(ProposalText, FiguresInWordsAndDigits) {
  const auto value = [](std::string_view text) {
    const auto pieces = pieces_of(text);
    const auto figure = figure_at(pieces, 0);
    return figure ? figure->value : -1;
  };
  EXPECT_EQ(value("45.000"), 45'000);
  EXPECT_EQ(value("45,000"), 45'000);
  EXPECT_EQ(value("1.234.567"), 1'234'567);
  EXPECT_EQ(value("45,5"), 45.5);
  EXPECT_EQ(value("45 mil"), 45'000);
  EXPECT_EQ(value("cuarenta y cinco mil"), 45'000);
  EXPECT_EQ(value("ciento veinte mil quinientos"), 120'500);
  EXPECT_EQ(value("un millón"), 1'000'000);
  EXPECT_EQ(value("1,2 millones"), 1'200'000);
  EXPECT_EQ(value("dos mil"), 2'000);
  EXPECT_EQ(value("forty five thousand"), 45'000);
  EXPECT_EQ(value("two hundred"), 200);
  EXPECT_EQ(value("mil gracias"), -1);
  EXPECT_EQ(value("un masaje"), -1);
  EXPECT_EQ(value("14/03"), -1);
}

}  // namespace
}  // namespace aremko::operations

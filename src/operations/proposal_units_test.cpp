// A price in a message says for whom it is, and of lodging for which nights.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operations/proposal.h"
#include "operations/proposal_check.h"

namespace aremko::operations {
namespace {

/// A couple's cabin and tub, and a massage for each of two.
ProposalFacts facts() {
  const OfferedService cabin{3, "Cabaña Torre", "cabana", 1200, 90'000, 1, "por_noche", 45'000, 2, 1, "1 noche"};
  const OfferedService tub{1, "Tina Hornopiren", "tina", 120, 50'000, 1, "total", 25'000, 2, 0, "2 horas"};
  const OfferedService massage{2, "Masaje Relajante", "masaje", 50, 80'000, 2, "por_persona", 40'000, 2, 0, "50 minutos"};
  ProposalFacts out;
  out.customer_id = 1;
  out.as_of = AsOf::end_of(Date::of(2024, 3, 14));
  out.negocio = "Aremko";
  out.nombre = "Ana Soto";
  out.primer_nombre = "Ana";
  out.total_visitas = 2;
  out.ultima_visita = Date::of(2021, 3, 1);
  out.dias_sin_venir = 1109;
  out.ultimo_servicio = "Tina Hornopiren";
  out.descuento_porcentaje = 20;
  out.ofertas = {{"Pack Cabaña Torre + Tina Hornopiren", {cabin, tub}, 140'000, 28'000, 112'000, 2, 1},
                 {"Masaje Relajante", {massage}, 80'000, 16'000, 64'000, 2, 0}};
  return out;
}

std::string told(std::string_view sentence, const ProposalFacts& of = facts()) {
  std::string out;
  for (const ProposalProblem& problem : check_message("¡Hola Ana! Te esperamos con un Masaje Relajante.\n\n\n" + std::string(sentence), of,
                                                      std::vector<std::string_view>{"Cabaña Torre", "Tina Hornopiren", "Masaje Relajante"})) {
    out += problem.code + " «" + problem.quote + "» " + problem.message + "\n";
  }
  return out;
}

class WithUnit : public ::testing::TestWithParam<const char*> {};
TEST_P(WithUnit, IsAccepted) { EXPECT_EQ(told(GetParam()), "") << GetParam(); }
INSTANTIATE_TEST_SUITE_P(Prices, WithUnit, ::testing::Values(
    "Masaje Relajante: $80.000 para 2 personas", "Masaje Relajante a $64.000 para dos personas", "Masaje Relajante: $40.000 por persona",
    "Para los dos, Masaje Relajante por $64.000", "Cabaña Torre por 1 noche para 2 personas: $90.000", "Tina Hornopiren: $50.000 para 2 personas",
    "Pack Cabaña Torre + Tina Hornopiren: $112.000 por una noche para 2 personas (antes $140.000)",
    "Masaje Relajante: $64.000 for 2 people", "Cabaña Torre: $45.000 por persona y por noche", "Ahorras $16.000.",
    "Tina Hornopiren de 2 horas", "Masaje Relajante de 50 minutos"));

class WithoutUnit : public ::testing::TestWithParam<const char*> {};
TEST_P(WithoutUnit, IsRefused) { EXPECT_NE(told(GetParam()), "") << GetParam(); }
INSTANTIATE_TEST_SUITE_P(Prices, WithoutUnit, ::testing::Values(
    "Masaje Relajante: $80.000", "Masaje Relajante: $64.000", "Masaje Relajante: $40.000", "Masaje Relajante: $40.000 para 2 personas",
    "Masaje Relajante: $80.000 por persona", "Cabaña Torre: $90.000 para 2 personas", "Cabaña Torre: $90.000 por noche", "Cabaña Torre: $45.000 por noche",
    "Tina Hornopiren: $50.000", "Masaje Relajante: $80.000 para 4 personas", "Masaje Relajante: $64.000 para 1 persona",
    "Pack Cabaña Torre + Tina Hornopiren: $112.000", "Cabaña Torre por 2 noches para 2 personas: $90.000"));

INSTANTIATE_TEST_SUITE_P(BesideARightOne, WithoutUnit, ::testing::Values(
    "Masaje Relajante: $64.000 para 2 personas, por noche", "Tina Hornopiren por persona: $50.000 para 2 personas",
    "Masaje Relajante por noche: $64.000 para 2 personas"));
INSTANTIATE_TEST_SUITE_P(InOtherForms, WithoutUnit, ::testing::Values(
    "Masaje Relajante: ＄６４.０００", "Masaje Relajante: ＄６４．０００", "Masaje Relajante: ﹩𝟔𝟒.𝟎𝟎𝟎", "Masaje Relajante: $6\u200b4.000", "Masaje Relajante: ٤٥ mil"));
INSTANTIATE_TEST_SUITE_P(InOtherForms, WithUnit, ::testing::Values("Masaje Relajante: ＄６４.０００ para ２ personas"));

TEST(ProposalUnits, AWholePriceIsNobodysShare) {
  ProposalFacts of = facts();
  of.ofertas[0].servicios[0].personas = of.ofertas[0].servicios[1].personas = of.ofertas[0].personas = 1;
  EXPECT_EQ(told("Pack Cabaña Torre + Tina Hornopiren: $112.000 por una noche para 1 persona", of), "");
  EXPECT_NE(told("Cabaña Torre: $45.000 por persona y por noche", of), "") << "one pays for both";
  EXPECT_NE(told("Tina Hornopiren: $50.000 por persona", of), "");
}

TEST(ProposalUnits, WhoeverComesTodayIsToldTheHourAndSoldNothing) {
  ProposalFacts of = facts();
  of.proxima_reserva = Moment::at(Date::of(2024, 3, 14), 16, 30);
  of.as_of = AsOf{Moment::at(Date::of(2024, 3, 14), 11, 0)};
  of.ofertas.clear();
  of.descuento_porcentaje = 0;
  EXPECT_EQ(template_message(of, "es"), "¡Hola Ana! Te esperamos hoy a las 16:30 en Aremko 💙\n");
  EXPECT_EQ(template_message(of, "en"), "Hi Ana! We look forward to seeing you today at 16:30 at Aremko 💙\n");
  for (const std::string_view language : {"es", "en"}) {
    const std::string message = template_message(of, language);
    for (const ProposalProblem& problem : check_message(message, of, {}, language)) ADD_FAILURE() << problem.code << " " << problem.quote << "\n" << message;
  }
}

TEST(ProposalUnits, WhoeverIsHereIsWelcomedAndWhoOwesLongIsGreeted) {
  ProposalFacts of = facts();
  of.ofertas.clear();
  of.descuento_porcentaje = 0;
  of.here = true;
  EXPECT_EQ(template_message(of, "es"), "¡Hola Ana! Qué bueno tenerte hoy en Aremko 💙\n");
  of.here = false;
  of.owes = true;
  EXPECT_EQ(template_message(of, "es"), "¡Hola Ana! Te saludamos de Aremko 💙\n") << "nobody is thanked for a visit of long ago";
  of.dias_sin_venir = 30;
  EXPECT_EQ(template_message(of, "en"), "Hi Ana! Thank you for coming to Aremko 💙\n");
  of.total_visitas = 0;
  of.dias_sin_venir = {};
  EXPECT_EQ(template_message(of, "es"), "¡Hola Ana! Nos encantaría recibirte en Aremko 💙\n");
}

TEST(ProposalUnits, NobodyIsMissedWhoHasSomethingToPay) {
  ProposalFacts of = facts();
  EXPECT_THAT(template_message(of, "es"), ::testing::HasSubstr("extrañamos"));
  of.owes = true;
  EXPECT_THAT(template_message(of, "es"), ::testing::Not(::testing::HasSubstr("extrañamos")));
}

/// Massages early in 2021, a cabin since.
std::string of_last(std::string_view sentence) {
  ProposalFacts of = facts();
  of.as_of = AsOf::end_of(Date::of(2026, 11, 27));
  of.primera_visita = Date::of(2021, 1, 5);
  of.ultima_visita = Date::of(2022, 12, 5);
  of.dias_sin_venir = 1453;
  of.ultimo_servicio = "Cabaña Torre";
  of.favoritos = {{"Masaje Relajante", 2, Date::of(2021, 2, 5)}, {"Cabaña Torre", 1, Date::of(2022, 12, 5)}};
  return told(sentence, of);
}

class OfTheLast : public ::testing::TestWithParam<const char*> {};
TEST_P(OfTheLast, IsAccepted) { EXPECT_EQ(of_last(GetParam()), "") << GetParam(); }
INSTANTIATE_TEST_SUITE_P(Visit, OfTheLast, ::testing::Values(
    "Tu última visita, con Cabaña Torre, fue hace 3 años.", "Viniste por última vez el 5 de diciembre de 2022.", "No vienes desde hace 3 años.",
    "Nos visitas desde hace 5 años.", "En febrero de 2021 disfrutaste un Masaje Relajante.", "Your last visit was 3 years ago.",
    "Nos conoces desde enero de 2021.", "No te vemos desde diciembre de 2022."));
class NotOfTheLast : public ::testing::TestWithParam<const char*> {};
TEST_P(NotOfTheLast, IsRefused) { EXPECT_NE(of_last(GetParam()), "") << GetParam(); }
INSTANTIATE_TEST_SUITE_P(Visit, NotOfTheLast, ::testing::Values(
    "Tu última visita, con Masaje Relajante, fue hace 3 años.", "Viniste por última vez el 5 de febrero de 2021", "Tu última visita fue el 05/02/2021",
    "Tu última visita fue en febrero de 2021", "No vienes desde hace cinco años", "No te vemos hace 5 años", "No vienes hace una década",
    "Tu último masaje fue hace 3 años.", "Te fuiste hace 5 años.", "Your last visit was 5 years ago.", "We haven't seen you for 5 years.",
    "The last time was in February 2021.", "Tu última visita…\nfue hace 5 años.", "Cinco años sin verte."));

TEST(ProposalUnits, TheRefusalSaysHow) {
  EXPECT_THAT(told("Masaje Relajante: $80.000"), ::testing::HasSubstr("para 2 personas"));
  EXPECT_THAT(told("Masaje Relajante: $40.000"), ::testing::HasSubstr("por persona"));
}

TEST(ProposalUnits, TheTemplateSaysThemAll) {
  ProposalFacts of = facts();
  for (const std::string_view language : {"es", "en"}) {
    const std::string message = template_message(of, language);
    for (const ProposalProblem& problem : check_message(message, of, {}, language)) ADD_FAILURE() << problem.code << " " << problem.quote << "\n" << message;
  }
  const std::string message = template_message(of, "es");
  EXPECT_THAT(message, ::testing::HasSubstr("🎁 Pack Cabaña Torre + Tina Hornopiren: $112.000 por 1 noche para 2 personas\n"));
  EXPECT_THAT(message, ::testing::HasSubstr("✓ Tina Hornopiren, 2 horas, para 2 personas\n"));
  EXPECT_THAT(message, ::testing::HasSubstr("✓ Cabaña Torre, por 1 noche para 2 personas\n"));
  EXPECT_THAT(message, ::testing::HasSubstr("hace 3 años"));
  of.proxima_reserva = Moment::at(Date::of(2024, 3, 20), 15, 0);
  EXPECT_THAT(template_message(of, "es"), ::testing::Not(::testing::HasSubstr("extrañamos")));
}

}  // namespace
}  // namespace aremko::operations

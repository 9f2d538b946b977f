#include "operations/explanation.h"

#include <cmath>

#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operations/evidence_words.h"
#include "operations/test_house.h"

namespace aremko::operations {
namespace {

using boost::json::value;
using testing::House;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

class Explanation : public ::testing::Test {
 protected:
  value answer(std::string_view name, std::vector<Argument> arguments, std::string_view language = "es") {
    const auto text = house.call(name, std::move(arguments), "aremko", language);
    EXPECT_TRUE(text) << (text ? "" : text.error().detail.es);
    return text ? *json::parse(*text) : value(boost::json::object{});
  }
  Code refusal(std::string_view name, std::vector<Argument> arguments) {
    const auto text = house.call(name, std::move(arguments));
    EXPECT_FALSE(text);
    return text ? Code::internal : text.error().code;
  }
  static double number(const value& of) { return of.to_number<double>(); }

  House house;
};

TEST_F(Explanation, TheEvidenceAddsUpToTheConfidence) {
  const value maria = answer("explain_match", {{"legacy_id", "1657", Where::path}, {"customer_id", "123", Where::path}});
  EXPECT_EQ(number(maria.at("confidence")), 95);
  double sum = 0;
  for (const value& evidence : maria.at("evidence").as_array()) {
    sum += number(evidence.at("log_odds"));
    EXPECT_FALSE(evidence.at("text").as_string().empty());
    EXPECT_FALSE(evidence.at("field").as_string().empty());
  }
  EXPECT_NEAR(sum, number(maria.at("log_odds")), 1e-9);
  EXPECT_NEAR(100 / (1 + std::exp(-sum)), 95, 0.06);
  EXPECT_THAT(std::string(maria.at("summary").as_string()), HasSubstr("alta confianza"));
  EXPECT_EQ(maria.at("evidence").at(0).at("reason").as_string(), "phone_exact");
  EXPECT_TRUE(maria.at("mapping").is_null()) << "nothing was synced yet";
}

TEST_F(Explanation, AMappingIsExplainedInTheReadersLanguage) {
  ASSERT_TRUE(house.call("sync_legacy_to_current"));
  const auto mappings = house.store().mappings().by_legacy("aremko", "1657");
  ASSERT_FALSE(mappings.empty());
  const value es = answer("explain_mapping", {{"mapping_id", mappings[0].id, Where::path}});
  EXPECT_EQ(es.at("mapping").at("id").as_string(), mappings[0].id);
  EXPECT_EQ(number(es.at("confidence")), mappings[0].confidence);
  EXPECT_THAT(boost::json::serialize(es), HasSubstr("Mismo teléfono"));
  const value en = answer("explain_mapping", {{"mapping_id", mappings[0].id, Where::path}}, "en");
  EXPECT_THAT(boost::json::serialize(en.at("evidence")), HasSubstr("Same phone"));
  EXPECT_THAT(boost::json::serialize(en.at("evidence")), Not(HasSubstr("Mismo")));
}

TEST_F(Explanation, TheReasonsNeverHoldWhatIsCompared) {
  const value maria = answer("explain_match", {{"legacy_id", "1657", Where::path}, {"customer_id", "123", Where::path}});
  const std::string text = boost::json::serialize(maria.at("evidence")) + std::string(maria.at("summary").as_string());
  for (const std::string_view secret : {"87654321", "Gonz", "maria@", "12345678"}) EXPECT_THAT(text, Not(HasSubstr(secret)));
}

TEST_F(Explanation, StrangersAreExplainedTooAndTheUnknownRefused) {
  const value strangers = answer("explain_match", {{"legacy_id", "1701", Where::path}, {"customer_id", "123", Where::path}});
  EXPECT_LT(number(strangers.at("confidence")), 5);
  EXPECT_THAT(std::string(strangers.at("summary").as_string()), HasSubstr("No hay pruebas suficientes"));
  EXPECT_EQ(refusal("explain_match", {{"legacy_id", "9999", Where::path}, {"customer_id", "123", Where::path}}), Code::not_found);
  EXPECT_EQ(refusal("explain_match", {{"legacy_id", "1657", Where::path}, {"customer_id", "999", Where::path}}), Code::not_found);
  EXPECT_EQ(refusal("explain_match", {{"legacy_id", "1657", Where::path}, {"customer_id", "900", Where::path}}), Code::invalid) << "staff";
  EXPECT_EQ(refusal("explain_mapping", {{"mapping_id", "00000000-0000-8000-8000-000000000000", Where::path}}), Code::not_found);
}

TEST(EvidenceWords, SaySoWhenAContactIsShared) {
  identity::Evidence phone{.field = identity::Field::phone, .level = "exact", .reason = "phone_exact", .log_odds = 1.1, .names = 4};
  EXPECT_EQ(words_for(phone).es, "Mismo teléfono, pero lo comparten 4 nombres: cuenta poco");
  phone.names = 1;
  phone.log_odds = 9;
  EXPECT_EQ(words_for(phone).es, "Mismo teléfono");
  identity::Evidence name{.field = identity::Field::name, .level = "exact", .log_odds = 7.5, .one_in = 1'949};
  EXPECT_EQ(words_for(name).es, "Mismo nombre, pero es muy común (lo lleva 1 de cada 1.900 personas)");
  name.one_in = 2'345'678;
  EXPECT_EQ(words_for(name).en, "Same name, which hardly anybody else has");
}

TEST(EvidenceWords, NameTheWordsThatDiffer) {
  const auto es = [](std::string_view level, std::string_view legacy, std::string_view current) {
    return words_for({.field = identity::Field::name, .level = level, .log_odds = 1}, {legacy, current}).es;
  };
  EXPECT_EQ(es("short", "Juana Pérez", "JUANA PEREZ ROJAS"), "A uno de los nombres le falta el último apellido (ROJAS)");
  EXPECT_EQ(es("surname", "Daniel Soto Ríos", "Daniela Soto Ríos"), "Solo coincide el apellido: puede ser familia (Daniel / Daniela)");
  EXPECT_THAT(es("similar", "Yohana Soto", "Johanna Soto"), EndsWith("(Yohana / Johanna)"));
  EXPECT_EQ(es("exact", "Juana Pérez", "Pérez Juana"), es("exact", "", ""));
  EXPECT_EQ(es("second", "Ana Luz Soto", "Ana Soto"), "A uno de los nombres le falta el segundo nombre de pila (Luz)");
  EXPECT_EQ(es("second", "Ana Soto", "Ana Luz Soto Pérez"), "A uno de los nombres le faltan el segundo nombre de pila y el último apellido (Luz Pérez)");
  const identity::Evidence prior{.field = identity::Field::prior, .level = "prior", .log_odds = -20.5};
  EXPECT_EQ(words_for(prior).es, "Punto de partida: dos registros al azar casi nunca son la misma persona");
}

TEST(EvidenceWords, OfARejectedPairThatIsSaidFirst) {
  EXPECT_THAT(summary_of({.confidence = 99}).es, HasSubstr("alta confianza"));
  EXPECT_THAT(summary_of({.confidence = 99}, {}, true).es, ::testing::StartsWith("Alguien decidió que no es la misma persona"));
}

TEST(EvidenceWords, EveryLevelHasWordsInBothLanguages) {
  const std::vector<std::pair<identity::Field, std::vector<std::string_view>>> all{
      {identity::Field::name, {"exact", "cut", "short", "second", "gap", "similar", "weak", "half", "given", "surname", "single", "different", "missing"}},
      {identity::Field::phone, {"exact", "typo", "tail", "different"}},
      {identity::Field::email, {"exact", "local", "typo", "similar", "different", "local_named", "different_named", "exact_named"}},
      {identity::Field::rut, {"exact", "typo", "near", "different", "another"}},
      {identity::Field::city, {"exact", "typo", "overlap", "different"}},
      {identity::Field::prior, {"prior"}},
      {identity::Field::household, {"household"}},
      {identity::Field::rivals, {"rivals", "group"}},
      {identity::Field::calibration, {"calibration"}},
      {identity::Field::ceiling, {"ceiling", "misspelt"}}};
  for (const auto& [field, levels] : all) {
    for (const std::string_view level : levels) {
      const Text text = words_for({.field = field, .level = level, .log_odds = -2});
      EXPECT_FALSE(text.es.empty()) << level;
      EXPECT_NE(text.es, text.en) << level;
      EXPECT_FALSE(field_name(field).empty());
    }
  }
}

}  // namespace
}  // namespace aremko::operations

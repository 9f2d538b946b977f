#include "snapshot/search.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "snapshot/search_index.h"
#include "snapshot/test_batches.h"
#include "snapshot/vocabulary.h"

namespace aremko::snapshot {
namespace {

using namespace testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// A small spa of invented people; ids are 100 + place.
struct SearchTest : ::testing::Test {
  static const Snapshot& spa() {
    static const SnapshotPtr built = [] {
      Spa out;
      const auto add = [&](const Contact& contact) {
        return out.current.customer(100 + out.current.batch->customers.size(), contact);
      };
      add({"María González", "+56987654321", "maria@gmail.com", "5126663-3"});
      const Row frequent = add({"María José González Pérez", "+56911112222", "mjgonzalez@ejemplo.cl", "12345678-5"});
      add({"José María González", "+56922223333", "", "1234567-4"});
      add({"Patricio López", "+56965432100", "plopez.spa@ejemplo.cl"});
      add({"Valentina de la Cruz", "+56652233445"});
      add({"Ximena Yáñez", "", "ximena@gmail.com"});
      add({"John O'Higgins", "+5491122334455", "", "AB123456"});
      add({"Begoña Wörner", "telefono malo 4455", "no es correo"});
      add({"Marisol Hernández"});
      for (int i = 0; i < 3; ++i) out.current.sale(frequent, 10, at(2024, 1, 1 + i));
      out.legacy.person("1657", {"Maria Gonzales", "+56987654321", "", "5126663-3"});
      out.legacy.person("1658", {"Sonia Silva", "+56984280796"});
      out.legacy.person("4321", {"Ana Torres"});
      out.services.line({"Rosamel del Valle", 0, at(2022, 1, 1), 1, 5});
      return out.build();
    }();
    return *spa_ptr(built);
  }
  static const Snapshot* spa_ptr(const SnapshotPtr& built) { return built.get(); }

  static std::vector<std::string> current(std::string_view text) { return names(search(spa(), text, SearchScope::all, 10).current, true); }
  static std::vector<std::string> legacy(std::string_view text) { return names(search(spa(), text, SearchScope::all, 10).legacy, false); }
  static SearchHit first(std::string_view text) {
    const auto hits = search(spa(), text, SearchScope::current, 10).current;
    return hits.empty() ? SearchHit{} : hits.front();
  }
  static std::vector<std::string> names(const std::vector<SearchHit>& hits, bool of_current) {
    std::vector<std::string> out;
    for (const SearchHit& hit : hits) {
      out.emplace_back(of_current ? spa().customers().contact.nombre[hit.row] : spa().legacy().nombre(hit.row));
    }
    return out;
  }
};

TEST_F(SearchTest, RanksByHowMuchOfTheNameWasAskedFor) {
  EXPECT_THAT(current("maria gonzalez"),
              ElementsAre("María González", "José María González", "María José González Pérez"));
  EXPECT_EQ(first("maria gonzalez").score, 100);
  EXPECT_EQ(first("GONZÁLEZ, María").score, 98) << "another order";
  EXPECT_THAT(legacy("maria gonzalez"), ElementsAre("Maria Gonzales"));
  EXPECT_THAT(current("josé gonzález").front(), "José María González");
  EXPECT_THAT(current("perez gonzalez"), ElementsAre("María José González Pérez"));
  // The same class: who came more often is first.
  EXPECT_THAT(current("gonzalez maria jose").front(), "José María González") << "nothing left over";
}

TEST_F(SearchTest, FindsByABeginningWithoutAccentsAndParticles) {
  EXPECT_THAT(current("patri"), ElementsAre("Patricio López"));
  EXPECT_THAT(current("lopez pat"), ElementsAre("Patricio López"));
  EXPECT_THAT(current("pat lopez"), ElementsAre("Patricio López"));
  EXPECT_THAT(current("yanez"), ElementsAre("Ximena Yáñez"));
  EXPECT_THAT(current("valentina cruz"), ElementsAre("Valentina de la Cruz"));
  EXPECT_THAT(current("valentina de"), ElementsAre("Valentina de la Cruz"));
  EXPECT_THAT(current("valentina de los cruz"), ElementsAre("Valentina de la Cruz"));
  EXPECT_EQ(first("valentina cruz").score, 100);
  EXPECT_THAT(current("worner"), ElementsAre("Begoña Wörner"));
  EXPECT_THAT(current("o'higgins"), ElementsAre("John O'Higgins"));
  EXPECT_THAT(current("ohiggins"), ElementsAre("John O'Higgins"));
  EXPECT_THAT(current("m"), UnorderedElementsAre("María González", "María José González Pérez", "José María González",
                                                 "Marisol Hernández"));
}

TEST_F(SearchTest, ForgivesTyposAndSoundsFirst) {
  EXPECT_THAT(current("patrisio lopes"), ElementsAre("Patricio López"));
  EXPECT_THAT(current("jimena llanes"), ElementsAre("Ximena Yáñez"));
  EXPECT_THAT(current("balentina"), ElementsAre("Valentina de la Cruz"));
  EXPECT_THAT(current("ernandes"), ElementsAre("Marisol Hernández"));
  EXPECT_THAT(current("patrcio lopze"), ElementsAre("Patricio López"));
  EXPECT_THAT(current("hernndz"), ElementsAre("Marisol Hernández")) << "two typos in a long name";
  EXPECT_THAT(current("mariagonzalez").front(), "María González");
  EXPECT_THAT(current("mari sol hernandez"), ElementsAre("Marisol Hernández"));
  EXPECT_GT(first("patrisio").score, first("patrixio").score);
  EXPECT_GT(first("patric").score, first("patrisio").score);
}

TEST_F(SearchTest, AWordOfThreeMayBeMissing) {
  EXPECT_THAT(current("patricio andres lopez"), ElementsAre("Patricio López"));
  EXPECT_THAT(current("maria antonieta gonzalez").front(), "María González");
  EXPECT_THAT(current("qqq patricio"), ElementsAre("Patricio López")) << "one rare word of two, when nothing else is";
  EXPECT_LT(first("qqq patricio").score, 70);
}

TEST_F(SearchTest, FindsPhonesInAnyShape) {
  for (const std::string_view text : {"+56 9 8765 4321", "987654321", "87654321", "56987654321", "9 8765-4321", "4321",
                                      "54321", "(9) 87654321", "98765", "569876"}) {
    EXPECT_EQ(first(text).row, 0U) << text;
    EXPECT_EQ(first(text).matched_on, MatchedOn::telefono) << text;
  }
  EXPECT_EQ(first("+56 9 8765 4321").score, 100);
  EXPECT_GT(first("87654321").score, first("54321").score);
  EXPECT_THAT(current("652233445"), ElementsAre("Valentina de la Cruz"));
  EXPECT_THAT(current("+54 9 11 2233 4455"), ElementsAre("John O'Higgins"));
  EXPECT_THAT(current("4455"), UnorderedElementsAre("John O'Higgins", "Begoña Wörner"));
  EXPECT_THAT(current("600000000"), IsEmpty());
}

TEST_F(SearchTest, FindsRutsWithOrWithoutTheirSigns) {
  for (const std::string_view text : {"12.345.678-5", "12345678-5", "123456785", "12345678", "12 345 678-5"}) {
    EXPECT_EQ(first(text).row, 1U) << text;
    EXPECT_EQ(first(text).matched_on, MatchedOn::documento) << text;
  }
  EXPECT_EQ(first("12.345.678-5").score, 100);
  EXPECT_THAT(current("1234567"), ElementsAre("José María González", "María José González Pérez"))
      << "without its digit, then a beginning";
  EXPECT_THAT(current("12345"), UnorderedElementsAre("José María González", "María José González Pérez"));
  EXPECT_THAT(current("5.126.663-3"), ElementsAre("María González"));
  EXPECT_THAT(legacy("5.126.663-3"), ElementsAre("Maria Gonzales"));
  EXPECT_THAT(current("ab123456"), ElementsAre("John O'Higgins"));
}

TEST_F(SearchTest, FindsMailAndItsBeginningButNoDomainAlone) {
  EXPECT_THAT(current("maria@gmail.com"), ElementsAre("María González"));
  EXPECT_EQ(first("MARIA@Gmail.com").score, 100);
  EXPECT_EQ(first("maria@gmail.com").matched_on, MatchedOn::email);
  EXPECT_THAT(current("maria@"), ElementsAre("María González"));
  EXPECT_THAT(current("mjgonz"), ElementsAre("María José González Pérez"));
  EXPECT_THAT(current("plopez.spa"), ElementsAre("Patricio López"));
  EXPECT_THAT(current("@gmail.com"), IsEmpty());
  EXPECT_THAT(current("gmail.com"), IsEmpty());
}

TEST_F(SearchTest, FindsNumbersOfPeople) {
  EXPECT_EQ(first("103").row, 3U);
  EXPECT_EQ(first("103").matched_on, MatchedOn::id);
  EXPECT_THAT(legacy("1657"), ElementsAre("Maria Gonzales"));
  EXPECT_THAT(legacy("#1657"), ElementsAre("Maria Gonzales"));
  EXPECT_EQ(legacy("4321").back(), "Ana Torres") << "a phone's end, before its own number";
  EXPECT_GT(legacy("4321").size(), 1U);
  EXPECT_THAT(legacy("#4321"), ElementsAre("Ana Torres"));
  EXPECT_THAT(legacy(" # 4321 "), ElementsAre("Ana Torres"));
  EXPECT_EQ(first("#103").row, 3U);
  EXPECT_EQ(first("#103").score, 100);
  EXPECT_THAT(legacy(std::string(spa().legacy().legacy_id(3))), ElementsAre("Rosamel del Valle"));
}

TEST_F(SearchTest, SeveralThingsNarrowDown) {
  EXPECT_THAT(current("maria 4321"), ElementsAre("María González"));
  EXPECT_THAT(current("4321 gonzalez"), ElementsAre("María González"));
  EXPECT_THAT(current("patricio 4321"), IsEmpty());
  EXPECT_THAT(current("maria maria@gmail.com"), ElementsAre("María González"));
  EXPECT_THAT(current("12.345.678-5 911112222"), ElementsAre("María José González Pérez"));
  EXPECT_THAT(current("maria 43"), Contains("María González")) << "two digits are not yet a question";
  EXPECT_THAT(legacy("sonia silva 984280796"), ElementsAre("Sonia Silva"));
}

TEST_F(SearchTest, FindsWhatIsPasted) {
  for (const std::string_view text :
       {"\u202a+56 9 8765 4321\u202c", "\u2066+56987654321\u2069", "9\u00A08765\u00A04321", "9\u20118765\u20114321", "987654321\u200b",
        "\ufeff987654321", "tel:+56987654321", "Tel. 987654321", "Tel.987654321", "fono 987654321", "fono987654321", "cel: 987654321",
        "WhatsApp +56 9 8765 4321", "+56 9 8765 4321 (WhatsApp)", "https://wa.me/56987654321", "wa.me/56987654321?text=Hola",
        "https://api.whatsapp.com/send?phone=56987654321&text=Hola%20qu%C3%A9", "https://api.whatsapp.com/send/?phone=%2B56987654321",
        "whatsapp://send?phone=56987654321", "tel:%2B56987654321", "987654321;", "987654321,", "987654321.", "\"987654321\"", "“987654321”",
        "=\"987654321\"", "+56 (9) 8765-4321", "0056 9 87654321", "09 8765 4321", "+56 09 8765 4321", "0056 9 8765 4321",
        "９８７６５４３２１", "+56.9.8765.4321", "056987654321", "tel:9%208765%204321", "56987654321@c.us", "987654321@s.whatsapp.net",
        "56987654321:7@s.whatsapp.net",
        "María González\n+56 9 8765 4321", "María González\t987654321", "María González\r\nMóvil: +56 9 8765 4321\r\nmaria@gmail.com",
        "María González - 987654321", "Teléfono de contacto: 987654321", "N° de teléfono 987654321",
        "María González\nFono: 987654321\nPuerto Varas, Los Lagos", "987654321 / 65 223 4567", "987654321/652234567",
        "maria@gmail.com", "<maria@gmail.com>", "María González <maria@gmail.com>", "María González<maria@gmail.com>",
        "mailto:maria@gmail.com", "mailto:maria@gmail.com?subject=Hola", "maria@gmail.com,", "maria@gmail.com;", "maria@gmail.com.",
        "maria@gmail.com\u00a0", "\u200bmaria@gmail.com", "Correo electrónico: maria@gmail.com", "e-mail:maria@gmail.com",
        "'maria@gmail.com'", "maria@gmail.com, pedro@ejemplo.cl", "RUT 5.126.663-3", "RUT: 5126663-3", "RUT:5126663-3", "RUN 5.126.663-3",
        "R.U.T. 5.126.663-3", "RUT N° 5.126.663-3", "5.126.663\u20103", "5.126.663\u20133", "5.126.663 - 3", "C.I. 5126663-3"}) {
    EXPECT_EQ(first(text).row, 0U) << text;
  }
  EXPECT_THAT(current("pasaporte AB123456"), ElementsAre("John O'Higgins"));
  for (const std::string_view text : {"+54 9 11 2233\u20114455", "+54 11 2233 4455", "54 11 2233 4455", "+54 11 15 2233 4455", "54 9 11 2233 4455",
                                      "541122334455"}) {
    EXPECT_THAT(current(text), ElementsAre("John O'Higgins")) << text;
  }
  EXPECT_THAT(legacy("Sonia Silva 984280796"), ElementsAre("Sonia Silva"));
}

TEST_F(SearchTest, AWholeNumberNamesSomebodyWhateverStandsBesideIt) {
  EXPECT_THAT(current("Carolina 987654321"), ElementsAre("María González")) << "saved under another name";
  EXPECT_LE(first("Carolina 987654321").score, 80);
  EXPECT_THAT(current("987654321 otra@ejemplo.cl"), ElementsAre("María González")) << "this address is not known";
  EXPECT_THAT(current("987654321 plopez.spa@ejemplo.cl"), UnorderedElementsAre("María González", "Patricio López"));
  EXPECT_THAT(current("+56 9 8765 4321 +56 9 6543 2100"), UnorderedElementsAre("María González", "Patricio López"));
  EXPECT_THAT(current("carolina 4321"), IsEmpty()) << "the end of a number names nobody";
  EXPECT_THAT(current("carolina mari@"), IsEmpty());
}

TEST(SearchPasted, WordsThatAnnounceANumberAreNamesToo) {
  Spa spa;
  spa.current.customer(1, {"Patricia Tellez", "+56966665555"});
  spa.current.customer(2, {"Celia Fono", "+56966664444"});
  spa.current.customer(3, {"Rut Contacto Movil", "+56966663333"});
  const SnapshotPtr built = spa.build();
  const auto finds = [&](std::string_view text) {
    const auto hits = search(*built, text, SearchScope::current, 10).current;
    return hits.empty() ? no_row : hits.front().row;
  };
  EXPECT_EQ(finds("Tellez"), 0U);
  EXPECT_EQ(finds("tel"), 0U);
  EXPECT_EQ(finds("Fono"), 1U);
  EXPECT_EQ(finds("Celia Fono"), 1U);
  EXPECT_EQ(finds("cel"), 1U);
  EXPECT_EQ(finds("Celia Fono 966664444"), 1U);
  EXPECT_EQ(finds("Rut"), 2U);
  EXPECT_EQ(finds("rut movil"), 2U);
}

TEST(SearchPasted, OneMailboxInTwoSpellings) {
  Spa spa;
  spa.current.customer(1, {"Ana Soto", "", "ana.soto@gmail.com"});
  spa.current.customer(2, {"Eva Rojas", "", "evarojas@gmail.com"});
  spa.current.customer(3, {"Eva Rojas Paz", "", "eva.rojas@ejemplo.cl"});
  const SnapshotPtr built = spa.build();
  const auto found = [&](std::string_view text) {
    std::vector<Row> rows;
    for (const SearchHit& hit : search(*built, text, SearchScope::current, 10).current) rows.push_back(hit.row);
    return rows;
  };
  EXPECT_THAT(found("ana.soto@gmail.com"), ElementsAre(0U));
  for (const std::string_view text : {"anasoto@gmail.com", "a.nasoto@googlemail.com", "Ana.Soto+spa@gmail.com"}) EXPECT_THAT(found(text), ElementsAre(0U)) << text;
  for (const std::string_view text : {"eva.rojas@gmail.com", "evarojas+x@gmail.com"}) EXPECT_THAT(found(text), ElementsAre(1U)) << text;
  EXPECT_THAT(found("evarojas@ejemplo.cl"), IsEmpty()) << "points tell people apart there";
  EXPECT_EQ(search(*built, "anasoto@gmail.com", SearchScope::current, 1).current.front().score, 99);
}

TEST_F(SearchTest, NothingFindsNothing) {
  for (const std::string_view text : {"", " ", "%", "---", "@", "\xff\xfe", "zzzzzz", "k", "+", "00", "😀"}) {
    EXPECT_THAT(current(text), IsEmpty()) << text;
  }
  EXPECT_TRUE(search(spa(), "maria", SearchScope::all, 0).current.empty());
  EXPECT_TRUE(search(spa(), "maria", SearchScope::all, 10, 1'000'000).current.empty());
}

TEST_F(SearchTest, PagesAndScopes) {
  const auto all = search(spa(), "maria", SearchScope::all, 10);
  std::vector<Row> paged;
  for (std::size_t offset = 0; offset < 10; ++offset) {
    for (const SearchHit& hit : search(spa(), "maria", SearchScope::current, 1, offset).current) paged.push_back(hit.row);
  }
  std::vector<Row> whole;
  for (const SearchHit& hit : all.current) whole.push_back(hit.row);
  EXPECT_EQ(paged, whole);
  EXPECT_TRUE(search(spa(), "maria", SearchScope::legacy, 10).current.empty());
  EXPECT_FALSE(search(spa(), "maria", SearchScope::legacy, 10).legacy.empty());
}

TEST(Vocabulary, MeasuresEditsAsTheFullTableDoes) {
  EXPECT_EQ(edit_distance("maria", "maria", 2), 0);
  EXPECT_EQ(edit_distance("maria", "amria", 2), 1);
  EXPECT_EQ(edit_distance("gonzalez", "gonsales", 2), 2);
  EXPECT_EQ(edit_distance("ana", "rosa", 2), 3) << "more than two is limit + 1";
  EXPECT_EQ(edit_distance(std::string(60, 'a'), std::string(60, 'a'), 2), 3) << "junk";
}

RC_GTEST_PROP(Vocabulary, DeletionsFindWhateverIsNear, ()) {
  const auto word = [](std::size_t least) {
    return *rc::gen::suchThat(rc::gen::container<std::string>(rc::gen::elementOf(std::string("abc"))),
                              [least](const std::string& text) { return text.size() >= least && text.size() < 12; });
  };
  std::vector<std::string> words;
  for (int i = 0; i < 30; ++i) words.push_back(word(1));
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  const Vocabulary vocabulary(std::vector<std::string_view>(words.begin(), words.end()));
  const std::string asked = word(3);
  std::vector<std::string> found;
  for (const auto& [near, edits] : vocabulary.similar(asked)) found.emplace_back(vocabulary[near]);
  std::vector<std::string> expected;
  for (const std::string& other : words) {
    const int limit = typos_allowed(asked.size(), other.size());
    const int edits = edit_distance(asked, other, limit);
    if (other.size() >= 3 && edits > 0 && edits <= limit) expected.push_back(other);
  }
  RC_ASSERT(found == expected);
}

/// Everybody of a random spa is found by their full name, by every one of its single typos, by phone and by RUT.
TEST(SearchProperty, EverybodyIsFound) {
  std::mt19937 random(5);
  const std::vector<std::string> given{"maria", "jose", "ana", "claudia", "valentina", "hector", "ximena", "rosa"};
  const std::vector<std::string> family{"gonzalez", "munoz", "rojas", "diaz", "llanquileo", "hermosilla", "paz", "vera"};
  Spa spa;
  for (int i = 0; i < 60; ++i) {
    const std::string name = given[random() % 8] + " " + given[random() % 8] + " " + family[random() % 8] + " " + family[random() % 8];
    spa.current.customer(i + 1, {name, fmt::format("+569{:08}", 10'000'000 + i * 123'457), "",
                                 fmt::format("{}-{}", 10'000'000 + i * 7'919, i % 10)});
  }
  const auto snapshot = spa.build();
  const auto& contact = snapshot->customers().contact;
  const auto finds = [&](std::string_view text, Row row) {
    const auto hits = search(*snapshot, text, SearchScope::current, 60).current;
    return std::any_of(hits.begin(), hits.end(), [&](const SearchHit& hit) { return hit.row == row; });
  };
  for (Row row = 0; row < contact.size(); ++row) {
    const std::string name(contact.nombre[row]);
    EXPECT_TRUE(finds(name, row));
    EXPECT_TRUE(finds(contact.telefono[row], row));
    EXPECT_TRUE(finds(contact.telefono[row].substr(8), row));
    EXPECT_TRUE(finds(contact.documento[row], row));
    for (std::size_t at = 0; at < name.size(); ++at) {
      const std::size_t from = at == 0 ? 0 : name.rfind(' ', at - 1) == std::string::npos ? 0 : name.rfind(' ', at - 1) + 1;
      const std::size_t length = std::min(name.find(' ', from), name.size()) - from;
      if (name[at] == ' ' || length < 4) continue;
      const char letter = static_cast<char>('a' + random() % 26);
      std::string gone = name;
      gone.erase(at, 1);
      std::string more = name;
      more.insert(at, 1, letter);
      std::string other = name;
      other[at] = letter;
      for (const std::string& typo : {gone, more, other}) EXPECT_TRUE(finds(typo, row)) << name << " as " << typo;
      if (at + 1 < name.size() && name[at + 1] != ' ') {
        std::string swapped = name;
        std::swap(swapped[at], swapped[at + 1]);
        EXPECT_TRUE(finds(swapped, row)) << name << " as " << swapped;
      }
    }
  }
}

TEST(SearchProperty, AnyBytesAreAQuestion) {
  const auto snapshot = [] {
    Spa spa;
    for (int i = 0; i < 40; ++i) spa.current.customer(i + 1, {"Maria " + std::string(1, static_cast<char>('a' + i % 26))});
    return spa.build();
  }();
  std::mt19937 random(3);
  const std::string_view alphabet = " aeimnrs0123456789@.-+kK\xc3\xb1";
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t length = random() % 40; length > 0; --length) {
      text += random() % 8 == 0 ? static_cast<char>(random() % 256) : alphabet[random() % alphabet.size()];
    }
    const auto hits = search(*snapshot, text, SearchScope::all, 20);
    for (std::size_t j = 0; j < hits.current.size(); ++j) {
      ASSERT_GE(hits.current[j].score, 1);
      ASSERT_LE(hits.current[j].score, 100);
      if (j > 0) ASSERT_GE(hits.current[j - 1].score, hits.current[j].score);
    }
  }
}

}  // namespace
}  // namespace aremko::snapshot

#include "identity/match.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "identity/match_block.h"
#include "identity/match_words.h"
#include "identity/test_people.h"

namespace aremko::identity::match {
namespace {

using namespace testing;

const Link* link_of(const Matches& found, RowId left) {
  for (const Link& link : found.links) {
    if (link.left == left) return &link;
  }
  return nullptr;
}

double confidence(const Matches& found, RowId left, RowId right) {
  const Link* link = link_of(found, left);
  return link != nullptr && link->right == right ? link->confidence : 0;
}

// Row 0 of both sides is given; 500 people stand on both sides with some damage, 500 on either alone.
Matches among_people(const std::vector<std::string>& left_row, const std::vector<std::string>& right_row) {
  const People people(1'500);
  Rows left{left_row};
  Rows right{right_row};
  for (std::size_t i = 0; i < 1'000; ++i) {
    auto row = people.rows[i];
    if (i % 3 == 0) row[1].clear();
    if (i % 4 == 0) row[2].clear();
    if (i % 2 == 0) row[3].clear();
    if (i % 5 == 0) row[0] = row[0].substr(0, row[0].rfind(' '));
    if (i % 7 == 0) std::swap(row[0][row[0].size() - 2], row[0][row[0].size() - 3]);
    left.push_back(row);
    right.push_back(people.rows[i + 500]);
  }
  return match(input_of(person, left, right), {});
}

TEST(Digits, PackedOnesAreOneEditApartWhereTheirTextsAre) {
  std::mt19937_64 random(5);
  const auto text_of = [&](std::size_t length) {
    std::string out(length, '0');
    for (char& c : out) c = static_cast<char>('0' + random() % 3);
    return out;
  };
  std::size_t near = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string a = (i % 3 == 0 ? "+" : "") + text_of(1 + random() % 15);
    std::string b = a;
    switch (random() % 5) {
      case 0: b[random() % b.size()] = static_cast<char>('0' + random() % 3); break;
      case 1: b.erase(random() % b.size(), 1); break;
      case 2: if (b.size() < 16) b.insert(random() % (b.size() + 1), 1, '1'); break;
      case 3: if (b.size() > 1) std::swap(b[0], b[1 + random() % (b.size() - 1)]); break;
      default: b = text_of(1 + random() % 15);
    }
    if (a == b || b.empty()) continue;
    const bool one = edits(a, b, 1) == 1;
    near += one;
    ASSERT_EQ(one_digit_apart(packed_digits(a), packed_digits(b)), one) << a << " " << b;
  }
  EXPECT_GT(near, 50'000U);
}

TEST(MatchWords, Distances) {
  EXPECT_EQ(edits("navarro", "navarro", 2), 0U);
  EXPECT_EQ(edits("navarro", "navaro", 2), 1U);
  EXPECT_EQ(edits("navarro", "anvarro", 2), 1U);
  EXPECT_EQ(edits("navarro", "nabaro", 2), 2U);
  EXPECT_EQ(edits("navarro", "soto", 2), 3U);
  EXPECT_EQ(edits("", "ab", 2), 2U);
  EXPECT_EQ(edits(std::string(100, 'a'), std::string(101, 'a'), 2), 3U);
  EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.961, 0.001);
  EXPECT_EQ(jaro_winkler("", "a"), 0);
  EXPECT_TRUE(nickname("pancho", "francisco"));
  EXPECT_TRUE(nickname("francisca", "fran"));
  EXPECT_FALSE(nickname("ana", "rosa"));
  for (const auto& [pet, name] : {std::pair("carito", "carolina"), {"danny", "daniela"}, {"naty", "natalia"}, {"niko", "nicolas"},
                                  {"andreita", "andrea"}, {"pipe", "felipe"}, {"susy", "susana"}, {"caty", "katherine"}}) {
    EXPECT_TRUE(nickname(pet, name)) << pet;
    EXPECT_TRUE(may_be_alike(shape_of(pet), shape_of(name))) << pet;
  }
  EXPECT_FALSE(nickname("nancy", "natalia"));
  EXPECT_FALSE(nickname("benito", "benjamin") && nickname("margarita", "marcela"));
  EXPECT_EQ(sound("gonzalez"), sound("gonsales"));
  EXPECT_EQ(sound("bilbao"), sound("vilvao"));
}

TEST(MatchInput, Normalizes) {
  EXPECT_EQ(normalized(Kind::date, "1971-06-24"), "19710624");
  EXPECT_EQ(normalized(Kind::date, "19710624"), "19710624");
  EXPECT_EQ(normalized(Kind::date, "24/06/1971"), "19710624");
  EXPECT_EQ(normalized(Kind::date, "1630"), "16300101");
  EXPECT_EQ(normalized(Kind::phone, "9 8765 4321"), "+56987654321");
  EXPECT_EQ(normalized(Kind::national_id, "12.345.602-5"), "12345602-5");
  EXPECT_EQ(normalized(Kind::national_id, "AB 1234"), "ab1234");
  EXPECT_EQ(normalized(Kind::text, " null "), "");
  for (const std::string_view none : {"extranjero", "sin rut", "PASAPORTE", "12345678", "88888888", "00000000-0"}) {
    EXPECT_EQ(normalized(Kind::national_id, none), "") << none;
  }
  EXPECT_EQ(normalized(Kind::national_id, "Pasaporte AB 1234"), "ab1234");
  EXPECT_EQ(normalized(Kind::national_id, "DNI 31.456.789"), normalized(Kind::national_id, "31456789"));
  EXPECT_LE(normalized(Kind::name, std::string(10'000, 'a')).size(), 400U);
}

TEST(MatchInput, ReadsWhatStandsInAnotherColumnByWhatItIs) {
  const Input input({{Kind::name, "name"}, {Kind::phone, "phone"}, {Kind::email, "email"}, {Kind::national_id, "rut"}});
  const auto row = [&](std::array<std::string_view, 4> fields) { return input.normalized_row(fields); };
  EXPECT_EQ(row({"Ana Soto", "ana77@example.org", "9 8428 0796", ""}), row({"Ana Soto", "9 8428 0796", "ana77@example.org", ""}));
  EXPECT_EQ(row({"Ana Soto", "12.345.602-5", "", ""}), row({"Ana Soto", "", "", "12.345.602-5"}));
  EXPECT_EQ(row({"Ana Soto", "9 8428 0796", "", "12.345.602-5"})[3], "12345602-5");
}

TEST(Match, LinksTheDamagedAndNobodyElse) {
  const auto found = among_people({"Zoe Quintanilla Rebolledo", "+56911112222", "", ""}, {"Zoe Quintanilla", "+56911112222", "", ""});
  EXPECT_GE(confidence(found, 0, 0), 95);
  std::size_t right = 0;
  std::size_t wrong = 0;
  for (const Link& link : found.links) {
    if (link.left == 0 || link.confidence < 85) continue;
    ++(link.left == link.right + 500 ? right : wrong);
  }
  EXPECT_GE(right, 480U);
  EXPECT_LE(wrong, 3U);
  EXPECT_GT(found.summary.blocking_recall, 0.98);
}

TEST(Match, APhoneWithAnotherNameIsNoLink) {
  EXPECT_LT(confidence(among_people({"Zoe Quintanilla", "+56911112222", "", ""}, {"Bruno Echeverria", "+56911112222", "", ""}), 0, 0), 85);
  EXPECT_LT(confidence(among_people({"Zoe Quintanilla", "+56911112222", "", ""}, {"Bruno Quintanilla", "+56911112222", "", ""}), 0, 0), 85);
}

TEST(Match, AHundredNeedsTheIdAndTheName) {
  const auto with_id = among_people({"Zoe Quintanilla", "+56911112222", "zoe@example.org", "X123456"},
                                    {"Zoe Quintanilla", "+56911112222", "zoe@example.org", "X123456"});
  EXPECT_EQ(confidence(with_id, 0, 0), 100);
  const auto without = among_people({"Zoe Quintanilla", "+56911112222", "zoe@example.org", ""},
                                    {"Zoe Quintanilla", "+56911112222", "zoe@example.org", "X123456"});
  EXPECT_EQ(confidence(without, 0, 0), 99.9);
}

TEST(Match, TwoEquallyGoodAreNoLink) {
  Rows right = People(300).rows;
  right.push_back({"Zoe Quintanilla", "+56911112222", "", ""});
  right.push_back({"Zoe Quintanilla", "+56911112222", "", ""});
  const auto found = match(input_of(person, {{"Zoe Quintanilla", "+56911112222", "", ""}}, right), {.least = 0.01});
  const Link* link = link_of(found, 0);
  ASSERT_NE(link, nullptr);
  EXPECT_LE(link->confidence, 50);
}

TEST(Match, ADesksMailboxIsAFirmsAndNoPersons) {
  EXPECT_LT(confidence(among_people({"Tulio Bodoque", "", "info@example.org", ""}, {"Tulio Quintanilla", "", "info@example.org", ""}), 0, 0), 50);
  EXPECT_GE(confidence(among_people({"Hotel Quintanilla", "", "info@example.org", ""}, {"Hotel Quintanilla", "", "info@example.org", ""}), 0, 0), 85);
}

TEST(Match, TheVeryNameIsNeverWorthLessThanOneLikeIt) {
  Rows right = People(1'000).rows;
  Rows left(right.begin(), right.begin() + 500);
  for (std::size_t i = 0; i < left.size(); i += 4) left[i][0][left[i][0].size() - 1] = 'x';
  left.push_back({"Olinda Caripan Weber", "", "", ""});
  right.push_back({"Olinda Caripan Weber", "", "", ""});
  right.push_back({"Olinda Caripam Weber", "", "", ""});
  const auto found = match(input_of(person, left, right), {.least = 0.01});
  const Link* link = link_of(found, 500);
  ASSERT_NE(link, nullptr);
  EXPECT_EQ(link->right, 1'000U);
  EXPECT_GE(link->confidence, 85);
}

TEST(Match, OneGivenNameOnOneContactUnderOtherSurnamesWaitsForAPerson) {
  EXPECT_LT(confidence(among_people({"Carla Quintanilla Ojeda", "+56911112222", "", ""}, {"Carla Melinao Torres", "+56911112222", "", ""}), 0, 0), 85);
}

TEST(Match, AMisspeltNameAloneMayBeAnotherFamilys) {
  const double alone = confidence(among_people({"Aliro Quintanilla Fonck", "", "", ""}, {"Aliro Quintanila Fonck", "", "", ""}), 0, 0);
  EXPECT_LT(alone, 99);
  EXPECT_GE(alone, 85);
  EXPECT_GT(confidence(among_people({"Aliro Quintanilla Fonck", "+56911112222", "", ""}, {"Aliro Quintanila Fonck", "+56911112222", "", ""}), 0, 0), 99);
}

TEST(Match, EvidenceSumsToTheConfidence) {
  const auto found = among_people({"Zoe Quintanilla", "+56911112222", "", ""}, {"Zoe Quintanila", "", "zoe@example.org", ""});
  ASSERT_FALSE(found.links.empty());
  for (const Link& link : found.links) {
    double sum = 0;
    for (const Evidence& evidence : link.evidence) sum += evidence.log_odds;
    EXPECT_NEAR(100 / (1 + std::exp(-sum)), link.confidence, 0.051);
  }
}

TEST(Match, TheSameTwice) {
  const People people(400);
  const Input input = input_of(person, people.rows, people.rows);
  const auto first = match(input, {});
  const auto second = match(input, {});
  ASSERT_EQ(first.links.size(), second.links.size());
  for (std::size_t i = 0; i < first.links.size(); ++i) {
    EXPECT_EQ(first.links[i].right, second.links[i].right);
    EXPECT_EQ(first.links[i].confidence, second.links[i].confidence);
  }
}

TEST(Match, FindsDuplicates) {
  Rows rows = People(400).rows;
  for (std::size_t i = 0; i < 100; ++i) {
    auto row = rows[i];
    row[i % 2 == 0 ? 1 : 2].clear();
    row[0][1] = 'x';
    rows.push_back(row);
  }
  const auto found = match(input_of(person, rows, {}), {.dedupe = true});
  std::size_t right = 0;
  for (const Link& link : found.links) {
    EXPECT_LT(link.left, link.right);
    right += link.right == link.left + 400;
  }
  EXPECT_GE(right, 98U);
  EXPECT_LE(found.links.size(), right + 2);
}

TEST(Match, OfOneListWhoeverTwoRutsClaimWaits) {
  Rows rows = People(400).rows;
  for (std::size_t i = 0; i < 100; ++i) rows.push_back(rows[i]);
  const std::size_t first = rows.size();
  for (const char* rut : {"11222333-9", "", "7654304-6"}) rows.push_back({"Hernán Guala Rosas", "+56911112222", "", rut});
  const Matcher matcher(input_of(person, rows, {}), {.dedupe = true});
  std::size_t waiting = 0;
  for (const Link& link : matcher.links()) {
    if (link.left < first) continue;
    EXPECT_LT(link.confidence, 85) << link.left << " " << link.right;
    waiting += link.left == first + 1 || link.right == first + 1;
  }
  EXPECT_EQ(waiting, 2U) << "neither is chosen by its place in the file";
  for (const std::size_t other : {first, first + 2}) {
    const auto [a, b] = std::minmax(other, first + 1);
    EXPECT_LT(matcher.explain(static_cast<RowId>(a), static_cast<RowId>(b)).confidence, 85);
  }
}

TEST(MatchBadInput, NothingToCompare) {
  const Rows one{{"Zoe Quintanilla", "", "", ""}};
  EXPECT_TRUE(match(input_of(person, {}, {}), {}).links.empty());
  EXPECT_TRUE(match(input_of(person, one, {}), {}).links.empty());
  EXPECT_TRUE(match(input_of(person, {}, one), {}).links.empty());
  EXPECT_TRUE(match(input_of(person, one, {}), {.dedupe = true}).links.empty());
  EXPECT_TRUE(match(input_of(person, {}, {}), {.dedupe = true}).links.empty());
  EXPECT_TRUE(match(input_of({}, one, one), {}).links.empty());
  EXPECT_TRUE(match(input_of(person, {{}, {"", "", "", ""}}, {{}, {}}), {}).links.empty());
  EXPECT_LE(match(input_of(person, one, one), {}).links.size(), 1U);
}

TEST(MatchBadInput, EveryRowTheSame) {
  const Rows rows(3'000, {"Zoe Quintanilla", "+56911112222", "zoe@example.org", "X123456"});
  EXPECT_LE(match(input_of(person, rows, rows), {}).summary.pairs_compared, 1'000'000U);
  EXPECT_LE(match(input_of(person, rows, {}), {.dedupe = true}).summary.pairs_compared, 1'000'000U);
}

TEST(MatchBadInput, OneNameOnly) {
  const Rows rows(50'000, {"Zoe Quintanilla"});
  EXPECT_TRUE(match(input_of({Kind::name}, rows, rows), {}).links.empty());
}

TEST(MatchBadInput, MonstrousFields) {
  const std::string words = [] {
    std::string out;
    for (int i = 0; i < 4'000; ++i) out += static_cast<char>('a' + i % 26), out += ' ';
    return out;
  }();
  const std::vector<Kind> all{Kind::name,  Kind::given_name, Kind::surname, Kind::phone,    Kind::email, Kind::national_id,
                              Kind::date,  Kind::place,      Kind::address, Kind::postcode, Kind::text};
  Rows rows;
  for (const std::string& field : {std::string(10'000, 'a'), words, std::string("\xff\xfe\x00\x01", 4), std::string(1, 'x'), std::string("--")}) {
    rows.emplace_back(all.size(), field);
  }
  const Input input = input_of(all, rows, rows);
  EXPECT_LE(match(input, {}).links.size(), rows.size());
  EXPECT_LE(match(input, {.dedupe = true}).links.size(), rows.size() * rows.size());
}

TEST(MatchCandidates, GrowWithTheRows) {
  const auto pairs_of = [](std::size_t count) {
    const People people(count);
    const Input input = input_of(person, people.rows, people.rows);
    return static_cast<double>(candidates(Comparer(input, false), 5).pairs.size()) / static_cast<double>(count);
  };
  EXPECT_LT(pairs_of(8'000), 5.0 * 20);
}

}  // namespace
}  // namespace aremko::identity::match

#include "normalize/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "normalize/test_shapes.h"
#include "normalize/utf8.h"

namespace aremko::normalize {
namespace {

TEST(Fold, Examples) {
  EXPECT_EQ(fold("María González"), "maria gonzalez");
  EXPECT_EQ(fold("  ÑUÑOA,  Región   Metropolitana. "), "nunoa region metropolitana");
  EXPECT_EQ(fold("O'Higgins"), "o higgins");
  EXPECT_EQ(fold("Straße Æsir Þór Œuvre Łódź Øre"), "strasse aesir thor oeuvre lodz ore");
  EXPECT_EQ(fold("Mª José, 3º B"), "ma jose 3o b");
  EXPECT_EQ(fold("e\u0301\u00ADtude"), "etude");
  EXPECT_EQ(fold("ﬁn ＡＢＣ １２"), "fin abc 12");
  EXPECT_EQ(fold("Ελλάδα МОСКВА"), "ελλαδα москва");
  EXPECT_EQ(fold("\xC3(\xFF\x80 a\0b"), "a");
  EXPECT_EQ(fold(std::string_view("a\0b", 3)), "a b");
  EXPECT_EQ(fold(""), "");
  EXPECT_EQ(fold("¡!¿? 😀"), "");
}

TEST(Fold, EveryCodePointIsFoldedOnceAndForAll) {
  for (char32_t point = 1; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point < 0xE000) continue;
    std::string text = "x";
    append_point(text, point);
    text += 'y';
    const std::string once = fold(text);
    ASSERT_TRUE(valid_utf8(once)) << static_cast<std::uint32_t>(point);
    ASSERT_EQ(fold(once), once) << static_cast<std::uint32_t>(point);
  }
}

TEST(Fold, Tokens) {
  std::vector<std::string_view> words;
  const std::string folded = "maria jose de la cruz";
  for (const std::string_view word : tokens(folded)) words.push_back(word);
  EXPECT_EQ(words, (std::vector<std::string_view>{"maria", "jose", "de", "la", "cruz"}));
  EXPECT_EQ(tokens("").begin(), tokens("").end());
  EXPECT_EQ(std::distance(tokens("a b").begin(), Tokens::end()), 2);
}

RC_GTEST_PROP(Fold, IsIdempotentOnAnyBytes, ()) {
  const std::string raw = *shapes::bytes();
  const std::string once = fold(raw);
  RC_ASSERT(fold(once) == once);
  RC_ASSERT(valid_utf8(once));
  std::string reused = "something else that was here before";
  fold_into(reused, raw);
  RC_ASSERT(reused == once);
}

RC_GTEST_PROP(Fold, CaseAndBlanksDoNotMatter, ()) {
  const std::string name = *shapes::name();
  RC_ASSERT(fold(shapes::upper(name)) == fold(name));
  RC_ASSERT(fold("  " + name + " .") == fold(name));
}

TEST(PlainMarks, SignsArePlainAndLettersStay) {
  for (const auto& [raw, plain] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"9\u20118428\u20130796", "9-8428-0796"},
           {"9\u00A08428\u202F0796", "9 8428 0796"},
           {"\uFEFF984\u200B280796\u202C", "984280796"},
           {"\uFF0B\uFF15\uFF16", "+56"},
           {"\u201CPeña\u201D O\u2019Higgins", "\"Peña\" O'Higgins"},
           {"Ñuñoa 😀", "Ñuñoa 😀"},
           {"\xff", "\xff"},
           {"", ""}}) {
    EXPECT_EQ(plain_marks(raw), plain) << raw;
  }
}

}  // namespace
}  // namespace aremko::normalize

#include "normalize/encoding.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "normalize/test_shapes.h"
#include "normalize/utf8.h"

namespace aremko::normalize {
namespace {

void expect(std::string_view raw, std::string_view text, Repair kind) {
  const Repaired got = repair(raw);
  EXPECT_EQ(got.text, text);
  EXPECT_EQ(static_cast<int>(got.kind), static_cast<int>(kind)) << raw;
  if (kind != Repair::none) {
    EXPECT_TRUE(needs_repair(raw)) << raw;
  }
}

/// Every character of a UTF-8 text read as Windows-1252 once more.
std::string decoded_once_more(std::string_view utf8) {
  static constexpr std::array<char32_t, 32> high = {
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  std::string out;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    append_point(out, byte >= 0x80 && byte <= 0x9F ? high[byte - 0x80U] : byte);
  }
  return out;
}

TEST(Encoding, GoodTextStays) {
  for (const std::string_view text :
       {"", "Maria", "María González", "Ñuñoa", "SÃO PAULO", "Conceição", "MAÇÃ", "AMANHÃ…", "Â", "25 °C", "naïve café",
        "日本", "😀", "€ 20", "Müller", "Ångström", "“comillas”", "CAFÉ…", "à la carte"}) {
    expect(text, text, Repair::none);
    EXPECT_FALSE(needs_repair(text) && repair(text).text != text);
  }
  EXPECT_FALSE(needs_repair("María González Muñoz"));
  EXPECT_FALSE(needs_repair("plain ascii text that is longer than a word"));
}

TEST(Encoding, Windows1252) {
  expect("Mar\xED" "a Mu\xF1oz", "María Muñoz", Repair::from_windows_1252);
  expect("\x80 20 \x96 \x93hola\x94", "€ 20 – “hola”", Repair::from_windows_1252);
  expect("\xD1u\xF1oa \xC3\xB1", "Ñuñoa ñ", Repair::from_windows_1252);  // both in one field
  expect("a\x81" "b", "a\uFFFD" "b", Repair::replaced);
  expect(std::string_view("Ana\0 Soto", 9), "Ana Soto", Repair::replaced);
}

TEST(Encoding, DecodedTooOften) {
  expect("MarÃ­a GonzÃ¡lez", "María González", Repair::double_decoded);
  expect("MarÃƒÂ­a GonzÃƒÂ¡lez", "María González", Repair::double_decoded);
  expect("MUÃ‘OZ NUÃ±ez JosÃ©", "MUÑOZ NUñez José", Repair::double_decoded);
  expect("Â¿QuÃ© tal? 25Â°", "¿Qué tal? 25°", Repair::double_decoded);
  expect("Oâ€™Higgins â€“ 20 â‚¬", "O’Higgins – 20 €", Repair::double_decoded);
  expect("GarcÃa", "García", Repair::double_decoded);  // the soft hyphen was lost on the way
  expect("feliz ðŸ˜€", "feliz 😀", Repair::double_decoded);
  expect("Muñoz y PeÃ±a", "Muñoz y Peña", Repair::double_decoded);
}

TEST(Encoding, ByteOrderMarks) {
  EXPECT_EQ(bom_of("\xEF\xBB\xBFx"), Bom::utf8);
  EXPECT_EQ(bom_of("\xFF\xFEx"), Bom::utf16_le);
  EXPECT_EQ(bom_of("\xFE\xFFx"), Bom::utf16_be);
  EXPECT_EQ(bom_of("x"), Bom::none);
  EXPECT_EQ(bom_of(""), Bom::none);
  EXPECT_EQ(without_bom("\xEF\xBB\xBFid"), "id");
  EXPECT_EQ(without_bom("id"), "id");
  EXPECT_EQ(bom_size(Bom::utf8), 3U);
  EXPECT_EQ(from_utf16(std::string_view("\xF1\0a\0", 4), false), "ña");
  EXPECT_EQ(from_utf16(std::string_view("\0\xF1\0a", 4), true), "ña");
  EXPECT_EQ(from_utf16(std::string_view("\x3D\xD8\x00\xDE", 4), false), "😀");
  EXPECT_EQ(from_utf16(std::string_view("\x3D\xD8\x41", 3), false), "\uFFFD\uFFFD");
}

RC_GTEST_PROP(Encoding, AnyBytesBecomeCleanTextOnceAndForAll, ()) {
  const std::string raw = *shapes::bytes();
  const Repaired once = repair(raw);
  RC_ASSERT(valid_utf8(once.text));
  RC_ASSERT(once.text.find('\0') == std::string::npos);
  const Repaired again = repair(once.text);
  RC_ASSERT(again.text == once.text);
  RC_ASSERT(again.kind == Repair::none);
  RC_ASSERT(needs_repair(raw) || once.text == raw);
  RC_ASSERT((once.kind == Repair::none) == (once.text == raw));
}

RC_GTEST_PROP(Encoding, NamesDecodedTooOftenComeBack, ()) {
  const std::string name = *shapes::name();
  const int times = *rc::gen::inRange(1, 4);
  std::string broken = name;
  for (int i = 0; i < times; ++i) broken = decoded_once_more(broken);
  RC_ASSERT(repair(broken).text == name);
}

TEST(Encoding, TenMegabytesAreRead) {
  std::string big;
  while (big.size() < 10'000'000) big += "MarÃƒÂ­a\xF1";
  EXPECT_TRUE(valid_utf8(repair(big).text));
}

}  // namespace
}  // namespace aremko::normalize

#include "normalize/code_pages.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "normalize/test_shapes.h"

namespace aremko::normalize {
namespace {

constexpr std::string_view names = "José Ñuñez Peña\nMaría Muñoz Díaz\nÁngel Pérez Ibáñez\nSofía Güiñez Ríos\n";
constexpr std::string_view dos = "Jos\x82" " \xa5" "u\xa4" "ez Pe\xa4" "a\nMar\xa1" "a Mu\xa4" "oz D\xa1" "az\n\xb5" "ngel P\x82" "rez Ib\xa0" "\xa4" "ez\nSof\xa1" "a G\x81" "i\xa4" "ez R\xa1" "os\n";
constexpr std::string_view mac = "Jos\x8e" " \x84" "u\x96" "ez Pe\x96" "a\nMar\x92" "a Mu\x96" "oz D\x92" "az\n\xe7" "ngel P\x8e" "rez Ib\x87" "\x96" "ez\nSof\x92" "a G\x9f" "i\x96" "ez R\x92" "os\n";
constexpr std::string_view windows = "Jos\xe9" " \xd1" "u\xf1" "ez Pe\xf1" "a\nMar\xed" "a Mu\xf1" "oz D\xed" "az\n\xc1" "ngel P\xe9" "rez Ib\xe1" "\xf1" "ez\nSof\xed" "a G\xfc" "i\xf1" "ez R\xed" "os\n";

CodePageGuess guess(std::string_view bytes, std::size_t piece = 1 << 20) {
  CodePageGuess out;
  for (std::size_t at = 0; at < bytes.size(); at += piece) out.look(bytes.substr(at, piece));
  out.finish();
  return out;
}

TEST(CodePages, AreKnownByTheirLetters) {
  EXPECT_EQ(guess(dos).page(), CodePage::cp850);
  EXPECT_EQ(guess(mac).page(), CodePage::mac_roman);
  EXPECT_EQ(guess(windows).page(), CodePage::windows_1252);
  EXPECT_EQ(guess(names).page(), CodePage::windows_1252);
  EXPECT_EQ(guess(names).odd_bytes(), 0U);
  EXPECT_EQ(from_code_page(dos, CodePage::cp850), names);
  EXPECT_EQ(from_code_page(mac, CodePage::mac_roman), names);
  EXPECT_EQ(from_code_page(windows, CodePage::windows_1252), names);
  for (const std::string_view good : {dos, mac, windows, names}) EXPECT_FALSE(guess(good).unreadable());
  for (const std::string_view page : {dos, mac, windows}) EXPECT_TRUE(guess(page).whole_file());
}

TEST(CodePages, CapitalsOneLetterAndPiecesAreEnough) {
  EXPECT_EQ(guess("JOS\x90 MU\xa5OZ\nMAR\xd6" "A D\xd6" "AZ\n").page(), CodePage::cp850);
  EXPECT_EQ(guess("JOS\x83 MU\x84OZ\nMAR\xea" "A D\xea" "AZ\n").page(), CodePage::mac_roman);
  EXPECT_EQ(guess("JOS\xc9 MU\xd1OZ\nMAR\xcd" "A D\xcd" "AZ\n").page(), CodePage::windows_1252);
  EXPECT_EQ(guess("Mu\xa4oz\nPe\xa4" "a\nN\xa4" "a\n").page(), CodePage::cp850) << "only ñ";
  EXPECT_EQ(guess("Mu\x96oz\nPe\x96" "a\nZu\x96iga\n").page(), CodePage::mac_roman) << "only ñ";
  for (std::size_t piece = 1; piece < 12; ++piece) {
    EXPECT_EQ(guess(dos, piece).page(), CodePage::cp850) << piece;
    EXPECT_EQ(guess(dos, piece).odd_bytes(), guess(dos).odd_bytes()) << piece;
  }
}

TEST(CodePages, WhatTellsTooLittleStaysTheUsual) {
  EXPECT_EQ(guess("Mu\xa4oz\n").page(), CodePage::windows_1252);
  EXPECT_EQ(guess("O\x92Higgins, D\x92" "Angelo, L\x92" "Oreal, \x93" "Ana\x94, Soto \x96 Paz\n").page(), CodePage::windows_1252);
  EXPECT_EQ(guess("Fran\xe7ois, Andr\xe9, J\xfcrgen, Jo\xe3o\n").page(), CodePage::windows_1252);
  EXPECT_TRUE(guess("Mu\xbcoz Pe\xb9" "a So\xb2to\n").unreadable());
  const std::string mixed = std::string(names) + std::string(names) + "Mu\xf1oz\n";
  EXPECT_EQ(guess(mixed).page(), CodePage::windows_1252);
  EXPECT_FALSE(guess(mixed).whole_file());
}

RC_GTEST_PROP(CodePages, AnyBytesInAnyPieces, ()) {
  const std::string bytes = *shapes::bytes();
  const auto piece = *rc::gen::inRange<std::size_t>(1, 40);
  const CodePageGuess whole = guess(bytes);
  const CodePageGuess pieces = guess(bytes, piece);
  RC_ASSERT(whole.page() == pieces.page());
  RC_ASSERT(whole.odd_bytes() == pieces.odd_bytes());
  for (const CodePage page : {CodePage::windows_1252, CodePage::cp850, CodePage::mac_roman}) {
    RC_ASSERT(valid_utf8(from_code_page(bytes, page)));
  }
}

}  // namespace
}  // namespace aremko::normalize

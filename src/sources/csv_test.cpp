#include "sources/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

namespace aremko::sources {
namespace {

using testing::ElementsAre;

struct Parsed {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::uint64_t> lines;
  std::vector<std::pair<std::uint64_t, std::string>> refused;
  char separator = 0;
  bool cut = false;
};

/// Fed in pieces of `step` bytes, as a slow disk would.
Parsed parse(std::string_view bytes, CsvLimits limits = {}, std::size_t step = 1 << 16) {
  Parsed out;
  CsvReader reader(
      [&](char* into, std::size_t size) {
        const std::size_t count = std::min({size, bytes.size(), step});
        std::memcpy(into, bytes.data(), count);
        bytes.remove_prefix(count);
        return count;
      },
      [&](std::uint64_t line, std::string_view code, std::string_view, std::string_view) {
        out.refused.emplace_back(line, code);
      },
      limits);
  out.header = reader.header();
  out.separator = reader.separator();
  while (reader.next()) {
    out.rows.emplace_back(reader.fields().begin(), reader.fields().end());
    out.lines.push_back(reader.line());
    out.cut = reader.ends_with_file();
  }
  return out;
}

using Rows = std::vector<std::vector<std::string>>;
using Refused = std::vector<std::pair<std::uint64_t, std::string>>;

TEST(Csv, ReadsQuotesAndEscapes) {
  const auto got = parse("a,b,c\n1,\"x, y\",\"say \"\"hi\"\"\"\n2,,\"two\nlines\"\n3,p\"q, r\n");
  EXPECT_THAT(got.header, ElementsAre("a", "b", "c"));
  EXPECT_EQ(got.rows, (Rows{{"1", "x, y", "say \"hi\""}, {"2", "", "two\nlines"}, {"3", "p\"q", " r"}}));
  EXPECT_THAT(got.lines, ElementsAre(2, 3, 5));
  EXPECT_TRUE(got.refused.empty());
  EXPECT_FALSE(got.cut);
}

TEST(Csv, FindsTheSeparator) {
  EXPECT_EQ(parse("a;b,c;d\n1;2;3\n").separator, ';');
  EXPECT_EQ(parse("a\tb\tc\n").separator, '\t');
  EXPECT_EQ(parse("\"a;b;c;d\",e\n").separator, ',');
  EXPECT_EQ(parse("alone\n1\n").separator, ',');
  const auto told = parse("sep=;\r\na;b\r\n1,5;2\r\n");
  EXPECT_EQ(told.rows, (Rows{{"1,5", "2"}}));
  EXPECT_THAT(told.lines, ElementsAre(3));
}

TEST(Csv, EveryLineEnd) {
  const Rows rows = {{"1", "2"}, {"3", "4"}};
  EXPECT_EQ(parse("a,b\n1,2\n3,4\n").rows, rows);
  EXPECT_EQ(parse("a,b\r\n1,2\r\n3,4\r\n").rows, rows);
  EXPECT_EQ(parse("a,b\r1,2\r3,4\r").rows, rows);
  EXPECT_EQ(parse("a,b\r\r\n1,2\r\r\n3,4").rows, rows);
  EXPECT_EQ(parse("\r\n\na,b\n\n1,2\n\n\n3,4").rows, rows);
  // A lone CR among LFs ends a whole record, and is a blank in an unfinished one.
  EXPECT_EQ(parse("a,b\n1,2\r3,4\n").rows, rows);
  EXPECT_EQ(parse("a,b\n1\rx,2\n3,4\n").rows, (Rows{{"1\rx", "2"}, {"3", "4"}}));
}

TEST(Csv, AQuoteThatNeverClosesCostsItsOwnLine) {
  const auto got = parse("a,b,c\n1,\"x,3\n2,y,4\n3,z,5\n");
  EXPECT_EQ(got.rows, (Rows{{"2", "y", "4"}, {"3", "z", "5"}}));
  EXPECT_EQ(got.refused, (Refused{{2, "open_quote"}}));
  // Closed by the next record's opening quote.
  const auto next = parse("a,b,c\n1,\"x,3\n2,\"p, q\",4\n3,z,5\n");
  EXPECT_EQ(next.rows, (Rows{{"2", "p, q", "4"}, {"3", "z", "5"}}));
  EXPECT_EQ(next.refused, (Refused{{2, "bad_quote"}}));
  // Closed by chance, far below.
  const auto chance = parse("a,b,c\n1,\"x,3\n2,y,4\n3,\"\",5\n4,\"q\",6\n");
  EXPECT_EQ(chance.rows, (Rows{{"2", "y", "4"}, {"3", "", "5"}, {"4", "q", "6"}}));
  EXPECT_EQ(chance.refused.size(), 1U);
  const auto stray = parse("a,b\n\"x\"y,2\n3,4\n");
  EXPECT_EQ(stray.rows, (Rows{{"3", "4"}}));
  EXPECT_EQ(stray.refused, (Refused{{2, "bad_quote"}}));
}

TEST(Csv, AnOpenQuoteInALargeFileDoesNotSwallowIt) {
  std::string text = "a,b\n\"open,1\n";
  for (int i = 0; i < 300'000; ++i) text += "some,row\n";
  const auto got = parse(text);
  EXPECT_EQ(got.rows.size(), 300'000U);
  EXPECT_EQ(got.refused, (Refused{{2, "open_quote"}}));
}

TEST(Csv, LongLinesAreRefusedInBoundedMemory) {
  // 200 MB in one line, made on the fly.
  std::uint64_t left = 200'000'000;
  int stage = 0;
  Refused refused;
  std::vector<std::string> rows;
  CsvReader reader(
      [&](char* into, std::size_t size) -> std::size_t {
        static constexpr std::string_view head = "a,b\n1,2\n";
        static constexpr std::string_view tail = "\n3,4\n";
        if (stage == 0 || (stage == 1 && left == 0)) {
          const std::string_view text = stage++ == 0 ? head : tail;
          std::memcpy(into, text.data(), text.size());
          return text.size();
        }
        if (stage == 2) return 0;
        const std::size_t count = std::min<std::uint64_t>(left, size);
        std::memset(into, 'x', count);
        left -= count;
        return count;
      },
      [&](std::uint64_t line, std::string_view code, std::string_view, std::string_view) {
        refused.emplace_back(line, code);
      });
  while (reader.next()) rows.emplace_back(reader.fields()[0]);
  EXPECT_THAT(rows, ElementsAre("1", "3"));
  EXPECT_EQ(refused, (Refused{{3, "too_long"}}));
}

TEST(Csv, NothingIsNoTable) {
  EXPECT_TRUE(parse("").header.empty());
  EXPECT_TRUE(parse("\r\n\n").header.empty());
  const auto only_header = parse("a,b\n");
  EXPECT_THAT(only_header.header, ElementsAre("a", "b"));
  EXPECT_TRUE(only_header.rows.empty());
}

TEST(Csv, SaysWhenTheFileEndsAmidARecord) {
  EXPECT_TRUE(parse("a,b\n1").cut);
  EXPECT_FALSE(parse("a,b\n1,2\n").cut);
}

TEST(Csv, ManyColumnsAreRefused) {
  std::string text = "a,b\n" + std::string(5'000, ',') + "\n1,2\n";
  const auto got = parse(text);
  EXPECT_EQ(got.rows, (Rows{{"1", "2"}}));
  EXPECT_EQ(got.refused, (Refused{{2, "too_many_fields"}}));
}

/// Whatever the pieces in which the bytes come, the outcome is the same.
TEST(Csv, PiecesDoNotMatter) {
  const std::string text =
      "a,b,c\r\n1,\"x\r\ny\",3\r\n\"open,2\r\n4,5,\"6\"\"\"\r7,8,9\r\n,,\r\n\"\",\"\"\"\",z\n10,11,12\r\nend,x";
  const auto whole = parse(text, {.record_bytes = 64});
  for (std::size_t step = 1; step < 40; ++step) {
    const auto pieces = parse(text, {.record_bytes = 64}, step);
    EXPECT_EQ(pieces.rows, whole.rows) << step;
    EXPECT_EQ(pieces.refused, whole.refused) << step;
    EXPECT_EQ(pieces.lines, whole.lines) << step;
  }
  EXPECT_EQ(whole.rows.size(), 7U);
}

}  // namespace
}  // namespace aremko::sources

#include "net/http.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"

namespace aremko::net {
namespace {

Request at(std::string target) {
  Request request{.target = std::move(target)};
  const auto wrong = parse_target(request);
  EXPECT_FALSE(wrong.has_value());
  return request;
}

bool refused(std::string target) {
  Request request{.target = std::move(target)};
  const auto wrong = parse_target(request);
  return wrong && wrong->code == Code::malformed;
}

TEST(ParseTarget, DecodesSegmentsAfterCutting) {
  const std::vector<std::string> expected{"a", "At Risk", "x/y", "ñ", ""};
  EXPECT_EQ(at("/a/At%20Risk/x%2Fy/%C3%B1/").segments, expected);
  EXPECT_EQ(at("/").segments, std::vector<std::string>{""});
  EXPECT_EQ(at("/a+b").segments, std::vector<std::string>{"a+b"});
}

TEST(ParseTarget, KeepsQueryParametersInOrder) {
  const auto request = at("/s?query=Maria+Gonz%C3%A1lez&source=all&query=two&empty=&bare&&=x&raw=José");
  ASSERT_EQ(request.query.size(), 7U);
  EXPECT_EQ(request.query_value("query"), "Maria González");
  EXPECT_EQ(request.query[2].value, "two");
  EXPECT_EQ(request.query_value("empty"), "");
  EXPECT_EQ(request.query_value("bare"), "");
  EXPECT_EQ(request.query[5].name, "");
  EXPECT_EQ(request.query_value("raw"), "José");
  EXPECT_EQ(request.query_value("none"), std::nullopt);
}

TEST(ParseTarget, RefusesWhatItCannotRead) {
  for (const auto* target : {"/%", "/%4", "/%zz", "/%C3", "/a?x=%", "/a?x=%e1", "/a?%ff=1", "/a%00b", "/a?x=%00", "",
                             "relative/path", "example.org:443", "/\xff", "?x=://"}) {
    EXPECT_TRUE(refused(target)) << target;
  }
  std::string many = "/a?";
  for (int i = 0; i < 101; ++i) many += "x=1&";
  EXPECT_TRUE(refused(many));
}

TEST(ParseTarget, TakesTheOtherFormsOfRfc9112) {
  EXPECT_EQ(at("http://host:8000/a/b?x=1").segments, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(at("http://host:8000/a/b?x=1").query_value("x"), "1");
  EXPECT_EQ(at("http://host").segments, std::vector<std::string>{""});
  EXPECT_EQ(at("http://host?x=1").query_value("x"), "1");
  EXPECT_TRUE(at("*").segments.empty());
  EXPECT_EQ(at("/a?x=1#y").query_value("x"), "1");
}

RC_GTEST_PROP(PercentDecode, UndoesEncoding, (const std::string& bytes)) {
  std::string encoded;
  for (const char c : bytes) encoded += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  std::string out;
  const bool expected = valid_utf8(bytes) && bytes.find('\0') == std::string::npos;
  RC_ASSERT(percent_decode(encoded, true, out) == expected);
  if (expected) RC_ASSERT(out == bytes);
}

TEST(Headers, CompareWithoutCaseAndKeepOrder) {
  Headers headers;
  headers.add("X-API-Key", "one");
  headers.add("x-api-key", "two");
  headers.add("Empty", "");
  EXPECT_EQ(headers.get("x-Api-KEY"), "one");
  EXPECT_EQ(headers.count("X-API-KEY"), 2U);
  EXPECT_TRUE(headers.has("empty"));
  EXPECT_FALSE(headers.has("X-API"));
  EXPECT_EQ(headers.at(1).second, "two");
  const Headers copy = headers;
  headers.clear();
  EXPECT_EQ(headers.size(), 0U);
  EXPECT_EQ(copy.get("X-Api-Key"), "one");
}

TEST(Method, NamesAndBack) {
  for (const auto* name : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    EXPECT_EQ(method_name(method_of(name)), name);
  }
  EXPECT_EQ(method_of("get"), Method::other);
  EXPECT_EQ(method_of("OTHER"), Method::other);
}

}  // namespace
}  // namespace aremko::net

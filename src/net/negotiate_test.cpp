#include "net/negotiate.h"

#include <gtest/gtest.h>

namespace aremko::net {
namespace {

TEST(PreferredLanguage, IsSpanishUnlessEnglishIsPreferred) {
  for (const auto* text : {"", "es", "es-CL,es;q=0.9,en;q=0.8", "fr", "*", "de,es;q=0.1", "en;q=0", "english", ",;,",
                           "en;q=0.1,es;q=0.2", "es;q=0.5,en;q=0.5"}) {
    EXPECT_EQ(preferred_language(text), "es") << text;
  }
  for (const auto* text : {"en", "EN-us", "en-US,en;q=0.9,es;q=0.8", "fr,en;q=0.2", "es;q=0.3 , en ; q=0.301",
                           "en;q=1.000,es;q=0.999"}) {
    EXPECT_EQ(preferred_language(text), "en") << text;
  }
}

TEST(AcceptsGzip, HonoursQValues) {
  for (const auto* text : {"gzip", "gzip, deflate, br", "deflate,GZIP;q=0.5", "*", "br;q=1.0, *;q=0.1", "x-gzip",
                           "gzip;q=0.001", "gzip ; q=1", "identity;q=0, *"}) {
    EXPECT_TRUE(accepts_gzip(text)) << text;
  }
  for (const auto* text : {"", "identity", "br", "gzip;q=0", "gzip;q=0.000", "*;q=0", "*, gzip;q=0", "gzipped"}) {
    EXPECT_FALSE(accepts_gzip(text)) << text;
  }
}

TEST(NamesEtag, ComparesWeaklyAndInEitherEncoding) {
  for (const auto* text : {"\"abc\"", "W/\"abc\"", "\"abc-gz\"", "\"x\", \"abc\"", "*", " \"abc\" "}) {
    EXPECT_TRUE(names_etag(text, "abc")) << text;
  }
  for (const auto* text : {"", "abc", "\"abcd\"", "\"abc", "\"\"", "\"", "w/\"abc\""}) {
    EXPECT_FALSE(names_etag(text, "abc")) << text;
  }
}

}  // namespace
}  // namespace aremko::net

#include "normalize/html.h"

#include <initializer_list>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "normalize/encoding.h"
#include "normalize/test_shapes.h"

namespace aremko::normalize {
namespace {

TEST(Html, WhatAWebFormEscaped) {
  for (const auto& [raw, text] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"Ana &amp; Luis Soto", "Ana & Luis Soto"},
           {"Ana Mu&ntilde;oz P&eacute;rez", "Ana Muñoz Pérez"},
           {"&Ntilde;ancupil", "Ñancupil"},
           {"MU&NTILDE;OZ P&EACUTE;REZ", "MUÑOZ PÉREZ"},
           {"Jos&#233; Soto", "José Soto"},
           {"Mar&#xED;a D&#XED;az", "María Díaz"},
           {"O&#39;Higgins", "O'Higgins"},
           {"O&apos;Higgins", "O'Higgins"},
           {"O&#146;Higgins", "O\u2019Higgins"},  // Windows-1252's number, as browsers read it
           {"&quot;Ana&quot;", "\"Ana\""},
           {"Ana&nbsp;Soto", "Ana\u00A0Soto"},
           {"G&uuml;ell", "Güell"},
           {"&lt;ana@ejemplo.cl&gt;", "<ana@ejemplo.cl>"},
           // Escaped more than once.
           {"Mu&amp;ntilde;oz", "Muñoz"},
           {"Ana Mu&amp;amp;ntilde;oz", "Ana Muñoz"},
           {"P&amp;eacuterez", "Pérez"},
           {"P&amp;amp;eacute;rez &amp;amp; Soto", "Pérez & Soto"},
           {"AT&amp;T", "AT&T"},
           {"Rojas &amp; Copyright", "Rojas & Copyright"},
           {"&amp;amp;amp;amp;amp;", "&amp;"},
           // Only what is an entity.
           {"Ana & Luis", "Ana & Luis"},
           {"AT&T", "AT&T"},
           {"AT&T; Soto", "AT&T; Soto"},
           {"Ana & Luis; Eva", "Ana & Luis; Eva"},
           {"Mu&ntilde oz", "Mu&ntilde oz"},
           {"&nadie;", "&nadie;"},
           {"&Amp;", "&Amp;"},
           {"&;&#;&#x;&#0;&#31;&#xD800;&#1114112;&#99999999;&#12a;", "&;&#;&#x;&#0;&#31;&#xD800;&#1114112;&#99999999;&#12a;"},
           {"&", "&"},
           {"", ""}}) {
    EXPECT_EQ(html_decoded(raw), text) << raw;
    if (raw != text) EXPECT_TRUE(may_hold_entities(raw)) << raw;
  }
}

RC_GTEST_PROP(Html, GoodTextStaysGoodText, ()) {
  const std::string raw = *rc::gen::oneOf(
      shapes::bytes(), rc::gen::container<std::string>(rc::gen::elementOf(std::string("&&;;#x12aEntildeamp "))));
  RC_ASSERT(valid_utf8(html_decoded(repair(raw).text)));
}

}  // namespace
}  // namespace aremko::normalize

// The shapes that the booking system's own client reads.
#include "operations/letters.h"

#include <gtest/gtest.h>

#include "operations/test_house.h"

namespace aremko::operations {
namespace {

using boost::json::value;

class Letters : public ::testing::Test {
 protected:
  value answer(std::string_view name, std::vector<Argument> arguments) {
    arguments.push_back({"as_of", "2024-03-14", {}});
    const auto text = house.call(name, std::move(arguments));
    if (!text) {
      ADD_FAILURE() << name << ": " << text.error().detail.en;
      return {};
    }
    return *json::parse(*text);
  }
  Error refusal(std::string_view name, std::string_view customer) {
    const auto text = house.call(name, {{"customer_id", customer, {}}, {"as_of", "2024-03-14", {}}});
    EXPECT_FALSE(text) << name << " " << customer;
    return text ? Error{} : text.error();
  }

  testing::House house;
};

TEST_F(Letters, AGuestsProposalHasWhatTheClientReads) {
  const value given = answer("customer_letter", {{"customer_id", "123", {}}});
  EXPECT_EQ(given.at("customer_profile").at("basic_info").at("nombre"), "María González");
  EXPECT_EQ(given.at("insights").at("segment"), "At Risk");
  EXPECT_EQ(given.at("insights").at("segmento"), "Cliente At Risk");
  EXPECT_EQ(given.at("insights").at("comportamiento").as_string().find("17 visitas, $680.000 en total"), 0u);
  for (const auto& member : given.at("insights").as_object()) {
    EXPECT_TRUE(member.value().is_string() || member.value().is_number()) << member.key();  // a line each
  }
  const auto& recommended = given.at("recommendations").as_array();
  ASSERT_FALSE(recommended.empty());
  EXPECT_EQ(recommended[0].at("service_name"), "Masaje Relajante");
  EXPECT_EQ(recommended[0].at("reason").as_string().find("Lo ha reservado 12 veces; el precio es para "), 0u);
  EXPECT_EQ(recommended[0].at("confidence").to_number<double>(), 0.68);  // 13 of 19
  EXPECT_EQ(recommended[0].at("estimated_price").as_int64() % 40'000, 0);  // 40,000 a person
  EXPECT_FALSE(given.at("offer").at("title").as_string().empty());
  const std::string body(given.at("email_body").as_string());
  EXPECT_TRUE(body.starts_with("<html>")) << body;
  EXPECT_NE(body.find("María"), std::string::npos);
  EXPECT_TRUE(given.at("no_email_reason").is_null());
  EXPECT_FALSE(given.at("email_subject").as_string().empty());
}

TEST_F(Letters, WhoMustNotBeWrittenToGetsNoLetter) {
  const value ana = answer("customer_letter", {{"customer_id", "124", {}}});
  EXPECT_TRUE(ana.at("email_body").is_null());
  EXPECT_TRUE(ana.at("email_subject").is_null());
  EXPECT_EQ(ana.at("no_email_reason"), "No tiene e-mail.");
  EXPECT_EQ(refusal("customer_letter", "900").code, Code::conflict);
  EXPECT_EQ(refusal("customer_letter", "999999").code, Code::not_found);
}

TEST_F(Letters, NothingIsSentAndItSaysWhy) {
  const Error nobody_sends = refusal("send_letter", "123");
  EXPECT_EQ(nobody_sends.code, Code::conflict);
  EXPECT_NE(nobody_sends.detail.es.find("todavía no envía"), std::string::npos);
  EXPECT_EQ(refusal("send_letter", "124").detail.es, "No tiene e-mail.");
  EXPECT_EQ(refusal("send_letter", "999999").code, Code::not_found);
}

TEST_F(Letters, ABatchLeavesOutWhoMayNotGetOne) {
  const value all = answer("letter_batch", {});
  EXPECT_EQ(all.at("total_generated"), 1);
  EXPECT_EQ(all.at("left_out"), 1);
  EXPECT_EQ(all.at("proposals").at(0).at("customer_profile").at("customer_id"), 123);
  EXPECT_EQ(answer("letter_batch", {{"segment", "at_risk", {}}}).at("total_generated"), 1);
  EXPECT_EQ(answer("letter_batch", {{"segment", "VIP", {}}}).at("proposals").as_array().size(), 0u);
}

TEST_F(Letters, ABatchEndsWithItsClient) {
  std::stop_source gone;
  Context context(house.services(), &house.tenant(), {.key_id = "test", .tenant = "aremko", .scope = Scope::read, .label = {}}, "es", {.stop = gone.get_token()});
  EXPECT_TRUE(letter_batch(context, {}));
  gone.request_stop();
  EXPECT_THROW((void)letter_batch(context, {}), Cancelled);
}

TEST_F(Letters, AFieldLeftEmptyIsNoField) {
  EXPECT_EQ(answer("letter_batch", {{"segment", "", Where::query}, {"limit", "", Where::query}, {"as_of", "", Where::query}}),
            answer("letter_batch", {}));
  EXPECT_EQ(refusal("send_letter", "123").code, Code::conflict);
}

TEST(HtmlOf, KeepsTheLinesAndLetsNoMarkupThrough) {
  const std::string html = html_of("Hola <b>O'Higgins</b> & \"Cía\"\nuna\n\ndos");
  EXPECT_NE(html.find("<p>Hola &lt;b&gt;O&#39;Higgins&lt;/b&gt; &amp; &quot;Cía&quot;<br>\nuna</p>\n<p>dos</p>"), std::string::npos) << html;
  EXPECT_EQ(html.find("<b>"), std::string::npos);
}

}  // namespace
}  // namespace aremko::operations

// People of the house at the door: who is let in, who has to wait, and what each may do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operations/session.h"
#include "operations/staff.h"
#include "operations/test_house.h"
#include "store/secret.h"

namespace aremko::operations {
namespace {

using ::testing::HasSubstr;

class AtTheDoor : public ::testing::Test {
 protected:
  store::StaffMember hire(std::string_view name, Role role, std::string_view pin = "482915", std::string_view tenant = "aremko") {
    return operations::hire(house.store().staff(), tenant, name, role, pin, "cli", house.clock().now()).value();
  }
  Result<std::string> at_door(std::string_view name, const std::string& json) {
    const auto body = *json::parse(json);
    Arguments arguments{.json = &body.get_object(), .json_where = Where::body};
    Credentials credentials{.key = {}, .tenant = {}, .stop = {}, .session = browser.session, .in_use = true, .browser = &browser};
    auto answer = perform(house.services(), *find_operation(name), credentials, "es", arguments);
    // What a browser does with its cookies.
    if (browser.keep_session) session = *browser.keep_session;
    if (browser.keep_device) device = *browser.keep_device;
    browser.session = session;
    browser.device = device;
    browser.keep_session.reset();
    browser.keep_device.reset();
    return answer;
  }
  Result<std::string> sign_in(std::string_view name, std::string_view pin = "482915") {
    return at_door("sign_in", fmt::format(R"({{"name":"{}","pin":"{}","tenant":"aremko"}})", name, pin));
  }
  Code refusal(const Result<std::string>& answer) { return answer ? Code::internal : answer.error().code; }

  testing::House house;
  std::string session, device;
  Browser browser{.peer = "10.0.0.7", .agent = "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36", .our_page = true};
};

TEST_F(AtTheDoor, WhoIsKnownIsLetInWhateverTheCaseAndStaysIn) {
  hire("María José", Role::reception);
  const auto who = sign_in("maria jose");
  ASSERT_TRUE(who) << who.error().detail.es;
  EXPECT_THAT(*who, HasSubstr(R"("role":"reception","rights":["contacts","deciding"])"));
  EXPECT_TRUE(store::is_token(session));
  EXPECT_TRUE(at_door("session", "{}"));
  EXPECT_TRUE(at_door("stats_overview", "{}"));
  EXPECT_THAT(*at_door("door", "{}"), HasSubstr(R"("people":["María José"])"));
  EXPECT_TRUE(at_door("sign_out", "{}"));
  EXPECT_TRUE(session.empty());
  EXPECT_EQ(refusal(at_door("session", "{}")), Code::unauthorized);
  EXPECT_THAT(*at_door("door", "{}"), HasSubstr("María José"));  // the device is remembered
}

TEST_F(AtTheDoor, AWrongPinAndAnUnknownNameAreAnsweredAlike) {
  hire("Rosa", Role::owner);
  const auto wrong = sign_in("Rosa", "111112"), unknown = sign_in("Nadie", "111112");
  ASSERT_FALSE(wrong || unknown);
  EXPECT_EQ(wrong.error().code, Code::unauthorized);
  EXPECT_EQ(wrong.error().detail, unknown.error().detail);
  EXPECT_TRUE(session.empty());
}

TEST_F(AtTheDoor, GuessingTakesLongerEachTimeForAnyName) {
  hire("Rosa", Role::owner);
  for (const std::string_view name : {"Rosa", "Nadie"}) {
    for (int i = 0; i < 4; ++i) EXPECT_EQ(refusal(sign_in(name, "000001")), Code::unauthorized);
    const auto early = sign_in(name);
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, Code::too_many);
    EXPECT_EQ(early.error().retry_after_s, 4);
  }
  house.clock().set(house.clock().now() + 4);
  EXPECT_EQ(refusal(sign_in("Rosa", "000001")), Code::unauthorized);
  EXPECT_EQ(sign_in("Rosa").error().retry_after_s, 8);
  house.clock().set(house.clock().now() + 8);
  EXPECT_TRUE(sign_in("Rosa"));
  EXPECT_TRUE(sign_in("Rosa"));
}

TEST_F(AtTheDoor, StrangersDoNotKeepOutWhoeverSitsAtTheHousesBrowser) {
  hire("Rosa", Role::owner);
  ASSERT_TRUE(sign_in("Rosa"));
  const std::string token = device;
  device.clear();
  browser.device = {};
  for (int i = 0; i < 5; ++i) (void)sign_in("Rosa", "000001");
  EXPECT_EQ(refusal(sign_in("Rosa")), Code::too_many);
  device = token;
  browser.device = device;
  EXPECT_TRUE(sign_in("Rosa"));
}

TEST_F(AtTheDoor, NobodyHasToSayWhichHouseUnlessTheyWorkInTwo) {
  hire("Rosa", Role::owner);
  hire("Eva", Role::owner, "918273", "otro");
  hire("Ana", Role::owner);
  hire("Ana", Role::owner, "482915", "otro");
  EXPECT_THAT(*at_door("sign_in", R"({"name":"Rosa","pin":"482915"})"), HasSubstr(R"("tenant":"aremko")"));
  EXPECT_THAT(*at_door("sign_out", R"({"forget":true})"), HasSubstr("true"));
  EXPECT_THAT(*at_door("sign_in", R"({"name":"Eva","pin":"918273"})"), HasSubstr(R"("tenant":"otro")"));
  EXPECT_THAT(*at_door("sign_out", R"({"forget":true})"), HasSubstr("true"));
  EXPECT_EQ(refusal(at_door("sign_in", R"({"name":"Ana","pin":"482915"})")), Code::invalid);
  EXPECT_EQ(refusal(at_door("sign_in", R"({"name":"Ana","pin":"482916"})")), Code::unauthorized);
  EXPECT_THAT(*at_door("sign_in", R"({"name":"Ana","pin":"482915","tenant":"otro"})"), HasSubstr(R"("tenant":"otro")"));
}

TEST_F(AtTheDoor, OnlyAPageOfOursSignsInAndOnlyFromABrowser) {
  hire("Rosa", Role::owner);
  browser.our_page = false;
  EXPECT_EQ(refusal(sign_in("Rosa")), Code::forbidden);
  EXPECT_EQ(house.call("door").has_value(), true);
  const auto body = *json::parse(R"({"name":"Rosa","pin":"482915"})");
  EXPECT_EQ(perform(house.services(), *find_operation("sign_in"), Credentials{}, "es", {.json = &body.get_object()}).error().code, Code::not_allowed);
}

TEST_F(AtTheDoor, AfterAWhileThePinIsAskedForAgain) {
  hire("Rosa", Role::owner);
  ASSERT_TRUE(sign_in("Rosa"));
  house.clock().set(house.clock().now() + 14 * 60);
  EXPECT_TRUE(at_door("session", "{}"));
  house.clock().set(house.clock().now() + 15 * 60);
  EXPECT_EQ(refusal(at_door("session", "{}")), Code::unauthorized);
  ASSERT_TRUE(sign_in("Rosa"));
  EXPECT_TRUE(at_door("session", "{}"));
  EXPECT_TRUE(at_door("lock_session", "{}"));
  EXPECT_EQ(refusal(at_door("session", "{}")), Code::unauthorized);
}

TEST_F(AtTheDoor, EachRoleMayWhatItMay) {
  const auto may = [&](Role role, std::string_view operation, const std::string& json) {
    hire(json_name(role), role);
    EXPECT_TRUE(sign_in(json_name(role)));
    const auto answer = at_door(operation, json);
    const auto one = house.store().staff().named("aremko", json_name(role));
    (void)house.store().staff().revoke("aremko", one->member.staff_id, "cli", 9);
    return answer || answer.error().code != Code::forbidden;
  };
  hire("Jefa", Role::administration);
  const std::string list = R"({"purpose":"tabla","format":"csv"})";
  EXPECT_FALSE(may(Role::reception, "export_people", list));
  EXPECT_TRUE(may(Role::marketing, "export_people", list));
  EXPECT_TRUE(may(Role::owner, "export_people", list));
  EXPECT_TRUE(may(Role::reception, "sync_legacy_to_current", "{}"));
  EXPECT_FALSE(may(Role::marketing, "sync_legacy_to_current", "{}"));
  EXPECT_FALSE(may(Role::reception, "audit_trail", "{}"));
  EXPECT_TRUE(may(Role::owner, "audit_trail", "{}"));
  EXPECT_TRUE(may(Role::owner, "list_staff", "{}"));
  EXPECT_TRUE(may(Role::owner, "add_staff", R"({"name":"Eva","role":"reception","pin":"482915"})"));
  EXPECT_FALSE(may(Role::reception, "list_staff", "{}"));
  EXPECT_FALSE(may(Role::marketing, "add_staff", R"({"name":"Luz","role":"owner","pin":"482915"})"));
  EXPECT_TRUE(may(Role::administration, "list_staff", "{}"));
}

TEST_F(AtTheDoor, WhoIsRemovedIsOutAtOnceAndThePinThatIsNewIsAskedFor) {
  hire("Jefa", Role::administration);
  const auto rosa = hire("Rosa", Role::owner);
  ASSERT_TRUE(sign_in("Rosa"));
  const Access admin{&house.tenant(), {.key_id = "test", .tenant = "aremko", .scope = Scope::admin}};
  const std::vector<Argument> id{{"staff_id", rosa.staff_id, {}}};
  const auto body = *json::parse(R"({"pin":"918273"})");
  ASSERT_TRUE(perform(house.services(), *find_operation("change_staff"), admin, "es", {.text = id, .json = &body.get_object(), .json_where = Where::body}));
  EXPECT_EQ(refusal(at_door("session", "{}")), Code::unauthorized);
  EXPECT_EQ(refusal(sign_in("Rosa")), Code::unauthorized);
  ASSERT_TRUE(sign_in("Rosa", "918273"));
  ASSERT_TRUE(perform(house.services(), *find_operation("revoke_staff"), admin, "es", {.text = id}));
  EXPECT_EQ(refusal(at_door("session", "{}")), Code::unauthorized);
  EXPECT_EQ(refusal(sign_in("Rosa", "918273")), Code::unauthorized);
}

TEST_F(AtTheDoor, WeakPinsAreRefused) {
  for (const std::string_view pin : {"", "12345", "123456", "987654", "777777", "aaaaaaaa"}) EXPECT_TRUE(weak_pin(pin)) << pin;
  for (const std::string_view pin : {"482915", "correcto caballo", "112358"}) EXPECT_FALSE(weak_pin(pin)) << pin;
}

TEST(Devices, AreCalledByWhatTheyAre) {
  EXPECT_EQ(device_label("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0"), "Edge, Windows");
  EXPECT_EQ(device_label("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 Version/17.0 Mobile Safari/604.1"), "Safari, iPhone");
  EXPECT_EQ(device_label("curl/7.88"), "");
}

TEST(GuessingTries, AFloodOfNamesForgetsNobodyWhoIsGuessed) {
  Tries tries;
  for (int i = 0; i < 9; ++i) (void)tries.take("rosa", 4, 1'000 + i * 1'000);
  for (int i = 0; i < 30'000; ++i) EXPECT_EQ(tries.take(std::to_string(i), 4, 9'001), 0);
  EXPECT_GT(tries.take("rosa", 4, 9'002), 0);
}

}  // namespace
}  // namespace aremko::operations

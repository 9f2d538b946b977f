// People of the house, their devices and sessions, over both of the store's engines.

#include "contract/store_house.h"
#include "store/key_ring.h"
#include "store/secret.h"

namespace aremko::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class StoreStaff : public StoreHouse {
 protected:
  void SetUp() override {
    StoreHouse::SetUp();
    store_ = open();
  }
  void TearDown() override {
    store_.reset();
    StoreHouse::TearDown();
  }
  Staff& staff() { return store_->staff(); }
  StaffMember hire(std::string_view name, Role role = Role::reception, std::string_view tenant = "spa") {
    return staff().add(tenant, {name, name}, role, "secret-hash", "cli", 5).value();
  }
  /// Their session's token.
  std::string sign_in(const StaffMember& one, const std::string& device_token, UnixSeconds now, bool remembered = true) {
    const std::string token = random_token(), hash = token_hash(device_token);
    const auto known = staff().device(hash);
    staff().begin({.member = &one, .device_id = known ? std::string_view(known->device_id) : std::string_view(), .device_hash = hash,
                   .label = "Chrome, Windows", .remembered = remembered, .session_hash = token_hash(token)},
                  now);
    return token;
  }
  std::unique_ptr<Store> store_;
};

TEST_P(StoreStaff, ANameIsBornByOneAndFreeAgainAfterwards) {
  const StaffMember rosa = hire("rosa", Role::administration);
  hire("eva", Role::administration);
  EXPECT_EQ(staff().add("spa", {"Rosa", "rosa"}, Role::owner, "x", "cli", 6).error().code, Code::conflict);
  EXPECT_TRUE(staff().add("otro", {"Rosa", "rosa"}, Role::owner, "x", "cli", 6).has_value());
  ASSERT_TRUE(staff().revoke("spa", rosa.staff_id, "cli", 7).has_value());
  EXPECT_TRUE(staff().add("spa", {"Rosa", "rosa"}, Role::owner, "x", "cli", 8).has_value());
  EXPECT_EQ(staff().list("spa").size(), 3U);
  EXPECT_TRUE(staff().list("spa").back().revoked_at.has_value());
}

TEST_P(StoreStaff, NoNameAndStrangeOnesAreRefused) {
  for (const std::string& name : {std::string(), std::string(61, 'x'), std::string("a\nb"), std::string("a\0b", 3), std::string("\xff")}) {
    EXPECT_EQ(staff().add("spa", {name, name}, Role::owner, "x", "cli", 6).error().code, Code::invalid);
  }
}

TEST_P(StoreStaff, SomebodyOfAdministrationStays) {
  const StaffMember rosa = hire("rosa", Role::administration);
  EXPECT_EQ(staff().revoke("spa", rosa.staff_id, "cli", 7).error().code, Code::conflict);
  EXPECT_EQ(staff().set_role("spa", rosa.staff_id, Role::owner, "cli", 7).error().code, Code::conflict);
  const StaffMember eva = hire("eva");
  EXPECT_EQ(staff().set_role("spa", eva.staff_id, Role::administration, "cli", 8)->role, Role::administration);
  EXPECT_TRUE(staff().revoke("spa", rosa.staff_id, eva.staff_id, 9).has_value());
}

TEST_P(StoreStaff, AnothersPeopleAreNobody) {
  const StaffMember rosa = hire("rosa");
  EXPECT_EQ(staff().revoke("otro", rosa.staff_id, "cli", 7).error().code, Code::not_found);
  EXPECT_EQ(staff().set_role("spa", "nothere", Role::owner, "cli", 7).error().code, Code::not_found);
  EXPECT_EQ(staff().set_secret("spa", std::string("\0\xff", 2), "x", "cli", 7).error().code, Code::not_found);
  EXPECT_FALSE(staff().named("otro", "rosa").has_value());
  EXPECT_EQ(staff().named("spa", "rosa")->secret, "secret-hash");
  EXPECT_TRUE(staff().any());
  EXPECT_FALSE(staff().any("otro"));
}

TEST_P(StoreStaff, EveryChangeIsAuditedByWhomAndNoSecretIsInIt) {
  const StaffMember rosa = hire("rosa", Role::administration), eva = hire("eva");
  ASSERT_TRUE(staff().set_role("spa", eva.staff_id, Role::marketing, rosa.staff_id, 7).has_value());
  ASSERT_TRUE(staff().set_secret("spa", eva.staff_id, "other-hash", rosa.staff_id, 8).has_value());
  ASSERT_TRUE(staff().revoke("spa", eva.staff_id, rosa.staff_id, 9).has_value());
  const auto audit = store_->audit().list("spa", {.subject = eva.staff_id}, 10).value();
  std::vector<std::string> actions;
  for (const AuditEntry& entry : audit.entries) {
    actions.push_back(entry.action);
    EXPECT_THAT(entry.before + entry.after, testing::Not(HasSubstr("hash")));
  }
  EXPECT_THAT(actions, ElementsAre("staff.revoke", "staff.secret", "staff.role", "staff.add"));
  EXPECT_EQ(audit.entries[0].actor_label, "rosa");
}

TEST_P(StoreStaff, WhoSignedInIsInMemoryAndOutAtOnceWhenRevoked) {
  const StaffMember rosa = hire("rosa", Role::marketing);
  FixedClock clock(1'000);
  SessionRing ring(staff(), clock, std::chrono::seconds(100));
  ring.refresh();
  const std::string device = random_token(), token = sign_in(rosa, device, 1'000);
  EXPECT_FALSE(ring.check(token, true).has_value());  // unknown, not refused
  ring.refresh();
  const Principal who = ring.check(token, true)->value();
  EXPECT_EQ(who.key_id, rosa.staff_id);
  EXPECT_EQ(who.label, "rosa");
  EXPECT_EQ(who.scope, Scope::write);
  EXPECT_TRUE(who.may(Right::exporting));
  EXPECT_FALSE(who.may(Right::deciding));
  EXPECT_EQ(ring.check("no token", true)->error().code, Code::unauthorized);
  ASSERT_TRUE(staff().set_role("spa", rosa.staff_id, Role::reception, "cli", 1'001).has_value());
  ring.refresh();
  EXPECT_FALSE(ring.check(token, true)->value().may(Right::exporting));
  ASSERT_TRUE(staff().revoke("spa", rosa.staff_id, "cli", 1'002).has_value());
  ring.refresh();
  EXPECT_FALSE(ring.check(token, true).has_value());
}

TEST_P(StoreStaff, AnIdleSessionIsLockedAndOneInUseIsNot) {
  const StaffMember rosa = hire("rosa");
  FixedClock clock(1'000);
  SessionRing ring(staff(), clock, std::chrono::seconds(100));
  const std::string device = random_token(), token = sign_in(rosa, device, 1'000);
  ring.refresh();
  clock.set(1'090);
  EXPECT_TRUE(ring.check(token, true)->has_value());
  clock.set(1'180);
  EXPECT_TRUE(ring.check(token, false)->has_value());  // the page by itself: no sign of life
  ring.refresh();
  clock.set(1'191);
  EXPECT_EQ(ring.check(token, true)->error().code, Code::unauthorized);
  // Another process knows when she was here last.
  SessionRing other(staff(), clock, std::chrono::seconds(200));
  other.refresh();
  EXPECT_TRUE(other.check(token, true)->has_value());
  // The PIN again: a new token, and the old one is nobody's.
  const std::string again = sign_in(rosa, device, 1'191);
  ring.refresh();
  EXPECT_TRUE(ring.check(again, true)->has_value());
  EXPECT_FALSE(ring.check(token, true).has_value());
  EXPECT_EQ(staff().devices("spa").size(), 1U);
}

TEST_P(StoreStaff, LockedAndLeftAreSoForEveryProcess) {
  const StaffMember rosa = hire("rosa");
  FixedClock clock(1'000);
  SessionRing ring(staff(), clock), other(staff(), clock);
  const std::string token = sign_in(rosa, random_token(), 1'000);
  ring.refresh();
  ring.lock(token);
  EXPECT_FALSE(ring.check(token, true)->has_value());
  staff().lock(token_hash(token));
  other.refresh();
  EXPECT_FALSE(other.check(token, true)->has_value());
  staff().end(token_hash(token), 1'001);
  other.refresh();
  EXPECT_FALSE(other.check(token, true).has_value());
}

TEST_P(StoreStaff, ADeviceShowsItsPeopleOnlyWhereItIsRememberedAndForgetsThem) {
  const StaffMember rosa = hire("rosa"), eva = hire("eva");
  const std::string counter = random_token(), hotel = random_token();
  const std::string rosas = sign_in(rosa, counter, 1'000);
  sign_in(eva, counter, 2'000);
  sign_in(rosa, hotel, 3'000, false);
  const KnownDevice known = staff().device(token_hash(counter)).value();
  EXPECT_THAT(staff().people_of(known.device_id), ElementsAre("eva", "rosa"));
  EXPECT_TRUE(staff().people_of(staff().device(token_hash(hotel))->device_id).empty());
  const auto all = staff().devices("spa");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_THAT(all[1].people, ElementsAre("eva", "rosa"));
  EXPECT_TRUE(staff().devices("otro").empty());

  EXPECT_EQ(staff().revoke_device("otro", known.device_id, "cli", 5'000).error().code, Code::not_found);
  EXPECT_EQ(staff().revoke_device("spa", known.device_id, "cli", 5'000)->revoked_at, 5'000);
  EXPECT_FALSE(staff().device(token_hash(counter)).has_value());
  EXPECT_TRUE(staff().people_of(known.device_id).empty());
  FixedClock clock(5'000);
  SessionRing ring(staff(), clock, std::chrono::hours(10));
  ring.refresh();
  EXPECT_FALSE(ring.check(rosas, true).has_value());
}

TEST_P(StoreStaff, ANewSecretEndsTheirSessions) {
  const StaffMember rosa = hire("rosa");
  FixedClock clock(1'000);
  SessionRing ring(staff(), clock);
  const std::string token = sign_in(rosa, random_token(), 1'000);
  ASSERT_TRUE(staff().set_secret("spa", rosa.staff_id, "new", "cli", 1'001).has_value());
  ring.refresh();
  EXPECT_FALSE(ring.check(token, true).has_value());
}

TEST_P(StoreStaff, NeitherTokensNorSecretsLieInTheStore) {
  const std::string hash = secret_hash("482915");
  EXPECT_THAT(hash, testing::StartsWith("$argon2id$"));
  EXPECT_TRUE(secret_matches(hash, "482915"));
  EXPECT_FALSE(secret_matches(hash, "482916"));
  EXPECT_NE(hash, secret_hash("482915"));
  const std::string device = random_token(), token = sign_in(hire("rosa"), device, 1'000);
  EXPECT_EQ(token.size(), 43U);
  for (const auto row : connect()->query("SELECT hash FROM aremko_session UNION ALL SELECT hash FROM aremko_device")) {
    EXPECT_EQ(row.text(0).size(), 64U);
    EXPECT_NE(row.text(0), token);
    EXPECT_NE(row.text(0), device);
  }
}

TEST_P(StoreStaff, WhatWasExportedIsNoted) {
  store_->audit().note("spa", "rosa", "people.export", "x", R"({"rows":50})", 7);
  const auto audit = store_->audit().list("spa", {}, 10).value();
  ASSERT_EQ(audit.entries.size(), 1U);
  EXPECT_EQ(audit.entries[0].action, "people.export");
  EXPECT_EQ(audit.entries[0].after, R"({"rows":50})");
}

INSTANTIATE_TEST_SUITE_P(Store, StoreStaff, testing::Values(sql::Engine::sqlite, sql::Engine::postgres), engine_name);

}  // namespace
}  // namespace aremko::store

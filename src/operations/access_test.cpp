#include "operations/access.h"

#include <gtest/gtest.h>

#include <set>

#include "operations/test_house.h"

namespace aremko::operations {
namespace {

using testing::House;

class Keys : public ::testing::Test {
 protected:
  Result<std::string> call(std::string_view name, std::string_view key, std::string_view tenant = {},
                           std::vector<Argument> arguments = {}) {
    return perform(house.services(), *find_operation(name), Credentials{key, tenant}, "es", Arguments{.text = arguments});
  }
  Code refusal(std::string_view name, std::string_view key, std::string_view tenant = {}) {
    const auto answer = call(name, key, tenant);
    EXPECT_FALSE(answer) << name;
    return answer ? Code::internal : answer.error().code;
  }
  House house;
};

TEST_F(Keys, EveryOperationButHealthAndReadyWantsOne) {
  std::set<std::string_view> open;
  for (const Operation& operation : all_operations()) {
    if (operation.scope) EXPECT_EQ(refusal(operation.name, ""), Code::unauthorized) << operation.name;
    else open.insert(operation.name);
  }
  EXPECT_EQ(open, (std::set<std::string_view>{"health", "ready"}));
}

TEST_F(Keys, AWrongOneIsUnauthorized) {
  for (const std::string& key : {std::string("no"), std::string(5'000, 'x'), std::string("ark_abcdefgh_") + std::string(32, 'a')}) {
    EXPECT_EQ(refusal("stats_overview", key), Code::unauthorized);
  }
}

TEST_F(Keys, EachScopeReachesWhatItMay) {
  const std::string read = house.key(Scope::read), write = house.key(Scope::write), admin = house.key(Scope::admin);
  EXPECT_TRUE(call("stats_overview", read));
  EXPECT_EQ(refusal("sync_legacy_to_current", read), Code::forbidden);
  EXPECT_EQ(refusal("refresh", read), Code::forbidden);
  EXPECT_EQ(refusal("audit_trail", read), Code::forbidden);
  EXPECT_TRUE(call("sync_legacy_to_current", write));
  EXPECT_EQ(refusal("audit_trail", write), Code::forbidden);
  EXPECT_TRUE(call("audit_trail", admin));
  EXPECT_TRUE(call("stats_overview", admin));
}

TEST_F(Keys, WhoSeesNoContactsCannotSpellThem) {
  auto spa = testing::guide_spa();
  spa.current.customer(125, {"Rosa Vera Lagos", "+56922223333", "mariagu77@example.cl", ""});
  house.tenant("aremko").holder.publish(spa.build());
  const std::string read = house.key(Scope::read), write = house.key(Scope::write);
  const auto search = [&](const std::string& key, const std::string& asked) {
    return call("search_customers", key, "aremko", {{"query", asked, Where::query}});
  };
  // In whatever digits and signs.
  for (const std::string asked : {"987654321", "María ９８７６", "１２３４５６７８-９", "maria＠gmail.com", "maria@"}) {
    const auto answer = search(read, asked);
    ASSERT_FALSE(answer) << asked;
    EXPECT_EQ(answer.error().code, Code::forbidden) << asked;
  }
  EXPECT_TRUE(search(write, "987654321"));
  // Of a beginning of a mailbox that is no name, not even the count.
  const auto found = search(write, "mariagu"), hidden = search(read, "mariagu");
  ASSERT_TRUE(found && hidden);
  EXPECT_NE(found->find("\"total_current\":1"), std::string::npos) << *found;
  EXPECT_NE(hidden->find("\"total_current\":0"), std::string::npos) << *hidden;
  const auto named = search(read, "María");
  ASSERT_TRUE(named);
  EXPECT_NE(named->find("María González"), std::string::npos);
}

TEST_F(Keys, ATenantsKeyReachesThatTenantAlone) {
  const std::string ours = house.key(Scope::admin, "aremko"), theirs = house.key(Scope::admin, "otro");
  EXPECT_TRUE(call("stats_overview", ours, "aremko"));
  EXPECT_EQ(refusal("stats_overview", ours, "otro"), Code::forbidden);
  EXPECT_EQ(refusal("stats_overview", ours, "nadie"), Code::not_found);
  EXPECT_EQ(refusal("stats_overview", theirs), Code::unavailable);  // theirs, which has published nothing
  // What one does, the other does not see.
  house.publish("otro");
  EXPECT_TRUE(call("sync_legacy_to_current", ours));
  const auto registry = call("list_mappings", theirs);
  ASSERT_TRUE(registry);
  EXPECT_NE(registry->find("\"mappings\":[]"), std::string::npos);
  const auto audit = call("audit_trail", theirs);
  ASSERT_TRUE(audit);
  EXPECT_EQ(audit->find("mapping.create"), std::string::npos);
}

TEST_F(Keys, ATenantIsNamedInAnyCase) {
  const std::string key = house.key(Scope::read);
  for (const char* name : {"aremko", "Aremko", "AREMKO", " aremko "}) EXPECT_TRUE(call("list_services", key, name)) << name;
  EXPECT_EQ(refusal("list_services", key, "Otro"), Code::forbidden);
  EXPECT_EQ(refusal("list_services", key, "Aremk"), Code::not_found);
}

TEST_F(Keys, AKeyOfATenantThatIsNotHereIsNotFound) {
  EXPECT_EQ(refusal("stats_overview", house.key(Scope::admin, "lejano")), Code::not_found);
}

TEST_F(Keys, ARevokedOneIsUnauthorized) {
  const std::string key = house.key(Scope::read);
  ASSERT_TRUE(house.store().keys().revoke("aremko", store::key_id_of(key), "test", 1));
  house.services().keys->refresh();
  EXPECT_EQ(refusal("stats_overview", key), Code::unauthorized);
}

TEST_F(Keys, OneMadeAMomentAgoWorksAtOnceOnAWorker) {
  const auto made = house.store().keys().create("aremko", Scope::read, "nueva", "test", 1);
  EXPECT_TRUE(needs_worker(house.services(), made->text));
  EXPECT_TRUE(call("stats_overview", made->text));
  EXPECT_FALSE(needs_worker(house.services(), made->text));
  EXPECT_FALSE(needs_worker(house.services(), "no"));
}

TEST_F(Keys, OperationsAreNamedOnceAndDescribedInBothLanguages) {
  std::set<std::string> names, routes;
  for (const Operation& operation : all_operations()) {
    EXPECT_TRUE(names.insert(std::string(operation.name)).second) << operation.name;
    EXPECT_TRUE(routes.insert(fmt::format("{} {}", static_cast<int>(operation.verb), operation.path)).second) << operation.path;
    EXPECT_TRUE(std::ranges::any_of(all_groups(), [&](const Group& group) { return group.name == operation.group; }));
    EXPECT_FALSE(operation.summary.es.empty() || operation.summary.en.empty()) << operation.name;
    EXPECT_EQ(operation.description.es.empty(), operation.description.en.empty()) << operation.name;
    for (const Parameter& parameter : operation.parameters) {
      EXPECT_FALSE(parameter.about.es.empty() || parameter.about.en.empty()) << operation.name << " " << parameter.name;
      const bool in_path = operation.path.find("{" + parameter.name + "}") != std::string_view::npos;
      EXPECT_EQ(in_path, parameter.where == Where::path) << operation.name << " " << parameter.name;
      EXPECT_TRUE(!parameter.required || !parameter.example.empty()) << operation.name << " " << parameter.name;
    }
    // A POST may only read: a message to a guest does not belong into an address.
    EXPECT_TRUE(operation.verb != Verb::get || operation.effect == Effect::reads) << operation.name;
    EXPECT_EQ(operation.input_schema().at("properties").as_object().size(), operation.parameters.size());
    EXPECT_EQ(boost::json::object(operation.output_schema(nullptr)).at("type"), "object") << operation.name;
  }
}

// Exactly the properties of the schema, at every depth.
void expect_exact(const boost::json::object& schema, const boost::json::value& given, const std::string& path) {
  const boost::json::value* either = schema.if_contains("anyOf");
  if (given.is_null()) return;
  if (either != nullptr) return expect_exact(either->at(0).as_object(), given, path);
  if (const auto* properties = schema.if_contains("properties")) {
    ASSERT_TRUE(given.is_object()) << path;
    for (const auto& field : properties->as_object()) {
      const auto* found = given.get_object().if_contains(field.key());
      ASSERT_NE(found, nullptr) << path << "." << field.key() << " is missing in the example";
      expect_exact(field.value().as_object(), *found, path + "." + std::string(field.key()));
    }
    EXPECT_EQ(given.get_object().size(), properties->as_object().size()) << path << " has fields that are not answered";
  } else if (const auto* items = schema.if_contains("items")) {
    ASSERT_TRUE(given.is_array()) << path;
    for (const auto& item : given.get_array()) expect_exact(items->as_object(), item, path + "[]");
  } else if (const auto* names = schema.if_contains("enum")) {
    EXPECT_NE(std::ranges::find(names->as_array(), given), names->as_array().end()) << path;
  }
}

TEST_F(Keys, ExamplesHaveTheFieldsThatAreAnswered) {
  int count = 0;
  for (const Operation& operation : all_operations()) {
    if (operation.example.empty()) continue;
    ++count;
    const auto tree = json::parse(operation.example);
    ASSERT_TRUE(tree) << operation.name;
    expect_exact(operation.output_schema(nullptr), *tree, std::string(operation.name));
  }
  EXPECT_GE(count, 8);  // the guide's at least
}

}  // namespace
}  // namespace aremko::operations

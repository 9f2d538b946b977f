#include "mcp/registry.h"

#include <gtest/gtest.h>

namespace aremko::mcp {
namespace {

Outcome<ResourceResult> nothing(Call&) { return ResourceResult{}; }

TEST(Registry, MatchesATemplatesVariablesAsOneDecodedSegmentEach) {
  Registry registry;
  registry.add(ResourceTemplate{.uri_template = "aremko://segments/{segment}", .name = "segment", .read = nothing});
  registry.add(ResourceTemplate{.uri_template = "test://template/{id}/data", .name = "data", .read = nothing});
  const auto segment = registry.match("aremko://segments/At%20Risk");
  ASSERT_NE(segment.resource_template, nullptr);
  EXPECT_EQ(segment.variables.at("segment"), "At Risk");
  EXPECT_EQ(registry.match("test://template/7/data").variables.at("id"), "7");
  for (const char* other : {"aremko://segments/", "aremko://segments/a/b", "test://template/7/datum",
                            "test://template/7", "aremko://segments/%zz", ""}) {
    EXPECT_EQ(registry.match(other).resource_template, nullptr) << other;
  }
}

TEST(Registry, RefusesASecondEqualNameAndAnIncompleteEntry) {
  Registry registry;
  const Resource health{.uri = "aremko://data-health", .name = "data-health", .read = nothing};
  registry.add(health);
  EXPECT_THROW(registry.add(health), std::logic_error);
  EXPECT_THROW(registry.add(Tool{.name = "search"}), std::logic_error);
  EXPECT_THROW(registry.add(Prompt{.name = "guest"}), std::logic_error);
}

TEST(Content, BlocksAreJson) {
  EXPECT_EQ(text_block("a \"b\"").text, R"({"type":"text","text":"a \"b\""})");
  EXPECT_EQ(image_block("\x01\x02", "image/png").text, R"({"type":"image","data":"AQI=","mimeType":"image/png"})");
  EXPECT_EQ(resource_block({.uri = "a://b", .mime = "text/plain", .text = "c"}).text,
            R"({"type":"resource","resource":{"uri":"a://b","mimeType":"text/plain","text":"c"}})");
}

TEST(Content, SampledTextJoinsTheTextBlocks) {
  EXPECT_EQ(sampled_text({{"content", {{"type", "text"}, {"text", "Hola"}}}}), "Hola");
  EXPECT_EQ(
      sampled_text(
          {{"content", {{{"type", "text"}, {"text", "a"}}, {{"type", "image"}}, {{"type", "text"}, {"text", "b"}}}}}),
      "ab");
  EXPECT_EQ(sampled_text({{"content", 7}}), "");
}

}  // namespace
}  // namespace aremko::mcp

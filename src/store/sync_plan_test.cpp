// The plan of a sync, by properties over random registries.

#include "store/sync_plan.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "store/mapping_rows.h"

namespace aremko::store {
namespace {

using Key = std::pair<std::string, std::int64_t>;
using Registry = std::map<Key, KnownMapping>;

/// Few ids, so that records collide.
const std::vector<std::string> kLegacyIds{"1", "2", "3"};

std::vector<ProposedLink> any_links() {
  std::vector<ProposedLink> out;
  for (int i = 0, count = *rc::gen::inRange(0, 8); i < count; ++i) {
    out.push_back({kLegacyIds[*rc::gen::inRange<std::size_t>(0, kLegacyIds.size())],
                   *rc::gen::inRange<std::int64_t>(1, 4),
                   static_cast<double>(*rc::gen::inRange(60, 101)),
                   {}});
    if (*rc::gen::arbitrary<bool>()) out.back().reasons.push_back("phone_exact");
  }
  return out;
}

/// What the plan makes of a registry, as the database would do it.
void apply(Registry& registry, std::span<const ProposedLink> links, const SyncPlan& plan,
           const std::vector<KnownMapping>& known) {
  const auto at = [&](std::size_t k) -> KnownMapping& {
    return registry.at({known[k].legacy_id, known[k].current_id});
  };
  for (const std::size_t k : plan.retire) at(k).status = MappingStatus::retired;
  for (const auto& found : plan.update) {
    at(found.known).status = found.status;
    at(found.known).confidence = links[found.link].confidence;
    at(found.known).reasons = join_reasons(links[found.link].reasons);
  }
  for (const auto& found : plan.create) {
    const ProposedLink& link = links[found.link];
    const bool fresh = registry
                           .emplace(Key(link.legacy_id, link.current_id),
                                    KnownMapping{std::string(link.legacy_id), link.current_id, link.confidence,
                                                 found.status, join_reasons(link.reasons)})
                           .second;
    RC_ASSERT(fresh);
  }
}

SyncCounts sync(Registry& registry, std::span<const ProposedLink> links) {
  std::vector<KnownMapping> known;
  for (const auto& [key, mapping] : registry) known.push_back(mapping);
  const SyncPlan plan = plan_sync(known, links, {});
  apply(registry, links, plan, known);
  return plan.counts;
}

void expect_sound(const Registry& registry) {
  std::map<std::string, int> live;
  for (const auto& [key, mapping] : registry) {
    if (is_live(mapping.status)) RC_ASSERT(++live[key.first] == 1);
    if (mapping.status == MappingStatus::active) RC_ASSERT(mapping.confidence >= live_confidence);
    if (mapping.status == MappingStatus::pending) RC_ASSERT(mapping.confidence >= pending_confidence);
  }
}

/// A person decides something, as Mappings::decide allows it.
void decide_something(Registry& registry) {
  if (registry.empty()) return;
  auto chosen = registry.begin();
  std::advance(chosen, *rc::gen::inRange<std::size_t>(0, registry.size()));
  if (*rc::gen::arbitrary<bool>()) {
    chosen->second.status = MappingStatus::rejected;
    return;
  }
  for (auto& [key, mapping] : registry) {
    if (key.first == chosen->first.first && is_live(mapping.status)) mapping.status = MappingStatus::retired;
  }
  chosen->second.status = MappingStatus::accepted;
}

RC_GTEST_PROP(SyncPlan, IsIdempotentSoundAndRespectsDecisions, ()) {
  Registry registry;
  for (int round = 0; round < 4; ++round) {
    std::map<Key, MappingStatus> decided;
    for (const auto& [key, mapping] : registry) {
      if (mapping.status == MappingStatus::accepted || mapping.status == MappingStatus::rejected) {
        decided[key] = mapping.status;
      }
    }
    const std::vector<ProposedLink> links = any_links();
    sync(registry, links);
    expect_sound(registry);
    for (const auto& [key, status] : decided) RC_ASSERT(registry.at(key).status == status);
    RC_ASSERT(sync(registry, links).changes() == 0);
    decide_something(registry);
  }
}

RC_GTEST_PROP(SyncPlan, DoesNotDependOnTheOrderOfProposals, ()) {
  std::vector<ProposedLink> links = any_links();
  // The same pair proposed twice with the same confidence is a tie that only the order can break.
  std::set<Key> seen;
  std::erase_if(links,
                [&](const ProposedLink& link) { return !seen.insert(Key(link.legacy_id, link.current_id)).second; });
  Registry forwards;
  Registry backwards;
  sync(forwards, links);
  std::ranges::reverse(links);
  sync(backwards, links);
  RC_ASSERT(forwards.size() == backwards.size());
  for (const auto& [key, mapping] : forwards) RC_ASSERT(backwards.at(key).status == mapping.status);
}

TEST(SyncPlan, NonsenseConfidencesAreNoLinks) {
  std::vector<KnownMapping> known;
  const std::vector<ProposedLink> links{
      {"1", 1, std::nan(""), {}}, {"2", 2, 101, {}}, {"3", 3, -5, {}}, {"4", 4, 69.9, {}}};
  EXPECT_EQ(plan_sync(known, links, {}).counts, SyncCounts{});
}

TEST(MappingId, IsAUuidAndDiffersWithEachPart) {
  const std::string id = mapping_id("spa", "1657", 123);
  EXPECT_EQ(id.size(), 36U);
  EXPECT_EQ(id[14], '8');
  EXPECT_EQ(id, mapping_id("spa", "1657", 123));
  std::set<std::string> ids{id,
                            mapping_id("spb", "1657", 123),
                            mapping_id("spa", "1658", 123),
                            mapping_id("spa", "1657", 124),
                            mapping_id("spa1", "657", 123),
                            mapping_id("spa", "165", 7123)};
  EXPECT_EQ(ids.size(), 6U);
}

}  // namespace
}  // namespace aremko::store

#include "operations/linker_cache.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "snapshot/builder.h"
#include "snapshot/test_batches.h"

namespace aremko::operations {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

/// `count` people on both sides, the first of them called otherwise in the database.
snapshot::SnapshotPtr spa(int count, const std::string& first, std::uint64_t version = 1) {
  snapshot::testing::Current current;
  snapshot::testing::LegacyCustomers legacy;
  for (int i = 1; i <= count; ++i) {
    const std::string phone = "+569" + std::to_string(20'000'000 + i);
    const std::string name = "Persona " + std::string(1, static_cast<char>('A' + i % 26)) + "ntonia Rojas";
    current.customer(i, {i == 1 ? first : name, phone});
    legacy.person(std::to_string(i), {name, phone});
  }
  snapshot::BuildInput input;
  input.version = version;
  input.current = current.batch;
  input.legacy = legacy.batch;
  return snapshot::Builder::build(std::move(input), 1);
}

TEST(LinkerCache, TheLastEngineAnswersForOlderPeopleWhileTheNextIsBuilt) {
  LinkerCache cache;
  const auto before = spa(300, "Ana Soto");
  const auto first = cache.last(before, {}, {}, milliseconds(0), hours(1));
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(cache.last(before, {}, {}, milliseconds(0), hours(1)), first);

  const auto after = spa(301, "Ana Tapia", 2);
  const auto meanwhile = cache.last(after, {}, {}, milliseconds(0), milliseconds(0));
  ASSERT_NE(meanwhile, nullptr);
  EXPECT_EQ(meanwhile->legacy_row(*after, 7), 7U);
  EXPECT_EQ(meanwhile->current_row(*after, 8), 7U);
  EXPECT_EQ(meanwhile->customer(*after, 7), 7U);
  const auto exact = cache.exact(after, {}, {});
  EXPECT_NE(exact, first);
  EXPECT_EQ(exact->current_row(*after, 301), 300U);
  EXPECT_EQ(cache.last(after, {}, {}, milliseconds(0), milliseconds(0)), exact);
  EXPECT_FALSE(first->legacy_row(*after, 300)) << "nobody of then";
  EXPECT_FALSE(first->current_row(*after, 301));
}

TEST(LinkerCache, ANewSnapshotOfTheSamePeopleLearnsNothing) {
  LinkerCache cache;
  const auto first = cache.exact(spa(50, "Ana"), {}, {});
  const auto second = cache.exact(spa(50, "Ana", 2), {}, {});
  EXPECT_EQ(&first->linker(), &second->linker());
}

TEST(LinkerCache, NobodyWaitingNobodyWorking) {
  LinkerCache cache;
  std::stop_source gone;
  gone.request_stop();
  EXPECT_THROW(static_cast<void>(cache.exact(spa(50, "Ana"), {}, {.stop = gone.get_token()})), Cancelled);
  EXPECT_THROW(static_cast<void>(cache.last(spa(50, "Ana"), {}, {.stop = gone.get_token()}, milliseconds(0), hours(1))), Cancelled);
  EXPECT_NE(cache.last(spa(50, "Ana"), {}, {}, milliseconds(0), hours(1)), nullptr) << "and others are served";
}

TEST(LinkerCache, ManyWhoAskShareOne) {
  LinkerCache cache;
  std::vector<std::jthread> askers;
  std::mutex mutex;
  std::set<const identity::Linker*> engines;
  const auto people = spa(400, "Ana");
  for (int i = 0; i < 6; ++i) {
    askers.emplace_back([&, i] {
      const auto engine = i % 2 == 0 ? cache.exact(people, {}, {}) : cache.last(people, {}, {}, milliseconds(0), hours(1));
      const std::lock_guard lock(mutex);
      engines.insert(&engine->linker());
    });
  }
  askers.clear();
  EXPECT_EQ(engines.size(), 1U);
}

}  // namespace
}  // namespace aremko::operations

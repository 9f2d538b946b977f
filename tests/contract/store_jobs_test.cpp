// What jobs promise, over both engines.

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "contract/store_house.h"
#include "store/process_mark.h"

namespace aremko::store {
namespace {

using testing::HasSubstr;

class StoreJobs : public StoreHouse {
 protected:
  std::unique_ptr<Store> store_ = nullptr;
  void SetUp() override {
    StoreHouse::SetUp();
    store_ = open();
  }
  void TearDown() override {
    store_.reset();
    StoreHouse::TearDown();
  }
  Jobs& jobs() { return store_->jobs(); }
  Result<Job> queue(UnixSeconds now = 100, std::string_view tenant = "spa") {
    return jobs().create(tenant, "sync", "{}", "rosa", true, "", now);
  }
  JobState state(const Job& job) { return jobs().find(job.tenant, job.id)->state; }
};

TEST_P(StoreJobs, OneOpenJobATenant) {
  const Job job = queue().value();
  EXPECT_EQ(jobs().find("spa", job.id).value(), job);
  EXPECT_EQ(jobs().open("spa"), job);
  const auto second = queue();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::conflict);
  EXPECT_THAT(second.error().detail.es, HasSubstr(job.id));
  EXPECT_TRUE(queue(100, "other"));
  EXPECT_EQ(jobs().find("other", job.id).error().code, Code::not_found);
  EXPECT_EQ(jobs().find("spa", std::string("\0\xff", 2)).error().code, Code::not_found);
  // Not even by going around us.
  EXPECT_EQ(thrown_kind([&] { connect()->query("UPDATE aremko_job SET tenant = 'spa'"); }), sql::Kind::constraint);
}

TEST_P(StoreJobs, ManyWhoAskAtOnceMakeOneJob) {
  std::atomic<int> made = 0, refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      const auto other = open();
      const auto job = other->jobs().create("spa", "sync", "{}", "x", true, "", 100);
      ++(job ? made : refused);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(refused, 5);
}

TEST_P(StoreJobs, OneProcessTakesItAndHoldsItByItsHeart) {
  const Job job = queue().value();
  const Job taken = jobs().take("spa", "first", 110).value();
  EXPECT_EQ(taken.state, JobState::running);
  EXPECT_EQ(taken.attempts, 1);
  EXPECT_FALSE(jobs().take("spa", "second", 110 + Jobs::lease));
  const JobClaim first{job.id, "first"};
  EXPECT_EQ(jobs().beat(first, {"comparando", 5, 10, 3}, 115), Hold::ours);
  const Job seen = jobs().find("spa", job.id).value();
  EXPECT_EQ(seen.phase, "comparando");
  EXPECT_EQ(seen.done, 5);
  EXPECT_EQ(seen.total, 10);
  EXPECT_EQ(seen.per_second, 3);
  EXPECT_FALSE(jobs().take("spa", "second", 115 + Jobs::lease));
  const Job again = jobs().take("spa", "second", 116 + Jobs::lease).value();
  EXPECT_EQ(again.attempts, 2);
  EXPECT_EQ(jobs().beat(first, {}, 130), Hold::lost);
  jobs().end(first, JobState::failed, Text{"x", "x"}, 130);
  EXPECT_EQ(state(job), JobState::running);
}

TEST_P(StoreJobs, TheRegistryAndTheEndAreOneTransaction) {
  const Job job = jobs().create("spa", "sync", "{}", "rosa", true, "me", 100).value();
  Mappings& mappings = store_->mappings();
  SyncTerms terms{.claim = JobClaim{job.id, "not me"}, .result = [](const SyncCounts&) { return std::string("{}"); }};
  EXPECT_THROW(mappings.apply_sync("spa", kLinks, "sync", 110, terms), Cancelled);
  EXPECT_TRUE(mappings.live("spa").empty());
  EXPECT_EQ(state(job), JobState::running);

  terms.claim = JobClaim{job.id, "me"};
  terms.result = [](const SyncCounts& counts) { return fmt::format(R"({{"created":{}}})", counts.created); };
  EXPECT_EQ(mappings.apply_sync("spa", kLinks, "sync", 120, terms).created, 2);
  const Job done = jobs().find("spa", job.id).value();
  EXPECT_EQ(done.state, JobState::done);
  EXPECT_EQ(done.ended_at, 120);
  EXPECT_EQ(done.result, R"({"created":2})");
  EXPECT_EQ(jobs().beat({job.id, "me"}, {}, 121), Hold::lost);

  // A sync that finds nothing to change ends its job too.
  const Job idle = jobs().create("spa", "sync", "{}", "rosa", true, "me", 130).value();
  terms.claim = JobClaim{idle.id, "me"};
  EXPECT_EQ(mappings.apply_sync("spa", kLinks, "sync", 140, terms).changes(), 0);
  EXPECT_EQ(state(idle), JobState::done);
}

TEST_P(StoreJobs, AStopInTheMiddleOfTheWritingLeavesNothing) {
  std::vector<std::string> ids;
  for (int i = 0; i < 10'000; ++i) ids.push_back(std::to_string(i));
  std::vector<ProposedLink> links;
  for (int i = 0; i < 10'000; ++i) links.push_back({ids[static_cast<std::size_t>(i)], i, 90, {"phone_exact"}});
  Mappings& mappings = store_->mappings();
  for (const std::string_view phase : {"registry.write", "audit.write"}) {
    const Job job = jobs().create("spa", "sync", "{}", "rosa", true, "me", 100).value();
    std::stop_source stop;
    const Watch watch{[&](std::string_view now, std::uint64_t done, std::uint64_t total) {
                        EXPECT_LE(done, total);
                        if (now == phase && done > 5'000) stop.request_stop();
                      },
                      stop.get_token()};
    const SyncTerms terms{.watch = watch, .claim = JobClaim{job.id, "me"}, .result = [](const SyncCounts&) { return std::string("{}"); }};
    EXPECT_THROW(mappings.apply_sync("spa", links, "sync", 110, terms), Cancelled) << phase;
    EXPECT_TRUE(mappings.live("spa").empty()) << phase;
    EXPECT_TRUE(store_->audit().list("spa", {}, 10)->entries.empty()) << phase;
    EXPECT_EQ(state(job), JobState::running) << phase;  // whoever does it says what became of it
    jobs().end({job.id, "me"}, JobState::cancelled, {}, 120);
  }
  EXPECT_EQ(mappings.apply_sync("spa", links, "sync", 200).created, 10'000);
}

TEST_P(StoreJobs, WhatWasAskedToStopWritesNothing) {
  const Job job = jobs().create("spa", "sync", "{}", "rosa", true, "me", 100).value();
  EXPECT_TRUE(jobs().ask_to_stop("spa", job.id, 101)->stop_asked);
  EXPECT_EQ(state(job), JobState::running);
  EXPECT_EQ(jobs().beat({job.id, "me"}, {}, 102), Hold::stop_asked);
  const SyncTerms terms{.claim = JobClaim{job.id, "me"}, .result = [](const SyncCounts&) { return std::string("{}"); }};
  EXPECT_THROW(store_->mappings().apply_sync("spa", kLinks, "sync", 103, terms), Cancelled);
  EXPECT_TRUE(store_->mappings().live("spa").empty());
  EXPECT_TRUE(store_->audit().list("spa", {}, 10)->entries.empty());
  jobs().end({job.id, "me"}, JobState::cancelled, {}, 104);
  EXPECT_EQ(state(job), JobState::cancelled);
  EXPECT_EQ(jobs().ask_to_stop("spa", job.id, 105)->state, JobState::cancelled);
  EXPECT_EQ(jobs().ask_to_stop("other", job.id, 105).error().code, Code::not_found);

  const Job queued = queue(110).value();
  EXPECT_EQ(jobs().ask_to_stop("spa", queued.id, 111)->state, JobState::cancelled);
  // One whose process is gone has nobody to hear of it.
  const Job orphan = jobs().create("spa", "sync", "{}", "rosa", true, "gone", 120).value();
  EXPECT_EQ(jobs().ask_to_stop("spa", orphan.id, 121 + Jobs::lease)->state, JobState::cancelled);
}

TEST_P(StoreJobs, AProcessThatEndsPutsItsJobBack) {
  const Job job = jobs().create("spa", "sync", "{}", "rosa", true, "me", 100).value();
  jobs().release({job.id, "me"}, 101);
  EXPECT_EQ(state(job), JobState::queued);
  EXPECT_EQ(jobs().take("spa", "next", 101)->attempts, 1);
  jobs().ask_to_stop("spa", job.id, 102).value();
  jobs().release({job.id, "next"}, 103);
  EXPECT_EQ(state(job), JobState::cancelled);
}

TEST_P(StoreJobs, NobodysAnswerMakesRoom) {
  const Job waited = jobs().create("spa", "sync", "{}", "rosa", false, "gone", 100).value();
  EXPECT_FALSE(queue(101 + Jobs::lease - 1));
  EXPECT_TRUE(queue(101 + Jobs::lease));
  EXPECT_EQ(state(waited), JobState::failed);
  EXPECT_THAT(jobs().find("spa", waited.id)->error->es, HasSubstr("no se escribió nada"));
}

TEST_P(StoreJobs, AJobThatTakesItsProcessDownIsGivenUp) {
  const Job job = queue(0).value();
  UnixSeconds now = 0;
  for (std::int64_t i = 0; i < Jobs::max_attempts; ++i, now += Jobs::lease + 1) {
    ASSERT_TRUE(jobs().take("spa", "p", now)) << i;
  }
  EXPECT_FALSE(jobs().take("spa", "p", now));
  EXPECT_EQ(state(job), JobState::failed);
  EXPECT_THAT(jobs().find("spa", job.id)->error->en, HasSubstr("interrupted 10 times"));
}

TEST_P(StoreJobs, TheLastOnesAreKept) {
  for (int i = 0; i < 30; ++i) {
    const Job job = jobs().create("spa", "sync", "{}", "rosa", true, "me", i).value();
    jobs().end({job.id, "me"}, JobState::failed, Text{"no", "no"}, i);
  }
  const auto list = jobs().list("spa", 100);
  ASSERT_EQ(list.size(), Jobs::kept);
  EXPECT_EQ(list[0].created_at, 29);
}

TEST_P(StoreJobs, ADeadProcessIsKnownAtOnce) {
  EXPECT_FALSE(is_gone(process_mark()));
  EXPECT_FALSE(is_gone(""));
  EXPECT_FALSE(is_gone("another-machine/pid:[1]/77/88"));
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    char byte = 0;
    (void)!::read(ends[0], &byte, 1);
    ::_exit(0);
  }
  // The child's mark, as it would have made it.
  const std::string mine = process_mark();
  std::ifstream stat("/proc/" + std::to_string(child) + "/stat");
  std::string line;
  std::getline(stat, line);
  std::istringstream fields(line.substr(line.rfind(')') + 1));
  std::string start;
  for (int i = 0; i < 20; ++i) fields >> start;
  const std::string world = mine.substr(0, mine.rfind('/', mine.rfind('/') - 1));
  const std::string childs = world + "/" + std::to_string(child) + "/" + start;
  EXPECT_FALSE(is_gone(childs));
  const Job job = jobs().create("spa", "sync", "{}", "rosa", true, childs, 100).value();
  EXPECT_FALSE(jobs().take("spa", mine, 100));
  (void)!::write(ends[1], "x", 1);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  EXPECT_TRUE(is_gone(childs));
  EXPECT_TRUE(jobs().take("spa", mine, 100));
  ::close(ends[0]);
  ::close(ends[1]);
}

INSTANTIATE_TEST_SUITE_P(Store, StoreJobs, testing::Values(sql::Engine::sqlite, sql::Engine::postgres), engine_name);

}  // namespace
}  // namespace aremko::store

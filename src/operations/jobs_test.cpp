#include "operations/jobs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "operations/job_runner.h"
#include "operations/sync.h"
#include "operations/test_house.h"

namespace aremko::operations {
namespace {

using boost::json::value;
using testing::House;
using ::testing::HasSubstr;

class JobTests : public ::testing::Test {
 protected:
  value answer(std::string_view name, std::vector<Argument> arguments = {}) {
    const auto text = house.call(name, arguments);
    EXPECT_TRUE(text) << name << ": " << (text ? "" : text.error().detail.es);
    return text ? *json::parse(*text) : value(boost::json::object{});
  }
  value show(const std::string& id) { return answer("show_job", {{"job_id", id, {}}}); }
  std::string defer(std::vector<Argument> arguments = {}) {
    Context context(house.services(), &house.tenant(), {.key_id = "rosa", .tenant = "aremko", .scope = Scope::write}, "es");
    const auto job = find_operation("sync_legacy_to_current")->defer(context, {.text = arguments});
    EXPECT_TRUE(job) << (job ? "" : job.error().detail.es);
    return job ? job->id : std::string();
  }
  std::string state(const std::string& id) { return std::string(show(id).at("state").as_string()); }
  std::string wait_for_end(const std::string& id) {
    for (int i = 0; i < 1000 && !has_ended(jobs().find("aremko", id)->state); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return std::string(json_name(jobs().find("aremko", id)->state));
  }
  /// A sync that is told to stop when it comes to `phase`.
  Result<SyncReport> sync_stopped_at(std::string_view phase) {
    std::stop_source stop;
    const Watch watch{[&](std::string_view now, std::uint64_t, std::uint64_t) {
                        phases.emplace_back(now);
                        if (now == phase) stop.request_stop();
                      },
                      stop.get_token()};
    Context context(house.services(), &house.tenant(), {.key_id = "rosa", .tenant = "aremko", .scope = Scope::write}, "es",
                    watch);
    return sync_legacy_to_current(context, {});
  }
  store::Jobs& jobs() { return house.store().jobs(); }
  std::size_t rows() { return house.store().mappings().list("aremko", {}, 1000)->mappings.size(); }

  House house;
  std::vector<std::string> phases;
};

TEST_F(JobTests, ADeferredSyncIsDoneWithTheReportASyncAnswers) {
  const value report = answer("sync_legacy_to_current");
  const std::string id = defer();
  EXPECT_EQ(state(id), "queued");
  EXPECT_TRUE(show(id).at("result").is_null());
  {
    const JobRunner runner(house.services(), house.tenant());
    EXPECT_EQ(wait_for_end(id), "done");
  }
  const value job = show(id);
  EXPECT_EQ(job.at("requested_by"), "rosa");
  EXPECT_EQ(job.at("kind"), "sync_legacy_to_current");
  EXPECT_EQ(job.at("attempts"), 1);
  EXPECT_FALSE(job.at("ended_at").is_null());
  EXPECT_EQ(job.at("result").at("mappings_created"), 0);
  EXPECT_EQ(job.at("result").at("high_confidence"), report.at("high_confidence"));
  EXPECT_EQ(job.at("result").at("details"), report.at("details"));  // names and all
  EXPECT_EQ(job.at("result").at("details").at(0).at("legacy_name"), "María González");
  const auto kept = jobs().find("aremko", id);
  EXPECT_EQ(kept->result->find("María"), std::string::npos);  // the store holds none
  const value list = answer("list_jobs");
  ASSERT_EQ(list.at("jobs").as_array().size(), 2U);
  EXPECT_EQ(list.at("jobs").at(0).at("id"), job.at("id"));
  EXPECT_TRUE(list.at("jobs").at(0).at("result").is_null());
}

TEST_F(JobTests, OneSyncATenantAtATime) {
  const std::string id = defer();
  const auto second = house.call("sync_legacy_to_current");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::conflict);
  EXPECT_THAT(second.error().detail.es, HasSubstr(id));
  house.publish("otro");
  EXPECT_TRUE(house.call("sync_legacy_to_current", {}, "otro"));
  answer("cancel_job", {{"job_id", id, {}}});
  EXPECT_TRUE(house.call("sync_legacy_to_current"));
}

TEST_F(JobTests, AQueuedOneIsCancelledAtOnceAndOnlyOnce) {
  const std::string id = defer();
  EXPECT_EQ(answer("cancel_job", {{"job_id", id, {}}}).at("state"), "cancelled");
  EXPECT_EQ(answer("cancel_job", {{"job_id", id, {}}}).at("state"), "cancelled");
  const std::string done = defer();
  {
    const JobRunner runner(house.services(), house.tenant());
    EXPECT_EQ(wait_for_end(done), "done");
  }
  EXPECT_EQ(house.call("cancel_job", {{"job_id", done, {}}}).error().code, Code::conflict);
  EXPECT_EQ(house.call("cancel_job", {{"job_id", "nada", {}}}).error().code, Code::not_found);
  EXPECT_EQ(house.call("show_job", {{"job_id", done, {}}}, "otro").error().code, Code::not_found);
}

TEST_F(JobTests, ASyncStoppedAnywhereLeavesTheRegistryAsItWas) {
  const auto whole = sync_stopped_at("never");
  ASSERT_TRUE(whole);
  const std::set<std::string> seen(phases.begin(), phases.end());
  EXPECT_TRUE(seen.contains("registry.write") && seen.contains("snapshot.publish"));
  for (const std::string& phase : seen) {
    House fresh;
    Context context(fresh.services(), &fresh.tenant(), {.key_id = "x", .tenant = "aremko", .scope = Scope::write}, "es");
    std::stop_source stop;
    bool heard = false;  // the engine is built on another thread, whose phases may pass unheard
    const Watch watch{[&](std::string_view now, std::uint64_t, std::uint64_t) {
                        if (now != phase) return;
                        heard = true;
                        stop.request_stop();
                      },
                      stop.get_token()};
    Context watched(fresh.services(), &fresh.tenant(), {.key_id = "x", .tenant = "aremko", .scope = Scope::write}, "es", watch);
    const auto report = sync_legacy_to_current(watched, {});
    const std::size_t written = fresh.store().mappings().list("aremko", {}, 1000)->mappings.size();
    const auto job = fresh.store().jobs().list("aremko", 1).at(0);
    if (report) {  // past the point of no return
      EXPECT_GT(written, 0U) << phase;
      EXPECT_EQ(job.state, JobState::done) << phase;
    } else {
      EXPECT_EQ(report.error().code, Code::conflict) << phase;
      EXPECT_EQ(written, 0U) << phase;
      EXPECT_EQ(job.state, JobState::cancelled) << phase;
      EXPECT_TRUE(fresh.store().audit().list("aremko", {}, 10)->entries.empty()) << phase;
    }
    // The last word before the commit is heard by nobody, nor is any after it.
    EXPECT_EQ(report.has_value(), !heard || phase == "audit.write" || phase == "snapshot.publish") << phase;
    EXPECT_TRUE(sync_legacy_to_current(context, {})) << phase;
  }
}

TEST_F(JobTests, AJobOfADeadProcessIsTakenUpAnew) {
  const auto job = jobs().create("aremko", sync_name, R"({"limit":null})", "rosa", true, "elsewhere", testing::guide_noon - 60);
  ASSERT_TRUE(job);
  EXPECT_EQ(state(job->id), "running");
  const JobRunner runner(house.services(), house.tenant());
  EXPECT_EQ(wait_for_end(job->id), "done");
  EXPECT_EQ(jobs().find("aremko", job->id)->attempts, 2);
  EXPECT_GT(rows(), 0U);
}

TEST_F(JobTests, ARunnerThatEndsPutsItsJobBack) {
  const std::string id = defer();
  {
    JobRunner runner(house.services(), house.tenant());
    EXPECT_EQ(wait_for_end(id), "done");
  }
  const auto again = jobs().create("aremko", sync_name, R"({"limit":null})", "rosa", true, "me", house.clock().now());
  ASSERT_TRUE(again);
  {
    JobWork work(house.tenant().jobs, jobs(), house.clock(), {again->id, "me"});
    work.watch().at("identity.compare", 5, 10);
    const value shown = show(again->id);
    EXPECT_EQ(shown.at("phase"), "identity.compare");
    EXPECT_EQ(shown.at("done"), 5);
    EXPECT_EQ(shown.at("total"), 10);
    house.tenant().jobs.stop(again->id);
    EXPECT_THROW(work.watch().at("identity.compare", 6, 10), Cancelled);
    jobs().release(work.claim(), house.clock().now());
  }
  EXPECT_EQ(state(again->id), "queued");
  EXPECT_EQ(show(again->id).at("attempts"), 0);
}

}  // namespace
}  // namespace aremko::operations

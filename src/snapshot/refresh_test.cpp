#include "snapshot/refresh.h"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "snapshot/search.h"
#include "snapshot/test_batches.h"

namespace aremko::snapshot {
namespace {

using namespace testing;
using std::chrono::milliseconds;

/// What a fake source says, changed by the test while the Refresher reads.
struct Script {
  std::mutex mutex;
  std::string token = "1";
  sources::Batch batch;
  std::optional<Error> down;
  bool throws = false;
  bool dies_while_loading = false;
  std::atomic<int> loads = 0;
  std::atomic<int> at_once = 0;
  std::atomic<bool> overlapped = false;
};

class FakeSource final : public sources::Source {
 public:
  FakeSource(std::string name, std::shared_ptr<Script> script) : name_(std::move(name)), script_(std::move(script)) {}
  std::string_view name() const override { return name_; }
  std::string describe() const override { return "a fake"; }
  Result<std::string> change_token() override {
    const std::lock_guard lock(script_->mutex);
    if (script_->throws) throw std::runtime_error("broken");
    if (script_->down) return fail(*script_->down);
    return script_->token;
  }
  Result<sources::Batch> load(const sources::Progress&) override {
    if (script_->at_once++ > 0) script_->overlapped = true;
    std::this_thread::sleep_for(milliseconds(2));
    --script_->at_once;
    ++script_->loads;
    const std::lock_guard lock(script_->mutex);
    if (script_->dies_while_loading) throw Outage(error(Code::unavailable, "Se cortó.", "Cut off."));
    return script_->batch;
  }

 private:
  std::string name_;
  std::shared_ptr<Script> script_;
};

sources::Batch customers(int count) {
  Current current;
  for (int i = 1; i <= count; ++i) {
    const Row row = current.customer(i, {"Persona Numero " + std::to_string(i)});
    current.service_line(current.sale(row, 1000), 0, Date::of(2024, 1, 1), 600);
  }
  current.batch->report.rows_kept = static_cast<std::uint64_t>(count);
  return std::shared_ptr<const sources::CurrentBatch>(current.batch);
}
sources::Batch legacy(int count) {
  LegacyCustomers out;
  for (int i = 1; i <= count; ++i) out.person(std::to_string(i), {"Persona Antigua " + std::to_string(i)});
  return std::shared_ptr<const sources::LegacyCustomersBatch>(out.batch);
}

struct Refreshing : ::testing::Test {
  std::shared_ptr<Script> database = std::make_shared<Script>();
  std::shared_ptr<Script> file = std::make_shared<Script>();
  FixedClock clock{1000};
  Holder holder;
  std::mutex links_mutex;
  std::vector<LiveLink> live;
  std::vector<LiveMerge> merges;
  std::string links_token = "a";
  bool store_down = false;
  std::map<std::string, std::uint64_t, std::less<>> marks;
  bool marks_down = false;

  Refreshing() {
    database->batch = customers(3);
    file->batch = legacy(2);
  }
  std::unique_ptr<Refresher> make(milliseconds interval = milliseconds(1), const Clock* other_clock = nullptr,
                                  milliseconds second_look = std::chrono::hours(1)) {
    std::vector<std::unique_ptr<sources::Source>> sources;
    sources.push_back(std::make_unique<FakeSource>("aremko_db", database));
    sources.push_back(std::make_unique<FakeSource>("clientes_legacy", file));
    Links links{.load =
                    [this] {
                      const std::lock_guard lock(links_mutex);
                      return live;
                    },
                .token =
                    [this] {
                      const std::lock_guard lock(links_mutex);
                      if (store_down) throw Outage(error(Code::unavailable, "Caído.", "Down."));
                      return links_token;
                    },
                .merges =
                    [this] {
                      const std::lock_guard lock(links_mutex);
                      return merges;
                    }};
    return std::make_unique<Refresher>(std::move(sources), std::move(links), other_clock ? *other_clock : clock, nullptr,
                                       holder, RefresherOptions{.tenant = "t", .interval = interval, .second_look = second_look, .marks = marks_here()});
  }
  Marks marks_here() {
    return {.most = [this](std::string_view source) -> std::optional<std::uint64_t> {
              if (marks_down) throw Outage(error(Code::unavailable, "Caído.", "Down."));
              const auto at = marks.find(source);
              return at == marks.end() ? std::nullopt : std::optional(at->second);
            },
            .note = [this](std::string_view source, std::uint64_t rows) {
              if (marks_down) throw Outage(error(Code::unavailable, "Caído.", "Down."));
              marks[std::string(source)] = rows;
            }};
  }
  /// How many customers readers see when the database has so many.
  std::size_t becomes(Refresher& refresher, const char* token, int count) {
    change(*database, [&](Script& script) {
      script.token = token;
      script.batch = customers(count);
    });
    EXPECT_TRUE(refresher.refresh_now());
    return holder.current()->customers().size();
  }
  static void change(Script& script, const std::function<void(Script&)>& how) {
    const std::lock_guard lock(script.mutex);
    how(script);
  }
};

const Error down = error(Code::unavailable, "La base no responde.", "The database does not answer.");

TEST_F(Refreshing, LoadsOnlyWhatChanged) {
  const auto refresher = make();
  EXPECT_EQ(refresher->refresh_now().value(), 1U);
  EXPECT_EQ(refresher->refresh_now().value(), 1U);
  EXPECT_EQ(database->loads, 1);
  change(*database, [](Script& script) {
    script.token = "2";
    script.batch = customers(5);
  });
  EXPECT_EQ(refresher->refresh_now().value(), 2U);
  EXPECT_EQ(database->loads, 2);
  EXPECT_EQ(file->loads, 1);
  EXPECT_EQ(holder.current()->customers().size(), 5U);
  EXPECT_EQ(holder.current()->legacy().size(), 2U);
}

TEST_F(Refreshing, NewMappingsAloneReadNoSource) {
  const auto refresher = make();
  ASSERT_TRUE(refresher->refresh_now());
  live = {link("1", 2)};
  links_token = "b";
  EXPECT_EQ(refresher->refresh_now().value(), 2U);
  EXPECT_EQ(database->loads, 1);
  EXPECT_EQ(holder.current()->customer_of(0), 1U);
  store_down = true;
  EXPECT_EQ(refresher->refresh_now().value(), 2U) << "the mappings known last stand";
  EXPECT_EQ(holder.current()->customer_of(0), 1U);
}

TEST_F(Refreshing, AFailedSourceLeavesItsLastGoodBatchAndSaysHowItStands) {
  const auto refresher = make();
  ASSERT_TRUE(refresher->refresh_now());
  clock.set(2000);
  ASSERT_TRUE(refresher->refresh_now());
  clock.set(3000);
  change(*database, [](Script& script) { script.down = down; });
  EXPECT_EQ(refresher->refresh_now().value(), 1U);
  EXPECT_EQ(holder.current()->customers().size(), 3U);
  auto states = refresher->status();
  EXPECT_FALSE(states[0].ok);
  EXPECT_EQ(states[0].detail_es, down.detail.es);
  EXPECT_EQ(states[0].last_good, 2000) << "known to be so until then";
  EXPECT_TRUE(states[1].ok);
  change(*database, [](Script& script) {
    script.down.reset();
    script.dies_while_loading = true;
    script.token = "2";
  });
  EXPECT_EQ(refresher->refresh_now().value(), 1U);
  EXPECT_FALSE(refresher->status()[0].ok);
  change(*database, [](Script& script) { script.dies_while_loading = false; });
  EXPECT_EQ(refresher->refresh_now().value(), 2U);
  states = refresher->status();
  EXPECT_TRUE(states[0].ok);
  EXPECT_EQ(states[0].detail_es, "");
  EXPECT_EQ(states[0].last_good, 3000);
}

TEST_F(Refreshing, PublishesWhatThereIsWhenASourceIsDownAtStart) {
  change(*database, [](Script& script) { script.down = down; });
  change(*file, [](Script& script) { script.throws = true; });
  const auto refresher = make();
  const auto nothing = refresher->refresh_now();
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, Code::unavailable);
  EXPECT_EQ(holder.current(), nullptr);
  change(*file, [](Script& script) { script.throws = false; });
  ASSERT_TRUE(refresher->refresh_now());
  EXPECT_EQ(holder.current()->legacy().size(), 2U);
  EXPECT_EQ(holder.current()->customers().size(), 0U);
  EXPECT_FALSE(holder.current()->source_states()[0].ok);
  change(*database, [](Script& script) { script.down.reset(); });
  ASSERT_TRUE(refresher->refresh_now());
  EXPECT_EQ(holder.current()->customers().size(), 3U);
}

/// Readers search and walk while sources change, fail and throw: nothing is torn, versions only rise, and the thread
/// outlives it all. Meant for ThreadSanitizer.
TEST_F(Refreshing, ReadersGoOnWhileItRefreshes) {
  const SystemClock system;
  const auto refresher = make(milliseconds(1), &system);
  refresher->start();
  std::atomic<bool> done = false;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&, i] {
      std::uint64_t last = 0;
      while (!done) {
        const SnapshotPtr seen = holder.current();
        if (!seen) continue;
        EXPECT_GE(seen->version(), last);
        last = seen->version();
        EXPECT_EQ(search(*seen, "persona numero", SearchScope::all, 5).current.size(),
                  std::min<std::size_t>(5, seen->customers().size()));
        for (PersonId person = 0; person < seen->customers().size(); ++person) {
          EXPECT_EQ(seen->visits(person).size(), 1U);
        }
        if (i == 0) EXPECT_EQ(refresher->status().size(), 2U);
        if (i == 1) static_cast<void>(refresher->refresh_now());
      }
    });
  }
  for (int round = 1; round <= 60; ++round) {
    change(*database, [&](Script& script) {
      script.token = std::to_string(round);
      script.batch = customers(round % 7);
      script.down = round % 5 == 0 ? std::optional(down) : std::nullopt;
      script.throws = round % 7 == 0;
      script.dies_while_loading = round % 11 == 0;
    });
    std::this_thread::sleep_for(milliseconds(3));
  }
  change(*database, [&](Script& script) {
    script.token = "last";
    script.batch = customers(42);
    script.down.reset();
    script.throws = script.dies_while_loading = false;
  });
  for (int i = 0; i < 5'000 && (!holder.current() || holder.current()->customers().size() != 42); ++i) {
    std::this_thread::sleep_for(milliseconds(1));
  }
  done = true;
  readers.clear();
  refresher->stop();
  EXPECT_EQ(holder.current()->customers().size(), 42U);
  EXPECT_FALSE(database->overlapped);
  EXPECT_TRUE(refresher->status()[0].ok);
}

TEST_F(Refreshing, MappingsArePublishedWhileASourceStandsStill) {
  const auto refresher = make();
  ASSERT_TRUE(refresher->refresh_now());
  std::unique_lock stuck(database->mutex);  // the source waits for it
  std::jthread loading([&] { static_cast<void>(refresher->refresh_now()); });
  {
    const std::lock_guard lock(links_mutex);
    live = {link("1", 2)};
    links_token = "b";
  }
  EXPECT_TRUE(refresher->publish_links(false));
  EXPECT_EQ(holder.current()->customer_of(0), 1U);
  EXPECT_TRUE(refresher->publish_links(true));
  EXPECT_EQ(holder.current()->version(), 2U) << "nothing new";
  stuck.unlock();
}

TEST_F(Refreshing, MergesArePublishedWithoutAskingASource) {
  const auto refresher = make();
  ASSERT_TRUE(refresher->refresh_now());
  const auto before = holder.current();
  const auto say = [&](std::vector<LiveMerge> said, const char* token) {
    std::unique_lock stuck(database->mutex);  // the source stands still
    {
      const std::lock_guard lock(links_mutex);
      merges = std::move(said);
      links_token = token;
    }
    EXPECT_TRUE(refresher->publish_links(false));
  };
  const auto& ids = before->customers().id;
  say({{ids[0], ids[1]}}, "b");
  const auto merged = holder.current();
  EXPECT_EQ(merged->customers().size(), before->customers().size() - 1);
  EXPECT_EQ(merged->customer_row(ids[1]), merged->customer_row(ids[0]));
  say({{ids[0], ids[1]}}, "c");
  EXPECT_EQ(holder.current()->current_ptr(), merged->current_ptr()) << "what was merged is not merged anew";
  say({}, "d");
  EXPECT_EQ(holder.current()->current_ptr(), before->current_ptr()) << "taken back, it is what was read";
}

TEST_F(Refreshing, ASourceThatLosesMuchIsHeldBackUntilASecondLook) {
  database->batch = customers(100);
  const auto refresher = make(milliseconds(1), nullptr, milliseconds(300));
  ASSERT_TRUE(refresher->refresh_now());
  const auto becomes = [&](const char* token, int count) { return this->becomes(*refresher, token, count); };
  EXPECT_EQ(becomes("2", 85), 85U) << "people do leave";
  EXPECT_FALSE(refresher->loss());
  EXPECT_EQ(becomes("3", 40), 85U);
  EXPECT_FALSE(refresher->status()[0].ok);
  ASSERT_TRUE(refresher->loss());
  EXPECT_EQ(refresher->loss()->en, "aremko_db: 40 of 100 rows");
  EXPECT_EQ(becomes("4", 90), 90U) << "the whole file, a moment later";
  EXPECT_FALSE(refresher->loss());
  EXPECT_TRUE(refresher->status()[0].ok);

  EXPECT_EQ(becomes("5", 40), 90U);
  std::this_thread::sleep_for(milliseconds(350));
  EXPECT_EQ(becomes("6", 50), 90U) << "still being copied";
  std::this_thread::sleep_for(milliseconds(350));
  ASSERT_TRUE(refresher->refresh_now());
  EXPECT_EQ(holder.current()->customers().size(), 50U);
  EXPECT_FALSE(refresher->status()[0].ok) << "shown, and nobody has said that it is on purpose";
  EXPECT_TRUE(refresher->loss());
  EXPECT_EQ(becomes("7", 49), 49U);
  EXPECT_TRUE(refresher->loss());
  refresher->accept_loss();
  ASSERT_TRUE(refresher->refresh_now());
  EXPECT_FALSE(refresher->loss());
  EXPECT_TRUE(refresher->status()[0].ok);
}

TEST_F(Refreshing, ManySmallLossesAreALoss) {
  database->batch = customers(1000);
  marks["aremko_db"] = 900;
  const auto refresher = make(milliseconds(1), nullptr, milliseconds(0));
  ASSERT_TRUE(refresher->refresh_now());
  EXPECT_EQ(marks["aremko_db"], 1000U);
  EXPECT_EQ(becomes(*refresher, "2", 1005), 1005U);
  EXPECT_EQ(marks["aremko_db"], 1000U) << "not at each guest";
  EXPECT_EQ(becomes(*refresher, "3", 825), 825U);
  EXPECT_FALSE(refresher->loss());
  EXPECT_EQ(becomes(*refresher, "4", 680), 825U) << "a third of what there was, in two steps below the share";
  ASSERT_TRUE(refresher->refresh_now());
  EXPECT_EQ(holder.current()->customers().size(), 680U);
  ASSERT_TRUE(refresher->loss());
  EXPECT_EQ(refresher->loss()->en, "aremko_db: 680 of 1005 rows");
  refresher->accept_loss();
  EXPECT_EQ(marks["aremko_db"], 680U);
  ASSERT_TRUE(refresher->refresh_now());
  EXPECT_TRUE(refresher->status()[0].ok);
  EXPECT_EQ(becomes(*refresher, "5", 670), 670U);
  EXPECT_FALSE(refresher->loss());
}

TEST_F(Refreshing, ALossWhileNothingRanIsSeenAtTheStart) {
  marks["aremko_db"] = 100;
  database->batch = customers(60);
  const auto refresher = make(milliseconds(1), nullptr, milliseconds(0));
  ASSERT_TRUE(refresher->refresh_now());
  EXPECT_EQ(holder.current()->customers().size(), 60U) << "there is nothing older to show";
  EXPECT_FALSE(refresher->status()[0].ok);
  ASSERT_TRUE(refresher->loss());
  EXPECT_EQ(marks["aremko_db"], 100U);
  marks["aremko_db"] = 61;  // another process was told that it is on purpose
  EXPECT_EQ(becomes(*refresher, "2", 59), 59U);
  EXPECT_FALSE(refresher->loss());
  EXPECT_TRUE(refresher->status()[0].ok);
}

TEST_F(Refreshing, AStoreThatIsAwayTakesNoMarkWithIt) {
  database->batch = customers(100);
  marks_down = true;
  const auto refresher = make(milliseconds(1), nullptr, milliseconds(0));
  ASSERT_TRUE(refresher->refresh_now());
  EXPECT_EQ(becomes(*refresher, "2", 60), 100U);
  EXPECT_TRUE(refresher->loss());
  change(*database, [](Script& script) {
    script.token = "3";
    script.batch = customers(100);
  });
  marks_down = false;
  ASSERT_TRUE(refresher->refresh_now());
  EXPECT_EQ(marks["aremko_db"], 100U);
}

TEST_F(Refreshing, APersonSaysThatALossIsOnPurpose) {
  database->batch = customers(100);
  const auto refresher = make(milliseconds(1), nullptr, milliseconds(0));
  ASSERT_TRUE(refresher->refresh_now());
  change(*database, [&](Script& script) {
    script.token = "2";
    script.batch = customers(0);
  });
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(refresher->refresh_now());
    EXPECT_EQ(holder.current()->customers().size(), 100U) << "never by itself";
  }
  EXPECT_EQ(database->loads, 2);
  refresher->accept_loss();
  ASSERT_TRUE(refresher->refresh_now());
  EXPECT_EQ(holder.current()->customers().size(), 0U);
  EXPECT_TRUE(refresher->status()[0].ok);
}

TEST_F(Refreshing, StopsAtOnceWhileItWaits) {
  const auto refresher = make(std::chrono::hours(1));
  refresher->start();
  while (!holder.current()) std::this_thread::sleep_for(milliseconds(1));
  const auto start = std::chrono::steady_clock::now();
  refresher->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

}  // namespace
}  // namespace aremko::snapshot

#include "mcp/stdio.h"

#include <condition_variable>
#include <sstream>

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mcp/test_server.h"

namespace aremko::mcp {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// An input that waits for more until it is closed.
class Pipe final : public std::streambuf {
 public:
  void put(std::string_view line) {
    const std::lock_guard lock(mutex_);
    coming_ += std::string(line) + "\n";
    wake_.notify_all();
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    wake_.notify_all();
  }

 protected:
  int_type underflow() override {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return closed_ || !coming_.empty(); });
    if (coming_.empty()) return traits_type::eof();
    here_ = std::exchange(coming_, {});
    setg(here_.data(), here_.data(), here_.data() + here_.size());
    return traits_type::to_int_type(here_.front());
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::string coming_, here_;
  bool closed_ = false;
};

/// An output that can be read while it is written.
class Seen final : public std::streambuf {
 public:
  std::string text() {
    const std::lock_guard lock(mutex_);
    return text_;
  }
  bool says(std::string_view what) {
    for (int i = 0; i < 400 && !text().contains(what); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return text().contains(what);
  }

 protected:
  int_type overflow(int_type c) override {
    const std::lock_guard lock(mutex_);
    text_ += static_cast<char>(c);
    return c;
  }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    const std::lock_guard lock(mutex_);
    text_.append(text, static_cast<std::size_t>(size));
    return size;
  }

 private:
  std::mutex mutex_;
  std::string text_;
};

class StdioTest : public ::testing::Test {
 protected:
  StdioTest() {
    serving = std::thread([this] {
      std::istream in(&pipe);
      std::ostream out(&seen);
      Stdio(*server.engine, {nullptr, {.key_id = "t", .tenant = "spa", .scope = Scope::admin}}, "en", in, out).run();
    });
  }
  ~StdioTest() override { end(); }
  void end() {
    pipe.close();
    if (serving.joinable()) serving.join();
  }
  static std::string meta(std::string_view capabilities = "{}") {
    return fmt::format(
        R"("_meta":{{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}})",
        capabilities);
  }
  void greet(std::string_view capabilities) {
    pipe.put(fmt::format(
        R"({{"jsonrpc":"2.0","id":0,"method":"initialize","params":{{"protocolVersion":"2025-11-25","capabilities":{}}}}})",
        capabilities));
    ASSERT_TRUE(seen.says(R"("protocolVersion":"2025-11-25")"));
  }

  testing::TestServer server;
  Pipe pipe;
  Seen seen;
  std::thread serving;
};

TEST_F(StdioTest, WritesNothingButMessagesALineEach) {
  greet("{}");
  pipe.put(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
  pipe.put("");
  pipe.put("no JSON");
  pipe.put(R"({"jsonrpc":"2.0","id":"x","method":"tools/list"})");
  pipe.put(R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"heavy"}})");
  end();  // what was asked before is still answered
  std::istringstream lines(seen.text());
  std::set<std::string> ids;
  for (std::string line; std::getline(lines, line);) {
    const auto message = boost::json::parse(line).as_object();
    EXPECT_EQ(message.at("jsonrpc"), "2.0");
    ids.insert(message.contains("id") ? boost::json::serialize(message.at("id")) : std::string("none"));
  }
  EXPECT_EQ(ids, (std::set<std::string>{"0", "none", "\"x\"", "2"}));
}

TEST_F(StdioTest, BothErasAreServedByOneProcess) {
  pipe.put(R"({"jsonrpc":"2.0","id":1,"method":"server/discover","params":{)" + meta() + "}}");
  EXPECT_TRUE(seen.says(R"("supportedVersions":["2026-07-28")"));
  pipe.put(R"({"jsonrpc":"2.0","id":2,"method":"server/discover","params":{}})");
  EXPECT_TRUE(seen.says("-32602"));
  greet("{}");
  pipe.put(R"({"jsonrpc":"2.0","id":3,"method":"ping"})");
  EXPECT_TRUE(seen.says(R"({"jsonrpc":"2.0","id":3,"result":{}})"));
}

TEST_F(StdioTest, AByteOrderMarkAndNullsAreNothing) {
  pipe.put("\xEF\xBB\xBF" R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}})");
  ASSERT_TRUE(seen.says(R"("protocolVersion":"2025-11-25")"));
  pipe.put(R"({"jsonrpc":"2.0","id":1,"method":"ping","params":null})");
  EXPECT_TRUE(seen.says(R"({"jsonrpc":"2.0","id":1,"result":{}})"));
  pipe.put(R"({"jsonrpc":"2.0","id":2,"method":"tools/list","params":null})");
  EXPECT_TRUE(seen.says(R"({"jsonrpc":"2.0","id":2,"result":{"tools":[)"));
  pipe.put(R"({"jsonrpc":"2.0","id":3,"method":"tools/list","params":{"cursor":null}})");
  EXPECT_TRUE(seen.says(R"({"jsonrpc":"2.0","id":3,"result":{"tools":[)"));
  pipe.put(R"({"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"heavy","arguments":null}})");
  EXPECT_TRUE(seen.says(R"({"jsonrpc":"2.0","id":4,"result":{"content")"));
}

TEST_F(StdioTest, AsksAnOldClientInTheMiddleOfARequest) {
  greet(R"({"elicitation":{}})");
  pipe.put(R"({"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"asks"}})");
  ASSERT_TRUE(seen.says("elicitation/create"));
  pipe.put(R"({"jsonrpc":"2.0","id":1,"result":{"action":"accept"}})");
  EXPECT_TRUE(seen.says(R"({\"action\":\"accept\"})"));
}

TEST_F(StdioTest, ACancelledRequestIsNotAnswered) {
  pipe.put(R"({"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"endless",)" + meta() + "}}");
  for (int i = 0; i < 400 && server.running == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  pipe.put(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":6}})");
  for (int i = 0; i < 400 && server.cancelled == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(server.cancelled, 1);
  end();
  EXPECT_THAT(seen.text(), Not(HasSubstr("\"id\":6")));
}

TEST_F(StdioTest, ASubscriptionIsHeardUntilItIsCancelled) {
  pipe.put(
      R"({"jsonrpc":"2.0","id":"s","method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},)" +
      meta() + "}}");
  ASSERT_TRUE(seen.says("acknowledged"));
  server.changes.list_changed(Changes::List::tools);
  EXPECT_TRUE(seen.says("tools/list_changed"));
  pipe.put(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"s"}})");
  pipe.put(R"({"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"light",)" + meta() + "}}");
  ASSERT_TRUE(seen.says("\"id\":8"));
  const std::string before = seen.text();
  server.changes.list_changed(Changes::List::tools);
  EXPECT_EQ(seen.text(), before);
}

}  // namespace
}  // namespace aremko::mcp

#include "mcp/mailbox.h"

#include <atomic>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace aremko::mcp {
namespace {

using Found = Mailbox::Reader::Found;
using std::chrono::milliseconds;
namespace asio = boost::asio;

/// Runs a reader's coroutine to its end.
template <class Work>
void read(Work work) {
  asio::io_context io;
  asio::co_spawn(io, std::move(work), [](std::exception_ptr fault) {
    if (fault) std::rethrow_exception(fault);
  });
  io.run();
}

std::string numbered(std::size_t i) { return "message " + std::to_string(i) + " of a sender that does not wait"; }

TEST(Mailbox, WhatWasFoundIsTheReadersThoughItIsDroppedMeanwhile) {
  const auto box = std::make_shared<Mailbox>(2);
  box->send("first");
  box->send("second");
  read([&]() -> asio::awaitable<void> {
    Mailbox::Reader reader(box, 0);
    EXPECT_EQ(co_await reader.next(milliseconds(1)), Found::message);
    box->send("third");
    box->send("fourth");
    EXPECT_EQ(reader.message(), "first");
    EXPECT_EQ(co_await reader.next(milliseconds(1)), Found::message);
    EXPECT_EQ(reader.message(), "third");  // the second is gone: it was never found
    EXPECT_EQ(reader.place(), 3U);
  });
}

TEST(Mailbox, KeepsSoManyMessagesAndBytesAndTheNewestAlways) {
  Mailbox box(3, 10);
  for (const char* text : {"aaaa", "bbbb", "cccc"}) box.send(text);
  EXPECT_EQ(box.bytes(), 8U);
  EXPECT_FALSE(box.reaches(0));
  EXPECT_TRUE(box.reaches(1));
  box.send(std::string(50, 'x'));
  EXPECT_EQ(box.bytes(), 50U);
  box.finish({.message = "end"});
  box.send("after the end");
  EXPECT_EQ(box.bytes(), 53U);
}

TEST(Mailbox, ASecondReaderSendsTheFirstAway) {
  const auto box = std::make_shared<Mailbox>(2);
  read([&]() -> asio::awaitable<void> {
    Mailbox::Reader first(box, 0);
    Mailbox::Reader second(box, 0);
    box->send("one");
    EXPECT_EQ(co_await first.next(milliseconds(1)), Found::superseded);
    EXPECT_EQ(co_await second.next(milliseconds(1)), Found::message);
    box->finish({.message = "two"});
    EXPECT_EQ(co_await second.next(milliseconds(1)), Found::reply);
    EXPECT_EQ(second.reply().message, "two");
  });
}

// To be run under AddressSanitizer and ThreadSanitizer too: a reader between two senders that do not wait for it, a mailbox so
// small that what it reads is dropped all the time, and readers that come and go.
TEST(Mailbox, ReadersAndSendersThatDoNotWaitForEachOther) {
  constexpr std::size_t most = 200'000;
  const auto box = std::make_shared<Mailbox>(2);
  std::atomic<bool> over{false};
  std::vector<std::thread> senders;
  for (int i = 0; i < 2; ++i) {
    senders.emplace_back([&] {
      for (std::size_t n = 0; n < most && !over; ++n) box->send(numbered(n));
      box->finish({.message = "the end"});
    });
  }
  std::size_t wrong = 0;
  std::size_t taken = 0;
  read([&]() -> asio::awaitable<void> {
    std::uint64_t place = 0;
    for (bool replied = false; !replied;) {
      Mailbox::Reader reader(box, place);
      for (int i = 0; i < 1'000 && !replied; ++i) {
        const Found found = co_await reader.next(milliseconds(50));
        if (found == Found::message) {
          ++taken;
          const std::string message = reader.message();
          wrong += !message.starts_with("message ") || !message.ends_with(" that does not wait");
        } else if (found == Found::reply) {
          replied = reader.reply().message == "the end";
        }
      }
      place = reader.place();
    }
  });
  over = true;
  for (auto& sender : senders) sender.join();
  EXPECT_EQ(wrong, 0U);
  EXPECT_GT(taken, 0U);
}

}  // namespace
}  // namespace aremko::mcp

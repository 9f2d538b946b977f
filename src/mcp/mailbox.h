#pragma once
// Where the messages of one answer, or of one subscription, wait for the connection that will carry them: filled by
// any thread, read by one coroutine. What was read stays for a while, so that a client whose connection broke can ask
// for the rest on another one.

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace aremko::mcp {

/// An answer as it leaves.
struct Reply {
  std::string message{};  // JSON; empty: nothing to say (202)
  int http_status = 200;
  std::string_view needed_scope{};  // with a 403
  std::string subject{};            // for the log: whom an answer that is none of a fault is about, by number
};

/// Where an exchange's messages go: a Mailbox over HTTP, the standard output over stdio.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void send(std::string message) = 0;  // before the reply
  virtual void finish(Reply reply) = 0;        // once; nothing after it counts
  virtual void close_stream() {}               // the reader goes after what was sent so far; another may come
};

class Mailbox final : public Sink {
 public:
  /// A thousand messages of progress, or a question with a prompt of the longest kind several times over.
  static constexpr std::size_t most_bytes = 256 * 1024;

  /// `keep`: messages that are held for a reader who may come back, and `keep_bytes` how much of them; the oldest are
  /// dropped, the newest one never.
  explicit Mailbox(std::size_t keep, std::size_t keep_bytes = most_bytes) : keep_(keep), keep_bytes_(keep_bytes) {}

  void send(std::string message) override;
  void finish(Reply reply) override;
  void close_stream() override;

  /// A reader's place in the mailbox. A second reader sends the first away.
  class Reader {
   public:
    enum class Found { message, reply, closed, nothing, superseded };
    /// Reads what comes after `place` messages. `again`: takes up a stream that was closed before.
    Reader(std::shared_ptr<Mailbox> box, std::uint64_t place, bool again = false);
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    /// What comes next, waiting for up to `limit`; `nothing` when that passes first. A message or a reply is the
    /// reader's own from here on, whatever the mailbox drops.
    boost::asio::awaitable<Found> next(std::chrono::milliseconds limit);
    /// What next() found, once.
    std::string message() { return std::move(message_); }
    Reply reply() { return std::move(reply_); }
    std::uint64_t place() const { return place_; }

   private:
    Found look();  // with the lock held
    void leave();
    std::shared_ptr<Mailbox> box_;
    std::uint64_t place_;
    std::string message_;
    Reply reply_;
    std::uint64_t turn_;
    bool closed_seen_ = false;
  };

  bool finished() const;
  /// What is held here: messages and the reply.
  std::size_t bytes() const;
  /// Whether a reader that has seen `place` messages can go on without a gap.
  bool reaches(std::uint64_t place) const;

 private:
  void wake();  // with the lock held

  mutable std::mutex mutex_;
  const std::size_t keep_;
  const std::size_t keep_bytes_;
  std::size_t bytes_ = 0;  // of messages_
  std::deque<std::string> messages_;
  std::uint64_t first_ = 0;                // the number of messages_.front()
  std::optional<std::uint64_t> close_at_;  // a reader leaves at this place
  std::optional<Reply> reply_;
  std::uint64_t turn_ = 0;  // which reader's it is
  std::shared_ptr<boost::asio::steady_timer> waiter_;
};

}  // namespace aremko::mcp

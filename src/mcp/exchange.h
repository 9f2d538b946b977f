#pragma once
// One request that its handler has not yet answered: runs it on a worker, carries what it says to the client, asks
// the client where the older era does so in the middle of a request, and is cancelled by whoever sees the client go.

#include <chrono>
#include <memory>
#include <mutex>
#include <stop_token>

#include "mcp/mailbox.h"
#include "mcp/protocol.h"
#include "mcp/quotas.h"
#include "mcp/run.h"

namespace aremko::mcp {

class Engine;

class Exchange final : public Outlet, public std::enable_shared_from_this<Exchange> {
 public:
  /// Of the request its parameters are let go: the job has what its handler needs.
  Exchange(Engine& engine, Request request, Job job, std::shared_ptr<Sink> sink);

  /// Queues it. The sink gets a reply in any case: that it is too much, when its key has too much under way.
  void start();
  void cancel();
  /// The client was asked and has not answered for too long.
  void give_up();
  bool waits_for_client() const;
  void answer(const std::string& key, Object answer);

  void progress(double done, double total, std::string_view message) override;
  void log(LogLevel level, std::string_view logger, const boost::json::value& data) override;
  void close_stream() override { sink_->close_stream(); }

  const Request& request() const { return request_; }

 private:
  void run();
  void ask(Questions questions);
  void finish(Reply reply);
  void fail(const RpcError& error);
  void give_up(const RpcError& error);
  void queue();

  Engine* engine_;
  const Request request_;
  Job job_;  // by one thread at a time
  const std::shared_ptr<Sink> sink_;
  std::stop_source stop_;
  double last_progress_ = -1;
  std::chrono::steady_clock::time_point last_sent_{};

  // Of the thread that has the exchange at the moment: it changes hands with waiting_.
  Quotas::Share questions_;

  mutable std::mutex mutex_;
  Object coming_;            // answers of this round
  std::size_t missing_ = 0;  // how many are still to come
  bool waiting_ = false;
  bool finished_ = false;
  std::uint64_t ticket_ = 0;  // of a place in its lane, as long as no worker has taken it up
};

}  // namespace aremko::mcp

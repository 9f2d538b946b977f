#pragma once
// A body written piece by piece, such as server-sent events: a handler answers with a Response whose `stream` is
// one of these, and the connection runs it.

#include <string_view>

#include <boost/asio/awaitable.hpp>

namespace aremko::net {

/// The connection, as a Stream sees it. Lives as long as Stream::run does.
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  /// Sends the bytes; false when the client is gone, and nothing more will reach it.
  virtual boost::asio::awaitable<bool> write(std::string_view bytes) = 0;
};

class Stream {
 public:
  virtual ~Stream() = default;
  /// Runs on the connection's I/O thread and must not block it. When the client goes or the server stops, whatever
  /// it awaits is cancelled (boost::asio::error::operation_aborted); it may let that exception pass.
  virtual boost::asio::awaitable<void> run(StreamWriter& writer) = 0;
};

}  // namespace aremko::net

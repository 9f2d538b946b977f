#pragma once
// A body written piece by piece, such as server-sent events: a handler answers with a Response whose `stream` is
// one of these, and the connection runs it.

#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "net/http.h"

namespace aremko::net {

/// The connection, as a Stream sees it. Lives as long as Stream::run does.
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  /// Sends the bytes; false when the client is gone, and nothing more will reach it.
  virtual boost::asio::awaitable<bool> write(std::string_view bytes) = 0;
  /// Whether the client is known to have gone; what is cancelled while it is there is cancelled by the server's stop.
  virtual bool client_gone() const = 0;
};

class Stream {
 public:
  virtual ~Stream() = default;
  /// Runs on the connection's I/O thread and must not block it. When the client goes or the server stops, whatever
  /// it awaits is cancelled (boost::asio::error::operation_aborted); it may let that exception pass.
  virtual boost::asio::awaitable<void> run(StreamWriter& writer) = 0;
};

/// An answer that is not there yet: a handler returns a Response whose `later` is one of these, and the connection
/// waits for what it comes to. Work that runs elsewhere meanwhile is not bounded by request_timeout.
class Later {
 public:
  virtual ~Later() = default;
  /// On the connection's I/O thread, which it must not block. When the client goes, what it awaits is cancelled and
  /// nothing is answered. The Response may have a `stream`, but no `later`.
  virtual boost::asio::awaitable<Response> run() = 0;
};

}  // namespace aremko::net

#pragma once
// HTTP/1.1 on Beast and Asio: one io_context a thread, all listening on the same port (SO_REUSEPORT), a pool of
// workers beside them. Every answer carries Date, Server-Timing, Vary and the headers that keep a browser honest;
// a 200 to GET carries a strong ETag, and is compressed when the client takes it.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "net/http.h"
#include "net/router.h"

namespace aremko::net {

class Lanes;  // lane.h

struct ServerOptions {
  std::string host = "127.0.0.1";  // an address, IPv4 or IPv6; or a name that resolves to one
  std::uint16_t port = 8000;       // 0 = any free one; see Server::port()
  unsigned threads = 0;            // I/O threads; 0 = as many as there are processors, 8 at most
  unsigned workers = 4;            // threads for `quick` handlers
  unsigned walkers = 2;            // threads for `walk` handlers: no more, or they would leave `quick` no processor
  unsigned waiters = 4;            // threads for `wait` handlers: more than cores, as they wait for a database

  // Twice what browsers and proxies send with large cookies; beyond it 431.
  std::size_t max_header = 16 * 1024;
  // No JSON a client sends comes near it; a route that takes files says so itself. Beyond it 413.
  std::size_t max_body = 1024 * 1024;
  // Bounds memory and descriptors (the usual limit of a process is 1,024 unless raised); beyond it 503.
  unsigned max_connections = 900;
  // Of them one peer's; beyond it 503, so that one alone does not shut out the others.
  unsigned max_connections_per_peer = 600;  // of IPv6, a /64 is one peer
  // Of them those that show one key, from wherever they come; beyond it 429. A slow sender with a key keeps its place.
  unsigned max_connections_per_key = 450;
  // Requests waiting for a worker, in each lane. At some 10 ms each a full queue is a third of a second a worker; a
  // client is better told to come back (503, Retry-After) than kept longer.
  unsigned max_queue = 128;
  // Of a lane's queue one caller's; beyond it 429, and everybody else goes on.
  unsigned max_share = 64;
  // Those of other doors too; without them the server has its own.
  std::shared_ptr<Lanes> lanes{};
  // Bytes of bodies of all requests together; beyond it 503.
  std::size_t max_bodies = 64 * 1024 * 1024;
  // Bytes of answers that wait for one caller's readers, but for the last of them; beyond it 429.
  std::size_t max_unsent = 16 * 1024 * 1024;

  // In the middle of a request, this long without a byte gets 408: half a request is answered within a second.
  std::chrono::milliseconds stall_timeout{750};
  // A sender that drips bytes has this long for the whole head, and then for the whole body.
  std::chrono::milliseconds header_timeout{5'000};
  std::chrono::milliseconds body_timeout{30'000};
  // Whoever connects and says nothing. A browser that connects ahead of need does it again when it comes to need it.
  std::chrono::milliseconds first_byte_timeout{10'000};
  // Between requests, unless the place is needed for a client that comes. Longer than the 60 s after which common proxies drop their side first.
  std::chrono::milliseconds idle_timeout{75'000};
  // A handler on a lane that takes longer is answered for with 503; its result is dropped.
  std::chrono::milliseconds request_timeout{60'000};
  // A reader that takes nothing for this long is cut off, as is one slower than 16 KB/s over a whole answer. Long,
  // since the kernel reports room only in steps of a third of its buffer.
  std::chrono::milliseconds write_timeout{30'000};
};

/// One finished request, for the log and the metrics; nothing in it tells who anybody is.
struct Finished {
  std::string_view method;   // "GET", …, "OTHER"
  std::string_view pattern;  // "/customers/{customer_id}"; empty when no route matched or nothing could be read
  int status;
  std::int64_t microseconds;  // from the complete request to the answer ready
  std::size_t bytes;          // of the body as sent
  std::string_view tag;       // the response's
  std::string_view caller{};  // the admission's; empty when none was given
  std::string_view peer{};    // the address: for what is refused, nothing else needs it
  std::string_view subject{}; // the response's
};

/// Called on an I/O thread after each answer, by several at once: quick, and throws nothing.
using Observer = std::function<void(const Finished&)>;

/// The workers of these options, for several doors of one process (ServerOptions::lanes). Whoever has one of them stops them
/// at its end.
std::shared_ptr<Lanes> make_lanes(const ServerOptions& options);

class Server {
 public:
  /// Listens and serves when it returns. `unavailable` when the address cannot be had (in use, not ours, no right).
  static Result<std::unique_ptr<Server>> start(ServerOptions options, Router router, Observer observer = {});
  /// Stops without grace.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;

  /// Stops accepting, closes idle connections, lets requests in flight finish for up to `grace`, then closes all.
  /// Waits also for a heavy handler that is still running, since a thread cannot be ended. From any thread, but not
  /// from a handler. Of lanes that other doors share that is left to the last of them. A second call does nothing.
  void stop(std::chrono::milliseconds grace);

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace aremko::net

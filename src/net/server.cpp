#include "net/server.h"

#include <thread>

#include <boost/asio/ip/tcp.hpp>

#include "net/loop.h"

namespace aremko::net {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

// One I/O thread answers some 50,000 requests a second; more than this are never busy.
constexpr unsigned max_threads = 8;

// Waiting connections the kernel holds for us while we are busy; it cuts it to its own limit.
constexpr int backlog = 1024;

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

Error cannot_listen(const ServerOptions& options, const error_code& why) {
  const auto at = fmt::format("{}:{}", options.host, options.port);
  return error(Code::unavailable, fmt::format("No se puede escuchar en {}: {}.", at, why.message()),
               fmt::format("Cannot listen on {}: {}.", at, why.message()));
}

Result<tcp::endpoint> resolve(const ServerOptions& options) {
  asio::io_context io;
  tcp::resolver resolver(io);
  error_code failed;
  const auto found = resolver.resolve(options.host, std::to_string(options.port),
                                      tcp::resolver::passive | tcp::resolver::numeric_service, failed);
  if (failed || found.empty()) return fail(cannot_listen(options, failed));
  return found.begin()->endpoint();
}

error_code listen(tcp::acceptor& acceptor, const tcp::endpoint& endpoint, bool shared_port) {
  error_code failed;
  acceptor.open(endpoint.protocol(), failed);
  if (!failed) acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
  if (!failed && shared_port) acceptor.set_option(ReusePort(true), failed);
  if (!failed) acceptor.bind(endpoint, failed);
  if (!failed) acceptor.listen(backlog, failed);
  return failed;
}

}  // namespace

struct Server::Impl {
  Impl(ServerOptions options, Router router, Observer observer)
      : shared(std::move(options), std::move(router), std::move(observer)) {}

  Shared shared;
  std::uint16_t port = 0;
  std::vector<std::unique_ptr<Loop>> loops;
  std::vector<std::thread> threads;
  bool stopped = false;

  Result<void> listen_all(unsigned count);
  void wait_for_connections(std::chrono::milliseconds grace) const;
};

Result<void> Server::Impl::listen_all(unsigned count) {
  auto endpoint = resolve(shared.options);
  if (!endpoint) return std::unexpected(endpoint.error());
  {
    // SO_REUSEPORT would let a second server of the same user onto the port in silence; this one asks without it.
    asio::io_context io;
    tcp::acceptor probe(io);
    if (const auto failed = listen(probe, *endpoint, false)) return fail(cannot_listen(shared.options, failed));
    *endpoint = probe.local_endpoint();
  }
  for (unsigned i = 0; i < count; ++i) {
    auto loop = std::make_unique<Loop>(shared);
    if (const auto failed = listen(loop->acceptor(), *endpoint, true)) {
      return fail(cannot_listen(shared.options, failed));
    }
    loops.push_back(std::move(loop));
  }
  port = endpoint->port();
  return {};
}

void Server::Impl::wait_for_connections(std::chrono::milliseconds grace) const {
  const auto end = std::chrono::steady_clock::now() + grace;
  while (shared.connections.load() > 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

std::shared_ptr<Lanes> make_lanes(const ServerOptions& options) {
  return std::make_shared<Lanes>(Lanes::Sizes{.workers = options.workers,
                                              .walkers = options.walkers,
                                              .waiters = options.waiters,
                                              .queue = options.max_queue,
                                              .share = options.max_share});
}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Router router, Observer observer) {
  const auto asked = options.threads > 0 ? options.threads : std::thread::hardware_concurrency();
  auto impl = std::make_unique<Impl>(std::move(options), std::move(router), std::move(observer));
  if (auto listening = impl->listen_all(std::clamp(asked, 1U, max_threads)); !listening) {
    return fail(std::move(listening.error()));
  }
  for (auto& loop : impl->loops) {
    loop->start();
    impl->threads.emplace_back([&io = loop->io()] { io.run(); });
  }
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  stop(std::chrono::milliseconds(0));
  impl_->shared.lanes->stop();
}

std::uint16_t Server::port() const { return impl_->port; }

void Server::stop(std::chrono::milliseconds grace) {
  if (std::exchange(impl_->stopped, true)) return;
  impl_->shared.stopping = true;
  for (auto& loop : impl_->loops) loop->begin_stop();
  impl_->wait_for_connections(grace);
  for (auto& loop : impl_->loops) loop->force_close();
  for (auto& thread : impl_->threads) thread.join();
  // Requests nobody waits for any more are dropped; those running are waited for, since they use the router.
  if (!impl_->shared.options.lanes) impl_->shared.lanes->stop();
}

}  // namespace aremko::net

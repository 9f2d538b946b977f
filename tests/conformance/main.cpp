// aremko-conformance --port N: the product's protocol with the conformance suite's fixtures instead of its tools.
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "conformance/fixtures.h"
#include "mcp/http.h"
#include "net/server.h"

namespace {

using namespace aremko;

mcp::Gate open_gate() {
  return {.admit = [](const net::Request&) -> Result<operations::Access> {
            return operations::Access{nullptr, {.key_id = "anybody", .tenant = "test", .scope = store::Scope::admin}};
          },
          .work_of = {}};
}

int serve(std::uint16_t port) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const SystemClock clock;
  operations::Services services;
  services.clock = &clock;
  mcp::Changes changes;
  mcp::Registry registry;
  registry.name = "aremko-conformance";
  registry.version = "1";
  registry.lists_change = true;
  conformance::add_tools(registry, changes);
  conformance::add_asking_tools(registry);
  conformance::add_resources(registry);
  conformance::add_prompts(registry);
  mcp::Engine engine(registry, services, changes);
  mcp::Http http(engine, open_gate());
  net::Router router;
  http.add_routes(router);
  auto server = net::Server::start({.port = port, .threads = 1}, std::move(router));
  if (!server) {
    std::fprintf(stderr, "%s\n", server.error().detail.en.c_str());
    return 1;
  }
  std::printf("http://127.0.0.1:%u/mcp\n", unsigned{(*server)->port()});
  std::fflush(stdout);
  int received = 0;
  sigwait(&signals, &received);
  (*server)->stop(std::chrono::seconds(1));
  engine.stop();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint16_t port = 0;
  if (argc == 3 && std::strcmp(argv[1], "--port") == 0) {
    const auto [end, failed] = std::from_chars(argv[2], argv[2] + std::strlen(argv[2]), port);
    if (failed == std::errc{} && *end == '\0') return serve(port);
  }
  std::fprintf(stderr, "aremko-conformance --port N    (0: any free one, which it prints)\n");
  return 2;
}

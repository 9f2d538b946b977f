#pragma once
// The assistants' door of a process: what it offers, the protocol, and who may come in.

#include "app/config.h"
#include "mcp/changes.h"
#include "mcp/engine.h"
#include "mcp/http.h"
#include "mcp/registry.h"
#include "mcp/tokens.h"

namespace aremko::app {

class Assistants {
 public:
  /// `services` must outlive it. Handlers run on `lanes`, which its stop stops; null: on some of its own. `ready` is waited
  /// for before any handler runs; may be empty.
  Assistants(operations::Services& services, const Config& config, std::shared_ptr<net::Lanes> lanes, std::function<void()> ready = {});

  /// /mcp, for a server that listens on `host`; and, where tokens are taken, the metadata that say who issues them.
  void add_routes(net::Router& router, const Config& config, std::string_view host);
  mcp::Engine& engine() { return engine_; }
  /// After the server's stop, before its end.
  void stop() { engine_.stop(); }

 private:
  Result<operations::Access> admit(const net::Request& request);
  std::function<bool()> lasting(const net::Request& request);
  static void add_metadata(net::Router& router, const Config& config);

  operations::Services& services_;
  std::unique_ptr<mcp::Tokens> tokens_;  // null: API keys alone
  const mcp::Registry registry_;
  mcp::Changes changes_;
  mcp::Engine engine_;
  std::unique_ptr<mcp::Http> http_;
};

}  // namespace aremko::app

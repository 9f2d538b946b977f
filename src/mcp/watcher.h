#pragma once
// Finds out which of the watched resources changed with the newest snapshots, and has their listeners told. Costs
// nothing between two snapshots, however much is watched, and after one an answer's making for each watched resource.

#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "mcp/changes.h"
#include "mcp/registry.h"

namespace aremko::mcp {

class Watcher {
 public:
  /// All must outlive it.
  Watcher(const Registry& registry, operations::Services& services, Changes& changes);

  /// From here on its listeners are told when it changes; after they were added to the changes. Safe from any thread.
  void begin(operations::Tenant& tenant, std::string_view uri);
  /// By one thread.
  void look_once(const std::stop_token& stop);

 private:
  struct Begun {
    std::string tenant, uri;
    std::uint64_t standing;  // of the data, when it was begun
  };
  struct Seen {
    std::uint64_t standing = 0;                    // of the data, when it was last looked at
    std::map<std::string, std::uint64_t> known{};  // by URI, its version then
  };
  void first_look(const Begun& begun);
  void look_again(operations::Tenant& tenant, std::uint64_t standing, const std::stop_token& stop);
  std::uint64_t version(operations::Tenant& tenant, std::string_view uri, std::uint64_t standing) const;

  const Registry* registry_;
  operations::Services* services_;
  Changes* changes_;
  std::mutex begun_mutex_;
  std::vector<Begun> begun_;           // since the last look
  std::map<std::string, Seen> seen_;  // by tenant; the watching thread's
};

}  // namespace aremko::mcp

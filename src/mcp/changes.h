#pragma once
// Who wants to hear of what changes, and the telling. Safe from any thread.

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "mcp/quotas.h"

namespace aremko::mcp {

class Changes {
  struct Index;

 public:
  /// A URI that is subscribed to is no longer than this; ours have some 30 bytes.
  static constexpr std::size_t longest_uri = 200;
  /// URIs of one listener.
  static constexpr std::size_t most_uris = 1'000;

  enum class List { tools, prompts, resources };

  /// What one subscriber asked for.
  struct Wanted {
    bool tools = false;
    bool prompts = false;
    bool resources = false;
    std::set<std::string, std::less<>> uris{};
  };

  class Listener {
   public:
    using Tell = std::function<void(std::string_view method, const boost::json::object& params)>;
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    enum class Added { added, had, too_many };
    /// `too_many`: of this listener, or beyond its key's share.
    Added want(std::string_view uri);
    void leave(std::string_view uri);
    bool wants(std::string_view uri) const;
    const std::string& tenant() const { return tenant_; }

   private:
    friend class Changes;
    Listener(std::shared_ptr<Index> index, std::string tenant, Wanted wanted, Tell tell, Quotas::Share share);
    const std::shared_ptr<Index> index_;
    const std::string tenant_;
    const Tell tell_;  // quick, and throws nothing
    Wanted wanted_;        // its URIs guarded by the index's mutex, the rest never changes
    Quotas::Share share_;  // guarded by it too
  };

  Changes();

  /// Heard for as long as somebody holds it. Null: its URIs are more than most_uris or its key's `share`.
  std::shared_ptr<Listener> listen(std::string tenant, Wanted wanted, Listener::Tell tell, Quotas::Share share);

  /// The URIs that somebody of the tenant wants to hear of.
  std::vector<std::string> wanted(std::string_view tenant) const;

  void list_changed(List list);
  /// `tenant` empty: every tenant's. Costs what it reaches, however many others listen to other things.
  void resource_updated(std::string_view tenant, std::string_view uri);

 private:
  std::shared_ptr<Index> index_;  // shared with the listeners, which may outlive us
};

}  // namespace aremko::mcp

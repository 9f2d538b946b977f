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

namespace aremko::mcp {

class Changes {
 public:
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
    Listener(std::string tenant, Wanted wanted, Tell tell)
        : tenant_(std::move(tenant)), wanted_(std::move(wanted)), tell_(std::move(tell)) {}
    void want(std::string_view uri);
    void leave(std::string_view uri);
    Wanted wanted() const;
    const std::string& tenant() const { return tenant_; }

   private:
    friend class Changes;
    const std::string tenant_;
    mutable std::mutex mutex_;
    Wanted wanted_;
    const Tell tell_;  // quick, and throws nothing
  };

  /// Heard for as long as somebody holds it.
  void add(const std::shared_ptr<Listener>& listener);
  std::vector<std::shared_ptr<Listener>> listeners() const;

  void list_changed(List list);
  /// `tenant` empty: every tenant's.
  void resource_updated(std::string_view tenant, std::string_view uri);

 private:
  mutable std::mutex mutex_;
  std::vector<std::weak_ptr<Listener>> listeners_;
};

}  // namespace aremko::mcp

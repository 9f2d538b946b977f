#pragma once
// What one key makes this process hold or do, counted, so that none can use up what is everybody's. Safe from any thread.

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "store/keys.h"

namespace aremko::mcp {

class Quotas {
  struct State;

 public:
  enum class Kind : std::size_t { subscriptions, streams, questions };

  // Each is a key's share; a process with N keys holds N times as much at most.
  /// URIs that are watched: each some 0.5 KB here, and the making of one answer at every change of the data.
  static constexpr std::size_t most_subscriptions = 2'000;
  /// Open streams of events, each a connection: a ninth of those the server takes.
  static constexpr std::size_t most_streams = 100;
  /// Questions that wait for a client's answer, each with what its handler had come to: some 20 KB.
  static constexpr std::size_t most_questions = 32;

  /// A part of a key's share, given back at its end. Used by one thread at a time.
  class Share {
   public:
    Share() = default;  // of nobody's: takes nothing
    Share(Share&& other) noexcept { swap(other); }
    Share& operator=(Share&& other) noexcept {
      swap(other);
      return *this;
    }
    ~Share() { give(taken_); }
    /// False, and nothing is taken, when the key would have more than it may.
    bool take(std::size_t count = 1);
    void give(std::size_t count);
    std::size_t taken() const { return taken_; }

   private:
    friend class Quotas;
    void swap(Share& other) noexcept;
    std::shared_ptr<State> state_;
    std::string key_;
    Kind kind_ = Kind::subscriptions;
    std::size_t taken_ = 0;
  };

  Quotas();
  Share share(const store::Principal& principal, Kind kind) const;
  /// What a key has taken now.
  std::size_t taken(const store::Principal& principal, Kind kind) const;

 private:
  std::shared_ptr<State> state_;  // shares may outlive us
};

/// The name under which a key is counted: tenant and public part.
std::string quota_key(const store::Principal& principal);

}  // namespace aremko::mcp

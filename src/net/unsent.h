#pragma once
// What answers hold in memory until their readers have taken them, by whom they are for: whoever asks for much on many
// connections and reads nothing would fill it.

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace aremko::net {

class Unsent {
 public:
  /// Of each caller so many bytes, and the answer that goes beyond them.
  explicit Unsent(std::size_t most) : most_(most) {}

  /// One answer's bytes, for as long as this lives.
  class Share {
   public:
    Share(Unsent& all, const std::string& caller, std::size_t bytes);
    ~Share();
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    /// False: the caller holds all that is theirs already.
    explicit operator bool() const { return granted_; }

   private:
    Unsent& all_;
    std::string caller_;
    std::size_t bytes_;
    bool granted_ = true;
  };

 private:
  const std::size_t most_;
  std::mutex mutex_;
  std::map<std::string, std::size_t> held_;  // guarded by mutex_; those above zero
};

}  // namespace aremko::net

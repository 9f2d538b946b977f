#include "net/unsent.h"

namespace aremko::net {

namespace {

// Of smaller ones a place for a connection is the limit.
constexpr std::size_t counted_from = 32 * 1024;

}  // namespace

Unsent::Share::Share(Unsent& all, const std::string& caller, std::size_t bytes)
    : all_(all), caller_(bytes < counted_from ? std::string() : caller), bytes_(bytes < counted_from ? 0 : bytes) {
  if (bytes_ == 0) return;
  const std::lock_guard lock(all_.mutex_);
  std::size_t& held = all_.held_[caller_];
  granted_ = held < all_.most_;
  if (granted_) held += bytes_;
  else bytes_ = 0;
}

Unsent::Share::~Share() {
  if (bytes_ == 0) return;
  const std::lock_guard lock(all_.mutex_);
  const auto held = all_.held_.find(caller_);
  if ((held->second -= bytes_) == 0) all_.held_.erase(held);
}

}  // namespace aremko::net

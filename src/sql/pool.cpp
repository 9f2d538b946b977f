#include "sql/pool.h"

namespace aremko::sql {

Pool::Pool(Url url, Options options, std::size_t size)
    : url_(std::move(url)), options_(std::move(options)), size_(url_.path == ":memory:" ? 1 : size) {}

Pool::Lease::~Lease() {
  if (pool_ != nullptr) pool_->give_back(std::move(held_));
}

Pool::Lease Pool::acquire(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const bool found = freed_.wait_for(lock, patience, [this] { return !idle_.empty() || out_ < size_; });
  if (!found) throw SqlError(Kind::timeout, options_.label);
  ++out_;
  std::unique_ptr<Connection> connection;
  if (!idle_.empty()) {
    connection = std::move(idle_.back());
    idle_.pop_back();
    return Lease(*this, std::move(connection));
  }
  lock.unlock();
  try {
    return Lease(*this, open(url_, options_));
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void Pool::give_back(std::unique_ptr<Connection> connection) noexcept {
  if (connection != nullptr) connection->rollback();  // a borrower's exception may have left one open
  {
    const std::scoped_lock lock(mutex_);
    --out_;
    // A lost connection connects again by itself; dropping it costs no more and holds less.
    if (connection != nullptr && connection->alive()) idle_.push_back(std::move(connection));
  }
  freed_.notify_one();
}

}  // namespace aremko::sql

#pragma once
// A bounded set of connections for worker threads. Connections are opened when first needed and kept.

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "sql/connection.h"

namespace aremko::sql {

class Pool {
 public:
  /// At most `size` connections (one for an in-memory SQLite database). Opens none yet.
  Pool(Url url, Options options, std::size_t size = 4);

  /// A borrowed connection; goes back by itself.
  class Lease {
   public:
    Lease(Lease&& other) noexcept : pool_(std::exchange(other.pool_, nullptr)), held_(std::move(other.held_)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    Connection& operator*() const { return *held_; }
    Connection* operator->() const { return held_.get(); }

   private:
    friend class Pool;
    Lease(Pool& pool, std::unique_ptr<Connection> held) : pool_(&pool), held_(std::move(held)) {}
    Pool* pool_;
    std::unique_ptr<Connection> held_;
  };

  /// Waits for a free one at most so long, then SqlError (timeout); SqlError too when opening fails. A SQLite file that was
  /// removed or replaced since the pool first opened it is a SqlError (`file_gone`) from then on: what is written into a file
  /// without a name is lost. It is well again once the same file is back in its place. One that was cut short is a SqlError
  /// (`file_cut`) for as long as the process lives: connections go on reading from memory what is no longer there.
  Lease acquire(std::chrono::milliseconds patience = std::chrono::seconds(5));

  /// The sqlstates of these SqlErrors.
  static constexpr std::string_view file_gone = "sqlite:file gone";
  static constexpr std::string_view file_cut = "sqlite:file cut short";

  const Url& url() const { return url_; }
  const Options& options() const { return options_; }

 private:
  std::unique_ptr<Connection> open_one();
  void check_file();
  bool whole() const;
  void give_back(std::unique_ptr<Connection> connection) noexcept;

  Url url_;
  Options options_;
  std::size_t size_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;  // guarded by mutex_
  std::string file_;                               // what stood there at the first opening; guarded by mutex_
  std::string journal_;                            // SQLite's -wal beside it; guarded by mutex_
  std::uint64_t bytes_ = 0;                        // of it; guarded by mutex_
  bool cut_ = false;                               // guarded by mutex_
  std::size_t out_ = 0;                            // lent or being opened; guarded by mutex_
};

}  // namespace aremko::sql

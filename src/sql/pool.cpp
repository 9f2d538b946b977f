#include "sql/pool.h"

#include "sql/file_identity.h"

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
  check_file();
  ++out_;
  std::unique_ptr<Connection> connection;
  if (!idle_.empty()) {
    connection = std::move(idle_.back());
    idle_.pop_back();
    return Lease(*this, std::move(connection));
  }
  lock.unlock();
  try {
    return Lease(*this, open_one());
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

std::unique_ptr<Connection> Pool::open_one() {
  auto connection = open(url_, options_);
  if (url_.engine != Engine::sqlite || url_.path == ":memory:") return connection;
  const std::scoped_lock lock(mutex_);
  if (file_.empty()) {
    file_ = file_identity(url_.path);
    journal_ = file_identity(url_.path + "-wal");
    bytes_ = file_size(url_.path);
  }
  check_file();  // it may have gone while it was being opened
  return connection;
}

/// SQLite goes on reading and writing a file that has lost its name, and the journal beside it likewise: a lookup of
/// two names before each use tells.
void Pool::check_file() {
  if (file_.empty()) return;
  if (file_identity(url_.path) == file_ && (journal_.empty() || file_identity(url_.path + "-wal") == journal_)) {
    const std::uint64_t bytes = file_size(url_.path);
    cut_ = cut_ || (bytes < bytes_ && !whole());
    bytes_ = bytes;
    if (!cut_) return;
    throw SqlError(Kind::unavailable, options_.label, std::string(file_cut),
                   {"perdió parte de su archivo. No se lee ni se escribe nada más; detenga el servidor y reponga una copia.",
                    "has lost a part of its file. Nothing more is read or written; stop the server and put a copy back."});
  }
  throw SqlError(Kind::unavailable, options_.label, std::string(file_gone),
                 {"ya no es el archivo que se abrió: fue borrado o reemplazado. No se lee ni se escribe nada más; reponga el "
                  "archivo y reinicie el servidor.",
                  "is no longer the file that was opened: it was removed or replaced. Nothing more is read or written; put the "
                  "file back and restart the server."});
}

/// A file is smaller after a VACUUM too: one who has read nothing of it yet tells. An empty one is not opened, since SQLite
/// would throw away the journal beside it.
bool Pool::whole() const {
  if (file_size(url_.path) == 0) return false;
  try {
    Options fresh = options_;
    fresh.read_only = true;
    fresh.queries = nullptr;
    return open(url_, fresh)->query("PRAGMA quick_check(1)")[0].text(0) == "ok";
  } catch (const SqlError& problem) {
    if (problem.kind() == Kind::busy) throw;  // asked again by whoever comes next
    return false;
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

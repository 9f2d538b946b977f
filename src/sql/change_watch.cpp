#include "sql/change_watch.h"

#include <sys/stat.h>

#include <fmt/format.h>

namespace aremko::sql {
namespace {

/// Device and inode of a file; empty when there is none.
std::string identity_of(const std::string& path) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0) return {};
  return fmt::format("{}:{}", facts.st_dev, facts.st_ino);
}

}  // namespace

std::string ChangeWatch::token() {
  if (url_.engine == Engine::sqlite) {
    const std::string identity = identity_of(url_.path);
    if (identity != identity_) connection_.reset();  // another file stands there now, or none
    identity_ = identity;
  }
  try {
    if (connection_ == nullptr) {
      connection_ = open(url_, options_);
      ++openings_;
    }
    if (url_.engine == Engine::postgres) return std::to_string(tables_.serial(*connection_));
    return fmt::format("{} {}", openings_, connection_->change_token());
  } catch (...) {
    connection_.reset();
    throw;
  }
}

}  // namespace aremko::sql

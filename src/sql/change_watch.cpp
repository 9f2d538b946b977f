#include "sql/change_watch.h"

#include <fmt/format.h>

#include "sql/file_identity.h"

namespace aremko::sql {

std::string ChangeWatch::token() {
  if (url_.engine == Engine::sqlite) {
    const std::string identity = file_identity(url_.path);
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

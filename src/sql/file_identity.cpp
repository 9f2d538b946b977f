#include "sql/file_identity.h"

#include <sys/stat.h>

#include <fmt/format.h>

namespace aremko::sql {

std::string file_identity(const std::string& path) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0) return {};
  return fmt::format("{}:{}", facts.st_dev, facts.st_ino);
}

}  // namespace aremko::sql

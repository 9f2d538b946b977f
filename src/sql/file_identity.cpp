#include "sql/file_identity.h"

#include <sys/stat.h>

#include <fmt/format.h>

namespace aremko::sql {

std::string file_identity(const std::string& path) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0) return {};
  return fmt::format("{}:{}", facts.st_dev, facts.st_ino);
}

std::uint64_t file_size(const std::string& path) {
  struct stat facts {};
  return stat(path.c_str(), &facts) == 0 ? static_cast<std::uint64_t>(facts.st_size) : 0;
}

}  // namespace aremko::sql

#include "sql/sqlite_faults.h"

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"

namespace aremko::sql {
namespace {

namespace fs = std::filesystem;

Text named(std::string_view es, std::string_view en, const fs::path& path) {
  return {fmt::format("no se puede abrir: {} «{}».", es, path.filename().string()),
          fmt::format("cannot be opened: {} \"{}\".", en, path.filename().string())};
}

/// Nothing when the file system has no objection.
std::optional<Text> objection(const fs::path& path, bool read_only) {
  std::error_code ignored;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : ".";
  if (fs::is_directory(path, ignored))
    return named("es una carpeta y no un archivo:", "this is a folder and no file:", path);
  if (!fs::exists(path, ignored)) {
    if (!fs::is_directory(folder, ignored))
      return named("no existe la carpeta del archivo", "there is no folder for the file", path);
    if (read_only) return named("no existe el archivo", "there is no file", path);
    if (access(folder.c_str(), W_OK | X_OK) != 0) {
      return named("no hay permiso para escribir en la carpeta del archivo",
                   "there is no permission to write in the folder of", path);
    }
    return std::nullopt;
  }
  if (access(path.c_str(), R_OK) != 0)
    return named("no hay permiso para leer el archivo", "there is no permission to read the file", path);
  if (!read_only && access(folder.c_str(), W_OK | X_OK) != 0) {
    return named("no hay permiso para escribir en la carpeta del archivo",
                 "there is no permission to write in the folder of", path);
  }
  return std::nullopt;
}

}  // namespace

SqlError opening_error(const SqlError& problem, const std::string& path, bool read_only, const Label& label) {
  const auto code =
      parse_int(std::string_view(problem.sqlstate()).substr(std::min(problem.sqlstate().size(), std::size_t{7})));
  switch (static_cast<int>(code.value_or(0)) & 0xff) {
    case SQLITE_NOTADB:
      return {problem.kind(), label, problem.sqlstate(),
              named("no es una base de datos SQLite", "this is no SQLite database:", path)};
    case SQLITE_CORRUPT:
      return {problem.kind(), label, problem.sqlstate(),
              named("está dañado el archivo", "the file is damaged:", path)};
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      if (const auto says = objection(path, read_only)) return {problem.kind(), label, problem.sqlstate(), *says};
      break;
    default:
      break;
  }
  return problem;
}

}  // namespace aremko::sql

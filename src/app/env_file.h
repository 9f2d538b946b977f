#pragma once
// Settings as the guide's `.env` has them: KEY=VALUE lines, comments, optional quotes. The process's environment
// stands over the file.

#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"

namespace aremko::app {

using Settings = std::map<std::string, std::string, std::less<>>;

/// A line that is no setting is named by its number; its text is not repeated, since it may hold a password.
Result<Settings> parse_env(std::string_view text);

/// The file's settings (none when it does not exist), with the environment's put over them.
Result<Settings> read_settings(const std::filesystem::path& file, const char* const* environment);

}  // namespace aremko::app

#include "app/env_file.h"

#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "base/text.h"

namespace aremko::app {

namespace {

bool is_name(std::string_view text) {
  if (text.empty() || (text.front() >= '0' && text.front() <= '9')) return false;
  for (const char c : text) {
    const bool fits = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    if (!fits) return false;
  }
  return true;
}

// The value without its quotes, or without a comment behind it.
std::string_view plain_value(std::string_view value) {
  value = trim(value);
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) {
    const std::size_t end = value.find(value.front(), 1);
    if (end != std::string_view::npos) return value.substr(1, end - 1);
  }
  const std::size_t comment = value.find(" #");
  return trim(comment == std::string_view::npos ? value : value.substr(0, comment));
}

}  // namespace

Result<Settings> parse_env(std::string_view text) {
  Settings out;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  int number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    line = trim(line);
    if (line.empty() || line.front() == '#') continue;
    if (line.starts_with("export ")) line = trim(line.substr(7));
    const std::size_t equals = line.find('=');
    const std::string_view name = trim(line.substr(0, equals));
    if (equals == std::string_view::npos || !is_name(name)) {
      return fail(error(Code::malformed, fmt::format("La línea {} del archivo .env no tiene la forma NOMBRE=valor.", number),
                        fmt::format("Line {} of the .env file is not of the form NAME=value.", number)));
    }
    out[std::string(name)] = plain_value(line.substr(equals + 1));
  }
  return out;
}

Result<Settings> read_settings(const std::filesystem::path& file, const char* const* environment) {
  Settings out;
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored)) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in) {
      return fail(error(Code::unavailable, fmt::format("No se puede leer {}; revise sus permisos.", file.string()),
                        fmt::format("Cannot read {}; check its permissions.", file.string())));
    }
    auto parsed = parse_env(text.str());
    if (!parsed) return parsed;
    out = std::move(*parsed);
  }
  for (; environment != nullptr && *environment != nullptr; ++environment) {
    const std::string_view entry = *environment;
    const std::size_t equals = entry.find('=');
    if (equals != std::string_view::npos) out[std::string(entry.substr(0, equals))] = entry.substr(equals + 1);
  }
  return out;
}

}  // namespace aremko::app

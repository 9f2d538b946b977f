#pragma once
// One structured line an event, to standard error: `key=value` pairs or JSON. Callers pass only values that
// identify no person; there is deliberately no free-text form.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace aremko::log {

enum class Level { debug, info, warning, error };
enum class Format { text, json };

struct Field {
  std::string_view key;
  std::variant<std::string_view, std::int64_t, double, bool> value;
};

void configure(Level level, Format format);
/// `event` is a constant such as "request" or "refresh"; values with spaces are quoted.
void write(Level level, std::string_view event, std::initializer_list<Field> fields);

inline void info(std::string_view event, std::initializer_list<Field> fields) { write(Level::info, event, fields); }
inline void warning(std::string_view event, std::initializer_list<Field> fields) {
  write(Level::warning, event, fields);
}
inline void failure(std::string_view event, std::initializer_list<Field> fields) {
  write(Level::error, event, fields);
}

}  // namespace aremko::log

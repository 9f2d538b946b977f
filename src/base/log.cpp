#include "base/log.h"

#include <atomic>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace aremko::log {

namespace {

std::atomic<Format> format_in_use{Format::text};

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto made = std::make_shared<spdlog::logger>("aremko", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->flush_on(spdlog::level::info);
    return made;
  }();
  return *instance;
}

spdlog::level::level_enum level_of(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warning: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
  }
  return spdlog::level::info;
}

void quote(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20U) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_value(std::string& out, const Field& field, bool json) {
  if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    const bool plain = !json && !text->empty() && text->find_first_of(" \"=\\\n\r\t") == std::string_view::npos;
    plain ? void(out += *text) : quote(out, *text);
  } else if (const auto* whole = std::get_if<std::int64_t>(&field.value)) {
    out += fmt::to_string(*whole);
  } else if (const auto* real = std::get_if<double>(&field.value)) {
    out += fmt::format("{:.3f}", *real);
  } else {
    out += std::get<bool>(field.value) ? "true" : "false";
  }
}

}  // namespace

void configure(Level level, Format format) {
  logger().set_level(level_of(level));
  format_in_use = format;
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  const auto spd_level = level_of(level);
  if (!logger().should_log(spd_level)) return;
  const bool json = format_in_use.load() == Format::json;
  const auto now = std::chrono::system_clock::now();
  const auto seconds = std::chrono::system_clock::to_time_t(now);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  const std::string time = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                                       utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
  const auto name = spdlog::level::to_string_view(spd_level);
  const std::string_view level_name(name.data(), name.size());
  std::string line;
  if (json) {
    line = fmt::format(R"({{"time":"{}","level":"{}","event":"{}")", time, level_name, event);
    for (const Field& field : fields) {
      line += fmt::format(R"(,"{}":)", field.key);
      append_value(line, field, true);
    }
    line += '}';
  } else {
    line = fmt::format("time={} level={} event={}", time, level_name, event);
    for (const Field& field : fields) {
      line += fmt::format(" {}=", field.key);
      append_value(line, field, false);
    }
  }
  logger().log(spd_level, "{}", line);
}

}  // namespace aremko::log

#include "base/log.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <spdlog/async.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

namespace aremko::log {

namespace {

std::atomic<Format> format_in_use{Format::text};

std::string line_of(Level level, std::string_view event, std::initializer_list<Field> fields);

// So many lines wait for a reader that stands still, half a megabyte; then the oldest are dropped, and counted.
constexpr std::size_t longest_queue = 2'048;

// Lines that come within it go out together: waking the writer for each one costs a request more than its answer does.
constexpr std::chrono::milliseconds gather{5};

/// Writes lines to standard error on the writer's thread, which alone hangs when nobody reads.
class StderrSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  std::atomic<spdlog::details::thread_pool*> pool = nullptr;
  std::atomic<std::uint64_t> written = 0;

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    const std::size_t dropped = pool.load()->overrun_counter();
    if (dropped > told_) {
      add(line_of(Level::warning, "log_lines_dropped", {{"lines", static_cast<std::int64_t>(dropped - told_)}}));
      told_ = dropped;
    }
    add({message.payload.data(), message.payload.size()});
    ++gathered_;
    if (pool.load()->queue_size() > 0) return;
    write_out();
    std::this_thread::sleep_for(gather);
  }
  void flush_() override {}

  /// Not more at once than a pipe takes whole: another process may write to it too.
  void add(std::string_view line) {
    if (text_.size() + line.size() + 1 > PIPE_BUF) write_out();
    text_ += line;
    text_ += '\n';
  }
  void write_out() {
    write_whole(text_);
    text_.clear();
    written += std::exchange(gathered_, 0);
  }

  static void write_whole(std::string_view left) {
    while (!left.empty()) {
      const ssize_t count = ::write(STDERR_FILENO, left.data(), left.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return;  // closed, or full: there is nowhere to say so
      left.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  std::string text_;
  std::uint64_t gathered_ = 0;  // lines in it
  std::size_t told_ = 0;
};

class Writer {
 public:
  Writer() {
    // Signals are for the thread that waits for them.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pool_ = std::make_shared<spdlog::details::thread_pool>(longest_queue, 1);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    sink_->pool = pool_.get();
    logger_ = std::make_shared<spdlog::async_logger>("aremko", sink_, pool_, spdlog::async_overflow_policy::overrun_oldest);
  }

  spdlog::logger& logger() { return *logger_; }
  void write(spdlog::level::level_enum level, std::string_view line) {
    ++given_;
    logger_->log(level, spdlog::string_view_t(line.data(), line.size()));
  }
  /// Waits until all lines are out, a second at most: their reader may stand still.
  void flush() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (sink_->written + pool_->overrun_counter() < given_ && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

 private:
  std::shared_ptr<StderrSink> sink_ = std::make_shared<StderrSink>();
  std::shared_ptr<spdlog::details::thread_pool> pool_;
  std::shared_ptr<spdlog::async_logger> logger_;
  std::atomic<std::uint64_t> given_ = 0;
};

/// Never destroyed: that would wait for a line that nobody reads.
Writer& writer() {
  static Writer& instance = [] -> Writer& {
    auto* made = new Writer();
    std::atexit([] { writer().flush(); });
    return *made;
  }();
  return instance;
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

bool empty(const Field& field) {
  const auto* text = std::get_if<std::string_view>(&field.value);
  return text != nullptr && text->empty();
}

std::string line_of(Level level, std::string_view event, std::initializer_list<Field> fields) {
  const bool json = format_in_use.load() == Format::json;
  const auto now = std::chrono::system_clock::now();
  const auto seconds = std::chrono::system_clock::to_time_t(now);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  const std::string time = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                                       utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
  const auto name = spdlog::level::to_string_view(level_of(level));
  const std::string_view level_name(name.data(), name.size());
  std::string line;
  if (json) {
    line = fmt::format(R"({{"time":"{}","level":"{}","event":"{}")", time, level_name, event);
    for (const Field& field : fields) {
      if (empty(field)) continue;
      line.append(",\"").append(field.key).append("\":");
      append_value(line, field, true);
    }
    line += '}';
  } else {
    line = fmt::format("time={} level={} event={}", time, level_name, event);
    for (const Field& field : fields) {
      if (empty(field)) continue;
      line.append(" ").append(field.key).append("=");
      append_value(line, field, false);
    }
  }
  return line;
}

}  // namespace

void configure(Level level, Format format) {
  writer().logger().set_level(level_of(level));
  format_in_use = format;
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  const auto spd_level = level_of(level);
  if (writer().logger().should_log(spd_level)) writer().write(spd_level, line_of(level, event, fields));
}

}  // namespace aremko::log

#include "cli/progress_bar.h"

#include <ostream>
#include <string>

#include <fmt/format.h>

namespace aremko::cli {

ProgressBar::~ProgressBar() {
  if (drawn_) out_ << "\r\x1b[K" << std::flush;
}

void ProgressBar::show(std::string_view phase, std::uint64_t done, std::uint64_t total) {
  if (!draws_) return;
  const auto now = std::chrono::steady_clock::now();
  if (drawn_ && now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  drawn_ = true;
  if (total == 0) {
    out_ << fmt::format("\r\x1b[K{} {}", phase, done) << std::flush;
    return;
  }
  constexpr std::uint64_t cells = 30;
  const std::uint64_t full = std::min(cells, done * cells / total);
  std::string bar;
  for (std::uint64_t i = 0; i < cells; ++i) bar += i < full ? "█" : "░";
  out_ << fmt::format("\r\x1b[K{} {} {:3}% ({} / {})", bar, phase, std::min<std::uint64_t>(100, done * 100 / total), done, total)
       << std::flush;
}

}  // namespace aremko::cli

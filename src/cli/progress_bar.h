#pragma once
#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string_view>

namespace aremko::cli {

/// One line that is drawn over itself, ten times a second at most; wiped when it goes. Draws nothing when the stream
/// is no terminal.
class ProgressBar {
 public:
  ProgressBar(std::ostream& out, bool is_terminal) : out_(out), draws_(is_terminal) {}
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(std::string_view phase, std::uint64_t done, std::uint64_t total);

 private:
  std::ostream& out_;
  bool draws_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace aremko::cli

#include <iostream>
#include <span>

#include <sys/ioctl.h>
#include <unistd.h>

#include "app/program.h"
#include "cli/cli.h"

namespace {

std::size_t terminal_width() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40 ? size.ws_col : 120;
}

}  // namespace

int main(int argc, char** argv) {
  const aremko::SystemClock clock;
  aremko::app::Program program(clock, environ);
  const aremko::cli::Streams streams{std::cout, std::cerr, isatty(STDOUT_FILENO) == 1, isatty(STDERR_FILENO) == 1,
                                     terminal_width()};
  return aremko::cli::run(std::span(argv, static_cast<std::size_t>(argc)), program, streams);
}

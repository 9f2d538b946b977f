#include <iostream>
#include <span>

#include <malloc.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/program.h"
#include "cli/cli.h"

namespace {

std::size_t terminal_width() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40 ? size.ws_col : 120;
}

// glibc stops giving large blocks back as soon as one was freed: it raises the size from which they are mapped. A
// refresh frees a whole snapshot of a million customers, half a gigabyte of which then stayed; a size of our own stays
// put. Above the largest answer (1 MB), since mapping one anew for each would cost more than writing it.
constexpr int mapped_from = 4 * 1024 * 1024;
constexpr int kept_free = 64 * 1024 * 1024;

#if defined(__x86_64__)
// Before anything else of ours runs: an older processor than the program is built for would end it by SIGILL, without a word.
__attribute__((constructor(101), target("no-sse3,no-ssse3,no-sse4.1,no-sse4.2,no-popcnt"))) void check_processor() {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("ssse3") && __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt")) return;
  constexpr char sentence[] =
      "Este procesador es demasiado antiguo para este programa: hace falta x86-64-v2 (de 2009 en adelante). Compílelo en esta máquina.\n"
      "This processor is too old for this program: x86-64-v2 (of 2009 or later) is needed. Build it on this machine.\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, sentence, sizeof sentence - 1);
  _exit(1);
}
#endif

}  // namespace

int main(int argc, char** argv) {
  mallopt(M_MMAP_THRESHOLD, mapped_from);
  mallopt(M_TRIM_THRESHOLD, kept_free);
  const aremko::SystemClock clock;
  aremko::app::Program program(clock, environ);
  const aremko::cli::Streams streams{std::cout, std::cerr, isatty(STDOUT_FILENO) == 1, isatty(STDERR_FILENO) == 1,
                                     terminal_width()};
  return aremko::cli::run(std::span(argv, static_cast<std::size_t>(argc)), program, streams);
}

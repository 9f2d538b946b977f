#pragma once
// The shell's door: `aremko VERB …`. Verbs that answer questions are read off the operations; the rest are a few of
// the program's own (serve, keys, migrate, demo, match).

#include <iosfwd>
#include <span>
#include <string>

#include "cli/program.h"

namespace aremko::cli {

/// Exit codes, as `aremko --help` explains them.
enum class Exit : int {
  ok = 0,
  failed = 1,       // a fault of the program's own
  usage = 2,        // wrong words or values
  not_found = 3,
  unavailable = 4,  // a source or the store is down
  forbidden = 5,
  conflict = 6,
};
Exit exit_for(Code code);

struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;  // progress is drawn there
  std::size_t width = 100;
};

int run(std::span<const char* const> arguments, Program& program, Streams streams);

}  // namespace aremko::cli

#pragma once
#include "cli/cli.h"

namespace aremko::cli {

/// The error's sentence and its fields to standard error; returns the exit code.
int complain(const Error& error, const Globals& globals, Streams& streams);

/// `as_of` → `as-of`
std::string flag_of(std::string_view parameter);

}  // namespace aremko::cli

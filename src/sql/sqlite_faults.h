#pragma once
// Why a SQLite file could not be opened, in words. Inside `sql` only.

#include <string>

#include "sql/error.h"

namespace aremko::sql {

/// The same error with a sentence that says what to correct, where the file system tells; the file is called by its name
/// without directories.
SqlError opening_error(const SqlError& problem, const std::string& path, bool read_only, const Label& label);

}  // namespace aremko::sql

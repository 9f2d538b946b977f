#pragma once
// An answer's JSON as a person reads it in a terminal: fields in two columns, lists of records as tables.

#include <string>
#include <string_view>
#include <vector>

namespace aremko::cli {

struct RenderOptions {
  std::size_t width = 100;  // columns of the terminal; cells are cut to fit
  bool color = false;
  bool whole = false;       // nothing is cut or left out: a file or another program reads it
};

/// `json` is an answer of an operation. Text that is no JSON is returned as it is.
std::string render(std::string_view json, const RenderOptions& options);

/// Columns a text takes in a terminal (letters with accents take one, wide East Asian ones two).
std::size_t display_width(std::string_view utf8);

/// 680000 → "$680.000", as Chile writes it.
std::string chilean_pesos(long long amount);

}  // namespace aremko::cli

#pragma once
// The browser somebody sits at, for the verbs of signing in: what it showed, and what it is to keep.

#include <optional>
#include <string>
#include <string_view>

namespace aremko::operations {

class Tries;  // tries.h: how often a secret may be guessed

struct Browser {
  std::string_view peer{};     // its address
  std::string_view agent{};    // User-Agent
  std::string_view device{};   // the tokens it holds; empty when it holds none
  std::string_view session{};
  bool our_page = false;       // a page of ours asks: another site cannot say so

  /// What it is to hold from now on; an empty text: nothing.
  std::optional<std::string> keep_device{};
  std::optional<std::string> keep_session{};
  bool remembered = false;     // beyond the browser's end
};

}  // namespace aremko::operations

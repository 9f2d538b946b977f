#pragma once
// What somebody typed into the search box, taken apart.

#include <string>
#include <string_view>
#include <vector>

namespace aremko::snapshot {

struct SearchText {
  /// Digits that stand together, whatever they turn out to be.
  struct Number {
    std::string phone;   // normalize::phone_digits
    std::string rut;     // normalize::rut_key
    std::string id;      // plain digits without any sign, else empty
  };
  std::vector<Number> numbers;
  std::vector<std::string> emails;  // pieces with an '@' that is not their first character
  bool bare_domain = false;         // an "@gmail.com": says nothing of anybody
  std::string folded;               // the rest, folded
  std::string single;               // the text in lower case when it is one piece, else empty
  bool open = false;                // the last piece may be unfinished
};

/// Reads at most 200 bytes: more is no name, and no phone either.
SearchText read_search(std::string_view text);

}  // namespace aremko::snapshot

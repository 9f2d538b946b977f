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
    std::string abroad;  // normalize::argentine_mobile of them
    std::string rut;     // normalize::rut_key
    std::string id;      // plain digits without any sign, else empty
    /// Long enough to name somebody by itself, whatever stands beside it.
    bool whole() const { return phone.size() >= 8 || rut.size() >= 8; }
  };
  std::vector<Number> numbers;
  std::vector<std::string> emails;  // pieces with an '@' that is not their first character
  bool bare_domain = false;         // an "@gmail.com": says nothing of anybody
  std::string folded;               // the rest, folded; without words such as `fono` that only announce what was found
  std::string single;               // the text in lower case when it is one piece (`RUT` before it not counted), else empty
  bool client_number = false;       // "#6283": a client's number and nothing else
  bool open = false;                // the last piece may be unfinished
};

/// Pasted contact cards, links and labels too. Reads at most 400 bytes: more is no name, and no phone either.
SearchText read_search(std::string_view text);

}  // namespace aremko::snapshot

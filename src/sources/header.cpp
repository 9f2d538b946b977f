#include "sources/header.h"

#include <algorithm>

#include "base/text.h"
#include "normalize/text.h"
#include "sources/cells.h"

namespace aremko::sources {

namespace {

std::string without_blanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

}  // namespace

HeaderNames::HeaderNames(const std::vector<std::string>& header) {
  Cleaner cleaner;
  for (const std::string& name : header) {
    written_.emplace_back(trim(cleaner.clean(name)));
    folded_.push_back(normalize::fold(written_.back()));
  }
}

std::size_t HeaderNames::find(std::string_view wanted) const {
  const auto only = [&](auto fits) {
    std::size_t found = absent;
    for (std::size_t i = 0; i < written_.size(); ++i) {
      if (!fits(i)) continue;
      if (found != absent) return ambiguous;
      found = i;
    }
    return found;
  };
  wanted = trim(wanted);
  const auto exact = std::ranges::find(written_, wanted);
  if (exact != written_.end()) return static_cast<std::size_t>(exact - written_.begin());
  const std::string folded = normalize::fold(wanted);
  if (folded.empty()) return absent;
  const std::size_t alike = only([&](std::size_t i) { return folded_[i] == folded; });
  if (alike != absent) return alike;
  const std::string joined = without_blanks(folded);
  return only([&](std::size_t i) { return without_blanks(folded_[i]) == joined; });
}

}  // namespace aremko::sources

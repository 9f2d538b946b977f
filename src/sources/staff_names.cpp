#include "sources/staff_names.h"

#include "normalize/text.h"

namespace aremko::sources {

StaffNames::StaffNames(std::string_view house, const std::vector<std::string>& listed) {
  if (const std::string folded = normalize::fold(house); !folded.empty()) house_ = " " + folded + " ";
  for (const std::string& name : listed) {
    if (std::string folded = normalize::fold(name); !folded.empty()) listed_.insert(std::move(folded));
  }
}

bool StaffNames::has(std::string_view name) const {
  if (house_.empty() && listed_.empty()) return false;
  thread_local std::string folded;
  normalize::fold_into(folded, name);
  if (!listed_.empty() && listed_.contains(folded)) return true;
  if (house_.empty() || folded.size() + 2 < house_.size()) return false;
  folded.insert(folded.begin(), ' ');
  folded.push_back(' ');
  return folded.contains(house_);
}

}  // namespace aremko::sources

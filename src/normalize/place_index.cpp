#include "normalize/place_index.h"

#include <algorithm>

#include "normalize/near.h"
#include "normalize/text.h"

namespace aremko::normalize::chile {

Index::Index() {
  meanings_.reserve(1024);
  for (const Comuna& one : comunas()) add_city(one);
  for (const Comuna& one : towns()) add_city(one);
  for (const Alias& alias : aliases()) {
    const Meaning target = find(fold(alias.name));
    if (target.city != no) meanings_[std::string(alias.folded)].city = target.city;
  }
  for (std::size_t i = 0; i < regions().size(); ++i) {
    const std::string_view forms = regions()[i].aliases;
    for (const std::string_view form : split(forms, '|')) add_region(form, static_cast<std::int16_t>(i));
  }
}

Meaning Index::find(std::string_view folded) const {
  const auto found = meanings_.find(folded);
  return found == meanings_.end() ? Meaning{} : found->second;
}

std::int16_t Index::near(std::string_view folded) const {
  std::string tight;
  for (const char c : folded) {
    if (c != ' ') tight += c;
  }
  if (tight.size() < 6 || tight.size() > 40) return no;
  std::int16_t found = no;
  for (const auto& [name, city] : tight_) {
    if (name == tight) return city;
    if (name.size() < 6 || !one_typo_apart(name, tight)) continue;
    if (found != no && found != city) return no;
    found = city;
  }
  return found;
}

void Index::add_city(const Comuna& one) {
  const auto at = static_cast<std::int16_t>(cities_.size());
  cities_.push_back(&one);
  std::string folded = fold(one.name);
  Meaning& meaning = meanings_[folded];
  if (meaning.city == no) meaning.city = at;  // a comuna before a town of the same name
  folded.erase(std::remove(folded.begin(), folded.end(), ' '), folded.end());
  tight_.emplace_back(std::move(folded), meaning.city);
}

/// A region by itself and with "region", "de" and an article before it.
void Index::add_region(std::string_view form, std::int16_t at) {
  for (const std::string_view before : {"", "region ", "region de ", "region del ", "region de la ", "reg ", "reg de ",
                                        "r ", "de ", "la ", "region la "}) {
    const std::string whole = std::string(before) + std::string(form);
    if (before == "la " && find(whole).city != no) continue;
    Meaning& meaning = meanings_[whole];
    if (meaning.region == no) meaning.region = at;
  }
  for (const std::string_view after : {" region", " reg"}) {
    Meaning& meaning = meanings_[std::string(form) + std::string(after)];
    if (meaning.region == no) meaning.region = at;
  }
}

const Index& index() {
  static const Index built;
  return built;
}

}  // namespace aremko::normalize::chile

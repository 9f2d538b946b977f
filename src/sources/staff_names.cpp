#include "sources/staff_names.h"

#include <algorithm>
#include <array>

#include "normalize/text.h"

namespace aremko::sources {

namespace {

/// What a house's accounts have its name glued to.
bool is_trade(std::string_view word) {
  static constexpr std::array<std::string_view, 20> words = {
      "spa",     "hotel",    "hostal", "lodge",  "cabana", "cabanas", "recepcion", "reserva", "reservas", "caja",
      "tinas",   "masajes",  "termas", "ventas", "staff",  "admin",   "web",       "chile",   "cl",       "hotelspa"};
  return word.find_first_not_of("0123456789") == word.npos || std::ranges::find(words, word) != words.end();
}

/// "a r e m k o spa" → " aremko spa ": letters that stand alone, side by side, are one word.
std::string with_letters_joined(std::string_view folded) {
  std::string out = " ";
  bool after_letter = false;
  for (const std::string_view word : normalize::tokens(folded)) {
    if (after_letter && word.size() == 1) out.pop_back();
    out.append(word).push_back(' ');
    after_letter = word.size() == 1;
  }
  return out;
}

void drop_blanks(std::string& text) { std::erase(text, ' '); }

}  // namespace

StaffNames::StaffNames(std::string_view house, const std::vector<std::string>& listed) {
  if (const std::string folded = normalize::fold(house); !folded.empty()) {
    house_ = " " + folded + " ";
    glued_ = folded;
    drop_blanks(glued_);
  }
  for (const std::string& name : listed) {
    if (std::string folded = normalize::fold(name); !folded.empty()) listed_.insert(std::move(folded));
  }
}

bool StaffNames::has(std::string_view name) const {
  if (house_.empty() && listed_.empty()) return false;
  thread_local std::string folded;
  normalize::fold_into(folded, name);
  if (!listed_.empty() && listed_.contains(folded)) return true;
  if (house_.empty() || folded.size() < glued_.size()) return false;
  thread_local std::string glued;
  glued = folded;
  drop_blanks(glued);
  if (!glued.contains(glued_)) return false;
  if ((" " + folded + " ").contains(house_)) return true;
  const std::string joined = with_letters_joined(folded);
  return std::ranges::any_of(normalize::tokens(joined), [&](std::string_view word) {
    if (word.starts_with(glued_)) return is_trade(word.substr(glued_.size()));
    return word.ends_with(glued_) && is_trade(word.substr(0, word.size() - glued_.size()));
  });
}

}  // namespace aremko::sources

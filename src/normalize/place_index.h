#pragma once
// Every name of chile.h's tables by its folded form.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "normalize/chile.h"

namespace aremko::normalize::chile {

inline constexpr std::int16_t no = -1;

/// What a folded name may mean: a city, a region, or both ("Los Lagos").
struct Meaning {
  std::int16_t city = no;    // for Index::city
  std::int16_t region = no;  // in regions()
};

/// Built once from the tables; never changed.
class Index {
 public:
  Index();
  Meaning find(std::string_view folded) const;
  const Comuna& city(std::int16_t at) const { return *cities_[static_cast<std::size_t>(at)]; }
  /// The one city whose name is a typing error away, blanks aside; names of six letters or more.
  std::int16_t near(std::string_view folded) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return hash64(text); }
  };

  void add_city(const Comuna& one);
  void add_region(std::string_view form, std::int16_t at);

  std::vector<const Comuna*> cities_;
  std::unordered_map<std::string, Meaning, Hash, std::equal_to<>> meanings_;
  std::vector<std::pair<std::string, std::int16_t>> tight_;  // names without blanks
};

const Index& index();

}  // namespace aremko::normalize::chile

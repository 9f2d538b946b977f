#pragma once
// People and services of a LegacyServicesBatch by their canonical names; shared by the file and the database table.

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "sources/batch.h"

namespace aremko::sources {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

/// Above any price of a spa's line; more is a slip of the keyboard.
inline constexpr Pesos max_line_amount = 100'000'000;
inline constexpr std::int64_t max_quantity = 1'000;

class ServicesBuilder {
 public:
  /// people[0] becomes the nameless person.
  explicit ServicesBuilder(LegacyServicesBatch& into);

  struct Who {
    Row person = 0;
    std::string glued_phone;  // E.164
  };
  struct What {
    Row service = 0;
    bool cancelled = false;
    bool takes_off = false;  // a discount: its amount is subtracted, however it is signed
  };
  /// Valid UTF-8. Each distinct text is worked out once.
  const Who& person(std::string_view name);
  /// A discount, a gift card or a product is marked as CatalogService::adjustment: nobody comes for it.
  What service(std::string_view name, std::string_view category);
  /// What a line below zero sold: nothing, unless nobody came for it anyway.
  What money_back(const What& sold);

 private:
  LegacyServicesBatch& into_;
  TextMap<Who> names_;
  TextMap<Row> people_;
  TextMap<What> spellings_;
  TextMap<Row> services_;
};

}  // namespace aremko::sources

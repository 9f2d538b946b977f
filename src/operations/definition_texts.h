#pragma once
// The words of definitions.h: the one place where it is said how each figure is counted. `{r5}` … `{m2}` and `{new}`
// stand for a tenant's own thresholds.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace aremko::operations {

enum class Topic : std::uint8_t { visits, money, segments, behaviour, contact, business, data };

struct DefinitionText {
  Topic topic;
  std::string_view id;  // the JSON field's name where there is one
  std::string_view title_es;
  std::string_view title_en;
  std::string_view how_es;
  std::string_view how_en;
  std::string_view differs_es{};  // from the booking system's own figure; empty: it has none, or the same
  std::string_view differs_en{};
};

std::span<const DefinitionText> people_definitions();  // visits, money, segments
std::span<const DefinitionText> business_definitions();  // the day and the owner's pages
std::span<const DefinitionText> use_definitions();     // behaviour, contact, data

}  // namespace aremko::operations

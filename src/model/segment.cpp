#include "model/segment.h"

#include "base/text.h"

namespace aremko {

std::optional<Segment> segment_named(std::string_view name) {
  const auto plain = [](std::string_view text) {
    std::string out = ascii_lower(trim(text));
    for (char& c : out) {
      if (c == '_' || c == '-') c = ' ';
    }
    return out;
  };
  const std::string wanted = plain(name);
  for (const Segment segment : all_segments) {
    if (plain(json_name(segment)) == wanted) return segment;
  }
  return std::nullopt;
}

}  // namespace aremko

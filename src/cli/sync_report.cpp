#include "cli/sync_report.h"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace aremko::cli {

namespace json = boost::json;

namespace {

constexpr std::size_t shown_links = 10;

}  // namespace

std::string sync_report(std::string_view text, const RenderOptions& options) {
  boost::system::error_code failure;
  json::value answer = json::parse(text, failure);
  const auto* details = failure || !answer.is_object() ? nullptr : answer.get_object().if_contains("details");
  if (details == nullptr || !details->is_array() || details->get_array().size() <= shown_links) return render(text, options);
  json::array& links = answer.get_object()["details"].get_array();
  const std::size_t more = links.size() - shown_links;
  links.erase(links.begin() + shown_links, links.end());
  return render(json::serialize(answer), options) +
         fmt::format("  (+{} {}: --json, o aremko mappings)\n", more, more == 1 ? "vínculo" : "vínculos");
}

}  // namespace aremko::cli

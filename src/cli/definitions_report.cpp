#include "cli/definitions_report.h"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace aremko::cli {

namespace json = boost::json;

std::string definitions_report(std::string_view text, const RenderOptions&) {
  boost::system::error_code failure;
  const json::value answer = json::parse(text, failure);
  if (failure || !answer.is_object() || !answer.get_object().contains("definitions")) return std::string(text);
  std::string out = std::string(answer.at("about").as_string()) + "\n";
  std::string topic;
  for (const auto& value : answer.at("definitions").as_array()) {
    const auto word = [&](std::string_view name) -> std::string_view { return value.at(name).as_string(); };
    if (word("topic") != topic) {
      topic = word("topic");
      out += fmt::format("\n## {}\n", topic);
    }
    out += fmt::format("\n**{}** (`{}`): {}\n", word("title"), word("id"), word("how"));
    if (value.at("differs").is_string()) out += fmt::format("> {}\n", word("differs"));
  }
  return out;
}

}  // namespace aremko::cli

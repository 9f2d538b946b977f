#include "net/router.h"

#include <stdexcept>

#include "base/text.h"

namespace aremko::net {

namespace {

std::string allow_of(const std::array<std::unique_ptr<Route>, method_count>& routes) {
  std::string out;
  for (std::size_t i = 0; i + 1 < method_count; ++i) {
    const auto method = static_cast<Method>(i);
    const bool derived = method == Method::options || (method == Method::head && routes[0]);
    if (!routes[i] && !derived) continue;
    if (!out.empty()) out += ", ";
    out += method_name(method);
  }
  return out;
}

[[noreturn]] void refuse(std::string_view pattern, std::string_view why) {
  throw std::invalid_argument(std::string("route ").append(pattern).append(": ").append(why));
}

}  // namespace

void Router::add(Method method, std::string_view pattern, Handler handler, RouteOptions options) {
  if (!pattern.starts_with('/')) refuse(pattern, "must begin with '/'");
  if (method == Method::other) refuse(pattern, "needs a method we know");
  auto route = std::make_unique<Route>(
      Route{.pattern = std::string(pattern), .handler = std::move(handler), .options = options, .params = {}});
  std::size_t at = 0;
  const auto segments = split(pattern.substr(1), '/');
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto segment = segments[i];
    std::size_t next = 0;
    if (segment.starts_with('{')) {
      if (!segment.ends_with('}') || segment.size() < 3) refuse(pattern, "a parameter is a whole segment: {name}");
      route->params.emplace_back(i, segment.substr(1, segment.size() - 2));
      next = nodes_[at].parameter;
    } else if (const auto found = nodes_[at].literals.find(segment); found != nodes_[at].literals.end()) {
      next = found->second;
    }
    if (next == 0) {
      next = nodes_.size();
      nodes_.emplace_back();
      segment.starts_with('{') ? void(nodes_[at].parameter = next)
                               : void(nodes_[at].literals.emplace(std::string(segment), next));
    }
    at = next;
  }
  auto& node = nodes_[at];
  auto& place = node.routes[static_cast<std::size_t>(method)];
  if (place) refuse(pattern, "is there already");
  if (node.pattern.empty()) node.pattern = pattern;
  place = std::move(route);
  node.allow = allow_of(node.routes);
}

// Depth is bounded by the longest pattern, and a step back is possible only where a literal and a {name} stand side
// by side, so hostile paths cost no more than honest ones.
const Router::Node* Router::find(const std::vector<std::string>& segments, std::size_t depth,
                                 const Node& from) const {
  if (depth == segments.size()) return from.pattern.empty() ? nullptr : &from;
  const auto& segment = segments[depth];
  if (const auto literal = from.literals.find(segment); literal != from.literals.end()) {
    if (const auto* found = find(segments, depth + 1, nodes_[literal->second])) return found;
  }
  if (from.parameter == 0 || segment.empty()) return nullptr;
  return find(segments, depth + 1, nodes_[from.parameter]);
}

Router::Match Router::match(Request& request) const {
  request.params.clear();
  request.pattern = {};
  const auto* node = find(request.segments, 0, nodes_.front());
  if (node == nullptr) return {};
  Match out{.pattern = node->pattern, .allow = node->allow};
  const auto* route = node->routes[static_cast<std::size_t>(request.method)].get();
  if (route == nullptr && request.method == Method::head) route = node->routes[0].get();
  if (route != nullptr) {
    for (const auto& [index, name] : route->params) request.params.push_back({name, request.segments[index]});
    out.route = route;
    out.pattern = route->pattern;
  }
  request.pattern = out.pattern;
  return out;
}

}  // namespace aremko::net

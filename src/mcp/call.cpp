#include "mcp/call.h"

namespace aremko::mcp {

namespace {

std::string_view capability(Ask kind) {
  switch (kind) {
    case Ask::sampling: return "sampling";
    case Ask::elicitation: return "elicitation";
    case Ask::roots: return "roots";
  }
  return "";
}

}  // namespace

Call::Call(operations::Context context, Object arguments, const Client& client, Outlet& outlet, std::stop_token stop)
    : context_(std::move(context)),
      arguments_(std::move(arguments)),
      client_(&client),
      outlet_(&outlet),
      stop_(std::move(stop)) {}

std::string_view Call::argument(std::string_view name) const {
  const auto* value = arguments_.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

bool Call::can(Ask kind) const {
  if (!client_->can_ask) return false;
  const auto* declared = client_->capabilities.if_contains(capability(kind));
  if (declared == nullptr || !declared->is_object()) return false;
  // An empty elicitation capability means forms; one that names other modes alone does not take them.
  return kind != Ask::elicitation || declared->get_object().empty() || declared->get_object().contains("form");
}

bool Call::has_extension(std::string_view name) const {
  const auto* extensions = client_->capabilities.if_contains("extensions");
  return extensions != nullptr && extensions->is_object() && extensions->get_object().contains(name);
}

const Object* Call::ask(std::string_view key, Question question) {
  if (const auto* answer = answers_.if_contains(key)) {
    used_.emplace_back(key);
    return &answer->get_object();  // checked when it came
  }
  asked_.push_back({std::string(key), std::move(question)});
  return nullptr;
}

Watch Call::watch() {
  return {.report =
              [this](std::string_view phase, std::uint64_t done, std::uint64_t total) {
                progress(static_cast<double>(done), static_cast<double>(total), phase);
              },
          .stop = stop_};
}

}  // namespace aremko::mcp

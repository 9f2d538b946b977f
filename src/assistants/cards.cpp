#include "assistants/cards.h"

#include "assistants_cards.h"

namespace aremko::assistants {

namespace {

constexpr std::string_view card_mime = "text/html;profile=mcp-app";

/// One page, nothing from elsewhere: the policy a host puts around it has nothing to allow.
std::string page_of(std::string_view title, std::string_view script) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"es\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
      "<title>{}</title><style>{}</style></head><body><main id=\"card\" aria-live=\"polite\"></main><script>{}{}</script></body></html>\n",
      title, cards::card_css, cards::host_js, script);
}

void add_card(Registry& registry, std::string_view uri, std::string_view name, Text title, Text description, std::string_view script) {
  const auto page = std::make_shared<const std::string>(page_of(title.es, script));
  const Object meta{{"ui", Object{{"csp", Object{{"connectDomains", boost::json::array{}}, {"resourceDomains", boost::json::array{}}}},
                                  {"prefersBorder", true}}}};
  registry.add(Resource{.uri = std::string(uri),
                        .name = std::string(name),
                        .title = std::move(title),
                        .description = std::move(description),
                        .mime = std::string(card_mime),
                        .cost = Cost::light,
                        .freshness = {.ttl_ms = 3'600'000, .is_public = true},  // the page is the program's; data comes with each answer
                        .meta = meta,
                        .read = [page, meta, uri = std::string(uri)](Call&) -> Outcome<ResourceResult> {
                          return ResourceResult{{Contents{.uri = uri, .mime = std::string(card_mime), .text = *page, .meta = meta}}};
                        },
                        .version = [](Call&) { return std::string("1"); }});
}

}  // namespace

void add_cards(Registry& registry) {
  registry.extensions["io.modelcontextprotocol/ui"] = Object{{"mimeTypes", boost::json::array{boost::json::string(card_mime)}}};
  add_card(registry, guest_card_uri, "guest-card", {"Ficha del cliente", "Guest card"},
           {"La ficha 360° de un cliente.", "A customer's 360° card."}, cards::guest_js);
  add_card(registry, segments_card_uri, "segments-card", {"Segmentos de clientes", "Customer segments"},
           {"Los nueve segmentos de un vistazo.", "The nine segments at a glance."}, cards::segments_js);
}

}  // namespace aremko::assistants

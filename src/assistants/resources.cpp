#include "assistants/resources.h"

#include "assistants/data_summary.h"
#include "assistants/guest_card.h"
#include "assistants/guest_search.h"
#include "assistants/tool_maker.h"
#include "base/text.h"
#include "operations/customers.h"
#include "operations/definitions.h"

namespace aremko::assistants {

namespace {

constexpr std::string_view json_mime = "application/json";

template <class T>
ResourceResult as_json(Call& call, std::string_view uri, const T& value) {
  return {{Contents{.uri = std::string(uri.empty() ? call.uri() : uri), .mime = std::string(json_mime), .text = json::to_json(value)}}};
}

Error no_such(std::string_view what_es, std::string_view what_en) { return error(Code::not_found, std::string(what_es), std::string(what_en)); }

Outcome<ResourceResult> read_customer(Call& call) {
  if (auto fault = not_ready(call)) return fail(std::move(*fault));
  const auto id = parse_int(call.argument("id"));
  if (!id || *id < 1) return fail(no_such("El id de un cliente es un número.", "A customer's id is a number."));
  const auto card = guest_card(call, *id, false, {});
  if (!card) return fail(card.error());
  return as_json(call, {}, *card);
}

Outcome<ResourceResult> read_segment(Call& call) {
  if (auto fault = not_ready(call)) return fail(std::move(*fault));
  const auto segment = segment_named(call.argument("segment"));
  if (!segment) return fail(no_such("No hay ningún segmento con ese nombre.", "There is no segment of that name."));
  const auto members = segment_members(call, {*segment, 20, {}, {}, {}});
  if (!members) return fail(members.error());
  return as_json(call, {}, *members);
}

Outcome<ResourceResult> read_definitions(Call& call) {
  const auto all = operations::definitions(call.context(), {});
  if (!all) return fail(all.error());
  return as_json(call, {}, *all);
}

Outcome<ResourceResult> read_health(Call& call) {
  if (auto fault = not_ready(call)) return fail(std::move(*fault));
  const auto state = data_state(call, 20);
  if (!state) return fail(state.error());
  return as_json(call, {}, *state);
}

/// A guest's id, written in the one way there is, so that one guest has one URI.
std::optional<std::int64_t> id_of(const Call& call) {
  const auto id = parse_int(call.argument("id"));
  return id && *id > 0 && std::to_string(*id) == call.argument("id") ? id : std::nullopt;
}

bool customer_exists(Call& call) {
  const auto id = id_of(call);
  return id && (!call.context().has_snapshot() || call.context().snapshot().customer_row(*id));
}

/// What a reader would be given, but for the minute it is asked at.
std::string customer_version(Call& call) {
  const auto id = id_of(call);
  if (!id || !call.context().has_snapshot()) return {};
  auto card = guest_card(call, *id, false, {});
  if (!card) return {};
  card->as_of = {};
  return json::to_json(*card);
}

bool segment_exists(Call& call) { return segment_named(call.argument("segment")).has_value(); }

std::string segment_version(Call& call) {
  const auto segment = segment_named(call.argument("segment"));
  if (!segment || !call.context().has_snapshot()) return {};
  auto members = segment_members(call, {*segment, 20, {}, {}, {}});
  if (!members) return {};
  members->as_of = {};
  members->next.reset();  // it names the snapshot
  return json::to_json(*members);
}

/// A URI's variable is an id: those of the guests whose name is being typed.
Result<Completion> complete_id(Call& call, std::string_view value) {
  auto named = complete_customer(call, value);
  if (!named) return named;
  for (std::string& text : named->values) {
    if (const auto id = customer_in(text)) text = std::to_string(*id);
  }
  return named;
}

}  // namespace

std::optional<std::int64_t> customer_in(std::string_view text) {
  text = trim(text);
  if (text.ends_with(")")) {
    const auto open = text.rfind('(');
    if (open != std::string_view::npos) text = text.substr(open + 1, text.size() - open - 2);
  }
  const auto id = parse_int(text);
  return id && *id > 0 ? id : std::nullopt;
}

Result<Completion> complete_customer(Call& call, std::string_view value) {
  Completion out;
  if (!call.context().has_snapshot() || trim(value).empty() || value.size() > 200) return out;
  const auto found = find_guests(call, {.query = std::string(value), .limit = 20, .cursor = {}, .as_of = {}});
  if (!found && found.error().code == Code::forbidden) return out;  // no name: nothing is completed
  if (!found) return fail(found.error());
  for (const CurrentMatch& match : found->current_matches) {
    if (!match.es_staff) out.values.push_back(fmt::format("{} ({})", match.nombre, match.id));
  }
  out.has_more = found->next.has_value();
  return out;
}

Result<Completion> complete_segment(Call&, std::string_view value) {
  Completion out;
  const std::string typed = ascii_lower(trim(value));
  for (const Segment segment : all_segments) {
    const std::string name(json_name(segment));
    if (ascii_lower(name).starts_with(typed)) out.values.push_back(name);
  }
  return out;
}

void add_resources(Registry& registry) {
  // A minute is what an answer about people may be old; the snapshot itself is fresher.
  const Freshness minute{.ttl_ms = 60'000, .is_public = false};
  registry.add(Resource{.uri = "aremko://data-health",
                        .name = "data-health",
                        .title = {"Salud de los datos", "Data health"},
                        .description = {"Si las fuentes están al día y qué conviene corregir.", "Whether the sources are up to date, and what to put right."},
                        .mime = std::string(json_mime),
                        .cost = Cost::store,
                        .freshness = minute,
                        .read = &read_health});
  registry.add(Resource{.uri = "aremko://definitions",
                        .name = "definitions",
                        .title = {"Cómo se cuenta cada cifra", "How every figure is counted"},
                        .description = {"Qué significa cada cifra, cómo se cuenta y en qué difiere del sistema de reservas.",
                                        "What every figure means, how it is counted, and where it differs from the booking system."},
                        .mime = std::string(json_mime),
                        .cost = Cost::quick,
                        .freshness = minute,
                        .read = &read_definitions,
                        .version = [](Call&) { return std::string("of this program"); }});
  registry.add(ResourceTemplate{.uri_template = "aremko://customers/{id}",
                                .name = "customer",
                                .title = {"Ficha 360° de un cliente", "A customer's 360° card"},
                                .description = {"Como get_customer, sin datos de contacto.", "As get_customer, without contact details."},
                                .mime = std::string(json_mime),
                                .cost = Cost::light,
                                .freshness = minute,
                                .read = &read_customer,
                                .complete = {{"id", &complete_id}},
                                .version = &customer_version,
                                .exists = &customer_exists});
  registry.add(ResourceTemplate{.uri_template = "aremko://segments/{segment}",
                                .name = "segment",
                                .title = {"Un segmento RFM", "An RFM segment"},
                                .description = {"Sus sumas y los veinte que más gastan.", "Its sums and the twenty who spend most."},
                                .mime = std::string(json_mime),
                                .cost = Cost::walk,  // a new minute counts everybody
                                .freshness = minute,
                                .read = &read_segment,
                                .complete = {{"segment", &complete_segment}},
                                .version = &segment_version,
                                .exists = &segment_exists});
}

}  // namespace aremko::assistants

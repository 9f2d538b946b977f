#include "operations/actors.h"

#include <algorithm>

namespace aremko::operations {

Text actor_name(const Context& context, std::string_view actor) {
  if (actor == "cli") return {"la línea de comandos", "the command line"};
  if (actor == context.principal().key_id && !context.principal().label.empty()) return {context.principal().label, context.principal().label};
  const auto keys = context.store().keys().list(context.tenant().name);
  const auto key = std::ranges::find(keys, actor, &store::KeyInfo::key_id);
  const std::string name = key == keys.end() || key->label.empty() ? std::string(actor) : key->label;
  return {name, name};
}

Text who_and_when(const Context& context, std::string_view actor, UnixSeconds at) {
  const Text who = actor_name(context, actor);
  const Moment when = context.tenant().zone->local(at);
  const YearMonthDay day = when.date().ymd();
  const int minute = when.minute_of_day();
  return {fmt::format("{}, el {:02}-{:02}-{} a las {:02}:{:02}", who.es, day.day, day.month, day.year, minute / 60, minute % 60),
          fmt::format("{}, on {}-{:02}-{:02} at {:02}:{:02}", who.en, day.year, day.month, day.day, minute / 60, minute % 60)};
}

}  // namespace aremko::operations

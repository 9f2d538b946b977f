#include "base/clock.h"

#include <algorithm>
#include <chrono>

#include <date/tz.h>

namespace aremko {

UnixSeconds SystemClock::now() const {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

Result<Zone> Zone::load(const std::string& name) {
  const date::time_zone* zone = nullptr;
  try {
    zone = date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return fail(error(Code::invalid, "No existe la zona horaria «" + name + "»; use un nombre como America/Santiago.",
                      "There is no time zone \"" + name + "\"; use a name such as America/Santiago."));
  }
  Zone out;
  out.name_ = name;
  date::sys_seconds at = date::sys_days{date::year{1900} / 1 / 1};
  const date::sys_seconds end = date::sys_days{date::year{2100} / 1 / 1};
  while (at < end) {
    const date::sys_info info = zone->get_info(at);
    out.transitions_.push_back({at.time_since_epoch().count(), static_cast<std::int32_t>(info.offset.count())});
    if (info.end <= at) break;
    at = info.end;
  }
  return out;
}

std::int32_t Zone::offset_at(UnixSeconds utc) const {
  const auto after = std::ranges::upper_bound(transitions_, utc, {}, &Transition::from);
  return after == transitions_.begin() ? transitions_.front().offset_s : std::prev(after)->offset_s;
}

Moment Zone::local(UnixSeconds utc) const {
  const std::int64_t seconds = utc + offset_at(utc);
  return {static_cast<std::int32_t>(seconds >= 0 ? seconds / 60 : (seconds - 59) / 60)};
}

UnixSeconds Zone::utc(Moment local) const {
  const std::int64_t wall = std::int64_t{local.minutes} * 60;
  // The offset just before the wall-clock time, then corrected once: right on both sides of a change.
  const std::int64_t first = wall - offset_at(wall - 86400);
  const std::int64_t second = wall - offset_at(first);
  return offset_at(second) == offset_at(first) ? second : first;
}

}  // namespace aremko

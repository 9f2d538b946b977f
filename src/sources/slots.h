#pragma once
// The hours at which a service may begin, as the booking system keeps them (ventas_servicio.slots_disponibles).

#include <string_view>
#include <vector>

#include "sources/batch.h"

namespace aremko::sources {

/// `["10:30", "12:00"]` for every day, or `{"monday": ["10:30"], "sábado": […]}`. Sorted, without repeats. Nothing of what
/// is no hour; empty for anything else, as that is nobody's promise of an hour.
std::vector<Slot> read_slots(std::string_view json);

}  // namespace aremko::sources

#pragma once
// Writes Clientes-….csv, servicios_historicos.csv and the truth, and crm_service_history beside them: the services
// file as the booking system once imported it, through its broken phone and mail columns.

#include <span>

#include "demo/demo.h"
#include "demo/live_file.h"
#include "demo/target.h"
#include "demo/world.h"

namespace aremko::demo {

void write_legacy_files(const World& world, Target& target, std::span<const SoldLive> sold_live, const Progress& progress,
                        DemoSummary& summary);

}  // namespace aremko::demo

#pragma once
// The services file's last months are sales of the live booking system, written out once more: its number is the sale's id.

#include <cstdint>
#include <string>

#include "demo/plan.h"
#include "demo/sale.h"

namespace aremko::demo {

struct SoldLive {
  std::int64_t id = 0;  // ventas_ventareserva.id
  PlannedSale sale;
};

/// Of 1,307 numbers the file has 787; they end with the file's last day.
bool stands_in_services_file(const World& world, const PlannedSale& planned, const Sale& sale);

/// How the file dates it: DD/MM/YYYY, but one in nine bears 01/11/2024 whatever its day.
std::string live_file_day(const World& world, const PlannedSale& planned);

}  // namespace aremko::demo

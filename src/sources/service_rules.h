#pragma once
// What the booking system says of a service or product only by its name, its category and how it was sold: what takes
// money off, what is never booked alone, and whether its price is for one person or for the whole of it.

#include <span>
#include <string_view>
#include <vector>

#include "sources/batch.h"

namespace aremko::sources {

/// A negative price, or a name that begins with a word for a discount (`Descuento -1000`, `Dcto. pack`, `Dto. amigos`);
/// the word further back says so too, but for what is a tub, a massage or a cabin by its tipo_servicio (lower case) or
/// its name: "Tina con descuento de invierno" is a tub. What has no price above 1 and no such tipo_servicio says it with
/// other words as well (`Desc. tina`, `Rebaja convenio`, `Promo -20%`), or by its category (`Descuento_Servicio`).
bool takes_money_off(std::string_view name, std::string_view category, std::string_view tipo_servicio, Pesos price);

/// Of the services file, where they stand among the services: bought, and nobody came for it.
bool is_gift_card_or_product(std::string_view name, std::string_view category);

/// A child's tub, a cold tub, a decoration, an additional person, by its key, its family and its category.
bool never_alone_by_name(const CatalogService& service);

/// Sets unit and charged_people of every service. A cabin is charged by the night and for capacidad_maxima; massages
/// by the person; a tub for capacidad_maxima when at least ten lines sold it and nine in ten of them say so. Where the
/// lines do not say, the booking system's own checkout decides: it charges the tubs that bear a volcano's name whole.
void learn_price_units(const ServiceLineColumns& lines, std::vector<CatalogService>& services);

}  // namespace aremko::sources

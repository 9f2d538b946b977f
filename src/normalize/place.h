#pragma once
// Where somebody lives, from free text, in Chile's official names.

#include <cstdint>
#include <string>
#include <string_view>

namespace aremko::normalize {

enum class PlaceKind : std::uint8_t {
  empty,    // nothing, or a word for nothing
  city,     // a comuna or a known town; region is filled
  region,   // a region alone
  unknown,  // a place we do not know (or another country's): city as typed, tidied; region when one was named
  vague,    // "resto chile", "extranjero": no place
  phone,    // a phone in the wrong column: pass the same text to phone()
  rut,      // a RUT in the wrong column: pass the same text to rut()
};

struct Place {
  std::string city;    // "Puerto Montt"; official spelling where known
  std::string region;  // official short name: "Los Lagos", "Metropolitana de Santiago"; see region_code
  PlaceKind kind = PlaceKind::empty;
};

/// `City, Region`, `Santiago RM`, a city or a region alone. One typing error is forgiven in names of six letters or
/// more when only one place is that near. Where the region contradicts a comuna that exists once, the comuna wins.
/// A name that city and region share is the city when alone, but for Los Lagos, Maule, O'Higgins and Aysén.
/// Any bytes; reads 200 bytes at most. Idempotent: place(city + ", " + region) is the same place, and so is
/// place("Región de " + region) of a region alone.
Place place(std::string_view raw);

/// The city alone (the database's free-text `ciudad`); as typed but tidied when unknown, empty when vague or no place.
std::string city(std::string_view raw);
/// A region's official short name from any of its forms (`X`, `10`, `Lagos`, `Región de los Lagos`, `CL-LL`);
/// empty when it is none.
std::string region(std::string_view raw);
/// The region's common abbreviation, as the contract shows it: "RM" for Metropolitana de Santiago; the other
/// regions go by their name ("Los Lagos"). Takes any form that `region` takes; empty when it is none.
std::string_view region_code(std::string_view region);
/// The official region of a comuna or known town ("Puerto Montt" → "Los Lagos"); empty when unknown.
std::string_view region_of(std::string_view city);

}  // namespace aremko::normalize

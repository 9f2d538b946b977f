#include "demo/legacy_address.h"

#include <array>

#include <fmt/format.h>

#include "demo/spelling.h"

namespace aremko::demo {

namespace {

struct Short {
  std::string_view city;
  std::array<std::string_view, 3> forms;
};

constexpr Short short_forms[] = {
    {"Puerto Montt", {"Pto Montt", "Pto. Montt", "P. Montt"}}, {"Puerto Varas", {"Pto Varas", "Pto. Varas", "P.Varas"}},
    {"Santiago", {"Stgo", "Stgo.", "santiago centro"}},        {"Viña del Mar", {"Viña", "Vina del mar", "V. del Mar"}},
    {"Puerto Octay", {"Pto Octay", "Octay", "Pto. Octay"}},    {"Puerto Natales", {"Pto Natales", "Natales", "Pto. Natales"}},
    {"Punta Arenas", {"Pta Arenas", "Pta. Arenas", "P. Arenas"}}, {"Puerto Aysén", {"Pto Aysen", "Aysen", "Pto. Aysen"}},
    {"Estación Central", {"Est. Central", "Estacion central", "E. Central"}},
    {"San Pedro de la Paz", {"San Pedro", "S. Pedro de la Paz", "san pedro de la paz"}}};

std::string city_cell(const std::string& city, Rng& rng) {
  for (const Short& entry : short_forms) {
    if (entry.city == city && rng.chance(70)) return std::string(rng.pick(entry.forms));
  }
  const std::uint32_t shape = rng.below(1000);
  if (shape < 60) return lower(city);
  if (shape < 70) return upper(city);
  if (shape < 200) return without_accents(city, true);
  if (shape < 222) return with_typo(city, rng);
  if (shape < 226) return lower(without_accents(city, true));
  return city;
}

std::string region_cell(const World& world, int number, Rng& rng) {
  constexpr std::array<std::string_view, 10> lagos{"Los Lagos", "Los Lagos", "Los Lagos", "Lagos", "Lagos", "los lagos",
                                                   "Región de los Lagos", "Region de Los Lagos", "X Región", "LOS LAGOS"};
  constexpr std::array<std::string_view, 7> capital{"RM", "RM", "Metropolitana", "Metropolitana", "Región Metropolitana",
                                                    "Region metropolitana", "metropolitana"};
  if (number == 10) return std::string(rng.pick(lagos));
  if (number == 13) return std::string(rng.pick(capital));
  const Region& region = world.region(number);
  switch (rng.below(5)) {
    case 0: return lower(region.name);
    case 1: return without_accents(region.name, true);
    case 2: return fmt::format("{} Región", region.roman);
    default: return region.name;
  }
}

}  // namespace

std::string legacy_address(const World& world, const Contact& contact, Rng& rng) {
  const std::uint32_t odd = rng.below(1000);
  if (odd < 14) return rng.chance(600) ? "resto chile" : "Resto Chile";
  if (odd < 18) return fmt::format("{}", contact.mobile);
  if (odd < 22) return rut_dotted(contact.rut_body, rut_check_digit(contact.rut_body));
  if (odd < 26) return "Extranjero";
  const City& city = world.cities()[contact.city];
  const std::string place = city_cell(city.name, rng);
  const std::string region = region_cell(world, city.region, rng);
  if (odd < 80) return place;
  if (odd < 130) return fmt::format("{} {}", place, region);
  if (odd < 150) return fmt::format("{} ,{}", place, region);
  return fmt::format("{}, {}", place, region);
}

}  // namespace aremko::demo

#pragma once
// A person as the booking system's ventas_cliente has them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/civil.h"
#include "demo/world.h"

namespace aremko::demo {

struct CustomerRow {
  std::string nombre;
  std::optional<std::string> email;
  std::string telefono;  // unique
  std::optional<std::string> documento_identidad;
  std::optional<std::string> pais;
  std::optional<std::string> ciudad;
  Moment created;  // unknown: null
  int region = 0;  // official number; 0: null
  bool has_comuna = false;
  bool opt_out = false;
  Date not_before;
  Date last_contact;
  bool staff = false;
  std::string_view geography = "sin_clasificar";  // region_geografica: sur, nacional, extranjero
};

CustomerRow customer_row(const World& world, Person person);

/// The same name in fewer or other words. `words`: 1 given name, 2 and a surname, 3 and the maternal one, 4 and the
/// second given name, 5 all with what is there.
std::string name_in_words(const FullName& name, int words);

}  // namespace aremko::demo

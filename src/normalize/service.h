#pragma once
// Services by a canonical name, so that prices, therapists, numbering and spelling make no new one.

#include <string>
#include <string_view>

#include "model/family.h"

namespace aremko::normalize {

struct ServiceKind {
  std::string canonical;  // the name to show, "Masaje Relajante"; empty when nothing was given
  std::string key;        // fold(canonical): equal for the same service, in both sources
  Family family = Family::otro;
  bool cancelled = false;  // "Servicio Anulado", "masaje eliminado": the line is no visit
};

/// `category` is the services file's categoria (`Tinas`) or the database's tipo_servicio (`tina`), and decides the
/// family only where the name does not. Names we know nothing of are kept as they are, tidied. Distinct services stay
/// distinct: only prices, years, amounts, therapists, numbers and known spellings are taken away.
/// Any bytes; reads 300 bytes at most. Idempotent: service(canonical) has the same canonical, key and family.
ServiceKind service(std::string_view raw_name, std::string_view category = {});

/// The family a category word stands for; `otro` for unknown words.
Family family_of(std::string_view category);

}  // namespace aremko::normalize

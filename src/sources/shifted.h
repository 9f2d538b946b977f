#pragma once
// Signs that a row's values do not stand where its header says: a separator without quotes, a cell that was lost.

#include <string_view>

#include "sources/refusals.h"

namespace aremko::sources {

inline constexpr Reason shifted_row{"shifted_row", "Los valores de la línea no calzan con sus columnas: falta o sobra un separador.",
                                    "The line's values do not fit their columns: a separator is missing or one too many."};
inline constexpr Reason total_row{"total_row", "La línea es un total.", "The line is a total."};

/// "Total", "TOTAL GENERAL:", "Subtotal".
bool is_total(std::string_view cell);
/// Letters without a digit or an @, of two and more, that do not say that there is nothing: "Eva", and not "no tiene".
bool looks_like_words(std::string_view cell);
/// A RUT in its usual shape, right check digit or not.
bool looks_like_rut(std::string_view cell);
bool looks_like_phone(std::string_view cell);
/// A day with its separators: "2021-03-04", "4/3/2021 18:05".
bool looks_like_day(std::string_view cell);

}  // namespace aremko::sources

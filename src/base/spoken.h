#pragma once
// Amounts, dates and spans as people write them in Chile, and in English.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/civil.h"
#include "base/money.h"

namespace aremko {

/// "1 visita", "2 visitas": a count with the word that agrees with it.
std::string counted(std::int64_t count, std::string_view one, std::string_view many);
/// 1.200.000 with '.', 1,200,000 with ','.
std::string grouped(Pesos amount, char separator);
/// "$45.000"; "$45,000" in English.
std::string spoken_money(Pesos amount, std::string_view language);
/// "15 mar 2020" in both languages (mar, abr … / Mar, Apr …); empty when unknown.
std::string short_date(Date date, std::string_view language);
/// "15 de marzo de 2020", "15 March 2020"; empty when unknown.
std::string long_date(Date date, std::string_view language);
/// The `days` ≥ 0 before `to`, in what of them is complete by the calendar: "30 días", "11 meses", "4 años". An
/// anniversary that is tomorrow counts: 15 March 2020 is four years ago on 14 March 2024. web/src/format.ts says the same.
std::string how_long(int days, Date to, std::string_view language);
/// "50 minutos", "2 horas", "1 hora y 30 minutos"; from half a day on "1 noche", "2 noches". `minutes` > 0.
std::string spoken_duration(int minutes, std::string_view language);

}  // namespace aremko

// The dates in a message, in every way they are written.

#include <algorithm>

#include "base/spoken.h"
#include "base/text.h"
#include "normalize/text.h"
#include "operations/proposal_rules.h"

namespace aremko::operations {

std::vector<Date> MessageCheck::dates() const {
  std::vector<Date> out{facts_.ultima_visita, facts_.primera_visita, facts_.proxima_reserva.date(), facts_.as_of.date()};
  for (const FavouriteFact& favourite : facts_.favoritos) out.push_back(favourite.ultima_reserva);
  std::erase_if(out, [](Date date) { return !date.known(); });
  return out;
}

Text MessageCheck::only_dates() const {
  Text out{"Esa fecha no está en los hechos.", "That date is not in the facts."};
  if (facts_.ultima_visita.known()) {
    out.es += " La última visita fue el " + long_date(facts_.ultima_visita, "es") + ".";
    out.en += " The last visit was on " + long_date(facts_.ultima_visita, "en") + ".";
  }
  return out;
}

/// 0 stands for a part that is not said.
void MessageCheck::judge_date(std::size_t from, std::size_t to, int year, int month, int day) {
  if (year > 0 && year < 100) year += 2000;
  const bool last = speaks_of_last(pieces_[from].segment);
  for (const Date date : dates()) {
    if (last && date != facts_.ultima_visita && date != facts_.proxima_reserva.date()) continue;
    const auto known = date.ymd();
    if ((year == 0 || year == known.year) && (month == 0 || month == known.month) && (day == 0 || day == known.day)) return use(from, to);
  }
  if (year == 0 && day == 0 && !last) {
    for (const std::string_view best : facts_.mejores_meses) {
      if (month_number(normalize::fold(best)) == month) return use(from, to);
    }
  }
  refuse("fecha", from, to, only_dates());
}

/// "14 de marzo (de 2024)", "14 march", "March 14, 2024", and years by themselves.
bool MessageCheck::take_date(const Figure* figure, std::size_t at) {
  const auto month_at = [&](std::size_t i) {
    return i < pieces_.size() && pieces_[i].kind == Piece::Kind::word ? month_number(pieces_[i].folded) : 0;
  };
  const auto year_at = [&](std::size_t i) {
    if (i >= pieces_.size() || pieces_[i].kind != Piece::Kind::number || pieces_[i].folded.size() != 4) return 0;
    return static_cast<int>(parse_int(pieces_[i].folded).value_or(0));
  };
  if (figure == nullptr || figure->scaled || figure->grouped) return false;
  const auto day = static_cast<int>(std::min(figure->value, 1e6));
  std::size_t end = figure->to;
  if (day >= 1 && day <= 31) {
    // Ordinals: 14th, 1ro.
    for (const std::string_view tail : {"th", "st", "nd", "rd", "ro", "of", "de"}) end += is_word(end, tail);
    if (const int month = month_at(end); month > 0) {
      ++end;
      if ((is_word(end, "de") || is_word(end, "del")) && year_at(end + 1) > 0) ++end;
      else if (is_sign(end, ',') && year_at(end + 1) > 0) ++end;
      const int year = year_at(end);
      judge_date(at, end + (year > 0 ? 1 : 0), year, month, day);
      return true;
    }
    end = figure->to;
    if (at > 0 && fresh(at - 1) && month_at(at - 1) > 0 && pieces_[at].kind == Piece::Kind::number) {
      for (const std::string_view tail : {"th", "st", "nd", "rd"}) end += is_word(end, tail);
      const bool comma = is_sign(end, ',') && year_at(end + 1) > 0;
      const int year = year_at(end + (comma ? 1 : 0));
      judge_date(at - 1, end + (comma ? 1 : 0) + (year > 0 ? 1 : 0), year, month_at(at - 1), day);
      return true;
    }
  }
  const bool money = at > 0 && is_sign(at - 1, '$');
  if (const int year = year_at(at); !money && !figure->spelled && year >= 1990 && year <= 2100) {
    // "marzo de 2020" belongs together.
    std::size_t from = at;
    int month = 0;
    if (at > 1 && (is_word(at - 1, "de") || is_word(at - 1, "del")) && fresh(at - 2)) month = month_at(at - 2), from = month > 0 ? at - 2 : at;
    else if (at > 0 && fresh(at - 1) && month_at(at - 1) > 0) month = month_at(at - 1), from = at - 1;
    judge_date(from, at + 1, year, month, 0);
    return true;
  }
  return false;
}

/// 14/03/2024, 2024-03-14, 14/3, 15:30.
void MessageCheck::take_written_date(std::size_t at) {
  const std::string& raw = pieces_[at].folded;
  if (raw.contains(':')) {
    const Moment next = facts_.proxima_reserva;
    const std::string known = next.known() ? fmt::format("{:02}:{:02}", next.minute_of_day() / 60, next.minute_of_day() % 60) : "";
    if (raw == known || "0" + raw == known) return use(at, at + 1);
    return refuse("fecha", at, at + 1, {"Esa hora no está en los hechos.", "That hour is not in the facts."});
  }
  std::vector<int> parts;
  for (const std::string_view part : split(raw, raw.contains('-') ? '-' : '/')) {
    parts.push_back(static_cast<int>(parse_int(part).value_or(0)));
  }
  if (parts.size() == 3 && parts[0] > 31) judge_date(at, at + 1, parts[0], parts[1], parts[2]);
  else if (parts.size() == 3) judge_date(at, at + 1, parts[2], parts[1], parts[0]);
  else if (parts.size() == 2 && parts[0] >= 1 && parts[0] <= 31 && parts[1] >= 1 && parts[1] <= 12) judge_date(at, at + 1, 0, parts[1], parts[0]);
  else refuse("fecha", at, at + 1, only_dates());
}

/// Months and days of the week by themselves, and tomorrow.
void MessageCheck::check_calendar() {
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    if (!fresh(at) || pieces_[at].kind != Piece::Kind::word) continue;
    const std::string& word = pieces_[at].folded;
    if (const int month = month_number(word); month > 0 && word.size() > 3) {
      judge_date(at, at + 1, 0, month, 0);
    } else if (const int day = weekday_number(word); day > 0) {
      const Date next = facts_.proxima_reserva.date();
      // 1970-01-01 was a Thursday.
      if (next.known() && ((next.days % 7 + 10) % 7) + 1 == day) use(at, at + 1);
      else refuse("fecha", at, at + 1, {"Ese día no está en los hechos.", "That day is not in the facts."});
    } else if ((word == "manana" && !is_word(at == 0 ? pieces_.size() : at - 1, "la")) || word == "tomorrow") {
      refuse("fecha", at, at + 1, {"Ese día no está en los hechos.", "That day is not in the facts."});
    }
  }
}

}  // namespace aremko::operations

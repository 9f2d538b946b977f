#include "sql/row_reader.h"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/text.h"
#include "sql/read_text.h"

namespace aremko::sql {
namespace {

constexpr std::int32_t kDaysTo2000 = 10'957;
constexpr std::int64_t kSecondsTo2000 = 946'684'800;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

/// PostgreSQL's numeric: a header of four int16 (count of digits, weight of the first, sign, shown decimals), then
/// digits in base 10,000. Exact, with halves away from zero.
bool numeric_to_whole(const unsigned char* data, std::int32_t length, std::int64_t& out) {
  const auto word = [&](int index) {
    return static_cast<std::int16_t>((data[2 * index] << 8) | data[2 * index + 1]);
  };
  if (length < 8) return false;
  const int digits = word(0);
  const int weight = word(1);
  const auto sign = static_cast<std::uint16_t>(word(2));
  if (digits < 0 || length != 8 + 2 * digits || (sign != 0 && sign != 0x4000)) return false;  // NaN, ±infinity
  if (digits == 0) {
    out = 0;
    return true;
  }
  if (weight > 4) return false;  // over 10^20
  std::int64_t whole = 0;
  for (int i = 0; i <= weight; ++i) {
    const std::int64_t digit = i < digits ? word(4 + i) : 0;
    if (__builtin_mul_overflow(whole, 10'000, &whole) || __builtin_add_overflow(whole, digit, &whole)) return false;
  }
  const int after = weight + 1;  // the first four decimals decide alone
  if (after >= 0 && after < digits && word(4 + after) >= 5'000 && __builtin_add_overflow(whole, 1, &whole)) {
    return false;
  }
  out = sign == 0 ? whole : -whole;
  return true;
}

double numeric_to_real(const unsigned char* data, std::int32_t length) {
  const auto word = [&](int index) {
    return static_cast<std::int16_t>((data[2 * index] << 8) | data[2 * index + 1]);
  };
  if (length < 8) return std::nan("");
  const auto sign = static_cast<std::uint16_t>(word(2));
  if (word(0) < 0 || length != 8 + 2 * word(0) || (sign != 0 && sign != 0x4000)) return std::nan("");
  double out = 0;
  for (int i = 0; i < word(0); ++i) out += word(4 + i) * std::pow(10'000.0, word(1) - i);
  return sign == 0 ? out : -out;
}

bool whole_of_real(double value, std::int64_t& out) {
  const double rounded = std::round(value);  // halves away from zero
  if (!(std::abs(rounded) < 9.2e18)) return false;
  out = static_cast<std::int64_t>(rounded);
  return true;
}

}  // namespace

std::int64_t RowReader::other_integer(std::size_t column) {
  const Field& field = fields_[column];
  if (field.length < 0) return 0;
  switch (wires_[column]) {
    case Wire::int2:
      if (field.length == 2) return load<std::int16_t>(field.data);
      break;
    case Wire::boolean:
      if (field.length == 1) return *field.data != 0 ? 1 : 0;
      break;
    case Wire::sqlite: return lazy_integer(column);
    case Wire::text:
      if (const auto number = parse_int(text(column))) return *number;
      break;
    default: break;
  }
  set_bad(column);
  return 0;
}

bool RowReader::other_boolean(std::size_t column) {
  if (fields_[column].length < 0) return false;
  const std::int64_t value = integer(column);
  if (value != 0 && value != 1) set_bad(column);
  return value == 1;
}

std::string_view RowReader::other_text(std::size_t column) {
  const Field& field = fields_[column];
  if (field.length < 0) return {};
  if (wires_[column] == Wire::sqlite) return lazy_text(column);
  if (scratch_.size() != fields_.size()) scratch_.resize(fields_.size());
  std::string& out = scratch_[column];
  switch (wires_[column]) {
    case Wire::int2:
    case Wire::int4:
    case Wire::int8: out = fmt::format("{}", integer(column)); return out;
    case Wire::float4:
    case Wire::float8: out = fmt::format("{}", real(column)); return out;
    case Wire::boolean: return boolean(column) ? "true" : "false";
    case Wire::date: out = date(column).iso(); return out;
    case Wire::uuid:
      if (field.length == 16) {
        out.clear();
        for (int i = 0; i < 16; ++i) {
          if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
          fmt::format_to(std::back_inserter(out), "{:02x}", field.data[i]);
        }
        return out;
      }
      break;
    default: break;
  }
  set_bad(column);
  return {};
}

Date RowReader::date_of_days(std::size_t column) {
  const auto days = load<std::int32_t>(fields_[column].data);
  // ±infinity, and years that Date cannot hold.
  if (days < -730'119 || days > 2'921'939) {
    set_bad(column);
    return {};
  }
  return {days + kDaysTo2000};
}

Date RowReader::other_date(std::size_t column) {
  const Field& field = fields_[column];
  if (field.length < 0) return {};
  if (wires_[column] == Wire::timestamp) {
    const int bad_before = bad_column_;
    const UnixSeconds at = instant(column);
    return bad_column_ == bad_before ? Date{static_cast<std::int32_t>(floor_div(at, 86'400))} : Date{};
  }
  if (wires_[column] == Wire::sqlite || wires_[column] == Wire::text) {
    // Django's dates, and datetimes where a column became one.
    std::string_view iso = text(column);
    if (iso.size() > 10 && (iso[10] == ' ' || iso[10] == 'T')) iso = iso.substr(0, 10);
    if (const auto date = Date::parse_iso(iso)) return *date;
  }
  set_bad(column);
  return {};
}

UnixSeconds RowReader::instant(std::size_t column) {
  const Field& field = fields_[column];
  if (field.length < 0) return 0;
  const Wire wire = wires_[column];
  if (wire == Wire::timestamp && field.length == 8) [[likely]] {
    const auto micros = load<std::int64_t>(field.data);
    // Outside years 1–9999 and ±infinity.
    if (micros > -63'113'904'000'000'000 && micros < 252'455'616'000'000'000) [[likely]] {
      return floor_div(micros, 1'000'000) + kSecondsTo2000;
    }
  } else if (wire == Wire::date) {
    const int bad_before = bad_column_;
    const Date day = date(column);
    return bad_column_ == bad_before ? std::int64_t{day.days} * 86'400 : 0;
  } else if (wire == Wire::sqlite || wire == Wire::text) {
    if (const auto at = parse_iso_instant(text(column))) return *at;
  }
  set_bad(column);
  return 0;
}

Pesos RowReader::pesos(std::size_t column) {
  const Field& field = fields_[column];
  if (field.length < 0) return 0;
  std::int64_t out = 0;
  switch (wires_[column]) {
    case Wire::numeric:
      if (numeric_to_whole(field.data, field.length, out)) return out;
      break;
    case Wire::float4:
    case Wire::float8:
      if (whole_of_real(real(column), out)) return out;
      break;
    case Wire::sqlite: return lazy_pesos(column);
    case Wire::text:
      if (const auto whole = parse_decimal_whole(text(column))) return *whole;
      break;
    default: return integer(column);
  }
  set_bad(column);
  return 0;
}

double RowReader::real(std::size_t column) {
  const Field& field = fields_[column];
  if (field.length < 0) return 0;
  switch (wires_[column]) {
    case Wire::float8:
      if (field.length == 8) return std::bit_cast<double>(load<std::int64_t>(field.data));
      break;
    case Wire::float4:
      if (field.length == 4) return double{std::bit_cast<float>(load<std::int32_t>(field.data))};
      break;
    case Wire::numeric: return numeric_to_real(field.data, field.length);
    case Wire::sqlite: return lazy_real(column);
    default: return static_cast<double>(integer(column));
  }
  set_bad(column);
  return 0;
}

}  // namespace aremko::sql

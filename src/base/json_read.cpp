#include "base/json_read.h"

// Boost.JSON is used header-only: this is the one translation unit that carries it.
#include <boost/json/src.hpp>

#include "base/text.h"

namespace aremko::json {

Result<boost::json::value> parse(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = 32;
  boost::json::stream_parser parser({}, options);
  boost::system::error_code code;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t read = parser.write_some(text.data(), text.size(), code);
  if (!code && text.find_first_not_of(" \t\r\n", read) == std::string_view::npos) {
    parser.finish(code);
    if (!code) return parser.release();
  }
  return fail(error(Code::malformed, fmt::format("El cuerpo no es JSON válido (cerca del byte {}).", read),
                    fmt::format("The body is not valid JSON (near byte {}).", read)));
}

namespace faults {

Text not_boolean() { return {"Debe ser true o false.", "Must be true or false."}; }
Text not_integer() { return {"Debe ser un número entero.", "Must be a whole number."}; }
Text not_number() { return {"Debe ser un número.", "Must be a number."}; }
Text not_text() { return {"Debe ser un texto.", "Must be text."}; }
Text not_date() { return {"Debe ser una fecha AAAA-MM-DD que exista.", "Must be an existing date YYYY-MM-DD."}; }
Text not_moment() { return {"Debe ser fecha y hora AAAA-MM-DDTHH:MM:SS.", "Must be a date and time YYYY-MM-DDTHH:MM:SS."}; }
Text not_array() { return {"Debe ser una lista.", "Must be an array."}; }
Text not_object() { return {"Debe ser un objeto.", "Must be an object."}; }
Text missing() { return {"Falta este dato.", "This field is required."}; }
Text unknown_field() { return {"Este dato no existe.", "There is no such field."}; }

Text out_of_range(std::int64_t least, std::uint64_t most) {
  return {fmt::format("Debe estar entre {} y {}.", least, most), fmt::format("Must be between {} and {}.", least, most)};
}

Text not_one_of(const std::vector<std::string_view>& names) {
  const std::string list = fmt::format("{}", fmt::join(names, ", "));
  return {"Debe ser uno de: " + list + ".", "Must be one of: " + list + "."};
}

}  // namespace faults

std::optional<Moment> parse_moment(std::string_view text) {
  if (text.size() != 16 && text.size() != 19) return std::nullopt;
  const auto date = Date::parse_iso(text.substr(0, 10));
  const std::string_view hour = text.substr(11, 2), minute = text.substr(14, 2);
  if (!date || text[10] != 'T' || text[13] != ':' || !is_digits(hour) || !is_digits(minute)) return std::nullopt;
  if (text.size() == 19 && (text[16] != ':' || !is_digits(text.substr(17)) || text.substr(17) > "59")) return std::nullopt;
  if (hour > "23" || minute > "59") return std::nullopt;
  return Moment::at(*date, static_cast<int>(*parse_int(hour)), static_cast<int>(*parse_int(minute)));
}

Error faulty(Faults found) {
  Error out = invalid_field("", "", "");
  if (found.size() >= most_faults) {
    found.resize(most_faults);
    found.push_back({"", {"Puede haber más: estos son los primeros.", "There may be more: these are the first."}});
  }
  out.fields = std::move(found);
  return out;
}

}  // namespace aremko::json

#include "cli/complain.h"

#include <ostream>

namespace aremko::cli {

int complain(const Error& error, const Globals& globals, Streams& streams) {
  streams.err << error.detail.in(globals.language) << "\n";
  for (const FieldError& field : error.fields) {
    // A parameter is written as its flag; a setting, in capitals, as it stands in .env.
    const bool setting = !field.field.empty() && field.field.front() >= 'A' && field.field.front() <= 'Z';
    streams.err << "  " << (setting ? field.field : "--" + flag_of(field.field)) << ": " << field.message.in(globals.language) << "\n";
  }
  return static_cast<int>(exit_for(error.code));
}

std::string flag_of(std::string_view parameter) {
  std::string out(parameter);
  for (char& c : out) {
    if (c == '_') c = '-';
  }
  return out;
}

}  // namespace aremko::cli

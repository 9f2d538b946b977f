#pragma once
// Which columns of two lists mean what: `fields.toml`, or the guide's files where none is given.

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "identity/match_input.h"

namespace aremko::cli {

struct MatchSide {
  std::string id;
  std::vector<std::string> columns;  // by the order of MatchFields::kinds
};

struct MatchFields {
  std::vector<identity::match::Kind> kinds;
  MatchSide left;
  MatchSide right;
  bool declared = false;  // by a person, in a file: a column that neither list has is a slip of the pen
};

/// The legacy customers file on the left; id,nombre,email,telefono,documento_identidad,pais,ciudad on the right.
MatchFields guide_fields();

/// TOML: `id = "column"`, and for each kind (name, given_name, surname, phone, email, national_id, date, place, address,
/// postcode, text) a column or a list of them, in [left] and [right]; without [right] both sides are as [left], and
/// without either the top of the file is for both. Errors: not_found, malformed (with the line), invalid with the key.
Result<MatchFields> read_match_fields(const std::filesystem::path& file);

}  // namespace aremko::cli

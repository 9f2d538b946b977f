#pragma once
// Search over both sources: any part of a name in any order, with typos, without accents, or a prefix being typed; a
// phone in any shape or its last 4 or more digits; a RUT with or without points; an e-mail or its beginning; a client's
// number, which "#6283" asks for alone and plain digits after the phones that end in them.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "snapshot/snapshot.h"

namespace aremko::snapshot {

enum class SearchScope : std::uint8_t { current, legacy, all };

enum class MatchedOn : std::uint8_t { nombre, telefono, email, documento, id };
constexpr std::string_view json_name(MatchedOn matched) {
  switch (matched) {
    case MatchedOn::nombre: return "nombre";
    case MatchedOn::telefono: return "telefono";
    case MatchedOn::email: return "email";
    case MatchedOn::documento: return "documento_identidad";
    case MatchedOn::id: return "id";
  }
  return "";
}

struct SearchHit {
  Row row = no_row;        // in customers() or legacy()
  double score = 0;        // 0–100; 100 = exactly what was asked
  MatchedOn matched_on = MatchedOn::nombre;
};

struct SearchResult {
  std::vector<SearchHit> current;  // best first; ties by more recent and more frequent guests, then id
  std::vector<SearchHit> legacy;
};

/// At most `limit` hits a source after the first `offset`. Never fails: a text that finds nothing finds nothing.
SearchResult search(const Snapshot& snapshot, std::string_view text, SearchScope scope, std::size_t limit,
                    std::size_t offset = 0);

}  // namespace aremko::snapshot

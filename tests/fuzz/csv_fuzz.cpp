// The CSV reader over any bytes: it ends, says the same whatever the pieces they come in, and its records stay within
// what was given. Then the cells, and what a row of a customers file makes of them.
#include <cstdlib>
#include <cstring>

#include "base/text.h"
#include "sources/cells.h"
#include "sources/contact.h"
#include "sources/csv.h"

namespace {

using namespace aremko;
using namespace aremko::sources;

void require(bool holds) {
  if (!holds) std::abort();
}

struct Outcome {
  std::vector<std::string> cells;
  std::vector<std::uint64_t> lines;
  std::vector<std::uint64_t> refused;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome read(std::string_view bytes, std::size_t piece) {
  Outcome out;
  const std::size_t given = bytes.size();
  CsvReader reader(
      [&](char* into, std::size_t size) {
        const std::size_t count = std::min({size, bytes.size(), piece});
        if (count > 0) std::memcpy(into, bytes.data(), count);
        bytes.remove_prefix(count);
        return count;
      },
      [&](std::uint64_t line, std::string_view, std::string_view, std::string_view) { out.refused.push_back(line); },
      {.record_bytes = 256, .record_lines = 8, .fields = 32});
  out.cells = reader.header();
  while (reader.next()) {
    for (const std::string_view cell : reader.fields()) {
      require(cell.size() <= given);
      out.cells.emplace_back(cell);
    }
    require(out.lines.empty() || reader.line() > out.lines.back());
    out.lines.push_back(reader.line());
  }
  require(reader.refused() == out.refused.size());
  return out;
}

void check_cells(const std::vector<std::string>& cells) {
  Cleaner cleaner;
  ContactColumns columns;
  ContactBuilder contacts(columns);
  for (const std::string& cell : cells) {
    whole_number(cell);
    if (const auto amount = pesos(cell)) require(pesos(std::to_string(*amount)) == amount);
    const std::string clean(cleaner.clean(cell_value(cell)));
    require(valid_utf8(clean));
    require(valid_utf8(clip(clean, clean.size() / 2)));
  }
  for (std::size_t i = 0; i + 5 <= cells.size(); i += 5) {
    contacts.add({.nombre = cells[i], .telefono = cells[i + 1], .email = cells[i + 2], .documento = cells[i + 3],
                  .place = cells[i + 4], .comuna = {}, .region = {}},
                 {}, ContactBuilder::Nobody::keep);
  }
  for (Row row = 0; row < columns.size(); ++row) {
    for (const TextColumn* column : {&columns.nombre, &columns.telefono, &columns.email, &columns.documento,
                                     &columns.ciudad, &columns.region}) {
      require(valid_utf8((*column)[row]));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Outcome whole = read(bytes, bytes.size() + 1);
  require(read(bytes, 1 + data[0] % 16) == whole);
  check_cells(whole.cells);
  return 0;
}

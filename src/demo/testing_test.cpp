#include "demo/testing.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include <unistd.h>

#include "base/text.h"
#include "demo/spelling.h"

namespace aremko::demo::testing {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Cells> read_csv(const std::filesystem::path& file) {
  std::vector<Cells> rows;
  Cells row;
  std::string cell;
  bool quoted = false;
  const std::string bytes = bytes_of(file);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (quoted && c == '"' && i + 1 < bytes.size() && bytes[i + 1] == '"') {
      cell += c;
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == ',' || c == '\n')) {
      row.push_back(std::move(cell));
      cell.clear();
      if (c == '\n') rows.push_back(std::exchange(row, {}));
    } else {
      cell += c;
    }
  }
  return rows;
}

namespace {

struct Scratch {
  std::filesystem::path root = std::filesystem::temp_directory_path() / fmt::format("aremko_demo_{}", getpid());
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(root, ignored);
  }
};

}  // namespace

std::filesystem::path scratch(const std::string& name) {
  static const Scratch scratch;
  return scratch.root / name;
}

namespace {

Usual made_with(DemoOptions options) {
  auto summary = make_demo(options, {});
  if (!summary) throw std::runtime_error(summary.error().detail.en);
  Usual usual{*summary, read_csv(summary->customers_file), read_csv(summary->services_file), {}, nullptr};
  usual.customers.erase(usual.customers.begin());
  usual.services.erase(usual.services.begin());
  for (const Cells& row : read_csv(summary->truth_file)) {
    if (is_digits(row.at(0))) usual.truth[*parse_int(row[0])] = *parse_int(row.at(1));
  }
  usual.database = sql::open({.engine = sql::Engine::sqlite, .path = summary->database.string()}, {.read_only = true});
  return usual;
}

}  // namespace

Usual& usual() {
  static Usual made = [] {
    DemoOptions options;
    options.out = scratch("usual");
    return made_with(options);
  }();
  return made;
}

Usual& live() {
  static Usual made = [] {
    DemoOptions options;
    options.out = scratch("live");
    options.today = Date::of(2026, 11, 20);
    return made_with(options);
  }();
  return made;
}

std::string plain_name(const std::string& client) {
  std::string name = client;
  while (!name.empty() && (name.back() == ' ' || (name.back() >= '0' && name.back() <= '9'))) name.pop_back();
  return plain(name);
}

}  // namespace aremko::demo::testing

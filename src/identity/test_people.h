#pragma once
// Invented people for the engine's tests.

#include <random>
#include <string>
#include <vector>

#include "identity/match.h"

namespace aremko::identity::match::testing {

using Rows = std::vector<std::vector<std::string>>;

struct Matches {
  std::vector<Link> links;
  Summary summary;
};
inline Matches match(Input input, const Options& options) {
  const Matcher matcher(std::move(input), options);
  return {matcher.links(), matcher.summary()};
}

inline Input input_of(std::vector<Kind> kinds, const Rows& left, const Rows& right) {
  std::vector<std::pair<Kind, std::string>> columns;
  for (const Kind kind : kinds) columns.emplace_back(kind, std::string(word_of(kind)));
  Input input(std::move(columns));
  const auto add = [&](Side side, const Rows& rows) {
    for (const auto& row : rows) {
      const std::vector<std::string_view> fields(row.begin(), row.end());
      input.add(side, fields);
    }
  };
  add(Side::left, left);
  add(Side::right, right);
  return input;
}

// Invented people: name, phone, e-mail, id.
class People {
 public:
  explicit People(std::size_t count) {
    const std::vector<std::string> given{"Ana", "Luis", "Carla", "Pedro", "Rosa", "Diego", "Elena", "Marta", "Tomás", "Julia", "Iván", "Nora"};
    const std::vector<std::string> starts{"Bar", "Cal", "Dor", "Fer", "Gal", "Lor", "Mon", "Nav", "Qui", "Sal", "Tor", "Vil"};
    const std::vector<std::string> ends{"ales", "anco", "aste", "edo", "eira", "ilva", "ito", "ogal", "uel", "undi", "urra", "eno"};
    for (std::size_t i = 0; i < count; ++i) {
      const auto any = [&](const std::vector<std::string>& list) { return list[random_() % list.size()]; };
      const std::string surname = any(starts) + any(ends);
      rows.push_back({any(given) + " " + surname + " " + any(starts) + any(ends), "+569" + digits(8), surname + digits(4) + "@example.org",
                      "P" + digits(7)});
    }
  }
  Rows rows;

 private:
  std::string digits(int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += static_cast<char>('1' + random_() % 9);
    return out;
  }
  std::mt19937_64 random_{7};
};

inline const std::vector<Kind> person{Kind::name, Kind::phone, Kind::email, Kind::national_id};

}  // namespace aremko::identity::match::testing

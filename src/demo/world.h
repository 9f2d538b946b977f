#pragma once
// The people behind both sources. Persons are numbered 0 … : the first `customers()` are the booking system's (id =
// person + 1); the others stand in the legacy files alone. Everything about one is derived when it is asked for.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil.h"
#include "base/clock.h"
#include "demo/demo.h"
#include "demo/names.h"
#include "demo/rng.h"

namespace aremko::demo {

using Person = std::uint32_t;

inline constexpr Person maria = 122;     // id 123 of the guide
inline constexpr Person patricio = 455;  // id 456
inline constexpr std::uint32_t maria_phone = 987'654'321;
inline constexpr std::uint32_t maria_rut = 12'345'678;  // the guide writes -9, which is not its check digit
/// The guide's names in plain letters; nobody else may bear them so, or the guide's answers would not be theirs.
inline constexpr std::array<std::string_view, 2> guide_names{"maria gonzalez", "patricio lopez"};

struct City {
  std::string name;
  int region = 0;  // its official number, 1–16
};

struct Region {
  int number = 0;
  std::string name;
  std::string roman;  // "X", "RM"
};

struct Contact {
  std::uint32_t mobile = 0;      // nine digits
  std::uint32_t old_mobile = 0;  // a number they had before
  std::uint32_t other_mobile = 0;  // somebody's near them
  std::uint32_t rut_body = 0;
  std::string email;
  std::string other_email;
  std::size_t city = 0;  // in World::cities()
  std::string foreign_phone;  // who lives abroad: this one in E.164, and no RUT
  std::string_view country = "Chile";
  bool foreign() const { return !foreign_phone.empty(); }
};

class World {
 public:
  World(const DemoOptions& options, Zone zone);

  std::uint64_t seed() const { return seed_; }
  Date today() const { return today_; }
  const Zone& zone() const { return zone_; }
  const Names& names() const { return names_; }
  std::uint32_t customers() const { return customers_; }
  std::uint32_t legacy_rows() const { return legacy_rows_; }
  std::uint32_t legacy_reservations() const { return legacy_reservations_; }
  /// Mean sales of a customer in thousandths.
  std::int64_t sales_permille() const { return sales_permille_; }

  /// A firm's or a nobody's is a whole in `given`; then `surname` is empty.
  FullName name(Person person) const;
  Contact contact(Person person) const;
  static bool is_guide(Person person) { return person == maria || person == patricio; }
  bool is_customer(Person person) const { return person < customers_; }
  /// Accounts of the house: real rows that are no customers, whether they are marked so or known by their names alone.
  static bool is_staff(Person person);
  static bool is_marked_staff(Person person);
  static constexpr Person first_organisation = 61;
  static bool is_organisation(Person person);
  /// A row without anybody's name: "Reserva Web". Nobody stands behind two of them.
  static bool is_nobody(Person person);

  /// Who a row of the legacy file is about when it repeats nobody; each person at most once.
  Person legacy_person(std::uint32_t row) const;
  /// True when a row of the legacy customers file is about this customer.
  bool in_legacy_file(Person customer) const { return universe_.inverse(customer) < legacy_rows_; }
  /// Somebody who stands in the services file alone.
  Person stranger(std::uint32_t index) const { return universe_size_ + legacy_rows_ + index; }

  const std::vector<City>& cities() const { return cities_; }
  const std::vector<Region>& regions() const { return regions_; }
  const Region& region(int number) const;

  /// True for a name that only the guide's two people may bear.
  static bool reserved_name(std::string_view name);

 private:
  std::uint32_t mobile(std::uint64_t index) const;
  FullName own_name(Person person) const;

  std::uint64_t seed_;
  Date today_;
  Zone zone_;
  std::uint32_t customers_, legacy_rows_, legacy_reservations_;
  std::int64_t sales_permille_;
  std::uint32_t universe_size_;
  Permutation universe_, phones_, ruts_;
  Names names_;
  std::vector<City> cities_;
  std::vector<int> city_weights_;
  std::vector<Region> regions_;
};

}  // namespace aremko::demo

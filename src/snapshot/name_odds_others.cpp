// Today's customers who have no row in the customers file: a line of the services file may be theirs as well.
#include <algorithm>

#include "identity/nobody.h"
#include "normalize/name.h"
#include "snapshot/name_odds.h"
#include "snapshot/name_odds_keys.h"

namespace aremko::snapshot {

/// Today's customers who have no row in the file: they take no visits, but a line may be theirs.
void NameOdds::index_others() {
  const auto& contact = customers_.contact;
  std::vector<std::uint8_t> has_row(contact.size(), 0);
  std::ranges::for_each(customer_of_, [&](Row customer) { if (customer != no_row) has_row[customer] = 1; });
  std::string folded;
  for (Row customer = 0; customer < contact.size(); ++customer) {
    if (has_row[customer] != 0 || (contact.flags[customer] & sources::is_staff) != 0) continue;
    normalize::fold_into(folded, contact.nombre[customer]);
    const Words words = words_of(folded);
    if (words.size() < 2) continue;
    each_pair(words, [&](std::uint64_t key) { others_pairs_.push_back({key, customer}); });
    const std::string left = cut_ ? normalize::fold(normalize::before_lost_letter(contact.nombre[customer])) : std::string();
    if (words_of(left).size() >= 2) others_cut_.push_back({hash64(left), customer});
  }
  radix_sort(others_pairs_);
  radix_sort(others_cut_);
}

/// Whether two names may well be one person's: longer, shorter or misspelt.
bool NameOdds::is_other_spelling(std::string_view one, std::string_view other) const {
  const std::string folded = normalize::fold(one);
  const Way between = way_to(words_of(folded), other);
  return between != Way::other && between != Way::cut && between != Way::first_and_surname;
}

/// What speaks for customers without a row, unless they are one of `people` under a name that is longer, shorter or misspelt.
double NameOdds::weight_of_others(std::string_view folded, const Words& words, std::span<const NameTies::Namesake> people) const {
  if (identity::is_organisation(folded)) return 0;
  std::vector<Row> near;
  const auto append = [&](std::span<const KeyedRow> rows, std::size_t most) {
    if (rows.size() <= most) std::ranges::transform(rows, std::back_inserter(near), &KeyedRow::row);
  };
  append(with_key(others_cut_, hash64(folded)), most_rows_of_name);
  each_pair(words, [&](std::uint64_t key) { append(with_key(others_pairs_, key), most_rows_of_words); });
  std::ranges::sort(near);
  near.erase(std::ranges::unique(near).begin(), near.end());
  // Most of them came after the file ended. A quarter of what a row says is enough that a line which fits one as well is left alone.
  constexpr double as_often = 0.25;
  double out = 0;
  for (const Row customer : near) {
    const std::string_view name = customers_.contact.nombre[customer];
    const Way way = way_to(words, name);
    // Whose name the line has cut or short.
    if (way != Way::cut && way != Way::shorter && way != Way::without_second && way != Way::first_and_surname) continue;
    const bool one_of_them = std::ranges::any_of(people, [&](const NameTies::Namesake& person) {
      return std::ranges::any_of(person.rows, [&](Row row) { return is_other_spelling(file_.contact.nombre[row], name); });
    });
    if (!one_of_them) out += as_often * weight({way, strangers(words, way, name)});
  }
  return out;
}

}  // namespace aremko::snapshot

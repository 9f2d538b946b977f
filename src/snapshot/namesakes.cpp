#include "snapshot/namesakes.h"

#include "base/text.h"
#include "normalize/text.h"

namespace aremko::snapshot {

namespace {

using Namesake = NameTies::Namesake;

/// Whether two rows of one name are one human being: the same RUT, the same phone or the same customer says yes,
/// unless two different RUTs or two different customers contradict it.
bool same_person(const sources::ContactColumns& contact, std::span<const Row> customer_of, Row a, Row b) {
  const bool both_tied = customer_of[a] != no_row && customer_of[b] != no_row;
  if (both_tied) return customer_of[a] == customer_of[b];  // a live mapping outweighs what the file says
  const auto both = [&](std::uint8_t flag) { return (contact.flags[a] & contact.flags[b] & flag) != 0; };
  if (both(sources::rut_valid)) return contact.documento[a] == contact.documento[b];
  return both(sources::phone_valid) && contact.telefono[a] == contact.telefono[b];
}

/// Rows of one name as they are found to be one: no row joins a group in which somebody contradicts it, whatever they share
/// with the others in it.
class Namesakes {
 public:
  Namesakes(const sources::ContactColumns& contact, std::span<const Row> customer_of, std::span<const KeyedRow> rows)
      : contact_(contact), customer_of_(customer_of), rows_(rows) {
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      const Row row = rows[i].row;
      const bool has_rut = (contact.flags[row] & sources::rut_valid) != 0;
      groups_.push_back({i, customer_of[row], has_rut ? contact.documento[row] : std::string_view()});
    }
  }
  std::uint32_t find(std::uint32_t i) {
    while (groups_[i].leader != i) i = groups_[i].leader = groups_[groups_[i].leader].leader;
    return i;
  }
  bool one(std::uint32_t i, std::uint32_t j) const { return same_person(contact_, customer_of_, rows_[i].row, rows_[j].row); }
  /// Does nothing when they are one already or cannot be.
  void join(std::uint32_t i, std::uint32_t j) {
    const auto [low, high] = std::minmax(find(i), find(j));
    Group& to = groups_[low];
    const Group& from = groups_[high];
    if (low == high || contradict(to, from)) return;
    groups_[high].leader = low;
    if (to.customer == no_row) to.customer = from.customer;
    if (to.rut.empty()) to.rut = from.rut;
  }

 private:
  struct Group {
    std::uint32_t leader;   // the lowest place leads
    Row customer;           // of whoever of them is tied
    std::string_view rut;   // of whoever of them has a valid one
  };
  static bool contradict(const Group& a, const Group& b) {
    if (a.customer != no_row && b.customer != no_row) return a.customer != b.customer;
    return !a.rut.empty() && !b.rut.empty() && a.rut != b.rut;
  }

  const sources::ContactColumns& contact_;
  std::span<const Row> customer_of_;
  std::span<const KeyedRow> rows_;
  std::vector<Group> groups_;
};

constexpr std::uint64_t phone_seed = 1;

/// Rows of one name that have something in common: (what, place in `rows`), sorted. Only they need comparing.
std::vector<KeyedRow> shared_marks(const sources::ContactColumns& contact, std::span<const Row> customer_of,
                                   std::span<const KeyedRow> rows) {
  std::vector<KeyedRow> marks;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const Row row = rows[i].row;
    if (customer_of[row] != no_row) marks.push_back({customer_of[row], i});
    if ((contact.flags[row] & sources::phone_valid) != 0) {
      marks.push_back({hash64(contact.telefono[row], phone_seed), i});
    }
    if ((contact.flags[row] & sources::rut_valid) != 0) marks.push_back({hash64(contact.documento[row]), i});
  }
  std::sort(marks.begin(), marks.end(), [](const KeyedRow& a, const KeyedRow& b) {
    return a.key != b.key ? a.key < b.key : a.row < b.row;
  });
  return marks;
}

/// Whether all rows have the same name of three words or more: in the old files that is one person in nineteen of twenty.
bool share_a_long_name(const sources::ContactColumns& contact, std::span<const KeyedRow> rows) {
  const std::string folded = normalize::fold(contact.nombre[rows.front().row]);
  if (std::ranges::count(folded, ' ') < 2) return false;
  return std::ranges::all_of(rows, [&](const KeyedRow& row) { return normalize::fold(contact.nombre[row.row]) == folded; });
}

/// Rows without any contact are the one person's who has one, if there is but one: nothing tells them apart.
void lend_the_silent(const sources::ContactColumns& contact, std::span<const Row> customer_of, std::vector<Namesake>& people) {
  constexpr std::uint8_t contacts = sources::phone_valid | sources::rut_valid | sources::email_valid;
  const auto speaks = [&](const Namesake& person) {
    return std::ranges::any_of(person.rows, [&](Row row) { return customer_of[row] != no_row || (contact.flags[row] & contacts) != 0; });
  };
  if (std::ranges::count_if(people, speaks) > 1) return;
  const auto one = std::ranges::find_if(people, speaks);
  if (one != people.end()) std::iter_swap(people.begin(), one);
  for (std::size_t i = 1; i < people.size(); ++i) people.front().rows.insert(people.front().rows.end(), people[i].rows.begin(), people[i].rows.end());
  people.resize(1);
}

}  // namespace

std::vector<NameTies::Namesake> gather(const sources::ContactColumns& contact, std::span<const Row> customer_of,
                             std::span<const KeyedRow> rows) {
  Namesakes joined(contact, customer_of, rows);
  const std::vector<KeyedRow> marks = shared_marks(contact, customer_of, rows);
  for (std::size_t from = 0, to = 0; from < marks.size(); from = to) {
    for (to = from; to < marks.size() && marks[to].key == marks[from].key; ++to) {
      for (std::size_t i = from; i < to; ++i) {
        if (!joined.one(marks[i].row, marks[to].row)) continue;
        joined.join(marks[i].row, marks[to].row);
        break;
      }
    }
  }
  std::vector<Namesake> people;
  std::vector<std::size_t> person_of(rows.size());
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t first = joined.find(i);
    if (first == i) {
      person_of[i] = people.size();
      people.emplace_back();
    }
    people[person_of[first]].rows.push_back(rows[i].row);
  }
  if (people.size() > 1 && share_a_long_name(contact, rows)) lend_the_silent(contact, customer_of, people);
  for (Namesake& person : people) {
    // The visits go where a mapping can see them.
    const auto tied = std::find_if(person.rows.begin(), person.rows.end(),
                                   [&](Row row) { return customer_of[row] != no_row; });
    person.takes = tied != person.rows.end() ? *tied : person.rows.front();
  }
  return people;
}

}  // namespace aremko::snapshot

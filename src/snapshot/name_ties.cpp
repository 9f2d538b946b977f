#include <unordered_map>

#include "base/text.h"
#include "normalize/name.h"
#include "normalize/text.h"
#include "snapshot/radix_sort.h"
#include "snapshot/stages.h"

namespace aremko::snapshot {

namespace {

using Namesake = NameTies::Namesake;

/// Whether the services file holds names cut at their first ñ: enough names, and far fewer with such a letter than the customers
/// file has. A line typed by hand later may be whole.
bool names_are_cut(const std::vector<sources::LegacyServicesBatch::Person>& people, const sources::LegacyCustomersBatch& file) {
  constexpr std::size_t enough = 100;
  constexpr double few = 0.2;
  if (people.size() <= enough) return false;
  const auto with_letter = std::ranges::count_if(people, [](const auto& person) { return !normalize::before_lost_letter(person.shown).empty(); });
  double expected = 0;
  for (Row row = 0; row < file.size(); ++row) expected += !normalize::before_lost_letter(file.contact.nombre[row]).empty();
  expected *= static_cast<double>(people.size()) / static_cast<double>(std::max<std::size_t>(1, file.size()));
  return with_letter == 0 || static_cast<double>(with_letter) < few * expected;
}

/// By the whole name, and where the services file's are cut, by what a cut leaves of it as well.
std::vector<KeyedRow> hashed_names(const sources::LegacyCustomersBatch& file, bool cut) {
  std::vector<KeyedRow> out(file.size());
  std::string folded;
  for (Row row = 0; row < file.size(); ++row) {
    normalize::fold_into(folded, file.contact.nombre[row]);
    out[row] = {hash64(folded), row};
  }
  for (Row row = 0; cut && row < file.size(); ++row) {
    const std::string_view left = normalize::before_lost_letter(file.contact.nombre[row]);
    if (left.empty()) continue;
    normalize::fold_into(folded, left);
    if (folded.contains(' ')) out.push_back({hash64(folded), row});
  }
  radix_sort(out);
  return out;
}

std::vector<KeyedRow> hashed_names(const std::vector<sources::LegacyServicesBatch::Person>& people) {
  std::vector<KeyedRow> out;
  out.reserve(people.size());
  for (Row person = 0; person < people.size(); ++person) {
    if (!people[person].folded.empty()) out.push_back({hash64(people[person].folded), person});
  }
  radix_sort(out);
  return out;
}

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
constexpr std::uint64_t email_seed = 2;

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

/// Rows of one name gathered into people, in the order of their first rows.
std::vector<Namesake> gather(const sources::ContactColumns& contact, std::span<const Row> customer_of,
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

/// How sure a name that may have been cut says who it is: `ana mu` is many an Ana Muñoz, of whom the file need not hold the right one.
class CutNames {
 public:
  CutNames(const sources::LegacyCustomersBatch& file, bool cut) : file_(file) {
    if (!cut) return;
    std::string folded;
    for (Row row = 0; row < file.size(); ++row) {
      normalize::fold_into(folded, file.contact.nombre[row]);
      bool first = true;
      for (const std::string_view word : normalize::tokens(folded)) {
        if (first) ++given_[std::string(word)];
        else ++surnames_[std::string(word.substr(0, kept_letters))];
        first = false;
      }
    }
  }

  /// Whether only a cut ties these rows to the name, and about as many strangers would be tied by chance: a given name and a few
  /// letters.
  bool could_be_anybody(std::string_view folded, std::span<const KeyedRow> rows) const {
    if (given_.empty()) return false;
    const std::size_t blank = folded.find(' ');
    if (blank == std::string_view::npos || folded.find(' ', blank + 1) != std::string_view::npos) return false;
    std::string whole;
    for (const KeyedRow& row : rows) {
      normalize::fold_into(whole, file_.contact.nombre[row.row]);
      if (whole == folded) return false;
    }
    const auto count = [](const auto& table, std::string_view word) {
      const auto at = table.find(std::string(word));
      return at == table.end() ? 0.0 : at->second;
    };
    double begin_so = 0;
    const std::string_view letters = folded.substr(blank + 1);
    if (letters.size() > kept_letters) return false;
    for (const auto& [word, people] : surnames_) begin_so += word.starts_with(letters) ? people : 0;
    constexpr double one_in = 0.2;  // strangers expected
    return count(given_, folded.substr(0, blank)) * begin_so / std::max(1.0, static_cast<double>(file_.size())) > one_in;
  }

 private:
  static constexpr std::size_t kept_letters = 4;
  const sources::LegacyCustomersBatch& file_;
  std::unordered_map<std::string, double> given_;
  std::unordered_map<std::string, double> surnames_;  // by their first letters
};

}  // namespace

NameTies tie_names(const sources::LegacyCustomersBatch* file, const sources::LegacyServicesBatch& services,
                   std::span<const Row> customer_of) {
  NameTies out;
  out.row_of.assign(services.people.size(), no_row);
  if (file == nullptr) return out;
  const bool cut = names_are_cut(services.people, *file);
  const std::vector<KeyedRow> rows = hashed_names(*file, cut);
  const CutNames cut_names(*file, cut);
  const std::vector<KeyedRow> people = hashed_names(services.people);
  std::size_t from = 0;
  for (const KeyedRow& person : people) {
    while (from < rows.size() && rows[from].key < person.key) ++from;
    std::size_t to = from;
    while (to < rows.size() && rows[to].key == person.key) ++to;
    if (to == from || cut_names.could_be_anybody(services.people[person.row].folded, std::span(rows).subspan(from, to - from))) continue;
    if (to == from + 1) {
      out.row_of[person.row] = rows[from].row;
      continue;
    }
    auto namesakes = gather(file->contact, customer_of, std::span(rows).subspan(from, to - from));
    if (namesakes.size() == 1) {
      out.row_of[person.row] = namesakes.front().takes;
    } else {
      out.row_of[person.row] = NameTies::ambiguous;
      out.namesakes.emplace_back(person.row, std::move(namesakes));
    }
  }
  std::sort(out.namesakes.begin(), out.namesakes.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return out;
}

ContactEvidence::ContactEvidence(const sources::LegacyCustomersBatch* file,
                                 const sources::LegacyServicesBatch& services, const NameTies& ties)
    : services_(&services) {
  if (file == nullptr) return;
  const auto& contact = file->contact;
  for (const auto& [person, namesakes] : ties.namesakes) {
    for (const Namesake& namesake : namesakes) {
      for (const Row row : namesake.rows) {
        if ((contact.flags[row] & sources::phone_valid) != 0) {
          values_.push_back({hash64(contact.telefono[row], phone_seed), person, namesake.takes});
        }
        if ((contact.flags[row] & sources::email_valid) != 0) {
          values_.push_back({hash64(contact.email[row], email_seed), person, namesake.takes});
        }
      }
    }
  }
  const auto key = [](const Value& v) { return std::pair(v.person, v.hash); };
  std::sort(values_.begin(), values_.end(), [&](const Value& a, const Value& b) { return key(a) < key(b); });
  std::size_t kept = 0;
  for (const Value& value : values_) {
    if (kept > 0 && key(values_[kept - 1]) == key(value)) {
      if (values_[kept - 1].takes != value.takes) values_[kept - 1].takes = no_row;
    } else {
      values_[kept++] = value;
    }
  }
  values_.resize(kept);
  if (!values_.empty()) forget_shared(services);
}

void ContactEvidence::forget_shared(const sources::LegacyServicesBatch& services) {
  // A contact value that stands on many names is evidence of nothing: the services file is full of such.
  constexpr std::size_t few_names = 3;
  std::unordered_map<std::uint64_t, std::vector<Row>> names;  // up to few_names + 1 people a value
  for (const Value& value : values_) names[value.hash];
  const auto count = [&](std::string_view text, std::uint64_t seed, Row person) {
    if (text.empty()) return;
    const auto at = names.find(hash64(text, seed));
    if (at == names.end() || at->second.size() > few_names) return;
    if (std::find(at->second.begin(), at->second.end(), person) == at->second.end()) at->second.push_back(person);
  };
  for (Row row = 0; row < services.size(); ++row) {
    count(services.telefono[row], phone_seed, services.person[row]);
    count(services.email[row], email_seed, services.person[row]);
  }
  for (Value& value : values_) {
    if (names[value.hash].size() > few_names) value.takes = no_row;
  }
}

Row ContactEvidence::decide(Row person, std::span<const Row> lines) const {
  Row decided = no_row;
  const auto agrees = [&](std::string_view text, std::uint64_t seed) {
    if (text.empty()) return true;
    const std::pair wanted(person, hash64(text, seed));
    const auto at = std::lower_bound(values_.begin(), values_.end(), wanted, [](const Value& v, const auto& key) {
      return std::pair(v.person, v.hash) < key;
    });
    if (at == values_.end() || at->person != person || at->hash != wanted.second || at->takes == no_row) return true;
    if (decided != no_row && decided != at->takes) return false;
    decided = at->takes;
    return true;
  };
  for (const Row line : lines) {
    if (!agrees(services_->telefono[line], phone_seed)) return no_row;
    if (!agrees(services_->email[line], email_seed)) return no_row;
  }
  return decided;
}

}  // namespace aremko::snapshot

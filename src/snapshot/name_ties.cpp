#include <unordered_map>

#include "base/text.h"
#include "identity/linker.h"
#include "normalize/name.h"
#include "normalize/text.h"
#include "snapshot/name_odds.h"
#include "snapshot/namesakes.h"
#include "snapshot/radix_sort.h"
#include "snapshot/stages.h"

namespace aremko::snapshot {

namespace {

using Namesake = NameTies::Namesake;

constexpr std::uint64_t phone_seed = 1;
constexpr std::uint64_t email_seed = 2;

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

namespace {

class Tying {
 public:
  Tying(const sources::LegacyCustomersBatch& file, const sources::LegacyServicesBatch& services, std::span<const Row> customer_of,
        const sources::CustomerColumns& customers)
      : file_(file),
        services_(services),
        customer_of_(customer_of),
        cut_(names_are_cut(services.people, file)),
        odds_(file, services, customer_of, customers, cut_),
        cut_names_(file, cut_ && !odds_.speak()) {
    out_.row_of.assign(services.people.size(), no_row);
  }

  NameTies tie() && {
    const std::vector<KeyedRow> rows = hashed_names(file_, cut_);
    std::size_t from = 0;
    for (const KeyedRow& person : hashed_names(services_.people)) {
      while (from < rows.size() && rows[from].key < person.key) ++from;
      std::size_t to = from;
      while (to < rows.size() && rows[to].key == person.key) ++to;
      tie(person.row, std::span(rows).subspan(from, to - from));
    }
    std::ranges::sort(out_.namesakes, {}, &std::pair<Row, std::vector<Namesake>>::first);
    return std::move(out_);
  }

 private:
  /// `rows` bear the person's very name, whole or cut.
  void tie(Row person, std::span<const KeyedRow> rows) {
    const std::string& folded = services_.people[person].folded;
    if (cut_names_.could_be_anybody(folded, rows)) return;
    std::vector<Namesake> namesakes;
    if (rows.size() == 1) namesakes.push_back({rows.front().row, {rows.front().row}});
    else if (!rows.empty()) namesakes = gather(file_.contact, customer_of_, rows);
    if (namesakes.size() == 1 && (!odds_.speak() || somebody_bears(folded, rows))) {
      out_.row_of[person] = namesakes.front().takes;
      return;
    }
    if (odds_.speak()) {
      NameOdds::Answer answer = odds_.ask(folded);
      if (answer.probability >= identity::high_confidence / 100) {
        out_.row_of[person] = answer.takes;
        return;
      }
      if (namesakes.size() < 2) namesakes = std::move(answer.candidates);
    }
    if (namesakes.empty()) return;
    out_.row_of[person] = NameTies::ambiguous;
    out_.namesakes.emplace_back(person, std::move(namesakes));
  }

  /// Whether a row has the name itself, and not only what a cut leaves of its own.
  bool somebody_bears(std::string_view folded, std::span<const KeyedRow> rows) const {
    if (!cut_) return true;
    return std::ranges::any_of(rows, [&](const KeyedRow& row) { return normalize::fold(file_.contact.nombre[row.row]) == folded; });
  }

  const sources::LegacyCustomersBatch& file_;
  const sources::LegacyServicesBatch& services_;
  std::span<const Row> customer_of_;
  bool cut_;
  NameOdds odds_;
  CutNames cut_names_;
  NameTies out_;
};

}  // namespace

NameTies tie_names(const sources::LegacyCustomersBatch* file, const sources::LegacyServicesBatch& services,
                   std::span<const Row> customer_of, const sources::CustomerColumns& customers) {
  if (file != nullptr) return Tying(*file, services, customer_of, customers).tie();
  NameTies out;
  out.row_of.assign(services.people.size(), no_row);
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

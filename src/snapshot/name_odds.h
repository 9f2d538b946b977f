#pragma once
// Whose a name of the services file is where no row, or more than one, bears it: somebody's who is written there in another way,
// one person's of several rows, or that of somebody who is in no list. Weighed as who-is-who weighs names: how often people are
// written so is counted on rare names, of which strangers share next to none, and how many strangers would bear a name is the
// product of how often its words occur.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "snapshot/radix_sort.h"
#include "snapshot/stages.h"

namespace aremko::snapshot {

class NameOdds {
 public:
  /// `cut`: the services file ends names at their first ñ.
  NameOdds(const sources::LegacyCustomersBatch& file, const sources::LegacyServicesBatch& services, std::span<const Row> customer_of,
           const sources::CustomerColumns& customers, bool cut);

  /// Whether there were names enough to count.
  bool speak() const { return speak_; }

  struct Answer {
    Row takes = no_row;      // the row that would take the visits
    double probability = 0;  // that they are this person's
    std::vector<NameTies::Namesake> candidates;
  };
  /// A folded name of the services file.
  Answer ask(std::string_view folded) const;

 private:
  /// How a services file's name stands to a person's; the first that holds.
  enum class Way : std::uint8_t {
    same,
    cut,                // at the first ñ
    as_customer,        // not the row's name but its customer's, whole or cut
    shorter,            // without the last surnames
    longer,
    without_second,     // given name
    first_and_surname,
    turned,             // the surnames before the given names
    similar,            // one word of three or more is misspelt, or a nickname
    other
  };
  static constexpr std::size_t ways = 9;
  static constexpr std::size_t most_words = 5;
  using Words = std::vector<std::string_view>;
  struct Uses {
    std::uint32_t first = 0;  // as a name's first word
    std::uint32_t later = 0;
  };
  struct Found {
    Way way = Way::other;
    double strangers = 0;  // the chance that somebody else's name would stand so to the person's
  };

  template <class Each>
  void each_name(Row row, Each each) const;
  void index();
  void index_others();
  bool is_other_spelling(std::string_view one, std::string_view other) const;
  double weight_of_others(std::string_view folded, const Words& words, std::span<const NameTies::Namesake> people) const;
  void learn();
  void learn_repeats();
  void add(std::string_view name, std::string_view folded, Row row);
  std::vector<KeyedRow> rows_near(std::string_view folded, const Words& words) const;
  Way way_to(const Words& words, std::string_view name) const;
  bool one_slip(const Words& words, const Words& theirs) const;
  bool both_in_use(std::string_view a, std::string_view b) const;
  Found best_way(const Words& words, Row row) const;
  double share_first(std::string_view word) const;
  double share_later(std::string_view word) const;
  double strangers(const Words& words, Way way, std::string_view name) const;
  double product(std::span<const std::string_view> words) const;
  bool rare(const Words& words) const;
  bool are_told_apart(std::span<const NameTies::Namesake> people) const;
  double one_person(const Words& words, std::span<const NameTies::Namesake> bearers) const;
  double weight(const Found& found) const;

  const sources::LegacyCustomersBatch& file_;
  const sources::LegacyServicesBatch& services_;
  std::span<const Row> customer_of_;
  const sources::CustomerColumns& customers_;
  bool cut_ = false;
  bool speak_ = false;
  double names_ = 1;                                     // of two words or more in the customers file
  std::unordered_map<std::uint64_t, Uses> uses_;         // by the hash of a word
  std::unordered_map<std::uint64_t, std::uint32_t> cut_ends_;  // names cut so that this word ends them
  std::array<double, most_words + 1> of_length_{};           // shares of the customers file's names by their words
  std::array<double, most_words + 1> services_of_length_{};
  std::array<double, ways> could_be_{};                  // rows that could be written in a way
  std::array<double, ways> written_{};                   // share of the services file's names
  double in_no_list_ = 0;
  double repeated_ = 0;                                  // share of names whose one bearer has rows that nothing else joins
  std::vector<KeyedRow> same_, cut_rows_, pairs_;        // by the hash of a name, of a cut one, of any two words
  std::vector<KeyedRow> others_cut_, others_pairs_;      // the same of customers who have no row
};

}  // namespace aremko::snapshot

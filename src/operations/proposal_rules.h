#pragma once
// The rules behind proposal_check.h; for its files alone.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/proposal.h"
#include "operations/proposal_text.h"
#include "operations/proposal_words.h"

namespace aremko::operations {

/// A name that the facts or the catalogue know, as it may stand in a message.
struct KnownName {
  enum class Kind : std::uint8_t { offer, service, past, gift, stranger };
  Kind kind = Kind::stranger;
  std::vector<std::string> words;       // folded, little words left out
  std::vector<std::int64_t> services;   // of the catalogue: what naming it names
  std::string shown;
  bool found = false;                   // in the message
};

class MessageCheck {
 public:
  MessageCheck(std::string_view message, const ProposalFacts& facts, std::span<const std::string_view> catalogue,
               std::string_view language);
  std::vector<ProposalProblem> run();

 private:
  /// What a sentence or line speaks of: services by name, and kinds ("masaje") where no name is given.
  struct Subject {
    std::set<std::int64_t> services;
    std::set<std::string> kinds;
    bool empty() const { return services.empty() && kinds.empty(); }
  };

  // names: proposal_names.cpp
  void note_names(std::span<const std::string_view> catalogue);
  void note_name(KnownName::Kind kind, std::string_view name, std::vector<std::int64_t> services);
  void find_known_names();
  std::size_t match(const KnownName& name, std::size_t at) const;  // the end, or `at` when it is not there
  bool known_word(std::string_view word) const;
  void check_services();
  void check_head(std::size_t at, bool english);
  void check_people();
  void check_greeting(std::size_t at);
  Text only_services() const;
  const Subject& subject(int segment);

  /// Where services are named or their kind is.
  struct Mention {
    std::vector<std::int64_t> services{};  // none: of the past, no longer on offer
    std::string name{};                  // folded
    bool kind = false;
    std::size_t end = 0;
  };

  // the last visit: proposal_last.cpp
  bool speaks_of_last(int segment) const;
  bool last_by_cue(int segment) const;
  void check_last_service();

  // for whom and for how long: proposal_sides.cpp
  struct UnitPhrase {
    enum class Kind : std::uint8_t { people, nights, each };
    Kind kind = Kind::people;
    int count = 0;
    std::size_t from = 0, to = 0;
  };
  void check_units();
  std::optional<UnitPhrase> unit_phrase_at(std::size_t at) const;
  std::optional<std::size_t> bound_to(const UnitPhrase& phrase) const;
  bool is_amount(std::size_t at) const;
  static bool is_shared(const OfferedService& service);
  bool fits_service(const UnitPhrase& phrase, const Mention& mention) const;
  bool fits_amount(const UnitPhrase& phrase, std::size_t at);

  // figures: proposal_figures.cpp
  void check_figures();
  bool take_money(const Figure& figure);
  bool take_percent(const Figure& figure);
  bool take_duration(const Figure& figure);
  bool take_elapsed(const Figure& figure);
  bool take_count(const Figure& figure);
  bool take_articles(std::size_t at);
  /// For whom and how long an amount of the facts is; an amount without a unit is for nobody in particular.
  struct Unit {
    int people = 0;
    int nights = 0;
    bool each = false;  // one person's share
  };
  std::multimap<Pesos, Unit> amounts_of(const Subject& subject) const;
  bool take_party(const Figure& figure);
  bool judge_party(std::size_t from, std::size_t to, int count, bool nights);
  bool says_unit(int segment, const Unit& unit) const;
  Text only_units(Pesos amount, const std::multimap<Pesos, Unit>& allowed) const;
  void judge_elapsed(std::size_t from, std::size_t to, double days, double unit);
  void judge_duration(std::size_t from, std::size_t to, int minutes);

  // dates: proposal_calendar.cpp
  void check_calendar();
  bool take_date(const Figure* figure, std::size_t at);
  void take_written_date(std::size_t at);
  void judge_date(std::size_t from, std::size_t to, int year, int month, int day);
  Text only_dates() const;
  std::vector<Date> dates() const;

  void check_contacts();
  void check_phrases();
  void check_gifts();
  void check_complete();

  void refuse(std::string_view code, std::size_t from, std::size_t to, Text why);
  Text only_discount() const;
  bool is_word(std::size_t at, std::string_view word) const;
  bool is_any(std::size_t at, std::span<const std::string_view> words) const;
  bool is_sign(std::size_t at, char sign) const;
  bool fresh(std::size_t at) const { return at < pieces_.size() && used_[at] == 0; }
  void use(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) used_[i] = 1;
  }

  std::string_view message_;
  std::string plain_;                   // the message in plain forms, which the pieces are views into
  const ProposalFacts& facts_;
  std::string_view language_;
  std::vector<Piece> pieces_;
  std::vector<std::uint8_t> used_;      // pieces that a rule has accounted for
  std::vector<KnownName> names_;        // longest first
  std::vector<std::string> guest_words_;  // of their name, folded
  std::set<int> gift_segments_;         // where the gift is named
  std::map<int, Subject> subjects_;
  std::map<std::size_t, Mention> mentions_;  // by their first piece
  std::vector<ProposalProblem> problems_;
};

}  // namespace aremko::operations

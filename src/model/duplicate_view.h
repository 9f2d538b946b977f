#pragma once
// Two of today's customers who may be one person, and what was said of such pairs.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "model/explanation.h"
#include "model/merge.h"

namespace aremko {

struct DuplicateSide {
  BasicInfo customer{};
  MiniHistory history{};
};
BOOST_DESCRIBE_STRUCT(DuplicateSide, (), (customer, history))

/// What a person said of two customers.
struct MergeView {
  std::string id{};                     // UUID
  std::int64_t kept_id = 0;             // the number the person goes by
  std::int64_t other_id = 0;
  MergeVerdict verdict = MergeVerdict::same;
  std::string decided_by{};             // a key's public id, or cli
  std::string decided_by_name{};        // whose that is
  Moment decided_at{};                  // local
  std::optional<std::string> reason{};
};
BOOST_DESCRIBE_STRUCT(MergeView, (), (id, kept_id, other_id, verdict, decided_by, decided_by_name, decided_at, reason))

struct DuplicateView {
  DuplicateSide kept{};                  // whose number the person would go by: more visits, else the smaller id
  DuplicateSide other{};
  double confidence = 0;                 // percent
  double log_odds = 0;                   // natural; the sum of the evidence
  std::string summary{};
  std::vector<EvidenceView> evidence{};
  double worth = 0;                      // what it hides that they are two; operations/duplicates.h has the formula
  std::optional<MergeView> decision{};   // what was said of the pair, if anything
};
BOOST_DESCRIBE_STRUCT(DuplicateView, (), (kept, other, confidence, log_odds, summary, evidence, worth, decision))

struct DuplicateList {
  bool ready = false;                    // false while the comparison is under way: ask again
  std::int64_t total = 0;                // of all pages
  std::int64_t same = 0;                 // decided: one person
  std::int64_t different = 0;            // decided: two
  std::vector<DuplicateView> pairs{};    // what is worth most first
  std::optional<std::string> next{};     // cursor of the next page
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(DuplicateList, (), (ready, total, same, different, pairs, next))

/// One customer's.
struct CustomerDuplicates {
  std::int64_t customer_id = 0;          // the number they go by
  bool ready = false;
  std::vector<DuplicateView> pairs{};    // undecided, most likely first
  std::vector<MergeView> decisions{};    // that stand
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(CustomerDuplicates, (), (customer_id, ready, pairs, decisions))

}  // namespace aremko

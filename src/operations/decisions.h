#pragma once
// What people decided of old records and of duplicates: a list of all of it, and taking some of it back.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/result.h"
#include "operations/operation.h"
#include "store/decisions.h"

namespace aremko::operations {

using store::DecisionKind;

struct DecisionsInput {
  std::optional<DecisionKind> kind;
  std::optional<std::string> by;
  bool standing = false;
  std::int64_t limit = 100;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(DecisionsInput, (), (kind, by, standing, limit, cursor))

enum class DecisionAbout : std::uint8_t { record, people };
constexpr std::string_view json_name(DecisionAbout about) { return about == DecisionAbout::record ? "record" : "people"; }

struct DecisionRow {
  std::int64_t id = 0;                     // in the audit
  Moment at{};                             // local
  std::string by{};                          // a key's public id, or cli
  std::string by_name{};                     // whose that is
  DecisionAbout about = DecisionAbout::record;
  std::string action{};                      // mapping.accept, mapping.reject, mapping.link, mapping.unlink, mapping.undo, people.same, …
  std::string summary{};                     // one sentence, in the language asked for
  std::optional<std::string> was{};          // how it stood before, in words
  std::optional<std::string> reason{};
  bool stands = false;                     // nobody has decided on the same pair since: it can be undone
  std::string subject{};                     // the mapping's or the merge's id: what undo_decisions takes
  std::optional<std::string> legacy_id{};    // the record, as its number is now
  std::optional<std::string> legacy_name{};
  std::optional<std::int64_t> customer_id{}; // of a merge, whose number the person goes by
  std::optional<std::string> customer_name{};
  std::optional<std::int64_t> other_id{};    // of a merge
  std::optional<std::string> other_name{};
};
BOOST_DESCRIBE_STRUCT(DecisionRow, (),
                      (id, at, by, by_name, about, action, summary, was, reason, stands, subject, legacy_id, legacy_name, customer_id,
                       customer_name, other_id, other_name))

struct DecisionList {
  std::vector<DecisionRow> decisions;  // newest first
  std::optional<std::string> next;     // cursor of the next page
};
BOOST_DESCRIBE_STRUCT(DecisionList, (), (decisions, next))
Result<DecisionList> list_decisions(Context& context, const DecisionsInput& input);

struct UndoInput {
  std::vector<std::string> subjects;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(UndoInput, (), (subjects, reason))

struct NotUndone {
  std::string subject;
  std::string why;
};
BOOST_DESCRIBE_STRUCT(NotUndone, (), (subject, why))

struct UndoReport {
  std::int64_t undone = 0;
  std::vector<NotUndone> refused;
};
BOOST_DESCRIBE_STRUCT(UndoReport, (), (undone, refused))
/// One after the other, in the order given, whoever decided them; one that cannot be undone hinders no other.
Result<UndoReport> undo_decisions(Context& context, const UndoInput& input);

std::vector<Operation> decision_operations();

}  // namespace aremko::operations

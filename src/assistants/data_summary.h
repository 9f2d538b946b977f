#pragma once
// What the tools about the data take and answer.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "assistants/protocol.h"
#include "model/mapping.h"
#include "model/overview.h"
#include "operations/mappings.h"

namespace aremko::assistants {

struct HealthArguments {
  std::int64_t limit = 6;
};
BOOST_DESCRIBE_STRUCT(HealthArguments, (), (limit))

struct SourceLine {
  std::string name{};
  bool ok = false;
  std::optional<std::string> detail{};
  std::optional<std::int64_t> age_seconds{};
  std::int64_t rows_kept = 0;
  std::int64_t rows_refused = 0;
};
BOOST_DESCRIBE_STRUCT(SourceLine, (), (name, ok, detail, age_seconds, rows_kept, rows_refused))

struct FindingLine {
  std::string severity{};
  std::string source{};
  std::optional<std::string> column{};
  std::int64_t count = 0;
  double percentage = 0;
  std::string meaning{};
  std::string action{};
};
BOOST_DESCRIBE_STRUCT(FindingLine, (), (severity, source, column, count, percentage, meaning, action))

struct DataState {
  std::int64_t snapshot_version = 0;
  std::vector<SourceLine> sources{};
  CurrentDatabaseStats current_database{};
  DataCompleteness data_completeness{};
  std::int64_t legacy_customers = 0;
  operations::MappingCounts mappings{};
  std::vector<FindingLine> findings{};      // worst first
};
BOOST_DESCRIBE_STRUCT(DataState, (), (snapshot_version, sources, current_database, data_completeness, legacy_customers, mappings, findings))

/// At most `findings` of them.
Result<DataState> data_state(Call& call, std::size_t findings);
std::string data_state_words(const DataState& state, std::string_view language);

struct ReviewArguments {
  std::optional<MappingStatus> status = MappingStatus::pending;
  std::optional<std::string> mapping_id;
  std::int64_t limit = 10;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(ReviewArguments, (), (status, mapping_id, limit, cursor))

struct MappingLine {
  std::string mapping_id{};
  std::string legacy_id{};
  std::string legacy_name{};
  std::int64_t customer_id = 0;
  std::string current_name{};
  double confidence = 0;
  MappingStatus status = MappingStatus::pending;
  std::vector<std::string> reasons{};
};
BOOST_DESCRIBE_STRUCT(MappingLine, (), (mapping_id, legacy_id, legacy_name, customer_id, current_name, confidence, status, reasons))

struct EvidenceLine {
  std::string text{};
  double log_odds = 0;
};
BOOST_DESCRIBE_STRUCT(EvidenceLine, (), (text, log_odds))

struct RivalLine {
  std::int64_t customer_id = 0;
  std::string nombre{};
  double confidence = 0;
};
BOOST_DESCRIBE_STRUCT(RivalLine, (), (customer_id, nombre, confidence))

struct MappingWhy {
  double confidence = 0;
  std::string summary{};
  std::vector<EvidenceLine> evidence{};
  std::vector<RivalLine> rivals{};
};
BOOST_DESCRIBE_STRUCT(MappingWhy, (), (confidence, summary, evidence, rivals))

struct MappingReview {
  std::optional<operations::MappingCounts> counts{};
  std::vector<MappingLine> mappings{};
  std::optional<MappingWhy> explanation{};
  std::optional<std::string> next{};
};
BOOST_DESCRIBE_STRUCT(MappingReview, (), (counts, mappings, explanation, next))

enum class DecisionWord : std::uint8_t { accept, reject, unlink, undo };
constexpr std::string_view json_name(DecisionWord word) {
  switch (word) {
    case DecisionWord::accept: return "accept";
    case DecisionWord::reject: return "reject";
    case DecisionWord::unlink: return "unlink";
    case DecisionWord::undo: return "undo";
  }
  return "";
}

struct DecideArguments {
  std::string mapping_id;
  DecisionWord decision = DecisionWord::accept;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(DecideArguments, (), (mapping_id, decision, reason))

struct SyncArguments {};
BOOST_DESCRIBE_STRUCT(SyncArguments, (), ())

struct SyncSummary {
  std::int64_t total_legacy = 0;
  std::int64_t total_current = 0;
  std::int64_t mappings_created = 0;
  std::int64_t mappings_updated = 0;
  std::int64_t mappings_retired = 0;
  std::int64_t high_confidence = 0;
  std::int64_t medium_confidence = 0;
  std::int64_t no_match = 0;
};
BOOST_DESCRIBE_STRUCT(SyncSummary, (),
                      (total_legacy, total_current, mappings_created, mappings_updated, mappings_retired, high_confidence,
                       medium_confidence, no_match))

}  // namespace aremko::assistants

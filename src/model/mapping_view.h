#pragma once
// A mapping as the contract shows it, and what a sync did.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/money.h"
#include "model/customer.h"
#include "model/mapping.h"

namespace aremko {

struct MappingMetadata {
  std::vector<std::string> match_reasons{};  // phone_exact, name_exact, …
  std::string legacy_name{};
  std::string current_name{};
};
BOOST_DESCRIBE_STRUCT(MappingMetadata, (), (match_reasons, legacy_name, current_name))

/// What a person's decision on it is worth, and out of what; operations/mapping_worth.h has the formula.
struct DecisionWorth {
  double score = 0;
  double uncertainty = 0;        // 0–1
  std::int64_t visits = 0;       // of the legacy record alone
  Pesos total_spent = 0;
};
BOOST_DESCRIBE_STRUCT(DecisionWorth, (), (score, uncertainty, visits, total_spent))

/// What a person said of a mapping.
struct MappingDecision {
  std::string decided_by{};             // a key's public id, or cli
  Moment decided_at{};                  // local
  std::optional<std::string> reason{};
};
BOOST_DESCRIBE_STRUCT(MappingDecision, (), (decided_by, decided_at, reason))

struct MappingView {
  std::string id{};                     // UUID
  std::string legacy_id{};              // the record's number in the file as it is now
  std::string record_id{};              // what the file calls the record itself; empty when it does not say
  std::int64_t current_id = 0;
  double confidence_score = 0;        // percent
  MappingStatus status = MappingStatus::active;
  Moment created_at{};                  // local
  Moment updated_at{};
  MappingMetadata metadata{};
  DecisionWorth worth{};
  std::optional<MappingDecision> decision{};
};
BOOST_DESCRIBE_STRUCT(MappingView, (),
                      (id, legacy_id, record_id, current_id, confidence_score, status, created_at, updated_at, metadata, worth,
                       decision))

struct CustomerMapping {
  std::int64_t customer_id = 0;
  bool has_legacy_data = false;
  std::optional<MappingView> mapping{};             // the live one with the highest confidence
  std::optional<LegacyRecord> legacy_customer{};    // its record
  std::vector<MappingView> mappings{};              // all of this customer, pending and rejected ones too
  std::vector<LegacyRecord> legacy_customers{};     // of all live ones
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(CustomerMapping, (),
                      (customer_id, has_legacy_data, mapping, legacy_customer, mappings, legacy_customers))

/// The other way round: GET /legacy/customers/{legacy_id}.
struct LegacyMapping {
  std::string legacy_id{};
  std::optional<MappingView> mapping{};
  std::optional<BasicInfo> customer{};
  std::optional<LegacyRecord> legacy_customer{};
  std::vector<MappingView> mappings{};              // all of this record, pending and rejected ones too
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(LegacyMapping, (), (legacy_id, mapping, customer, legacy_customer, mappings))

struct PotentialMatch {
  BasicInfo customer{};
  double confidence = 0;              // percent
  std::vector<std::string> reasons{};
};
BOOST_DESCRIBE_STRUCT(PotentialMatch, (), (customer, confidence, reasons))

struct LegacyMatches {
  std::string legacy_id{};
  LegacyRecord legacy_customer{};
  std::vector<PotentialMatch> matches{};  // most likely first
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(LegacyMatches, (), (legacy_id, legacy_customer, matches))

struct SyncDetail {
  std::string legacy_id{};
  std::optional<std::string> record_id{};  // as in MappingView; not in reports of earlier versions, which are kept
  std::string legacy_name{};
  std::int64_t current_id = 0;
  std::string current_name{};
  double confidence = 0;              // percent
  std::vector<std::string> reasons{};
};
BOOST_DESCRIBE_STRUCT(SyncDetail, (), (legacy_id, record_id, legacy_name, current_id, current_name, confidence, reasons))

/// What POST /sync/legacy-to-current did.
struct SyncReport {
  std::int64_t total_legacy = 0;
  std::int64_t total_current = 0;
  std::int64_t mappings_created = 0;
  std::int64_t mappings_updated = 0;
  std::int64_t mappings_retired = 0;
  std::optional<std::int64_t> mappings_moved{};  // followed their record to another number of the file; as record_id
  std::int64_t high_confidence = 0;    // 85 and more
  std::int64_t medium_confidence = 0;  // 70–84
  std::int64_t no_match = 0;
  std::vector<SyncDetail> details{};     // a bounded sample
};
BOOST_DESCRIBE_STRUCT(SyncReport, (),
                      (total_legacy, total_current, mappings_created, mappings_updated, mappings_retired,
                       mappings_moved, high_confidence, medium_confidence, no_match, details))

}  // namespace aremko

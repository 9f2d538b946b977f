#pragma once
// Why two records are, or are not, taken for one person: evidence in log-odds that adds up to the confidence.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "model/customer.h"
#include "model/mapping_view.h"

namespace aremko {

struct EvidenceView {
  std::string field{};   // nombre, telefono, email, documento_identidad, ciudad; punto_de_partida, hogar, otros_candidatos, calibracion, limite
  std::string reason{};  // phone_exact, name_conflict, …; empty where the contract has no word
  double log_odds = 0;   // natural; for (> 0) or against (< 0)
  std::string text{};    // in the reader's language
};
BOOST_DESCRIBE_STRUCT(EvidenceView, (), (field, reason, log_odds, text))

/// Another customer whom the legacy record could have been.
struct RivalView {
  std::int64_t current_id = 0;
  std::string current_name{};
  double confidence = 0;             // percent
  bool rejected = false;             // a person said no
  std::vector<EvidenceView> evidence{};
};
BOOST_DESCRIBE_STRUCT(RivalView, (), (current_id, current_name, confidence, rejected, evidence))

/// What a record's people did, in a few figures, to be laid beside another's.
struct MiniHistory {
  std::int64_t total_visitas = 0;
  Pesos total_gastado = 0;
  Moment primera_visita{};
  Moment ultima_visita{};
  std::vector<std::string> servicios{};  // most often first, at most 3
};
BOOST_DESCRIBE_STRUCT(MiniHistory, (), (total_visitas, total_gastado, primera_visita, ultima_visita, servicios))

struct MatchExplanation {
  std::string legacy_id{};
  std::int64_t current_id = 0;
  std::optional<MappingView> mapping{};  // what the registry says of the pair, if anything
  LegacyRecord legacy_customer{};
  BasicInfo customer{};
  MiniHistory legacy_history{};          // of the record by itself
  MiniHistory customer_history{};        // of the customer without it
  double confidence = 0;                 // percent, by what is known now
  double log_odds = 0;                   // natural; the sum of the evidence: confidence = 100 / (1 + e^−log_odds)
  std::string summary{};
  std::vector<EvidenceView> evidence{};  // strongest first, what is no field's last
  std::vector<RivalView> rivals{};       // most likely first
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(MatchExplanation, (),
                      (legacy_id, current_id, mapping, legacy_customer, customer, legacy_history, customer_history, confidence, log_odds, summary, evidence, rivals))

}  // namespace aremko

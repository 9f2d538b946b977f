#pragma once
// Proposals in the shapes that the booking system's own client of this server reads: one guest's with an e-mail ready to
// be sent, a batch of them, and the sending, which is refused while this server sends nothing itself.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/profile.h"
#include "model/proposal.h"
#include "model/reactivation.h"
#include "operations/operation.h"

namespace aremko::operations {

/// Flat: its page shows one line a member. The first three are sentences in Spanish.
struct LetterInsights {
  std::string segmento{};
  std::string comportamiento{};
  std::string preferencias{};
  Segment segment = Segment::occasional;
  Pesos ltv = 0;
  Pesos avg_ticket = 0;
  std::string_view visit_frequency{};
  std::string_view churn_risk{};
  std::string_view upsell_potential{};
};
BOOST_DESCRIBE_STRUCT(LetterInsights, (),
                      (segmento, comportamiento, preferencias, segment, ltv, avg_ticket, visit_frequency, churn_risk,
                       upsell_potential))

/// A service of the offers.
struct Recommendation {
  std::string_view service_name{};
  std::string reason{};
  double confidence = 0;      // 0–1: how likely their next visit has it, from their visits so far
  Pesos estimated_price = 0;  // what is charged for the people and nights below
  std::int64_t servicio_id = 0;
  std::string_view unidad{};  // of the catalogue's price: por_persona, total, por_noche
  int personas = 0;           // 0: not said
  int noches = 0;             // of lodging
};
BOOST_DESCRIBE_STRUCT(Recommendation, (), (service_name, reason, confidence, estimated_price, servicio_id, unidad, personas, noches))

struct LetterOffer {
  std::string title{};
  std::string description{};
  std::optional<std::string> discount{};  // "15% descuento"; null: none
  Pesos precio_lista = 0;
  Pesos precio_oferta = 0;
  int personas = 0;           // whom all of it is for; 0: not said
  int noches = 0;             // of lodging
};
BOOST_DESCRIBE_STRUCT(LetterOffer, (), (title, description, discount, precio_lista, precio_oferta, personas, noches))

struct CustomerLetter {
  CustomerProfile customer_profile{};
  LetterInsights insights{};
  std::vector<Recommendation> recommendations{};  // each service once, the offer to lead with first
  std::optional<LetterOffer> offer{};             // null: nothing is sold that they might want
  std::optional<std::string> email_subject{};
  std::optional<std::string> email_body{};        // HTML of the checked message; null: no e-mail may be written to them
  std::optional<std::string> no_email_reason{};   // why it is null, in the caller's language
  std::vector<Channel> channels{};                // the ways that are open
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(CustomerLetter, (),
                      (customer_profile, insights, recommendations, offer, email_subject, email_body, no_email_reason,
                       channels))

struct LetterInput {
  std::int64_t customer_id = 0;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(LetterInput, (), (customer_id, as_of))
/// `conflict` for a staff account.
Result<CustomerLetter> customer_letter(Context& context, const LetterInput& input);

struct LetterSent {
  bool success = false;
  std::string message;
  std::string email_sent_to;
};
BOOST_DESCRIBE_STRUCT(LetterSent, (), (success, message, email_sent_to))
/// `conflict`, always: who must not be written to, and that nothing is sent from here yet.
Result<LetterSent> send_letter(Context& context, const LetterInput& input);

struct LetterBatchInput {
  std::optional<Segment> segment;
  std::int64_t limit = 100;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(LetterBatchInput, (), (segment, limit, as_of))

struct LetterBatch {
  std::int64_t total_generated = 0;       // those here
  std::int64_t total_found = 0;           // all in the segment who may get an e-mail
  std::int64_t left_out = 0;              // all in the segment who may not
  std::vector<CustomerLetter> proposals;  // most money first; without a segment, the highest reactivation priority
  Kept kept;
};
BOOST_DESCRIBE_STRUCT(LetterBatch, (), (total_generated, total_found, left_out, proposals))
Result<LetterBatch> letter_batch(Context& context, const LetterBatchInput& input);

/// The offer to lead with, in one line; nothing when nothing is sold that they might want.
std::optional<LetterOffer> offer_of(const ProposalFacts& facts);

/// A message as HTML: paragraphs and lines as it has them, and nothing in it that a browser would take for markup.
std::string html_of(std::string_view message);

std::vector<Operation> letter_operations();

}  // namespace aremko::operations

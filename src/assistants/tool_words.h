#pragma once
// What the tools say in words: each answer's text stands alone, for clients that show a model nothing else.

#include <string>
#include <string_view>

#include "assistants/tool_shapes.h"

namespace aremko::assistants {

/// What a segment means, in a sentence.
Text segment_meaning(Segment segment);

std::string summary_of(const GuestSearch& found, std::string_view language);
std::string summary_of(const GuestCard& card, std::string_view language);
std::string summary_of(const VisitList& list, std::string_view language);
std::string summary_of(const SegmentTable& table, std::string_view language);
std::string summary_of(const SegmentMembers& members, std::string_view language);
std::string summary_of(const InactiveList& list, std::string_view language);
std::string summary_of(const Catalogue& catalogue, std::string_view language);
std::string summary_of(const ProposalAnswer& answer, std::string_view language);

}  // namespace aremko::assistants

#pragma once
// The texts of an answer are views into the snapshot it was made from, so that a profile costs no copies.

#include <memory>
#include <optional>
#include <string_view>

namespace aremko {

/// Whoever hands an answer on puts the SnapshotPtr here and thereby keeps its texts alive. Not part of the JSON.
using Kept = std::shared_ptr<const void>;

/// A text that may be missing; null in JSON.
using MaybeText = std::optional<std::string_view>;

/// Missing when empty: the sources write both ways.
constexpr MaybeText maybe(std::string_view text) { return text.empty() ? MaybeText{} : MaybeText{text}; }

}  // namespace aremko

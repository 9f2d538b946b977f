#pragma once
// Lists that are walked page by page while the data move. A cursor seals the instant of the analysis, the snapshot, the
// question and the place: every page of one walk is of one list, or the walk is refused. An `offset` alone counts in
// whatever the data are by then.
//
// An Input has limit, offset, cursor and as_of; an Output version, next and next_cursor.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json_schema.h"
#include "operations/context.h"

namespace aremko::operations {

/// Where a page begins.
struct PageStart {
  AsOf as_of;
  std::size_t offset = 0;
  std::uint64_t question = 0;  // a hash of everything asked but the place and the instant
};

namespace detail {
Result<PageStart> page_start(const Context& context, std::uint64_t question, std::int64_t offset,
                             const std::optional<std::string>& cursor, const std::optional<Date>& day);
std::string cursor_at(const Context& context, const PageStart& start, std::int64_t offset);
std::uint64_t question_hash(const Context& context, std::string_view input, std::string_view json);
}  // namespace detail

/// `conflict`, the field being `cursor`, for one of another snapshot, `invalid` for one of another question.
template <class Input>
Result<PageStart> page_start(const Context& context, const Input& input) {
  Input asked = input;
  asked.limit = asked.offset = 0;
  asked.cursor.reset();
  asked.as_of.reset();
  const auto question = detail::question_hash(context, json::type_name<Input>(), json::to_json(asked));
  return detail::page_start(context, question, input.offset, input.cursor, input.as_of);
}

/// What a page says of the walk: its version, and the cursor behind `next`.
template <class Output>
void end_page(const Context& context, const PageStart& start, Output& out) {
  out.version = static_cast<std::int64_t>(context.snapshot().version());
  if (out.next) out.next_cursor = detail::cursor_at(context, start, *out.next);
}

Note cursor_note();

}  // namespace aremko::operations

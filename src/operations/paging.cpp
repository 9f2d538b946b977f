#include "operations/paging.h"

#include <array>
#include <charconv>

#include "base/text.h"

namespace aremko::operations {

namespace {

constexpr std::string_view mark = "p";

/// A cursor's numbers: snapshot version, when it was built (a version says nothing after a restart), the instant in
/// minutes, the place, the question.
using Parts = std::array<std::uint64_t, 5>;

std::optional<Parts> parts_of(std::string_view cursor) {
  if (!cursor.starts_with(mark)) return std::nullopt;
  const auto words = split(cursor.substr(mark.size()), '-');
  Parts out{};
  if (words.size() != out.size()) return std::nullopt;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto [end, code] = std::from_chars(words[i].data(), words[i].data() + words[i].size(), out[i], 16);
    if (code != std::errc{} || end != words[i].data() + words[i].size()) return std::nullopt;
  }
  return out;
}

Error not_ours() {
  return invalid_field("cursor", "No es un cursor de esta consulta: use el de la respuesta anterior, tal cual y con los mismos filtros.",
                       "It is no cursor of this question: use the previous answer's as it is, with the same filters.");
}

Error data_moved() {
  Error out = error(Code::conflict, "Los datos cambiaron desde la página anterior; empiece de nuevo, sin cursor.",
                    "The data changed since the previous page; begin again, without a cursor.");
  out.fields.push_back({"cursor", {"Es de datos anteriores.", "It is of earlier data."}});  // what a program can tell it by
  return out;
}

}  // namespace

namespace detail {

std::uint64_t question_hash(const Context& context, std::string_view input, std::string_view json) {
  return hash64(fmt::format("{}\n{}\n{}", context.tenant().name, input, json));
}

std::string cursor_at(const Context& context, const PageStart& start, std::int64_t offset) {
  return fmt::format("{}{:x}-{:x}-{:x}-{:x}-{:x}", mark, context.snapshot().version(),
                     static_cast<std::uint64_t>(context.snapshot().built_at()),
                     static_cast<std::uint32_t>(start.as_of.moment.minutes), offset, start.question);
}

Result<PageStart> page_start(const Context& context, std::uint64_t question, std::int64_t offset,
                             const std::optional<std::string>& cursor, const std::optional<Date>& day) {
  constexpr std::uint64_t most = 10'000'000;  // as offset_note() has it
  if (!cursor) return PageStart{context.as_of(day), static_cast<std::size_t>(offset), question};
  const auto parts = parts_of(*cursor);
  if (!parts || (*parts)[4] != question || (*parts)[3] > most) return fail(not_ours());
  const auto minutes = static_cast<std::int32_t>(static_cast<std::uint32_t>((*parts)[2]));
  const PageStart out{AsOf{Moment{minutes}}, static_cast<std::size_t>((*parts)[3]), question};
  if (offset != 0) return fail(invalid_field("offset", "No va junto con cursor.", "Not beside a cursor."));
  if (day && AsOf::end_of(*day) != out.as_of) return fail(not_ours());
  const auto& snapshot = context.snapshot();
  if ((*parts)[0] != snapshot.version() || (*parts)[1] != static_cast<std::uint64_t>(snapshot.built_at())) return fail(data_moved());
  return out;
}

}  // namespace detail

Note cursor_note() {
  return {.name = "cursor",
          .about = {"El `next_cursor` de la página anterior, con los mismos filtros: todas las páginas son de una misma lista. "
                    "Si los datos cambiaron, 409: empezar de nuevo.",
                    "The previous page's `next_cursor`, with the same filters: all pages are of one list. 409 when the data "
                    "changed: begin again."},
          .min = 1,
          .max = 200};
}

}  // namespace aremko::operations

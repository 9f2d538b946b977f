#include "sources/refusals.h"

#include <algorithm>

#include <fmt/format.h>

namespace aremko::sources {

namespace {

void count_refused(LoadReport& report, const RefusedReason& reason) {
  for (RefusedReason& known : report.refused_by) {
    if (known.code != reason.code || known.reason_es != reason.reason_es) continue;
    known.rows += reason.rows;
    return;
  }
  report.refused_by.push_back(reason);
}

}  // namespace

void refuse(LoadReport& report, std::string_view file, std::uint64_t line, const Reason& reason) {
  ++report.rows_refused;
  count_refused(report, {std::string(reason.code), std::string(reason.es), std::string(reason.en), 1});
  if (report.refused.size() >= max_refused_kept) return;
  report.refused.push_back({std::string(file), line, std::string(reason.code), std::string(reason.es),
                            std::string(reason.en)});
}

void merge(LoadReport& into, const LoadReport& part) {
  into.rows_read += part.rows_read;
  into.rows_kept += part.rows_kept;
  into.rows_refused += part.rows_refused;
  into.texts_repaired += part.texts_repaired;
  const std::size_t room = max_refused_kept - std::min(max_refused_kept, into.refused.size());
  into.refused.insert(into.refused.end(), part.refused.begin(),
                      part.refused.begin() + static_cast<std::ptrdiff_t>(std::min(room, part.refused.size())));
  for (const RefusedReason& reason : part.refused_by) count_refused(into, reason);
  const auto append = [](auto& all, const auto& more) { all.insert(all.end(), more.begin(), more.end()); };
  append(into.fields, part.fields);
  append(into.misplaced, part.misplaced);
  append(into.placeholder_days, part.placeholder_days);
  append(into.notes_es, part.notes_es);
}

void note_order(LoadReport& report, std::string_view column, const normalize::DateOrderVotes& votes, normalize::DateOrder usual) {
  constexpr std::uint64_t few = 3;  // fewer are not worth a word
  if (votes.undecided() < few) return;
  report.notes_es.push_back(fmt::format("{}: nada decide si va primero el día o el mes; {} fechas se leyeron como {}.", column,
                                        votes.undecided(), usual == normalize::DateOrder::day_first ? "día/mes" : "mes/día"));
}

void FieldCounts::note(std::string_view code, std::string_view field, std::uint64_t where, std::size_t most) {
  auto known = std::ranges::find_if(misplaced_, [&](const Misplaced& one) { return one.code == code && one.field == field; });
  if (known == misplaced_.end()) known = misplaced_.insert(misplaced_.end(), Misplaced{code, field});
  ++known->count;
  if (known->where.size() < most) known->where.push_back(where);
}

void FieldCounts::write(LoadReport& report) const {
  report.fields = fields_;
  report.misplaced = misplaced_;
}

void Doubts::merge(const Doubts& other) {
  for (const auto& [what, count] : other.counts_) {
    Count& known = counts_[what];
    known.count += count.count;
    for (const std::uint64_t row : count.rows) {
      if (known.rows.size() < max_rows) known.rows.push_back(row);
    }
  }
}

void Doubts::write_notes(LoadReport& report, std::string_view row_word) const {
  for (const auto& [what, count] : counts_) {
    const auto& rows = count.rows;
    std::string more;
    for (std::size_t i = 1; i < rows.size(); ++i) more += fmt::format("{}{}", i == 1 ? "; también " : ", ", rows[i]);
    if (count.count > rows.size()) more += " …";
    report.notes_es.push_back(
        fmt::format("{} ({} {}; primero: {} {}{}).", what, count.count, count.count == 1 ? "vez" : "veces", row_word, rows.front(), more));
  }
}

}  // namespace aremko::sources

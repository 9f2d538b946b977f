#include "operations/duplicates.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "analytics/history.h"
#include "analytics/profile.h"
#include "operations/actors.h"
#include "operations/context.h"
#include "operations/evidence_words.h"
#include "operations/examples.h"
#include "operations/mini_history.h"

namespace aremko::operations {

namespace {

using snapshot::Row;
using RowPair = std::pair<Row, Row>;

constexpr double pesos_a_visit = 50'000;
constexpr std::chrono::milliseconds long_patience{8'000}, moment{1'500};

RowPair in_order(Row one, Row other) { return {std::min(one, other), std::max(one, other)}; }

bool is_staff(const snapshot::Snapshot& snapshot, Row customer) {
  return (snapshot.customers().contact.flags[customer] & sources::is_staff) != 0;
}

MergeView view_of(const Context& context, const store::Merge& merge) {
  return {.id = merge.id, .kept_id = merge.kept_id, .other_id = merge.other_id(), .verdict = merge.verdict, .decided_by = merge.decided_by,
          .decided_by_name = std::string(actor_name(context, merge.decided_by).in(context.language())),
          .decided_at = context.tenant().zone->local(merge.decided_at), .reason = merge.note};
}

/// A pair of today's people that nobody has spoken of.
struct Pair {
  double worth = 0;
  Row kept = 0;
  Row other = 0;
  identity::Row engine_one = 0;
  identity::Row engine_other = 0;
  double confidence = 0;
  std::int64_t kept_id = 0;
  std::int64_t other_id = 0;

  auto place() const { return std::tuple(-worth, kept_id, other_id); }
};

class Finder {
 public:
  Finder(const Context& context, std::chrono::milliseconds longest)
      : context_(context), snapshot_(context.snapshot()), now_(context.as_of({})),
        standing_(context.store().merges().standing(context.tenant().name)),
        found_(context.tenant().duplicates.get(context.snapshot_ptr(), longest)) {
    for (const store::Merge& merge : standing_) {
      if (merge.verdict != MergeVerdict::different) continue;
      const auto one = snapshot_.customer_row(merge.first_id), other = snapshot_.customer_row(merge.second_id);
      if (one && other) different_.insert(in_order(*one, *other));
    }
  }

  bool ready() const { return found_ != nullptr; }
  const std::vector<store::Merge>& standing() const { return standing_; }

  /// Of everybody, or of one; what is worth most first.
  std::vector<Pair> pairs(std::optional<Row> of = {}) const {
    std::vector<Pair> out;
    if (!found_) return out;
    std::set<RowPair> seen;
    for (const identity::Candidate& candidate : found_->pairs.pairs()) {
      const auto one = snapshot_.customer_row(found_->ids[candidate.legacy]), other = snapshot_.customer_row(found_->ids[candidate.current]);
      if (!one || !other || *one == *other || (of && *of != *one && *of != *other)) continue;
      if (different_.contains(in_order(*one, *other)) || !seen.insert(in_order(*one, *other)).second) continue;
      out.push_back(pair_of(candidate, *one, *other));
    }
    std::ranges::sort(out, {}, &Pair::place);
    return out;
  }

  std::optional<Pair> pair_with(std::int64_t one_id, std::int64_t other_id) const {
    const auto one = found_ ? found_->row_of(one_id) : std::nullopt, other = found_ ? found_->row_of(other_id) : std::nullopt;
    const auto row = snapshot_.unmerged_row(one_id), other_row = snapshot_.unmerged_row(other_id);
    if (!one || !other || !row || !other_row) return std::nullopt;
    return pair_of({.legacy = std::min(*one, *other), .current = std::max(*one, *other)}, *snapshot_.customer_row(one_id), *snapshot_.customer_row(other_id));
  }

  DuplicateView view(const Pair& pair) const {
    const identity::Candidate found = found_->pairs.explain(pair.engine_one, pair.engine_other);
    const auto& names = snapshot_.customers().contact.nombre;
    const Names both{names[pair.kept], names[pair.other]};
    DuplicateView out{.kept = side(pair.kept), .other = side(pair.other), .confidence = found.confidence};
    for (const identity::Evidence& evidence : found.evidence) out.log_odds += evidence.log_odds;
    out.summary = std::string(summary_of(found, both).in(context_.language()));
    out.evidence = views_of(found, both, context_.language());
    out.worth = pair.worth;
    return out;
  }

 private:
  DuplicateSide side(Row row) const { return {analytics::basic_info(snapshot_, row), customer_history(snapshot_, row, now_, true)}; }

  Pair pair_of(const identity::Candidate& candidate, Row one, Row other) const {
    const auto history = [&](Row row) { return analytics::tally(snapshot_, snapshot_.person_of_customer(row), {.as_of = now_}); };
    const analytics::Tally a = history(one), b = history(other);
    const auto& ids = snapshot_.customers().id;
    const bool first = a.visits != b.visits ? a.visits > b.visits : ids[one] < ids[other];
    const auto hidden = [](const analytics::Tally& sums) {
      return 1 + static_cast<double>(sums.visits) + static_cast<double>(std::max<Pesos>(0, sums.spent)) / pesos_a_visit;
    };
    const Row kept = first ? one : other, less = first ? other : one;
    return {.worth = candidate.confidence / 100 * std::min(hidden(a), hidden(b)), .kept = kept, .other = less, .engine_one = candidate.legacy,
            .engine_other = candidate.current, .confidence = candidate.confidence, .kept_id = ids[kept], .other_id = ids[less]};
  }

  const Context& context_;
  const snapshot::Snapshot& snapshot_;
  AsOf now_;
  std::vector<store::Merge> standing_;
  DuplicatesFoundPtr found_;
  std::set<RowPair> different_;
};

/// "<worth>_<kept>_<other>": the last pair of the page before.
std::string cursor_of(const Pair& pair) { return fmt::format("{}_{}_{}", pair.worth, pair.kept_id, pair.other_id); }

std::optional<Pair> read_cursor(std::string_view text) {
  Pair out;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  const auto read = [&](auto& value) {
    const auto [rest, problem] = std::from_chars(at, end, value);
    if (problem != std::errc()) return false;
    at = rest;
    return true;
  };
  const auto mark = [&] { return at != end && *at++ == '_'; };
  if (!read(out.worth) || !mark() || !read(out.kept_id) || !mark() || !read(out.other_id) || at != end) return std::nullopt;
  return out;
}

void publish(const Context& context) {
  if (context.tenant().publish_links) static_cast<void>(context.tenant().publish_links(false));
}

std::optional<Error> no_customer(const Context& context, const char* field, std::int64_t id) {
  const auto row = context.snapshot().unmerged_row(id);
  if (!row) return invalid_field(field, fmt::format("No hay ningún cliente con id {}.", id), fmt::format("There is no customer with id {}.", id));
  if ((context.snapshot().unmerged_ptr()->customers.contact.flags[*row] & sources::is_staff) == 0) return std::nullopt;
  return invalid_field(field, "Es una cuenta del personal; no se une con nadie.", "It is a staff account; it is merged with nobody.");
}

/// The store's refusal, with whose word stands and since when.
Error refused(const Context& context, Error error, const DecideDuplicateInput& input) {
  const auto known = context.store().merges().of_pair(context.tenant().name, input.kept_id, input.other_id);
  if (error.code != Code::conflict || !known || known->verdict == MergeVerdict::undone) return error;
  const Text who = who_and_when(context, known->decided_by, known->decided_at);
  const bool same = known->verdict == MergeVerdict::same;
  error.detail = {fmt::format("Ya está decidido: {}, dijo {}. Deshaga aquello primero.", same ? "son la misma persona" : "son personas distintas", who.es),
                  fmt::format("It is decided already: {}, said {}. Undo that first.", same ? "one person" : "two people", who.en)};
  return error;
}

}  // namespace

Result<DuplicateList> list_duplicates(Context& context, const DuplicatesInput& input) {
  std::optional<Pair> from;
  if (input.cursor) {
    from = read_cursor(*input.cursor);
    if (!from) return fail(error(Code::malformed, "Ese cursor no es de esta lista.", "That cursor is none of this list's."));
  }
  const Finder finder(context, long_patience);
  DuplicateList out{.ready = finder.ready()};
  for (const store::Merge& merge : finder.standing()) ++(merge.verdict == MergeVerdict::same ? out.same : out.different);
  const auto pairs = finder.pairs();
  out.total = static_cast<std::int64_t>(pairs.size());
  auto at = from ? std::ranges::upper_bound(pairs, from->place(), {}, &Pair::place) : pairs.begin();
  for (; at != pairs.end() && static_cast<std::int64_t>(out.pairs.size()) < input.limit; ++at) out.pairs.push_back(finder.view(*at));
  if (at != pairs.end() && !out.pairs.empty()) out.next = cursor_of(*std::prev(at));
  out.kept = context.snapshot_ptr();
  return out;
}

Result<CustomerDuplicates> customer_duplicates(Context& context, const CustomerDuplicatesInput& input) {
  const auto row = context.customer(input.customer_id, context.as_of({}));
  if (!row) return fail(row.error());
  const snapshot::Snapshot& snapshot = context.snapshot();
  const Finder finder(context, moment);
  CustomerDuplicates out{.customer_id = snapshot.customers().id[*row], .ready = finder.ready()};
  if (!is_staff(snapshot, *row)) {
    auto pairs = finder.pairs(*row);
    std::ranges::sort(pairs, {}, [](const Pair& pair) { return std::tuple(-pair.confidence, pair.kept_id, pair.other_id); });
    for (const Pair& pair : pairs) out.pairs.push_back(finder.view(pair));
  }
  for (const store::Merge& merge : finder.standing()) {
    if (snapshot.customer_row(merge.first_id) == *row || snapshot.customer_row(merge.second_id) == *row) out.decisions.push_back(view_of(context, merge));
  }
  out.kept = context.snapshot_ptr();
  return out;
}

Result<DuplicateView> explain_duplicate(Context& context, const DuplicatePairInput& input) {
  const AsOf now = context.as_of({});
  for (const std::int64_t id : {input.customer_id, input.other_id}) {
    if (const auto row = context.customer(id, now); !row) return fail(row.error());
  }
  for (const auto& [field, id] : {std::pair("customer_id", input.customer_id), std::pair("other_id", input.other_id)}) {
    if (auto wrong = no_customer(context, field, id)) return fail(*std::move(wrong));
  }
  if (input.customer_id == input.other_id) return fail(invalid_field("other_id", "Es la misma ficha.", "It is the same customer."));
  const Finder finder(context, long_patience);
  const auto pair = finder.pair_with(input.customer_id, input.other_id);
  if (!pair) {
    Error soon = error(Code::unavailable, "La comparación de fichas se está preparando; inténtelo de nuevo.",
                       "The comparison of customers is being prepared; try again.");
    soon.retry_after_s = 5;
    return fail(std::move(soon));
  }
  DuplicateView out = finder.view(*pair);
  if (const auto known = context.store().merges().of_pair(context.tenant().name, input.customer_id, input.other_id);
      known && known->verdict != MergeVerdict::undone) {
    out.decision = view_of(context, *known);
  }
  return out;
}

Result<MergeView> decide_duplicate(Context& context, const DecideDuplicateInput& input) {
  if (auto wrong = no_customer(context, "kept_id", input.kept_id)) return fail(*std::move(wrong));
  if (auto wrong = no_customer(context, "other_id", input.other_id)) return fail(*std::move(wrong));
  const MergeVerdict verdict = input.verdict == DuplicateVerdict::same ? MergeVerdict::same : MergeVerdict::different;
  const auto made = context.store().merges().decide(context.tenant().name, input.kept_id, input.other_id, verdict, context.principal().key_id,
                                                    input.reason.value_or(""), context.now());
  if (!made) return fail(refused(context, made.error(), input));
  publish(context);
  return view_of(context, *made);
}

Result<MergeView> undo_duplicate(Context& context, const UndoDuplicateInput& input) {
  const auto undone = context.store().merges().undo(context.tenant().name, input.merge_id, context.principal().key_id,
                                                    input.reason.value_or(""), context.now());
  if (!undone) return fail(undone.error());
  publish(context);
  return view_of(context, *undone);
}

}  // namespace aremko::operations

#include "identity/linker.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/text.h"
#include "normalize/text.h"

namespace aremko::identity {

namespace {

double logit(double probability) { return std::log(probability / (1 - probability)); }

// The contract's weights of one identifier alone.
const double phone_alone = logit(0.90);
const double email_alone = logit(0.85);
const double rut_alone = logit(0.95);
const double common_name_alone = logit(0.50);
const double rare_name_alone = logit(0.70);

// What further evidence adds to, or takes from, the strongest identifier. Dependent identifiers (the same hand typed
// both) count for less than their own weight.
constexpr double further_identifier_share = 0.75;
const double common_name_beside = logit(0.95) - logit(0.90);  // the contract's María: phone and name give 95
constexpr double rare_name_beside = 2.5;
constexpr double partial_name_beside = 0.9;
constexpr double similar_name_beside = 0.8;
constexpr double shared_word_against = -2.5;     // family on one phone
constexpr double different_name_against = -3.5;  // a recycled number
constexpr double rut_against = -4.5;             // two valid RUTs that differ are two people
constexpr double phone_against = -0.4;           // people change phones
constexpr double city_for = 0.3;

// A value on more current customers than this identifies nobody; it also bounds the work.
constexpr std::size_t block_limit = 50;
// A full name that more current customers bear than this cannot point to one of them.
constexpr std::size_t namesake_limit = 8;
constexpr std::size_t candidate_limit = 50;
constexpr double highest = 99;  // 100 is for a RUT and an agreeing name

std::string sorted_name(std::string_view folded) {
  auto words = name_words(folded);
  std::ranges::sort(words);
  std::string out;
  for (const std::string_view word : words) {
    out += word;
    out += ' ';
  }
  return out;
}

}  // namespace

Linker::Linker(std::span<const Record> current, std::span<const Record> legacy) : current_(current), legacy_(legacy) {
  folded_current_.reserve(current.size());
  folded_legacy_.reserve(legacy.size());
  for (const Record& record : current) folded_current_.push_back(normalize::fold(record.nombre));
  for (const Record& record : legacy) folded_legacy_.push_back(normalize::fold(record.nombre));
  records_ = static_cast<double>(current.size() + legacy.size());
  for (const auto* side : {&folded_current_, &folded_legacy_}) {
    for (const std::string& name : *side) {
      for (const std::string_view word : name_words(name)) ++word_count_[word];
    }
  }
  for (std::size_t field = 0; field < field_count; ++field) {
    for (Row row = 0; row < current_.size(); ++row) {
      if (current_[row].excluded) continue;
      const std::uint64_t key = key_of(static_cast<Field>(field), current_[row], folded_current_[row]);
      if (key != 0) by_[field].push_back({key, row});
    }
    std::ranges::sort(by_[field], {}, [](const Keyed& entry) { return std::pair(entry.hash, entry.row); });
  }
  count_names_by_contact();
}

// How many different given names stand on one phone or e-mail, over both sides.
void Linker::count_names_by_contact() {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> pairs;  // contact, given name
  const auto collect = [&](std::span<const Record> side, const std::vector<std::string>& names) {
    for (std::size_t row = 0; row < side.size(); ++row) {
      const auto words = name_words(names[row]);
      if (words.empty()) continue;
      for (const Field field : {Field::phone, Field::email}) {
        const std::uint64_t key = key_of(field, side[row], names[row]);
        if (key != 0) pairs.emplace_back(key, hash64(words.front()));
      }
    }
  };
  collect(current_, folded_current_);
  collect(legacy_, folded_legacy_);
  std::ranges::sort(pairs);
  const auto unique = std::ranges::unique(pairs);
  pairs.erase(unique.begin(), unique.end());
  for (std::size_t from = 0; from < pairs.size();) {
    std::size_t to = from;
    while (to < pairs.size() && pairs[to].first == pairs[from].first) ++to;
    if (to - from > 1) names_of_contact_[pairs[from].first] = static_cast<std::uint32_t>(to - from);
    from = to;
  }
}

std::uint64_t Linker::key_of(Field field, const Record& record, std::string_view folded_name) const {
  const auto hashed = [field](std::string_view value) {
    return value.empty() ? 0 : hash64(value, static_cast<std::uint64_t>(field) + 1) | 1U;
  };
  switch (field) {
    case Field::phone: return hashed(record.telefono);
    case Field::email: return hashed(record.email);
    case Field::rut: return hashed(record.documento);
    case Field::name: return hashed(sorted_name(folded_name));
  }
  return 0;
}

std::span<const Linker::Keyed> Linker::rows_with(Field field, std::uint64_t hash) const {
  const auto& index = by_[static_cast<std::size_t>(field)];
  const auto range = std::ranges::equal_range(index, hash, {}, &Keyed::hash);
  return {range.begin(), range.end()};
}

double Linker::name_rarity(const std::vector<std::string_view>& words) const {
  // -ln of the chance that a random record bears these words, were they independent: about 6 for María González
  // among 28,000 people, 20 for two words nobody else has.
  double surprise = 0;
  for (const std::string_view word : words) {
    const auto found = word_count_.find(word);
    const double count = found == word_count_.end() ? 1 : found->second;
    surprise += std::log(std::max(1.0, records_ / count));
  }
  constexpr double common = 6.5;
  constexpr double rare = 20;
  const double share = std::clamp((surprise - common) / (rare - common), 0.0, 1.0);
  return share * share;
}

std::string_view Linker::folded(bool is_current, Row row) const {
  return is_current ? folded_current_[row] : folded_legacy_[row];
}

double Linker::contact_weight(std::uint64_t hash, double alone) const {
  const auto shared = names_of_contact_.find(hash);
  return shared == names_of_contact_.end() ? alone : alone - std::log(static_cast<double>(shared->second));
}

void Linker::weigh_name(Candidate& out, bool has_identifier) const {
  const auto a = name_words(folded(false, out.legacy));
  const auto b = name_words(folded(true, out.current));
  const double rarity = name_rarity(a.size() <= b.size() ? a : b);
  switch (compare_names(a, b)) {
    case NameLevel::missing: return;
    case NameLevel::exact:
      out.evidence.push_back({"name_exact", has_identifier
          ? common_name_beside + rarity * (rare_name_beside - common_name_beside)
          : common_name_alone + rarity * (rare_name_alone - common_name_alone)});
      return;
    case NameLevel::partial: out.evidence.push_back({"name_partial", partial_name_beside}); return;
    case NameLevel::similar: out.evidence.push_back({"name_similar", similar_name_beside}); return;
    case NameLevel::shares: out.evidence.push_back({"name_conflict", shared_word_against}); return;
    case NameLevel::different: out.evidence.push_back({"name_conflict", different_name_against}); return;
  }
}

Candidate Linker::weigh(Row legacy, Row current) const {
  Candidate out{.legacy = legacy, .current = current};
  const Record& a = legacy_[legacy];
  const Record& b = current_[current];

  struct Identifier {
    std::string_view reason;
    double weight;
  };
  std::vector<Identifier> agreeing;
  if (!a.documento.empty() && a.documento == b.documento) agreeing.push_back({"rut_exact", rut_alone});
  if (!a.telefono.empty() && a.telefono == b.telefono) {
    agreeing.push_back({"phone_exact", contact_weight(key_of(Field::phone, a, {}), phone_alone)});
  }
  if (!a.email.empty() && a.email == b.email) {
    agreeing.push_back({"email_exact", contact_weight(key_of(Field::email, a, {}), email_alone)});
  }
  std::ranges::sort(agreeing, std::ranges::greater{}, &Identifier::weight);
  for (std::size_t i = 0; i < agreeing.size(); ++i) {
    const double share = i == 0 ? 1.0 : further_identifier_share;
    out.evidence.push_back({agreeing[i].reason, agreeing[i].weight * share});
  }

  weigh_name(out, !agreeing.empty());
  if (!a.documento.empty() && !b.documento.empty() && a.documento != b.documento) {
    out.evidence.push_back({"rut_conflict", rut_against});
  }
  if (!a.telefono.empty() && !b.telefono.empty() && a.telefono != b.telefono) {
    out.evidence.push_back({"phone_conflict", phone_against});
  }
  if (!a.ciudad.empty() && a.ciudad == b.ciudad) out.evidence.push_back({"city_match", city_for});
  return out;
}

std::vector<Candidate> Linker::candidates(Row legacy) const {
  const Record& record = legacy_[legacy];
  std::vector<Row> rows;
  if (!record.excluded) {
    for (std::size_t field = 0; field < field_count; ++field) {
      const std::uint64_t key = key_of(static_cast<Field>(field), record, folded_legacy_[legacy]);
      if (key == 0) continue;
      const auto found = rows_with(static_cast<Field>(field), key);
      if (found.size() > (static_cast<Field>(field) == Field::name ? namesake_limit : block_limit)) continue;
      for (const Keyed& entry : found) rows.push_back(entry.row);
    }
  }
  std::ranges::sort(rows);
  const auto unique = std::ranges::unique(rows);
  rows.erase(unique.begin(), unique.end());

  std::vector<Candidate> out;
  std::vector<double> odds;
  double all_odds = 1;
  for (const Row row : rows) {
    out.push_back(weigh(legacy, row));
    double sum = 0;
    for (const Evidence& evidence : out.back().evidence) sum += evidence.log_odds;
    odds.push_back(std::exp(sum));
    all_odds += odds.back();
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto has = [&](std::string_view reason) {
      return std::ranges::find(out[i].evidence, reason, &Evidence::reason) != out[i].evidence.end();
    };
    const double limit = has("rut_exact") && has("name_exact") ? 100 : highest;
    out[i].confidence = std::min(limit, std::round(100 * odds[i] / all_odds));
  }
  std::ranges::sort(out, {}, [](const Candidate& it) { return std::pair(-it.confidence, it.current); });
  if (out.size() > candidate_limit) out.resize(candidate_limit);
  return out;
}

std::vector<Candidate> Linker::links() const {
  std::vector<Candidate> out;
  for (Row row = 0; row < legacy_.size(); ++row) {
    auto found = candidates(row);
    if (!found.empty() && found.front().confidence >= medium_confidence) out.push_back(std::move(found.front()));
  }
  return out;
}

}  // namespace aremko::identity

// Which rows are one person's, and which contact values somebody has closed.
#include <algorithm>

#include "base/text.h"
#include "identity/given_names.h"
#include "normalize/email.h"
#include "normalize/text.h"
#include "snapshot/radix_sort.h"
#include "snapshot/stages.h"

namespace aremko::snapshot {

namespace {

constexpr std::size_t most_sharing = 4;  // a value that more rows bear is a front desk's or an agency's
enum Kind : std::uint64_t { phone = 1, email = 2, document = 3 };

/// 48 bits that tell a value of a kind from others; 0 for none. They sort in six passes.
std::uint64_t key_of(Kind kind, std::string_view text) {
  return text.empty() ? 0 : ((hash64(text) ^ (kind * 0x9E3779B97F4A7C15ULL)) >> 16) | 1U;
}

/// One mailbox in every spelling. Most addresses are their own key, and need no text made for it.
std::uint64_t mailbox_of(std::string_view address) {
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos) return 0;
  const bool plain = address.substr(0, at).find_first_of("+.") == std::string_view::npos && !address.ends_with("@googlemail.com");
  return key_of(email, plain ? address : std::string_view(normalize::mailbox_key(address)));
}

/// "Rosa Oyarzo" and "Rosa O.", and "María José Soto" of "Soto, María José"; not "María Paz Soto", nor "Rosa Oyarzo" of "Luis Oyarzo".
bool one_name(std::string_view a, std::string_view b) {
  return !identity::other_given_name(normalize::fold(a), normalize::fold(b));
}

/// Rows joined with each other, by the first of them. Takes memory once two are joined.
class Joined {
 public:
  explicit Joined(Row rows) : rows_(rows) {}
  void join(Row a, Row b) {
    if (parent_.empty()) {
      parent_.resize(rows_);
      for (Row row = 0; row < rows_; ++row) parent_[row] = row;
    }
    const Row first = std::min(root(a), root(b));
    const Row second = std::max(root(a), root(b));
    parent_[second] = first;
  }
  RowSets sets() && {
    RowSets out;
    if (parent_.empty()) return out;
    std::vector<Row> number(rows_, no_row);
    Row count = 0;
    out.set_of.assign(rows_, no_row);
    for (Row row = 0; row < rows_; ++row) {
      const Row first = root(row);
      if (first == row) continue;  // alone, or the first, who joins with the second
      if (number[first] == no_row) out.set_of[first] = number[first] = count++;
      out.set_of[row] = number[first];
    }
    out.members = group_rows(out.set_of, count);
    return out;
  }

 private:
  Row root(Row row) {
    while (parent_[row] != row) row = parent_[row] = parent_[parent_[row]];
    return row;
  }
  Row rows_;
  std::vector<Row> parent_;
};

class Ties {
 public:
  Ties(const sources::CurrentBatch& batch, const LegacyPeople& legacy, const RowGroups& legacy_of,
       const sources::CustomerColumns& unmerged, std::span<const MergedRow> merged)
      : batch_(batch), legacy_(legacy), legacy_of_(legacy_of), unmerged_(unmerged), merged_(merged), ties_(batch.customers.size()), twins_(batch.customers.size()) {}

  PersonTies make() && {
    collect();
    close_values();
    tie();
    join_twins();
    out_.ties = std::move(ties_).sets();
    out_.twins = std::move(twins_).sets();
    return std::move(out_);
  }

 private:
  void add(Row customer, std::uint8_t flags, std::string_view telefono, std::string_view mail, std::string_view documento) {
    if ((flags & sources::phone_valid) != 0) keys_.push_back({key_of(phone, telefono), customer});
    if ((flags & sources::email_valid) != 0) keys_.push_back({mailbox_of(mail), customer});
    if ((flags & sources::rut_valid) != 0) keys_.push_back({key_of(document, documento), customer});
  }

  void collect() {
    const sources::ContactColumns& contact = batch_.customers.contact;
    keys_.reserve(std::size_t{2} * contact.size());
    for (Row row = 0; row < contact.size(); ++row) {
      add(row, contact.flags[row], contact.telefono[row], contact.email[row], contact.documento[row]);
      for (const Row tied : legacy_of_.of(row)) {
        add(row, legacy_.flags(tied), legacy_.telefono(tied), legacy_.email(tied), legacy_.documento(tied));
      }
    }
    if (merged_.empty()) return;
    const sources::ContactColumns& was = unmerged_.contact;
    for (const MergedRow& one : merged_) add(one.customer, was.flags[one.was], was.telefono[one.was], was.email[one.was], was.documento[one.was]);
    std::ranges::stable_sort(keys_, {}, &KeyedRow::row);
  }

  /// What somebody's row or a list closes is closed for whoever has it.
  void close_values() {
    close_values(batch_.customers);
    if (!merged_.empty()) close_values(unmerged_);
    for (const sources::RefusedEmail& refused : batch_.refused_emails) {
      closed_.emplace_back(mailbox_of(refused.email), refused.until.known() ? refused.until : PersonTies::for_ever);
    }
    std::ranges::sort(closed_);
  }

  void close_values(const sources::CustomerColumns& customers) {
    constexpr std::uint16_t all = sources::refuses_promotion | sources::refuses_everything;
    for (Row row = 0; row < customers.size(); ++row) {
      const std::uint8_t flags = customers.contact.flags[row];
      const std::uint16_t refused = customers.refusals[row];
      const bool no_phone = (flags & sources::opted_out) != 0 || (refused & (sources::refuses_whatsapp | all)) != 0;
      const bool no_email = (refused & (sources::refuses_email | all)) != 0;
      if (no_phone && (flags & sources::phone_valid) != 0) {
        closed_.emplace_back(key_of(phone, customers.contact.telefono[row]), PersonTies::for_ever);
      }
      if (no_email && (flags & sources::email_valid) != 0) {
        closed_.emplace_back(mailbox_of(customers.contact.email[row]), PersonTies::for_ever);
      }
    }
  }

  /// Until when a value is closed; unknown when it is not.
  Moment closed_until(std::uint64_t key) const {
    const auto last = std::upper_bound(closed_.begin(), closed_.end(), std::pair(key, PersonTies::for_ever));
    return last != closed_.begin() && std::prev(last)->first == key ? std::prev(last)->second : Moment{};
  }

  void close(Row customer, std::uint64_t key) {
    if (closed_.empty() || key == 0) return;
    const Moment until = closed_until(key);
    if (!until.known()) return;
    const auto put = [&](std::vector<Moment>& column) {
      if (column.empty()) column.resize(batch_.customers.size());
      column[customer] = std::max(column[customer], until);
    };
    // A key says not which kind it is; the row's own values do.
    const sources::ContactColumns& contact = batch_.customers.contact;
    bool is_phone = key == key_of(phone, contact.telefono[customer]);
    for (const Row tied : legacy_of_.of(customer)) is_phone = is_phone || key == key_of(phone, legacy_.telefono(tied));
    for (const MergedRow& one : merged_) {
      is_phone = is_phone || (one.customer == customer && key == key_of(phone, unmerged_.contact.telefono[one.was]));
    }
    put(is_phone ? out_.phone_closed : out_.email_closed);
  }

  void tie() {
    radix_sort(keys_);
    for (std::size_t from = 0; from < keys_.size();) {
      std::size_t to = from;
      rows_.clear();
      for (; to < keys_.size() && keys_[to].key == keys_[from].key; ++to) {
        if (rows_.empty() || rows_.back() != keys_[to].row) rows_.push_back(keys_[to].row);
      }
      for (const Row row : rows_) close(row, keys_[from].key);
      if (keys_[from].key != 0 && rows_.size() > 1 && rows_.size() <= most_sharing) join_rows();
      from = to;
    }
  }

  void join_rows() {
    const auto& names = batch_.customers.contact.nombre;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (std::size_t j = i + 1; j < rows_.size(); ++j) {
        ties_.join(rows_[i], rows_[j]);
        if (one_name(names[rows_[i]], names[rows_[j]])) alike_.emplace_back(rows_[i], rows_[j]);
      }
    }
  }

  /// A row's RUT, or one of a legacy record that is tied to it; empty when none is valid.
  std::string_view rut_of(Row customer) const {
    const sources::ContactColumns& contact = batch_.customers.contact;
    if ((contact.flags[customer] & sources::rut_valid) != 0) return contact.documento[customer];
    for (const Row tied : legacy_of_.of(customer)) {
      if ((legacy_.flags(tied) & sources::rut_valid) != 0) return legacy_.documento(tied);
    }
    return {};
  }

  /// Two people never become one through a third row that could be either's: where a group holds two RUTs, or two given names
  /// that contradict each other, only rows of one RUT, or of one and the same name without any, are one person.
  void join_twins() {
    Joined groups(batch_.customers.size());
    for (const auto& [a, b] : alike_) groups.join(a, b);
    const RowSets sets = std::move(groups).sets();
    for (const auto& [a, b] : alike_) {
      const auto members = sets.of(a);
      const bool agreed = std::ranges::all_of(members, [&](Row row) { return agree(members, row); });
      if (agreed || sure(a, b)) twins_.join(a, b);
    }
  }

  bool agree(std::span<const Row> members, Row row) const {
    const auto& names = batch_.customers.contact.nombre;
    const std::string_view rut = rut_of(row);
    return std::ranges::all_of(members, [&](Row other) {
      const std::string_view theirs = rut_of(other);
      return other == row || ((rut.empty() || theirs.empty() || rut == theirs) && one_name(names[row], names[other]));
    });
  }

  bool sure(Row a, Row b) const {
    const auto& names = batch_.customers.contact.nombre;
    const std::string_view rut = rut_of(a);
    return rut == rut_of(b) && (!rut.empty() || normalize::fold(names[a]) == normalize::fold(names[b]));
  }

  const sources::CurrentBatch& batch_;
  const LegacyPeople& legacy_;
  const RowGroups& legacy_of_;
  const sources::CustomerColumns& unmerged_;
  std::span<const MergedRow> merged_;
  std::vector<std::pair<Row, Row>> alike_;  // share a value, and bear one name
  Joined ties_;
  Joined twins_;
  std::vector<KeyedRow> keys_;  // of the customers in order, so that equal keys stay in order of rows
  std::vector<std::pair<std::uint64_t, Moment>> closed_;
  std::vector<Row> rows_;
  PersonTies out_;
};

}  // namespace

PersonTies person_ties(const sources::CurrentBatch& batch, const LegacyPeople& legacy, const RowGroups& legacy_of,
                       const sources::CustomerColumns& unmerged, std::span<const MergedRow> merged) {
  return Ties(batch, legacy, legacy_of, unmerged, merged).make();
}

}  // namespace aremko::snapshot

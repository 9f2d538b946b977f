#pragma once
// What data_health is put together from. For this room alone.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/data_health.h"
#include "identity/column_signature.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics::health {

using snapshot::Row;

/// A finding with the words that belong to its code; `code` is one of data_health_texts.cpp.
Finding finding(std::string_view code, Severity severity, std::string_view source, std::string_view column,
                std::int64_t count, std::int64_t of);

/// One source's people as identity looks at them: what is not valid is empty, and staff have nothing at all.
class ContactView {
 public:
  ContactView(std::string_view source, IdKind id_kind, const sources::ContactColumns& columns,
              const sources::LoadReport& report, std::function<std::string(Row)> id);

  std::string_view source() const { return source_; }
  IdKind id_kind() const { return id_kind_; }
  /// Line numbers of a file, row ids of a table: what the load report's numbers are.
  IdKind where_kind() const { return id_kind_ == IdKind::legacy_id ? IdKind::line : IdKind::customer_id; }
  const sources::ContactColumns& columns() const { return columns_; }
  const sources::LoadReport& report() const { return report_; }
  std::string id(Row row) const { return id_(row); }
  std::int64_t people() const { return people_; }
  bool staff(Row row) const { return (columns_.flags[row] & sources::is_staff) != 0; }
  bool has(Row row, std::uint8_t flag) const { return !staff(row) && (columns_.flags[row] & flag) != 0; }

  const identity::Numbered& names() const { return names_; }
  const identity::Numbered& phones() const { return phones_; }
  const identity::Numbered& emails() const { return emails_; }
  const identity::Numbered& ruts() const { return ruts_; }
  const identity::Numbered& cities() const { return cities_; }
  /// Row by row, as a witness wants them.
  const std::vector<std::string_view>& name_texts() const { return name_texts_; }
  const std::vector<std::string_view>& phone_texts() const { return phone_texts_; }
  const std::vector<std::string_view>& email_texts() const { return email_texts_; }

 private:
  std::string_view source_;
  IdKind id_kind_;
  const sources::ContactColumns& columns_;
  const sources::LoadReport& report_;
  std::function<std::string(Row)> id_;
  std::int64_t people_ = 0;
  sources::TextColumn folded_;         // what names are views of
  sources::TextColumn folded_cities_;
  std::vector<std::string_view> name_texts_, phone_texts_, email_texts_;
  identity::Numbered names_, phones_, emails_, ruts_, cities_;
};

/// The part of DataHealth that one source makes.
struct SourcePart {
  std::vector<Finding> findings{};
  std::vector<ColumnHealth> columns{};
  SourceHealthReport report{};
};

/// `witness` is another source's people, or null.
SourcePart contacts(const ContactView& view, const ContactView* witness);
/// `live`: rows that are sales of the current database.
SourcePart services(const sources::LegacyServicesBatch& batch, const ContactView* witness, std::int64_t live = 0);

/// Consent that exists and cannot be read, a finding for each channel it closes. After the source's own counts.
void consent_findings(const sources::CurrentBatch& batch, SourcePart& out);

/// Refused rows, repaired texts, misplaced values, placeholder dates, notes: what every load report tells.
void report_findings(const sources::LoadReport& report, std::int64_t rows, IdKind where, SourcePart& out);

/// A signature's finding and the values strangers share, into `out`; the column's health takes the measures.
/// `ids` names a row; empty where rows have no id of their own.
void signature_findings(identity::ColumnSignature signature, const std::function<std::string(Row)>& ids, IdKind id_kind,
                        ColumnHealth& column, SourcePart& out);

/// The counted field of that name, or zeros.
sources::FieldCount field_of(const sources::LoadReport& report, std::string_view name);

inline Severity by_share(std::int64_t count, std::int64_t of, double medium, double high) {
  const double share = of == 0 ? 0 : static_cast<double>(count) / static_cast<double>(of);
  return share >= high ? Severity::high : share >= medium ? Severity::medium : Severity::low;
}

}  // namespace aremko::analytics::health

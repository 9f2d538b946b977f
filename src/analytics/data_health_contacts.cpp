// A source of people: the current database's customers, or the legacy customers file.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "analytics/data_health_parts.h"
#include "identity/duplicates.h"
#include "normalize/email.h"
#include "normalize/rut.h"
#include "normalize/text.h"

namespace aremko::analytics::health {

ContactView::ContactView(std::string_view source, IdKind id_kind, const sources::ContactColumns& columns,
                         const sources::LoadReport& report, std::function<std::string(Row)> id)
    : source_(source), id_kind_(id_kind), columns_(columns), report_(report), id_(std::move(id)) {
  const Row rows = columns.size();
  folded_.reserve(rows, std::size_t{rows} * 20);
  folded_cities_.reserve(rows, std::size_t{rows} * 12);
  std::string folded;
  for (Row row = 0; row < rows; ++row) {
    const bool nobody = staff(row);
    people_ += nobody ? 0 : 1;
    normalize::fold_into(folded, nobody ? std::string_view{} : columns.nombre[row]);
    folded_.push(folded);
    normalize::fold_into(folded, nobody ? std::string_view{} : columns.ciudad[row]);
    folded_cities_.push(folded);
  }
  std::vector<std::string_view> rut_texts, city_texts;
  for (auto* const column : {&name_texts_, &phone_texts_, &email_texts_, &rut_texts, &city_texts}) column->reserve(rows);
  const auto when = [&](Row row, std::uint8_t flag, const sources::TextColumn& column) {
    return has(row, flag) ? column[row] : std::string_view{};
  };
  for (Row row = 0; row < rows; ++row) {
    name_texts_.push_back(folded_[row]);
    phone_texts_.push_back(when(row, sources::phone_valid, columns.telefono));
    email_texts_.push_back(when(row, sources::email_valid, columns.email));
    rut_texts.push_back(when(row, sources::rut_valid, columns.documento));
    city_texts.push_back(folded_cities_[row]);
  }
  names_ = identity::number(name_texts_);
  phones_ = identity::number(phone_texts_);
  emails_ = identity::number(email_texts_);
  ruts_ = identity::number(rut_texts);
  cities_ = identity::number(city_texts);
}

namespace {

std::int64_t whole(std::uint64_t count) { return static_cast<std::int64_t>(count); }

std::int64_t in_use(const identity::Numbered& column) {
  return std::ranges::count_if(column.rows, [](std::uint32_t number) { return number != 0; });
}

/// Rows of one kind: how many, and the first ones.
struct Tally {
  std::int64_t count = 0;
  std::vector<std::string> ids{};
  void add(const ContactView& view, Row row) {
    ++count;
    if (ids.size() < finding_ids) ids.push_back(view.id(row));
  }
};

class Contacts {
 public:
  Contacts(const ContactView& view, const ContactView* witness) : view_(view), witness_(witness) {}

  SourcePart run() {
    out_.report.source = view_.source();
    report_findings(view_.report(), view_.people(), view_.where_kind(), out_);
    columns();
    rows();
    reused_ruts();
    duplicates();
    return std::move(out_);
  }

 private:
  ColumnHealth& column(std::string_view name, const identity::Numbered& values, std::int64_t kept) {
    const sources::FieldCount counted = field_of(view_.report(), name);
    const std::int64_t used = in_use(values);
    ColumnHealth health{.source = out_.report.source, .column = std::string(name), .rows = view_.people()};
    // A batch made by hand has no counts; then what was kept is all there is to count. Staff and rows refused later
    // were counted while reading.
    health.filled = std::min(view_.people(), counted.filled > 0 ? whole(counted.filled) : kept);
    health.valid = std::min(health.filled, counted.filled > 0 ? whole(counted.valid) : used);
    health.in_use = used;
    health.distinct = whole(values.distinct());
    if (health.filled == 0 && health.rows > 0) {
      out_.findings.push_back(finding("empty_column", Severity::low, health.source, name, health.rows, health.rows));
    }
    return out_.columns.emplace_back(std::move(health));
  }

  std::int64_t kept(const sources::TextColumn& texts) const {
    std::int64_t count = 0;
    for (Row row = 0; row < texts.size(); ++row) count += !view_.staff(row) && !texts[row].empty();
    return count;
  }

  void signature(const identity::Numbered& values, const std::vector<std::string_view>* known, ColumnHealth& health) {
    identity::Witness witness;
    if (known != nullptr) witness = {witness_->name_texts(), *known};
    signature_findings(identity::column_signature(values, view_.names(), known == nullptr ? nullptr : &witness),
                       [this](Row row) { return view_.id(row); }, view_.id_kind(), health, out_);
  }

  void columns() {
    const sources::ContactColumns& texts = view_.columns();
    column("nombre", view_.names(), in_use(view_.names()));
    signature(view_.phones(), witness_ == nullptr ? nullptr : &witness_->phone_texts(),
              column("telefono", view_.phones(), kept(texts.telefono)));
    signature(view_.emails(), witness_ == nullptr ? nullptr : &witness_->email_texts(),
              column("email", view_.emails(), kept(texts.email)));
    column("documento_identidad", view_.ruts(), kept(texts.documento));
    column("ciudad", view_.cities(), kept(texts.ciudad));
    out_.report.with_phone = in_use(view_.phones());
    out_.report.with_email = in_use(view_.emails());
    out_.report.with_rut = in_use(view_.ruts());
    out_.report.with_city = in_use(view_.cities());
    const sources::FieldCount created = field_of(view_.report(), "created_on");
    if (created.filled > created.valid) {
      const std::int64_t wrong = whole(created.filled - created.valid);
      out_.findings.push_back(finding("invalid_date", by_share(wrong, whole(created.filled), 0.05, 2), out_.report.source,
                                      "created_on", wrong, whole(created.filled)));
    }
  }

  void push(std::string_view code, std::string_view column_name, Tally tally, double medium, double high = 2) {
    if (tally.count == 0) return;
    Finding found = finding(code, by_share(tally.count, view_.people(), medium, high), out_.report.source, column_name,
                            tally.count, view_.people());
    found.id_kind = view_.id_kind();
    found.ids = std::move(tally.ids);
    out_.findings.push_back(std::move(found));
  }

  /// What single rows show.
  void rows() {
    Tally bad_phone, rut_in_phone, email_in_phone, bad_email, wrong_digit, placeholder, other, no_name, no_contact, no_date;
    const std::array<Date, 3> nothing{Date::of(1900, 1, 1), Date::of(1970, 1, 1), Date::of(2000, 1, 1)};
    const sources::ContactColumns& texts = view_.columns();
    for (Row row = 0; row < texts.size(); ++row) {
      if (view_.staff(row)) continue;
      const std::uint8_t flags = texts.flags[row];
      const bool phone = (flags & sources::phone_valid) != 0, email = (flags & sources::email_valid) != 0;
      if (!phone && !texts.telefono[row].empty()) {
        if (normalize::rut(texts.telefono[row]).kind == normalize::RutKind::valid) rut_in_phone.add(view_, row);
        else if (normalize::email(texts.telefono[row]).valid) email_in_phone.add(view_, row);
        else bad_phone.add(view_, row);
      }
      if (!email && !texts.email[row].empty()) bad_email.add(view_, row);
      if ((flags & sources::rut_valid) == 0 && !texts.documento[row].empty()) {
        switch (normalize::rut(texts.documento[row]).kind) {
          case normalize::RutKind::wrong_digit: wrong_digit.add(view_, row); break;
          case normalize::RutKind::placeholder: placeholder.add(view_, row); break;
          default: other.add(view_, row);
        }
      }
      if (texts.nombre[row].empty()) no_name.add(view_, row);
      if (!phone && !email) no_contact.add(view_, row);
      if (std::ranges::find(nothing, texts.created[row].date()) != nothing.end()) no_date.add(view_, row);
    }
    push("invalid_phone", "telefono", std::move(bad_phone), 0.05);
    push("rut_in_phone", "telefono", std::move(rut_in_phone), 0.05);
    push("email_in_phone", "telefono", std::move(email_in_phone), 0.05);
    push("invalid_email", "email", std::move(bad_email), 0.05);
    push("wrong_check_digit", "documento_identidad", std::move(wrong_digit), 0);
    push("placeholder_rut", "documento_identidad", std::move(placeholder), 0);
    push("no_name", "nombre", std::move(no_name), 0.05);
    push("no_contact", "", std::move(no_contact), 0.25);
    push("placeholder_date", "created_on", std::move(no_date), 0.01);
    if (other.count > 0) {
      push("other_document", "documento_identidad", std::move(other), 2);
      out_.findings.back().severity = Severity::info;
    }
  }

  void reused_ruts() {
    auto signature = identity::column_signature(view_.ruts(), view_.names(), nullptr, identity::Related::person);
    if (signature.values_on_two == 0) return;
    // The measures of a broken column are not for RUTs: one on two people is wrong already.
    signature.verdict = identity::SignatureVerdict::sound;
    ColumnHealth ignored{.source = out_.report.source, .column = "documento_identidad"};
    const std::uint64_t ruts = signature.values_on_two;
    signature_findings(std::move(signature), [this](Row row) { return view_.id(row); }, view_.id_kind(), ignored, out_);
    Finding shared = std::move(out_.findings.back());
    Finding found = finding("reused_rut", Severity::high, shared.source, shared.column, shared.count, shared.of);
    found.values = whole(ruts);
    found.detail = {fmt::format("RUT en nombres distintos: {}.", ruts), fmt::format("RUTs on unlike names: {}.", ruts)};
    found.id_kind = shared.id_kind;
    found.groups = std::move(shared.groups);
    out_.findings.back() = std::move(found);
  }

  std::vector<std::vector<std::string>> named(const std::vector<std::vector<std::uint32_t>>& groups) const {
    std::vector<std::vector<std::string>> out;
    for (const auto& group : groups) {
      auto& ids = out.emplace_back();
      for (const Row row : group) ids.push_back(view_.id(row));
    }
    return out;
  }

  void grouped(Finding found, const std::vector<std::vector<std::uint32_t>>& groups) {
    found.id_kind = view_.id_kind();
    found.groups = named(groups);
    out_.findings.push_back(std::move(found));
  }

  void duplicates() {
    const identity::Duplicates twice =
        identity::duplicates({view_.names(), view_.ruts(), view_.emails(), view_.phones(), view_.cities()});
    const auto& certain = twice.certain;
    out_.report.duplicates = {whole(certain.people), whole(certain.rows), whole(certain.pairs),
                              whole(twice.possible.pairs - certain.pairs)};
    if (certain.pairs > 0) {
      Finding found = finding("duplicates", by_share(whole(certain.rows), view_.people(), 0.001, 0.02), out_.report.source,
                              "", whole(certain.rows), view_.people());
      found.values = whole(certain.people);
      const auto& by = twice.joined_by;
      found.detail = {fmt::format("Personas repetidas: {}, en {} filas ({} en pares). Las unió: RUT {}, correo {}, "
                                  "teléfono {}, nombre y ciudad {}.", certain.people, certain.rows, certain.pairs, by[0], by[1], by[2], by[3]),
                      fmt::format("Repeated people: {}, on {} rows ({} in pairs). Joined by RUT {}, e-mail {}, phone {}, name and city {}.",
                                  certain.people, certain.rows, certain.pairs, by[0], by[1], by[2], by[3])};
      grouped(std::move(found), twice.groups);
    }
    if (const std::int64_t pairs = whole(twice.possible.pairs - certain.pairs); pairs > 0) {
      const std::int64_t rows = std::max<std::int64_t>(whole(twice.possible.rows - certain.rows), 1);
      Finding found = finding("possible_duplicates", Severity::low, out_.report.source, "nombre", rows, view_.people());
      found.values = pairs;
      found.detail = {fmt::format("Pares de filas con el mismo nombre completo, sin más a favor ni en contra: {}.", pairs),
                      fmt::format("Pairs of rows with the same whole name, nothing else for or against: {}.", pairs)};
      grouped(std::move(found), twice.possible_groups);
    }
    if (twice.repeated_names > 0) {
      Finding found = finding("repeated_name", Severity::medium, out_.report.source, "nombre",
                              whole(twice.repeated_name_rows), view_.people());
      found.values = whole(twice.repeated_names);
      grouped(std::move(found), twice.repeated_groups);
    }
  }

  const ContactView& view_;
  const ContactView* witness_;
  SourcePart out_;
};

}  // namespace

SourcePart contacts(const ContactView& view, const ContactView* witness) { return Contacts(view, witness).run(); }

}  // namespace aremko::analytics::health

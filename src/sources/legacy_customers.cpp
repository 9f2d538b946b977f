#include "sources/legacy_customers.h"

#include <chrono>
#include <unordered_set>

#include "base/text.h"
#include "normalize/dates.h"
#include "normalize/encoding.h"
#include "sources/cells.h"
#include "sources/contact.h"
#include "sources/legacy_services.h"
#include "sources/refusals.h"
#include "sources/services_file.h"
#include "sources/shifted.h"

namespace aremko::sources {

namespace {

enum Field : std::size_t { legacy_id, record_id, created, email, telefono, nombre, documento, direccion };

constexpr std::array<FileField, 8> all_fields = {{{"legacy_id", "Auto Increment", true, "record_id"},
                                                  {"record_id", "Record ID"},
                                                  {"created", "Created On"},
                                                  {"email", "Email"},
                                                  {"telefono", "Telefono"},
                                                  {"nombre", "Client", true},
                                                  {"documento", "Documento Identidad"},
                                                  {"direccion", "Direccion"}}};

constexpr Reason no_id{"no_id", "La fila no tiene identificador.", "The row has no id."};
constexpr Reason duplicate_id{"duplicate_id", "El identificador ya está en una fila anterior.",
                              "An earlier row has the same id."};
constexpr Reason no_person{"no_person", "La fila no tiene nombre, teléfono, correo ni documento.",
                           "The row has no name, phone, e-mail or document."};

constexpr std::string_view bad_date = "Created On ilegible o imposible, se toma como desconocido";
constexpr std::string_view mixed_orders = "Created On mezcla mes/día con día/mes, y esta fecha solo cabe en el otro orden: se toma como desconocida";

constexpr std::size_t max_id = 64;

/// Ids seen so far; nearly all are small numbers, and a million of them fit in 125 kB.
class SeenIds {
 public:
  /// False when it was there.
  bool add(const std::string& id) {
    const auto number = id.size() <= 8 && id[0] != '0' ? parse_int(id) : std::nullopt;
    if (!number || *number < 0) return others_.insert(id).second;
    const auto at = static_cast<std::size_t>(*number);
    if (at >= numbers_.size()) numbers_.resize(std::max(at + 1, 2 * numbers_.size()));
    const bool fresh = !numbers_[at];
    numbers_[at] = true;
    return fresh;
  }

 private:
  std::vector<bool> numbers_;
  std::unordered_set<std::string> others_;
};

class Loader {
 public:
  Loader(LegacyCustomersBatch& batch, std::string file_name, Date latest, const StaffNames& staff)
      : batch_(batch), file_name_(std::move(file_name)), latest_(latest), staff_(staff), contacts_(batch.contact) {}

  void add(const FileRow& row) {
    if (const Reason* reason = out_of_place(row)) return refuse(batch_.report, file_name_, row.line(), *reason);
    std::string id = id_of(row[legacy_id]);
    const std::string record = id_of(row[record_id]);
    if (id.empty()) id = record;
    if (id.empty()) return refuse(batch_.report, file_name_, row.line(), no_id);
    if (!ids_.add(id)) return refuse(batch_.report, file_name_, row.line(), duplicate_id);
    const RawContact raw{.nombre = row[nombre],
                         .telefono = row[telefono],
                         .email = row[email],
                         .documento = row[documento],
                         .place = row[direccion],
                         .comuna = {},
                         .region = {},
                         .where = row.line()};
    if (!contacts_.add(raw, Moment::none(), ContactBuilder::Nobody::refuse)) {
      return refuse(batch_.report, file_name_, row.line(), no_person);
    }
    const auto added = static_cast<Row>(batch_.size() - 1);
    if (staff_.has(batch_.contact.nombre[added])) batch_.contact.flags[added] |= is_staff;
    const std::string_view since = cell_value(row[created]);
    readings_.push_back(since.empty() ? normalize::DateReading{} : normalize::read_moment(since));
    votes_.count(readings_.back());
    lines_.push_back(since.empty() ? 0 : row.line());
    batch_.legacy_id.push(id);
    batch_.record_id.push(record);
  }

  void finish() {
    choose_days();
    doubts_.write_notes(batch_.report, "línea");
    batch_.report.texts_repaired = contacts_.repaired() + cleaner_.repaired();
    batch_.report.rows_kept = batch_.size();
    contacts_.write_counts(batch_.report);
    batch_.report.fields.push_back(created_);
  }

 private:
  /// Whose values are not where the header says.
  static const Reason* out_of_place(const FileRow& row) {
    if (is_total(row[legacy_id]) || (is_total(row[nombre]) && cell_value(row[telefono]).empty() && cell_value(row[documento]).empty())) {
      return &total_row;
    }
    const bool phone_in_mail = looks_like_phone(row[email]);
    const bool mail_in_phone = row[telefono].contains('@');
    int signs = looks_like_day(row[email]);
    signs += phone_in_mail != mail_in_phone;  // both: somebody took the one for the other
    signs += looks_like_rut(row[nombre]);
    signs += row[created].contains('@') || looks_like_words(row[created]);
    // "Rojas, Eva": the piece of the name is where the document should be, and the document or what follows it one on.
    const bool piece = looks_like_words(row[documento]);
    signs += piece && (looks_like_rut(row[direccion]) || row.odd_width()) ? 2 : 0;
    signs += piece && cell_value(row[direccion]).empty() && !cell_value(row.after(direccion)).empty() ? 2 : 0;
    // A name with its phone glued on is no piece; a document one column on, before it something else, says the same.
    signs += row.odd_width() && looks_like_rut(row[direccion]) && !cell_value(row[documento]).empty();
    return signs >= (row.odd_width() ? 1 : 2) ? &shifted_row : nullptr;
  }

  void choose_days() {
    const normalize::DateOrder order = votes_.decide(normalize::DateOrder::month_first);
    note_order(batch_.report, "Created On", votes_, normalize::DateOrder::month_first);
    for (Row row = 0; row < batch_.size(); ++row) {
      if (lines_[row] == 0) continue;
      const Moment at = readings_[row].in(order);
      const bool possible = at.known() && at.date() >= Date::of(1990, 1, 1) && at.date() <= latest_;
      ++created_.filled;
      created_.valid += possible;
      if (possible) {
        batch_.contact.created[row] = at;
      } else {
        const bool other_order = !at.known() && (readings_[row].month_first.known() || readings_[row].day_first.known());
        doubts_.count(other_order ? mixed_orders : bad_date, lines_[row]);
      }
    }
  }

  std::string id_of(std::string_view raw) {
    const std::string_view text = clip(cleaner_.clean(cell_value(raw)), max_id);
    if (is_digits(text)) return std::string(text);
    // "1,657" and "1657.0" are what spreadsheets make of 1657.
    if (const auto number = whole_number(text); number && *number >= 0) return std::to_string(*number);
    return std::string(text);
  }

  LegacyCustomersBatch& batch_;
  std::string file_name_;
  Date latest_;
  const StaffNames& staff_;
  ContactBuilder contacts_;
  Cleaner cleaner_;
  FieldCount created_{"created_on"};
  std::vector<normalize::DateReading> readings_;
  std::vector<std::uint64_t> lines_;  // of each row with a day; 0 for those without
  normalize::DateOrderVotes votes_;
  Doubts doubts_;
  SeenIds ids_;
};

}  // namespace

std::span<const FileField> LegacyCustomersSource::fields() { return all_fields; }

LegacyCustomersSource::LegacyCustomersSource(std::filesystem::path path, const Clock& clock, ColumnMapping mapping,
                                             StaffNames staff)
    : path_(std::move(path)), clock_(clock), mapping_(std::move(mapping)), staff_(std::move(staff)) {}

std::string LegacyCustomersSource::describe() const {
  const auto file = newest_file(path_, "Clientes-");
  return file ? shown_name(*file) : "Clientes-….csv";
}

Result<std::string> LegacyCustomersSource::change_token() { return file_token(newest_file(path_, "Clientes-")); }

Result<Batch> LegacyCustomersSource::load(const Progress& progress) {
  const auto started = std::chrono::steady_clock::now();
  const auto path = newest_file(path_, "Clientes-");
  if (!path) return fail(path.error());
  const Date today{static_cast<std::int32_t>(clock_.now() / 86'400)};
  std::shared_ptr<LegacyCustomersBatch> batch;
  try {
    auto done = read_stable(*path, [&](TextFile& file) -> Result<void> {
      batch = std::make_shared<LegacyCustomersBatch>();
      Loader loader(*batch, shown_name(*path), today.plus_days(1), staff_);
      FileTable table(all_fields, mapping_, shown_name(*path),
                      {LegacyServicesSource::fields(), "el de los servicios", "the services file"});
      auto read = table.read(file, batch->report, progress, [&](const FileRow& row) { loader.add(row); });
      loader.finish();
      return read ? some_row_kept(batch->report, shown_name(*path)) : std::move(read);
    });
    if (!done) return fail(std::move(done.error()));
  } catch (const Outage& outage) {
    return fail(outage.error());
  }
  // A folder holds both files. The other's absence is nobody else's to tell: no source is made for it.
  if (const auto services = find_services_file(path_); !services) {
    batch->report.notes_es.push_back(services.error().detail.es);
  }
  batch->report.loaded_at = clock_.now();
  batch->report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return std::shared_ptr<const LegacyCustomersBatch>(std::move(batch));
}

}  // namespace aremko::sources

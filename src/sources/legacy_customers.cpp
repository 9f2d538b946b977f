#include "sources/legacy_customers.h"

#include <chrono>
#include <unordered_set>

#include "base/text.h"
#include "normalize/dates.h"
#include "normalize/encoding.h"
#include "sources/cells.h"
#include "sources/contact.h"
#include "sources/refusals.h"

namespace aremko::sources {

namespace {

enum Field : std::size_t { legacy_id, record_id, created, email, telefono, nombre, documento, direccion };

constexpr std::array<FileField, 8> all_fields = {{{"legacy_id", "Auto Increment", true},
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
  Loader(LegacyCustomersBatch& batch, std::string file_name)
      : batch_(batch), file_name_(std::move(file_name)), contacts_(batch.contact) {}

  void add(const FileRow& row) {
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
    const std::string_view since = cell_value(row[created]);
    const Moment at = normalize::moment(since, normalize::DateOrder::month_first);
    if (!since.empty()) {
      ++created_.filled;
      created_.valid += at.known();
    }
    if (!contacts_.add(raw, at, ContactBuilder::Nobody::refuse)) return refuse(batch_.report, file_name_, row.line(), no_person);
    batch_.legacy_id.push(id);
    batch_.record_id.push(record);
  }

  void finish() {
    batch_.report.texts_repaired = contacts_.repaired() + cleaner_.repaired();
    batch_.report.rows_kept = batch_.size();
    contacts_.write_counts(batch_.report);
    batch_.report.fields.push_back(created_);
  }

 private:
  std::string id_of(std::string_view raw) {
    const std::string_view text = clip(cleaner_.clean(cell_value(raw)), max_id);
    if (is_digits(text)) return std::string(text);
    // "1,657" and "1657.0" are what spreadsheets make of 1657.
    if (const auto number = whole_number(text); number && *number >= 0) return std::to_string(*number);
    return std::string(text);
  }

  LegacyCustomersBatch& batch_;
  std::string file_name_;
  ContactBuilder contacts_;
  Cleaner cleaner_;
  FieldCount created_{"created_on"};
  SeenIds ids_;
};

}  // namespace

std::span<const FileField> LegacyCustomersSource::fields() { return all_fields; }

LegacyCustomersSource::LegacyCustomersSource(std::filesystem::path path, const Clock& clock, ColumnMapping mapping)
    : path_(std::move(path)), clock_(clock), mapping_(std::move(mapping)) {}

std::string LegacyCustomersSource::describe() const {
  const auto file = newest_file(path_, "Clientes-");
  return file ? shown_name(*file) : "Clientes-….csv";
}

Result<std::string> LegacyCustomersSource::change_token() { return file_token(newest_file(path_, "Clientes-")); }

Result<Batch> LegacyCustomersSource::load(const Progress& progress) {
  const auto started = std::chrono::steady_clock::now();
  const auto path = newest_file(path_, "Clientes-");
  if (!path) return fail(path.error());
  std::shared_ptr<LegacyCustomersBatch> batch;
  try {
    auto done = read_stable(*path, [&](TextFile& file) -> Result<void> {
      batch = std::make_shared<LegacyCustomersBatch>();
      Loader loader(*batch, shown_name(*path));
      FileTable table(all_fields, mapping_, shown_name(*path));
      auto read = table.read(file, batch->report, progress, [&](const FileRow& row) { loader.add(row); });
      loader.finish();
      return read ? some_row_kept(batch->report, shown_name(*path)) : std::move(read);
    });
    if (!done) return fail(std::move(done.error()));
  } catch (const Outage& outage) {
    return fail(outage.error());
  }
  batch->report.loaded_at = clock_.now();
  batch->report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return std::shared_ptr<const LegacyCustomersBatch>(std::move(batch));
}

}  // namespace aremko::sources

#include "cli/match_verb.h"

#include <filesystem>
#include <fstream>
#include <ostream>
#include <unordered_set>

#include "base/text.h"
#include "cli/complain.h"
#include "cli/large_pages.h"
#include "cli/match_fields.h"
#include "cli/progress_bar.h"
#include "identity/match.h"
#include "sources/cells.h"
#include "sources/csv.h"
#include "sources/file.h"
#include "sources/header.h"

namespace aremko::cli {

namespace {

using identity::match::Input;
using identity::match::Link;
using identity::match::Side;

struct Unread {
  std::uint64_t line = 0;
  std::string reason_es;
};

struct List {
  std::vector<std::string> ids{};
  std::uint64_t refused = 0;      // records that could not be read
  std::vector<Unread> unread{};   // the first of them
  std::uint64_t repeated = 0;     // rows whose id an earlier row has
  std::vector<bool> has{};        // by declared column

  void refuse(std::uint64_t line, std::string_view reason_es) {
    constexpr std::size_t shown = 20;
    ++refused;
    if (unread.size() < shown) unread.push_back({line, std::string(reason_es)});
  }
};

Error no_column(const std::string& file, std::string_view column) {
  return invalid_field(std::string(column), fmt::format("{} no tiene la columna {}. Qué es cada columna se dice con --fields.", file, column),
                       fmt::format("{} has no column {}. --fields says what each column is.", file, column));
}

Error two_columns(const std::string& file, std::string_view column) {
  return invalid_field(std::string(column), fmt::format("{} tiene más de una columna que se puede leer como {}.", file, column),
                       fmt::format("{} has more than one column that reads as {}.", file, column));
}

// The places of the declared columns in the header, `absent` where there is none; the id's, which must be there, last.
Result<std::vector<std::size_t>> places_of(const std::vector<std::string>& header, const MatchSide& side, const std::string& file) {
  std::vector<std::size_t> out;
  const sources::HeaderNames names(header);
  auto wanted = side.columns;
  wanted.push_back(side.id);
  for (const std::string& column : wanted) {
    out.push_back(names.find(column));
    if (out.back() == sources::HeaderNames::absent && column == side.id) return fail(no_column(file, column));
    if (out.back() == sources::HeaderNames::ambiguous) return fail(two_columns(file, column));
  }
  return out;
}

// Cells behind the last column: an unquoted separator moved what stands before them.
bool has_extra_cells(std::span<const std::string_view> record, std::size_t columns) {
  return record.size() > columns &&
         std::ranges::any_of(record.subspan(columns), [](std::string_view cell) { return !sources::cell_value(cell).empty(); });
}

/// Rows that are given to the engine together.
class Batch {
 public:
  static constexpr std::size_t rows = 16'384;
  Batch(Input& input, Side side) : input_(input), side_(side) {}

  void add(std::string_view cell) {
    text_ += cell;
    ends_.push_back(text_.size());
  }
  void flush() {
    cells_.clear();
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      cells_.push_back(std::string_view(text_).substr(begin, end - begin));
      begin = end;
    }
    input_.add_rows(side_, cells_);
    text_.clear();
    ends_.clear();
  }

 private:
  Input& input_;
  Side side_;
  std::string text_;
  std::vector<std::size_t> ends_;
  std::vector<std::string_view> cells_;
};

Result<List> read_list(const std::string& path, Side which, const MatchSide& side, Input& input, ProgressBar& bar) {
  auto file = sources::TextFile::open(path);
  if (!file) return fail(file.error());
  List out;
  sources::CsvReader reader([&](char* into, std::size_t size) { return file->read(into, size); },
                            [&](std::uint64_t line, std::string_view, std::string_view es, std::string_view) { out.refuse(line, es); });
  const auto places = places_of(reader.header(), side, std::filesystem::path(path).filename().string());
  if (!places) return fail(places.error());
  for (std::size_t i = 0; i < side.columns.size(); ++i) out.has.push_back((*places)[i] != sources::HeaderNames::absent);
  Batch batch(input, which);
  std::unordered_set<std::uint64_t> seen;
  sources::Cleaner cleaner;
  while (reader.next()) {
    const auto record = reader.fields();
    if (has_extra_cells(record, reader.header().size())) {
      out.refuse(reader.line(), "La línea tiene más columnas que el encabezado: hay un separador sin comillas.");
      continue;
    }
    const auto cell = [&](std::size_t place) {
      return place < record.size() ? cleaner.clean(sources::unwrapped(record[place])) : std::string_view();
    };
    for (std::size_t i = 0; i < side.columns.size(); ++i) batch.add(cell((*places)[i]));
    const std::string_view id = trim(cell(places->back()));
    if (!seen.insert(hash64(id)).second) ++out.repeated;
    out.ids.emplace_back(id);
    if (out.ids.size() % Batch::rows != 0) continue;
    batch.flush();
    bar.show("leyendo", out.ids.size(), 0);
  }
  batch.flush();
  return out;
}

/// A list may lack a column, whose rows then say nothing there. What no list has is left out of the comparison: of those
/// that a person declared it is an error. Something must be left to compare.
Result<void> check_columns(const MatchFields& fields, const List& left, const List* right, const std::string& file) {
  bool any = false;
  for (std::size_t i = 0; i < fields.kinds.size(); ++i) {
    const bool in_right = right == nullptr ? left.has[i] : right->has[i];
    if (fields.declared && !left.has[i] && !in_right) return fail(no_column(file, fields.left.columns[i]));
    any = any || (left.has[i] && in_right);
  }
  if (any) return {};
  return fail(invalid_field("fields", "Las listas no tienen ninguna columna en común que comparar. Qué es cada columna se dice con --fields.",
                            "The lists have no column in common to compare. --fields says what each column is."));
}

std::string csv_field(std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(field);
  std::string out = "\"";
  for (const char c : field) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

void write_link(std::string& out, const Link& link, const List& left, const List& right, const Input& input) {
  out += fmt::format("{},{},{:.1f},", csv_field(left.ids[link.left]), csv_field(right.ids[link.right]), link.confidence);
  std::string reasons;
  for (const auto& evidence : link.evidence) {
    if (!reasons.empty()) reasons += "; ";
    if (evidence.column < input.columns().size()) reasons += input.columns()[evidence.column].label + ' ';
    reasons += fmt::format("{} {:+.1f}", evidence.level, evidence.log_odds);
  }
  out += csv_field(reasons) + '\n';
}

Result<void> write_links(const std::string& path, const std::vector<Link>& links, const List& left, const List& right,
                         const Input& input) {
  // Written beside and renamed: half a file of links looks like a whole one.
  const std::string temporary = path + ".tmp";
  std::ofstream file(temporary, std::ios::binary);
  std::string text = "left_id,right_id,confidence,reasons\n";
  for (const Link& link : links) {
    write_link(text, link, left, right, input);
    if (text.size() > (1U << 20U)) {
      file << text;
      text.clear();
    }
  }
  file << text;
  file.close();
  std::error_code problem;
  if (file.good()) std::filesystem::rename(temporary, path, problem);
  if (file.good() && !problem) return {};
  std::filesystem::remove(temporary, problem);
  return fail(error(Code::unavailable, "No se pudo escribir el archivo de vínculos.", "The file of links could not be written."));
}

void print_list(std::ostream& out, std::string_view name, const List& list, const MatchSide& side) {
  out << fmt::format("  {:<10} {} filas", name, list.ids.size());
  if (list.refused > 0) out << fmt::format(", {} {}", list.refused, list.refused == 1 ? "ilegible" : "ilegibles");
  if (list.repeated > 0) out << fmt::format(", {} con un id repetido", list.repeated);
  out << "\n";
  for (std::size_t i = 0; i < list.has.size(); ++i) {
    if (!list.has[i]) out << fmt::format("  {:<10} sin la columna {}: sigue sin ella\n", "", side.columns[i]);
  }
  for (const Unread& one : list.unread) out << fmt::format("  {:<10} línea {}: {}\n", "", one.line, one.reason_es);
  if (list.refused > list.unread.size()) out << fmt::format("  {:<10} … y {} más\n", "", list.refused - list.unread.size());
}

}  // namespace

MatchVerb::MatchVerb(CLI::App& root) : app_(root.add_subcommand("match", "Decir quién es quién entre dos archivos CSV, o dentro de uno")) {
  app_->add_option("left", left_, "El primer archivo")->required();
  app_->add_option("right", right_, "El segundo archivo; ninguno con --dedupe");
  app_->add_option("--out", out_, "Dónde escribir left_id,right_id,confidence,reasons")->required();
  app_->add_option("--fields", fields_, "fields.toml: qué es cada columna (por defecto: las de los archivos de la guía)");
  app_->add_flag("--dedupe", dedupe_, "Buscar duplicados dentro del primer archivo");
  app_->add_option("--seed", seed_, "La misma semilla da los mismos vínculos (por defecto: 1)");
}

int MatchVerb::run(const Globals& globals, Streams& streams) {
  if (dedupe_ != right_.empty()) {
    return complain(invalid_field("right", "Se necesitan dos archivos, o uno con --dedupe.", "Two files are needed, or one with --dedupe."),
                    globals, streams);
  }
  use_large_pages();
  const auto fields = fields_.empty() ? Result<MatchFields>(guide_fields()) : read_match_fields(fields_);
  if (!fields) return complain(fields.error(), globals, streams);
  std::vector<std::pair<identity::match::Kind, std::string>> columns;
  for (std::size_t i = 0; i < fields->kinds.size(); ++i) columns.emplace_back(fields->kinds[i], fields->left.columns[i]);
  Input input(std::move(columns));
  const auto start = std::chrono::steady_clock::now();
  Result<List> left;
  Result<List> right;
  {
    ProgressBar bar(streams.err, streams.err_is_terminal);
    left = read_list(left_, Side::left, fields->left, input, bar);
    if (left && !dedupe_) right = read_list(right_, Side::right, fields->right, input, bar);
  }
  if (!left) return complain(left.error(), globals, streams);
  if (!right) return complain(right.error(), globals, streams);
  if (const auto checked = check_columns(*fields, *left, dedupe_ ? nullptr : &*right, std::filesystem::path(left_).filename().string()); !checked) {
    return complain(checked.error(), globals, streams);
  }
  const identity::match::Matcher matcher(std::move(input), {.dedupe = dedupe_, .seed = seed_});
  const std::vector<Link> links = matcher.links();
  if (const auto written = write_links(out_, links, *left, dedupe_ ? *left : *right, matcher.input()); !written) {
    return complain(written.error(), globals, streams);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const auto rows = static_cast<double>(left->ids.size() + right->ids.size());
  const auto high = std::ranges::count_if(links, [](const Link& link) { return link.confidence >= 85; });
  print_list(streams.out, "izquierda", *left, fields->left);
  if (!dedupe_) print_list(streams.out, "derecha", *right, fields->right);
  streams.out << fmt::format("  {:<10} {} ({} con 85 o más), escritos en {}\n", "vínculos", links.size(), high, out_);
  streams.out << fmt::format("  {:<10} {} comparados en {} pasadas; se estima que entre ellos está el {:.2f} % de los verdaderos\n", "pares",
                             matcher.summary().pairs_compared, matcher.summary().passes, matcher.summary().blocking_recall * 100);
  for (const auto& broken : matcher.summary().broken) {
    streams.out << fmt::format("  {:<10} {} ({}): {}\n", "sin usar", matcher.input().columns()[broken.column].label,
                               broken.side == Side::left ? "izquierda" : "derecha", broken.reason.es);
  }
  if (matcher.summary().calibrated_on > 0) {
    streams.out << fmt::format("  {:<10} {} pares de verdad conocida corrigen la confianza: {:.2f} · log-odds {:+.2f}\n", "calibración",
                               matcher.summary().calibrated_on, matcher.summary().slope, matcher.summary().offset);
  }
  streams.out << fmt::format("  {:<10} {:.2f} s, {:.0f} filas por segundo\n", "tiempo", seconds, rows / std::max(seconds, 1e-6));
  return 0;
}

}  // namespace aremko::cli

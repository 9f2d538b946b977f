#include "cli/render.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace aremko::cli {

namespace {

namespace json = boost::json;

// Fields that hold pesos, by the words their names end in.
constexpr std::array<std::string_view, 15> money_fields{
    "total_gastado", "promedio_por_visita", "ltv",   "avg_ticket",  "monto",        "total",      "pagado",
    "precio_base",   "saldo_pendiente",     "valor",  "precio_unitario", "ltv_total", "ltv_promedio",
    "monto_inicial", "monto_disponible"};

// What a person looks for first; these columns stand first in a table too wide for the terminal.
constexpr std::array<std::string_view, 22> key_columns{
    "id",            "at",            "summary",       "state",         "phase",           "done",
    "customer_id",   "legacy_id",     "nombre",        "legacy_name",     "current_id",
    "current_name",  "confidence",    "confidence_score", "reactivation_priority", "segment", "total_visitas",
    "total_gastado", "ultima_visita", "telefono",      "score",         "reason"};

std::string_view last_name(std::string_view column) {
  const std::size_t dot = column.rfind('.');
  return dot == std::string_view::npos ? column : column.substr(dot + 1);
}

std::size_t rank(std::string_view column) {
  return static_cast<std::size_t>(std::ranges::find(key_columns, last_name(column)) - key_columns.begin());
}

// Whole where it is there to be copied or read; 32 otherwise.
std::size_t widest_cell(std::string_view column) {
  if (last_name(column) == "id") return 36;  // a UUID
  return column == "summary" ? 72 : 32;
}

std::size_t code_point_length(unsigned char lead) {
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// The text, cut to a width with an ellipsis.
std::string fit(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::string out;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = code_point_length(static_cast<unsigned char>(text[at]));
    const std::string_view point = text.substr(at, length);
    if (used + display_width(point) + 1 > width) break;
    used += display_width(point);
    out += point;
    at += length;
  }
  return out + "…";
}

bool is_scalar(const json::value& value) { return !value.is_object() && !value.is_array(); }

// Beside `done`, a total counts.
std::string_view kind_of(const json::object& record, std::string_view key) {
  return key == "total" && record.contains("done") ? "" : key;
}

// Control characters would let a name written by a stranger drive the terminal.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return out;
}

std::string scalar_text(std::string_view key, const json::value& value) {
  if (value.is_null()) return "–";
  if (value.is_bool()) return value.as_bool() ? "sí" : "no";
  if (const auto* text = value.if_string()) return printable(*text);
  const bool money = std::ranges::find(money_fields, key) != money_fields.end();
  if (value.is_int64() || value.is_uint64()) {
    const auto whole = value.to_number<std::int64_t>();
    return money ? chilean_pesos(whole) : fmt::to_string(whole);
  }
  const double real = value.to_number<double>();
  return money ? chilean_pesos(static_cast<long long>(real + 0.5)) : fmt::format("{:.4g}", real);
}

// Short lists and pairs on one line: «transferencia, efectivo», «Enero: 4, Febrero: 3».
std::string inline_text(std::string_view key, const json::value& value) {
  if (is_scalar(value)) return scalar_text(key, value);
  std::string out;
  const auto add = [&](std::string_view text) {
    if (!out.empty()) out += ", ";
    out += text;
  };
  if (const auto* array = value.if_array()) {
    for (const auto& item : *array) add(inline_text(key, item));
  } else {
    for (const auto& [name, item] : value.get_object()) add(fmt::format("{}: {}", std::string_view(name), inline_text(name, item)));
  }
  return out.empty() ? "–" : out;
}

bool is_table(const json::value& value) {
  const auto* array = value.if_array();
  return array != nullptr && !array->empty() && array->front().is_object();
}

class Renderer {
 public:
  explicit Renderer(const RenderOptions& options) : options_(options) {}

  void object(const json::object& fields, const std::string& title) {
    heading(title);
    std::size_t widest = 0;
    for (const auto& [key, value] : fields) {
      if (on_one_line(value)) widest = std::max(widest, display_width(key));
    }
    for (const auto& [key, value] : fields) {
      if (!on_one_line(value)) continue;
      const std::size_t room = options_.width > widest + 4 ? options_.width - widest - 4 : 20;
      out_ += fmt::format("  {}{}  {}\n", std::string_view(key), std::string(widest - display_width(key), ' '),
                          options_.whole ? inline_text(kind_of(fields, key), value) : fit(inline_text(kind_of(fields, key), value), room));
    }
    for (const auto& [key, value] : fields) {
      if (on_one_line(value)) continue;
      const std::string name = title.empty() ? std::string(key) : title + "." + std::string(key);
      value.is_object() ? object(value.get_object(), name) : table(value.get_array(), name);
    }
  }

  void table(const json::array& rows, const std::string& title);
  std::string take() { return std::move(out_); }

 private:
  static bool on_one_line(const json::value& value) {
    if (is_scalar(value)) return true;
    if (const auto* array = value.if_array()) return !is_table(*array);
    return std::ranges::all_of(value.get_object(), [](const auto& field) { return is_scalar(field.value()); }) &&
           value.get_object().size() <= 3;
  }
  void heading(const std::string& title) {
    if (title.empty()) return;
    out_ += options_.color ? fmt::format("\n\x1b[1m{}\x1b[0m\n", title) : fmt::format("\n{}\n", title);
  }

  const RenderOptions& options_;
  std::string out_;
};

// One row a record; a nested record's fields become columns of their own, lists inside stay on one line.
void flatten(const json::object& record, const std::string& prefix, std::vector<std::pair<std::string, std::string>>& out) {
  for (const auto& [key, value] : record) {
    const std::string name = prefix.empty() ? std::string(key) : prefix + "." + std::string(key);
    if (value.is_object()) {
      flatten(value.get_object(), name, out);
    } else if (!is_table(value)) {
      out.emplace_back(name, inline_text(kind_of(record, key), value));
    }
  }
}

using Records = std::vector<std::vector<std::pair<std::string, std::string>>>;

std::string cell_of(const Records::value_type& record, const std::string& column) {
  for (const auto& [name, text] : record) {
    if (name == column) return text;
  }
  return "–";
}

// A nested answer says the same in several places (customer_id, basic_info.id): once is enough for a narrow screen.
void drop_repeats(std::vector<std::string>& columns, const Records& records) {
  std::vector<std::string> kept;
  for (const std::string& column : columns) {
    const bool repeats = std::ranges::any_of(kept, [&](const std::string& before) {
      const bool same_name = last_name(before).ends_with("id") == last_name(column).ends_with("id");
      return same_name && std::ranges::all_of(records, [&](const auto& record) {
        return cell_of(record, before) == cell_of(record, column);
      });
    });
    if (!repeats) kept.push_back(column);
  }
  columns = std::move(kept);
}

void Renderer::table(const json::array& rows, const std::string& title) {
  heading(title);
  std::vector<std::string> columns;
  Records records;
  for (const auto& row : rows) {
    records.emplace_back();
    if (row.is_object()) flatten(row.get_object(), "", records.back());
    for (const auto& [name, text] : records.back()) {
      if (std::ranges::find(columns, name) == columns.end()) columns.push_back(name);
    }
  }
  const std::size_t every = columns.size();
  const auto width_of = [&](const std::string& column) {
    std::size_t width = display_width(last_name(column));
    for (const auto& record : records) width = std::max(width, display_width(cell_of(record, column)));
    return options_.whole ? width : std::min(width, widest_cell(column));
  };
  std::size_t needed = 0;
  for (const std::string& column : columns) needed += width_of(column) + 2;
  // Those of one rank keep their place among themselves.
  if (needed > options_.width && !options_.whole) {
    drop_repeats(columns, records);
    std::vector<std::pair<std::size_t, std::size_t>> order;
    for (std::size_t i = 0; i < columns.size(); ++i) order.emplace_back(rank(columns[i]), i);
    std::ranges::sort(order);
    std::vector<std::string> sorted;
    for (const auto& [unused, i] : order) sorted.push_back(columns[i]);
    columns = std::move(sorted);
  }
  // As many columns as fit, each as wide as its widest cell up to its limit.
  std::vector<std::size_t> widths;
  std::size_t used = 0;
  for (const std::string& column : columns) {
    const std::size_t width = width_of(column);
    if (used + width + 2 > options_.width && !widths.empty() && !options_.whole) break;
    used += width + 2;
    widths.push_back(width);
  }
  const auto line = [&](const auto& text_of) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const std::string cell = fit(text_of(columns[i]), widths[i]);
      out_ += "  " + cell;
      if (i + 1 < widths.size()) out_ += std::string(widths[i] - display_width(cell), ' ');
    }
    out_ += '\n';
  };
  line([](const std::string& column) { return std::string(last_name(column)); });
  for (const auto& record : records) {
    line([&](const std::string& column) { return cell_of(record, column); });
  }
  if (widths.size() < every) {
    const std::size_t left = every - widths.size();
    out_ += fmt::format("  (+{} {}: --json)\n", left, left == 1 ? "columna" : "columnas");
  }
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[at]);
    const bool combining = lead == 0xCC || (lead == 0xCD && at + 1 < utf8.size() && static_cast<unsigned char>(utf8[at + 1]) < 0xB0);
    width += combining ? 0 : lead >= 0xE3 && lead != 0xEF ? 2U : 1U;
    at += code_point_length(lead);
  }
  return width;
}

std::string chilean_pesos(long long amount) {
  std::string digits = fmt::to_string(amount < 0 ? -amount : amount);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ".");
  return (amount < 0 ? "-$" : "$") + digits;
}

std::string render(std::string_view text, const RenderOptions& options) {
  boost::system::error_code failure;
  const json::value value = json::parse(text, failure);
  if (failure) return std::string(text);
  Renderer renderer(options);
  if (value.is_object()) {
    renderer.object(value.get_object(), "");
  } else if (is_table(value)) {
    renderer.table(value.get_array(), "");
  } else {
    return inline_text("", value) + "\n";
  }
  return renderer.take();
}

}  // namespace aremko::cli

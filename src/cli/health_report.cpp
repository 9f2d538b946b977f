#include "cli/health_report.h"

#include <algorithm>
#include <array>
#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace aremko::cli {

namespace {

namespace json = boost::json;

// Ids shown of a finding; --json has them all.
constexpr std::size_t shown_ids = 8;
constexpr std::size_t shown_groups = 4;

struct Heading {
  std::string_view severity;
  std::string_view title;
  std::string_view color;
};
constexpr std::array<Heading, 4> headings{{{"high", "GRAVE", "\x1b[1;31m"},
                                           {"medium", "MEDIO", "\x1b[1;33m"},
                                           {"low", "LEVE", "\x1b[1;36m"},
                                           {"info", "PARA SABER", "\x1b[1m"}}};

/// 31277 → "31.277".
std::string thousands(std::int64_t number) {
  std::string digits = chilean_pesos(number);
  std::erase(digits, '$');
  return digits;
}

std::string percent(double share) {
  std::string text = fmt::format("{:.1f}", share);
  std::ranges::replace(text, '.', ',');
  return text + " %";
}

/// A source's text may say anything: control characters would drive the terminal.
std::string printable(std::string_view text) {
  std::string out(text);
  std::ranges::replace_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return out;
}

class Report {
 public:
  explicit Report(const RenderOptions& options) : options_(options) {}

  std::string write(const json::object& answer) {
    const json::object& summary = answer.at("summary").as_object();
    out_ += fmt::format("Salud de los datos. Hallazgos graves: {}; medios: {}; leves: {}; para saber: {}.\n", whole(summary, "high"),
                        whole(summary, "medium"), whole(summary, "low"), whole(summary, "info"));
    for (const Heading& heading : headings) findings(answer.at("findings").as_array(), heading);
    completeness(answer.at("completeness").as_array());
    sources(answer.at("sources").as_array());
    return std::move(out_);
  }

 private:
  static std::int64_t whole(const json::object& of, std::string_view name) { return of.at(name).to_number<std::int64_t>(); }
  static std::string text(const json::object& of, std::string_view name) {
    const auto* value = of.at(name).if_string();
    return value == nullptr ? "" : printable(*value);
  }
  std::string bold(std::string_view words, std::string_view color = "\x1b[1m") const {
    return options_.color ? fmt::format("{}{}\x1b[0m", color, words) : std::string(words);
  }

  /// Words under each other, each line as wide as the terminal.
  void paragraph(std::string_view label, std::string_view words) {
    const std::size_t room = std::max<std::size_t>(options_.width, 40) - 4;
    std::string line(label);
    std::size_t at = 0;
    while (at < words.size()) {
      const std::size_t end = std::min(words.find(' ', at), words.size());
      const std::string_view word = words.substr(at, end - at);
      if (display_width(line) + 1 + display_width(word) > room) {
        out_ += "    " + line + "\n";
        line = "  ";
      }
      if (!line.empty() && line.back() != ' ') line += ' ';
      line += word;
      at = end + 1;
    }
    out_ += "    " + line + "\n";
  }

  static std::string ids(const json::array& list, std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < std::min(list.size(), most); ++i) out += (i == 0 ? "" : ", ") + printable(list[i].as_string());
    if (list.size() > most) out += " …";
    return out;
  }

  void examples(const json::object& finding) {
    const std::string kind = text(finding, "id_kind");
    const std::string_view word = kind == "customer_id" ? "clientes" : kind == "legacy_id" ? "registros antiguos"
                                  : kind == "line" ? "líneas" : "filas";
    if (const auto& list = finding.at("ids").as_array(); !list.empty()) {
      paragraph("", fmt::format("Por ejemplo, {}: {}", word, ids(list, shown_ids)));
    }
    const auto& groups = finding.at("groups").as_array();
    if (groups.empty()) return;
    std::string all;
    for (std::size_t i = 0; i < std::min(groups.size(), shown_groups); ++i) {
      all += (i == 0 ? "" : " · ") + ids(groups[i].as_array(), shown_ids);
    }
    paragraph("", fmt::format("Por ejemplo, {}: {}{}", word, all, groups.size() > shown_groups ? " · …" : ""));
  }

  void findings(const json::array& all, const Heading& heading) {
    bool first = true;
    for (const auto& value : all) {
      const json::object& finding = value.as_object();
      if (text(finding, "severity") != heading.severity) continue;
      if (std::exchange(first, false)) out_ += "\n" + bold(heading.title, heading.color) + "\n";
      const std::string column = text(finding, "column");
      std::string head = fmt::format("{}{}{}", text(finding, "source"), column.empty() ? "" : ".", column);
      if (const std::int64_t count = whole(finding, "count"); count > 0) {
        head += fmt::format(": {} de {} ({})", thousands(count), thousands(whole(finding, "of")),
                            percent(finding.at("percentage").to_number<double>()));
      }
      out_ += fmt::format("\n  {}  [{}]\n", bold(head), text(finding, "code"));
      paragraph("", text(finding, "meaning"));
      if (const std::string detail = text(finding, "detail"); !detail.empty()) paragraph("", detail);
      paragraph("Qué hacer:", text(finding, "action"));
      examples(finding);
    }
  }

  void completeness(const json::array& rows) {
    if (rows.empty()) return;
    out_ += "\n" + bold("CUÁN COMPLETO ESTÁ") + "\n\n";
    out_ += fmt::format("  {:<18}{:>10}{:>11}{:>11}{:>11}{:>11}\n", "fuente", "filas", "telefono", "correo", "RUT", "ciudad");
    const auto field = [](const json::value& value) {
      const auto* counted = value.if_object();
      return counted == nullptr ? std::string("-") : percent(counted->at("percentage").to_number<double>());
    };
    for (const auto& value : rows) {
      const json::object& row = value.as_object();
      out_ += fmt::format("  {:<18}{:>10}{:>11}{:>11}{:>11}{:>11}\n", text(row, "source"), thousands(whole(row, "rows")),
                          field(row.at("phone")), field(row.at("email")), field(row.at("rut")), field(row.at("city")));
    }
  }

  void sources(const json::array& rows) {
    out_ += "\n" + bold("LAS FUENTES") + "\n\n";
    for (const auto& value : rows) {
      const json::object& row = value.as_object();
      const auto count = [&](std::string_view name, std::string_view one, std::string_view many) {
        return fmt::format("{} {}", thousands(whole(row, name)), whole(row, name) == 1 ? one : many);
      };
      std::string line = fmt::format("{} ({}): {}, {} en uso, {}, {}", text(row, "source"), text(row, "description"),
                                     count("rows_read", "fila leída", "filas leídas"), thousands(whole(row, "rows_kept")),
                                     count("rows_refused", "rechazada", "rechazadas"),
                                     count("texts_repaired", "texto reparado", "textos reparados"));
      if (const auto* twice = row.at("duplicates").if_object()) {
        line += fmt::format("; personas repetidas: {}, en {} filas", thousands(whole(*twice, "people")),
                            thousands(whole(*twice, "rows")));
      }
      paragraph("", line + ".");
      // What was found odd while reading it.
      for (const auto& note : row.at("notes").as_array()) paragraph("  -", printable(note.as_string()));
    }
  }

  const RenderOptions& options_;
  std::string out_;
};

}  // namespace

std::string health_report(std::string_view text, const RenderOptions& options) {
  boost::system::error_code failure;
  const json::value answer = json::parse(text, failure);
  if (failure || !answer.is_object() || !answer.get_object().contains("findings")) return std::string(text);
  return Report(options).write(answer.get_object());
}

}  // namespace aremko::cli

#pragma once
// The verb that takes a list of people away as a file: for whom, what for, and who is left out.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/people_table.h"
#include "operations/operation.h"

namespace aremko::operations {

/// What a list is taken away for. All but the last are to reach people: whom nobody may reach so is left out.
enum class Purpose : std::uint8_t { whatsapp, correo, llamar, tabla };
constexpr std::string_view json_name(Purpose purpose) {
  switch (purpose) {
    case Purpose::whatsapp: return "whatsapp";
    case Purpose::correo: return "correo";
    case Purpose::llamar: return "llamar";
    case Purpose::tabla: return "tabla";
  }
  return "";
}

enum class FileFormat : std::uint8_t { xlsx, csv };
constexpr std::string_view json_name(FileFormat format) { return format == FileFormat::csv ? "csv" : "xlsx"; }

/// Which list, when nobody was chosen one by one.
enum class ExportList : std::uint8_t { clientes, reactivacion };
constexpr std::string_view json_name(ExportList list) { return list == ExportList::clientes ? "clientes" : "reactivacion"; }

struct ExportInput {
  Purpose purpose = Purpose::whatsapp;
  FileFormat format = FileFormat::xlsx;
  std::vector<std::int64_t> ids{};       // in this order; empty: the list
  ExportList list = ExportList::clientes;
  std::optional<std::int64_t> first{};   // of the list, so many
  std::vector<std::string> columns{};    // of a table; empty: those that people mostly want
  std::optional<PeopleOrder> order{};    // its own, when not said: money, or priority
  bool descending = true;
  std::optional<Segment> segment{};
  std::optional<std::int64_t> recency{};
  std::optional<std::int64_t> frequency{};
  std::optional<std::int64_t> monetary{};
  std::optional<std::int64_t> months{};
  std::optional<std::int64_t> min_visits{};
  std::optional<std::int64_t> min_spent{};
  std::optional<Channel> channel{};
  std::optional<std::string> ciudad{};
  std::optional<std::int64_t> unwritten_days{};
  std::optional<Date> since{};
  std::optional<Segment> was{};
  std::optional<Date> vence{};           // until when the offers hold
  std::optional<Date> as_of{};
};
BOOST_DESCRIBE_STRUCT(ExportInput, (),
                      (purpose, format, ids, list, first, columns, order, descending, segment, recency, frequency, monetary,
                       months, min_visits, min_spent, channel, ciudad, unwritten_days, since, was, vence, as_of))

struct LeftOut {
  std::int64_t refused = 0;  // do not want to be reached so
  std::int64_t recent = 0;   // were written to a short while ago
  std::int64_t without = 0;  // have no such address
  std::int64_t nobody = 0;   // are no customer any more, or of the staff
};
BOOST_DESCRIBE_STRUCT(LeftOut, (), (refused, recent, without, nobody))

struct ExportFile {
  std::string id;            // in the audit
  std::string file_name;     // "whatsapp-2024-03-14.xlsx"
  std::string media_type;
  std::int64_t rows = 0;
  LeftOut left_out;
  std::int64_t hidden = 0;   // in a table: whose phone or e-mail is left blank, since they do not want to be reached so
  std::string summary;       // in one sentence, in the language asked for
  std::string content;       // the file, in base64
};
BOOST_DESCRIBE_STRUCT(ExportFile, (), (id, file_name, media_type, rows, left_out, hidden, summary, content))
Result<ExportFile> export_people(Context& context, const ExportInput& input);

std::vector<Operation> export_operations();

}  // namespace aremko::operations

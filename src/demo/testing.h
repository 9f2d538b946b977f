#pragma once
// For this room's tests: one demo of the usual size for all of them, and its CSV files as cells.

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "demo/demo.h"
#include "sql/connection.h"

namespace aremko::demo::testing {

using Cells = std::vector<std::string>;
/// RFC 4180, the header included; line ends are \n.
std::vector<Cells> read_csv(const std::filesystem::path& file);
std::string bytes_of(const std::filesystem::path& file);

/// A directory of this process's own, removed at its end.
std::filesystem::path scratch(const std::string& name);

/// 13,300 customers, seed 1; made once a process.
struct Usual {
  DemoSummary summary;
  std::vector<Cells> customers;               // without header
  std::vector<Cells> services;                // without header
  std::map<std::int64_t, std::int64_t> truth;  // legacy id → customer
  std::unique_ptr<sql::Connection> database;  // read-only
  std::int64_t count(const std::string& sql) const { return database->query(sql)[0].integer(0); }
};
Usual& usual();
/// The same on 2026-11-20, when the live system has been in use for two years; made once a process.
Usual& live();

// Columns.
inline constexpr std::size_t c_id = 0, c_record = 1, c_created = 2, c_email = 3, c_phone = 4, c_client = 6, c_document = 7,
                             c_address = 8;
inline constexpr std::size_t s_client = 0, s_service = 1, s_quantity = 2, s_amount = 3, s_number = 4, s_checkin = 5,
                             s_hour = 8, s_mail = 9, s_phone = 10;

/// "  sonia  SILVA 984280796" → "sonia silva": what of a client cell is the name, in plain letters.
std::string plain_name(const std::string& client);

}  // namespace aremko::demo::testing

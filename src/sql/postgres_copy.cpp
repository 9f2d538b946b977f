// COPY in both directions.

#include <fmt/format.h>

#include "sql/postgres.h"

namespace aremko::sql {
namespace {

constexpr std::string_view kSignature{"PGCOPY\n\377\r\n\0", 11};

class CopyReader final : public RowReader {
 public:
  CopyReader(PostgresConnection& connection, std::vector<Wire> wires) : connection_(connection) {
    fields_.resize(wires.size());
    wires_ = std::move(wires);
  }
  ~CopyReader() override {
    PQfreemem(message_);
    if (!done_) connection_.abandon();
  }

 private:
  bool fill() override {
    if (done_) return false;
    if (at_ == end_ && !receive()) return false;
    if (!signature_seen_) skip_signature();
    const auto count = load<std::int16_t>(take(2));
    if (count == -1) {
      while (receive()) {}
      return false;
    }
    if (static_cast<std::size_t>(count) != fields_.size()) broken();
    for (Field& field : fields_) {
      field.length = load<std::int32_t>(take(4));
      if (field.length >= 0) field.data = take(static_cast<std::size_t>(field.length));
    }
    return true;
  }

  /// The server sends one message a row (the first with the header before it), always whole ones.
  bool receive() {
    PQfreemem(message_);
    message_ = nullptr;
    const int size = connection_.next_copy_row(&message_);
    if (size > 0) {
      at_ = reinterpret_cast<const unsigned char*>(message_);
      end_ = at_ + size;
      return true;
    }
    at_ = end_ = nullptr;
    done_ = true;
    const PgResult result = connection_.rest_of_results(connection_.patience());
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) connection_.throw_error(result.get());
    return false;
  }

  void skip_signature() {
    if (std::memcmp(take(kSignature.size()), kSignature.data(), kSignature.size()) != 0) broken();
    take(4);  // flags
    const auto extension = load<std::int32_t>(take(4));
    take(static_cast<std::size_t>(extension));
    signature_seen_ = true;
    if (at_ == end_ && !receive()) broken();
  }

  const unsigned char* take(std::size_t count) {
    if (static_cast<std::size_t>(end_ - at_) < count) broken();
    const unsigned char* from = at_;
    at_ += count;
    return from;
  }

  [[noreturn]] void broken() const { throw SqlError(Kind::unavailable, connection_.options().label); }

  PostgresConnection& connection_;
  char* message_ = nullptr;
  const unsigned char* at_ = nullptr;
  const unsigned char* end_ = nullptr;
  bool signature_seen_ = false;
  bool done_ = false;
};

/// The text form: any column type, no catalogue look-up; the server's parsing is a small part of its work.
class CopyWriter final : public BulkWriter {
 public:
  explicit CopyWriter(PostgresConnection& connection) : connection_(connection) { buffer_.reserve(2 * kFlush); }
  ~CopyWriter() override {
    if (finished_) return;
    try {
      PQputCopyEnd(connection_.raw(), "abandoned");
      connection_.rest_of_results(connection_.patience());
    } catch (const SqlError&) {
      // The connection is gone, and with it what was written.
    }
  }

  void null() override { field() += "\\N"; }
  void integer(std::int64_t value) override { fmt::format_to(std::back_inserter(field()), "{}", value); }
  void real(double value) override { fmt::format_to(std::back_inserter(field()), "{}", value); }
  void boolean(bool value) override { field() += value ? 't' : 'f'; }
  void text(std::string_view value) override {
    std::string& out = field();
    for (const char c : value) {
      switch (c) {
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        case '\0': throw SqlError(Kind::bad_value, connection_.options().label);
        default: out += c;
      }
    }
  }
  void end_row() override {
    buffer_ += '\n';
    first_ = true;
    ++rows_;
    if (buffer_.size() >= kFlush) flush();
  }
  std::int64_t finish() override {
    flush();
    finished_ = true;
    if (PQputCopyEnd(connection_.raw(), nullptr) != 1) connection_.throw_error(nullptr);
    const PgResult result = connection_.rest_of_results(connection_.patience());
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) connection_.throw_error(result.get());
    return rows_;
  }

 private:
  static constexpr std::size_t kFlush = 64 * 1024;

  void moment_text(std::string_view iso) override { field() += iso; }
  std::string& field() {
    if (!first_) buffer_ += '\t';
    first_ = false;
    return buffer_;
  }
  void flush() {
    // A server that has refused a row answers at once: libpq then drops what follows, and finish() says why.
    if (!buffer_.empty() && PQputCopyData(connection_.raw(), buffer_.data(), static_cast<int>(buffer_.size())) != 1) {
      finished_ = true;
      connection_.throw_error(connection_.rest_of_results(connection_.patience()).get());
    }
    connection_.flush(connection_.patience());
    buffer_.clear();
  }

  PostgresConnection& connection_;
  std::string buffer_;
  bool first_ = true;
  bool finished_ = false;
  std::int64_t rows_ = 0;
};

}  // namespace

Wire wire_of_oid(Oid oid) {
  switch (oid) {
    case 16: return Wire::boolean;
    case 20: return Wire::int8;
    case 21: return Wire::int2;
    case 23:
    case 26: return Wire::int4;
    case 700: return Wire::float4;
    case 701: return Wire::float8;
    case 1700: return Wire::numeric;
    case 2950: return Wire::uuid;
    case 1082: return Wire::date;
    case 1114:
    case 1184: return Wire::timestamp;
    case 18:    // "char"
    case 19:    // name
    case 25:    // text
    case 114:   // json
    case 142:   // xml
    case 705:   // unknown: a bare literal
    case 1042:  // char(n)
    case 1043: return Wire::text;
    default:
      // Types made after initdb are enumerations and extensions' text types (citext): their binary form is text.
      return oid >= 16'384 ? Wire::text : Wire::unknown;
  }
}

std::unique_ptr<RowReader> make_copy_reader(PostgresConnection& connection, std::vector<Wire> wires) {
  return std::make_unique<CopyReader>(connection, std::move(wires));
}

std::unique_ptr<BulkWriter> make_copy_writer(PostgresConnection& connection) {
  return std::make_unique<CopyWriter>(connection);
}

}  // namespace aremko::sql

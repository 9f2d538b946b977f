#include "demo/target.h"

#include <array>

#include <fmt/format.h>

#include "demo_schema.h"

namespace aremko::demo {

namespace {

constexpr std::array<std::string_view, 31> tables{
    "ventas_region",         "ventas_comuna",           "ventas_categoriaproducto", "ventas_categoriaservicio",
    "ventas_producto",       "ventas_servicio",         "ventas_cliente",           "ventas_ventareserva",
    "ventas_reservaservicio", "ventas_reservaproducto", "ventas_giftcard",          "ventas_pago",
    "ventas_encuestasatisfaccion", "crm_service_history",     "ventas_proveedor",         "ventas_emailblacklist",
    "ventas_newslettersubscriber", "ventas_clientpreferences", "ventas_contactowhatsapp", "ventas_communicationlog",
    "ventas_communicationlimit",   "ventas_emailrecipient",    "ventas_premio",           "ventas_clientepremio",
    "ventas_clientetaxonomia",     "ventas_participantemasajereserva", "ventas_pendingreservation",
    "ventas_whatsappmessage",      "ventas_serviciobloqueo",   "ventas_packdescuento",
    "whatsapp_agent_whatsappagentconfig_servicios_complementarios"};

}  // namespace

struct Target::Stream {
  std::string table;
  // Destroyed from the last to the first: the writer before its transaction, that before its connection.
  std::unique_ptr<sql::Connection> connection;
  std::unique_ptr<sql::Transaction> transaction;
  std::unique_ptr<sql::BulkWriter> writer;
};

Target::Target(sql::Url url) : url_(std::move(url)) {}
Target::~Target() = default;

std::unique_ptr<sql::Connection> Target::open() const {
  sql::Options options;
  options.label = {"la base de datos de la demostración", "the demo's database"};
  options.fast_unsafe = true;
  options.statement_timeout_ms = 0;  // a COPY lasts as long as we write
  return sql::open(url_, options);
}

Result<void> Target::prepare() {
  connection_ = open();
  std::size_t there = 0;
  for (const std::string_view table : tables) {
    if (connection_->columns(table).empty()) continue;
    ++there;
    if (!connection_->query(fmt::format("SELECT 1 FROM {} LIMIT 1", table)).empty()) {
      return fail(error(Code::conflict,
                        fmt::format("La base de datos ya tiene filas en {}: la demostración solo llena una base vacía.", table),
                        fmt::format("The database already has rows in {}: the demo only fills an empty one.", table)));
    }
  }
  if (there != 0 && there != tables.size()) {
    return fail(error(Code::conflict,
                      "La base de datos tiene solo una parte de las tablas del sistema de reservas: use una vacía.",
                      "The database has only some of the booking system's tables: use an empty one."));
  }
  const bool sqlite = url_.engine == sql::Engine::sqlite;
  if (sqlite) transaction_ = std::make_unique<sql::Transaction>(*connection_);
  if (there == 0) {
    connection_->script(sqlite ? schema::django_sqlite_sql : schema::django_postgresql_sql);
    made_tables_ = true;
  }
  return {};
}

sql::BulkWriter& Target::table(std::string_view name, std::initializer_list<std::string_view> columns) {
  Stream stream{std::string(name), nullptr, nullptr, nullptr};
  sql::Connection* connection = connection_.get();
  if (url_.engine == sql::Engine::postgres) {
    stream.connection = open();
    connection = stream.connection.get();
    stream.transaction = std::make_unique<sql::Transaction>(*connection);
  }
  stream.writer = connection->write(name, columns);
  streams_.push_back(std::move(stream));
  return *streams_.back().writer;
}

void Target::commit() {
  // All are finished before the first is committed: a refused row then leaves nothing behind.
  for (Stream& stream : streams_) stream.writer->finish();
  for (Stream& stream : streams_) {
    stream.writer.reset();
    if (stream.transaction) stream.transaction->commit();
    stream.transaction.reset();
    stream.connection.reset();
  }
  streams_.clear();
  if (url_.engine == sql::Engine::sqlite) {
    if (made_tables_) connection_->script(schema::django_sqlite_indexes_sql);
    transaction_->commit();
    transaction_.reset();
    return;
  }
  if (made_tables_) connection_->script(schema::django_postgresql_indexes_sql);
  for (const std::string_view table : tables) {
    connection_->script(fmt::format("SELECT setval(pg_get_serial_sequence('{0}', 'id'), "
                                    "(SELECT coalesce(max(id), 0) + 1 FROM {0}), false)", table));
    connection_->script(fmt::format("ANALYZE {}", table));
  }
}

}  // namespace aremko::demo

#include "store/store.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <filesystem>

#include "store/sql_text.h"

namespace aremko::store {

sql::Options store_options() {
  auto queries = std::make_shared<sql::QuerySet>();
  queries->add(sql_text::audit_sql);
  queries->add(sql_text::decisions_sql);
  queries->add(sql_text::jobs_sql);
  queries->add(sql_text::keys_sql);
  queries->add(sql_text::mappings_sql);
  queries->add(sql_text::staff_sql);
  queries->add(sql_text::merges_sql);
  queries->add(sql_text::source_marks_sql);
  // A sync of a million links takes seconds, and others wait for it rather than fail.
  return {.label = {"el almacén", "the store"}, .statement_timeout_ms = 60'000, .busy_timeout_ms = 10'000,
          .queries = std::move(queries)};
}

Store::Store(const sql::Url& url) : pool_(url, store_options(), 4) {}

std::unique_ptr<Store> Store::open(const sql::Url& url, const Clock& clock) {
  if (sodium_init() < 0) throw Outage(error(Code::internal, "libsodium no inicia.", "libsodium does not start."));
  if (url.engine == sql::Engine::sqlite && url.path != ":memory:") {
    std::error_code ignored;  // opening the file will say what is wrong
    std::filesystem::create_directories(std::filesystem::path(url.path).parent_path(), ignored);
    // Made here, so that it is its owner's alone; SQLite gives its side files the same mode.
    const int file = ::open(url.path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0) ::close(file);
  }
  sql::Options plain = store_options();
  plain.queries = nullptr;  // the tables they name may not be there yet
  plain.busy_timeout_ms = 30'000;
  std::unique_ptr<Store> store(new Store(url));
  if (url.path == ":memory:")
    throw Outage(error(Code::invalid, "El almacén necesita un archivo.", "The store needs a file."));
  store->migration_ = migrate(*sql::open(url, plain), clock.now());
  store->ping();
  return store;
}

void Store::ping() { pool_.acquire()->query("SELECT 1"); }

Result<void> Store::backup(const std::filesystem::path& file) {
  if (pool_.url().engine != sql::Engine::sqlite) {
    return fail(error(Code::invalid, "El almacén está en PostgreSQL: se respalda con pg_dump.",
                      "The store is in PostgreSQL: pg_dump backs it up."));
  }
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored)) {
    return fail(error(Code::conflict, "Ese archivo ya existe; elija otro nombre.", "That file is there already; choose another name."));
  }
  // Written beside and renamed: half a copy looks like a whole one. SQLite fills an empty file of ours, with our mode.
  const std::filesystem::path beside = file.string() + ".tmp";
  std::filesystem::remove(beside, ignored);
  const int made = ::open(beside.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const auto cannot_write = [] {
    return fail(error(Code::unavailable, "No se pudo escribir la copia; revise la carpeta y el espacio.",
                      "The copy could not be written; check the folder and the space."));
  };
  if (made < 0) return cannot_write();
  try {
    pool_.acquire()->query("VACUUM INTO $1", {beside.string()});
  } catch (...) {
    ::close(made);
    std::filesystem::remove(beside, ignored);
    throw;
  }
  const bool kept = ::fsync(made) == 0;
  ::close(made);
  std::error_code failed;
  if (kept) std::filesystem::rename(beside, file, failed);
  if (kept && !failed) return {};
  std::filesystem::remove(beside, ignored);
  return cannot_write();
}

}  // namespace aremko::store

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
  queries->add(sql_text::jobs_sql);
  queries->add(sql_text::keys_sql);
  queries->add(sql_text::mappings_sql);
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

}  // namespace aremko::store

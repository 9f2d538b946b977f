#include "app/program.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/assistants.h"
#include "app/process.h"
#include "base/log.h"
#include "mcp/stdio.h"
#include "net/server.h"
#include "operations/access.h"
#include "operations/all.h"
#include "rest/openapi.h"
#include "rest/rest.h"
#include "sql/stop.h"

namespace aremko::app {

namespace {

// In-flight requests have this long after a stop was asked for; systemd's unit allows twice as much.
constexpr std::chrono::seconds grace{10};

// By then the process has ended, whatever stands still: systemd kills it after 20 s.
constexpr std::chrono::seconds last_resort{17};

/// What still waits for a database when the grace is over fails then; what stands still even so (a file system that hangs)
/// is left behind, as a kill would leave it.
void end_in_time() {
  std::thread([] {
    std::this_thread::sleep_for(grace);
    sql::stop_waiting();
    std::this_thread::sleep_for(last_resort - grace);
    log::failure("stop_forced", {});
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    _exit(EXIT_FAILURE);
  }).detach();
}

// How long an assistant's first question waits for the first load: that of a million customers takes 11 s.
constexpr std::chrono::seconds first_load{60};

// A spa's front desk needs few descriptors, a load test many: take what the system allows.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65536);
  setrlimit(RLIMIT_NOFILE, &limit);
}

// Where scripts/web or an installation puts the dashboard; empty when it is in neither place.
std::filesystem::path dashboard(const Config& settings) {
  if (!settings.web_path.empty()) return settings.web_path;
  std::error_code failure;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", failure).parent_path();
  for (const auto& folder : {program / "web", program.parent_path() / "web" / "dist"}) {
    if (std::filesystem::is_regular_file(folder / "index.html", failure)) return folder;
  }
  return {};
}

// SIGUSR1 and SIGUSR2 are taken and mean nothing: by themselves they would end the process.
sigset_t taken_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int each : {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2}) sigaddset(&signals, each);
  return signals;
}

// A core dump would hold every guest's name and the keys.
void forbid_core_dumps() {
  const rlimit none{};
  setrlimit(RLIMIT_CORE, &none);
}

// Secrets that everybody on the machine can read, or that are none: said at every start, since nothing else shows it.
void warn_of_weak_secrets(const std::string& env_file, const Config& config) {
  struct stat facts {};
  if (stat(env_file.c_str(), &facts) == 0 && (facts.st_mode & (S_IRWXO | S_IWGRP)) != 0) {
    log::warning("unsafe_setting", {{"setting", ".env"},
                                    {"note", "Others on this machine may read or change the settings file, which holds passwords: chmod 600 it."}});
  }
  if (config.secret_key == example_secret) {
    log::warning("unsafe_setting", {{"setting", "SECRET_KEY"},
                                    {"note", "The example file's word, which everybody knows, so a random one is used: openssl rand -hex 32 makes one."}});
  } else if (!config.secret_key.empty() && config.secret_key.size() < least_secret) {
    log::warning("unsafe_setting", {{"setting", "SECRET_KEY"},
                                    {"note", "Shorter than 16 characters, so a random one is used: two processes then refuse each other's sessions."}});
  }
}

}  // namespace

Result<Config> Program::config(const cli::Globals& globals) const {
  auto settings = read_settings(globals.env_file, environment_);
  if (!settings) return fail(settings.error());
  auto made = make_config(*settings);
  if (made) {
    log::configure(made->log_level, made->log_format);
    warn_of_weak_secrets(globals.env_file, *made);
  }
  return made;
}

Result<std::string> Program::call(const cli::Globals& globals, const operations::Operation& operation,
                                  const operations::Arguments& arguments, const cli::Progress& progress) {
  const auto settings = config(globals);
  if (!settings) return fail(settings.error());
  // One answer for a person: what the server would log is shown only when asked for.
  log::configure(settings->log_level == log::Level::info ? log::Level::error : settings->log_level, settings->log_format);
  const auto process = Process::open(*settings, clock_, globals.tenant);
  if (!process) return fail(process.error());
  if (operation.needs_snapshot) {
    if (const auto read = (*process)->refresh(globals.tenant, progress); !read) return fail(read.error());
  } else {
    (void)(*process)->refresh(globals.tenant, progress);  // a verb about the sources speaks of those that are down too
  }
  operations::Services& services = (*process)->services();
  const operations::Access access{services.tenant(globals.tenant),
                                  {.key_id = "cli", .tenant = globals.tenant, .scope = store::Scope::admin, .label = "cli"},
                                  {.report = progress}};
  return operations::perform(services, operation, access, globals.language, arguments);
}

Result<std::shared_ptr<store::Store>> Program::open_store(const cli::Globals& globals) {
  const auto settings = config(globals);
  if (!settings) return fail(settings.error());
  const auto url = resolve_url(settings->store_url);
  if (!url) return fail(url.error());
  return std::shared_ptr<store::Store>(store::Store::open(*url, clock_));
}

Result<std::vector<std::string>> Program::tenants(const cli::Globals& globals) {
  const auto settings = config(globals);
  if (!settings) return fail(settings.error());
  std::vector<std::string> out;
  for (const TenantConfig& tenant : settings->tenants) out.push_back(tenant.name);
  return out;
}

std::string Program::openapi(std::string_view language) const {
  return rest::openapi(operations::all_operations(), AREMKO_VERSION, language);
}

// What ends the server: SIGTERM, SIGINT or SIGQUIT. SIGHUP reads again what may be read anew: the log's
// settings and the keys; the sources are asked every so often as it is.
int Program::wait_for_stop(const sigset_t& signals, const cli::Globals& globals, Process& process) const {
  for (int received = 0;;) {
    sigwait(&signals, &received);
    if (received == SIGTERM || received == SIGINT || received == SIGQUIT) return received;
    if (received != SIGHUP) continue;
    const auto again = config(globals);
    log::info("reload", {{"settings", again.has_value()}});
    (void)process.services().keys->look_again();  // by the ring's thread, which may wait for its store: the next signal does not
  }
}

Result<void> Program::serve(const cli::Globals& globals, const cli::ServeOptions& options,
                            const std::function<void(std::uint16_t)>& ready) {
  const auto settings = config(globals);
  if (!settings) return fail(settings.error());
  for (const FieldError& note : settings->notes) {
    log::info("setting_note", {{"setting", std::string_view(note.field)}, {"note", std::string_view(note.message.en)}});
  }
  raise_descriptor_limit();
  forbid_core_dumps();
  // Blocked before the first thread is made, so that only sigwait below sees them.
  const sigset_t signals = taken_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  const auto process = Process::open(*settings, clock_);
  if (!process) return fail(process.error());
  rest::Metrics metrics;
  net::ServerOptions http{.host = options.host, .port = options.port, .threads = options.threads};
  const auto web = dashboard(*settings);
  if (web.empty()) log::info("no_dashboard", {{"hint", "scripts/web"}});
  net::Router router = rest::make_router((*process)->services(), metrics, web);
  http.lanes = net::make_lanes(http);
  Assistants assistants((*process)->services(), *settings, http.lanes);
  assistants.add_routes(router, *settings, options.host);
  auto server = net::Server::start(http, std::move(router), rest::make_observer(metrics));
  if (!server) return fail(server.error());
  std::unique_ptr<net::Server> metrics_server;
  if (settings->metrics_port) {
    net::ServerOptions scrape{.host = options.host, .port = *settings->metrics_port, .threads = 1, .workers = 1};
    auto started = net::Server::start(scrape, rest::make_metrics_router((*process)->services(), metrics));
    if (!started) return fail(started.error());
    metrics_server = std::move(*started);
  }
  (*process)->watch();
  ready((*server)->port());
  log::info("start", {{"port", std::int64_t{(*server)->port()}},
                      {"tenants", static_cast<std::int64_t>(settings->tenants.size())},
                      {"version", std::string_view(AREMKO_VERSION)}});

  const int received = wait_for_stop(signals, globals, **process);
  log::info("stop", {{"signal", std::int64_t{received}}});
  end_in_time();
  (*server)->stop(grace);
  assistants.stop();
  if (metrics_server) metrics_server->stop(std::chrono::seconds(1));
  return {};
}

Result<void> Program::assist(const cli::Globals& globals) {
  const auto settings = config(globals);
  if (!settings) return fail(settings.error());
  const auto process = Process::open(*settings, clock_, globals.tenant);
  if (!process) return fail(process.error());
  operations::Services& services = (*process)->services();
  operations::Tenant* tenant = services.tenant(globals.tenant);
  // The client waits for an answer to its greeting, not for the data: only what needs them does.
  const auto patience = std::chrono::steady_clock::now() + first_load;
  Assistants assistants(services, *settings, nullptr, [tenant, patience] {
    while (tenant->holder.current() == nullptr && std::chrono::steady_clock::now() < patience) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  (*process)->watch();
  const operations::Access access{tenant,
                                  {.key_id = "mcp", .tenant = globals.tenant, .scope = store::Scope::admin, .label = "mcp"}};
  mcp::Stdio(assistants.engine(), access, globals.language, std::cin, std::cout).run();
  end_in_time();
  assistants.stop();
  return {};
}

}  // namespace aremko::app

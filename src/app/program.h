#pragma once
// What the command line can ask of this process.

#include <csignal>

#include "app/config.h"
#include "app/process.h"
#include "cli/program.h"

namespace aremko::app {

class Program final : public cli::Program {
 public:
  explicit Program(const Clock& clock, const char* const* environment) : clock_(clock), environment_(environment) {}

  Result<std::string> call(const cli::Globals& globals, const operations::Operation& operation,
                           const operations::Arguments& arguments, const cli::Progress& progress) override;
  Result<std::shared_ptr<store::Store>> open_store(const cli::Globals& globals) override;
  Result<std::vector<std::string>> tenants(const cli::Globals& globals) override;
  std::string openapi(std::string_view language) const override;
  Result<void> serve(const cli::Globals& globals, const cli::ServeOptions& options,
                     const std::function<void(std::uint16_t)>& ready) override;
  Result<void> assist(const cli::Globals& globals) override;

 private:
  Result<Config> config(const cli::Globals& globals) const;
  int wait_for_stop(const sigset_t& signals, const cli::Globals& globals, Process& process) const;

  const Clock& clock_;
  const char* const* environment_;
};

}  // namespace aremko::app

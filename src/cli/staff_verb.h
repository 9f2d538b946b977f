#pragma once
// `aremko staff add|list|revoke|pin`: people of the house, the first of whom only a shell can let in.

#include <CLI/CLI.hpp>

#include "cli/cli.h"
#include "store/rights.h"

namespace aremko::cli {

class StaffVerb {
 public:
  explicit StaffVerb(CLI::App& root);
  bool given() const { return app_->parsed(); }
  int run(Program& program, const Globals& globals, Streams& streams);

 private:
  int add(Program& program, store::Store& store, const Globals& globals, Streams& streams);
  int list(store::Store& store, const Globals& globals, Streams& streams);
  int revoke(store::Store& store, const Globals& globals, Streams& streams);
  int pin(store::Store& store, const Globals& globals, Streams& streams);
  std::string read_pin(Streams& streams) const;

  CLI::App* app_;
  CLI::App* add_;
  CLI::App* list_;
  CLI::App* revoke_;
  CLI::App* pin_;
  std::string name_;
  std::string role_ = "reception";
  std::string secret_;
  std::string id_;
};

}  // namespace aremko::cli

#pragma once
// `aremko keys create|list|revoke`

#include <CLI/CLI.hpp>

#include "cli/cli.h"

namespace aremko::cli {

class KeysVerb {
 public:
  explicit KeysVerb(CLI::App& root);
  bool given() const { return app_->parsed(); }
  /// `create` prints the key alone on its last line.
  int run(Program& program, const Globals& globals, Streams& streams);

 private:
  int create(Program& program, store::Store& store, const Globals& globals, Streams& streams);
  int list(store::Store& store, const Globals& globals, Streams& streams);
  int revoke(store::Store& store, const Globals& globals, Streams& streams);

  CLI::App* app_;
  CLI::App* create_;
  CLI::App* list_;
  CLI::App* revoke_;
  std::string scope_ = "read";
  std::string label_;
  std::string key_id_;
};

}  // namespace aremko::cli

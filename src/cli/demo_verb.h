#pragma once
// `aremko demo`: a spa of people who do not exist.

#include <CLI/CLI.hpp>

#include "cli/cli.h"
#include "demo/demo.h"

namespace aremko::cli {

class DemoVerb {
 public:
  explicit DemoVerb(CLI::App& root);
  bool given() const { return app_->parsed(); }
  int run(const Globals& globals, Streams& streams);

 private:
  CLI::App* app_;
  demo::DemoOptions options_;
  std::string out_ = "var/demo";
  std::string database_;
  std::string today_;
};

}  // namespace aremko::cli

#pragma once
// `aremko match`: who is who in any two files, or who stands twice in one.

#include <CLI/CLI.hpp>

#include "cli/cli.h"

namespace aremko::cli {

class MatchVerb {
 public:
  explicit MatchVerb(CLI::App& root);
  bool given() const { return app_->parsed(); }
  int run(const Globals& globals, Streams& streams);

 private:
  CLI::App* app_;
  std::string left_;
  std::string right_;
  std::string out_;
  std::string fields_;
  bool dedupe_ = false;
  std::uint64_t seed_ = 1;
};

}  // namespace aremko::cli

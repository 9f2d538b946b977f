#pragma once
// A CSV file written beside its final name and put in place when it is whole.

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace aremko::demo {

class OutFile {
 public:
  explicit OutFile(std::filesystem::path path);

  /// The next cell, quoted as RFC 4180 wants it.
  void cell(std::string_view text);
  void end_row();
  /// A whole line as it is.
  void line(std::string_view text);
  /// Writes out, closes and renames. Throws Outage when the disk refused anything.
  void commit();

 private:
  std::filesystem::path path_, part_;
  std::ofstream out_;
  std::string buffer_;
  bool first_ = true;
};

}  // namespace aremko::demo

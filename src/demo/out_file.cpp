#include "demo/out_file.h"

#include <system_error>

#include "base/result.h"

namespace aremko::demo {

namespace {

[[noreturn]] void refused() {
  throw Outage(error(Code::unavailable, "No se pudo escribir un archivo de la demostración.",
                     "A file of the demo could not be written."));
}

}  // namespace

OutFile::OutFile(std::filesystem::path path)
    : path_(std::move(path)), part_(path_.string() + ".part"), out_(part_, std::ios::binary | std::ios::trunc) {
  if (!out_) refused();
}

void OutFile::cell(std::string_view text) {
  if (!first_) buffer_ += ',';
  first_ = false;
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) {
    buffer_ += text;
    return;
  }
  buffer_ += '"';
  for (const char c : text) {
    if (c == '"') buffer_ += '"';
    buffer_ += c;
  }
  buffer_ += '"';
}

void OutFile::end_row() {
  first_ = true;
  line({});
}

void OutFile::line(std::string_view text) {
  buffer_ += text;
  buffer_ += '\n';
  if (buffer_.size() < 256 * 1024) return;
  out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

void OutFile::commit() {
  out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
  out_.close();
  if (!out_) refused();
  std::error_code failed;
  std::filesystem::rename(part_, path_, failed);
  if (failed) refused();
}

}  // namespace aremko::demo

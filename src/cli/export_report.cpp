#include "cli/export_report.h"

#include <boost/json/parse.hpp>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

namespace aremko::cli {

namespace {

/// Its owner's alone, and never over a file that is there.
bool write_new(const std::string& name, std::string_view bytes) {
  const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return false;
  bool good = true;
  while (good && !bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    good = written > 0;
    if (good) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::close(file) == 0 && good;
}

}  // namespace

std::string export_report(std::string_view json, const RenderOptions&) {
  const auto answer = boost::json::parse(json);
  const std::string_view content = answer.at("content").as_string();
  const std::string name(answer.at("file_name").as_string()), summary(answer.at("summary").as_string());
  std::string bytes(content.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), content.data(), content.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0 ||
      !write_new(name, std::string_view(bytes).substr(0, size))) {
    return "No se pudo escribir " + name + ": ya existe aquí, o la carpeta no lo permite.\n";
  }
  return name + ": " + summary + "\n";
}

}  // namespace aremko::cli

#include "store/process_mark.h"

#include <unistd.h>

#include <array>
#include <fstream>
#include <random>

#include "base/text.h"

namespace aremko::store {
namespace {

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string out;
  std::getline(file, out);
  return out;
}

/// The machine since it was started, and who sees which process ids there.
std::string world() {
  const std::string boot = first_line("/proc/sys/kernel/random/boot_id");
  std::array<char, 64> space{};
  const ssize_t length = ::readlink("/proc/self/ns/pid", space.data(), space.size());
  if (boot.empty() || length <= 0) return {};
  return boot + "/" + std::string(space.data(), static_cast<std::size_t>(length));
}

/// When a process started, in the kernel's ticks; empty when there is none. A zombie is gone.
std::string start_of(std::string_view pid) {
  const std::string line = first_line("/proc/" + std::string(pid) + "/stat");
  const std::size_t name_end = line.rfind(')');  // the name may hold anything
  if (name_end == std::string::npos) return {};
  const auto fields = split(trim(std::string_view(line).substr(name_end + 1)), ' ');
  if (fields.size() < 20 || fields[0] == "Z" || fields[0] == "X") return {};
  return std::string(fields[19]);  // field 22 of proc(5)
}

}  // namespace

const std::string& process_mark() {
  static const std::string mark = [] {
    const std::string pid = std::to_string(::getpid());
    const std::string here = world(), start = start_of(pid);
    return here.empty() || start.empty() ? fmt::format("unknown-{}", std::random_device{}()) : here + "/" + pid + "/" + start;
  }();
  return mark;
}

bool is_gone(std::string_view mark) {
  const std::size_t start_at = mark.rfind('/');
  if (start_at == std::string_view::npos || start_at == 0) return false;
  const std::size_t pid_at = mark.rfind('/', start_at - 1);
  if (pid_at == std::string_view::npos) return false;
  const std::string here = world();
  if (here.empty() || mark.substr(0, pid_at) != here) return false;
  return start_of(mark.substr(pid_at + 1, start_at - pid_at - 1)) != mark.substr(start_at + 1);
}

}  // namespace aremko::store

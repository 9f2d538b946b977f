#include "sources/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include <fmt/format.h>

#include "base/text.h"

namespace aremko::sources {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t chunk = 256 * 1024;
constexpr std::size_t looked_at = 64 * 1024;

FileState state_from(const struct stat& info) {
  return {.inode = static_cast<std::uint64_t>(info.st_ino),
          .bytes = static_cast<std::uint64_t>(info.st_size),
          .modified_ns = static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec};
}

std::unexpected<Error> missing(const fs::path& path) {
  return fail(error(Code::not_found, fmt::format("No se encuentra el archivo {}.", shown_name(path)),
                    fmt::format("The file {} is not there.", shown_name(path))));
}

std::unexpected<Error> unopenable(const fs::path& path, int reason) {
  if (reason == ENOENT || reason == ENOTDIR) return missing(path);
  if (reason == EACCES || reason == EPERM) {
    return fail(error(Code::unavailable, fmt::format("No hay permiso para leer el archivo {}.", shown_name(path)),
                      fmt::format("There is no permission to read the file {}.", shown_name(path))));
  }
  return fail(error(Code::unavailable, fmt::format("No se puede abrir el archivo {}.", shown_name(path)),
                    fmt::format("The file {} cannot be opened.", shown_name(path))));
}

std::unexpected<Error> not_text(const fs::path& path, std::string_view es, std::string_view en) {
  return fail(error(Code::malformed, fmt::format("El archivo {} {}", shown_name(path), es),
                    fmt::format("The file {} {}", shown_name(path), en)));
}

/// UTF-16 saved without its mark: the letters of a header have a NUL in every other byte.
normalize::Bom guess_utf16(std::string_view bytes) {
  const std::size_t pairs = std::min<std::size_t>(bytes.size(), 4096) / 2;
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < pairs; ++i) {
    even += bytes[2 * i] == 0;
    odd += bytes[2 * i + 1] == 0;
  }
  if (pairs < 8) return normalize::Bom::none;
  if (odd * 10 > pairs * 7 && even * 20 < pairs) return normalize::Bom::utf16_le;
  if (even * 10 > pairs * 7 && odd * 20 < pairs) return normalize::Bom::utf16_be;
  return normalize::Bom::none;
}

bool looks_binary(std::string_view bytes) {
  std::size_t odd = 0;
  std::size_t nul = 0;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    nul += byte == 0;
    odd += byte != 0 && (byte < 0x09 || (byte > 0x0d && byte < 0x20) || byte == 0x7f);
  }
  return odd * 50 > bytes.size() || nul * 4 > bytes.size();
}

}  // namespace

std::string shown_name(const fs::path& path) {
  // A name may hold any bytes, and is shown to people.
  return normalize::repair(path.filename().empty() ? path.string() : path.filename().string()).text;
}

std::string FileState::token() const { return fmt::format("{:x}-{:x}-{:x}", inode, bytes, modified_ns); }

TextFile::TextFile(fs::path path, int descriptor, FileState state)
    : path_(std::move(path)), descriptor_(descriptor), state_(state) {}

TextFile::TextFile(TextFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      state_(other.state_),
      encoding_(other.encoding_),
      code_page_(other.code_page_),
      whole_in_page_(other.whole_in_page_),
      unreadable_(other.unreadable_),
      ready_(std::move(other.ready_)),
      ready_from_(other.ready_from_),
      half_(std::move(other.half_)) {}

TextFile::~TextFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<TextFile> TextFile::open(const fs::path& path) {
  // Without O_NONBLOCK a named pipe would be waited for.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) return unopenable(path, errno);
  struct stat info {};
  if (::fstat(descriptor, &info) != 0) {
    const int reason = errno;
    ::close(descriptor);
    return unopenable(path, reason);
  }
  TextFile file(path, descriptor, state_from(info));
  if (!S_ISREG(info.st_mode)) return not_text(path, "no es un archivo.", "is not a file.");
  if (file.state_.bytes > max_file_bytes) {
    return fail(error(Code::too_large, fmt::format("El archivo {} pasa de 2 GiB.", shown_name(path)),
                      fmt::format("The file {} is larger than 2 GiB.", shown_name(path))));
  }
  if (auto looked = file.look_at_start(); !looked) return fail(std::move(looked.error()));
  return file;
}

Result<void> TextFile::look_at_start() {
  ready_.resize(looked_at);
  std::size_t got = 0;
  while (got < looked_at) {
    const std::size_t more = read_raw(ready_.data() + got, looked_at - got);
    if (more == 0) break;
    got += more;
  }
  ready_.resize(got);
  if (ready_.empty()) return not_text(path_, "está vacío.", "is empty.");
  if (ready_.starts_with("PK\x03\x04") || ready_.starts_with("\xd0\xcf\x11\xe0")) {
    return not_text(path_, "es un libro de Excel y no un CSV: hay que guardarlo como CSV.",
                    "is an Excel workbook and no CSV: save it as CSV.");
  }
  encoding_ = normalize::bom_of(ready_);
  const bool marked = encoding_ != normalize::Bom::none;
  if (!marked) encoding_ = guess_utf16(ready_);
  ready_.erase(0, marked ? normalize::bom_size(encoding_) : 0);
  if (encoding_ == normalize::Bom::utf16_le || encoding_ == normalize::Bom::utf16_be) {
    half_ = std::exchange(ready_, {});
    convert_more();
  }
  if (looks_binary(ready_)) return not_text(path_, "no es texto.", "is not text.");
  if (!marked && encoding_ == normalize::Bom::none) look_at_all();
  return {};
}

/// Old exports are small, and a file of five million rows takes a quarter of a second.
void TextFile::look_at_all() {
  normalize::CodePageGuess guess;
  std::string bytes(chunk, '\0');
  std::uint64_t at = 0;
  while (true) {
    const ssize_t got = ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    guess.look(std::string_view(bytes).substr(0, static_cast<std::size_t>(got)));
    at += static_cast<std::uint64_t>(got);
  }
  guess.finish();
  code_page_ = guess.page();
  whole_in_page_ = guess.whole_file();
  if (guess.unreadable()) unreadable_ = guess.odd_bytes();
  if (code_page_ != normalize::CodePage::windows_1252) ready_ = from_page(ready_);
}

/// Bytes of the file's code page as UTF-8. In a mixed file what is UTF-8 stays; a sequence cut in two by `bytes`' end waits.
std::string TextFile::from_page(std::string_view bytes) {
  if (whole_in_page_) return normalize::from_code_page(bytes, code_page_);
  half_ += bytes;
  std::string out;
  std::size_t at = 0;
  // Whether the last bytes are a sequence is not known before what follows them.
  const std::size_t end = bytes.empty() ? half_.size() : half_.size() - std::min<std::size_t>(half_.size(), 3);
  while (at < end) {
    const std::size_t length = normalize::sequence_bytes(half_, at);
    out += length > 0 ? half_.substr(at, length) : normalize::from_code_page(std::string_view(half_).substr(at, 1), code_page_);
    at += std::max<std::size_t>(length, 1);
  }
  half_.erase(0, at);
  return out;
}

std::size_t TextFile::read_raw(char* into, std::size_t size) {
  while (true) {
    const ssize_t got = ::read(descriptor_, into, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno == EINTR) continue;
    throw Outage(error(Code::unavailable, fmt::format("El disco falla al leer el archivo {}.", shown_name(path_)),
                       fmt::format("The disk fails while the file {} is read.", shown_name(path_))));
  }
}

/// Fills ready_ from UTF-16 or an old code page; false at the end.
bool TextFile::convert_more() {
  if (code_page_ != normalize::CodePage::windows_1252) {
    std::string bytes(chunk, '\0');
    bytes.resize(read_raw(bytes.data(), chunk));
    if (bytes.empty() && half_.empty()) return false;
    ready_ = from_page(bytes);
    ready_from_ = 0;
    return true;
  }
  const bool big = encoding_ == normalize::Bom::utf16_be;
  const std::size_t had = half_.size();
  half_.resize(had + chunk);
  const std::size_t got = read_raw(half_.data() + had, chunk);
  half_.resize(had + got);
  if (half_.empty()) return false;
  std::size_t whole = half_.size() & ~std::size_t{1};
  const auto high = [&](std::size_t unit) { return static_cast<unsigned char>(half_[unit + (big ? 0 : 1)]); };
  if (whole >= 2 && (high(whole - 2) & 0xfc) == 0xd8) whole -= 2;  // the first half of a surrogate pair
  if (got == 0) whole = half_.size();
  ready_ = normalize::from_utf16(std::string_view(half_).substr(0, whole), big);
  ready_from_ = 0;
  half_.erase(0, whole);
  return true;
}

std::size_t TextFile::read(char* into, std::size_t size) {
  const bool converted = encoding_ == normalize::Bom::utf16_le || encoding_ == normalize::Bom::utf16_be ||
                         code_page_ != normalize::CodePage::windows_1252;
  while (ready_from_ == ready_.size()) {
    if (!converted) return read_raw(into, std::min(size, chunk));
    if (!convert_more()) return 0;
  }
  const std::size_t count = std::min(size, ready_.size() - ready_from_);
  std::memcpy(into, ready_.data() + ready_from_, count);
  ready_from_ += count;
  return count;
}

bool TextFile::unchanged() const {
  struct stat info {};
  if (::fstat(descriptor_, &info) != 0 || state_from(info) != state_) return false;
  return ::stat(path_.c_str(), &info) == 0 && state_from(info) == state_;
}

Result<FileState> state_of(const fs::path& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return unopenable(path, errno);
  return state_from(info);
}

Result<std::string> file_token(const Result<fs::path>& file) {
  if (!file) return fail(file.error());
  const auto state = state_of(*file);
  if (!state) return fail(state.error());
  return file->filename().string() + "|" + state->token();
}

Result<void> read_stable(const fs::path& path, const std::function<Result<void>(TextFile&)>& use) {
  // A copy of a file of some megabytes takes well under a second.
  for (const int wait_ms : {50, 200, 500, 1'000, 0}) {
    auto file = TextFile::open(path);
    if (file) {
      auto used = use(*file);
      if (file->unchanged()) return used;
    } else if (file.error().code != Code::malformed && file.error().code != Code::not_found) {
      return fail(std::move(file.error()));
    } else if (wait_ms >= 500 || wait_ms == 0) {
      // Empty or gone for a moment is how a file looks that is just being replaced; this one stays so.
      return fail(std::move(file.error()));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
  }
  return fail(error(Code::unavailable, fmt::format("El archivo {} cambia mientras se lee.", shown_name(path)),
                    fmt::format("The file {} keeps changing while it is read.", shown_name(path))));
}

namespace {

constexpr std::string_view stamp_shape = "dddd-dd-dd-dd-dd-dd.csv";

/// "2024-06-23-16-31-48" of a lower-case name, empty when there is none.
std::string_view stamp_of(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return {};
  name.remove_prefix(prefix.size());
  if (name.size() != stamp_shape.size()) return {};
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool digit = name[i] >= '0' && name[i] <= '9';
    if (stamp_shape[i] == 'd' && i < 19 ? !digit : name[i] != stamp_shape[i]) return {};
  }
  return name.substr(0, 19);
}

template <class Visit>
Result<void> each_name(const fs::path& directory, Visit visit) {
  std::error_code failed;
  for (fs::directory_iterator entry(directory, failed), end; !failed && entry != end; entry.increment(failed)) {
    visit(entry->path());
  }
  if (failed) return unopenable(directory, failed.value());
  return {};
}

}  // namespace

Result<fs::path> newest_file(const fs::path& path, std::string_view prefix) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return path;
  const std::string wanted = ascii_lower(prefix);
  std::pair<std::string, std::string> best;  // timestamp, lower-case name
  fs::path found;
  auto listed = each_name(path, [&](const fs::path& candidate) {
    const std::string name = ascii_lower(candidate.filename().string());
    std::string_view plain = wanted;
    if (plain.ends_with('-')) plain.remove_suffix(1);
    if (!name.starts_with(plain) || !name.ends_with(".csv")) return;
    std::pair<std::string, std::string> rank(stamp_of(name, wanted), name);
    if (!found.empty() && rank <= best) return;
    best = std::move(rank);
    found = candidate;
  });
  if (!listed) return fail(std::move(listed.error()));
  if (found.empty()) return missing(fs::path(std::string(prefix) + "….csv"));
  return found;
}

Result<fs::path> named_file(const fs::path& path, std::string_view name) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return path;
  if (fs::exists(path / name, ignored)) return path / name;
  fs::path found;
  auto listed = each_name(path, [&](const fs::path& candidate) {
    if (ascii_lower(candidate.filename().string()) == ascii_lower(name)) found = candidate;
  });
  if (!listed) return fail(std::move(listed.error()));
  if (found.empty()) return missing(path / name);
  return found;
}

}  // namespace aremko::sources

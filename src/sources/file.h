#pragma once
// A file that somebody else may replace at any moment, read as text.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "normalize/code_pages.h"
#include "normalize/encoding.h"

namespace aremko::sources {

/// What tells one state of a file from another.
struct FileState {
  std::uint64_t inode = 0;
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0;

  std::string token() const;
  friend bool operator==(const FileState&, const FileState&) = default;
};

/// Text is kept in columns of at most 4 GiB; a file of half of that is nobody's list of customers.
inline constexpr std::uint64_t max_file_bytes = std::uint64_t{2} << 30;

/// An open file: its bytes without byte-order mark; UTF-16, cp850 and MacRoman made UTF-8, Windows-1252 left as it is. What
/// is no UTF-8 is judged by the whole file, which is read for it once more.
class TextFile {
 public:
  /// not_found; unavailable when it cannot be opened; malformed when it is empty, binary or no file; too_large.
  /// No error shows more of the path than the file's name.
  static Result<TextFile> open(const std::filesystem::path& path);
  TextFile(TextFile&&) noexcept;
  TextFile& operator=(TextFile&&) = delete;
  ~TextFile();

  /// Up to `size` bytes; 0 at the end. Throws Outage when the disk fails.
  std::size_t read(char* into, std::size_t size);
  const FileState& state() const { return state_; }
  /// False when the path now names another file, or this one was written to since it was opened.
  bool unchanged() const;
  normalize::Bom encoding() const { return encoding_; }
  normalize::CodePage code_page() const { return code_page_; }
  /// How many bytes no encoding makes letters of; 0 when all is well.
  std::uint64_t unreadable_bytes() const { return unreadable_; }
  /// The file's first bytes (at most 64 KiB), before anything was read.
  std::string_view start() const { return ready_; }

 private:
  TextFile(std::filesystem::path path, int descriptor, FileState state);
  Result<void> look_at_start();
  void look_at_all();
  std::string from_page(std::string_view bytes);
  std::size_t read_raw(char* into, std::size_t size);
  bool convert_more();

  std::filesystem::path path_;
  int descriptor_;
  FileState state_;
  normalize::Bom encoding_ = normalize::Bom::none;
  normalize::CodePage code_page_ = normalize::CodePage::windows_1252;
  bool whole_in_page_ = false;   // nothing in it is UTF-8
  std::uint64_t unreadable_ = 0;
  std::string ready_;          // bytes read (and converted) but not handed out
  std::size_t ready_from_ = 0;
  std::string half_;           // the first bytes of a UTF-16 character whose rest is not read
};

/// The file's name without its directory, as UTF-8.
std::string shown_name(const std::filesystem::path& path);

Result<FileState> state_of(const std::filesystem::path& path);

/// The change token of a source that is one file: its name and its state, or why it was not found.
Result<std::string> file_token(const Result<std::filesystem::path>& file);

/// Opens the file and gives it to `use`; again when the file was changed meanwhile, a few times, then unavailable.
/// A failure of `use` on a file that changed meanwhile is tried again too.
Result<void> read_stable(const std::filesystem::path& path, const std::function<Result<void>(TextFile&)>& use);

/// Of a directory the file `prefixYYYY-MM-DD-hh-mm-ss.csv` with the latest timestamp in its name, else
/// `prefix….csv` last in the alphabet; case does not matter. A path that is no directory is returned as it is.
Result<std::filesystem::path> newest_file(const std::filesystem::path& path, std::string_view prefix);

/// Of a directory the file of that name, whatever its case; a path that is no directory is returned as it is.
Result<std::filesystem::path> named_file(const std::filesystem::path& path, std::string_view name);

}  // namespace aremko::sources

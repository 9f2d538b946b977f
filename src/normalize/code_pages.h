#pragma once
// Which code page a file without UTF-8 was saved in, judged by all of its bytes.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace aremko::normalize {

enum class CodePage : std::uint8_t { windows_1252, cp850, mac_roman };  // cp850: DOS; mac_roman: a Mac's before 2001

/// Weighs the bytes that are no UTF-8 by the letters they would be, and by what stands around them: Spanish letters between
/// small letters are small, signs do not stand inside words.
class CodePageGuess {
 public:
  /// Fewer bytes than these tell nothing.
  static constexpr std::uint64_t least_bytes = 3;

  /// The file, piece by piece, then finish().
  void look(std::string_view bytes);
  void finish();
  /// windows_1252 unless another fits clearly better.
  CodePage page() const;
  /// No code page makes words of them.
  bool unreadable() const;
  std::uint64_t odd_bytes() const { return odd_bytes_; }
  /// Nearly nothing in the file is UTF-8, so that what looks like it is chance.
  bool whole_file() const { return sequences_ * 20 < odd_bytes_; }

  /// Where a byte stands.
  enum Place : std::uint8_t { alone, first, among_small, among_capitals };

 private:
  static constexpr std::size_t places = 4;
  std::size_t take(std::string_view bytes, std::size_t at);
  std::int64_t score(CodePage page) const;

  std::array<std::array<std::uint64_t, places>, 128> counts_{};
  std::uint64_t odd_bytes_ = 0;
  std::uint64_t sequences_ = 0;  // valid UTF-8 beyond ASCII
  std::string rest_;             // bytes not yet looked at, and the one before them
  std::size_t kept_before_ = 0;
  bool begun_ = false;
};

/// Every byte read by the page; what it has nothing for becomes U+FFFD.
std::string from_code_page(std::string_view bytes, CodePage page);

}  // namespace aremko::normalize

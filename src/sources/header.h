#pragma once
// Finding a column by the name somebody gave it.

#include <string>
#include <string_view>
#include <vector>

namespace aremko::sources {

/// A file's column names in the form in which they are compared: encoding and HTML entities put right, without case, accents
/// and punctuation.
class HeaderNames {
 public:
  static constexpr std::size_t absent = static_cast<std::size_t>(-1);
  static constexpr std::size_t ambiguous = static_cast<std::size_t>(-2);

  explicit HeaderNames(const std::vector<std::string>& header);
  /// The column written just so, else the one that differs in case, accents and punctuation only, else in blanks too
  /// (`E-mail`, `EMAIL`). `absent`, or `ambiguous` when two answer equally well and none is written just so.
  std::size_t find(std::string_view wanted) const;
  std::size_t size() const { return folded_.size(); }
  /// Empty for a column without a name.
  std::string_view folded(std::size_t column) const { return folded_[column]; }

 private:
  std::vector<std::string> written_;
  std::vector<std::string> folded_;
};

}  // namespace aremko::sources

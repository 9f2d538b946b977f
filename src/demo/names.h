#pragma once
// Chilean given names and surnames with life's frequencies: a few names that everybody bears, a long tail that hardly
// anybody does, Mapuche and German surnames of the south among them.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "demo/rng.h"

namespace aremko::demo {

/// A list in order of frequency; the r-th entry weighs 1/(r+q) (Zipf–Mandelbrot).
class RankedList {
 public:
  /// `text`: entries between blanks or line ends; `_` stands for a blank inside one.
  RankedList(std::string_view text, int q);
  const std::string& pick(Rng& rng) const;
  std::size_t size() const { return words_.size(); }
  const std::string& of_rank(std::size_t rank) const { return words_[rank]; }
  bool contains(std::string_view word) const;

 private:
  std::vector<std::string> words_;
  std::vector<std::uint32_t> upto_;  // running sum of weights
};

struct FullName {
  bool woman = true;
  std::string given;    // "María José" is one given name
  std::string second;   // second given name, may be empty
  std::string surname;
  std::string maternal;
};

class Names {
 public:
  Names();
  FullName full_name(Rng& rng) const;
  std::string given(bool woman, Rng& rng) const;
  std::string surname(Rng& rng) const;
  /// One that holds ñ or ü.
  const std::string& surname_with_foreign_letter(Rng& rng) const { return foreign_.pick(rng); }
  std::size_t surnames() const { return surnames_.size(); }
  const std::string& surname_of_rank(std::size_t rank) const { return surnames_.of_rank(rank); }  // 0: the commonest
  /// A brother's name for a sister's, and the other way: Daniel and Daniela; empty when there is none.
  std::string counterpart(std::string_view given) const;
  /// "María Ignacia"
  static std::string after_maria(Rng& rng);
  /// The everyday short form ("Pancho"); empty when the name has none.
  static std::string_view nickname(std::string_view given, Rng& rng);

 private:
  std::string rare_surname(Rng& rng) const;

  RankedList women_, men_, surnames_, foreign_;
  std::vector<std::vector<std::string>> parts_;  // pairs of beginnings and endings, a language each
};

}  // namespace aremko::demo

#pragma once
// People by phone (from either end), RUT and e-mail: sorted arrays, found by binary search.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "snapshot/best_hits.h"

namespace aremko::snapshot {

/// What is indexed of one side's people, by rank. Texts as the batch holds them.
struct ContactTexts {
  std::function<std::string_view(Rank)> telefono;
  std::function<std::string_view(Rank)> email;
  std::function<std::string_view(Rank)> documento;
};

/// Of an address that is another spelling of the mailbox asked for.
inline constexpr int mailbox_penalty = 1;

/// Up to sixteen digits (and a RUT's K) in one number that sorts as the text does.
class PackedDigits {
 public:
  static constexpr std::size_t most = 16;
  static std::uint64_t pack(std::string_view digits);
  static std::size_t length(std::uint64_t packed);
  /// The greatest number that begins with these digits.
  static std::uint64_t last_with(std::uint64_t packed, std::size_t digits);
};

class ContactIndex {
 public:
  ContactIndex() = default;
  ContactIndex(Rank people, const ContactTexts& texts);

  /// Each appends to `out`, at most `most` people, of whom one may be there twice.
  static constexpr std::size_t most = 5'000;
  /// Digits typed for a phone, a Chilean prefix taken off: the whole number, its last four or more digits, or its
  /// first three or more.
  void by_phone(std::string_view digits, std::vector<Found>& out) const;
  /// Body and check digit, or a beginning of four or more characters.
  void by_rut(std::string_view key, std::vector<Found>& out) const;
  /// A passport or any other document that is no RUT, whole; signs, blanks and case do not count.
  void by_other_document(std::string_view text, std::vector<Found>& out) const;
  /// The address or another spelling of its mailbox, or its beginning of three or more bytes; `texts` as at the building.
  void by_email(std::string_view beginning, const ContactTexts& texts, std::vector<Found>& out) const;

  std::size_t memory() const;

 private:
  struct Keys {
    std::vector<std::uint64_t> key;
    std::vector<Rank> rank;
  };
  void by_mailbox(std::string_view address, const ContactTexts& texts, std::vector<Found>& out) const;
  static Keys sorted(std::vector<struct KeyedRow>& pairs);
  template <class Penalty>
  static void range(const Keys& keys, std::string_view digits, Penalty penalty, std::vector<Found>& out,
                    MatchedOn matched_on);

  Keys phones_;
  Keys phones_backwards_;
  Keys ruts_;
  Keys other_documents_;      // by hash
  std::vector<Rank> emails_;  // by address
  Keys mailboxes_;            // by hash of the mailbox, where it is not the address itself
};

}  // namespace aremko::snapshot

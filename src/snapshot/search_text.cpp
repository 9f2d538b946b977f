#include "snapshot/search_text.h"

#include "base/text.h"
#include "normalize/phone.h"
#include "normalize/phone_words.h"
#include "normalize/rut.h"
#include "normalize/text.h"
#include "snapshot/search_paste.h"

namespace aremko::snapshot {

namespace {

using normalize::WordKind;

constexpr std::size_t most_bytes = 400;

bool digit(char c) { return c >= '0' && c <= '9'; }

/// "12.345.678-5", "1234567-k": complete in itself, so that no neighbour belongs to it.
bool is_written_rut(std::string_view piece) {
  return piece.size() >= 3 && piece[piece.size() - 2] == '-' && only_digits(piece).size() >= 6;
}

SearchText::Number number_of(std::string_view run) {
  SearchText::Number out;
  out.phone = normalize::phone_digits(run);
  out.abroad = normalize::argentine_mobile(out.phone);
  out.rut = normalize::rut_key(run);
  if (is_digits(run)) out.id = run;
  return out;
}

bool announces_mail(std::string_view folded) {
  constexpr std::array<std::string_view, 6> words{"mail", "email", "e mail", "correo", "electronico", "mailto"};
  return std::ranges::find(words, folded) != words.end();
}

/// Takes the text piece by piece.
class Reading {
 public:
  explicit Reading(SearchText& into) : out_(into) {}

  void take(std::string piece) {
    const bool joins = !run_.empty() && (piece == "-" || (run_.ends_with('-') && (piece == "k" || piece == "K")));
    if (joins || is_numeric_piece(piece)) return take_number(piece, joins);
    close_run();
    if (piece == "-") return;
    const std::size_t at = piece.find('@');
    if (at == 0) {
      out_.bare_domain = true;
    } else if (at != std::string::npos) {
      drop_labels(announces_mail, [](WordKind) { return false; });
      out_.emails.push_back(ascii_lower(piece));
    } else {
      // "pasaporte AB123456"
      const bool code = std::ranges::any_of(piece, digit);
      if (code) drop_labels([](std::string_view) { return false; }, [](WordKind kind) { return kind == WordKind::document; });
      words_.push_back(std::move(piece));
    }
  }

  void finish() {
    close_run();
    // "+56 9 … (WhatsApp)"
    if (!out_.numbers.empty() && words_.size() > words_before_number_ && kind_of(words_.back()) == WordKind::phone) words_.pop_back();
    std::string text;
    for (const std::string& word : words_) text += word + ' ';
    out_.folded = normalize::fold(text);
    if (words_.size() + out_.numbers.size() + out_.emails.size() == 1) {
      out_.single = ascii_lower(!words_.empty() ? words_[0] : !out_.emails.empty() ? out_.emails[0] : last_run_);
    }
  }

 private:
  static WordKind kind_of(std::string_view word) {
    std::string folded = normalize::fold(word);
    std::erase(folded, ' ');  // "r.u.t"
    return normalize::kind_of_word(folded);
  }

  /// The words that only announce what comes: "RUT N°", "correo electrónico".
  template <class Word, class Kind>
  void drop_labels(Word word_announces, Kind kind_announces) {
    std::size_t keep = words_.size();
    for (std::size_t i = words_.size(); i > 0; --i) {
      const WordKind kind = kind_of(words_[i - 1]);
      if (word_announces(normalize::fold(words_[i - 1])) || kind_announces(kind)) {
        keep = i - 1;
      } else if (kind != WordKind::linking) {
        break;
      }
    }
    words_.resize(keep);
  }

  /// Enough digits for a number, so that what follows is another one; with a country's code that takes more of them.
  bool is_whole_run() const {
    const std::string digits = only_digits(run_);
    const bool international = run_.starts_with('+') || digits.starts_with("00");
    if (!international) return digits.size() >= (run_.starts_with("54 ") ? 12U : 8U);  // Argentina's, without its plus
    const bool chilean = digits.starts_with("56") || digits.starts_with("0056");
    return digits.size() >= 12 || (chilean && normalize::phone_digits(run_).size() == 9);
  }

  void take_number(const std::string& piece, bool joins) {
    const bool whole = is_written_rut(piece);
    const bool check_digit = run_.ends_with('-') && piece.size() == 1;
    if (!joins && !check_digit && (run_closed_ || (whole && !run_.empty()) || (piece.size() > 1 && is_whole_run()))) close_run();
    if (run_.empty()) {
      drop_labels([](std::string_view) { return false; },
                  [](WordKind kind) { return kind == WordKind::phone || kind == WordKind::document; });
    }
    if (!run_.empty()) run_ += ' ';
    run_ += piece;
    run_closed_ = whole;
  }

  void close_run() {
    while (!run_.empty() && (run_.back() == '-' || run_.back() == ' ')) run_.pop_back();
    if (!run_.empty()) {
      out_.numbers.push_back(number_of(run_));
      words_before_number_ = words_.size();
      last_run_ = run_;
    }
    run_.clear();
    run_closed_ = false;
  }

  SearchText& out_;
  std::vector<std::string> words_;
  std::size_t words_before_number_ = 0;
  std::string run_;       // numeric pieces that stand together
  std::string last_run_;
  bool run_closed_ = false;
};

/// "#6283".
bool is_client_number(std::string_view text) {
  text = trim(text);
  return text.starts_with('#') && is_digits(trim(text.substr(1)));
}

}  // namespace

SearchText read_search(std::string_view text) {
  SearchText out;
  text = text.substr(0, most_bytes);
  out.client_number = is_client_number(text);
  if (out.client_number) text.remove_prefix(text.find('#') + 1);
  std::vector<std::string> pieces = pasted_pieces(text);
  const bool ends_in_word = !pieces.empty() && !is_numeric_piece(pieces.back());
  out.open = ends_in_word && !std::string_view(" \t\r\n\v\f").contains(text.back());
  Reading reading(out);
  for (std::string& piece : pieces) reading.take(std::move(piece));
  reading.finish();
  return out;
}

}  // namespace aremko::snapshot

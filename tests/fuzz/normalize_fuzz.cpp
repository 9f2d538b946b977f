// Any bytes into every normaliser: none may crash, and each must be content with its own output.

#include <cstdlib>

#include "base/text.h"
#include "normalize/code_pages.h"
#include "normalize/dates.h"
#include "normalize/email.h"
#include "normalize/encoding.h"
#include "normalize/html.h"
#include "normalize/name.h"
#include "normalize/phone.h"
#include "normalize/place.h"
#include "normalize/rut.h"
#include "normalize/service.h"
#include "normalize/text.h"

namespace {

using namespace aremko;  // a fuzzer is one function
using namespace aremko::normalize;

void must(bool holds) {
  if (!holds) std::abort();
}

void encodings(std::string_view raw) {
  const Repaired once = repair(raw);
  must(valid_utf8(once.text) && once.text.find('\0') == std::string::npos);
  must(repair(once.text).kind == Repair::none);
  must((once.kind == Repair::none) == (once.text == raw));
  must(needs_repair(raw) || once.text == raw);
  must(valid_utf8(from_utf16(raw, true)) && valid_utf8(from_utf16(raw, false)));
  must(valid_utf8(html_decoded(once.text)) && (may_hold_entities(once.text) || html_decoded(once.text) == once.text));
  must(plain_marks(plain_marks(once.text)) == plain_marks(once.text));
  CodePageGuess guess;
  guess.look(raw.substr(0, raw.size() / 2));
  guess.look(raw.substr(raw.size() / 2));
  guess.finish();
  must(valid_utf8(from_code_page(raw, guess.page())));
  const std::string folded = fold(raw);
  must(valid_utf8(folded) && fold(folded) == folded);
}

void people(std::string_view raw) {
  const PersonName once = person_name(raw);
  const PersonName again = person_name(once.shown);
  must(valid_utf8(once.shown) && again.shown == once.shown && !again.recased && !again.had_honorific);
  const Email mail = email(raw);
  must(mail.valid == !mail.address.empty());
  if (mail.valid) must(email(mail.address).address == mail.address);
  must(mailbox_key(mailbox_key(raw)) == mailbox_key(raw));
}

void numbers(std::string_view raw) {
  const Phone number = phone(raw);
  if (!number.e164.empty()) must(phone(number.e164).e164 == number.e164);
  phone_digits(raw);
  const Rut once = rut(raw);
  if (!once.canonical.empty()) must(rut(once.canonical).canonical == once.canonical && rut(once.canonical).kind == once.kind);
  rut_key(raw);
  for (const DateOrder order : {DateOrder::day_first, DateOrder::month_first}) {
    const Moment when = moment(raw, order);
    if (when.known()) must(moment(when.iso(), order) == when);
  }
  const auto minute = minute_of_day(raw);
  must(!minute || (*minute >= 0 && *minute < 1440));
}

void places(std::string_view raw) {
  const Place once = place(raw);
  must(valid_utf8(once.city));
  std::string shown = once.city;
  if (!once.region.empty()) shown += (once.city.empty() ? "Región de " : ", ") + once.region;
  const Place again = place(shown);
  must(again.city == once.city && again.region == once.region);
  must(city(city(raw)) == city(raw));
  must(region(region(raw)) == region(raw));
  region_code(raw);
  region_of(raw);
}

void services(std::string_view raw) {
  const ServiceKind once = service(raw, raw);
  const ServiceKind again = service(once.canonical, raw);
  must(valid_utf8(once.canonical) && again.canonical == once.canonical && again.family == once.family);
  must(again.cancelled == once.cancelled);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view raw(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 5) {
    case 0: encodings(raw); break;
    case 1: people(raw); break;
    case 2: numbers(raw); break;
    case 3: places(raw); break;
    default: services(raw); break;
  }
  return 0;
}

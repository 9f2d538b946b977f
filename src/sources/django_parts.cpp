#include "sources/django_parts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "normalize/email.h"
#include "normalize/phone.h"
#include "normalize/text.h"

namespace aremko::sources {

namespace {

/// Texts people wrote; longer ones are pasted documents.
constexpr std::size_t max_text = 2'000;

}  // namespace

std::string cleaned(Cleaner& cleaner, std::string_view raw) {
  return std::string(clip(trim(cleaner.clean(raw)), max_text));
}

Pesos price_of(sql::RowReader& row, std::size_t column) {
  row.take_bad();
  const Pesos price = row.pesos(column);
  return !row.take_bad() && price >= 0 && price <= max_sale_amount ? price : 0;
}

Moment moment_of(sql::RowReader& row, std::size_t column, const LocalTime& time) {
  if (row.is_null(column)) return {};
  row.take_bad();
  const UnixSeconds at = row.instant(column);
  return row.take_bad() ? Moment{} : time.local(at);
}

Date day_of(sql::RowReader& row, std::size_t column) {
  if (row.is_null(column)) return {};
  row.take_bad();
  const Date day = plausible(row.date(column));
  return row.take_bad() ? Date{} : day;
}

Said said(sql::RowReader& row, std::size_t column) {
  if (row.is_null(column)) return Said::unclear;
  row.take_bad();
  const bool plain = row.boolean(column);
  if (!row.take_bad()) [[likely]] return plain ? Said::yes : Said::no;
  constexpr std::array<std::string_view, 7> yes = {"t", "true", "y", "yes", "s", "si", "verdadero"};
  constexpr std::array<std::string_view, 5> no = {"f", "false", "n", "no", "falso"};
  const std::string word = normalize::fold(row.text(column));
  row.take_bad();
  if (std::ranges::find(yes, word) != yes.end()) return Said::yes;
  return std::ranges::find(no, word) != no.end() ? Said::no : Said::unclear;
}

const CustomerByContact::Index& CustomerByContact::index(std::optional<Index>& kept, const TextColumn& values,
                                                         std::uint8_t valid) const {
  if (kept) return *kept;
  Index& out = kept.emplace();
  out.reserve(contact_.size());
  for (Row row = 0; row < contact_.size(); ++row) {
    if ((contact_.flags[row] & valid) == 0) continue;
    const auto [entry, fresh] = out.try_emplace(values[row], row);
    if (!fresh) entry->second = no_row;
  }
  return out;
}

Row CustomerByContact::by_phone(std::string_view raw) {
  const std::string e164 = normalize::phone(raw).e164;
  if (e164.empty()) return no_row;
  const Index& phones = index(phones_, contact_.telefono, phone_valid);
  const auto found = phones.find(e164);
  return found == phones.end() ? no_row : found->second;
}

Row CustomerByContact::by_email(std::string_view raw) {
  const normalize::Email email = normalize::email(raw);
  if (!email.valid) return no_row;
  const Index& emails = index(emails_, contact_.email, email_valid);
  const auto found = emails.find(email.address);
  return found == emails.end() ? no_row : found->second;
}

}  // namespace aremko::sources

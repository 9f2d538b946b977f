#include "sources/django_consent.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "normalize/email.h"
#include "normalize/text.h"

namespace aremko::sources {

namespace {

/// As the customers' own addresses are kept; one that is none in its lower-case form.
void refuse_email(const Joined& joined, Cleaner& cleaner, std::string_view raw, RefusedEmail::Why why, Moment until = {}) {
  const std::string_view text = cleaner.clean(cell_value(raw));
  if (text.empty()) return;
  normalize::Email email = normalize::email(text);
  joined.batch.refused_emails.push_back(
      {email.valid ? std::move(email.address) : ascii_lower(clip(text, 254)), why, until});
}

}  // namespace

void ConsentReader::plan(Catalogue& catalogue) {
  using enum As;
  using enum Need;
  preferences_ = catalogue.look("ventas_clientpreferences", extra,
                                {{"cliente_id", integer, word, by_all},
                                 {"accepts_whatsapp", boolean, word, by_phone},
                                 {"accepts_email", boolean, word, by_email},
                                 {"accepts_sms", boolean, optional, by_phone},
                                 {"accepts_newsletters", boolean, optional, by_email},
                                 {"accepts_promotional", boolean, optional, by_all},
                                 {"accepts_reactivation", boolean, optional, by_all},
                                 {"opt_out_date", instant, optional, by_all}});
  blacklist_ = catalogue.look("ventas_emailblacklist", extra,
                              {{"email", text, word, by_email},
                               {"is_active", boolean, optional, by_email, "ninguna dirección de esa tabla recibe correos"},
                               {"expires_at", instant, optional, by_email, "lo que esa tabla cierra no vence"}});
  subscribers_ = catalogue.look("ventas_newslettersubscriber", extra,
                                {{"email", text, word, by_email}, {"is_active", boolean, word, by_email}});
  recipients_ = catalogue.look("ventas_emailrecipient", extra,
                               {{"email", text, word, by_email}, {"status", text, word, by_email}});
}

/// A row says no to whatever it does not plainly say yes to. A day of opting out closes everything, even where every
/// channel says yes: nothing tells which of the two was said last, and the strictest word is the one to keep.
void ConsentReader::read_preferences(sql::Connection& database, const Joined& joined) const {
  enum : std::size_t { customer, whatsapp, email, sms, newsletters, promotional, reactivation, opt_out };
  const auto row = database.read(preferences_.select);
  while (row->next()) {
    const Row who = joined.find(joined.customers, *row, customer);
    if (who == no_row) continue;
    const auto no = [&](std::size_t column) { return preferences_.has[column] && said(*row, column) != Said::yes; };
    std::uint16_t& refusals = joined.batch.customers.refusals[who];
    if (no(whatsapp)) refusals |= refuses_whatsapp;
    if (no(email) || no(newsletters)) refusals |= refuses_email;
    if (no(sms)) refusals |= refuses_sms;
    if (no(promotional) || no(reactivation)) refusals |= refuses_promotion;
    if (!row->is_null(opt_out)) refusals |= refuses_everything;
  }
}

void ConsentReader::read_blacklist(sql::Connection& database, const Joined& joined) const {
  Cleaner cleaner;
  const auto row = database.read(blacklist_.select);
  while (row->next()) {
    if (said(*row, 1) == Said::no) continue;
    refuse_email(joined, cleaner, row->text(0), RefusedEmail::Why::blacklist, moment_of(*row, 2, joined.time));
  }
}

/// True means nothing here: every save of a customer sets it again.
void ConsentReader::read_subscribers(sql::Connection& database, const Joined& joined) const {
  Cleaner cleaner;
  const auto row = database.read(subscribers_.select);
  while (row->next()) {
    if (!subscribers_.has[1] || said(*row, 1) == Said::yes) continue;
    refuse_email(joined, cleaner, row->text(0), RefusedEmail::Why::newsletter);
  }
}

void ConsentReader::read_recipients(sql::Connection& database, const Joined& joined) const {
  Cleaner cleaner;
  std::string status;
  const auto row = database.read(recipients_.select);
  while (row->next()) {
    normalize::fold_into(status, row->text(1));
    if (status.starts_with("bounce")) {
      refuse_email(joined, cleaner, row->text(0), RefusedEmail::Why::bounced);
    } else if (status.starts_with("unsubscribe") || status.starts_with("spam") || status.starts_with("complain")) {
      refuse_email(joined, cleaner, row->text(0), RefusedEmail::Why::unsubscribed);
    }
  }
}

void ConsentReader::read(sql::Connection& database, const Joined& joined) const {
  if (preferences_.exists) read_preferences(database, joined);
  if (blacklist_.exists) read_blacklist(database, joined);
  if (subscribers_.exists) read_subscribers(database, joined);
  if (recipients_.exists) read_recipients(database, joined);
  auto& all = joined.batch.refused_emails;
  const auto key = [](const RefusedEmail& one) { return std::tie(one.email, one.why, one.until); };
  std::ranges::sort(all, {}, key);
  const auto again = std::ranges::unique(all, {}, key);
  all.erase(again.begin(), again.end());
}

}  // namespace aremko::sources

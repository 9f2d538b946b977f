#include "sources/django_messages.h"

#include <algorithm>
#include <tuple>

#include "normalize/text.h"
#include "sources/cells.h"

namespace aremko::sources {

namespace {

using Way = Message::Way;

Way way_of(std::string_view folded) {
  if (folded.contains("whatsapp")) return Way::whatsapp;
  if (folded == "sms") return Way::sms;
  return folded.contains("mail") ? Way::email : Way::other;
}

void add(const Joined& joined, Row customer, Moment at, Way way, bool inbound, std::string text = {}) {
  if (!at.known()) return;
  joined.part.kept();
  joined.batch.messages.push_back({customer, at, way, inbound, std::move(text)});
}

/// The first day of "2024-1", "2024-Q1", "2024Q1", "Q1 2024"; unknown where no year and quarter stand.
Date quarter_of(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  int year = 0, quarter = 0;
  for (std::size_t at = text.find_first_of(digits); at != std::string_view::npos; at = text.find_first_of(digits, at)) {
    const std::size_t end = std::min(text.find_first_not_of(digits, at), text.size());
    const auto number = whole_number(text.substr(at, end - at));
    int& part = end - at == 4 ? year : quarter;
    if (part != 0 || !number || *number < 1 || end - at > 4) return {};
    part = static_cast<int>(*number);
    at = end;
  }
  return quarter >= 1 && quarter <= 4 && year >= 2000 && year < 2100 ? Date::of(year, 3 * quarter - 2, 1) : Date{};
}

}  // namespace

void MessagesReader::plan(Catalogue& catalogue) {
  using enum As;
  using enum Need;
  contacts_ = catalogue.look("ventas_contactowhatsapp", extra,
                             {{"cliente_id", integer, optional}, {"fecha_envio", instant, extra},
                              {"fecha_respuesta", instant, extra}, {"tipo_respuesta", text, extra}});
  log_ = catalogue.look("ventas_communicationlog", extra,
                        {{"cliente_id", integer, optional}, {"communication_type", text, extra}, {"status", text, extra},
                         {"sent_at", instant, extra}, {"created_at", instant, extra}, {"replied_at", instant, extra}});
  whatsapp_ = catalogue.look("ventas_whatsappmessage", extra,
                             {{"cliente_id", integer, extra}, {"phone", text, extra}, {"direction", text, optional},
                              {"timestamp", instant, optional}, {"body", text, extra}});
  inbox_ = catalogue.look("inbox_omnicanal_channelmessage", extra,
                          {{"cliente_id", integer, extra}, {"external_id", text, extra}, {"direction", text, optional},
                           {"timestamp", instant, optional}, {"body", text, extra}, {"canal", text, extra}});
  campaigns_ = catalogue.look("ventas_emailrecipient", extra,
                              {{"client_id", integer, extra}, {"email", text, extra}, {"status", text, extra},
                               {"sent_at", instant, extra}});
  limits_ = catalogue.look("ventas_communicationlimit", extra,
                           {{"cliente_id", integer, extra}, {"last_sms_date", date, extra},
                            {"last_email_date", instant, extra}, {"reactivation_emails_this_quarter", integer, extra},
                            {"last_reactivation_quarter", text, extra}});
}

/// The list of whom to write to by hand: only what was sent has a day of sending.
void MessagesReader::read_contacts(sql::Connection& database, const Joined& joined) const {
  enum : std::size_t { customer, sent, answered, answer };
  const auto row = database.read(contacts_.select);
  while (row->next()) {
    const Row who = joined.find(joined.customers, *row, customer);
    if (who == no_row) continue;
    add(joined, who, moment_of(*row, sent, joined.time), Way::whatsapp, false);
    add(joined, who, moment_of(*row, answered, joined.time), Way::whatsapp, true);
    // "Asked not to be written to again".
    if (row->text(answer) == "opt_out") joined.batch.customers.refusals[who] |= refuses_whatsapp;
  }
}

void MessagesReader::read_log(sql::Connection& database, const Joined& joined) const {
  enum : std::size_t { customer, kind, status, sent, created, replied };
  std::string word;
  const auto row = database.read(log_.select);
  while (row->next()) {
    const Row who = joined.find(joined.customers, *row, customer);
    if (who == no_row) continue;
    normalize::fold_into(word, row->text(kind));
    const Way way = way_of(word);
    add(joined, who, moment_of(*row, replied, joined.time), way, true);
    normalize::fold_into(word, row->text(status));
    if (word == "pending" || word == "failed" || word == "blocked") continue;
    add(joined, who, moment_of(*row, row->is_null(sent) ? created : sent, joined.time), way, false);
  }
}

/// What was sent, also when it came back: it was written.
void MessagesReader::read_campaigns(sql::Connection& database, const Joined& joined) const {
  enum : std::size_t { customer, address, status, sent };
  std::string word;
  const auto row = database.read(campaigns_.select);
  while (row->next()) {
    normalize::fold_into(word, row->text(status));
    if (word == "pending" || word == "failed" || word == "cancelled" || word == "excluded") continue;
    Row who = joined.find(joined.customers, *row, customer);
    if (who == no_row) who = joined.contacts.by_email(row->text(address));
    if (who != no_row) add(joined, who, moment_of(*row, sent, joined.time), Way::email, false);
  }
}

/// Of the many messages that a limit has counted, the last of each way.
void MessagesReader::read_limits(sql::Connection& database, const Joined& joined) const {
  enum : std::size_t { customer, sms, email, reactivations, quarter };
  const auto row = database.read(limits_.select);
  while (row->next()) {
    const Row who = joined.find(joined.customers, *row, customer);
    if (who == no_row) continue;
    if (const Date day = day_of(*row, sms); day.known()) add(joined, who, Moment::start_of(day), Way::sms, false);
    add(joined, who, moment_of(*row, email, joined.time), Way::email, false);
    const bool asked_back = row->integer(reactivations) > 0;
    if (row->take_bad() || !asked_back) continue;
    if (const Date of = quarter_of(row->text(quarter)); of.known()) {
      joined.batch.reactivations.push_back({who, of});
    } else {
      joined.part.doubts.count("ventas_communicationlimit.last_reactivation_quarter: trimestre ilegible, no se usa",
                               static_cast<std::uint64_t>(row->rows()));
    }
  }
  std::ranges::sort(joined.batch.reactivations, {}, &Reactivation::customer);
}

void MessagesReader::read_chat(sql::Connection& database, const Joined& joined, const TablePlan& plan) const {
  enum : std::size_t { customer, address, direction, at, body, channel };
  std::string word;
  Cleaner cleaner;
  const bool has_channel = &plan == &inbox_;
  const auto row = database.read(plan.select);
  while (row->next()) {
    Way way = Way::whatsapp;
    if (has_channel) {
      normalize::fold_into(word, row->text(channel));
      way = way_of(word);
    }
    Row who = joined.find(joined.customers, *row, customer);
    if (who == no_row && way == Way::whatsapp) who = joined.contacts.by_phone(row->text(address));
    if (who == no_row) continue;
    normalize::fold_into(word, row->text(direction));
    const bool inbound = word.starts_with("in") || word.starts_with("entr");
    add(joined, who, moment_of(*row, at, joined.time), way, inbound, inbound ? cleaned(cleaner, row->text(body)) : std::string());
  }
  joined.part.report.texts_repaired += cleaner.repaired();
}

void MessagesReader::read(sql::Connection& database, const Joined& joined) const {
  if (contacts_.exists) read_contacts(database, joined);
  if (log_.exists) read_log(database, joined);
  if (whatsapp_.exists) read_chat(database, joined, whatsapp_);
  if (inbox_.exists) read_chat(database, joined, inbox_);
  if (campaigns_.exists) read_campaigns(database, joined);
  if (limits_.exists) read_limits(database, joined);
  auto& messages = joined.batch.messages;
  std::ranges::sort(messages, {}, [](const Message& one) { return std::tuple(one.customer, one.at, one.inbound); });
  for (std::size_t i = 0; i + 1 < messages.size(); ++i) {
    if (messages[i].customer == messages[i + 1].customer) messages[i].text = std::string();
  }
}

}  // namespace aremko::sources

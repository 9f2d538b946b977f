#include "analytics/reach.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/spoken.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

/// What all rows of a person say together.
struct Words {
  std::uint16_t refusals = 0;
  bool phone_closed = false;
  bool email_closed = false;
  Date not_before{};
  Date written{};  // the last message to them
  Date asked_back{};  // the quarter of as_of, when its e-mail was sent

  void hear(const snapshot::Snapshot& snapshot, Row row, AsOf as_of) {
    const sources::CustomerColumns& columns = snapshot.customers();
    const snapshot::PersonTies& ties = snapshot.person_ties();
    refusals |= columns.refusals[row];
    if ((columns.contact.flags[row] & sources::opted_out) != 0) refusals |= sources::refuses_whatsapp;
    if (!ties.phone_closed.empty() && ties.phone_closed[row] > as_of.moment) phone_closed = true;
    if (!ties.email_closed.empty() && ties.email_closed[row] > as_of.moment) email_closed = true;
    not_before = std::max(not_before, columns.no_contact_before[row]);
    if (columns.last_outbound[row] <= as_of.date()) written = std::max(written, columns.last_outbound[row]);
    for (const sources::Reactivation& one : std::ranges::equal_range(snapshot.current().reactivations, row, {}, &sources::Reactivation::customer)) {
      if (one.quarter <= as_of.date() && as_of.date() < one.quarter.plus_months(3)) asked_back = one.quarter;
    }
    const auto messages = snapshot.messages_of(row);
    for (auto at = std::ranges::upper_bound(messages, as_of.moment, {}, &sources::Message::at); at != messages.begin();) {
      if ((--at)->inbound) continue;
      written = std::max(written, at->at.date());
      break;
    }
  }
  bool refuse(std::uint16_t what) const { return (refusals & what) != 0; }
};

std::uint16_t phone_bits(const Words& words, std::uint8_t flags, bool unreadable) {
  if ((flags & sources::phone_valid) == 0) return 0;
  const bool mobile = (flags & sources::phone_mobile) != 0;
  std::uint16_t bits = mobile ? Reach::mobile : Reach::landline;
  if (words.phone_closed || words.refuse(sources::refuses_whatsapp)) bits |= Reach::closed;
  if (!mobile && words.refuse(sources::refuses_sms)) bits |= Reach::closed;
  if (mobile && words.refuse(sources::lives_abroad)) bits |= Reach::abroad;
  if (unreadable) bits |= Reach::unread_phone;
  if ((bits & (Reach::closed | Reach::abroad | Reach::unread_phone)) == 0) bits |= mobile ? Reach::whatsapp : Reach::telefono;
  return bits;
}

std::uint16_t email_bits(const Words& words, std::uint8_t flags, bool unreadable) {
  if ((flags & sources::email_valid) == 0) return 0;
  std::uint16_t bits = Reach::address;
  if (words.email_closed || words.refuse(sources::refuses_email)) bits |= Reach::no_email;
  if (unreadable) bits |= Reach::unread_email;
  if ((bits & (Reach::no_email | Reach::unread_email)) == 0) bits |= Reach::email;
  return bits;
}

constexpr std::uint16_t every_channel = Reach::whatsapp | Reach::telefono | Reach::email;

struct Why {
  std::string_view code;
  Text text;  // as a part of a sentence
};

/// Of a contact that is not open; what holds for all channels before what holds for one.
Why why_closed(Reach reach, Channel channel) {
  if (reach.has(Reach::promotion)) return {"promotion", {"no acepta promociones", "accepts no offers"}};
  if (channel == Channel::email && reach.has(Reach::no_email)) return {"refused", {"no acepta correos", "accepts no e-mail"}};
  if (channel != Channel::email && reach.has(Reach::closed)) {
    return {"refused", {"no acepta mensajes en su teléfono", "accepts no messages on the phone"}};
  }
  if (channel == Channel::whatsapp && reach.has(Reach::abroad)) {
    return {"abroad", {"vive en el extranjero y allá no se le escribe por WhatsApp", "lives abroad, where no WhatsApp is sent"}};
  }
  if (reach.has(Reach::unread_day)) {
    return {"unreadable", {"hay una fecha para no contactarle que no se puede leer o no es posible, y por eso no se le escribe",
                           "there is a day for not contacting them that cannot be read or is impossible, so nothing is sent"}};
  }
  if (reach.has(channel == Channel::email ? Reach::unread_email : Reach::unread_phone)) {
    return {"unreadable", {"no se pudo leer si acepta mensajes, y por eso no se le escribe",
                           "whether they accept messages could not be read, so none is sent"}};
  }
  if (channel == Channel::email && reach.has(Reach::quarter) && reach.email_from >= reach.wait_until) {
    return {"quarter", {"ya recibió el correo de reactivación de este trimestre: esperar hasta el " + long_date(reach.email_from, "es"),
                        "got this quarter's reactivation e-mail already: wait until " + long_date(reach.email_from, "en")}};
  }
  const std::string day = long_date(reach.wait_until, "es"), day_en = long_date(reach.wait_until, "en");
  if (reach.has(Reach::recent)) {
    return {"recent", {fmt::format("ya se le escribió hace menos de {} días: esperar hasta el {}", days_between_messages, day),
                       fmt::format("was written to less than {} days ago: wait until {}", days_between_messages, day_en)}};
  }
  return {"not_before", {"pidió no ser contactado antes del " + day, "is not to be contacted before " + day_en}};
}

std::string sentence(std::string part) {
  if (!part.empty() && part[0] >= 'a' && part[0] <= 'z') part[0] = static_cast<char>(part[0] - 'a' + 'A');
  return part + ".";
}

}  // namespace

namespace {

Words words_of(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of) {
  Words words;
  const auto theirs = snapshot.person_ties().ties.of(customer);
  for (const Row row : theirs) words.hear(snapshot, row, as_of);
  if (theirs.empty()) words.hear(snapshot, customer, as_of);
  return words;
}

}  // namespace

bool written_since(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of, Date since) {
  const Date written = words_of(snapshot, customer, as_of).written;
  return written.known() && written >= since;
}

Reach reach(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of) {
  const Words words = words_of(snapshot, customer, as_of);
  const sources::CurrentBatch& batch = snapshot.current();
  const std::uint8_t flags = batch.customers.contact.flags[customer];
  Reach out;
  out.bits = static_cast<std::uint16_t>(phone_bits(words, flags, batch.whatsapp_consent_unreadable) |
                                        email_bits(words, flags, batch.email_consent_unreadable));
  if (words.refuse(sources::refuses_promotion | sources::refuses_everything)) out.bits |= Reach::promotion;
  const Date rested = words.written.known() ? words.written.plus_days(days_between_messages) : Date{};
  out.wait_until = std::max(words.not_before, rested);
  if (out.wait_until <= as_of.date()) out.wait_until = {};  // an unknown day sorts first
  else out.bits |= words.not_before >= rested ? Reach::wait : Reach::wait | Reach::recent;
  if (words.not_before == sources::never_again) {
    out.bits |= Reach::unread_day;
    out.wait_until = {};
  }
  if (words.asked_back.known()) {
    out.bits = static_cast<std::uint16_t>((out.bits | Reach::quarter) & ~Reach::email);
    out.email_from = words.asked_back.plus_months(3);
  }
  if (out.has(Reach::promotion | Reach::wait)) out.bits &= static_cast<std::uint16_t>(~every_channel);
  return out;
}

Reach legacy_reach(const snapshot::Snapshot& snapshot, Row legacy, AsOf as_of) {
  const auto& people = snapshot.legacy();
  const Words silent;
  Reach out{.bits = static_cast<std::uint16_t>(phone_bits(silent, people.flags(legacy), false) | email_bits(silent, people.flags(legacy), false))};
  const auto& contact = snapshot.customers().contact;
  const std::string_view phone = people.telefono(legacy), email = people.email(legacy);
  for (Row customer = 0; customer < snapshot.customers().size(); ++customer) {
    const bool same_phone = !phone.empty() && contact.telefono[customer] == phone, same_email = !email.empty() && contact.email[customer] == email;
    if (!same_phone && !same_email) continue;
    const Reach theirs = reach(snapshot, customer, as_of);
    if (same_phone && !theirs.has(Reach::whatsapp | Reach::telefono)) out.bits &= static_cast<std::uint16_t>(~(Reach::whatsapp | Reach::telefono));
    if (same_email && !theirs.has(Reach::email)) out.bits &= static_cast<std::uint16_t>(~Reach::email);
  }
  return out;
}

std::vector<Channel> channels(Reach reach) {
  std::vector<Channel> out;
  if (reach.has(Reach::whatsapp)) out.push_back(Channel::whatsapp);
  if (reach.has(Reach::telefono)) out.push_back(Channel::telefono);
  if (reach.has(Reach::email)) out.push_back(Channel::email);
  return out;
}

std::vector<ClosedChannel> closed_channels(Reach reach) {
  std::vector<ClosedChannel> out;
  const auto put = [&](Channel channel, std::uint16_t contact, std::uint16_t open) {
    if (!reach.has(contact) || reach.has(open)) return;
    Why why = why_closed(reach, channel);
    out.push_back({channel, why.code, sentence(std::move(why.text.es)), sentence(std::move(why.text.en))});
  };
  put(Channel::whatsapp, Reach::mobile, Reach::whatsapp);
  put(Channel::telefono, Reach::landline, Reach::telefono);
  put(Channel::email, Reach::address, Reach::email);
  return out;
}

ContactWays contact_ways(Reach reach) { return {channels(reach), closed_channels(reach), reach.wait_until}; }

Text unreachable_because(Reach reach) {
  if (!reach.has(Reach::mobile | Reach::landline | Reach::address)) {
    return {"no tiene teléfono ni correo válidos.", "neither a valid phone nor a valid e-mail."};
  }
  std::vector<Text> parts;
  const auto put = [&](Text part) {
    if (std::ranges::find(parts, part.es, &Text::es) == parts.end()) parts.push_back(std::move(part));
  };
  if (reach.has(Reach::mobile)) put(why_closed(reach, Channel::whatsapp).text);
  if (reach.has(Reach::landline)) put(why_closed(reach, Channel::telefono).text);
  if (reach.has(Reach::address)) put(why_closed(reach, Channel::email).text);
  else if (!reach.has(Reach::promotion | Reach::wait)) put({"no tiene correo válido", "no valid e-mail"});
  if (!reach.has(Reach::mobile | Reach::landline | Reach::promotion | Reach::wait)) put({"no tiene teléfono válido", "no valid phone"});
  Text out;
  for (const Text& part : parts) {
    out.es += (out.es.empty() ? "" : "; ") + part.es;
    out.en += (out.en.empty() ? "" : "; ") + part.en;
  }
  return {out.es + ".", out.en + "."};
}

}  // namespace aremko::analytics

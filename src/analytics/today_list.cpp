// What is to be done on a day: replies, debts, complaints, gift cards that end, first visits to thank for.
#include <algorithm>
#include <map>
#include <tuple>

#include "analytics/guest_extras.h"
#include "analytics/guest_notice.h"
#include "analytics/reach.h"
#include "analytics/today.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

constexpr int reply_days = 7;
constexpr int debt_days = 60;
constexpr int complaint_days = 14;
constexpr int follow_up_days = 30;
constexpr int thanks_days = 3;

/// Gathers one kind after another.
class List {
 public:
  List(const snapshot::Snapshot& snapshot, AsOf as_of, Today& out, std::size_t most) : snapshot_(snapshot), as_of_(as_of), out_(out), most_(most) {}

  void replies() {
    const auto& messages = snapshot_.current().messages;
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const Row customer = messages[i].customer;
      // Messages stand by customer, then moment: the last of each that was seen.
      const bool last = i + 1 == messages.size() || messages[i + 1].customer != customer || messages[i + 1].at > as_of_.moment;
      if (customer == snapshot::no_row || !last || !messages[i].inbound || messages[i].at > as_of_.moment || !within(messages[i].at, reply_days)) continue;
      if (is_guest(customer)) put(TodoKind::responder, customer, messages[i].at).dijo = maybe(messages[i].text);
    }
    end_kind(TodoKind::responder);
  }

  void debts() {
    const auto& sales = snapshot_.current().sales;
    std::map<Row, std::pair<Moment, Pesos>> by_customer;
    for (Row sale = 0; sale < sales.size(); ++sale) {
      if (sales.balance[sale] <= 0 || !within(snapshot_.sale_moment(sale), debt_days) || !is_guest(sales.customer[sale])) continue;
      const Pesos due = owed_for(snapshot_, sale, as_of_);
      if (due <= 0) continue;
      auto& [last, sum] = by_customer[sales.customer[sale]];
      last = std::max(last, snapshot_.sale_moment(sale));
      sum += due;
    }
    for (const auto& [customer, what] : by_customer) put(TodoKind::pago_pendiente, customer, what.first).monto = what.second;
    end_kind(TodoKind::pago_pendiente);
  }

  void complaints() {
    for (const sources::Survey& survey : snapshot_.current().surveys) {
      if (survey.customer == snapshot::no_row || survey.answered > as_of_.moment || !is_guest(survey.customer)) continue;
      const bool hurt = survey.nps >= 0 && survey.nps <= bad_nps && within(survey.answered, complaint_days);
      const bool waits = survey.follow_up && within(survey.answered, follow_up_days);
      if ((!hurt && !waits) || was_written_to(survey.customer, survey.answered)) continue;
      Todo& made = put(TodoKind::encuesta, survey.customer, survey.answered);
      if (survey.nps >= 0) made.encuesta_nps = survey.nps;
    }
    end_kind(TodoKind::encuesta);
  }

  void cards() {
    const Date today = as_of_.date();
    for (const sources::GiftCard& card : snapshot_.current().gift_cards) {
      if (card.emitida > today || card.vence < today || card.vence > today.plus_days(card_days)) continue;
      const Pesos left = card_balance(snapshot_, card, as_of_);
      if (left <= 0) continue;
      const Row whose = card.recipient != snapshot::no_row ? card.recipient : card.buyer;
      if (whose != snapshot::no_row && !is_guest(whose)) continue;
      Todo& made = put(TodoKind::gift_card_por_vencer, whose, {});
      made.monto = left;
      made.vence = card.vence;
    }
    end_kind(TodoKind::gift_card_por_vencer);
  }

  void first_visits() {
    const Row customers = snapshot_.customers().size();
    const Date since = as_of_.date().plus_days(-thanks_days);
    for (Row customer = 0; customer < customers; ++customer) {
      const snapshot::VisitSpan visits = snapshot_.visits(customer);
      if (visits.size() == 0 || !visits.at[0].known() || visits.at[0].date() < since || visits.seen(as_of_) == 0) continue;
      if (!is_guest(customer) || !first_timer(snapshot_, customer, visits.at[0].date())) continue;
      if (was_written_to(customer, visits.at[0])) continue;
      put(TodoKind::primera_visita, customer, visits.at[0]);
      if (kind_.back().channels.empty()) kind_.pop_back();  // a thank-you to somebody who wants no messages is none
    }
    end_kind(TodoKind::primera_visita);
  }

 private:
  bool within(Moment at, int days) const { return at.known() && at.date() >= as_of_.date().plus_days(-days) && at <= as_of_.moment; }
  bool is_guest(Row customer) const { return (snapshot_.customers().contact.flags[customer] & sources::is_staff) == 0; }
  bool was_written_to(Row customer, Moment since) const {
    return std::ranges::any_of(snapshot_.messages_of(customer), [&](const sources::Message& message) {
      return !message.inbound && message.at > since && message.at <= as_of_.moment;
    });
  }

  Todo& put(TodoKind kind, Row customer, Moment at) {
    Todo made{.tipo = kind, .fecha = at};
    if (customer != snapshot::no_row) {
      made.customer_id = snapshot_.customers().id[customer];
      made.nombre = snapshot_.customers().contact.nombre[customer];
      made.telefono = maybe(snapshot_.customers().contact.telefono[customer]);
      made.channels = channels(reach(snapshot_, customer, as_of_));
    }
    return kind_.emplace_back(std::move(made));
  }

  /// The newest first; of gift cards the first to expire.
  void end_kind(TodoKind kind) {
    std::ranges::sort(kind_, [](const Todo& a, const Todo& b) {
      return std::tuple(b.fecha, a.vence, a.nombre, a.customer_id) < std::tuple(a.fecha, b.vence, b.nombre, b.customer_id);
    });
    if (!kind_.empty()) out_.por_hacer_total.push_back({kind, static_cast<std::int64_t>(kind_.size())});
    if (kind_.size() > most_) kind_.resize(most_);
    std::ranges::move(kind_, std::back_inserter(out_.por_hacer));
    kind_.clear();
  }

  const snapshot::Snapshot& snapshot_;
  AsOf as_of_;
  Today& out_;
  std::size_t most_;
  std::vector<Todo> kind_;
};

}  // namespace

void to_do(const snapshot::Snapshot& snapshot, AsOf as_of, Today& out, std::size_t most_of_a_kind) {
  List list(snapshot, as_of, out, most_of_a_kind);
  list.replies();
  list.debts();
  list.complaints();
  list.cards();
  list.first_visits();
}

}  // namespace aremko::analytics

#include "demo/around_customers.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "demo/plan.h"
#include "demo/spelling.h"

namespace aremko::demo {

namespace {

// Of a thousand customers, where nothing else is said. The real shares were never published.
constexpr int blacklisted = 12;         // of those with an address …
constexpr int taken_off_it = 100;       // … of the listed: is_active false
constexpr int listed_for_a_time = 150;  // … or expires_at
constexpr int on_newsletter = 550;      // of those with an address
constexpr int left_newsletter = 25;     // of those on it
constexpr int has_preferences = 60;
constexpr int refuses_something = 350;  // of those who have
constexpr int mailed = 150;             // of those with an address
constexpr int logged = 50;
constexpr int wrote = 100;              // WhatsApp, in the last four months
constexpr int has_prize = 30;
constexpr int left_cart = 8;

std::int64_t id_of(Person person) { return std::int64_t{person} + 1; }

}  // namespace

AroundCustomers::AroundCustomers(const World& world, Target& target)
    : world_(world),
      blacklist_{&target.table("ventas_emailblacklist",
                               {"id", "email", "reason", "added_at", "domain", "is_active", "expires_at"})},
      newsletter_{&target.table("ventas_newslettersubscriber", {"id", "email", "subscribed_at", "is_active", "source"})},
      preferences_{&target.table("ventas_clientpreferences",
                                 {"id", "accepts_sms", "accepts_email", "accepts_whatsapp", "accepts_promotional",
                                  "accepts_newsletters", "accepts_reactivation", "created_at", "updated_at", "opt_out_date",
                                  "cliente_id"})},
      contacts_{&target.table("ventas_contactowhatsapp",
                              {"id", "eje_valor_snapshot", "eje_estilo_snapshot", "eje_contexto_snapshot", "salva",
                               "mensaje_renderizado", "fecha_sugerido", "estado", "fecha_envio", "respondio",
                               "fecha_respuesta", "tipo_respuesta", "convirtio", "creado", "cliente_id"})},
      log_{&target.table("ventas_communicationlog",
                         {"id", "communication_type", "message_type", "content", "destination", "status", "sent_at",
                          "replied_at", "created_at", "updated_at", "cliente_id"})},
      limits_{&target.table("ventas_communicationlimit",
                            {"id", "sms_count_daily", "sms_count_monthly", "last_sms_date", "last_sms_reset_daily",
                             "last_sms_reset_monthly", "email_count_weekly", "email_count_monthly", "last_email_date",
                             "last_email_reset_weekly", "last_email_reset_monthly", "reactivation_emails_this_quarter",
                             "last_reactivation_quarter", "created_at", "updated_at", "cliente_id"})},
      recipients_{&target.table("ventas_emailrecipient",
                                {"id", "email", "name", "personalized_subject", "personalized_body", "status", "sent_at",
                                 "bounce_reason", "campaign_id", "client_id"})},
      prizes_{&target.table("ventas_clientepremio",
                            {"id", "codigo_unico", "estado", "gasto_total_al_ganar", "tramo_al_ganar", "fecha_generacion",
                             "fecha_expiracion", "fecha_canje", "created_at", "updated_at", "cliente_id", "premio_id"})},
      labels_{&target.table("ventas_clientetaxonomia",
                            {"id", "eje_valor", "eje_estilo", "eje_contexto", "calculado_en", "cliente_id"})},
      carts_{&target.table("ventas_pendingreservation",
                           {"id", "cart_data", "monto", "estado", "created_at", "updated_at", "expires_at", "cliente_id"})},
      messages_{&target.table("ventas_whatsappmessage",
                              {"id", "direction", "wa_message_id", "phone", "body", "timestamp", "status",
                               "requiere_atencion", "created_at", "cliente_id"})} {}

Moment AroundCustomers::lately(int days, Rng& rng) const {
  const Date day = std::max(world_.today().plus_days(-rng.between(1, days)), live_begins(world_));
  return Moment::at(day, rng.between(9, 20), rng.between(0, 59));
}

void AroundCustomers::write(Person person, const CustomerRow& customer) {
  if (World::is_guide(person) || World::is_staff(person)) return;
  Rng rng(world_.seed(), Stream::around, person, 1000);
  write_consent(person, customer, rng);
  write_contact(person, customer, rng);
  write_messages(person, customer, rng);
  if (rng.chance(has_prize)) write_prize(person, rng);
  if (rng.chance(left_cart)) write_cart(person, rng);
  write_label(person, rng);
}

void AroundCustomers::write_consent(Person person, const CustomerRow& customer, Rng& rng) {
  const std::string email = lower(customer.email.value_or(""));
  if (!email.empty() && listed_.insert(email).second) {
    if (rng.chance(blacklisted)) {
      constexpr std::array<std::string_view, 4> reasons{"unsubscribe", "hard_bounce", "spam_complaint", "manual_block"};
      sql::BulkWriter& row = blacklist_.next_row();
      row.text(email);
      row.text(reasons[rng.weighted({60, 25, 5, 10})]);
      instant(row, lately(700, rng));
      row.text(std::string_view(email).substr(email.find('@') + 1));
      row.boolean(!rng.chance(taken_off_it));
      rng.chance(listed_for_a_time) ? instant(row, Moment::at(world_.today().plus_days(rng.between(-90, 90)), 12, 0)) : row.null();
      row.end_row();
    }
    if (rng.chance(on_newsletter)) {
      sql::BulkWriter& row = newsletter_.next_row();
      row.text(email);
      instant(row, lately(700, rng));
      row.boolean(!rng.chance(left_newsletter));
      row.text("Cliente");
      row.end_row();
    }
    if (rng.chance(mailed)) write_mailing(person, customer, email, rng);
  }
  if (rng.chance(has_preferences)) write_preferences(person, rng);
}

void AroundCustomers::write_preferences(Person person, Rng& rng) {
  // Nothing; e-mail; WhatsApp; SMS; promotions; newsletters; reactivation; everything, on a day.
  const std::size_t no = rng.chance(refuses_something) ? 1 + rng.weighted({25, 20, 10, 20, 10, 10, 5}) : 0;
  const bool all = no == 7;
  const Moment at = lately(700, rng);
  sql::BulkWriter& row = preferences_.next_row();
  row.boolean(no != 3 && !all);
  row.boolean(no != 1 && !all);
  row.boolean(no != 2 && !all);
  row.boolean(no != 4 && !all);
  row.boolean(no != 5 && !all);
  row.boolean(no != 6);
  instant(row, at);
  instant(row, at);
  all ? instant(row, at) : row.null();
  row.integer(id_of(person));
  row.end_row();
}

void AroundCustomers::write_mailing(Person person, const CustomerRow& customer, const std::string& email, Rng& rng) {
  constexpr std::array<std::string_view, 6> states{"sent", "delivered", "opened", "bounced", "unsubscribed", "pending"};
  const std::string_view state = states[rng.weighted({30, 40, 20, 3, 2, 5})];
  sql::BulkWriter& row = recipients_.next_row();
  row.text(email);
  row.text(customer.nombre);
  row.text("Te esperamos");
  row.text("…");
  row.text(state);
  state == "pending" ? row.null() : instant(row, lately(360, rng));
  row.text(state == "bounced" ? "550 mailbox unavailable" : "");
  row.integer(rng.between(1, 12));
  row.integer(id_of(person));
  row.end_row();
}

/// Whom the house has written to of late has that in their own row too (ultimo_contacto_outbound).
void AroundCustomers::write_contact(Person person, const CustomerRow& customer, Rng& rng) {
  if (customer.last_contact.known() && customer.last_contact >= live_begins(world_)) {
    constexpr std::array<std::string_view, 6> answers{"reservo", "interesado", "consulto_precio", "mas_adelante", "opt_out", ""};
    const std::string_view answer = answers[rng.weighted({8, 10, 7, 6, 2, 67})];
    const Moment sent = Moment::at(customer.last_contact, rng.between(10, 19), rng.between(0, 59));
    sql::BulkWriter& row = contacts_.next_row();
    for (const std::string_view axis : {"Regular", "Amante de las Tinas", "Pareja Romántica"}) row.text(axis);
    row.integer(rng.between(1, 3));
    row.text("¡Hola! ¿Cuándo vuelves?");
    row.date(customer.last_contact);
    row.text("enviado");
    instant(row, sent);
    row.boolean(!answer.empty());
    answer.empty() ? row.null() : instant(row, Moment{sent.minutes + 75});
    row.text(answer);
    row.boolean(answer == "reservo");
    instant(row, sent);
    row.integer(id_of(person));
    row.end_row();
  }
  if (rng.chance(logged)) write_log(person, customer, rng);
}

void AroundCustomers::write_log(Person person, const CustomerRow& customer, Rng& rng) {
  constexpr std::array<std::string_view, 3> ways{"SMS", "EMAIL", "WHATSAPP"};
  constexpr std::array<std::string_view, 4> kinds{"BOOKING_REMINDER", "PROMOTIONAL", "REACTIVATION", "SATISFACTION_SURVEY"};
  const std::size_t way = customer.email ? rng.weighted({30, 40, 30}) : 0;
  const std::size_t kind = rng.weighted({40, 25, 20, 15});
  const Moment at = lately(200, rng);
  {
    sql::BulkWriter& row = log_.next_row();
    row.text(ways[way]);
    row.text(kinds[kind]);
    row.text("…");
    row.text(way == 1 ? *customer.email : customer.telefono);
    row.text(rng.chance(900) ? "SENT" : "FAILED");
    instant(row, at);
    rng.chance(80) ? instant(row, Moment{at.minutes + 40}) : row.null();
    instant(row, at);
    instant(row, at);
    row.integer(id_of(person));
    row.end_row();
  }
  sql::BulkWriter& row = limits_.next_row();
  const bool mail = way == 1;
  row.integer(0);
  row.integer(way == 0 ? 1 : 0);
  way == 0 ? row.date(at.date()) : row.null();
  row.date(at.date());
  row.date(at.date());
  row.integer(mail ? 1 : 0);
  row.integer(mail ? 1 : 0);
  mail ? instant(row, at) : row.null();
  row.date(at.date());
  row.date(at.date());
  row.integer(mail && kind == 2 ? 1 : 0);
  row.text(mail && kind == 2 ? fmt::format("{}-{}", at.date().year(), (at.date().month() + 2) / 3) : std::string{});
  instant(row, at);
  instant(row, at);
  row.integer(id_of(person));
  row.end_row();
}

void AroundCustomers::write_messages(Person person, const CustomerRow& customer, Rng& rng) {
  constexpr std::array<std::string_view, 6> asked{"Hola, ¿tienen hora el sábado para dos?", "¿A qué hora hay que llegar?", "Gracias, lo pasamos muy bien.",
                                                  "¿Puedo cambiar mi reserva para el domingo?", "¿El masaje incluye la tina?", "¿Aceptan niños en las tinas?"};
  if (!rng.chance(wrote)) return;
  Moment at = lately(120, rng);
  for (int left = rng.between(1, 3); left > 0; --left) {
    const bool in = rng.chance(600);
    sql::BulkWriter& row = messages_.next_row();
    row.text(in ? "in" : "out");
    row.text(fmt::format("wamid.{:012x}", messages_.last_id));
    row.text(customer.telefono);
    row.text(in ? asked[static_cast<std::size_t>(messages_.last_id) % asked.size()] : "Hola, le escribimos de Aremko.");
    instant(row, at);
    row.text(in ? "received" : "read");
    row.boolean(in && left == 1 && rng.chance(300));
    instant(row, at);
    rng.chance(900) ? row.integer(id_of(person)) : row.null();
    row.end_row();
    at.minutes += rng.between(3, 600);
    if (at.date() >= world_.today()) return;
  }
}

void AroundCustomers::write_prize(Person person, Rng& rng) {
  constexpr std::array<std::string_view, 5> states{"pendiente_aprobacion", "aprobado", "enviado", "usado", "expirado"};
  const std::string_view state = states[rng.weighted({15, 15, 40, 15, 15})];
  const Moment given = lately(170, rng);
  sql::BulkWriter& row = prizes_.next_row();
  row.text(fmt::format("PR{:08}", prizes_.last_id));
  row.text(state);
  row.integer(rng.between(3, 30) * 50'000);
  row.integer(rng.between(1, 10));
  instant(row, given);
  row.date(state == "expirado" ? given.date() : given.date().plus_days(180));
  state == "usado" ? instant(row, given) : row.null();
  instant(row, given);
  instant(row, given);
  row.integer(id_of(person));
  row.integer(rng.between(1, 3));
  row.end_row();
}

/// Their own label is worked out every night for whoever the live system knows; here for whoever was there in its time.
void AroundCustomers::write_label(Person person, Rng& rng) {
  constexpr std::array<std::string_view, 7> values{"Campeón",   "Leal",      "Gran Gastador Ocasional", "Regular",
                                                   "En Prueba", "En Riesgo", "Dormido"};
  constexpr std::array<std::string_view, 5> styles{"Devoto del Masaje", "Amante de las Tinas", "Experiencia Completa",
                                                   "Buscador de Alojamiento", "Probador Esporádico"};
  constexpr std::array<std::string_view, 4> contexts{"Pareja Romántica", "Auto-cuidado Solo", "Grupo", "Visitante Pareja"};
  const std::vector<PlannedSale> sales = sales_of(world_, person);
  if (sales.empty() || !is_live(world_, sales.front())) return;
  sql::BulkWriter& row = labels_.next_row();
  row.text(rng.pick(values));
  row.text(rng.pick(styles));
  row.text(rng.pick(contexts));
  instant(row, Moment::at(world_.today(), 5, 30));
  row.integer(id_of(person));
  row.end_row();
}

void AroundCustomers::write_cart(Person person, Rng& rng) {
  constexpr std::array<std::string_view, 3> states{"expirado", "rechazado", "iniciado"};
  const Moment at = lately(200, rng);
  sql::BulkWriter& row = carts_.next_row();
  row.text(R"({"servicios": [{"id": 1, "personas": 2}]})");
  row.integer(rng.between(2, 12) * 25'000);
  row.text(states[rng.weighted({75, 15, 10})]);
  instant(row, at);
  instant(row, at);
  instant(row, Moment{at.minutes + 30});
  row.integer(id_of(person));
  row.end_row();
}

}  // namespace aremko::demo

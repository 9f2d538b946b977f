#pragma once
// What one load of one source says, already normalised, column by column. A batch is immutable once loaded and is
// shared by every snapshot built from it, so that a refresh copies nothing of a source that did not change.

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/civil.h"
#include "base/money.h"
#include "model/family.h"
#include "sources/columns.h"
#include "sources/load_report.h"

namespace aremko::sources {

// Bits of ContactColumns::flags.
inline constexpr std::uint8_t phone_valid = 1;    // telefono holds E.164
inline constexpr std::uint8_t phone_mobile = 2;   // and is a mobile, so WhatsApp can reach it
inline constexpr std::uint8_t email_valid = 4;
inline constexpr std::uint8_t rut_valid = 8;      // documento holds a RUT whose check digit is right
inline constexpr std::uint8_t is_staff = 16;      // staff or proxy account: no customer
inline constexpr std::uint8_t opted_out = 32;     // must not be written to on their phone: opt_out_whatsapp

/// Who somebody is, in either source. An invalid phone, e-mail or document is kept as it was written (cleaned of
/// bad encoding), with its flag unset, because people still search for it.
struct ContactColumns {
  TextColumn nombre;     // normalize::person_name().shown
  TextColumn telefono;   // E.164 when flagged valid
  TextColumn email;      // lower case
  TextColumn documento;  // "12345678-5" when it is a RUT's shape, right digit or not
  TextColumn ciudad;     // official name where known
  TextColumn region;     // official name where known
  std::vector<std::uint8_t> flags;
  std::vector<Moment> created;

  Row size() const { return static_cast<Row>(flags.size()); }
};

/// Bits of CustomerColumns::refusals: what the customer's own row and preferences say no to. What a list says of an e-mail
/// address stands in CurrentBatch::refused_emails, as it holds for whoever has that address.
inline constexpr std::uint16_t refuses_whatsapp = 1;      // opt_out_whatsapp, or accepts_whatsapp is false
inline constexpr std::uint16_t lives_abroad = 2;          // region_geografica 'extranjero': no WhatsApp there
inline constexpr std::uint16_t refuses_email = 4;         // accepts_email or accepts_newsletters is false
inline constexpr std::uint16_t refuses_sms = 8;           // accepts_sms is false
inline constexpr std::uint16_t refuses_promotion = 16;    // accepts_promotional or accepts_reactivation is false: no channel
inline constexpr std::uint16_t refuses_everything = 32;   // opted out with a date, and accepts nothing any more

/// Of no_contact_before where a day stands that cannot be read, or is none of this century: 2100-01-01, never.
inline constexpr Date never_again{47'482};

struct CustomerColumns {
  ContactColumns contact;
  std::vector<std::int64_t> id;             // ventas_cliente.id, ascending
  TextColumn pais;
  std::vector<Date> no_contact_before;      // unknown = no restriction
  std::vector<std::uint16_t> refusals;      // bits above
  std::vector<Date> last_outbound;          // ultimo_contacto_outbound; unknown = never, or not known
  Row size() const { return contact.size(); }
};

enum class PaymentState : std::uint8_t { pendiente, parcial, pagado, cancelado, otro };
enum class BookingState : std::uint8_t { pendiente, checkin, checkout, otro };

struct SaleColumns {
  std::vector<std::int64_t> id;   // ventas_ventareserva.id
  std::vector<Row> customer;      // row in CustomerColumns; never no_row (orphans are refused)
  std::vector<Moment> created;    // fecha_creacion, local
  std::vector<Moment> reserved;   // fecha_reserva, local
  MoneyColumn total;
  MoneyColumn paid;
  MoneyColumn balance;
  std::vector<PaymentState> payment_state;
  std::vector<BookingState> booking_state;
  TextColumn comment;
  Row size() const { return static_cast<Row>(id.size()); }
};

/// A line takes money off (an adjustment) when its service is one, or when its unit price is below zero whatever its
/// service: it is people × unit_price, and nobody came for it.
struct ServiceLineColumns {
  std::vector<Row> sale;
  std::vector<Row> service;        // row in services
  std::vector<Date> day;           // fecha_agendamiento
  std::vector<std::int16_t> start_minute;  // minute of the day; -1 = unknown, which 00:00 is too
  std::vector<std::int32_t> people;        // of an adjustment: the pesos taken off
  MoneyColumn unit_price;   // catalogue price already put in where the line has none; of an adjustment below zero
  std::vector<std::uint16_t> provider;     // whose hands: entry of CurrentBatch::providers; 0 = nobody is named
  Row size() const { return static_cast<Row>(sale.size()); }
};

/// A line whose unit price is below zero takes money off, as a product's that is an adjustment always does.
struct ProductLineColumns {
  std::vector<Row> sale;
  std::vector<Row> product;
  std::vector<std::int32_t> quantity;
  MoneyColumn unit_price;
  std::vector<Date> delivered;
  Row size() const { return static_cast<Row>(sale.size()); }
};

struct PaymentColumns {
  std::vector<Row> sale;
  MoneyColumn amount;
  std::vector<std::uint8_t> method;  // row in CurrentBatch::payment_methods
  std::vector<Moment> at;
  Row size() const { return static_cast<Row>(sale.size()); }
};

enum class PriceUnit : std::uint8_t { per_person, whole, per_night };

/// An hour at which a service may begin.
struct Slot {
  static constexpr std::uint8_t every_day = 0x7F;
  std::uint8_t weekdays = every_day;  // bits, Monday the lowest
  std::int16_t minute = 0;            // of the day
  friend constexpr auto operator<=>(const Slot&, const Slot&) = default;
};

/// A service of the catalogue; small tables stay ordinary structs.
struct CatalogService {
  std::int64_t id = 0;
  std::string nombre;             // as the business writes it
  Pesos precio_base = 0;
  int duracion = 0;               // minutes
  std::string tipo_servicio;      // tina, masaje, cabana, otro
  std::string categoria;
  bool activo = true;
  bool publicado_web = false;
  std::string descripcion;
  int capacidad_minima = 0;
  int capacidad_maxima = 0;
  /// How precio_base is charged: × charged_people always (a cabin or a tub that is let whole), else × whoever comes.
  PriceUnit unit = PriceUnit::per_person;
  int charged_people = 1;         // of `whole` and `per_night`: capacidad_maxima
  bool adjustment = false;        // takes money off its sale (a price below zero, or named a discount): no service
  bool never_alone = false;       // only ever added to a booking: child's or cold tub, decoration, additional person
  std::string key;                // normalize::service().key
  std::string canonical;          // normalize::service().canonical
  Family family = Family::otro;   // normalize::service(), steered by tipo_servicio
  bool cancelled = false;         // a "Servicio Anulado" kept as a service
  std::vector<Slot> slots{};      // slots_disponibles, by weekdays then minute; empty: the house wrote none
};

struct CatalogProduct {
  std::int64_t id = 0;
  std::string nombre;
  Pesos precio_base = 0;
  int cantidad_disponible = 0;
  std::string categoria;
  bool publicado_web = false;
  bool adjustment = false;  // as CatalogService::adjustment: it takes money off, and nobody can buy it
};

struct GiftCard {
  std::int64_t id = 0;
  std::string codigo;
  Pesos monto_inicial = 0;
  Pesos monto_disponible = 0;
  Date emitida;
  Date vence;
  std::string estado;      // por_cobrar, cobrado, …: as written
  Row buyer = no_row;      // rows in customers
  Row recipient = no_row;
  Row sale = no_row;       // the sale in which it was bought
  bool sale_gone = false;  // a sale is named that is not there: deleted, as a cancellation is
};

/// A payment with a gift card (ventas_pago.giftcard_id); a refund to it is below zero.
struct CardUse {
  std::int64_t card = 0;   // GiftCard::id
  Moment at;
  Pesos amount = 0;
};

struct Survey {
  Row customer = no_row;   // by cliente_id, else by its sale, else by the phone or e-mail left on it
  Row sale = no_row;
  Moment answered;
  Date visited;            // fecha_visita
  int nps = -1;            // 0–10; -1 = none
  std::string liked;       // lo_que_mas_gusto
  std::string suggestions;
  std::string disappointed;
  std::vector<std::pair<std::string, int>> marks;  // the cal_* columns by name without the prefix, 1–5
  bool follow_up = false;  // requiere_followup
};

/// A prize given to a guest (ventas_clientepremio).
struct Prize {
  Row customer = no_row;
  std::string name;
  std::string estado;      // as written: pendiente_aprobacion, aprobado, enviado, usado, expirado, cancelado
  Moment given;
  Date expires;            // unknown = never
};

/// The booking system's own label of a guest (ventas_clientetaxonomia): its axes as they are written, " · " between.
struct OwnLabel {
  Row customer = no_row;
  std::string label;
  Moment at;
};

/// Who came along to a sale's massages (ventas_participantemasajereserva).
struct Companion {
  Row sale = no_row;
  std::string name;
};

/// A message between the spa and a guest, from whichever log has it.
struct Message {
  enum class Way : std::uint8_t { whatsapp, sms, email, other };
  Row customer = no_row;
  Moment at;
  Way way = Way::other;
  bool inbound = false;
  std::string text{};      // of a guest's last one, where they wrote it last: what is to be answered
};

/// An e-mail that asked a guest back: one a quarter (ventas_communicationlimit).
struct Reactivation {
  Row customer = no_row;
  Date quarter;            // its first day
};

/// An e-mail address that must not be written to, whoever has it.
struct RefusedEmail {
  enum class Why : std::uint8_t { blacklist, newsletter, bounced, unsubscribed };
  std::string email;       // lower case
  Why why = Why::blacklist;
  Moment until;            // unknown = for ever
};

/// Days or hours on which a service cannot be booked (ventas_serviciobloqueo).
struct Closure {
  Row service = no_row;    // no_row = all of them
  Date from;
  Date to;                 // the last day; = from for a single day
  std::string reason;
};

/// A discount for services booked together (ventas_packdescuento), in pesos from zero up.
struct PackDiscount {
  std::string name;
  Pesos discount = 0;
  bool active = true;
};

/// The live booking system's database.
struct CurrentBatch {
  CustomerColumns customers;
  SaleColumns sales;
  ServiceLineColumns service_lines;
  ProductLineColumns product_lines;
  PaymentColumns payments;
  std::vector<std::string> payment_methods;  // lower case, in order of first appearance; at most 255
  std::vector<CatalogService> services;
  std::vector<CatalogProduct> products;
  std::vector<GiftCard> gift_cards;
  std::vector<CardUse> card_uses;            // by card, ascending
  std::vector<Survey> surveys;
  std::vector<std::string> providers{""};    // names, [0] nobody's
  std::vector<Prize> prizes;
  std::vector<OwnLabel> labels;
  std::vector<Companion> companions;         // by sale, ascending
  std::vector<Message> messages;             // by customer, then moment
  std::vector<Reactivation> reactivations;   // by customer, ascending
  std::vector<RefusedEmail> refused_emails;  // by address, ascending
  std::vector<Closure> closures;
  std::vector<PackDiscount> packs;
  /// A consent column or table that is there and could not be read: then nobody may be written to that way.
  bool whatsapp_consent_unreadable = false;  // phone and SMS too
  bool email_consent_unreadable = false;
  LoadReport report;
};

/// Where a legacy person comes from.
enum class LegacyOrigin : std::uint8_t {
  customers_file,  // a row of Clientes-….csv
  services_file,   // a name that stands only in servicios_historicos.csv
};

/// Clientes-….csv.
struct LegacyCustomersBatch {
  ContactColumns contact;
  TextColumn legacy_id;
  TextColumn record_id;
  LoadReport report;
  Row size() const { return contact.size(); }
};

/// servicios_historicos.csv (or crm_service_history): one entry a line of the file, grouped by person name.
struct LegacyServicesBatch {
  struct Person {
    std::string shown;    // name as shown
    std::string folded;   // normalize::fold(shown): the tie to a legacy customer
    bool staff = false;   // bears the house's own name, or one that is listed
  };
  std::vector<Person> people;             // distinct folded names; people[0] may be the nameless (folded == "")
  std::vector<CatalogService> services;   // canonical services; id 0

  std::vector<Row> person;
  std::vector<Row> service;               // row in `services`
  std::vector<std::int64_t> reservation;  // -1 = none
  std::vector<Moment> at;                 // day and hour; unknown for placeholders and empty dates
  std::vector<std::int32_t> quantity;     // people or units; absurd values (<= 0, > 1000) are 1
  std::vector<Pesos> amount;              // the whole line's amount
  std::vector<std::uint8_t> cancelled;    // 1 = "Servicio Anulado" and the like
  /// The row's own contact, E.164 and lower case, empty when missing or broken. It is often another person's:
  /// evidence of nothing where many names share it.
  TextColumn telefono;
  TextColumn email;
  /// crm_service_history rows name the customer instead of a person: then this is ventas_cliente.id, else 0.
  std::vector<std::int64_t> customer_id;
  LoadReport report;
  Row size() const { return static_cast<Row>(person.size()); }
};

}  // namespace aremko::sources

// What each figure means: visits, money and segments.
#include "operations/definition_texts.h"

namespace aremko::operations {

namespace {

constexpr auto people_texts = std::to_array<DefinitionText>({
    {Topic::visits, "total_customers", "Clientes", "Customers",
     "Personas con una fila en ventas_cliente, sin las cuentas del personal: las marcadas es_staff_proxy, las que "
     "llevan el nombre de la casa y las que ella nombre. Quien todavía no ha venido también es cliente; quien "
     "tiene varias filas cuenta una vez (duplicate_rows dice cuántas sobran).",
     "People with a row in ventas_cliente, without staff accounts: those marked es_staff_proxy, those that bear "
     "the house's own name, and those the house lists. Somebody who has not come yet is a customer too; somebody "
     "with several rows counts once (duplicate_rows says how many are further rows).",
     "El sistema de reservas cuenta todas las filas en sus totales generales.",
     "The booking system counts every row in its general totals."},
    {Topic::visits, "confidence_score", "Confianza de un vínculo", "Confidence of a link",
     "Probabilidad, en por ciento, de que un registro antiguo y un cliente sean la misma persona: 90 quiere decir "
     "que nueve de cada diez lo son. Desde 85 vale solo; entre 70 y 84, y siempre que dos RUT válidos sean "
     "distintos, espera a una persona; bajo 70 no se propone.",
     "The probability, in percent, that a legacy record and a customer are one person: at 90, nine in ten are. "
     "From 85 it counts by itself; from 70 to 84, and whenever two valid RUTs differ, it waits for a person; below"
     " 70 it is not proposed.",
     "El sistema de reservas no une los archivos antiguos con sus clientes.",
     "The booking system does not tie the legacy files to its customers."},
    {Topic::visits, "fichas_unidas", "Fichas unidas", "Merged customers",
     "Otras filas de ventas_cliente que son esta persona, según alguien que las comparó. Sus visitas, su dinero y sus "
     "contactos son de ella, cada número responde por ella, y toda cuenta la cuenta una vez. Se deshace cuando se quiera.",
     "Other rows of ventas_cliente who are this person by the word of somebody who compared them. Their visits, money and"
     " contacts are that person's, every number answers for them, and every count counts them once. It can be undone at "
     "any time.",
     "El sistema de reservas las sigue teniendo por separado: nada se escribe en él.",
     "The booking system goes on having them apart: nothing is written to it."},
    {Topic::visits, "total_visitas", "Visitas", "Visits",
     "Una venta con al menos un servicio al que alguien vino, o una reserva antigua (las filas de una persona con "
     "el mismo número y día). La visita que conocen las dos fuentes cuenta una vez. No lo son: lo cancelado, la "
     "venta vaciada de sus líneas, la que tiene solo productos, gift cards o ajustes, y la que nunca se pagó (o "
     "cuyo pago se devolvió entero hasta ese día) ni llegó y cuyo día pasó.",
     "A sale with at least one service that somebody came for, or one legacy reservation (the rows of one person "
     "with the same number and day). A visit known to both sources counts once. None are: what was cancelled, a "
     "sale emptied of its lines, one with only products, gift cards or adjustments, and one never paid (or paid "
     "back whole by that day) and never checked in whose day is past.",
     "Su CRM suma ventas pagadas con servicio y cada fila del historial: tres servicios de una misma tarde son "
     "allá tres visitas.",
     "Its CRM adds paid sales with a service and every row of the history: three services of one afternoon are "
     "three visits there."},
    {Topic::visits, "ultima_visita", "Última visita", "Last visit",
     "El momento de la visita más reciente hasta el instante del análisis: la primera hora agendada de sus "
     "servicios; sin ella, la fecha de la reserva; sin ella, la de creación. Lo reservado para después no es una "
     "visita.",
     "The moment of the latest visit up to the instant of the analysis: the first scheduled hour of its services; "
     "without one the booking's date; without one its creation. What is booked for later is no visit.",
     "Allá la última visita puede ser una fecha futura.",
     "There the last visit may be a date in the future."},
    {Topic::visits, "primera_visita", "Primera visita", "First visit",
     "La visita con fecha más antigua, en cualquiera de las fuentes.",
     "The earliest dated visit, in either source."},
    {Topic::visits, "days_since_last_visit", "Días sin venir", "Days since the last visit",
     "Días de calendario entre la última visita y el día del análisis, en la hora de la casa. Al hablar se dicen "
     "años, meses o días cumplidos.",
     "Calendar days from the last visit to the day of the analysis, in the house's time zone. In words, completed "
     "years, months or days."},
    {Topic::visits, "visitas_ultimo_ano", "Visitas del último año", "Visits in the last year",
     "Visitas con fecha dentro de los 12 meses anteriores al análisis.",
     "Dated visits within the 12 months before the analysis."},
    {Topic::visits, "visitas_sin_fecha", "Visitas sin fecha", "Undated visits",
     "Visitas antiguas cuyo día no se conoce o es de relleno (2021-01-01, 2021-02-02). Cuentan para el dinero y "
     "los gustos; nunca para la recencia, la frecuencia ni la temporada.",
     "Legacy visits whose day is unknown or a placeholder (2021-01-01, 2021-02-02). They count for money and "
     "preferences; never for recency, frequency or season."},
    {Topic::visits, "proxima_visita", "Próxima visita", "Next visit",
     "La reserva más cercana de hoy en adelante, que todavía no ha hecho check-in y no está cancelada. Lo de hoy "
     "sigue siendo próximo hasta que la persona llega.",
     "The nearest booking of today or later that has not checked in and is not cancelled. What is for today stays "
     "ahead until the person arrives."},
    {Topic::money, "total_gastado", "Gasto (también ltv)", "Spent (also ltv)",
     "Lo que esta persona pagó o debe por ventas pagadas o parciales, con los totales negativos y devoluciones "
     "restados; menos lo que pagó con gift card (lo gastó quien la compró) y los pagos de método descuento que el "
     "total todavía no resta; más los montos de los archivos antiguos, como están. Pesos enteros. El dinero de una"
     " venta nunca se cuenta dos veces. gasto_explicado dice, persona por persona, en cuánto difiere de la cifra "
     "del sistema de reservas y por qué.",
     "What this person paid or owes for paid and partly paid sales, negative totals and refunds taken off; less "
     "what was paid with a gift card (its buyer spent that) and payments of method descuento that the total does "
     "not leave out already; plus the legacy files' amounts as they are. Whole pesos. The money of a sale is never"
     " counted twice. gasto_explicado says, person by person, by how much it differs from the booking system's "
     "figure and why.",
     "Allá gasto_total es el total de las ventas pagadas y parciales más el historial: lo pagado con gift card se "
     "suma a quien la usó y también a quien la compró.",
     "There gasto_total is the total of paid and partly paid sales plus the history: what a gift card paid is "
     "added to whoever used it and to whoever bought it."},
    {Topic::money, "promedio_por_visita", "Promedio por visita (también avg_ticket)",
     "Average a visit (also avg_ticket)",
     "Gasto dividido por visitas, redondeado al peso. Sin visitas, cero.",
     "Spent divided by visits, rounded to the peso. Zero without visits."},
    {Topic::money, "gasto_por_fuente", "Gasto por fuente", "Spent by source",
     "El mismo gasto, separado en la base actual y los archivos antiguos. Una fila antigua que ya es una venta del"
     " sistema actual se descarta y se cuenta en la salud de los datos.",
     "The same money, split into the current database and the legacy files. A legacy row that already is a sale of"
     " the current system is dropped, and counted in data health."},
    {Topic::money, "debe", "Por pagar", "Owed",
     "Lo que dejan sin pagar las ventas de una persona hasta el día del análisis, sin las canceladas ni las "
     "vaciadas. Lo que la casa devolvió no se debe: de cada venta, su saldo menos sus devoluciones.",
     "What a person's sales up to the day of the analysis leave unpaid, without the cancelled and the emptied "
     "ones. What the house gave back is not owed: of each sale, its balance less its refunds."},
    {Topic::money, "refunds", "Devoluciones y descuentos", "Refunds and discounts",
     "Un pago negativo o un total negativo es una devolución: se muestra y se resta. Una línea o producto de "
     "precio negativo, o llamada descuento, le quita dinero a su venta y nada más: no es un servicio, no tiene "
     "hora, ni está en el catálogo.",
     "A negative payment or a negative total is a refund: shown and subtracted. A line or product with a negative "
     "price, or named as a discount, takes money off its sale and nothing else: it is no service, has no hour, and"
     " is not in the catalogue.",
     "Allá un descuento es una línea de servicio a medianoche, y cuenta como servicio.",
     "There a discount is a service line at midnight, and counts as a service."},
    {Topic::money, "gift_cards", "Gift cards", "Gift cards",
     "Comprar una no es visita: el dinero es de quien la compra. Usarla sí lo es, y su pago no suma al gasto de "
     "quien la usa, hasta el total de la venta. El saldo es lo que quedaba ese día; de una anulada, o cuya compra "
     "nadie ha pagado o ya no existe, es 0, y vencida dice si ya pasó su día.",
     "Buying one is no visit: the money is its buyer's. Using one is, and its payment adds nothing to what its "
     "user spent, up to its sale's total. The balance is what was left that day; of one cancelled, or whose "
     "purchase nobody has paid or is gone, it is 0, and vencida says whether its day is past."},
    {Topic::money, "unidad", "Precios y su unidad", "Prices and their unit",
     "El precio del catálogo es por persona (por_persona); lo que se cobra entero lleva su precio completo "
     "(total), y el alojamiento es por noche (por_noche). Cada oferta y mensaje dice para cuántas personas y "
     "noches es. Una oferta es para un solo número de personas, la mediana de con cuántos ha venido, y no lleva lo que no "
     "les alcanza; a quien viene hoy se le espera y no se le ofrece nada.",
     "The catalogue's price is per person (por_persona); what is charged whole bears its whole price (total), and "
     "lodging is per night (por_noche). Every offer and message says for how many people and nights it is. An offer is for "
     "one number of people, the median of with how many they came, and has nothing that does not hold them all; whoever comes "
     "today is expected and offered nothing.",
     "Allá precio_base es siempre por persona; lo que se cobra entero se ve en sus líneas, donde las personas son "
     "la capacidad.",
     "There precio_base is always per person; what is charged whole shows in its lines, whose people are the "
     "capacity."},
    {Topic::segments, "recency_score", "R: recencia", "R: recency",
     "Por días desde la última visita: 5 hasta {r5}, 4 hasta {r4}, 3 hasta {r3}, 2 hasta {r2}, 1 más. 0 sin "
     "visitas con fecha.",
     "By days since the last visit: 5 up to {r5}, 4 up to {r4}, 3 up to {r3}, 2 up to {r2}, 1 beyond. 0 without "
     "dated visits.",
     "Su CRM tiene tres escalones: 90 y 180 días.",
     "Its CRM has three steps: 90 and 180 days."},
    {Topic::segments, "frequency_score", "F: frecuencia", "F: frequency",
     "Por visitas: 5 desde {f5}, 4 desde {f4}, 3 desde {f3}, 2 desde {f2}, 1 con menos. 0 sin visitas.",
     "By visits: 5 from {f5}, 4 from {f4}, 3 from {f3}, 2 from {f2}, 1 with fewer. 0 without visits.",
     "Su CRM tiene tres escalones: 5 y 10 servicios, no visitas.",
     "Its CRM has three steps: 5 and 10 services, not visits."},
    {Topic::segments, "monetary_score", "M: dinero", "M: money",
     "Por gasto: 5 desde {m5}, 4 desde {m4}, 3 desde {m3}, 2 desde {m2}, 1 con menos. 0 sin visitas.",
     "By money spent: 5 from {m5}, 4 from {m4}, 3 from {m3}, 2 from {m2}, 1 with less. 0 without visits.",
     "Su CRM tiene tres escalones: $500.000 y $1.000.000.",
     "Its CRM has three steps: $500,000 and $1,000,000."},
    {Topic::segments, "rfm_combined_score", "RFM combinado", "Combined RFM",
     "El promedio de R, F y M, con un decimal.",
     "The mean of R, F and M, to one decimal."},
    {Topic::segments, "segment", "Segmento", "Segment",
     "El primero que se cumple, en este orden: VIP, Champions, At Risk, Loyal, New, Promising, Hibernating, Lost, "
     "Occasional. Cada cliente está en uno solo.",
     "The first that holds, in this order: VIP, Champions, At Risk, Loyal, New, Promising, Hibernating, Lost, "
     "Occasional. Every customer is in exactly one.",
     "Su CRM usa los mismos nombres con tres escalones y con filas en vez de visitas: la misma persona puede tener"
     " allá otro segmento.",
     "Its CRM uses the same names with three steps and with rows instead of visits: the same person may be in "
     "another segment there."},
    {Topic::segments, "segment_vip", "VIP", "VIP",
     "R ≥ 4, F ≥ 4 y M ≥ 4: viene hace poco, seguido y gasta mucho.",
     "R ≥ 4, F ≥ 4 and M ≥ 4: recent, frequent and high spending."},
    {Topic::segments, "segment_champions", "Champions", "Champions",
     "R ≥ 4, F ≥ 3 y M ≥ 3: de los mejores, y activo.",
     "R ≥ 4, F ≥ 3 and M ≥ 3: among the best, and active."},
    {Topic::segments, "segment_at_risk", "At Risk", "At Risk",
     "R ≤ 2, F ≥ 3 y M ≥ 3: fue buen cliente y dejó de venir.",
     "R ≤ 2, F ≥ 3 and M ≥ 3: a good customer who stopped coming."},
    {Topic::segments, "segment_loyal", "Loyal", "Loyal",
     "F ≥ 4 y M ≥ 3: vuelve siempre.",
     "F ≥ 4 and M ≥ 3: keeps coming back."},
    {Topic::segments, "segment_new", "New", "New",
     "R ≥ 4, F ≤ 2 y primera visita de todas hace {new} días o menos.",
     "R ≥ 4, F ≤ 2 and the first visit ever {new} days ago or less."},
    {Topic::segments, "segment_promising", "Promising", "Promising",
     "R ≥ 4 y F ≤ 2: vino hace poco, todavía pocas veces.",
     "R ≥ 4 and F ≤ 2: came lately, few times yet."},
    {Topic::segments, "segment_hibernating", "Hibernating", "Hibernating",
     "R = 1 y F ≥ 2: venía, y hace más de un año que no viene.",
     "R = 1 and F ≥ 2: used to come; away for more than a year."},
    {Topic::segments, "segment_lost", "Lost", "Lost",
     "R = 1 con una visita, hace más de un año.",
     "R = 1 with one visit, more than a year ago."},
    {Topic::segments, "segment_occasional", "Occasional", "Occasional",
     "Los demás, y quien todavía no ha venido.",
     "Everybody else, and who has not come yet."},
});

}  // namespace

std::span<const DefinitionText> people_definitions() { return people_texts; }

}  // namespace aremko::operations

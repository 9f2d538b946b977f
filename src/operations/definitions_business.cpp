// What each figure means: the day's desk and the owner's pages.
#include "operations/definition_texts.h"

namespace aremko::operations {

namespace {

constexpr auto business_texts = std::to_array<DefinitionText>({
    {Topic::business, "today", "Quién llega", "Who comes",
     "Las reservas que tienen algún servicio ese día y no se cancelaron ni vaciaron, pagadas o no, por la hora de su primer servicio; "
     "una que nadie pagó ni hizo check-in deja de contar cuando pasa el día. Las personas son las de sus servicios por persona; lo que "
     "se arrienda entero lleva su capacidad y solo cuenta donde no hay otro. Deben: lo que falta de esa reserva y lo de antes. Las "
     "cuentas de la casa se cuentan aparte. Los cumpleaños no están en la fuente: se muestran los que alguien anotó.",
     "The bookings with a service that day that were neither cancelled nor emptied, paid or not, by the hour of their first service; one "
     "that nobody paid for or checked in to stops counting when its day has passed. People are those of its services charged by person; "
     "what is let whole bears its capacity and counts only where there is nothing else. Owing: what is left of that booking and from "
     "before. The house's accounts are counted apart. Birthdays are not in the source: those that somebody wrote down are shown."},
    {Topic::business, "por_hacer", "Por hacer", "To do",
     "Quien escribió en los últimos 7 días y espera respuesta; lo que falta pagar de visitas de los últimos 60 días; encuestas de 6 o "
     "menos en 14 días, o que esperan seguimiento en 30, sin mensaje posterior; gift cards con saldo que vencen en 30 días; y primeras "
     "visitas de los últimos 3 días a quienes se puede agradecer y no se ha escrito.",
     "Who wrote in the last 7 days and waits for an answer; what is left to pay of visits of the last 60 days; surveys of 6 or less in "
     "14 days, or that wait for a follow-up in 30, with no message since; gift cards with a balance that end within 30 days; and first "
     "visits of the last 3 days by guests who may be thanked and were not written to."},
    {Topic::business, "ojo", "Ojo", "Mind",
     "Las notas que la casa escribió en sus visitas de 24 meses y en lo reservado (primero las de salud), lo que debe en total, las gift "
     "cards que puede usar y cuándo vencen, y su última encuesta si puso 6 o menos. Las notas de salud son datos sensibles: se "
     "muestran y nunca se exportan.",
     "The notes that the house wrote on their visits of 24 months and on what is booked (health first), what they owe in all, the gift "
     "cards they may use and when they end, and their last survey where it is 6 or less. Health notes are sensitive: shown, never exported."},
    {Topic::business, "comparacion", "Contra el año anterior", "Against the year before",
     "Los mismos meses completos del año anterior, y solo las fuentes que conocen los dos períodos de comienzo a fin: donde los archivos "
     "antiguos terminan dentro de uno de ellos no se comparan, y se dice. Sin ninguna fuente así no hay comparación.",
     "The same whole months of the year before, and only the sources that know both spans from end to end: where the old files end within "
     "one of them they are not compared, and it is said. With no such source there is no comparison."},
    {Topic::business, "ventas", "Ventas", "Sales",
     "El gasto (total_gastado) de todos, por el día de la visita o de la compra: ventas pagadas y parciales, sin el personal, menos lo "
     "pagado con gift card, descuentos y devoluciones; más los archivos antiguos, cada visita una vez. Difiere del total de los "
     "clientes en lo que gastaron personas de los archivos antiguos que no son clientes de hoy y en las visitas sin fecha.",
     "What all spent (total_gastado), by the day of the visit or purchase: paid and partly paid sales, without staff, less what was paid "
     "with gift cards, discounts and refunds; plus the old files, each visit once. It differs from the customers' total by what people of "
     "the old files who are no customers today spent, and by visits without a date."},
    {Topic::business, "ventas_servicio", "Ventas de un servicio", "Sales of a service",
     "Las líneas de ese servicio en visitas del período a las que alguien vino: precio por personas, antes de descuentos, y los montos de "
     "los archivos antiguos. Lo cancelado y lo que nadie pagó no suma; quien vino sin pagar cuenta como visita. Los servicios son uno con "
     "cualquier ortografía. Descuentos, gift cards y devoluciones van aparte y, sumados, dan las ventas del período.",
     "The lines of that service in the span's visits that somebody came for: price times people, before discounts, and the old files' "
     "amounts. What was cancelled or not paid adds nothing; who came without paying counts as a visit. A service is one in every "
     "spelling. Discounts, gift cards and refunds stand apart and, added, make the span's sales."},
    {Topic::business, "combinaciones", "Combinaciones", "What goes together",
     "Dos servicios de una misma visita; el porcentaje es de las visitas del menos pedido de los dos. Sin extras ni complementos.",
     "Two services of one visit; the share is of the visits of the rarer of the two. Without extras and additions."},
    {Topic::business, "mejores_clientes", "Mejores clientes", "Best guests",
     "Por lo que gastaron en el período, con devoluciones restadas; cada persona una vez, aunque tenga varias filas. Sin el personal ni "
     "las cuentas de la casa. Quien solo está en los archivos antiguos aparece como tal. Es lo gastado entonces, no lo que valen.",
     "By what they spent in the span, refunds taken off; each person once however many rows they have. Without staff and the house's "
     "accounts. Who stands in the old files alone is shown as such. It is what was spent then, not what they are worth."},
    {Topic::business, "ocupacion", "Ocupación", "Occupancy",
     "De lo que se arrienda entero (tinas, cabañas) y tiene horas en el catálogo (slots_disponibles): la parte de esas horas, sin los días "
     "cerrados, en que hubo o hay una reserva que las toma. Los masajes y demás pueden darse a la vez cuantos haya manos, y eso la fuente "
     "no lo dice: sin capacidad conocida, solo reservas. Cuenta el sistema de reservas, con lo que viene y las cuentas de la casa.",
     "Of what is let whole (tubs, cabins) and has hours in the catalogue (slots_disponibles): the part of those hours, closed days left "
     "out, that a booking took or takes. Massages and the rest may be given at once as there are hands, which the source does not say: no "
     "known capacity, bookings only. The booking system counts, with what is ahead and the house's accounts."},
    {Topic::business, "temporadas", "Por mes del año", "By month of the year",
     "Visitas de cada mes, en promedio de los años completos, con el año de menos y el de más; los meses ya terminados de este año van "
     "aparte. Un año que todavía corre, o en que el negocio empezó a mitad, no entra en el promedio. Donde la agenda sola tiene dos años "
     "completos, los archivos antiguos no cuentan: saben de aquellos años y no de este.",
     "Visits of each month as a mean over whole years, with the lowest and the highest year; this year's finished months stand apart. A "
     "year still running, or one that began half way, is not in the mean. Where the booking system alone has two whole years the old "
     "files do not count: they know those years and not this one."},
});

}  // namespace

std::span<const DefinitionText> business_definitions() { return business_texts; }

}  // namespace aremko::operations

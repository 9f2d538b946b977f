// What each figure means: behaviour, contact and the data.
#include "operations/definition_texts.h"

namespace aremko::operations {

namespace {

constexpr auto use_texts = std::to_array<DefinitionText>({
    {Topic::behaviour, "visit_frequency", "Frecuencia", "Visit frequency",
     "Por el promedio de días entre visitas con fecha: hasta 15, muy frecuente; hasta 45, frecuente; hasta 90, "
     "regular; hasta 150, ocasional; más, esporádico. Con una visita o ninguna, así se dice.",
     "By the mean of days between dated visits: up to 15 very frequent, 45 frequent, 90 regular, 150 occasional, "
     "more sporadic. With one visit or none it says so."},
    {Topic::behaviour, "service_preferences", "Servicios preferidos", "Favourite services",
     "Los servicios que más visitas tuvieron, contados una vez por visita y por su nombre de siempre: el precio, "
     "la terapeuta o la ortografía no hacen otro servicio. Lo que nunca se reserva solo (tina de niños o fría, "
     "ambientación, persona adicional), los extras y los descuentos no entran.",
     "The services of most visits, counted once a visit and by their canonical name: a price, a therapist or a "
     "spelling makes no other service. What is never booked alone (child's or cold tub, decoration, additional "
     "person), extras and discounts are left out."},
    {Topic::behaviour, "seasonality", "Temporada", "Season",
     "Sobre todas las visitas con fecha: prefiere verano cuando diciembre a febrero son más de 1,5 veces junio a "
     "agosto; invierno, al revés; si no, sin preferencia. Con menos de tres, datos insuficientes. Los mejores "
     "meses son hasta tres, y un empate lo gana el más reciente.",
     "Over all dated visits: prefers summer when December to February are more than 1.5 times June to August; "
     "winter the other way; else no preference. Fewer than three are too few. The best months are at most three, "
     "ties won by the more recent."},
    {Topic::behaviour, "payment_behavior", "Cómo paga", "How they pay",
     "Los métodos de todos sus pagos, el más usado primero. descuento no es un método de pago.",
     "The methods of all their payments, the most used first. descuento is no method of payment."},
    {Topic::behaviour, "churn_risk", "Riesgo de fuga", "Churn risk",
     "Alto: At Risk sin venir hace más de dos años, Hibernating y Lost. Medio-Alto: At Risk hasta dos años, o R = "
     "2. Bajo: R ≥ 4 y dos visitas en el último año. Si no, Medio.",
     "Alto: At Risk away for more than two years, Hibernating and Lost. Medio-Alto: At Risk up to two years, or R "
     "= 2. Bajo: R ≥ 4 and two visits in the last year. Else Medio."},
    {Topic::behaviour, "upsell_potential", "Potencial", "Upsell potential",
     "Alto: cinco visitas o más y a lo más dos servicios distintos. Bajo: gasto de un millón o más y tres visitas "
     "por año activo, o promedio de $60.000 o más con tres servicios. Medio: lo demás; con promedio de $30.000 a "
     "$60.000, aumentarlo.",
     "Alto: five visits or more and at most two different services. Bajo: spent a million or more with three "
     "visits an active year, or an average of $60,000 or more with three services. Medio: the rest; with an "
     "average of $30,000 to $60,000, raise it."},
    {Topic::behaviour, "reactivation_priority", "Prioridad de reactivación", "Reactivation priority",
     "De 0 a 100: lo que valía en su mejor época, su lealtad, cuán tibio sigue y si se le puede escribir. 80 a "
     "100, los mejores; 60 a 79, buenos clientes; bajo 60, el resto. Cada parte se muestra y suman el total. Sin "
     "ningún canal abierto, o con una reserva por delante, es 0 y dice por qué.",
     "From 0 to 100: what they were worth at their peak, their loyalty, how warm they still are, and whether they "
     "may be written to. 80 to 100 the best, 60 to 79 good customers, below 60 the rest. Each part is shown and "
     "they add up to the whole. With no open channel, or a booking ahead, it is 0 and says why."},
    {Topic::behaviour, "inactive_customers", "Inactivos", "Inactive customers",
     "Clientes cuya última visita con fecha fue hace tantos meses o más; 12 por omisión. Quien tiene una reserva "
     "por delante no está inactivo: se muestra con prioridad 0 y la razón.",
     "Customers whose last dated visit was so many months ago or more; 12 by default. Somebody with a booking "
     "ahead is not inactive: shown with priority 0 and the reason."},
    {Topic::contact, "channels", "Canales abiertos", "Open channels",
     "WhatsApp: un celular válido, de cualquier país, sin opt-out, y la persona no marcada como extranjera. "
     "Teléfono: un número fijo válido. E-mail: una dirección válida que nadie bloqueó y que no "
     "recibió ya el correo de reactivación del trimestre. Hasta proximo_contacto_no_antes_de no hay ninguno.",
     "WhatsApp: a valid mobile of any country, not opted out, and the person not marked as foreign. Phone: a valid"
     " landline. E-mail: a valid address that nobody blocked and that did not get the quarter's reactivation e-mail"
     " already. Until proximo_contacto_no_antes_de there is none.",
     "Allá reactivation_emails_this_quarter y last_reactivation_quarter llevan la cuenta: una al trimestre.",
     "There reactivation_emails_this_quarter and last_reactivation_quarter keep count: one a quarter."},
    {Topic::contact, "consent", "Consentimiento", "Consent",
     "La palabra más estricta de todas las filas y tablas de la persona, actuales y antiguas, vinculadas o "
     "duplicadas: opt-out de WhatsApp, lista negra de e-mail, boletín y preferencias; una fecha de baja "
     "(opt_out_date) lo cierra todo. Una columna de consentimiento que existe y no se puede leer cierra su canal.",
     "The strictest word of all the person's rows and tables, current and legacy, linked or duplicates: WhatsApp "
     "opt-out, e-mail blacklist, newsletter and preferences; a day of opting out (opt_out_date) closes everything. A "
     "consent column that exists and cannot be read closes its channel.",
     "Allá cada envío mira sus propias tablas, fila por fila: un duplicado puede seguir recibiendo.",
     "There each kind of sending looks at its own tables, row by row: a duplicate may go on receiving."},
    {Topic::contact, "opt_out_whatsapp", "No quiere WhatsApp", "Opted out of WhatsApp",
     "Lo pidió en cualquiera de sus filas. Cierra también las llamadas.",
     "They asked for it on any of their rows. It closes phone calls too."},
    {Topic::contact, "proximo_contacto_no_antes_de", "No contactar antes de", "Not to be contacted before",
     "El día que la casa anotó, o 30 días después del último mensaje que se le envió, el más tardío. Hasta ese día"
     " no hay canal abierto. Si lo anotado no se puede leer como fecha, no lo hay nunca, y se dice.",
     "The day that the house wrote down, or 30 days after the last message that was sent to them, the later one. "
     "Until that day no channel is open. Where what was written can be read as no day, none ever is, and it is said."},
    {Topic::data, "as_of", "Al día de", "As of",
     "El instante hasta el que mira un análisis, por omisión ahora, en la hora de la casa. Un día quiere decir "
     "hasta su final. Nada posterior se ve.",
     "The instant up to which an analysis looks, now by default, in the house's time zone. A day means to its end."
     " Nothing later is seen."},
    {Topic::data, "data_health", "Salud de los datos", "Data health",
     "Lo que está mal en cada fuente, contado fila por fila, lo peor primero, con lo que conviene hacer: columnas "
     "que una búsqueda llenó mal, valores de personas sin relación, RUT repetidos o con dígito errado, duplicados "
     "y filas rechazadas.",
     "What is wrong in each source, counted row by row, worst first, with what to do: columns filled by a broken "
     "lookup, values of unrelated people, RUTs reused or with a wrong digit, duplicates and refused rows."},
    {Topic::data, "data_completeness", "Cuán completos están", "Completeness",
     "Clientes con un e-mail, teléfono o RUT válido, y con un vínculo vigente a un registro antiguo, sobre todos "
     "los clientes sin el personal. Un valor en la columna equivocada cuenta donde le corresponde.",
     "Customers with a valid e-mail, phone or RUT, and with a live link to a legacy record, over all customers "
     "without staff. A value in the wrong column counts where it belongs."},
    {Topic::data, "age_seconds", "Edad de los datos", "Age of the data",
     "Segundos desde que se supo por última vez que lo mostrado es lo que dice la fuente. Una fuente caída se "
     "muestra como tal con la edad de lo último bueno.",
     "Seconds since what is shown was last known to be what the source says. A source that is down is shown as "
     "such, with the age of its last good data."},
});

}  // namespace

std::span<const DefinitionText> use_definitions() { return use_texts; }

}  // namespace aremko::operations

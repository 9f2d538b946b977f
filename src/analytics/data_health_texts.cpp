// What each finding means and what to do about it. The codes are part of the API.
#include <algorithm>
#include <array>
#include <stdexcept>

#include "analytics/data_health_parts.h"

namespace aremko::analytics::health {

namespace {

struct Words {
  std::string_view code;
  std::string_view meaning_es, meaning_en;
  std::string_view action_es, action_en;
};

constexpr std::array<Words, 26> all{{
    {"broken_lookup",
     "La columna lleva la marca de una búsqueda (BUSCARV) mal hecha: sus valores están en personas sin relación o contradicen a otra fuente. No dice de quién es cada fila.",
     "The column bears the mark of a broken lookup: its values stand on unrelated people or contradict another source. It does not say whose a row is.",
     "No use esta columna para contactar ni para unir personas. Expórtela de nuevo desde el sistema de origen, ordenada junto con las demás columnas.",
     "Use this column neither to write to people nor to tie records. Export it again from its system, sorted together with the other columns."},
    {"shared_value",
     "El mismo valor está en personas sin relación entre sí: un número reciclado, el de una agencia o recepción, o un relleno.",
     "One value stands on unrelated people: a recycled number, an agency's or a front desk's, or a filler.",
     "Revise los grupos y deje el valor solo en su dueño; mientras tanto no envíe mensajes personales a ese contacto.",
     "Look at the groups and leave the value with its owner alone; until then send no personal message there."},
    {"reused_rut",
     "Un mismo RUT válido está en nombres distintos: al menos una de esas fichas tiene el RUT de otra persona.",
     "One valid RUT stands on unlike names: at least one of those records bears another person's.",
     "Pida el RUT a cada persona del grupo y corrija la ficha equivocada.",
     "Ask each person of the group for their RUT and correct the wrong record."},
    {"duplicates",
     "La misma persona está en varias filas: un RUT, correo o teléfono en común y nombres que concuerdan, o el mismo nombre en la misma ciudad.",
     "One person stands on several rows: a RUT, e-mail or phone in common and names that agree, or the same name in the same city.",
     "Únalas en el sistema de origen, empezando por los grupos que se muestran. Las visitas repartidas hacen ver a un cliente fiel como varios ocasionales.",
     "Merge them in their system, beginning with the groups shown. Visits spread over rows make one loyal customer look like several occasional ones."},
    {"possible_duplicates",
     "Filas con el mismo nombre completo (tres palabras o más) y nada más en común ni en contra: casi siempre son la misma persona.",
     "Rows with the same whole name (three words or more) and nothing else for or against: nearly always one person.",
     "Compárelas a mano cuando las vea; completar el RUT o el teléfono las resuelve.",
     "Compare them by hand when you meet them; a RUT or a phone settles them."},
    {"repeated_name",
     "Un mismo nombre está en más filas de las que tiene una persona: suele ser un cliente genérico («Cliente Mostrador») o una prueba.",
     "One name stands on more rows than a person has: mostly a generic customer or a test.",
     "Márquelas como cuenta interna (es_staff_proxy) o bórrelas, para que no cuenten como clientes.",
     "Mark them as an internal account (es_staff_proxy) or delete them, so that they do not count as customers."},
    {"wrong_check_digit",
     "El documento tiene la forma de un RUT pero su dígito verificador no calza: hay un error al escribirlo.",
     "The document looks like a RUT but its check digit is wrong: a slip in typing.",
     "Pídalo de nuevo y corríjalo; hasta entonces no identifica a nadie.",
     "Ask for it again and correct it; until then it identifies nobody."},
    {"placeholder_rut",
     "El RUT es un relleno (11.111.111-1 y parecidos), no el de una persona.",
     "The RUT is a filler (11.111.111-1 and the like), nobody's own.",
     "Bórrelo o reemplácelo por el verdadero; un campo vacío es mejor que uno falso.",
     "Delete it or put the true one; an empty field is better than a false one."},
    {"other_document",
     "El documento no es un RUT: un pasaporte, un número sin dígito verificador o un texto.",
     "The document is no RUT: a passport, a number without check digit, or a text.",
     "Nada si es un pasaporte; si es un RUT incompleto, complételo.",
     "Nothing if it is a passport; if it is half a RUT, complete it."},
    {"phone_in_document",
     "Hay teléfonos en la columna del RUT. Al leer se usan como teléfono cuando este falta.",
     "There are phones in the RUT column. They are read as the phone where that is missing.",
     "Muévalos a la columna del teléfono y pida el RUT.", "Move them to the phone column and ask for the RUT."},
    {"email_in_document",
     "Hay correos en la columna del RUT. Al leer se usan como correo cuando este falta.",
     "There are e-mails in the RUT column. They are read as the e-mail where that is missing.",
     "Muévalos a la columna del correo y pida el RUT.", "Move them to the e-mail column and ask for the RUT."},
    {"phone_in_name",
     "Hay teléfonos pegados al nombre. Al leer se separan y se usan cuando falta el teléfono.",
     "There are phones glued to names. They are cut off and used where the phone is missing.",
     "Límpielos en la fuente: el nombre se muestra a la persona en los mensajes.",
     "Clean them in the source: people see their name in messages."},
    {"phone_in_place",
     "Hay teléfonos en la columna de la dirección. Al leer se usan cuando falta el teléfono.",
     "There are phones in the address column. They are used where the phone is missing.",
     "Muévalos a su columna y complete la ciudad.", "Move them to their column and fill in the city."},
    {"rut_in_place",
     "Hay RUT en la columna de la dirección. Al leer se usan cuando falta el RUT.",
     "There are RUTs in the address column. They are used where the RUT is missing.",
     "Muévalos a su columna y complete la ciudad.", "Move them to their column and fill in the city."},
    {"rut_in_phone", "Hay RUT en la columna del teléfono: no se puede llamar a esas personas.",
     "There are RUTs in the phone column: those people cannot be called.",
     "Muévalos a la columna del RUT y pida el teléfono.", "Move them to the RUT column and ask for the phone."},
    {"email_in_phone", "Hay correos en la columna del teléfono: no se puede llamar a esas personas.",
     "There are e-mails in the phone column: those people cannot be called.",
     "Muévalos a la columna del correo y pida el teléfono.", "Move them to the e-mail column and ask for the phone."},
    {"invalid_phone", "El teléfono no es de nadie: le faltan o le sobran dígitos, o es un relleno.",
     "The phone is nobody's: too few or too many digits, or a filler.",
     "Pídalo de nuevo; con +56 9 y ocho dígitos sirve para WhatsApp.", "Ask for it again; +56 9 and eight digits serve for WhatsApp."},
    {"invalid_email", "El correo no tiene la forma de una dirección.", "The e-mail does not look like an address.",
     "Corríjalo o bórrelo antes de una campaña: los rebotes dañan la reputación del remitente.",
     "Correct or delete it before a campaign: bounces harm the sender's standing."},
    {"invalid_date", "La fecha no se puede leer o es imposible: esas filas quedan sin fecha.",
     "The date cannot be read or is impossible: those rows have none.",
     "Corríjala en la fuente si conoce la verdadera (AAAA-MM-DD).", "Correct it in the source if you know the true one (YYYY-MM-DD)."},
    {"placeholder_date",
     "Una fecha de relleno: significa «fecha desconocida». Esas filas cuentan para el gasto y las preferencias, no para la última visita.",
     "A filler date: it means \"unknown\". Those rows count for money and preferences, not for the last visit.",
     "Complete la fecha verdadera si está en otra parte; si no, déjela vacía.",
     "Put the true date if it stands elsewhere; else leave it empty."},
    {"no_name", "No tienen nombre: no se puede saber de quién son.", "They have no name: nobody can tell whose they are.",
     "Complete el nombre al menos en las filas con contacto.", "Fill in the name, at least where there is a contact."},
    {"no_contact", "No tienen teléfono ni correo válidos: no se les puede escribir y quedan fuera de toda campaña.",
     "They have no valid phone or e-mail: they cannot be written to and stand outside every campaign.",
     "Pida un contacto en la próxima visita; revise primero a quienes más gastan.",
     "Ask for a contact at the next visit; look first at those who spend most."},
    {"empty_column", "La columna está vacía en todas las filas.", "The column is empty on every row.",
     "Revise si la exportación la dejó fuera; si nunca se llenó, no hay nada que hacer.",
     "See whether the export left it out; if it was never filled, there is nothing to do."},
    {"refused_rows", "Filas que no se pudieron usar: no aparecen en ninguna ficha ni suma.",
     "Rows that could not be used: they appear in no profile and no sum.",
     "Corrija esas líneas en la fuente; al guardarla se vuelve a leer sola.",
     "Correct those lines in the source; it is read again by itself once saved."},
    {"live_sales",
     "Filas del archivo que son ventas del sistema actual: su número de reserva es el de una venta que la base tiene. Vale la base; la fila no se cuenta otra vez.",
     "Rows of the file that are sales of today's system: their reservation number is that of a sale the database has. The database wins; the row does not count again.",
     "Nada: es solo para que las sumas se entiendan.", "Nothing: it is said so that the sums can be understood."},
    {"repaired_text", "Textos con la codificación rota (MarÃ­a por María) que se arreglaron al leer.",
     "Texts in a broken encoding that were put right while reading.",
     "Exporte el archivo como UTF-8; lo que se perdió antes no se puede recuperar.",
     "Export the file as UTF-8; what was lost before cannot be had back."},
}};

}  // namespace

Finding finding(std::string_view code, Severity severity, std::string_view source, std::string_view column,
                std::int64_t count, std::int64_t of) {
  const auto words = std::ranges::find(all, code, &Words::code);
  if (words == all.end()) throw std::logic_error("no words for the finding " + std::string(code));
  return {.code = std::string(code),
          .severity = severity,
          .source = std::string(source),
          .column = std::string(column),
          .count = count,
          .of = of,
          .meaning = {std::string(words->meaning_es), std::string(words->meaning_en)},
          .action = {std::string(words->action_es), std::string(words->action_en)}};
}

}  // namespace aremko::analytics::health

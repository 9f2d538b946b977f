#include "cli/verbs.h"

#include <array>
#include <string>

#include "cli/definitions_report.h"
#include "cli/export_report.h"
#include "cli/health_report.h"
#include "cli/sync_report.h"

namespace aremko::cli {

namespace {

constexpr auto table = std::to_array<Variant>({
    {"search", "/customers/search", "query"},
    {"profile", "/customers/{customer_id}/profile", "customer_id"},
    {"proposal", "/customers/{customer_id}/proposal", "customer_id"},
    {"insights", "/customers/{customer_id}/insights", "customer_id"},
    {"visits", "/customers/{customer_id}/visits", "customer_id"},
    {"customers", "/customers", ""},
    {"legacy", "/legacy/customers/{legacy_id}/matches", "legacy_id", true, "matches"},
    {"legacy", "/legacy/customers/{legacy_id}", "legacy_id", true},
    {"legacy", "/legacy/customers", ""},
    {"inactive", "/campaigns/inactive-customers", ""},
    {"segment", "/campaigns/segments/{segment}", "segment"},
    {"proposals", "/proposals/batch", ""},
    {"people", "/customers/table", ""},
    {"export", "/exports", "", false, {}, {}, &export_report},
    {"today", "/today", ""},
    {"sales", "/stats/services", ""},
    {"best", "/stats/best-guests", ""},
    {"occupancy", "/stats/occupancy", ""},
    {"services", "/services", ""},
    {"products", "/products", ""},
    {"sync", "/sync/legacy-to-current", "", false, {}, {}, &sync_report},
    {"explain", "/legacy/customers/{legacy_id}/matches/{customer_id}", "legacy_id customer_id"},
    {"mapping", "/mappings/customer/{customer_id}", "customer_id", true},
    {"mapping", "/mappings/legacy/{legacy_id}", "", false, "legacy-id"},
    {"mapping", "/mappings", "", false, "", "list_mappings"},
    {"mappings", "/mappings", "", false, "", "list_mappings"},
    {"accept", "/mappings/{mapping_id}/accept", "mapping_id"},
    {"reject", "/mappings/{mapping_id}/reject", "mapping_id"},
    {"unlink", "/mappings/{mapping_id}/unlink", "mapping_id"},
    {"undo", "/mappings/{mapping_id}/undo", "mapping_id"},
    {"decisions", "/decisions", ""},
    {"undo-all", "/decisions/undo", "subjects"},
    {"duplicates", "/customers/{customer_id}/duplicates", "customer_id", true},
    {"duplicates", "/duplicates", "", false, "", "list_duplicates"},
    {"compare", "/customers/{customer_id}/duplicates/{other_id}", "customer_id other_id"},
    {"merge", "/duplicates", "kept_id other_id", false, "", "decide_duplicate"},
    {"separate", "/duplicates/{merge_id}/undo", "merge_id"},
    {"link", "/mappings", "legacy_id current_id", false, "", "link_by_hand"},
    {"stats", "/stats/legacy", "", false, "legacy"},
    {"stats", "/stats/overview", ""},
    {"definitions", "/definitions", "", false, {}, {}, &definitions_report},
    {"sources", "/sources", ""},
    {"health", "/data-health", "", false, {}, {}, &health_report},
    {"audit", "/audit", ""},
    {"jobs", "/jobs/{job_id}", "job_id", true},
    {"jobs", "/jobs", ""},
    {"cancel", "/jobs/{job_id}/cancel", "job_id"},
});

struct Summary {
  std::string_view verb;
  std::string_view es;
  std::string_view en;
};

constexpr auto summaries = std::to_array<Summary>({
    {"search", "Buscar clientes por nombre, teléfono, RUT o e-mail", "Search customers by name, phone, RUT or e-mail"},
    {"profile", "La ficha 360° de un cliente", "A customer's 360° profile"},
    {"proposal", "Una propuesta para un cliente: hechos, ofertas y mensaje", "A proposal for a guest: facts, offers and a message"},
    {"insights", "Qué prefiere, cuánto vale y si se está yendo", "What a customer likes, is worth, and whether they leave"},
    {"visits", "Todas sus visitas, de las dos fuentes", "All their visits, from both sources"},
    {"customers", "Los clientes de hoy", "Today's customers"},
    {"legacy", "Los clientes antiguos; con un id, su ficha; con --matches, quién puede ser hoy",
     "Legacy customers; with an id, their profile; with --matches, who they may be today"},
    {"inactive", "Clientes inactivos, por prioridad de reactivación", "Inactive customers, by reactivation priority"},
    {"segment", "Los clientes de un segmento RFM", "The customers of an RFM segment"},
    {"proposals", "Propuestas con su correo para un segmento, o para quienes más conviene recuperar", "Proposals with their e-mails"},
    {"people", "Toda la base como tabla, filtrada y ordenada", "The whole base as a table, filtered and sorted"},
    {"export", "Llevarse una lista de personas como archivo de Excel o CSV, sin quien no debe ser contactada", "Take a list of people away as an Excel or CSV file"},
    {"today", "Quién llega hoy, o el día --date, y qué hay por hacer", "Who comes today, or on --date, and what is to be done"},
    {"sales", "Qué se vende: servicios, productos y combinaciones en un período", "What sells: services, products and what goes together in a span"},
    {"best", "Los mejores clientes de un período", "The best guests of a span"},
    {"occupancy", "La ocupación por día de la semana y hora", "Occupancy by weekday and hour"},
    {"services", "El catálogo de servicios", "The catalogue of services"},
    {"products", "El catálogo de productos", "The catalogue of products"},
    {"sync", "Vincular los registros antiguos con los clientes de hoy", "Tie legacy records to today's customers"},
    {"explain", "Por qué un registro antiguo es, o no es, un cliente: explain LEGACY CUSTOMER", "Why a legacy record is, or is not, a customer: explain LEGACY CUSTOMER"},
    {"mapping", "Vínculos: de un cliente, de un registro antiguo (--legacy-id) o todos",
     "Mappings: of a customer, of a legacy record (--legacy-id), or all"},
    {"mappings", "Los vínculos, los que más conviene revisar primero con --status pending",
     "The mappings; with --status pending, what is most worth a review first"},
    {"accept", "Aceptar un vínculo: son la misma persona", "Accept a mapping: they are one person"},
    {"reject", "Rechazar un vínculo: no son la misma persona", "Reject a mapping: they are not one person"},
    {"undo", "Deshacer lo decidido sobre un vínculo", "Undo what was decided on a mapping"},
    {"unlink", "Desvincular: el registro no es de ese cliente", "Unlink: the record is not that customer's"},
    {"decisions", "Qué decidieron las personas, y si sigue en pie", "What people decided, and whether it stands"},
    {"undo-all", "Deshacer varias decisiones: undo-all UNA,OTRA", "Undo several decisions: undo-all ONE,ANOTHER"},
    {"duplicates", "Fichas que parecen ser la misma persona; con un id, las de un cliente",
     "Customers who look like one person; with an id, one customer's"},
    {"compare", "Por qué dos fichas son, o no son, la misma persona: compare UNA OTRA",
     "Why two customers are, or are not, one person: compare ONE ANOTHER"},
    {"merge", "Decir que dos fichas son la misma persona, o no: merge QUEDA OTRA --verdict same|different",
     "Say that two customers are one person, or not: merge KEPT OTHER --verdict same|different"},
    {"separate", "Deshacer lo dicho de dos fichas", "Undo what was said of two customers"},
    {"link", "Vincular a mano un registro antiguo con un cliente: link LEGACY CUSTOMER",
     "Link a legacy record to a customer by hand: link LEGACY CUSTOMER"},
    {"stats", "Resumen del negocio; con --legacy, de los archivos antiguos", "The overview; with --legacy, of the old files"},
    {"definitions", "Qué significa cada cifra y cómo se cuenta", "What every figure means, and how it is counted"},
    {"sources", "Las fuentes: estado, filas, rechazos y su razón", "The sources: state, rows, refusals and why"},
    {"jobs", "Los últimos trabajos; con un id, cómo va uno y qué resultó",
     "The last jobs; with an id, how one is doing and what came of it"},
    {"cancel", "Cancelar un trabajo; todo queda como estaba", "Cancel a job; everything stays as it was"},
    {"health", "Qué está mal en los datos de cada fuente, y qué hacer", "What is wrong in each source's data, and what to do"},
    {"audit", "Quién cambió qué, cuándo y por qué", "Who changed what, when and why"},
});

}  // namespace

std::span<const Variant> variants() { return table; }

Text summary_of(std::string_view verb) {
  for (const Summary& summary : summaries) {
    if (summary.verb == verb) return {std::string(summary.es), std::string(summary.en)};
  }
  return {};
}

const operations::Operation* operation_of(const Variant& variant, std::span<const operations::Operation> all) {
  const std::string path = "/api/v1/aremko" + std::string(variant.path);
  for (const operations::Operation& operation : all) {
    const bool named = variant.operation.empty() || operation.name == variant.operation;
    if (operation.path == path && named) return &operation;
  }
  return nullptr;
}

}  // namespace aremko::cli

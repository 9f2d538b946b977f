#include "operations/all.h"

#include <iterator>

#include "operations/audit.h"
#include "operations/business.h"
#include "operations/catalog.h"
#include "operations/customers.h"
#include "operations/data_health.h"
#include "operations/decisions.h"
#include "operations/definitions.h"
#include "operations/duplicates.h"
#include "operations/explanation.h"
#include "operations/exports.h"
#include "operations/jobs.h"
#include "operations/legacy.h"
#include "operations/letters.h"
#include "operations/mappings.h"
#include "operations/office.h"
#include "operations/people_table.h"
#include "operations/proposal.h"
#include "operations/reactivation.h"
#include "operations/session.h"
#include "operations/staff.h"
#include "operations/stats.h"
#include "operations/sync.h"
#include "operations/system.h"
#include "operations/today.h"

namespace aremko::operations {

namespace {

std::vector<Operation> gather() {
  std::vector<Operation> out;
  for (auto* const part : {&customer_operations, &people_table_operations, &office_operations, &legacy_operations,
                           &catalog_operations, &reactivation_operations, &proposal_operations, &letter_operations, &sync_operations,
                           &mapping_operations, &mapping_decision_operations, &decision_operations, &duplicate_operations, &job_operations,
                           &explanation_operations, &stats_operations, &business_operations, &today_operations, &definition_operations, &audit_operations,
                           &data_health_operations, &session_operations, &staff_operations, &export_operations,
                           &system_operations}) {
    auto some = part();
    std::ranges::move(some, std::back_inserter(out));
  }
  return out;
}

}  // namespace

std::span<const Operation> all_operations() {
  static const std::vector<Operation> all = gather();
  return all;
}

const Operation* find_operation(std::string_view name) {
  const auto all = all_operations();
  const auto at = std::ranges::find(all, name, &Operation::name);
  return at == all.end() ? nullptr : &*at;
}

std::span<const Group> all_groups() {
  static const std::vector<Group> groups{
      {"customers", {"Clientes actuales, con su historia completa.", "Today's customers, with their whole history."}},
      {"legacy", {"Personas de los archivos históricos.", "People of the legacy files."}},
      {"catalog", {"Lo que se vende.", "What is sold."}},
      {"campaigns", {"A quién escribir y a quién cuidar.", "Whom to write to and whom to look after."}},
      {"mappings", {"Qué registro histórico es qué cliente, y qué fichas son la misma persona.", "Which legacy record is which customer, and which customers are one person."}},
      {"jobs", {"Trabajos largos: cómo van y qué resultó.", "Long work: how it is doing, and what came of it."}},
      {"stats", {"El negocio en números.", "The business in numbers."}},
      {"session", {"Quién está en la puerta: entrar, salir, bloquear.", "Who is at the door: to sign in, sign out, lock."}},
      {"settings", {"Personas del local, equipos y claves.", "People of the house, devices and keys."}},
      {"system", {"Estado del servidor y de sus fuentes.", "How the server and its sources stand."}}};
  return groups;
}

}  // namespace aremko::operations

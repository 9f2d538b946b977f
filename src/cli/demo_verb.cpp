#include "cli/demo_verb.h"

#include <ostream>

#include <fmt/format.h>

#include "base/spoken.h"
#include "cli/complain.h"
#include "cli/progress_bar.h"

namespace aremko::cli {

DemoVerb::DemoVerb(CLI::App& root)
    : app_(root.add_subcommand("demo", "Hacer un spa entero de personas que no existen, con la verdad de quién es quién")) {
  app_->add_option("--customers", options_.customers, "Clientes de hoy (por defecto: 13300)");
  app_->add_option("--seed", options_.seed, "La misma semilla hace los mismos bytes (por defecto: 1)");
  app_->add_option("--out", out_, "Carpeta: aremko.sqlite3, legacy/*.csv, truth.csv (por defecto: var/demo)");
  app_->add_option("--database", database_, "postgresql:// o sqlite:///: llenar esta base en vez de aremko.sqlite3");
  app_->add_option("--today", today_, "El último día del spa, AAAA-MM-DD (por defecto: 2024-03-14)");
  app_->add_option("--sales-per-customer", options_.sales_per_customer, "Ventas por cliente, en promedio");
  app_->add_option("--legacy-customers", options_.legacy_customers, "Filas del archivo de clientes antiguos");
}

int DemoVerb::run(const Globals& globals, Streams& streams) {
  options_.out = out_;
  if (!database_.empty()) options_.database_url = database_;
  if (!today_.empty()) {
    const auto day = Date::parse_iso(today_);
    if (!day) return complain(invalid_field("today", "Debe ser AAAA-MM-DD.", "Must be YYYY-MM-DD."), globals, streams);
    options_.today = *day;
  }
  Result<demo::DemoSummary> made = [&] {
    ProgressBar bar(streams.err, streams.err_is_terminal);
    return demo::make_demo(options_, [&bar](std::string_view phase, std::uint64_t done, std::uint64_t total) {
      bar.show(phase, done, total);
    });
  }();
  if (!made) return complain(made.error(), globals, streams);
  const auto number = [](auto count, std::string_view one, std::string_view many) {
    return counted(static_cast<std::int64_t>(count), one, many);
  };
  streams.out << fmt::format(
      "{}, {}, {}; {}, {}; {} ({:.1f} s)\n"
      "  base de datos  {}\n  archivos       {}\n                 {}\n  verdad         {}\n",
      number(made->customers, "cliente", "clientes"), number(made->sales, "venta", "ventas"), number(made->payments, "pago", "pagos"),
      number(made->legacy_customers, "cliente antiguo", "clientes antiguos"),
      number(made->legacy_service_rows, "servicio antiguo", "servicios antiguos"),
      number(made->links, "vínculo verdadero", "vínculos verdaderos"), made->seconds, made->database.empty() ? "(la indicada)" : made->database.string(), made->customers_file.string(),
      made->services_file.string(), made->truth_file.string());
  return 0;
}

}  // namespace aremko::cli

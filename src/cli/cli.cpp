#include "cli/cli.h"

#include <deque>
#include <ostream>

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "cli/complain.h"
#include "cli/demo_verb.h"
#include "cli/keys_verb.h"
#include "cli/match_verb.h"
#include "cli/progress_bar.h"
#include "cli/render.h"
#include "cli/staff_verb.h"
#include "cli/verbs.h"
#include "operations/all.h"

namespace aremko::cli {

namespace {

using operations::Argument;
using operations::Operation;
using operations::Parameter;

constexpr std::string_view about =
    "Aremko MCP: el cliente completo, de todas sus fuentes.\n"
    "\n"
    "Ejemplos:\n"
    "  aremko serve --port 8000                      servir la API y /docs\n"
    "  aremko search maria gonzalez --source all     buscar en las dos fuentes\n"
    "  aremko profile 123 --as-of 2024-03-14         la ficha de un cliente, en un día dado\n"
    "  aremko inactive --months 12 --limit 20        a quién escribir primero\n"
    "  aremko sync                                   vincular los registros antiguos\n"
    "  aremko mappings --status pending --limit 10   lo que más conviene revisar\n"
    "  aremko health                                 qué está mal en los datos, y qué hacer\n"
    "  aremko match a.csv b.csv --out vinculos.csv   quién es quién entre dos archivos\n"
    "  aremko keys create --tenant aremko --scope admin\n"
    "  aremko staff add Rosa --role administration   la primera persona del panel; después, en Ajustes\n"
    "\n"
    "La configuración se lee de .env y del entorno (véase .env.example).\n"
    "Códigos de salida: 0 bien · 1 falla propia · 2 uso o valores · 3 no existe · 4 fuente o almacén caído ·\n"
    "5 sin permiso · 6 conflicto.";

std::string help_of(const Parameter& parameter) {
  std::string out = parameter.about.es;
  if (!parameter.choices.empty()) out += fmt::format(" [{}]", fmt::join(parameter.choices, ", "));
  if (const auto* fallback = parameter.schema.if_contains("default")) {
    out += fmt::format(" (por defecto: {})", boost::json::serialize(*fallback));
  }
  return out;
}

// Which of the words that stand without a flag is the parameter's.
std::optional<std::size_t> place_of(std::string_view parameter, std::string_view positional) {
  const auto space = positional.find(' ');
  if (parameter == positional.substr(0, space)) return 0;
  if (space != std::string_view::npos && parameter == positional.substr(space + 1)) return 1;
  return std::nullopt;
}

// One verb of the table: its flags are the union of its operations' parameters.
class AnswerVerb {
 public:
  AnswerVerb(CLI::App& root, std::string_view verb) {
    app_ = root.add_subcommand(std::string(verb), summary_of(verb).es);
    for (const Variant& variant : variants()) {
      if (variant.verb == verb) add(variant);
    }
  }

  bool given() const { return app_->parsed(); }

  int answer(Program& program, const Globals& globals, Streams& streams) const {
    const auto* chosen = choose();
    std::vector<Argument> arguments;
    std::string words;
    for (const std::string& word : words_) words += (words.empty() ? "" : " ") + word;
    for (const Parameter& parameter : chosen->operation->parameters) {
      const auto place = place_of(parameter.name, chosen->variant.positional);
      const auto flag = flags_.find(parameter.name);
      if (place && chosen->variant.positional.contains(' ')) {
        if (*place < words_.size()) arguments.push_back({parameter.name, words_[*place], {}});
      } else if (place && !words_.empty()) {
        arguments.push_back({parameter.name, words, {}});
      } else if (flag != flags_.end() && app_->count("--" + flag_of(parameter.name)) > 0) {
        arguments.push_back({parameter.name, flag->second, {}});
      }
    }
    ProgressBar bar(streams.err, streams.err_is_terminal);
    const auto progress = [&bar](std::string_view phase, std::uint64_t done, std::uint64_t total) {
      bar.show(phase, done, total);
    };
    const auto answer = program.call(globals, *chosen->operation, {.text = arguments}, progress);
    if (!answer) return complain(answer.error(), globals, streams);
    const auto show = chosen->variant.show == nullptr ? &render : chosen->variant.show;
    streams.out << (globals.json ? *answer + "\n"
                                 : show(*answer, {.width = streams.width, .color = streams.out_is_terminal, .whole = !streams.out_is_terminal}));
    return 0;
  }

 private:
  struct Choice {
    Variant variant;
    const Operation* operation;
  };

  void add(const Variant& variant) {
    const Operation* operation = operation_of(variant, operations::all_operations());
    if (operation == nullptr) throw std::logic_error("no operation at " + std::string(variant.path));
    choices_.push_back({variant, operation});
    if (!variant.positional.empty() && !has_words_) {
      has_words_ = true;
      const auto space = variant.positional.find(' ');
      auto* option = app_->add_option(std::string(variant.positional), words_, operation->parameter(variant.positional.substr(0, space))->about.es);
      if (!variant.optional_id) option->required();
      if (space != std::string_view::npos) option->expected(2);
    }
    bool flag_is_parameter = false;
    for (const Parameter& parameter : operation->parameters) {
      flag_is_parameter = flag_is_parameter || flag_of(parameter.name) == variant.flag;
      if (place_of(parameter.name, variant.positional) || flags_.contains(parameter.name)) continue;
      if (parameter.is_list) continue;  // in a body only
      // A list's cursor is of a snapshot, which here ends with the process: only its offset can be taken up again.
      if (parameter.name == "cursor" && operation->parameter("offset") != nullptr) continue;
      if (has_words_ && parameter.where == operations::Where::path && flag_of(parameter.name) != variant.flag) continue;
      app_->add_option("--" + flag_of(parameter.name), flags_[parameter.name], help_of(parameter));
    }
    if (!variant.flag.empty() && !flag_is_parameter) {
      app_->add_flag("--" + std::string(variant.flag), selectors_[std::string(variant.flag)], operation->summary.es);
    }
  }

  const Choice* choose() const {
    for (const Choice& choice : choices_) {
      if (choice.variant.optional_id && words_.empty()) continue;
      if (!choice.variant.flag.empty() && app_->count("--" + std::string(choice.variant.flag)) == 0) continue;
      return &choice;
    }
    return &choices_.back();
  }

  CLI::App* app_ = nullptr;
  std::vector<Choice> choices_;
  bool has_words_ = false;
  std::vector<std::string> words_;
  std::map<std::string, std::string, std::less<>> flags_;  // CLI11 keeps references into it: a map's nodes stay put
  std::map<std::string, bool> selectors_;
};

int serve(Program& program, const Globals& globals, const ServeOptions& options, Streams& streams) {
  const auto served = program.serve(globals, options, [&](std::uint16_t port) {
    streams.out << fmt::format("Aremko MCP en http://{}:{}/ (documentación interactiva en /docs)\n", options.host, port)
                << std::flush;
  });
  return served ? 0 : complain(served.error(), globals, streams);
}

int migrate(Program& program, const Globals& globals, Streams& streams) {
  const auto store = program.open_store(globals);
  if (!store) return complain(store.error(), globals, streams);
  const auto& report = (*store)->migration();
  for (const std::string& name : report.applied) streams.out << "aplicada " << name << "\n";
  streams.out << fmt::format("El almacén está en la versión {}.\n", report.version);
  return 0;
}

void add_globals(CLI::App& root, Globals& globals) {
  root.add_option("--env-file", globals.env_file, "Archivo de configuración (por defecto: .env)");
  root.add_option("--tenant", globals.tenant, "Inquilino (por defecto: aremko)");
  root.add_option("--language", globals.language, "es o en (por defecto: es)")->check(CLI::IsMember({"es", "en"}));
  root.add_flag("--json", globals.json, "JSON en vez de tablas");
}

int backup(Program& program, const Globals& globals, const std::string& file, Streams& streams) {
  const auto store = program.open_store(globals);
  if (!store) return complain(store.error(), globals, streams);
  if (const auto done = (*store)->backup(file); !done) return complain(done.error(), globals, streams);
  streams.out << "Copiado en " << file << ". Para volver a ella: con el servidor detenido, póngala en el lugar del almacén.\n";
  return 0;
}

int dispatch(CLI::App& root, std::span<const char* const> arguments, Program& program, Streams& streams) {
  Globals globals;
  root.fallthrough();
  root.require_subcommand(1);
  add_globals(root, globals);

  ServeOptions serve_options;
  auto* serve_app = root.add_subcommand("serve", "Servir el panel, la API REST, /mcp, /docs y /openapi.json");
  serve_app->add_option("--host", serve_options.host, "Dirección (por defecto: 127.0.0.1)");
  serve_app->add_option("--port", serve_options.port, "Puerto; 0 elige uno libre (por defecto: 8000)");
  serve_app->add_option("--threads", serve_options.threads, "Hilos; 0 es uno por procesador")->check(CLI::Range(0, 64));
  auto* mcp_app = root.add_subcommand("mcp", "Servir a un asistente por la entrada y la salida estándar (MCP, stdio)");

  std::deque<AnswerVerb> verbs;
  std::string_view last;
  for (const Variant& variant : variants()) {
    if (variant.verb != last) verbs.emplace_back(root, variant.verb);
    last = variant.verb;
  }
  KeysVerb keys(root);
  StaffVerb staff(root);
  auto* migrate_app = root.add_subcommand("migrate", "Poner el almacén al día (también se hace al servir)");
  std::string backup_file;
  auto* backup_app = root.add_subcommand("backup", "Copiar el almacén entero a un archivo nuevo, también mientras se sirve");
  backup_app->add_option("file", backup_file, "El archivo nuevo")->required();
  auto* openapi_app = root.add_subcommand("openapi", "El documento OpenAPI, para generar clientes");
  DemoVerb demo(root);
  MatchVerb match(root);

  try {
    root.parse(static_cast<int>(arguments.size()), arguments.data());
  } catch (const CLI::ParseError& failure) {
    const int code = root.exit(failure, streams.out, streams.err);
    return code == 0 ? 0 : static_cast<int>(Exit::usage);
  }
  globals.tenant = ascii_lower(globals.tenant);  // as a configuration has them
  if (serve_app->parsed()) return serve(program, globals, serve_options, streams);
  if (mcp_app->parsed()) {
    const auto assisted = program.assist(globals);
    return assisted ? 0 : complain(assisted.error(), globals, streams);
  }
  if (migrate_app->parsed()) return migrate(program, globals, streams);
  if (backup_app->parsed()) return backup(program, globals, backup_file, streams);
  if (openapi_app->parsed()) {
    streams.out << program.openapi(globals.language) << "\n";
    return 0;
  }
  if (keys.given()) return keys.run(program, globals, streams);
  if (staff.given()) return staff.run(program, globals, streams);
  if (demo.given()) return demo.run(globals, streams);
  if (match.given()) return match.run(globals, streams);
  for (const AnswerVerb& verb : verbs) {
    if (verb.given()) return verb.answer(program, globals, streams);
  }
  return static_cast<int>(Exit::usage);
}

}  // namespace

Exit exit_for(Code code) {
  switch (code) {
    case Code::malformed:
    case Code::invalid:
    case Code::not_allowed:
    case Code::too_large: return Exit::usage;
    case Code::unauthorized:
    case Code::forbidden: return Exit::forbidden;
    case Code::not_found: return Exit::not_found;
    case Code::conflict: return Exit::conflict;
    case Code::too_many:
    case Code::unavailable: return Exit::unavailable;
    case Code::internal: return Exit::failed;
  }
  return Exit::failed;
}

int run(std::span<const char* const> arguments, Program& program, Streams streams) {
  CLI::App root{std::string(about), "aremko"};
  try {
    return dispatch(root, arguments, program, streams);
  } catch (const Outage& outage) {
    streams.err << outage.error().detail.es << "\n";
    return static_cast<int>(exit_for(outage.error().code));
  } catch (const std::exception&) {
    // What an exception says may hold data; its kind is a fault of ours either way.
    streams.err << "Falla interna. / Internal fault.\n";
    return static_cast<int>(Exit::failed);
  }
}

}  // namespace aremko::cli

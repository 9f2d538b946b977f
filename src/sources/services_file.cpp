#include "sources/services_file.h"

#include "sources/file.h"

namespace aremko::sources {

namespace fs = std::filesystem;

Result<ServicesFile> find_services_file(const fs::path& legacy) {
  constexpr std::string_view name = "servicios_historicos.csv";
  std::error_code ignored;
  if (!fs::is_directory(legacy, ignored)) return ServicesFile{legacy, {}};
  auto root = named_file(legacy, name);
  if (!root && root.error().code != Code::not_found) return fail(std::move(root.error()));
  const fs::path folder = legacy / "data";
  const bool has_folder = fs::is_directory(folder, ignored);
  auto inner = has_folder ? named_file(folder, name) : Result<fs::path>(fail(Error{}));
  if (root) {
    return ServicesFile{*root, inner ? "Hay dos servicios_historicos.csv: se lee el de la carpeta y no el de data." : ""};
  }
  if (inner) return ServicesFile{*inner, {}};
  if (has_folder && inner.error().code != Code::not_found) return fail(std::move(inner.error()));
  return fail(error(Code::not_found, "No hay servicios_historicos.csv en la carpeta de datos históricos ni en su carpeta data.",
                    "There is no servicios_historicos.csv in the folder of legacy data, nor in its folder data."));
}

}  // namespace aremko::sources

#pragma once
// Where the old services file lies in the legacy folder.

#include <filesystem>
#include <string>

#include "base/result.h"

namespace aremko::sources {

struct ServicesFile {
  std::filesystem::path path;
  std::string note_es;  // when there are two of them: which is read
};

/// Of a folder its `servicios_historicos.csv`, whatever its case, else the one in its folder `data`, where the booking
/// system's own repository keeps it; a path that is no folder is the file. not_found says where was looked.
Result<ServicesFile> find_services_file(const std::filesystem::path& legacy);

}  // namespace aremko::sources

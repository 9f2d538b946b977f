#pragma once
// A source is read-only, loads consistently, and can say cheaply whether it changed.

#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "base/result.h"
#include "sources/batch.h"

namespace aremko::sources {

using Batch = std::variant<std::shared_ptr<const CurrentBatch>, std::shared_ptr<const LegacyCustomersBatch>,
                           std::shared_ptr<const LegacyServicesBatch>>;

/// Called now and then during a load: what is being read, rows so far, total when known (0 = unknown).
using Progress = std::function<void(std::string_view phase, std::uint64_t done, std::uint64_t total)>;

class Source {
 public:
  virtual ~Source() = default;

  /// Short and stable: "aremko_db", "clientes_legacy", "servicios_legacy".
  virtual std::string_view name() const = 0;
  /// What it is, for people, without credentials: "PostgreSQL localhost:5432/aremko_db", "Clientes-2024-06-23….csv".
  virtual std::string describe() const = 0;

  /// A value that is different whenever the source may have changed since the last load. Milliseconds, no scan of
  /// a table. `unavailable` while the source is down; `not_found` when a file is missing.
  virtual Result<std::string> change_token() = 0;

  /// Everything, as of one instant of the source. A bad row never stops it; a failure leaves nothing half-loaded.
  virtual Result<Batch> load(const Progress& progress) = 0;
};

}  // namespace aremko::sources

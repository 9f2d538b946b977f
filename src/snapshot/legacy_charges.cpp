#include "snapshot/legacy_charges.h"

#include <algorithm>
#include <vector>

namespace aremko::snapshot {

namespace {

class Adder {
 public:
  Adder(ChargeColumns& charges, const VisitInput& input) : charges_(charges), in_(input) {
    const LegacyVisits& visits = in_.legacy.visits;
    for (Row visit = 0; visit < visits.size(); ++visit) {
      alone_.push_back(visits.total[visit] != 0 && nobody_came(*in_.services, visits, visit) ? 1 : 0);
    }
  }

  void run() {
    if (std::ranges::find(alone_, 1) == alone_.end()) return;
    const Row customers = in_.current.customers.size();
    for (Row customer = 0; customer < customers; ++customer) {
      keep(customer);
      for (const Row legacy : in_.legacy_of.of(customer)) add_person(legacy);
      for (const Row visit : in_.legacy.own.of(customer)) add(visit);
      write();
    }
    for (Row legacy = 0; legacy < in_.legacy_people; ++legacy) {
      add_person(legacy);
      write();
    }
    charges_ = std::move(out_);
  }

 private:
  void keep(Row customer) {
    const ChargeSpan known = charges_.of(customer);
    for (std::size_t i = 0; i < known.size(); ++i) {
      one_.push_back({known.from[i], known.at[i], known.kind[i], known.money(i)});
    }
  }
  void add_person(Row legacy) {
    for (Row visit = in_.legacy.begin[legacy]; visit < in_.legacy.begin[legacy + 1]; ++visit) add(visit);
  }
  void add(Row visit) {
    if (alone_[visit] == 0) return;
    const LegacyVisits& visits = in_.legacy.visits;
    one_.push_back({visits.at[visit], visits.at[visit], ChargeKind::sale, visits.total[visit]});
  }
  void write() {
    append(out_, one_);
    out_.begin.push_back(static_cast<std::uint32_t>(out_.at.size()));
  }

  ChargeColumns& charges_;
  const VisitInput& in_;
  std::vector<std::uint8_t> alone_;  // by visit
  std::vector<Charge> one_;          // one person's
  ChargeColumns out_;
};

}  // namespace

bool nobody_came(const sources::LegacyServicesBatch& services, const LegacyVisits& visits, Row visit) {
  return std::ranges::all_of(visits.lines_of(visit), [&](Row line) {
    const Row service = services.service[line];
    return service < services.services.size() && services.services[service].adjustment;
  });
}

void add_legacy_charges(ChargeColumns& charges, const VisitInput& input) {
  if (input.services == nullptr || std::ranges::none_of(input.services->services, &sources::CatalogService::adjustment)) return;
  Adder(charges, input).run();
}

}  // namespace aremko::snapshot

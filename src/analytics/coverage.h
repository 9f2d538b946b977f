#pragma once
// From when to when each source knows the business, so that like is compared with like.

#include <optional>

#include "base/civil.h"
#include "model/business.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// Days, both included.
struct Span {
  Date from;
  Date to;
  bool has(Moment at) const { return at.known() && at.date() >= from && at.date() <= to; }
  /// The same span a year earlier; a month's end stays one.
  Span year_before() const;
};

/// The twelve whole months before as_of's.
Span last_twelve_months(AsOf as_of);

/// The days between which a source knows visits, without its few in a thousand strays. Unknown: it knows none.
struct KnownDays {
  Date first;
  Date last;
};

struct Coverage {
  KnownDays current;  // it goes on: `last` is its last visit so far
  KnownDays legacy;

  /// Whether the current source knows every day of a span, and so may be compared over it. It goes on for ever.
  bool current_knows(const Span& span) const;
  bool legacy_knows(const Span& span) const;
};

/// Of the visits seen at as_of.
Coverage coverage(const snapshot::Snapshot& snapshot, AsOf as_of);

/// Which sources may be compared over a span and the same a year before.
struct Compared {
  bool current = false;
  bool legacy = false;
  bool any() const { return current || legacy; }
};
Compared comparable(const Coverage& coverage, const Span& now, const Span& before);
Comparison comparison(const Coverage& coverage, const Span& now, const Span& before);

/// Percent, one decimal; nothing where there was nothing.
std::optional<double> change(Pesos now, Pesos before);

/// Whether a person's visits are the business's: no staff, and a legacy person only where no customer has their visits.
bool of_the_business(const snapshot::Snapshot& snapshot, snapshot::PersonId person);

}  // namespace aremko::analytics

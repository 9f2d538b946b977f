#pragma once
// Who must not be written to, from the booking system's consent tables. It fails closed: a table or column that is there
// and cannot be read closes its channel for everybody, and a word that cannot be understood closes it for its row.
// Whoever has a day of opting out (opt_out_date) refuses everything, whatever their channels say.

#include "sources/django_columns.h"
#include "sources/django_parts.h"

namespace aremko::sources {

class ConsentReader {
 public:
  void plan(Catalogue& catalogue);
  /// Sets CustomerColumns::refusals and CurrentBatch::refused_emails.
  void read(sql::Connection& database, const Joined& joined) const;

 private:
  void read_preferences(sql::Connection& database, const Joined& joined) const;
  void read_blacklist(sql::Connection& database, const Joined& joined) const;
  void read_subscribers(sql::Connection& database, const Joined& joined) const;
  void read_recipients(sql::Connection& database, const Joined& joined) const;

  TablePlan preferences_, blacklist_, subscribers_, recipients_;
};

}  // namespace aremko::sources

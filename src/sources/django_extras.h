#pragma once
// What a guest's card shows beside the sales: gift cards, surveys, prizes, the system's own label, companions; and what the
// spa plans: closures and packs. Every table and column of it is optional.

#include <string>
#include <vector>

#include "sources/django_columns.h"
#include "sources/django_parts.h"

namespace aremko::sources {

/// A row that names somebody or something that is not there is kept without it and counted, but for what would then say
/// nothing: a prize or label of nobody, a companion to no sale, a closure of a service that does not exist.
class ExtrasReader {
 public:
  void plan(Catalogue& catalogue);
  void read(sql::Connection& database, const Joined& joined) const;

 private:
  void plan_surveys(Catalogue& catalogue);
  void read_gift_cards(sql::Connection& database, const Joined& joined) const;
  void read_surveys(sql::Connection& database, const Joined& joined) const;
  void read_marks(sql::RowReader& row, Survey& survey, const Joined& joined) const;
  void read_prizes(sql::Connection& database, const Joined& joined) const;
  void read_labels(sql::Connection& database, const Joined& joined) const;
  void read_companions(sql::Connection& database, const Joined& joined) const;
  void read_closures(sql::Connection& database, const Joined& joined) const;
  void read_packs(sql::Connection& database, const Joined& joined) const;

  TablePlan gift_cards_, surveys_, prizes_, prize_names_, labels_, companions_, closures_, packs_;
  std::vector<std::string> marks_;  // the survey's cal_… columns, after those that have a name here
  std::vector<std::string> axes_;   // the label's eje_… columns, after its first two
};

}  // namespace aremko::sources

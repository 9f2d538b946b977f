#pragma once
// Who was written to, or wrote, when and how: from the logs that the booking system keeps: four
// of messages, the e-mails of its campaigns, and the last days in its limits. Of the texts only that is kept which a guest
// wrote last and nobody has answered.

#include "sources/django_columns.h"
#include "sources/django_parts.h"

namespace aremko::sources {

/// A message that cannot be tied to a customer by id, nor by a phone that one customer alone has, is not ours.
class MessagesReader {
 public:
  void plan(Catalogue& catalogue);
  void read(sql::Connection& database, const Joined& joined) const;

 private:
  void read_contacts(sql::Connection& database, const Joined& joined) const;
  void read_log(sql::Connection& database, const Joined& joined) const;
  void read_campaigns(sql::Connection& database, const Joined& joined) const;
  void read_limits(sql::Connection& database, const Joined& joined) const;
  void read_chat(sql::Connection& database, const Joined& joined, const TablePlan& plan) const;

  TablePlan contacts_, log_, whatsapp_, inbox_, campaigns_, limits_;
};

}  // namespace aremko::sources

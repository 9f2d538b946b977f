#pragma once
// How both sources over the booking database open it, and call it.

#include <string>

#include "sources/django.h"
#include "sql/connection.h"

namespace aremko::sources {

sql::Options read_only(const DjangoOptions& options);
/// "PostgreSQL host:port/database" or "SQLite file": no user, no password, no directory.
std::string shown(const sql::Url& url);

}  // namespace aremko::sources

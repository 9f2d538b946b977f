#pragma once
// Why a PostgreSQL connection could not be made, told apart so that whoever wrote the address knows what to correct.

#include <string_view>

#include "sql/error.h"
#include "sql/url.h"

namespace aremko::sql {

enum class ConnectFault {
  unknown,
  // Nobody answered.
  host_unknown, refused, no_socket, unreachable, timeout,
  // Somebody answered, and the two could not agree how to speak.
  not_postgres, tls_not_offered, tls_failed, certificate_untrusted, certificate_name, client_certificate,
  root_certificate_missing, bad_option, pooler_parameter, pooler_upstream,
  // The server said no.
  starting, too_many, not_admitted, tls_required, no_database, database_closed, no_connect_permission, no_role,
  no_password, wrong_password,
};

/// Reads libpq's message of a failed connection; a server's own part may be in any language when it was written with
/// PQERRORS_VERBOSE (then it has its SQLSTATE and the server's function), in English otherwise. Of several attempts
/// in one message (addresses, TLS and then not) the one that came furthest counts. `plain`: the address forbids TLS.
ConnectFault connect_fault(std::string_view message, bool plain = false);

/// A sentence that names host, port and database, and never the user, the password or the message itself.
SqlError connect_error(ConnectFault fault, std::string_view message, const Url& url, const Label& label,
                       int timeout_s);

}  // namespace aremko::sql

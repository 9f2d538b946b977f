#include "sql/connect_fault.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace aremko::sql {
namespace {

using enum ConnectFault;

struct Sign {
  std::string_view text;  // lower case
  ConnectFault fault;
};

// libpq's own words are English, as this program never asks for another language; a server's may not be.
constexpr std::array signs{
    Sign{"could not translate host name", host_unknown},
    Sign{"could not look up", host_unknown},
    Sign{"could not parse network address", host_unknown},
    Sign{"connection refused", refused},
    Sign{"no such file or directory\n\tis the server running locally", no_socket},
    Sign{"permission denied\n\tis the server running locally", no_socket},
    Sign{"unix-domain socket path", no_socket},
    Sign{"no route to host", unreachable},
    Sign{"network is unreachable", unreachable},
    Sign{"timeout expired", timeout},
    Sign{"connection timed out", timeout},
    Sign{"received invalid response to", not_postgres},
    Sign{"expected authentication request", not_postgres},
    Sign{"unsupported frontend protocol", not_postgres},
    Sign{"server does not support ssl", tls_not_offered},
    Sign{"server refused ssl", tls_not_offered},
    Sign{"channel binding required", tls_not_offered},
    Sign{"ssl error", tls_failed},
    Sign{"could not establish ssl", tls_failed},
    Sign{"certificate verify failed", certificate_untrusted},
    Sign{"does not match host name", certificate_name},
    Sign{"could not get server's host name from server certificate", certificate_name},
    Sign{"root certificate file", root_certificate_missing},
    Sign{"could not read root certificate", root_certificate_missing},
    Sign{"certificate file", client_certificate},
    Sign{"private key file", client_certificate},
    Sign{"certificate required", client_certificate},
    Sign{"valid client certificate", client_certificate},
    Sign{"invalid connection option", bad_option},
    Sign{" value: \"", bad_option},
    Sign{"could not match", bad_option},
    Sign{"invalid integer value", bad_option},
    Sign{"definition of service", bad_option},
    Sign{"unsupported startup parameter", pooler_parameter},
    Sign{"server_login_retry", pooler_upstream},
    Sign{"cannot connect to server", pooler_upstream},
    Sign{"query_wait_timeout", too_many},
    Sign{"the database system is", starting},
    Sign{"too many clients", too_many},
    Sign{"too many connections", too_many},
    Sign{"connection slots are reserved", too_many},
    Sign{"no more connections allowed", too_many},
    Sign{"max clients reached", too_many},
    Sign{"pg_hba.conf", not_admitted},
    Sign{"authentication failed for user", not_admitted},
    Sign{"ssl required", tls_required},
    Sign{"ssl connection is required", tls_required},
    Sign{"ssl/tls required", tls_required},
    Sign{"connection is insecure", tls_required},
    Sign{"not currently accepting connections", database_closed},
    Sign{"permission denied for database", no_connect_permission},
    Sign{"no such user", no_role},
    Sign{"is not permitted to log in", no_role},
    Sign{"no such database", no_database},
    Sign{"no password supplied", no_password},
    Sign{"password authentication failed", wrong_password},
    Sign{"sasl authentication failed", wrong_password},
    Sign{"scram authentication failed", wrong_password},
};

bool is_state(std::string_view text) {
  return text.size() == 5 &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

/// One server's answer, by its SQLSTATE and the function that gave it, which no server translates.
ConnectFault fault_of_state(std::string_view state, std::string_view function) {
  if (state == "28P01") return wrong_password;
  if (state == "28000") return function == "InitializeSessionUserId" ? no_role : not_admitted;
  if (state == "3D000") return no_database;
  if (state == "42501") return no_connect_permission;
  if (state == "55000") return database_closed;
  if (state == "53300") return too_many;
  if (state == "57P03" || state == "57P01" || state == "57P02") return starting;
  return unknown;
}

/// Every "FATAL:  28P01: …" of the message, with the "LOCATION:  function, file:line" behind it.
ConnectFault fault_by_states(std::string_view message) {
  ConnectFault out = unknown;
  for (std::size_t at = message.find(":  "); at != std::string_view::npos; at = message.find(":  ", at + 1)) {
    const std::string_view state = message.substr(at + 3, 5);
    if (!is_state(state) || message.substr(at + 8, 2) != ": ") continue;
    const std::string_view rest = message.substr(at);
    constexpr std::string_view mark = "LOCATION:  ";
    const std::size_t location = rest.find(mark);
    const std::string_view from = location == std::string_view::npos ? "" : rest.substr(location + mark.size());
    out = std::max(out, fault_of_state(state, from.substr(0, from.find(','))));
  }
  return out;
}

/// `role "x" does not exist`, `database "x" does not exist`: what stands between the quotes may be anything.
bool says_missing(std::string_view lower, std::string_view what) {
  const std::size_t at = lower.find(what);
  if (at == std::string_view::npos) return false;
  const std::string_view line = lower.substr(at, lower.find('\n', at) - at);
  return line.find("\" does not exist") == line.find('"', what.size()) && line.contains("\" does not exist");
}

/// The name in a pooler's "unsupported startup parameter: x" or libpq's "invalid x value".
std::string_view named_parameter(std::string_view message) {
  for (const std::string_view mark :
       {"startup parameter: ", "startup parameter in options: ", "connection option \"", "invalid "}) {
    const std::size_t at = message.find(mark);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = message.substr(at + mark.size());
    const std::size_t end = rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");
    if (end != 0 && !rest.starts_with("integer")) return rest.substr(0, end);
  }
  return "?";
}

Text sentence_unanswered(ConnectFault fault, const std::string& host, const std::string& place, int timeout_s) {
  switch (fault) {
    case host_unknown:
      return {fmt::format("no se encuentra el servidor {}; revise el nombre en la dirección.", host),
              fmt::format("the server {} cannot be found; check the name in the address.", host)};
    case refused:
      return {
          fmt::format("en {} nada acepta conexiones; revise servidor y puerto, y que PostgreSQL esté en marcha.",
                      place),
          fmt::format("nothing accepts connections at {}; check server and port, and that PostgreSQL runs.", place)};
    case no_socket:
      return {"no hay un PostgreSQL en ese socket local; revise host y puerto, y que PostgreSQL esté en marcha.",
              "there is no PostgreSQL at that local socket; check host and port, and that PostgreSQL runs."};
    case unreachable:
      return {fmt::format("no hay camino de red hasta {}.", host),
              fmt::format("there is no network route to {}.", host)};
    case timeout:
      return {fmt::format("{} no respondió en {} s; revise la red y el cortafuegos.", place, timeout_s),
              fmt::format("{} did not answer within {} s; check the network and the firewall.", place, timeout_s)};
    default:
      return {fmt::format("{} no responde o se cortó la conexión.", place),
              fmt::format("{} does not answer, or the connection was cut.", place)};
  }
}

Text sentence_disagreed(ConnectFault fault, const std::string& host, const std::string& place,
                        std::string_view parameter) {
  switch (fault) {
    case not_postgres:
      return {fmt::format("lo que responde en {} no es PostgreSQL; revise el puerto.", place),
              fmt::format("what answers at {} is not PostgreSQL; check the port.", place)};
    case tls_not_offered:
      return {fmt::format("el servidor {} no ofrece TLS y la dirección lo exige (sslmode).", host),
              fmt::format("the server {} does not offer TLS and the address requires it (sslmode).", host)};
    case certificate_untrusted:
      return {fmt::format("el certificado del servidor {} no es de confianza; revise sslrootcert.", host),
              fmt::format("the certificate of the server {} is not trusted; check sslrootcert.", host)};
    case certificate_name:
      return {fmt::format("el certificado del servidor no es para el nombre {}; use el nombre del certificado o "
                          "sslmode=verify-ca.",
                          host),
              fmt::format(
                  "the server's certificate is not for the name {}; use the certificate's name or sslmode=verify-ca.",
                  host)};
    case root_certificate_missing:
      return {"falta el archivo de certificados raíz que sslmode pide (sslrootcert), o no se puede leer.",
              "the file of root certificates that sslmode asks for (sslrootcert) is missing or cannot be read."};
    case client_certificate:
      return {
          fmt::format("el servidor {} pide un certificado de cliente, o sslcert y sslkey no se pueden leer.", host),
          fmt::format("the server {} asks for a client certificate, or sslcert and sslkey cannot be read.", host)};
    case bad_option:
      return {fmt::format("un parámetro de la dirección no vale: {}.", parameter),
              fmt::format("a parameter of the address is not valid: {}.", parameter)};
    case pooler_parameter:
      return {fmt::format("el intermediario (pgbouncer) en {} no admite el parámetro {} de la dirección; quítelo.",
                          place, parameter),
              fmt::format("the pooler (pgbouncer) at {} does not accept the address's parameter {}; take it away.",
                          place, parameter)};
    case pooler_upstream:
      return {
          fmt::format("el intermediario (pgbouncer) en {} no logra conectarse al servidor de base de datos.", place),
          fmt::format("the pooler (pgbouncer) at {} cannot connect to the database server.", place)};
    default:
      return {fmt::format("no se logró una conexión TLS con el servidor {}.", host),
              fmt::format("no TLS connection with the server {} could be made.", host)};
  }
}

Text sentence_refused(ConnectFault fault, const std::string& host, const std::string& database) {
  switch (fault) {
    case starting:
      return {
          fmt::format("el servidor {} está arrancando, recuperándose o cerrándose; inténtelo en un momento.", host),
          fmt::format("the server {} is starting, recovering or shutting down; try again in a moment.", host)};
    case too_many:
      return {fmt::format("el servidor {} no tiene conexiones libres (demasiadas conexiones).", host),
              fmt::format("the server {} has no free connections (too many connections).", host)};
    case tls_required:
      return {fmt::format("el servidor {} exige TLS; agregue ?sslmode=require a la dirección.", host),
              fmt::format("the server {} requires TLS; add ?sslmode=require to the address.", host)};
    case no_database:
      return {fmt::format("en el servidor {} no existe la base de datos «{}».", host, database),
              fmt::format("there is no database \"{}\" on the server {}.", database, host)};
    case database_closed:
      return {fmt::format("la base de datos «{}» del servidor {} no admite conexiones.", database, host),
              fmt::format("the database \"{}\" of the server {} accepts no connections.", database, host)};
    case no_connect_permission:
      return {fmt::format("el usuario no tiene permiso para conectarse a la base de datos «{}» (CONNECT).", database),
              fmt::format("the user has no permission to connect to the database \"{}\" (CONNECT).", database)};
    case no_role:
      return {fmt::format("el usuario de la dirección no existe en el servidor {}, o no puede iniciar sesión.", host),
              fmt::format("the address's user does not exist on the server {}, or may not log in.", host)};
    case no_password:
      return {fmt::format("el servidor {} pide una contraseña y la dirección no trae ninguna.", host),
              fmt::format("the server {} asks for a password and the address has none.", host)};
    case wrong_password:
      return {fmt::format("el servidor {} rechaza el usuario o la contraseña; revíselos en la dirección.", host),
              fmt::format("the server {} refuses the user or the password; check them in the address.", host)};
    default:
      return {fmt::format("el servidor {} no admite a este usuario en «{}» desde esta máquina (pg_hba.conf); "
                          "si exige TLS, use ?sslmode=require.",
                          host, database),
              fmt::format("the server {} does not admit this user to \"{}\" from this machine (pg_hba.conf); "
                          "if it requires TLS, use ?sslmode=require.",
                          host, database)};
  }
}

}  // namespace

ConnectFault connect_fault(std::string_view message, bool plain) {
  const std::string lower = ascii_lower(message);
  ConnectFault out = fault_by_states(message);
  if (says_missing(lower, "database \"")) out = std::max(out, no_database);
  if (says_missing(lower, "role \"")) out = std::max(out, no_role);
  for (const Sign& sign : signs) {
    if (sign.fault > out && lower.contains(sign.text)) out = sign.fault;
  }
  // Only lines for TLS may admit whom no line admits without; a line that rejects says so in other words.
  const bool unencrypted = lower.contains("no encryption") || lower.contains("ssl off") || lower.contains("sin cifrado");
  if (out == not_admitted && plain && unencrypted && !lower.contains("rejects connection")) return tls_required;
  return out;
}

SqlError connect_error(ConnectFault fault, std::string_view message, const Url& url, const Label& label,
                       int timeout_s) {
  const std::string place = url.place();
  const std::string host = place.substr(0, place.rfind('/'));
  const std::string where = url.database.empty() ? host : place;
  const std::string database = url.database.empty() ? "(sin nombre)" : url.database;
  const auto closed = [](Text why) { return Text{"no se puede abrir: " + why.es, "cannot be opened: " + why.en}; };
  if (fault <= timeout) {
    return {Kind::unavailable, label, "", closed(sentence_unanswered(fault, host, where, timeout_s))};
  }
  if (fault < starting) {
    return {Kind::unavailable, label, "", closed(sentence_disagreed(fault, host, where, named_parameter(message)))};
  }
  const bool passing = fault == starting || fault == too_many || fault == no_database || fault == database_closed;
  return {passing ? Kind::unavailable : Kind::denied, label, "", closed(sentence_refused(fault, host, database))};
}

}  // namespace aremko::sql

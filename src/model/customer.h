#pragma once
// Who somebody is, in either source. An invalid phone, e-mail or document is shown as it was written.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "model/kept.h"

namespace aremko {

/// A current customer.
struct BasicInfo {
  std::int64_t id = 0;
  std::string_view nombre{};
  MaybeText email{};
  MaybeText telefono{};              // E.164 when valid
  MaybeText documento_identidad{};   // "12345678-5" when a RUT
  MaybeText ciudad{};
  MaybeText region{};
  MaybeText pais{};
  Moment created_at{};               // unknown is null
  bool es_staff = false;           // staff or proxy account: no customer
  bool opt_out_whatsapp = false;
  Date proximo_contacto_no_antes_de{};  // null = no restriction
};
BOOST_DESCRIBE_STRUCT(BasicInfo, (),
                      (id, nombre, email, telefono, documento_identidad, ciudad, region, pais, created_at, es_staff,
                       opt_out_whatsapp, proximo_contacto_no_antes_de))

/// A legacy person, with the live mapping that ties it to a customer, where there is one.
struct LegacyRecord {
  std::string_view legacy_id{};
  MaybeText record_id{};
  std::string_view nombre{};
  MaybeText telefono{};
  MaybeText email{};
  MaybeText documento_identidad{};
  MaybeText ciudad{};
  MaybeText region{};
  Moment created_on{};
  std::string_view origin{};         // "customers_file" or "services_file"
  std::optional<std::int64_t> customer_id{};
  std::optional<double> confidence_score{};  // percent
  MaybeText mapping_id{};
};
BOOST_DESCRIBE_STRUCT(LegacyRecord, (),
                      (legacy_id, record_id, nombre, telefono, email, documento_identidad, ciudad, region, created_on,
                       origin, customer_id, confidence_score, mapping_id))

struct CustomerList {
  AsOf as_of{};
  std::int64_t total_found = 0;            // all that match, not only this page
  std::vector<BasicInfo> customers{};        // by id
  std::optional<std::int64_t> next{};        // offset of the next page
  std::optional<std::string> next_cursor{};  // the same place, for pages of one list
  std::int64_t version = 0;                  // of the data this page is of
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(CustomerList, (), (as_of, total_found, customers, next, next_cursor, version))

struct LegacyCustomerList {
  AsOf as_of{};
  std::int64_t total_found = 0;
  std::vector<LegacyRecord> customers{};     // in the files' order
  std::optional<std::int64_t> next{};
  std::optional<std::string> next_cursor{};  // the same place, for pages of one list
  std::int64_t version = 0;                  // of the data this page is of
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(LegacyCustomerList, (), (as_of, total_found, customers, next, next_cursor, version))

}  // namespace aremko

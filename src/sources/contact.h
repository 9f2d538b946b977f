#pragma once
// One person's raw fields, from either source, into the columns both share.

#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sources/batch.h"
#include "sources/cells.h"
#include "sources/refusals.h"

namespace aremko::sources {

/// What RawContact's nombre, telefono, email, documento and place are called where they are counted.
inline constexpr std::initializer_list<std::string_view> contact_fields{"nombre", "telefono", "email",
                                                                        "documento_identidad", "ciudad"};

/// As the source has them, in any encoding.
struct RawContact {
  std::string_view nombre;
  std::string_view telefono;
  std::string_view email;
  std::string_view documento;
  std::string_view place;    // free text: city, region, or both
  std::string_view comuna;   // official, from the database; used where `place` says nothing
  std::string_view region;
  std::uint64_t where = 0;   // the line or the id, for what is reported of the row
};

/// Fills ContactColumns row by row. A value in the wrong column goes where it belongs when that place has none better:
/// a phone glued to the name, in the document or the address becomes telefono, an e-mail in the document the email, a
/// RUT in the address the documento.
class ContactBuilder {
 public:
  explicit ContactBuilder(ContactColumns& into) : into_(&into) {}

  enum class Nobody : std::uint8_t { refuse, keep };
  /// False, and nothing is added, when there is no name, phone, e-mail or document at all and `nobody` is refuse.
  bool add(const RawContact& raw, Moment created, Nobody nobody, std::uint8_t flags = 0);
  std::uint64_t repaired() const { return cleaner_.repaired() + repaired_; }
  /// How `contact_fields` were filled, and what stood in another's column.
  void write_counts(LoadReport& report) const { counts_.write(report); }

 private:
  struct Person {
    std::string nombre;
    std::string telefono;
    std::string email;
    std::string documento;
    std::string ciudad;
    std::string region;
    std::uint8_t flags = 0;
  };
  struct Where {
    std::string city;
    std::string region;
    bool other_column = false;  // a phone or a RUT stands there
    bool repaired = false;
  };

  void read_name(Person& person, const RawContact& raw);
  void read_phone(Person& person, std::string_view raw);
  void read_email(Person& person, std::string_view raw);
  void read_document(Person& person, const RawContact& raw);
  void read_place(Person& person, const RawContact& raw);
  const Where& where(std::string_view raw);

  ContactColumns* into_;
  Cleaner cleaner_;
  std::uint64_t repaired_ = 0;
  FieldCounts counts_{contact_fields};
  Person person_;
  // Places are few and free text costs microseconds; bounded, as a file may hold anything.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, Where, Hash, std::equal_to<>> places_;
};

}  // namespace aremko::sources

#pragma once
// What whoever has no right to contacts does not see of anybody: phones, e-mails, identity documents and what somebody wrote,
// wherever they stand in an answer. By the members' names, so that an answer made tomorrow is covered without a thought.

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <type_traits>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "model/kept.h"

namespace aremko::operations {

constexpr bool is_contact(std::string_view member) {
  constexpr std::array<std::string_view, 4> contacts{"telefono", "email", "documento_identidad", "dijo"};
  return std::ranges::find(contacts, member) != contacts.end();
}

template <class T>
void hide_contacts(T& value);

namespace detail {

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;

template <class T>
concept Listed = requires(T& value) {
  value.begin();
  value.end();
} && !std::is_convertible_v<T, std::string_view>;

template <class T>
void hide_member(std::string_view name, T& value) {
  if constexpr (std::is_same_v<T, MaybeText> || std::is_same_v<T, std::optional<std::string>>) {
    if (is_contact(name)) value.reset();
  } else if constexpr (std::is_same_v<T, std::string_view>) {
    // That a number was found by says half of it.
    if (name == "matched_on" && is_contact(value)) value = "contacto";
  } else {
    hide_contacts(value);
  }
}

}  // namespace detail

template <class T>
void hide_contacts(T& value) {
  if constexpr (detail::Described<T>) {
    using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
    boost::mp11::mp_for_each<Members>([&](auto member) { detail::hide_member(member.name, value.*member.pointer); });
  } else if constexpr (detail::Listed<T> && !std::is_const_v<T>) {
    for (auto&& one : value) {
      if constexpr (!std::is_const_v<std::remove_reference_t<decltype(one)>>) hide_contacts(one);
    }
  } else if constexpr (requires { value.has_value(); *value; }) {
    if (value.has_value()) hide_contacts(*value);
  } else if constexpr (requires { value.first; value.second; }) {
    hide_contacts(value.second);
  }
}

}  // namespace aremko::operations

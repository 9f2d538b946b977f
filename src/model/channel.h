#pragma once
// The ways in which somebody may be written to, and why others are closed.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"

namespace aremko {

/// A way to reach somebody that they have not closed.
enum class Channel : std::uint8_t { whatsapp, telefono, email };
constexpr std::string_view json_name(Channel channel) {
  switch (channel) {
    case Channel::whatsapp: return "whatsapp";
    case Channel::telefono: return "telefono";
    case Channel::email: return "email";
  }
  return "";
}

/// A way that a valid contact would open and that somebody's word keeps shut.
struct ClosedChannel {
  Channel canal = Channel::whatsapp;
  std::string_view codigo{};  // refused, promotion, abroad, unreadable, not_before, recent, quarter
  std::string texto{};        // Spanish
  std::string texto_en{};
};
BOOST_DESCRIBE_STRUCT(ClosedChannel, (), (canal, codigo, texto, texto_en))

/// How a person may be reached: the strictest word of any of their rows.
struct ContactWays {
  std::vector<Channel> channels{};       // open ones
  std::vector<ClosedChannel> cerrados{};
  Date esperar_hasta{};                  // the first day on which they may be written to; null: today, or nobody can say
};
BOOST_DESCRIBE_STRUCT(ContactWays, (), (channels, cerrados, esperar_hasta))

}  // namespace aremko

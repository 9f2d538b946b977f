#pragma once
// The answers of the HTTP door that take time: one that is JSON when the handler says nothing before its result and a
// stream of events otherwise, and the streams themselves.

#include <functional>
#include <memory>
#include <string>

#include "mcp/exchange.h"
#include "mcp/mailbox.h"
#include "net/stream.h"

namespace aremko::mcp {

/// How a mailbox's messages become events.
struct EventForm {
  std::string stream{};  // its number in the session, for the events' ids; empty: no ids, it cannot be resumed
  bool primed = false;   // begins with an event that has an id and no data (2025-11-25)
  std::chrono::milliseconds keep_alive{15'000};
  std::string last{};  // sent when this side ends the stream because the server stops; may be empty
  /// Asked before every event, and on an idle stream every `look`: when it says no, `refusal` (which may be empty) is the
  /// last event. Empty: the stream is for good.
  std::function<bool()> still_good{};
  std::chrono::milliseconds look{2'000};
  std::string refusal{};
};

/// `on_end` runs once, when the stream is over or nobody is there any more; `true`: it came to its reply.
net::Response event_stream(std::shared_ptr<Mailbox> box, std::uint64_t place, EventForm form,
                           std::function<void(bool)> on_end = {});
/// Takes up a stream that was broken or closed, after `place` messages.
net::Response event_stream_again(std::shared_ptr<Mailbox> box, std::uint64_t place, EventForm form,
                                 std::function<void(bool)> on_end = {});
/// What HEAD is answered: the head of a stream, which nobody reads and which takes no reader's place.
net::Response event_stream_head();

/// A Response's tag; lives as long as the services. Empty for access to no tenant.
inline std::string_view tenant_name(const operations::Access& access) {
  return access.tenant == nullptr ? std::string_view() : access.tenant->name;
}

struct Answering {
  std::shared_ptr<Mailbox> box;
  std::shared_ptr<Exchange>
      exchange{};  // begun here, and cancelled when the client goes, if so wanted; null: others fill the box
  bool cancel_with_client = true;
  bool may_stream = true;  // whether the client takes events
  std::chrono::milliseconds patience{5'000};
  EventForm form{};
  std::string_view tag{};  // of a Response
  std::string subject{};   // of one that is a stream: what comes of it is not known when it begins
  std::function<net::Response(const Reply&)> respond;
};
/// An answer that is waited for.
net::Response answer_later(Answering answering);

}  // namespace aremko::mcp

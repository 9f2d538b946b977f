#pragma once
// What is answered when a key would have more than its share (quotas.h): a sentence that says how much that is and what to
// do, 429 over HTTP.

#include <string_view>

#include "mcp/rpc.h"

namespace aremko::mcp {

/// `language` is "es" or "en".
RpcError too_many_subscriptions(std::string_view language);
RpcError too_many_streams(std::string_view language);
RpcError too_many_sessions(std::string_view language);
RpcError too_many_questions(std::string_view language);
RpcError too_much_work(std::string_view language);
/// 503: what waits is too much for everybody.
RpcError too_busy(std::string_view language);

}  // namespace aremko::mcp

// What 2025-03-26 had and later revisions dropped: several messages in one POST. They run one after the other, and
// nothing is said before all are answered.
#include "mcp/http.h"
#include "mcp/http_answer.h"
#include "mcp/refusals.h"

namespace aremko::mcp {

namespace {

constexpr std::size_t most_messages = 100;

/// Keeps the reply alone.
class Collected final : public Sink {
 public:
  void send(std::string) override {}
  void finish(Reply reply) override { reply_ = std::move(reply); }
  Reply take() { return std::move(reply_); }

 private:
  Reply reply_;
};

std::string answered(Engine& engine, Request request) {
  request.client.can_ask = false;
  Step step = engine.begin(request);
  if (auto* reply = std::get_if<Reply>(&step)) return std::move(reply->message);
  const auto sink = std::make_shared<Collected>();
  std::make_shared<Exchange>(engine, std::move(request), std::move(std::get<Job>(step)), sink)->run_here();
  return sink->take().message;
}

}  // namespace

net::Response Http::take_batch(const net::Request& http, const boost::json::array& messages,
                               operations::Access access) {
  const std::string_view version = http.headers.get("MCP-Protocol-Version");
  const auto refused = [&](std::string message) {
    return respond({error_message({}, {.code = rpc_code::invalid_request, .message = std::move(message)}), 400});
  };
  const auto refuse = [&](const RpcError& error) { return respond({error_message({}, error), error.http_status}); };
  if (!version.empty() && version != unsaid_version) return refused("This revision takes one message at a time.");
  if (messages.empty() || messages.size() > most_messages) return refused("A batch has 1 to 100 messages.");
  Request like{.access = std::move(access), .language = std::string(http.language())};
  like.client.era = Era::legacy;
  like.client.version = unsaid_version;
  if (http.headers.has("Mcp-Session-Id")) {
    auto found = engine_->sessions().find(http.headers.get("Mcp-Session-Id"), like.access, engine_->now());
    if (found.too_many) return refuse(too_many_sessions(like.language));
    like.session = std::move(found.session);
    if (!like.session) return respond({error_message({}, {.message = "There is no such session."}), 404});
    like.client.capabilities = like.session->capabilities();
  }
  auto share = std::make_shared<Quotas::Share>(engine_->quotas().share(like.access.principal, Quotas::Kind::work));
  if (!share->take()) return refuse(too_much_work(like.language));
  std::vector<Request> requests;
  std::vector<std::string> replies;
  for (const auto& each : messages) {
    auto message = read_message(each);
    if (!message) {
      replies.push_back(error_message(id_of(each), message.error()));
    } else if (message->kind == Message::Kind::request) {
      Request request = like;
      request.id = std::move(message->id);
      request.method = std::move(message->method);
      request.params = std::move(message->params);
      requests.push_back(std::move(request));
    } else if (message->kind == Message::Kind::notification) {
      engine_->notified(*message, like.session.get());
    } else if (like.session) {
      like.session->answered(message->id, message->answer);
    }
  }
  if (requests.empty() && replies.empty()) return respond({});
  auto box = std::make_shared<Mailbox>(1);
  const bool queued =
      engine_->post([this, box, share, requests = std::move(requests), replies = std::move(replies)]() mutable {
        for (Request& request : requests) replies.push_back(answered(*engine_, std::move(request)));
        box->finish({fmt::format("[{}]", fmt::join(replies, ","))});
      });
  if (!queued) return refuse(too_busy(http.language()));
  return answer_later({.box = box, .may_stream = false, .form = {}, .respond = [this](const Reply& reply) {
                         return respond(reply);
                       }});
}

}  // namespace aremko::mcp

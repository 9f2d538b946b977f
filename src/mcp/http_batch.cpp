// What 2025-03-26 had and later revisions dropped: several messages in one POST. They run one after the other, and
// nothing is said before all are answered.
#include <deque>

#include "mcp/http.h"
#include "mcp/http_answer.h"
#include "mcp/refusals.h"

namespace aremko::mcp {

namespace {

constexpr std::size_t most_messages = 100;

/// The messages of one POST: each in its own lane, one after the other. Says nothing but the replies.
class Batch final : public Sink, public std::enable_shared_from_this<Batch> {
 public:
  Batch(Engine& engine, std::shared_ptr<Mailbox> box, std::deque<Request> requests, std::vector<std::string> replies)
      : engine_(&engine), box_(std::move(box)), requests_(std::move(requests)), replies_(std::move(replies)) {}

  /// By one thread at a time: who finishes a message goes on with the next.
  void go_on() {
    while (!requests_.empty()) {
      Request request = std::move(requests_.front());
      requests_.pop_front();
      request.client.can_ask = false;
      Step step = engine_->begin(request);
      if (auto* job = std::get_if<Job>(&step)) {
        return std::make_shared<Exchange>(*engine_, std::move(request), std::move(*job), shared_from_this())->start();
      }
      if (auto* reply = std::get_if<Reply>(&step)) replies_.push_back(std::move(reply->message));
    }
    box_->finish({fmt::format("[{}]", fmt::join(replies_, ","))});
  }
  void send(std::string) override {}
  void finish(Reply reply) override {
    replies_.push_back(std::move(reply.message));
    go_on();
  }

 private:
  Engine* engine_;
  const std::shared_ptr<Mailbox> box_;
  std::deque<Request> requests_;
  std::vector<std::string> replies_;
};

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
  const std::string_view tenant = tenant_name(access);
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
  std::deque<Request> requests;
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
  const auto batch = std::make_shared<Batch>(*engine_, box, std::move(requests), std::move(replies));
  switch (engine_->post(like.access.principal, Cost::quick, [batch] { batch->go_on(); }).entry) {
    case net::Lane::Entry::full: return refuse(too_busy(http.language()));
    case net::Lane::Entry::beyond_share: return refuse(too_much_work(like.language));
    case net::Lane::Entry::in: break;
  }
  return answer_later({.box = box,
                       .may_stream = false,
                       .form = {},
                       .tag = tenant,
                       .respond = [this](const Reply& reply) { return respond(reply); }});
}

}  // namespace aremko::mcp

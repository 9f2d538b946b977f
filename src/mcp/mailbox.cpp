#include "mcp/mailbox.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace aremko::mcp {

namespace asio = boost::asio;

/// Under the lock, so that a reader who leaves has either been posted to before it went or not at all.
void Mailbox::wake() {
  if (waiter_ == nullptr) return;
  asio::post(waiter_->get_executor(), [timer = waiter_] { timer->cancel(); });
}

void Mailbox::send(std::string message) {
  const std::lock_guard lock(mutex_);
  if (reply_) return;
  bytes_ += message.size();
  messages_.push_back(std::move(message));
  while (messages_.size() > 1 && (messages_.size() > keep_ || bytes_ > keep_bytes_)) {
    bytes_ -= messages_.front().size();
    messages_.pop_front();
    ++first_;
  }
  wake();
}

void Mailbox::finish(Reply reply) {
  const std::lock_guard lock(mutex_);
  if (reply_) return;
  reply_ = std::move(reply);
  wake();
}

void Mailbox::close_stream() {
  const std::lock_guard lock(mutex_);
  close_at_ = first_ + messages_.size();
  wake();
}

bool Mailbox::finished() const {
  const std::lock_guard lock(mutex_);
  return reply_.has_value();
}

std::size_t Mailbox::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_ + (reply_ ? reply_->message.size() : 0);
}

bool Mailbox::reaches(std::uint64_t place) const {
  const std::lock_guard lock(mutex_);
  return place >= first_ && place <= first_ + messages_.size();
}

Mailbox::Reader::Reader(std::shared_ptr<Mailbox> box, std::uint64_t place, bool again)
    : box_(std::move(box)), place_(place) {
  const std::lock_guard lock(box_->mutex_);
  turn_ = ++box_->turn_;
  closed_seen_ = again && box_->close_at_ && *box_->close_at_ <= place_;
  box_->wake();
  box_->waiter_.reset();
}

Mailbox::Reader::~Reader() { leave(); }

void Mailbox::Reader::leave() {
  const std::lock_guard lock(box_->mutex_);
  if (turn_ == box_->turn_) box_->waiter_.reset();
}

Mailbox::Reader::Found Mailbox::Reader::look() {
  if (turn_ != box_->turn_) return Found::superseded;
  place_ = std::max(place_, box_->first_);
  const std::uint64_t end = box_->first_ + box_->messages_.size();
  if (!closed_seen_ && box_->close_at_ && place_ >= *box_->close_at_) {
    closed_seen_ = true;
    return Found::closed;
  }
  if (place_ < end) {
    message_ = box_->messages_[static_cast<std::size_t>(place_++ - box_->first_)];
    return Found::message;
  }
  if (!box_->reply_) return Found::nothing;
  reply_ = *box_->reply_;
  return Found::reply;
}

asio::awaitable<Mailbox::Reader::Found> Mailbox::Reader::next(std::chrono::milliseconds limit) {
  auto timer = std::make_shared<asio::steady_timer>(co_await asio::this_coro::executor, limit);
  {
    const std::lock_guard lock(box_->mutex_);
    if (const Found found = look(); found != Found::nothing) co_return found;
    box_->waiter_ = timer;
  }
  // The cancelling is posted to this thread, so it comes after the wait has begun.
  co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
  const auto cancelled = co_await asio::this_coro::cancellation_state;
  const std::lock_guard lock(box_->mutex_);
  if (box_->waiter_ == timer) box_->waiter_.reset();
  if (cancelled.cancelled() != asio::cancellation_type::none)
    throw boost::system::system_error(asio::error::operation_aborted);
  co_return look();
}

}  // namespace aremko::mcp

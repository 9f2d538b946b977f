#include "net/test_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"

namespace aremko::net::testing {

std::string Reply::header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

Client::Client(std::uint16_t port, std::string_view from) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval limit{.tv_sec = 5, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  sockaddr_in source{};
  source.sin_family = AF_INET;
  const bool bound = from.empty() || (inet_pton(AF_INET, std::string(from).c_str(), &source.sin_addr) == 1 &&
                                      bind(socket_, reinterpret_cast<const sockaddr*>(&source), sizeof source) == 0);
  if (!bound || connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    close(socket_);
    socket_ = -1;
  }
}

Client::~Client() {
  if (socket_ >= 0) close(socket_);
}

Client::Client(Client&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::more() {
  char piece[65536];
  const auto count = recv(socket_, piece, sizeof piece, 0);
  if (count <= 0) return false;
  buffer_.append(piece, static_cast<std::size_t>(count));
  return true;
}

Reply Client::read(bool to_head) {
  Reply reply;
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!more()) return {.closed = true};
  }
  const std::string head = buffer_.substr(0, end);
  buffer_.erase(0, end + 4);
  const auto lines = split(head, '\n');
  reply.status = static_cast<int>(parse_int(lines.front().substr(9, 3)).value_or(0));
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto colon = std::min(lines[i].find(':'), lines[i].size() - 1);
    reply.headers[ascii_lower(lines[i].substr(0, colon))] = trim(lines[i].substr(colon + 1));
  }
  if (to_head || reply.status == 204 || reply.status == 304) return reply;
  const auto length = static_cast<std::size_t>(parse_int(reply.header("content-length")).value_or(0));
  while (buffer_.size() < length) {
    if (!more()) {
      reply.closed = true;
      break;
    }
  }
  reply.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return reply;
}

Reply Client::request(std::string_view method, std::string_view target, std::string_view more_headers,
                      std::string_view body) {
  std::string text = fmt::format("{} {} HTTP/1.1\r\nHost: test\r\n{}", method, target, more_headers);
  if (!body.empty()) text += fmt::format("Content-Length: {}\r\n", body.size());
  text.append("\r\n").append(body);
  send(text);
  return read(method == "HEAD");
}

Reply Client::get(std::string_view target, std::string_view more_headers) {
  return request("GET", target, more_headers);
}

void Client::shut_write() { shutdown(socket_, SHUT_WR); }

bool Client::closes_within(std::chrono::milliseconds limit) {
  const timeval time{.tv_sec = limit.count() / 1000, .tv_usec = limit.count() % 1000 * 1000};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  char piece[65536];
  while (true) {
    const auto count = recv(socket_, piece, sizeof piece, 0);
    if (count > 0) continue;
    return count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
  }
}

std::string Client::read_some() {
  if (buffer_.empty()) more();
  return std::exchange(buffer_, {});
}

}  // namespace aremko::net::testing

#pragma once
// A blocking HTTP client for tests: raw bytes out, one parsed answer at a time back. Linked by test programs
// of this room and those above; nothing in the product refers to it.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace aremko::net::testing {

struct Reply {
  int status = 0;  // 0: no answer came
  std::map<std::string, std::string, std::less<>> headers{};  // names in lower case
  std::string body{};
  bool closed = false;  // the server closed before the answer was whole

  std::string header(std::string_view name) const;
};

class Client {
 public:
  /// Connects to 127.0.0.1, perhaps as another of this machine's addresses. Every wait ends after five seconds.
  explicit Client(std::uint16_t port, std::string_view from = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  Client(Client&& other) noexcept;

  /// False when the server has gone.
  bool send(std::string_view bytes);
  /// The next answer; `to_head` when it answers a HEAD and so has no body.
  Reply read(bool to_head = false);
  Reply get(std::string_view target, std::string_view more_headers = {});
  Reply request(std::string_view method, std::string_view target, std::string_view more_headers = {},
                std::string_view body = {});
  void shut_write();
  /// True when the server closes within `limit`; what it sends before is dropped.
  bool closes_within(std::chrono::milliseconds limit);
  /// The next bytes of any length, for streams; empty at the end.
  std::string read_some();

 private:
  bool more();

  int socket_ = -1;
  std::string buffer_;
};

}  // namespace aremko::net::testing

#pragma once
// Beast's parser, filling our Request in place: no fields container, and buffers that keep their capacity.

#include <algorithm>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "net/http.h"

namespace aremko::net {

class Parser final : public boost::beast::http::basic_parser<true> {
 public:
  explicit Parser(Request& request) : request_(&request) { body_limit(boost::none); }

  /// Bytes of body taken before it fails with error::body_limit. Checked here, since Beast's own limit acts before
  /// the route, which decides it, is known.
  void set_max_body(std::size_t bytes) { max_body_ = bytes; }
  std::size_t max_body() const { return max_body_; }

  /// put(), made safe: Beast 1.81 asserts, so ends the process, when the end of a chunked body comes byte by byte
  /// (mended in 1.86, boostorg/beast#2861). What is left of such a body is never shorter than "0\r\n\r\n"; less
  /// can wait.
  std::size_t feed(boost::asio::const_buffer bytes, boost::beast::error_code& failed) {
    if (is_header_done() && chunked() && bytes.size() < 5) {
      failed = boost::beast::http::error::need_more;
      return 0;
    }
    return put(bytes, failed);
  }

 private:
  using error_code = boost::beast::error_code;
  using string_view = boost::beast::string_view;

  static std::string_view std_view(string_view text) { return {text.data(), text.size()}; }

  void on_request_impl(boost::beast::http::verb, string_view method, string_view target, int version,
                       error_code&) override {
    request_->method = method_of(std_view(method));
    request_->target.assign(target.data(), target.size());
    request_->version = version;
  }
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_field_impl(boost::beast::http::field, string_view name, string_view value, error_code&) override {
    // Trailers of a chunked body come here too; they are not header fields (RFC 9110 6.5.1), and nobody checked them.
    if (!is_header_done()) request_->headers.add(std_view(name), std_view(value));
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    // What a stranger says of a length is no reason to take more than may come.
    if (length) request_->body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, max_body_)));
  }
  std::size_t on_body_impl(string_view body, error_code& failed) override { return append(body, failed); }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code& failed) override {
    return append(body, failed);
  }
  void on_finish_impl(error_code&) override {}

  std::size_t append(string_view body, error_code& failed) {
    if (body.size() > max_body_ - std::min(max_body_, request_->body.size())) {
      failed = boost::beast::http::error::body_limit;
      return 0;
    }
    request_->body.append(body.data(), body.size());
    return body.size();
  }

  Request* request_;
  std::size_t max_body_ = 0;
};

}  // namespace aremko::net

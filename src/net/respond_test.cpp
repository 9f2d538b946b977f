#include "net/respond.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "base/json_read.h"
#include "net/gzip.h"
#include "net/problem.h"

namespace aremko::net {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string inflated(std::string_view packed) {
  std::string out(1 << 20, '\0');
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

std::string head_of(const Response& response, const Answer& answer, const HeadFacts& facts = {}) {
  std::string out;
  write_head(out, response, answer, facts);
  return out;
}

TEST(Gzip, RoundTripsAgainAndAgain) {
  for (const std::size_t size : {1'000U, 5'000U, 200'000U}) {
    std::string text;
    while (text.size() < size) text += fmt::format("{{\"id\":{},\"nombre\":\"María\"}},", text.size());
    const auto packed = gzip(text);
    ASSERT_TRUE(packed.has_value());
    EXPECT_LT(packed->size(), text.size() / 3);
    EXPECT_EQ(inflated(*packed), text);
  }
}

TEST(Gzip, GivesUpOnWhatDoesNotShrink) {
  EXPECT_EQ(gzip("x"), std::nullopt);
  const auto packed = gzip(std::string(3000, 'a'));
  ASSERT_TRUE(packed.has_value());
  EXPECT_EQ(gzip(packed->substr(0, 20)), std::nullopt);
  EXPECT_EQ(inflated(*gzip(std::string(2000, 'b'))), std::string(2000, 'b'));
}

TEST(Finish, CompressesOnlyForThoseWhoAsked) {
  Request request;
  auto response = json_response(std::string(2000, 'a'));
  auto answer = finish(request, response);
  EXPECT_FALSE(answer.gzipped);
  EXPECT_EQ(answer.length, 2000U);
  const auto plain_tag = answer.etag;

  request.headers.add("Accept-Encoding", "gzip");
  answer = finish(request, response);
  EXPECT_TRUE(answer.gzipped);
  EXPECT_EQ(answer.etag, plain_tag);
  EXPECT_EQ(inflated(response.bytes()), std::string(2000, 'a'));
  const auto head = head_of(response, answer);
  EXPECT_THAT(head, HasSubstr("Content-Encoding: gzip\r\n"));
  EXPECT_THAT(head, HasSubstr("ETag: \"" + plain_tag + "-gz\"\r\n"));
  EXPECT_THAT(head, HasSubstr(fmt::format("Content-Length: {}\r\n", response.bytes().size())));

  auto small = json_response("{}");
  EXPECT_FALSE(finish(request, small).gzipped);
  Response image{.content_type = "image/png", .body = std::string(2000, 'a')};
  EXPECT_FALSE(finish(request, image).gzipped);
}

TEST(Finish, AnswersNotModified) {
  Request request;
  auto response = json_response("{}");
  const auto tag = finish(request, response).etag;
  request.headers.add("If-None-Match", "\"" + tag + "\"");
  auto answer = finish(request, response);
  EXPECT_EQ(response.status, 304);
  EXPECT_TRUE(response.bytes().empty());
  const auto head = head_of(response, answer);
  EXPECT_TRUE(head.starts_with("HTTP/1.1 304 Not Modified\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(head, HasSubstr("ETag: \"" + tag + "\""));

  auto created = json_response("{}", 201);
  answer = finish(request, created);
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(answer.etag, "");
  request.method = Method::post;
  auto posted = json_response("{}");
  answer = finish(request, posted);
  EXPECT_EQ(posted.status, 200);
  EXPECT_EQ(answer.etag, "");
}

TEST(WriteHead, CarriesWhatEveryAnswerCarries) {
  auto response = json_response("{}");
  const auto head = head_of(response, finish({}, response),
                            {.date = "Sun, 22 Nov 2026 09:39:32 GMT", .took = std::chrono::nanoseconds(12'345'678)});
  for (const auto* line :
       {"HTTP/1.1 200 OK\r\n", "Content-Type: application/json\r\n", "Content-Length: 2\r\n",
        "Cache-Control: private, no-cache\r\n", "Vary: Accept-Encoding\r\n", "X-Content-Type-Options: nosniff\r\n",
        "Referrer-Policy: no-referrer\r\n", "Date: Sun, 22 Nov 2026 09:39:32 GMT\r\n",
        "Server-Timing: app;dur=12.345\r\n"}) {
    EXPECT_THAT(head, HasSubstr(line));
  }
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("Connection")));
}

TEST(WriteHead, LetsTheHandlerDecideAboutCachingAndKeepsLineBreaksOut) {
  auto response = json_response("{}");
  response.headers.add("cache-control", "max-age=60");
  response.headers.add("ETag", "\"mine\"");
  response.headers.add("Location", "/x\r\nSet-Cookie: forged");
  const auto head = head_of(response, finish({}, response), {.keep_alive = false});
  EXPECT_THAT(head, HasSubstr("cache-control: max-age=60\r\n"));
  EXPECT_THAT(head, HasSubstr("ETag: \"mine\"\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("no-cache")));
  EXPECT_THAT(head, Not(HasSubstr("forged")));
  EXPECT_THAT(head, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(head_of(response, {}, {.version = 10}), HasSubstr("Connection: keep-alive\r\n"));
}

TEST(HttpDate, IsRfc9110) {
  EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(Problem, SpeaksBothLanguages) {
  auto wrong = invalid_field("filters.\"months", "Debe ser 1–36.", "Must be 1–36.");
  wrong.retry_after_s = 7;
  const auto spanish = problem(wrong, "es");
  EXPECT_EQ(spanish.status, 422);
  EXPECT_EQ(spanish.content_type, "application/problem+json");
  EXPECT_EQ(spanish.headers.get("Retry-After"), "7");
  EXPECT_THAT(spanish.bytes(), HasSubstr(R"("title":"Datos inválidos","status":422)"));
  EXPECT_THAT(spanish.bytes(), HasSubstr(R"("errors":[{"field":"filters.\"months","message":"Debe ser 1–36."}])"));
  const auto english = problem(wrong, "en");
  EXPECT_THAT(english.bytes(), HasSubstr("Must be 1–36."));
  EXPECT_THAT(english.bytes(), HasSubstr("tag:aremko.cl,2024:problem/invalid"));
  EXPECT_EQ(english.headers.get("Content-Language"), "en");
  const auto plain = problem(408, {"Tarde.", "Late."}, "en");
  EXPECT_EQ(plain.status, 408);
  EXPECT_THAT(plain.bytes(), Not(HasSubstr("errors")));
}

TEST(Call, TurnsWhatIsThrownIntoProblems) {
  const auto outage = call([](const Request&) -> Response {
    throw Outage(error(Code::unavailable, "Sin base.", "No database."));
  }, {});
  EXPECT_EQ(outage.status, 503);
  EXPECT_THAT(outage.bytes(), HasSubstr("Sin base."));
  const auto fault = call([](const Request&) -> Response { throw std::runtime_error("Ana Soto 12345678-9"); }, {});
  EXPECT_EQ(fault.status, 500);
  EXPECT_THAT(fault.bytes(), Not(HasSubstr("Soto")));
  EXPECT_EQ(call([](const Request&) -> Response { throw 1; }, {}).status, 500);
}

}  // namespace
}  // namespace aremko::net

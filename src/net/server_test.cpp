#include "net/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/problem.h"
#include "net/test_client.h"

namespace aremko::net {
namespace {

using testing::Client;
using ::testing::HasSubstr;

std::unique_ptr<Server> serve(Router router, ServerOptions options = {}) {
  options.port = 0;
  options.threads = 2;
  auto server = Server::start(std::move(options), std::move(router));
  EXPECT_TRUE(server.has_value());
  return std::move(*server);
}

TEST(Server, AnswersAndKeepsTheConnection) {
  Router router;
  router.add(Method::get, "/hello/{name}", [](const Request& request) {
    return json_response(std::string(request.param("name")));
  });
  const auto server = serve(std::move(router));
  Client client(server->port());
  const auto first = client.get("/hello/At%20Risk");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.body, "At Risk");
  EXPECT_EQ(first.header("content-type"), "application/json");
  EXPECT_EQ(client.get("/hello/two").body, "two");
  EXPECT_EQ(client.get("/nothing").status, 404);
  EXPECT_EQ(client.get("/hello/three").body, "three");
}

}  // namespace
}  // namespace aremko::net

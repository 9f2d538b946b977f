#include "net/router.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace aremko::net {
namespace {

Response nothing(const Request&) { return {}; }

Router sample() {
  Router router;
  router.add(Method::get, "/", nothing);
  router.add(Method::get, "/customers", nothing);
  router.add(Method::get, "/customers/search", nothing);
  router.add(Method::get, "/customers/{customer_id}", nothing);
  router.add(Method::get, "/customers/{customer_id}/profile", nothing);
  router.add(Method::delete_, "/customers/{id}", nothing);
  router.add(Method::get, "/campaigns/segments/{segment}", nothing);
  router.add(Method::post, "/sync/legacy-to-current", nothing, {.work = Work::wait, .max_body = 10});
  router.add(Method::get, "/{tenant}/x", nothing);
  return router;
}

struct Found {
  std::string pattern;
  std::string allow;
  bool route;
  Request request;
};

Found match(const Router& router, Method method, std::string target) {
  Request request{.method = method, .target = std::move(target)};
  EXPECT_FALSE(parse_target(request).has_value());
  const auto found = router.match(request);
  return {std::string(found.pattern), std::string(found.allow), found.route != nullptr, request};
}

TEST(Router, PrefersLiteralsAndDecodesParameters) {
  const auto router = sample();
  EXPECT_EQ(match(router, Method::get, "/customers/search").pattern, "/customers/search");
  EXPECT_EQ(match(router, Method::get, "/").pattern, "/");
  const auto profile = match(router, Method::get, "/customers/12%2F3/profile?x=1");
  EXPECT_EQ(profile.pattern, "/customers/{customer_id}/profile");
  EXPECT_EQ(profile.request.param("customer_id"), "12/3");
  EXPECT_EQ(profile.request.param("other"), "");
  EXPECT_EQ(match(router, Method::get, "/campaigns/segments/At%20Risk").request.param("segment"), "At Risk");
}

TEST(Router, GoesBackWhenALiteralLeadsNowhere) {
  const auto router = sample();
  const auto found = match(router, Method::get, "/customers/search/profile");
  EXPECT_EQ(found.pattern, "/customers/{customer_id}/profile");
  EXPECT_EQ(found.request.param("customer_id"), "search");
  EXPECT_EQ(match(router, Method::get, "/customers/x").pattern, "/customers/{customer_id}");
  EXPECT_EQ(match(router, Method::get, "/sync/x").pattern, "/{tenant}/x");
}

TEST(Router, FindsNothingWhereNothingIs) {
  const auto router = sample();
  for (const auto* target : {"/nothing", "/customers/", "/customers//profile", "/customers/1/profile/", "//",
                             "/Customers", "/campaigns/segments", "*"}) {
    const auto found = match(router, Method::get, target);
    EXPECT_FALSE(found.route) << target;
    EXPECT_EQ(found.pattern, "") << target;
    EXPECT_EQ(found.allow, "") << target;
  }
  EXPECT_FALSE(match(router, Method::get, std::string(4000, '/')).route);
}

TEST(Router, TellsWhichMethodsThereAre) {
  const auto router = sample();
  const auto found = match(router, Method::post, "/customers/1");
  EXPECT_FALSE(found.route);
  EXPECT_EQ(found.allow, "GET, HEAD, DELETE, OPTIONS");
  EXPECT_EQ(found.pattern, "/customers/{customer_id}");
  EXPECT_EQ(match(router, Method::get, "/sync/legacy-to-current").allow, "POST, OPTIONS");
  EXPECT_TRUE(match(router, Method::head, "/customers/1").route);
  EXPECT_EQ(match(router, Method::delete_, "/customers/1").pattern, "/customers/{id}");
  EXPECT_EQ(match(router, Method::delete_, "/customers/1").request.param("id"), "1");
  EXPECT_FALSE(match(router, Method::other, "/customers/1").route);
}

TEST(Router, RefusesBadPatterns) {
  Router router;
  router.add(Method::get, "/a/{b}", nothing);
  for (const auto* pattern : {"", "a", "/{}", "/{a", "/a/{b}", "/a/{other}"}) {
    EXPECT_THROW(router.add(Method::get, pattern, nothing), std::invalid_argument) << pattern;
  }
  EXPECT_THROW(router.add(Method::other, "/b", nothing), std::invalid_argument);
}

}  // namespace
}  // namespace aremko::net

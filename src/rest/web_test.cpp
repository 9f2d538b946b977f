#include "rest/web.h"

#include <gtest/gtest.h>

#include <fstream>
#include <unistd.h>

namespace aremko::rest {
namespace {

namespace fs = std::filesystem;

class Web : public ::testing::Test {
 protected:
  Web() : folder_(fs::temp_directory_path() / fmt::format("aremko_web_{}", ::getpid())) {
    fs::create_directories(folder_ / "assets");
  }
  ~Web() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }

  net::Response get(const std::string& path, std::string_view encoding = "") {
    net::Router router;
    EXPECT_TRUE(add_web(router, folder_));
    net::Request request{.method = net::Method::get, .target = path};
    EXPECT_FALSE(net::parse_target(request));
    if (!encoding.empty()) request.headers.add("Accept-Encoding", encoding);
    const auto match = router.match(request);
    if (match.route == nullptr) return {.status = 404};
    return match.route->handler(request);
  }

  fs::path folder_;
};

TEST_F(Web, WithoutABuildNothingIsServed) {
  net::Router router;
  EXPECT_FALSE(add_web(router, folder_));
  EXPECT_FALSE(add_web(router, ""));
  EXPECT_TRUE(read_web(folder_ / "nowhere").empty());
}

TEST_F(Web, EveryPageIsTheIndexAndMayNotBeKept) {
  write("index.html", "<!doctype html>");
  for (const char* page : {"/", "/clientes", "/clientes/123", "/historicos/svc-1", "/reactivacion", "/sincronizacion", "/resumen"}) {
    const auto response = get(page);
    EXPECT_EQ(response.status, 200) << page;
    EXPECT_EQ(response.bytes(), "<!doctype html>") << page;
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
    EXPECT_FALSE(response.headers.has("Cache-Control"));
    const auto csp = response.headers.get("Content-Security-Policy");
    EXPECT_NE(csp.find("default-src 'none'"), std::string_view::npos);
    EXPECT_EQ(csp.find("unsafe"), std::string_view::npos);
  }
  EXPECT_EQ(get("/assets/../index.html").status, 404);
  EXPECT_EQ(get("/nada").status, 404);
}

TEST_F(Web, APageWithAnHtmlOfItsOwnIsServedByIt) {
  write("index.html", "i");
  write("clientes.html", "c");
  write("cliente.html", "g");
  for (const auto& [page, body] : {std::pair{"/", "i"}, {"/clientes", "c"}, {"/clientes/123", "g"}, {"/reactivacion", "i"}}) EXPECT_EQ(get(page).bytes(), body) << page;
  EXPECT_EQ(get("/clientes.html").status, 404);
}

TEST_F(Web, ABrowserAtNobodysAddressIsLedBackAProgramIsTold) {
  write("index.html", "<!doctype html>");
  net::Router router;
  ASSERT_TRUE(add_web(router, folder_));
  const auto ask = [&](const std::string& path, std::string_view accept) {
    net::Request request{.method = net::Method::get, .target = path};
    request.headers.add("Accept", accept);
    return router.otherwise()(request);
  };
  const auto page = ask("/nada", "text/html,application/xhtml+xml");
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.bytes(), "<!doctype html>");
  EXPECT_TRUE(page.headers.has("Content-Security-Policy"));
  for (const auto& [path, accept] : {std::pair{"/nada", "application/json"}, {"/api/v1/nada", "text/html"}, {"/assets/old-1.js", "text/html"}}) {
    const auto told = ask(path, accept);
    EXPECT_EQ(told.status, 404) << path;
    EXPECT_EQ(told.content_type, "application/problem+json") << path;
  }
}

TEST_F(Web, AssetsAreKeptForEverAndSentInTheSmallestFormTaken) {
  write("index.html", "x");
  write("assets/a-1.js", "plain");
  write("assets/a-1.js.gz", "gz");
  write("assets/a-1.js.br", "br");
  write("assets/secret.env", "no");
  EXPECT_EQ(get("/assets/a-1.js").bytes(), "plain");
  EXPECT_EQ(get("/assets/a-1.js", "gzip").bytes(), "gz");
  EXPECT_EQ(get("/assets/a-1.js", "gzip, br;q=0").bytes(), "gz");
  const auto response = get("/assets/a-1.js", "gzip, deflate, br");
  EXPECT_EQ(response.bytes(), "br");
  EXPECT_EQ(response.headers.get("Content-Encoding"), "br");
  EXPECT_EQ(response.headers.get("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(get("/assets/secret.env").status, 404);
}

}  // namespace
}  // namespace aremko::rest

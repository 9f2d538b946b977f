#include "demo/demo.h"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <unistd.h>

namespace aremko::demo {
namespace {

namespace fs = std::filesystem;

class DemoTest : public ::testing::Test {
 protected:
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  DemoOptions small(const std::string& name) const {
    DemoOptions options;
    options.customers = 600;
    options.out = root_ / name;
    return options;
  }
  static std::string bytes(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  fs::path root_ = fs::temp_directory_path() / fmt::format("aremko_demo_{}", getpid());
};

TEST_F(DemoTest, TheSameSeedMakesTheSameBytes) {
  DemoOptions options = small("a");
  const auto first = make_demo(options, {});
  ASSERT_TRUE(first.has_value());
  options.out = root_ / "b";
  const auto again = make_demo(options, {});
  ASSERT_TRUE(again.has_value());
  options.out = root_ / "c";
  options.seed = 2;
  const auto other = make_demo(options, {});
  ASSERT_TRUE(other.has_value());
  for (const auto member : {&DemoSummary::database, &DemoSummary::customers_file, &DemoSummary::services_file,
                            &DemoSummary::truth_file}) {
    EXPECT_FALSE(bytes((*first).*member).empty());
    EXPECT_EQ(bytes((*first).*member), bytes((*again).*member));
    EXPECT_NE(bytes((*first).*member), bytes((*other).*member));
  }
}

TEST_F(DemoTest, RefusesWhatItCannotDoAndDestroysNothing) {
  DemoOptions options = small("a");
  options.customers = 499;
  EXPECT_EQ(make_demo(options, {}).error().fields.at(0).field, "customers");

  options = small("real");
  fs::create_directories(options.out / "legacy");
  const fs::path real = options.out / "legacy" / "servicios_historicos.csv";
  std::ofstream(real) << "somebody's own file\n";
  const auto refused = make_demo(options, {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::conflict);
  EXPECT_EQ(bytes(real), "somebody's own file\n");

  options = small("b");
  ASSERT_TRUE(make_demo(options, {}).has_value());
  EXPECT_TRUE(make_demo(options, {}).has_value()) << "a demo of ours is written anew";
  const fs::path filled = options.out / "aremko.sqlite3";
  options.database_url = "sqlite:///" + filled.string();
  options.out = root_ / "c";
  const auto full = make_demo(options, {});
  ASSERT_FALSE(full.has_value());
  EXPECT_EQ(full.error().code, Code::conflict);
}

}  // namespace
}  // namespace aremko::demo

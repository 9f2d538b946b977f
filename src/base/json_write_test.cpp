#include "base/json_write.h"

#include <gtest/gtest.h>

namespace aremko::json {
namespace {

struct Inner {
  std::string name;
  std::optional<int> count;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (name, count))

struct Outer {
  int id;
  double ratio;
  bool yes;
  Moment when;
  std::vector<Inner> inners;
  std::map<std::string, int> counts;
  std::vector<std::pair<std::string, int>> pairs;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (id, ratio, yes, when, inners, counts, pairs))

TEST(JsonWrite, WritesWhatIsDescribed) {
  const Outer outer{.id = -1,
                    .ratio = 2.7,
                    .yes = true,
                    .when = Moment::at(Date::of(2020, 3, 15), 14, 30),
                    .inners = {{"Mar\"ía\n\x01", 3}, {"", std::nullopt}},
                    .counts = {{"Enero", 4}},
                    .pairs = {{"Puerto Montt", 456}}};
  EXPECT_EQ(to_json(outer),
            R"({"id":-1,"ratio":2.7,"yes":true,"when":"2020-03-15T14:30:00","inners":[)"
            R"({"name":"Mar\"ía\n\u0001","count":3},{"name":"","count":null}],)"
            R"("counts":{"Enero":4},"pairs":[["Puerto Montt",456]]})");
}

TEST(JsonWrite, UnknownAndNotANumberAreNull) {
  EXPECT_EQ(to_json(Date::none()), "null");
  EXPECT_EQ(to_json(Moment::none()), "null");
  EXPECT_EQ(to_json(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(to_json(680000.0), "680000");
}

}  // namespace
}  // namespace aremko::json

#pragma once
// What the suites over both of the store's engines stand on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "store/store.h"
#include "support/postgres.h"

namespace aremko::store {

/// The kind of SqlError that a call threw; nothing when it threw none.
template <class Call>
std::optional<sql::Kind> thrown_kind(Call call) {
  try {
    call();
  } catch (const sql::SqlError& problem) {
    return problem.kind();
  }
  return std::nullopt;
}

class StoreHouse : public testing::TestWithParam<sql::Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == sql::Engine::postgres) {
      address_ = test::PostgresServer::shared().new_database();
    } else {
      std::string pattern = (std::filesystem::temp_directory_path() / "aremko-store-XXXXXX").string();
      directory_ = mkdtemp(pattern.data());
      address_ = "sqlite:///" + directory_ + "/var/store.db";
    }
    url_ = sql::Url::parse(address_).value();
  }
  void TearDown() override {
    if (!directory_.empty()) std::filesystem::remove_all(directory_);
  }

  std::unique_ptr<Store> open() const { return Store::open(url_, clock_); }
  std::unique_ptr<sql::Connection> connect() const { return sql::open(url_, {}); }
  bool sqlite() const { return GetParam() == sql::Engine::sqlite; }

  FixedClock clock_{1'700'000'000};
  std::string directory_;
  std::string address_;
  sql::Url url_;
};

/// The guide's María, somebody who waits for a person, and nobody.
inline const std::vector<ProposedLink> kLinks{{"1657", 123, 95, {"phone_exact", "name_exact"}},
                                              {"2000", 456, 75.5, {"name_exact"}},
                                              {"3000", 789, 60, {"name_partial"}}};

inline std::string engine_name(const testing::TestParamInfo<sql::Engine>& info) {
  return info.param == sql::Engine::sqlite ? "sqlite" : "postgres";
}

}  // namespace aremko::store

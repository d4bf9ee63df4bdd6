// A store of its own for each test, on SQLite and on PostgreSQL. Who overrides SetUp calls this one first, and returns
// when IsSkipped(): there is no PostgreSQL.
#pragma once

#include <gtest/gtest.h>

#include "made_up.hpp"
#include "postgresql.hpp"
#include "store/store.hpp"

namespace pitchblende::tests {

class EitherStoreTest : public testing::TestWithParam<store::Dialect> {
 protected:
  void SetUp() override {
    m_options.folder = m_folder.path();
    m_options.create = true;
    if (GetParam() == store::Dialect::postgresql) {
      if (!PostgresqlServer::installed()) {
        GTEST_SKIP() << PostgresqlServer::k_missing;
      }
      m_options.database = PostgresqlServer::instance().new_database();
    }
    open_store();
  }
  void open_store() {
    m_store.reset();
    auto opened = store::Store::open(m_options);
    ASSERT_TRUE(opened) << opened.error().message();
    m_store = std::move(*opened);
  }

  Folder m_folder;  // goes last
  store::Options m_options;
  std::unique_ptr<store::Store> m_store;
};

}  // namespace pitchblende::tests

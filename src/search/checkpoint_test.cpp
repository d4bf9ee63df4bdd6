#include "search/checkpoint.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "search/errors.hpp"
#include "search/random_documents_fixture.hpp"

namespace pitchblende::search {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

class CheckpointTest : public testing::Test {
 protected:
  CheckpointTest() {
    const std::unique_ptr<Index> index = Index::create(m_folder.path());
    RandomDocuments random(1);
    for (uint64_t id = 1; id <= 20; ++id) {
      index->put(random.document(id));
    }
    index->commit();
    index->put(random.document(3));
    index->commit();
    EXPECT_TRUE(index->checkpoint(42).has_value());
  }
  std::vector<fs::path> files() const {
    std::vector<fs::path> out;
    for (const auto& file : fs::directory_iterator(m_folder.path())) {
      out.push_back(file.path());
    }
    return out;
  }
  // What a damaged index must not do is crash or lie; it may be refused, or say so when it is checked.
  void expect_noticed(const std::string& what) const {
    const auto opened = Index::open(m_folder.path());
    if (!opened) {
      EXPECT_TRUE(opened.error().is(errors::damaged) || opened.error().is(errors::version)) << what;
      return;
    }
    EXPECT_FALSE((*opened)->check().empty()) << what;
    RandomDocuments random(2);
    for (int i = 0; i < 3; ++i) {
      (*opened)->search(random.query(), access::Viewer::everything());
    }
  }

  TemporaryFolder m_folder;
};

TEST_F(CheckpointTest, comes_back_as_it_was) {
  const auto opened = Index::open(m_folder.path());
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ((*opened)->position(), 42);
  EXPECT_EQ((*opened)->size().documents, 20U);
  EXPECT_TRUE((*opened)->check().empty());
}

TEST_F(CheckpointTest, a_missing_one_is_said) {
  const auto opened = Index::open(m_folder.path() + "/elsewhere");
  ASSERT_FALSE(opened.has_value());
  EXPECT_TRUE(opened.error().is(errors::missing));
}

TEST_F(CheckpointTest, another_version_is_refused) {
  for (const fs::path& path : files()) {
    const std::string bytes = read(path);
    std::string other = bytes;
    other[8] = static_cast<char>(k_version + 1);
    write(path, other);
    const auto opened = Index::open(m_folder.path());
    ASSERT_FALSE(opened.has_value()) << path;
    EXPECT_TRUE(opened.error().is(errors::version)) << path;
    write(path, bytes);
  }
}

TEST_F(CheckpointTest, a_flipped_bit_anywhere_is_noticed) {
  for (const fs::path& path : files()) {
    const std::string bytes = read(path);
    const std::vector<bool> padding = [&] {
      std::vector<bool> free(bytes.size(), path.extension() == ".segment");
      if (path.extension() == ".segment") {
        const auto segment = Segment::open(Blob::map(path), path, 1);
        std::fill_n(free.begin(), sizeof(Header), false);
        for (const Header::Part& part : (*segment)->header().parts) {
          std::fill_n(free.begin() + static_cast<std::ptrdiff_t>(part.begin), part.size, false);
        }
      }
      return free;
    }();
    const size_t step = std::max<size_t>(1, bytes.size() / 1500);
    for (size_t at = 0; at < bytes.size(); at += step) {
      if (!padding[at]) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
        write(path, damaged);
        expect_noticed(path.string() + " at " + std::to_string(at));
      }
    }
    write(path, bytes);
  }
}

TEST_F(CheckpointTest, a_file_cut_short_anywhere_is_refused) {
  for (const fs::path& path : files()) {
    const std::string bytes = read(path);
    for (size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 200) {
      write(path, bytes.substr(0, size));
      EXPECT_FALSE(Index::open(m_folder.path()).has_value()) << path << " " << size;
    }
    write(path, bytes + "x");
    EXPECT_FALSE(Index::open(m_folder.path()).has_value()) << path << " longer";
    fs::remove(path);
    EXPECT_FALSE(Index::open(m_folder.path()).has_value()) << path << " removed";
    write(path, bytes);
  }
}

TEST_F(CheckpointTest, a_damaged_text_is_not_shown) {
  const auto before = Index::open(m_folder.path());
  std::string longest;
  for (const Hit& hit : (*before)->search({}, access::Viewer::visitor()).hits) {
    longest = hit.title.size() > longest.size() ? hit.title : longest;
  }
  for (const fs::path& path : files()) {
    std::string bytes = read(path);
    const size_t at = bytes.find(longest);
    if (path.extension() == ".segment" && at != std::string::npos) {
      bytes[at] = static_cast<char>(bytes[at] ^ 1);
      write(path, bytes);
    }
  }
  const auto after = Index::open(m_folder.path());
  ASSERT_TRUE(after.has_value());
  const std::string damaged = std::string(1, static_cast<char>(longest[0] ^ 1)) + longest.substr(1);
  for (const Hit& hit : (*after)->search({}, access::Viewer::visitor()).hits) {
    EXPECT_NE(hit.title, damaged);
  }
}

TEST_F(CheckpointTest, a_new_index_takes_the_place_of_the_old_at_its_first_checkpoint) {
  const std::unique_ptr<Index> index = Index::create(m_folder.path());
  index->put(RandomDocuments(5).document(7));
  index->commit();
  EXPECT_EQ((*Index::open(m_folder.path()))->size().documents, 20U);
  write(m_folder.path() + "/99.segment.tmp", "left by a crash");
  ASSERT_TRUE(index->checkpoint(1).has_value());
  EXPECT_EQ((*Index::open(m_folder.path()))->size().documents, 1U);
  EXPECT_EQ(files().size(), 2U);
}

TEST_F(CheckpointTest, a_checkpoint_writes_what_changed_alone) {
  const auto opened = Index::open(m_folder.path());
  std::vector<std::pair<fs::path, fs::file_time_type>> before;
  for (const fs::path& path : files()) {
    if (path.extension() == ".segment") {
      before.emplace_back(path, fs::last_write_time(path));
    }
  }
  (*opened)->put(RandomDocuments(5).document(77));
  (*opened)->remove(Id(1));
  (*opened)->commit();
  ASSERT_TRUE((*opened)->checkpoint(43).has_value());
  for (const auto& [path, time] : before) {
    EXPECT_TRUE(fs::exists(path) && fs::last_write_time(path) == time) << path;
  }
  EXPECT_EQ((*Index::open(m_folder.path()))->size().documents, 20U);
}

TEST_F(CheckpointTest, a_folder_that_cannot_be_written_is_said) {
  write(m_folder.path() + "/file", "");
  const std::unique_ptr<Index> index = Index::create(m_folder.path() + "/file/folder");
  const auto done = index->checkpoint(1);
  ASSERT_FALSE(done.has_value());
  EXPECT_TRUE(done.error().is(errors::write));
}

TEST(CheckpointPurge, leaves_no_trace_of_what_was_removed) {
  const TemporaryFolder folder;
  const std::unique_ptr<Index> index = Index::create(folder.path());
  for (uint64_t id = 1; id <= 20; ++id) {
    Document document;
    document.id = Id(id);
    document.title = id == 7 ? "unforgettable" : "plain";
    document.texts.push_back({document.title, "", 1, access::Visibility::everyone});
    document.facets.push_back({Facet::place, id == 7 ? "nowhereland" : "here", access::Visibility::everyone});
    index->put(std::move(document));
  }
  index->commit();
  ASSERT_TRUE(index->checkpoint(1).has_value());
  index->remove(Id(7));
  index->purge();
  ASSERT_TRUE(index->checkpoint(2).has_value());
  for (const auto& file : fs::directory_iterator(folder.path())) {
    EXPECT_EQ(read(file.path()).find("unforgettable"), std::string::npos);
    EXPECT_EQ(read(file.path()).find("nowhereland"), std::string::npos);
  }
  EXPECT_EQ(index->size().documents, 19U);
}

}  // namespace
}  // namespace pitchblende::search

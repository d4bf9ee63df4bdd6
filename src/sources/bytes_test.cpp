#include "sources/bytes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "sources/bytes_ahead.hpp"
#include "sources/errors.hpp"

namespace pitchblende::sources {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

class Bytes : public testing::Test {
 protected:
  Bytes() {
    std::string pattern = (fs::temp_directory_path() / "pitchblende_bytes_XXXXXX").string();
    m_folder = mkdtemp(pattern.data());
  }
  ~Bytes() override { fs::remove_all(m_folder); }

  std::string file(const std::string& bytes) const {
    std::string path = (m_folder / "file").string();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  std::string zip(const std::vector<std::pair<std::string, std::string>>& members) const {
    std::string path = (m_folder / "archive").string();
    int code = 0;
    zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    for (const auto& [name, bytes] : members) {
      zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0), 0);
    }
    zip_close(archive);
    return path;
  }
  static std::string contents(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  fs::path m_folder;
};

std::string gzip(const std::string& bytes) {
  z_stream zlib{};
  deflateInit2(&zlib, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&zlib, bytes.size()) + 64, '\0');
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  zlib.avail_in = static_cast<uInt>(bytes.size());
  zlib.next_out = reinterpret_cast<Bytef*>(out.data());
  zlib.avail_out = static_cast<uInt>(out.size());
  deflate(&zlib, Z_FINISH);
  out.resize(zlib.total_out);
  deflateEnd(&zlib);
  return out;
}

// Text that does not pack to nothing.
std::string text(size_t size) {
  std::string out;
  for (uint64_t at = 1; out.size() < size; ++at) {
    out += std::to_string(at * 0x9E3779B97F4A7C15u) + (at % 7 == 0 ? "\n" : " ");
  }
  out.resize(size);
  return out;
}

struct Reading {
  std::string bytes;
  std::optional<Error> error;
};
Reading read(const std::string& path, const Settings& settings = {}) {
  Reading out;
  auto stream = open_bytes(path, settings);
  if (!stream) {
    out.error = stream.error();
    return out;
  }
  while (true) {
    const auto piece = (*stream)->next();
    if (!piece) {
      out.error = piece.error();
      return out;
    }
    if (piece->empty()) {
      return out;
    }
    out.bytes += *piece;
  }
}

TEST_F(Bytes, PlainGzipAndZipAreToldApartByTheirBytes) {
  const std::string all = text(3 << 20);
  EXPECT_EQ(read(file(all)).bytes, all);
  EXPECT_EQ(read(file("x")).bytes, "x");
  EXPECT_EQ(read(file(gzip(all))).bytes, all);
  EXPECT_EQ(read(zip({{"folder/", ""}, {"__MACOSX/._a", "no"}, {"a.xml", all}, {"b.xml", "later"}})).bytes, all);
  EXPECT_FALSE(read(file(gzip(all))).error);
}

TEST_F(Bytes, GzipOfSeveralMembers) {
  const std::string one = text(1 << 20);
  const Reading joined = read(file(gzip(one) + gzip("two") + gzip("") + gzip("three") + std::string(600, '\0')));
  EXPECT_EQ(joined.bytes, one + "twothree");
  EXPECT_FALSE(joined.error);
  const Reading behind = read(file(gzip("one") + "something"));
  EXPECT_EQ(behind.bytes, "one");
  ASSERT_TRUE(behind.error);
  EXPECT_TRUE(behind.error->is(errors::damaged));
}

TEST_F(Bytes, WhatIsThereOfATruncatedFileComesFirst) {
  const std::string all = text(3 << 20);
  const std::string packed = gzip(all);
  const Reading cut = read(file(packed.substr(0, packed.size() / 2)));
  EXPECT_GT(cut.bytes.size(), all.size() / 3);
  EXPECT_TRUE(all.starts_with(cut.bytes));
  ASSERT_TRUE(cut.error);
  EXPECT_TRUE(cut.error->is(errors::truncated));
  EXPECT_TRUE(read(file(packed.substr(0, packed.size() - 4))).error->is(errors::truncated));
  EXPECT_TRUE(read(file(packed.substr(0, 3))).error->is(errors::truncated));
}

TEST_F(Bytes, DamageIsSeen) {
  std::string packed = gzip(text(1 << 20));
  std::string sum = packed;
  sum[sum.size() - 6] ^= 1;  // CRC
  EXPECT_TRUE(read(file(sum)).error->is(errors::damaged));
  packed[packed.size() / 2] ^= 0x55;
  EXPECT_TRUE(read(file(packed)).error->is(errors::damaged));
  std::string archive = contents(zip({{"a", text(1 << 20)}}));
  archive[archive.size() / 2] ^= 0x55;
  EXPECT_TRUE(read(file(archive)).error->is(errors::damaged));
  EXPECT_TRUE(read(file(archive.substr(0, archive.size() / 2))).error->is(errors::damaged));
}

TEST_F(Bytes, WhatCannotBeRead) {
  EXPECT_TRUE(read(file("")).error->is(errors::empty));
  EXPECT_TRUE(read((m_folder / "none").string()).error->is(errors::open));
  EXPECT_TRUE(read(m_folder.string()).error->is(errors::open));
  EXPECT_TRUE(read(zip({{"folder/", ""}, {"empty", ""}})).error->is(errors::empty));
}

TEST_F(Bytes, BombsAreRefused) {
  const Reading bomb = read(file(gzip(std::string(100 << 20, '\0'))));
  EXPECT_LT(bomb.bytes.size(), size_t{80} << 20);
  ASSERT_TRUE(bomb.error);
  EXPECT_TRUE(bomb.error->is(errors::too_large));
  Settings small;
  small.largest_file = 2 << 20;
  EXPECT_TRUE(read(file(gzip(text(3 << 20))), small).error->is(errors::too_large));
  EXPECT_TRUE(read(zip({{"a", text(3 << 20)}}), small).error->is(errors::too_large));
}

TEST_F(Bytes, AStreamMayBeLeftAtAnyTime) {
  const std::string path = file(gzip(text(3 << 20)));
  for (int pieces = 0; pieces < 6; ++pieces) {
    auto stream = open_bytes(path, {});
    ASSERT_TRUE(stream);
    for (int at = 0; at < pieces; ++at) {
      ASSERT_TRUE((*stream)->next());
    }
    EXPECT_LE((*stream)->consumed(), static_cast<int64_t>(fs::file_size(path)));
  }
}

TEST(BytesAhead, ThePiecesAreTheSame) {
  const std::string all = text(100'000);
  for (const size_t piece : {1, 100, 99'999, 200'000}) {
    const auto stream = read_ahead(memory_bytes(all, piece));
    EXPECT_EQ(read_all(*stream, "x", 1 << 20).value(), all);
    EXPECT_EQ(stream->consumed(), static_cast<int64_t>(all.size()));
    EXPECT_TRUE(stream->next()->empty());
  }
}

RC_GTEST_PROP(MemoryBytes, GivesEveryByteInPieces, (const std::string& bytes)) {
  const size_t piece = *rc::gen::inRange<size_t>(1, 20);
  const auto stream = memory_bytes(bytes, piece);
  RC_ASSERT(read_all(*stream, "x", 1 << 20).value() == bytes);
}

}  // namespace
}  // namespace pitchblende::sources

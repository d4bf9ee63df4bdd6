#include "files/files.hpp"

#include <gtest/gtest.h>

#include "files/errors.hpp"
#include "files/file_type.hpp"
#include "made_up.hpp"

namespace pitchblende::files {
namespace {

const std::string k_pdf = "%PDF-1.7\nan invented document";

class FilesTest : public ::testing::Test {
 protected:
  FilesTest() {
    store::Options options;
    options.folder = folder.path();
    options.create = true;
    store = std::move(*store::Store::open(options));
    files = std::make_unique<Files>(*store, clock, folder.path("files"));
  }

  Kept keep(const std::string& name, const std::string& bytes) {
    const auto kept = files->keep(name, bytes);
    EXPECT_TRUE(kept) << kept.error().message();
    return kept.value_or(Kept{});
  }
  int64_t attach(const Kept& kept, int64_t object) {
    const auto id = store->write([&](store::Transaction& db) {
      return files->attach(db, kept, {"requests", object, 7});
    });
    EXPECT_TRUE(id);
    return id.value_or(0);
  }
  std::string path_of(const Kept& kept) { return folder.path("files/" + kept.hash.substr(0, 2) + "/" + kept.hash); }
  void age(const Kept& kept) {
    std::filesystem::last_write_time(path_of(kept),
                                     std::filesystem::file_time_type::clock::now() - std::chrono::hours(25));
  }

  tests::Folder folder;
  FixedClock clock{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
  std::unique_ptr<store::Store> store;
  std::unique_ptr<Files> files;
};

TEST_F(FilesTest, WhatWasBroughtIsReadBack) {
  const int64_t id = attach(keep("C:\\Mes documents\\projet d’été.pdf", k_pdf), 3);
  const auto found = files->find(id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->file.name, "projet d’été.pdf");
  EXPECT_EQ(found->file.type, "application/pdf");
  EXPECT_EQ(found->account, 7);
  EXPECT_EQ(files->read(*found).value_or(""), k_pdf);
  ASSERT_EQ(files->of("requests", 3)->size(), 1u);
  EXPECT_TRUE(files->of("requests", 4)->empty());
  EXPECT_TRUE(files->of("calls", 3)->empty());
  EXPECT_TRUE(files->check()->empty());
  EXPECT_TRUE(files->find(99).error().is(errors::unknown));
}

TEST_F(FilesTest, ANameIsNoPathAndNoHeader) {
  EXPECT_EQ(keep("../../etc/passwd.txt", "x").name, "passwd.txt");
  EXPECT_EQ(keep("a\r\nSet-Cookie: x=\"1\".txt", "x").name.find('\n'), std::string::npos);
  EXPECT_EQ(keep("a\"b.txt", "x").name, "ab.txt");
  const std::string name = keep(std::string(500, 'e') + ".txt", "x").name;
  EXPECT_LE(name.size(), 120u);
  EXPECT_TRUE(name.ends_with(".txt"));
}

TEST_F(FilesTest, FilesThatLieAreRefused) {
  const std::string zip = std::string("PK\x03\x04", 4) + std::string(26, '\0');
  for (const auto& [name, bytes] : std::vector<std::pair<std::string, std::string>>{
           {"page.pdf", "<html><script>alert(1)</script></html>"},
           {"page.html", "<html></html>"},
           {"picture.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"},
           {"picture.png", "\xff\xd8\xff\xe0"},
           {"program.txt", std::string("MZ\0\0", 4)},
           {"program.exe", "MZ"},
           {"no ending", k_pdf},
           {"sheet.xlsx", "PK\x03\x04 no parts"},
           {"sheet.xlsx", zip + "[Content_Types].xml xl/vbaProject.bin"},
           {"sheet.xlsm", zip + "[Content_Types].xml"},
           {"text.odt", zip + "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"},
           {".pdf.exe", k_pdf}}) {
    const auto kept = files->keep(name, bytes);
    ASSERT_FALSE(kept) << name;
    EXPECT_TRUE(kept.error().is(errors::type)) << name;
  }
  EXPECT_TRUE(files->keep("sheet.xlsx", zip + "[Content_Types].xml"));
  EXPECT_TRUE(files->keep("text.odt", zip + "mimetypeapplication/vnd.oasis.opendocument.text"));
  EXPECT_TRUE(files->keep("photo.JPG", "\xff\xd8\xff\xe0"));
  EXPECT_TRUE(files->keep("empty.pdf", "").error().is(errors::empty));
  EXPECT_TRUE(files->keep("large.txt", std::string(k_largest + 1, 'x')).error().is(errors::too_large));
}

TEST_F(FilesTest, BytesThatNobodyHasGoAfterADay) {
  const Kept orphan = keep("a.txt", "nobody's");
  const Kept used = keep("b.txt", "somebody's");
  const int64_t id = attach(used, 1);
  attach(keep("c.txt", "somebody's"), 2);
  EXPECT_EQ(*files->sweep(), 0);
  age(orphan);
  age(used);
  EXPECT_EQ(*files->sweep(), 1);
  EXPECT_FALSE(std::filesystem::exists(path_of(orphan)));
  ASSERT_TRUE(store->write([&](store::Transaction& db) { return files->remove(db, id); }));
  EXPECT_EQ(*files->sweep(), 0);  // the other one has the same bytes
  EXPECT_EQ(files->read((*files->of("requests", 2))[0]).value_or(""), "somebody's");
}

TEST_F(FilesTest, AlteredBytesAreNoticed) {
  const Kept kept = keep("a.txt", "as it was");
  const auto found = files->find(attach(kept, 1));
  std::ofstream(path_of(kept), std::ios::binary) << "as it is";
  EXPECT_TRUE(files->read(*found).error().is(errors::damaged));
  EXPECT_EQ(files->check()->size(), 1u);
  keep("again.txt", "as it was");  // brought anew, it is whole again
  EXPECT_TRUE(files->check()->empty());
}

}  // namespace
}  // namespace pitchblende::files

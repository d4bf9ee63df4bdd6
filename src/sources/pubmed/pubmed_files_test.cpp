// Real files, where they are there: counts against a plain look for tags, contents against a slow and obvious reading
// through pugixml's tree.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "base/text.hpp"
#include "sources/bytes.hpp"
#include "sources/collecting_sink.hpp"
#include "sources/pubmed/pubmed.hpp"

namespace pitchblende::sources {
namespace {

namespace fs = std::filesystem;
using registry::Record;

const fs::path k_data = fs::path(PB_SOURCE_DIR) / "../shared/data";

std::vector<fs::path> files(const fs::path& folder, std::string_view part) {
  std::vector<fs::path> out;
  if (fs::is_directory(folder)) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file() && entry.path().string().find(part) != std::string::npos) {
        out.push_back(entry.path());
      }
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<fs::path> pubmed_files() {
  std::vector<fs::path> out = files(k_data / "publications/pubmed", ".xml");
  const std::vector<fs::path> tricky = files(k_data / "publications/pubmed-tricky", ".xml");
  out.insert(out.end(), tricky.begin(), tricky.end());
  return out;
}

std::string bytes_of(const fs::path& path) {
  auto stream = open_bytes(path.string(), {});
  EXPECT_TRUE(stream) << path;
  return read_all(**stream, path.string(), int64_t{1} << 30).value();
}

size_t occurrences(std::string_view text, std::string_view wanted) {
  size_t count = 0;
  for (size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) {
    ++count;
  }
  return count;
}

size_t count(const Record& record, std::string_view field) {
  return static_cast<size_t>(std::count_if(record.values.begin(), record.values.end(),
                                           [&](const auto& value) { return description(value.first).name == field; }));
}

std::string text(const Record& record, std::string_view field) {
  return std::string(record.text(registry::field(registry::Kind::publication, field)));
}

void append_text(const pugi::xml_node& node, std::string& out) {
  for (const pugi::xml_node& part : node.children()) {
    out += part.value();
    append_text(part, out);
  }
}

std::string flat(const pugi::xml_node& node) {
  std::string out;
  append_text(node, out);
  return squeeze(out);
}

size_t children(const pugi::xml_node& node, const char* name) {
  const auto range = node.children(name);
  return static_cast<size_t>(std::distance(range.begin(), range.end()));
}

// Collected under each name, wherever it stands.
size_t descendants(const pugi::xml_node& node, const std::string& name) {
  return node.select_nodes((".//" + name).c_str()).size();
}

void compare(const Record& record, const pugi::xml_node& article) {
  const pugi::xml_node citation = article.child("MedlineCitation");
  const pugi::xml_node inside = citation.child("Article");
  SCOPED_TRACE(record.key);
  EXPECT_EQ(record.key, flat(citation.child("PMID")));
  const std::string title = flat(inside.child("ArticleTitle"));
  if (!title.empty() && title != "[Not Available].") {
    EXPECT_EQ(text(record, "title"), title);
  }
  size_t people = 0;
  size_t collectives = 0;
  for (const pugi::xml_node& author : inside.child("AuthorList").children("Author")) {
    ++(author.child("CollectiveName") ? collectives : people);
  }
  EXPECT_EQ(count(record, "authors"), people);
  EXPECT_EQ(count(record, "collective_authors"), collectives);
  EXPECT_EQ(count(record, "investigators"), children(citation.child("InvestigatorList"), "Investigator"));
  EXPECT_EQ(count(record, "concepts"), children(citation.child("MeshHeadingList"), "MeshHeading") +
                                           children(citation.child("SupplMeshList"), "SupplMeshName"));
  EXPECT_EQ(count(record, "chemicals"), children(citation.child("ChemicalList"), "Chemical"));
  EXPECT_EQ(count(record, "grants"), children(inside.child("GrantList"), "Grant"));
  EXPECT_EQ(count(record, "keywords"), descendants(citation, "Keyword"));
  EXPECT_EQ(count(record, "accessions"), descendants(inside, "AccessionNumber"));
  EXPECT_EQ(text(record, "journal"), flat(inside.child("Journal").child("Title")));
  EXPECT_EQ(text(record, "copyright"), flat(inside.child("Abstract").child("CopyrightInformation")));
  std::string abstract;
  for (const pugi::xml_node& section : inside.child("Abstract").children("AbstractText")) {
    const std::string label = squeeze(section.attribute("Label").value());
    const std::string body = flat(section);
    if (!body.empty()) {
      abstract += (abstract.empty() ? "" : " ") +
                  (label.empty() || label == "UNLABELLED" ? "" : label + (label.back() == ':' ? " " : ": ")) + body;
    }
  }
  if (!abstract.empty()) {
    EXPECT_EQ(text(record, "abstract"), abstract);
  }
}

TEST(PubmedFiles, CountsAndContents) {
  const std::vector<fs::path> paths = pubmed_files();
  if (paths.empty()) {
    GTEST_SKIP() << "skipped, no ../shared/data";
  }
  size_t articles = 0;
  size_t people = 0;
  for (const fs::path& path : paths) {
    SCOPED_TRACE(path.filename());
    const std::string xml = bytes_of(path);
    CollectingSink sink;
    const Result<void> result = make_pubmed_reader({})->read(path.string(), sink);
    EXPECT_TRUE(result) << result.error().message();
    EXPECT_EQ(sink.rejected.size(), 0u);
    EXPECT_EQ(sink.accepted.size(), occurrences(xml, "<PubmedArticle>") + occurrences(xml, "<PubmedBookArticle>"));
    pugi::xml_document tree;
    ASSERT_TRUE(tree.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata));
    size_t at = 0;
    for (const pugi::xml_node& article : tree.child("PubmedArticleSet").children()) {
      if (article.child("MedlineCitation")) {
        ASSERT_LT(at, sink.accepted.size());
        compare(sink.accepted[at], article);
      }
      at += article.type() == pugi::node_element ? 1 : 0;
    }
    size_t authors = 0;
    for (const Record& record : sink.accepted) {
      authors += count(record, "authors") + count(record, "collective_authors") + count(record, "editors");
    }
    EXPECT_EQ(authors, occurrences(xml, "<Author ") + occurrences(xml, "<Author>"));
    articles += sink.accepted.size();
    people += authors;
  }
  RecordProperty("articles", std::to_string(articles));
  RecordProperty("authors", std::to_string(people));
  EXPECT_GT(articles, 0u);
}

TEST(PubmedFiles, PiecesOfAnySizeGiveTheSame) {
  const std::vector<fs::path> paths = files(k_data / "publications/pubmed-tricky", ".xml");
  if (paths.empty()) {
    GTEST_SKIP() << "skipped, no ../shared/data";
  }
  for (const fs::path& path : paths) {
    const std::string xml = bytes_of(path);
    CollectingSink whole;
    const auto all = memory_bytes(xml);
    ASSERT_TRUE(read_pubmed(*all, "x", {}, whole));
    for (const size_t piece : {1, 13, 64, 4096}) {
      CollectingSink sink;
      const auto pieces = memory_bytes(xml, piece);
      ASSERT_TRUE(read_pubmed(*pieces, "x", {}, sink));
      ASSERT_EQ(sink.accepted.size(), whole.accepted.size());
      for (size_t at = 0; at < sink.accepted.size(); ++at) {
        EXPECT_EQ(encode(sink.accepted[at]), encode(whole.accepted[at]));
        EXPECT_EQ(sink.places[at].line, whole.places[at].line);
      }
    }
  }
}

// Each as it is, and inside of an article that is otherwise good.
TEST(PubmedFiles, HostileFilesAreSurvived) {
  const std::vector<fs::path> paths = files(k_data / "hostile", "");
  if (paths.empty()) {
    GTEST_SKIP() << "skipped, no ../shared/data";
  }
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    for (const std::string& xml :
         {bytes.str(), "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>" +
                           bytes.str() +
                           "</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"}) {
      CollectingSink sink;
      const auto stream = memory_bytes(xml, 100);
      const Result<void> result = read_pubmed(*stream, "x", {}, sink);
      EXPECT_TRUE(!result || sink.accepted.size() + sink.rejected.size() > 0) << path;
      for (const Record& record : sink.accepted) {
        EXPECT_TRUE(is_valid_utf8(encode(record))) << path;
      }
    }
  }
}

}  // namespace
}  // namespace pitchblende::sources

// Made-up files for tests: publications, people and organisations in the forms that sources send. Nobody here exists.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace pitchblende::tests {

// A folder of its own that goes when the test ends.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pitchblende-test-XXXXXX").string();
    m_path = mkdtemp(pattern.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string path(const std::string& name = {}) const {
    return name.empty() ? m_path.string() : (m_path / name).string();
  }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }

 private:
  std::filesystem::path m_path;
};

// The first line in which two texts differ, as each has it; empty: they are the same. For texts too long to be shown.
inline std::string first_difference(const std::string& a, const std::string& b) {
  if (a == b) {
    return {};
  }
  const size_t at = static_cast<size_t>(
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin()).first -
      a.begin());
  const auto line = [at](const std::string& text) {
    const size_t before = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    const size_t begin = before == std::string::npos ? 0 : before + 1;
    return text.substr(begin, std::min<size_t>(text.find('\n', begin) - begin, 400));
  };
  return line(a) + "\n     is not\n" + line(b);
}

struct MadeAuthor {
  std::string family;
  std::string given;
  std::string affiliation;
  std::string orcid;
};

inline std::string pubmed_article(int pmid, const std::string& title, const std::vector<MadeAuthor>& authors,
                                  int year = 2020) {
  std::string out = "<PubmedArticle><MedlineCitation><PMID Version=\"1\">" + std::to_string(pmid) +
                    "</PMID><Article><Journal><JournalIssue><PubDate><Year>" + std::to_string(year) +
                    "</Year></PubDate></JournalIssue><Title>Annals of Invention</Title></Journal><ArticleTitle>" +
                    title + "</ArticleTitle><AuthorList>";
  for (const MadeAuthor& author : authors) {
    out += "<Author><LastName>" + author.family + "</LastName><ForeName>" + author.given + "</ForeName><Initials>" +
           author.given.substr(0, 1) + "</Initials>";
    out += author.orcid.empty() ? "" : "<Identifier Source=\"ORCID\">" + author.orcid + "</Identifier>";
    out += author.affiliation.empty()
               ? ""
               : "<AffiliationInfo><Affiliation>" + author.affiliation + "</Affiliation></AffiliationInfo>";
    out += "</Author>";
  }
  return out + "</AuthorList></Article></MedlineCitation></PubmedArticle>\n";
}

inline std::string pubmed_set(const std::string& articles) {
  return "<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n" + articles + "</PubmedArticleSet>\n";
}

}  // namespace pitchblende::tests

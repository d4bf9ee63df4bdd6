#include "consortium.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>

namespace pitchblende::bench {

namespace {

constexpr int k_institutions = 7;
constexpr int k_words = 60'000;
constexpr int k_concepts = 3000;
constexpr int k_journals = 1500;

using Random = std::mt19937_64;

std::string syllables(Random& random, int count) {
  static const char* const k_onset[] = {"b", "c", "d", "f", "g",  "l",  "m",  "n",  "p",
                                        "r", "s", "t", "v", "st", "tr", "ch", "br", "pl"};
  static const char* const k_vowel[] = {"a", "e", "i", "o", "u", "ea", "ou", "ie"};
  static const char* const k_coda[] = {"", "", "n", "r", "l", "x", "t"};
  std::string out;
  for (int at = 0; at < count; ++at) {
    out += k_onset[random() % 18];
    out += k_vowel[random() % 8];
    out += at + 1 == count ? k_coda[random() % 7] : "";
  }
  return out;
}

std::string capital(std::string word) {
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

// Ranks drawn with probability ~ 1 / (rank + shift).
class Zipf {
 public:
  Zipf(int size, double shift) {
    double sum = 0;
    for (int rank = 0; rank < size; ++rank) {
      sum += 1 / (rank + 1 + shift);
      m_sums.push_back(sum);
    }
  }
  int draw(Random& random) const {
    const double at = std::uniform_real_distribution<double>(0, m_sums.back())(random);
    return static_cast<int>(std::lower_bound(m_sums.begin(), m_sums.end(), at) - m_sums.begin());
  }

 private:
  std::vector<double> m_sums;
};

struct Author {
  std::string family;
  std::string given;
  int institution = 0;
};

class Writer {
 public:
  Writer(std::string folder, const Size& size) : m_folder(std::move(folder)), m_size(size) {
    for (int at = 0; at < k_words; ++at) {
      m_words.push_back(syllables(m_random, at < 100 ? 1 : at < 5000 ? 2 : 3));
    }
    for (int at = 0; at < k_institutions; ++at) {
      m_institutions.push_back("Institut " + capital(syllables(m_random, 3)));
    }
    for (int at = 0; at < size.authors; ++at) {
      m_authors.push_back({capital(syllables(m_random, 2 + static_cast<int>(m_random() % 2))),
                           capital(syllables(m_random, 2)), static_cast<int>(m_random() % k_institutions)});
    }
  }

  Files write() { return {organisations(), people(), publications(), m_words}; }

 private:
  std::string organisations() {
    std::string path = m_folder + "/organisations.csv";
    std::ofstream out(path);
    out << "id,name,role,from\n";
    for (int at = 0; at < k_institutions; ++at) {
      out << "I" << at << ',' << m_institutions[static_cast<size_t>(at)] << ",member,2007\n";
    }
    return path;
  }

  std::string people() {
    std::string path = m_folder + "/people.csv";
    std::ofstream out(path);
    out << "id,family name,given names,organisation,job title,from\n";
    for (int at = 0; at < m_size.people; ++at) {
      const Author& author = m_authors[static_cast<size_t>(at)];
      out << "P" << at << ',' << author.family << ',' << author.given << ','
          << m_institutions[static_cast<size_t>(author.institution)] << ",researcher,2015\n";
    }
    return path;
  }

  void text(std::ostream& out, int count) {
    for (int at = 0; at < count; ++at) {
      out << (at == 0 ? "" : " ") << m_words[static_cast<size_t>(m_word.draw(m_random))];
    }
  }

  void author(std::ostream& out) {
    // Half of the places go to the consortium's own people, as in its own publications.
    const auto people = static_cast<uint64_t>(m_size.people);
    const auto all = m_authors.size();
    const Author& each = m_authors[m_random() % 2 == 0 ? m_random() % people : m_random() % all];
    out << "<Author ValidYN=\"Y\"><LastName>" << each.family << "</LastName><ForeName>" << each.given
        << "</ForeName><Initials>" << each.given[0] << "</Initials><AffiliationInfo><Affiliation>Department of "
        << m_words[m_random() % 2000] << ", " << m_institutions[static_cast<size_t>(each.institution)]
        << ", 75005 Paris, France.</Affiliation></AffiliationInfo></Author>\n";
  }

  void article(std::ostream& out, int pmid) {
    const int year = 1995 + static_cast<int>(m_random() % 31);
    const int journal = m_journal.draw(m_random);
    out << "<PubmedArticle><MedlineCitation Status=\"MEDLINE\" Owner=\"NLM\"><PMID Version=\"1\">" << pmid
        << "</PMID><DateRevised><Year>" << year << "</Year><Month>06</Month><Day>01</Day></DateRevised>"
        << "<Article PubModel=\"Print\"><Journal><ISSN IssnType=\"Print\"></ISSN><JournalIssue><Volume>"
        << 1 + m_random() % 90 << "</Volume><PubDate><Year>" << year
        << "</Year></PubDate></JournalIssue><Title>Journal of " << m_words[1000 + static_cast<size_t>(journal)]
        << "</Title></Journal><ArticleTitle>";
    text(out, 12);
    out << ".</ArticleTitle><Abstract><AbstractText>";
    text(out, 120);
    out << ".</AbstractText></Abstract><AuthorList CompleteYN=\"Y\">\n";
    for (uint64_t count = 1 + m_random() % 9; count > 0; --count) {
      author(out);
    }
    out << "</AuthorList><Language>eng</Language><PublicationTypeList><PublicationType UI=\"D016428\">Journal Article"
        << "</PublicationType></PublicationTypeList></Article><MeshHeadingList>";
    for (int each = 0; each < 8; ++each) {
      const int concept_of = m_concept.draw(m_random);
      out << "<MeshHeading><DescriptorName UI=\"D" << 100'000 + concept_of << "\" MajorTopicYN=\""
          << (each < 2 ? 'Y' : 'N') << "\">" << m_words[2000 + static_cast<size_t>(concept_of)]
          << "</DescriptorName></MeshHeading>";
    }
    out << "</MeshHeadingList></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType=\"pubmed\">" << pmid
        << "</ArticleId><ArticleId IdType=\"doi\">10.1000/made." << pmid
        << "</ArticleId></ArticleIdList></PubmedData></PubmedArticle>\n";
  }

  std::string publications() {
    std::string path = m_folder + "/publications.xml";
    std::ofstream out(path);
    out << "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<PubmedArticleSet>\n";
    for (int at = 0; at < m_size.publications; ++at) {
      article(out, 1'000'000 + at);
    }
    out << "</PubmedArticleSet>\n";
    return path;
  }

  std::string m_folder;
  Size m_size;
  Random m_random{20'260'101};
  Zipf m_word{k_words, 1.7};
  Zipf m_concept{k_concepts, 3};
  Zipf m_journal{k_journals, 3};
  std::vector<std::string> m_words;
  std::vector<std::string> m_institutions;
  std::vector<Author> m_authors;
};

}  // namespace

Files write_consortium(const std::string& folder, const Size& size) { return Writer(folder, size).write(); }

}  // namespace pitchblende::bench

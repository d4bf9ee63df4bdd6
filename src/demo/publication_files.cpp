// PubMed XML, in pieces of some thousand papers each: every piece is a function of the seed and its number, so that
// they can be written side by side and are the same bytes in any order.
#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <set>

#include "demo/errors.hpp"
#include "demo/files.hpp"
#include "demo/phrases.hpp"

namespace pitchblende::demo {

namespace {

constexpr size_t k_first_pmid = 90'000'000;  // far beyond what PubMed has given
constexpr std::array<std::string_view, 20> k_journals = {"Journal of Invented Oncology",
                                                         "Annals of Exemplary Haematology",
                                                         "Demonstration Cancer Research",
                                                         "Imagined Clinical Immunology",
                                                         "Fictive Radiotherapy and Physics",
                                                         "Cell Stories in Cancer",
                                                         "Made-up Genomics",
                                                         "The Exemplar Oncologist",
                                                         "Notional Molecular Medicine",
                                                         "Sample Reports in Pathology",
                                                         "Archives of Supposed Surgery",
                                                         "Bulletin inventé du cancer",
                                                         "European Journal of Example Medicine",
                                                         "Hypothetical Drug Discovery",
                                                         "Journal of Assumed Epidemiology",
                                                         "Supposed Imaging",
                                                         "Mock Leukaemia Letters",
                                                         "Placeholder Paediatric Oncology",
                                                         "Specimen Biobanking",
                                                         "Test Tumour Biology"};

// As in a table of who follows open access; a paper's own number says which, so that nothing else changes with it.
constexpr std::array<std::string_view, 10> k_access = {
    "doré", "doré", "archive ouverte", "archive ouverte", "hybride", "diamant", "fermé", "doré", "archive ouverte",
    "fermé"};
constexpr int k_followed_since = 2024;

std::string doi_of(size_t pmid) { return fmt::format("10.5555/demo.{}", pmid); }

struct Author {
  const Name* name = nullptr;
  const Person* person = nullptr;  // none: from elsewhere
  size_t number = 0;
  std::string_view place;
};

class Paper {
 public:
  Paper(const World& world, Random& random) : m_world(world), m_random(random) {}

  void write(std::string& xml, std::string& truth, size_t number) {
    m_pmid = k_first_pmid + number;
    m_year = m_random.between(2005, 2025);
    const Team& team = m_world.teams[m_random.below(m_world.teams.size())];
    const size_t tumour = m_random.chance(75) ? team.tumour : m_random.below(tumours().size());
    const Study study = study_of(m_random, team.topic, tumour);
    authors_of(team);
    head(xml, study);
    for (size_t at = 0; at < m_authors.size(); ++at) {
      author(xml, m_authors[at]);
      truth += m_authors[at].person != nullptr
                   ? fmt::format("pubmed,{},{},person:{}\n", m_pmid, at + 1, m_authors[at].number)
                   : fmt::format("pubmed,{},{},outsider:{}\n", m_pmid, at + 1, m_authors[at].number);
    }
    tail(xml, study);
    truth += fmt::format("pubmed,{},0,publication:{}\n", m_pmid, number);
    if (m_year >= k_followed_since) {
      m_followed.push_back({doi_of(m_pmid), std::string(k_access[m_pmid / 3 % k_access.size()])});
      truth += fmt::format("gip-access,{},0,publication:{}\n", doi_of(m_pmid), number);
    }
  }
  std::vector<std::vector<std::string>> take_followed() { return std::move(m_followed); }

 private:
  // The same people write together: some of a team, some of teams on the same topic, some from elsewhere.
  void authors_of(const Team& team) {
    m_authors.clear();
    m_taken.clear();
    const size_t own = 2 + m_random.below(3);
    for (size_t at = 0; at < own; ++at) {
      add_person(m_random.pick(team.people));
    }
    if (m_random.chance(55)) {
      const std::vector<size_t>& near = m_world.teams_of_topic[team.topic];
      const Team& other = m_world.teams[near[(team.number / topics().size() + 1) % near.size()]];
      add_person(m_random.pick(other.people));
      add_person(m_random.pick(other.people));
    }
    const size_t outside = 1 + m_random.below(6);
    for (size_t at = 0; at < outside; ++at) {
      // Each team has its circle elsewhere.
      const size_t circle = team.number * 131 + m_random.below(24) * 17;
      const size_t number =
          m_random.chance(80) ? circle % m_world.outsiders.size() : m_random.below(m_world.outsiders.size());
      const Outsider& outsider = m_world.outsiders[number];
      if (m_taken.insert(m_world.people.size() + number).second) {
        m_authors.push_back({&outsider.name, nullptr, number, places_elsewhere()[outsider.place]});
      }
    }
    if (m_random.chance(70)) {
      add_person(team.leader);
    }
  }

  void add_person(size_t number) {
    const Person& person = m_world.people[number];
    if (m_year >= person.first_paper && m_taken.insert(number).second) {
      m_authors.push_back({&person.name, &person, number, {}});
    }
  }

  void author(std::string& xml, const Author& author) {
    const Name& name = *author.name;
    std::string family = name.family;
    std::string given =
        name.second.empty() || m_random.chance(60) ? name.given : name.given + " " + initial(name.second);
    const bool earlier = author.person != nullptr && author.person->moved && m_year < author.person->since;
    if (earlier && !name.birth.empty()) {
      family = name.birth;
    } else if (!name.variant.empty() && m_random.chance(35)) {
      family = name.variant;
    }
    if (m_random.chance(18)) {
      family = without_accents(family);
      given = without_accents(given);
    }
    if (m_random.chance(12)) {
      given = bare_initials(given);
    }
    xml.append("<Author ValidYN=\"Y\"><LastName>").append(family).append("</LastName><ForeName>").append(given);
    xml.append("</ForeName><Initials>").append(bare_initials(given)).append("</Initials>");
    if (author.person != nullptr && !author.person->orcid.empty() && m_year > 2014 && m_random.chance(60)) {
      xml.append("<Identifier Source=\"ORCID\">").append(author.person->orcid).append("</Identifier>");
    }
    xml += "<AffiliationInfo><Affiliation>";
    if (author.person == nullptr) {
      xml += author.place;
    } else {
      const Person& person = *author.person;
      affiliation(xml, m_world.teams[earlier ? person.earlier_team : person.team]);
    }
    xml += ".</Affiliation></AffiliationInfo></Author>\n";
  }

  static std::string initial(const std::string& given) { return bare_initials(given).append("."); }

  static void affiliation(std::string& xml, const Team& team) {
    const Institution& at = institutions()[team.institution];
    xml += team.label.empty() ? "" : team.label + ", ";
    xml.append(team.number % 2 == 0 ? team.french : team.english).append(", ").append(at.french).append(", ");
    xml.append(at.postal_code).append(" ").append(at.town).append(", France");
  }

  void head(std::string& xml, const Study& study) {
    const int month = m_random.between(1, 12);
    xml += fmt::format(
        "<PubmedArticle><MedlineCitation Status=\"MEDLINE\" Owner=\"NLM\"><PMID Version=\"1\">{}</PMID>"
        "<DateRevised><Year>{}</Year><Month>{:02}</Month><Day>01</Day></DateRevised><Article "
        "PubModel=\"Print\"><Journal>"
        "<JournalIssue "
        "CitedMedium=\"Internet\"><Volume>{}</Volume><PubDate><Year>{}</Year><Month>{:02}</Month></PubDate>"
        "</JournalIssue><Title>{}</Title></Journal><ArticleTitle>",
        m_pmid, m_year, month, m_year - 1990, m_year, month, m_random.pick(k_journals));
    add_title(xml, m_random, study);
    xml += ".</ArticleTitle><Abstract><AbstractText>";
    add_abstract(xml, m_random, study);
    xml += "</AbstractText></Abstract><AuthorList CompleteYN=\"Y\">\n";
  }

  void heading(std::string& xml, const Concept& each, bool major) {
    xml.append("<MeshHeading><DescriptorName UI=\"").append(each.code).append("\" MajorTopicYN=\"");
    xml.append(major ? "Y" : "N").append("\">").append(each.name).append("</DescriptorName></MeshHeading>");
  }

  void tail(std::string& xml, const Study& study) {
    xml +=
        "</AuthorList><Language>eng</Language><PublicationTypeList><PublicationType UI=\"D016428\">Journal Article"
        "</PublicationType></PublicationTypeList></Article><MeshHeadingList>";
    heading(xml, study.tumour.concept_of, true);
    for (size_t at = 0; at < study.topic.concepts.size(); ++at) {
      if (at == 0 || m_random.chance(70)) {
        heading(xml, study.topic.concepts[at], at == 0);
      }
    }
    const std::span<const Concept> general = general_concepts();
    const size_t first = m_random.below(general.size());
    for (size_t at = 0; at < 4; ++at) {
      heading(xml, general[(first + at * 5) % general.size()], false);
    }
    xml += "</MeshHeadingList><KeywordList Owner=\"NOTNLM\"><Keyword MajorTopicYN=\"N\">";
    xml.append(study.technique.english).append("</Keyword><Keyword MajorTopicYN=\"N\">").append(study.topic.english);
    xml += fmt::format(
        "</Keyword></KeywordList></MedlineCitation><PubmedData><ArticleIdList><ArticleId "
        "IdType=\"pubmed\">{}</ArticleId>"
        "<ArticleId IdType=\"doi\">{}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>\n",
        m_pmid, doi_of(m_pmid));
  }

  const World& m_world;
  Random& m_random;
  size_t m_pmid = 0;
  int m_year = 0;
  std::vector<Author> m_authors;
  std::set<size_t> m_taken;
  std::vector<std::vector<std::string>> m_followed;  // DOI, open access
};

// gzip without name and time: the same bytes each time.
std::string packed(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

struct Piece {
  std::string bytes;
  std::string truth;
  std::vector<std::vector<std::string>> followed;
};

Piece make_piece(const World& world, size_t piece, size_t begin, size_t end) {
  // A stream of its own for each piece: neighbouring streams of one seed are the same numbers, one further on.
  Random random(world.seed + piece, 1000);
  Paper paper(world, random);
  Piece out;
  std::string xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<PubmedArticleSet>\n";
  for (size_t number = begin; number < end; ++number) {
    paper.write(xml, out.truth, number);
  }
  if (piece == 0) {  // wrong on purpose: a paper without its number
    xml +=
        "<PubmedArticle><MedlineCitation><Article><ArticleTitle>A paper without a number.</ArticleTitle></Article>"
        "</MedlineCitation></PubmedArticle>\n";
  }
  out.bytes = packed(xml + "</PubmedArticleSet>\n");
  out.followed = paper.take_followed();
  return out;
}

}  // namespace

Result<void> write_publications(const World& world, Output& out) {
  constexpr size_t k_piece = 5'000;
  const size_t pieces = (world.size.publications + k_piece - 1) / k_piece;
  std::error_code error;
  std::filesystem::create_directories(out.path("pubmed"), error);
  const auto make = [&](size_t piece) {
    return make_piece(world, piece, piece * k_piece, std::min((piece + 1) * k_piece, world.size.publications));
  };
  Table followed{"", {{"DOI", "DOI"}, {"Accès ouvert", "Open access"}}, {}};
  std::future<Piece> own = std::async(std::launch::deferred, make, size_t{0});
  for (size_t piece = 0; piece < pieces; ++piece) {
    std::future<Piece> next;  // the one after this is made meanwhile
    if (piece + 1 < pieces) {
      next = std::async(std::launch::async, make, piece + 1);
    }
    Piece done = std::exchange(own, std::move(next)).get();
    std::ranges::move(done.followed, std::back_inserter(followed.rows));
    out.truth_lines(done.truth);
    TRY(out.file(fmt::format("pubmed/demo-{:04}.xml.gz", piece + 1), done.bytes));
  }
  Source source = source_of("pubmed", "pubmed", "", "pubmed/*.xml.gz");
  source.trust = 50;
  out.add(std::move(source));
  return out.table(source_of("gip-access", "acces_ouvert.toml", "gip", "gip/acces-ouvert.csv"), "gip/acces-ouvert.csv",
                   followed, Layout{});
}

}  // namespace pitchblende::demo

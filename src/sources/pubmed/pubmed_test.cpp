#include "sources/pubmed/pubmed.hpp"

#include <gtest/gtest.h>

#include <string>

#include "sources/bytes.hpp"
#include "sources/collecting_sink.hpp"
#include "sources/errors.hpp"
#include "sources/pubmed/pubmed_dates.hpp"

namespace pitchblende::sources {
namespace {

using registry::Attribute;
using registry::Kind;
using registry::Record;
using registry::Value;

struct Outcome {
  CollectingSink sink;
  Result<void> result;
};

Outcome read(std::string_view xml, size_t piece = 1 << 20, const Settings& settings = {}) {
  Outcome out;
  const auto bytes = memory_bytes(xml, piece);
  out.result = read_pubmed(*bytes, "test.xml", settings, out.sink);
  return out;
}

std::string in_set(const std::string& articles) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD\" "
         "\"https://dtd.example/pubmed.dtd\">\n<PubmedArticleSet>\n" +
         articles + "</PubmedArticleSet>\n";
}

std::string article(const std::string& inside, const std::string& pmid = "12345678", const std::string& behind = {}) {
  return "<PubmedArticle><MedlineCitation><PMID Version=\"1\">" + pmid + "</PMID><Article>" + inside + "</Article>" +
         behind + "</MedlineCitation></PubmedArticle>\n";
}

Record one(const std::string& inside, const std::string& behind = {}) {
  Outcome out = read(in_set(article(inside, "12345678", behind)));
  EXPECT_TRUE(out.result) << out.result.error().message();
  EXPECT_EQ(out.sink.rejected.size(), 0u);
  EXPECT_EQ(out.sink.accepted.size(), 1u);
  return out.sink.accepted.empty() ? Record{} : out.sink.accepted.front();
}

std::vector<Value> values(const Record& record, std::string_view field) {
  std::vector<Value> out;
  for (const auto& [id, value] : record.values) {
    if (description(id).name == field) {
      out.push_back(value);
    }
  }
  return out;
}

std::string text(const Record& record, std::string_view field) {
  const std::vector<Value> all = values(record, field);
  return all.empty() ? "" : all.front().text;
}

std::vector<std::string> all(const Value& value, Attribute attribute) {
  std::vector<std::string> out;
  for (const auto& [name, text] : value.attributes) {
    if (name == attribute) {
      out.push_back(text);
    }
  }
  return out;
}

TEST(Pubmed, TitlesAreFlattened) {
  EXPECT_EQ(text(one("<ArticleTitle>Role of <i>TP53</i> in H<sub>2</sub>O and 10<sup>6</sup> cells &amp; "
                     "<b>more</b>.</ArticleTitle>"),
                 "title"),
            "Role of TP53 in H2O and 106 cells & more.");
  EXPECT_EQ(text(one("<ArticleTitle>a <!-- not <this> --><![CDATA[<b> & ]]>c<?pi <x> ?>d&#233;&#xE9;</ArticleTitle>"),
                 "title"),
            "a <b> & cdéé");
  EXPECT_EQ(
      text(one("<ArticleTitle>Dose <mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\">\n <mml:mi>x</mml:mi>\n"
               "  <mml:mo>&lt;</mml:mo>\n <mml:mn>2</mml:mn>\n</mml:math> in\n\t two  lines</ArticleTitle>"),
           "title"),
      "Dose x < 2 in two lines");
  EXPECT_EQ(text(one("<ArticleTitle>a&#xA0;b\xC2\xA0\xE2\x80\x83"
                     "c</ArticleTitle>"),
                 "title"),
            "a b c");
}

TEST(Pubmed, BothTitlesHaveTheirLanguage) {
  const Record record =
      one("<ArticleTitle>[An example].</ArticleTitle><Language>fre</Language><VernacularTitle>Un "
          "exemple.</VernacularTitle>");
  EXPECT_EQ(values(record, "title")[0].lang, "en");
  EXPECT_EQ(values(record, "original_title")[0], (Value{"Un exemple.", "fr", {}}));
  EXPECT_EQ(text(record, "language"), "fr");
  const Record untranslated =
      one("<ArticleTitle>[Not Available].</ArticleTitle><Language>fre</Language><VernacularTitle>Un "
          "exemple.</VernacularTitle>");
  EXPECT_EQ(values(untranslated, "title")[0], (Value{"Un exemple.", "fr", {}}));
  EXPECT_TRUE(values(untranslated, "original_title").empty());
}

TEST(Pubmed, AbstractsKeepTheirSections) {
  const Record record =
      one("<Abstract><AbstractText Label=\"AIM &amp; SCOPE\" NlmCategory=\"OBJECTIVE\">To see.</AbstractText>"
          "<AbstractText>Seen.</AbstractText><CopyrightInformation>© Nobody.</CopyrightInformation></Abstract>",
          "<OtherAbstract Type=\"Publisher\" Language=\"fre\"><AbstractText>Vu.</AbstractText></OtherAbstract>");
  const std::vector<Value> abstracts = values(record, "abstract");
  ASSERT_EQ(abstracts.size(), 2u);
  EXPECT_EQ(abstracts[0], (Value{"AIM & SCOPE: To see. Seen.", "en", {}}));
  EXPECT_EQ(abstracts[1].text, "Vu.");
  EXPECT_EQ(abstracts[1].lang, "fr");
  EXPECT_EQ(abstracts[1].get(Attribute::type), "Publisher");
  EXPECT_EQ(text(record, "copyright"), "© Nobody.");
}

TEST(Pubmed, EveryAuthorInOrderWithAllThatIsSaid) {
  const Record record =
      one("<AuthorList CompleteYN=\"N\">"
          "<Author ValidYN=\"Y\" EqualContrib=\"Y\"><LastName>d'Exemple</LastName><ForeName>Camille Zoé</ForeName>"
          "<Initials>CZ</Initials><Suffix>Jr</Suffix>"
          "<Identifier Source=\"ORCID\">http://orcid.org/0000-0002-1825-0097</Identifier>"
          "<Identifier Source=\"XYZ\">a-1</Identifier>"
          "<AffiliationInfo><Affiliation>One &amp; Two, Paris. camille@example.org</Affiliation>"
          "<Identifier Source=\"ROR\">https://ror.org/02mhbdp94</Identifier></AffiliationInfo>"
          "<AffiliationInfo><Affiliation>Three, Lyon.</Affiliation></AffiliationInfo></Author>"
          "<Author><CollectiveName>The <i>Example</i> Group</CollectiveName></Author>"
          "<Author ValidYN=\"N\"><LastName>Specimen</LastName><Initials>A</Initials></Author>"
          "<Author><LastName>Specimen</LastName><Initials>A</Initials></Author>"
          "</AuthorList>",
          "<InvestigatorList><Investigator><LastName>Muster</LastName><ForeName>Kim</ForeName><Initials>K</Initials>"
          "</Investigator></InvestigatorList>");
  const std::vector<Value> authors = values(record, "authors");
  ASSERT_EQ(authors.size(), 3u);
  EXPECT_EQ(authors[0].text, "Camille Zoé d'Exemple Jr");
  EXPECT_EQ(authors[0].get(Attribute::family), "d'Exemple");
  EXPECT_EQ(authors[0].get(Attribute::given), "Camille Zoé");
  EXPECT_EQ(authors[0].get(Attribute::initials), "CZ");
  EXPECT_EQ(authors[0].get(Attribute::suffix), "Jr");
  EXPECT_EQ(authors[0].get(Attribute::orcid), "0000-0002-1825-0097");
  EXPECT_EQ(authors[0].get(Attribute::identifier), "xyz:a-1");
  EXPECT_EQ(authors[0].get(Attribute::equal), "true");
  EXPECT_EQ(authors[0].get(Attribute::order), "1");
  EXPECT_EQ(all(authors[0], Attribute::affiliation),
            (std::vector<std::string>{"One & Two, Paris. camille@example.org", "Three, Lyon."}));
  EXPECT_EQ(all(authors[0], Attribute::affiliation_id), std::vector<std::string>{"ror:02mhbdp94"});
  EXPECT_EQ(authors[1].text, "A Specimen");
  EXPECT_EQ(authors[1].get(Attribute::status), "invalid");
  EXPECT_EQ(authors[1].get(Attribute::order), "3");
  EXPECT_EQ(authors[2].text, "A Specimen");  // two of the same name stay two
  EXPECT_EQ(values(record, "collective_authors")[0].text, "The Example Group");
  EXPECT_EQ(values(record, "collective_authors")[0].get(Attribute::order), "2");
  EXPECT_EQ(text(record, "investigators"), "Kim Muster");
  EXPECT_EQ(text(record, "authors_complete"), "false");
}

TEST(Pubmed, AWrongOrcidIsSaidAndTheRestGoesIn) {
  Outcome out = read(
      in_set("\n" + article("<ArticleTitle>T</ArticleTitle>\n<AuthorList><Author><LastName>Exemple</LastName>\n"
                            "<Identifier Source=\"ORCID\">0000-0002-1825-0098</Identifier></Author></AuthorList>")));
  ASSERT_EQ(out.sink.accepted.size(), 1u);
  EXPECT_EQ(text(out.sink.accepted[0], "authors"), "Exemple");
  EXPECT_TRUE(values(out.sink.accepted[0], "authors")[0].get(Attribute::orcid).empty());
  ASSERT_EQ(out.sink.notices.size(), 1u);
  EXPECT_EQ(out.sink.notices[0].field, "authors");
  EXPECT_EQ(out.sink.notices[0].excerpt, "0000-0002-1825-0098");
  EXPECT_EQ(out.sink.notices[0].place.line, 7);
  EXPECT_EQ(out.sink.notices[0].place.record, 1);
  EXPECT_EQ(out.sink.places[0].line, 5);
}

TEST(Pubmed, JournalDatesAndIdentifiers) {
  Outcome out = read(in_set(
      "<PubmedArticle><MedlineCitation><PMID>0012345</PMID><DateRevised><Year>2023</Year><Month>05</Month><Day>07</Day>"
      "</DateRevised><Article><Journal><ISSN IssnType=\"Electronic\">2041-1723</ISSN><JournalIssue><Volume>12</Volume>"
      "<Issue>3 Suppl</Issue><PubDate><Year>2021</Year><Month>Feb</Month><Day>3</Day></PubDate></JournalIssue>"
      "<Title>Annals of invention</Title><ISOAbbreviation>Ann "
      "Inv</ISOAbbreviation></Journal><ArticleTitle>T</ArticleTitle>"
      "<Pagination><StartPage>7</StartPage><EndPage>9</EndPage></Pagination>"
      "<ELocationID EIdType=\"doi\" ValidYN=\"N\">10.1000/wrong</ELocationID>"
      "<ELocationID EIdType=\"doi\" ValidYN=\"Y\">10.1000/Right.1</ELocationID>"
      "<ELocationID EIdType=\"pii\" ValidYN=\"Y\">S1</ELocationID>"
      "<ArticleDate DateType=\"Electronic\"><Year>2020</Year><Month>12</Month><Day>31</Day></ArticleDate></Article>"
      "<MedlineJournalInfo><Country>France</Country><MedlineTA>Ann Invent</MedlineTA><NlmUniqueID>0404511</NlmUniqueID>"
      "<ISSNLinking>2041-1723</ISSNLinking></MedlineJournalInfo></MedlineCitation><PubmedData><History>"
      "<PubMedPubDate PubStatus=\"received\"><Year>2020</Year><Month>1</Month><Day>2</Day></PubMedPubDate>"
      "<PubMedPubDate PubStatus=\"accepted\"><Year>2020</Year><Month>2</Month><Day>31</Day></PubMedPubDate></History>"
      "<PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId "
      "IdType=\"doi\">10.1000/right.1</ArticleId>"
      "<ArticleId IdType=\"pmc\">PMC1234567</ArticleId><ArticleId IdType=\"pii\">S1</ArticleId></ArticleIdList>"
      "</PubmedData></PubmedArticle>"));
  ASSERT_EQ(out.sink.accepted.size(), 1u);
  const Record& record = out.sink.accepted[0];
  EXPECT_EQ(record.key, "12345");
  EXPECT_EQ(record.date, "2023-05-07");
  EXPECT_EQ(record.kind, Kind::publication);
  for (const auto& [field, wanted] :
       std::vector<std::pair<std::string, std::string>>{{"pmid", "12345"},
                                                        {"doi", "10.1000/right.1"},
                                                        {"pmc", "PMC1234567"},
                                                        {"pii", "S1"},
                                                        {"journal", "Annals of invention"},
                                                        {"journal_abbreviation", "Ann Inv"},
                                                        {"issn", "2041-1723"},
                                                        {"nlm_id", "0404511"},
                                                        {"volume", "12"},
                                                        {"issue", "3 Suppl"},
                                                        {"pages", "7-9"},
                                                        {"year", "2021"},
                                                        {"date", "2021-02-03"},
                                                        {"online_date", "2020-12-31"},
                                                        {"received", "2020-01-02"},
                                                        {"accepted", "2020-02"},
                                                        {"status", "ppublish"},
                                                        {"country", "France"}}) {
    EXPECT_EQ(text(record, field), wanted) << field;
    EXPECT_EQ(values(record, field).size(), 1u) << field;
  }
  ASSERT_EQ(out.sink.notices.size(), 1u);  // the 31st of February
  EXPECT_EQ(out.sink.notices[0].field, "accepted");
}

TEST(Pubmed, DatesAsPrinted) {
  using pubmed::date_span;
  using pubmed::date_text;
  const auto span = [](std::string_view printed) {
    const pubmed::DateSpan found = date_span(printed);
    return found.from + "/" + found.to;
  };
  EXPECT_EQ(span("1998 Dec-1999 Jan"), "1998-12/1999-01");
  EXPECT_EQ(span("2011 Nov-Dec"), "2011-11/2011-12");
  EXPECT_EQ(span("2001 Nov 26-Dec 1"), "2001-11-26/2001-12-01");
  EXPECT_EQ(span("2001 Nov 15-30"), "2001-11-15/2001-11-30");
  EXPECT_EQ(span("2000 Spring"), "2000/");
  EXPECT_EQ(span("Winter 1992"), "1992/");
  EXPECT_EQ(span("Dec 1998"), "1998-12/");
  EXPECT_EQ(span("1999-2000"), "1999/2000");
  EXPECT_EQ(span("2015"), "2015/");
  EXPECT_EQ(span("no date"), "/");
  EXPECT_EQ(date_text({"2024", "02", "29"}).text, "2024-02-29");
  EXPECT_EQ(date_text({"2023", "02", "29"}).text, "2023-02");
  EXPECT_FALSE(date_text({"2023", "02", "29"}).whole);
  EXPECT_EQ(date_text({"2023", "13", "1"}).text, "2023");
  EXPECT_EQ(date_text({"23", "1", "1"}).text, "");
  EXPECT_EQ(date_text({"2023", "September", ""}).text, "2023-09");
  const Record record =
      one("<Journal><JournalIssue><PubDate><MedlineDate>1998 Dec-1999 "
          "Jan</MedlineDate></PubDate></JournalIssue></Journal>");
  EXPECT_EQ(text(record, "year"), "1998");
  const Value date = values(record, "date")[0];
  EXPECT_EQ(date.text, "1998-12");
  EXPECT_EQ(date.get(Attribute::to), "1999-01");
  EXPECT_EQ(date.get(Attribute::printed), "1998 Dec-1999 Jan");
  const Record season = one(
      "<Journal><JournalIssue><PubDate><Year>2001</Year><Season>Summer</Season></PubDate></JournalIssue></Journal>");
  EXPECT_EQ(values(season, "date")[0].text, "2001");
  EXPECT_EQ(values(season, "date")[0].get(Attribute::printed), "2001 Summer");
}

TEST(Pubmed, Subjects) {
  const Record record = one(
      "<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>"
      "NCT00000001</AccessionNumber></AccessionNumberList></DataBank></DataBankList>"
      "<GrantList><Grant><GrantID>R01 X</GrantID><Acronym>CA</Acronym><Agency>Agency of "
      "Examples</Agency><Country>France"
      "</Country></Grant><Grant><Agency>Nameless</Agency></Grant></GrantList>"
      "<PublicationTypeList><PublicationType UI=\"D016428\">Journal Article</PublicationType></PublicationTypeList>",
      "<ChemicalList><Chemical><RegistryNumber>50-00-0</RegistryNumber><NameOfSubstance UI=\"D005557\">Formaldehyde"
      "</NameOfSubstance></Chemical><Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance UI=\"C1\">Thing"
      "</NameOfSubstance></Chemical></ChemicalList><SupplMeshList><SupplMeshName Type=\"Disease\" UI=\"C535\">Rare"
      "</SupplMeshName></SupplMeshList><GeneSymbolList><GeneSymbol>p53</GeneSymbol></GeneSymbolList><MeshHeadingList>"
      "<MeshHeading><DescriptorName UI=\"D009369\" MajorTopicYN=\"N\">Neoplasms</DescriptorName>"
      "<QualifierName UI=\"Q000235\" MajorTopicYN=\"Y\">genetics</QualifierName>"
      "<QualifierName MajorTopicYN='N' UI='Q000628'>therapy</QualifierName></MeshHeading>"
      "<MeshHeading><DescriptorName UI=\"D006801\" MajorTopicYN=\"N\">Humans</DescriptorName></MeshHeading>"
      "</MeshHeadingList><KeywordList><Keyword MajorTopicYN=\"Y\">one</Keyword><Keyword>two</Keyword></KeywordList>");
  const std::vector<Value> concepts = values(record, "concepts");
  ASSERT_EQ(concepts.size(), 3u);
  EXPECT_EQ(concepts[0].text, "Rare");
  EXPECT_EQ(concepts[0].get(Attribute::type), "disease");
  EXPECT_EQ(concepts[1].text, "Neoplasms");
  EXPECT_EQ(concepts[1].get(Attribute::identifier), "mesh:D009369");
  EXPECT_EQ(concepts[1].get(Attribute::major), "true");
  EXPECT_EQ(all(concepts[1], Attribute::qualifier), (std::vector<std::string>{"*genetics", "therapy"}));
  EXPECT_EQ(all(concepts[1], Attribute::concept_), (std::vector<std::string>{"mesh:Q000235", "mesh:Q000628"}));
  EXPECT_EQ(concepts[2].get(Attribute::major), "");
  EXPECT_EQ(all(values(record, "chemicals")[0], Attribute::identifier),
            (std::vector<std::string>{"cas:50-00-0", "mesh:D005557"}));
  EXPECT_EQ(all(values(record, "chemicals")[1], Attribute::identifier), std::vector<std::string>{"mesh:C1"});
  EXPECT_EQ(text(record, "genes"), "p53");
  EXPECT_EQ(values(record, "keywords").size(), 2u);
  EXPECT_EQ(values(record, "keywords")[0].get(Attribute::major), "true");
  EXPECT_EQ(values(record, "grants")[0].text, "R01 X");
  EXPECT_EQ(values(record, "grants")[0].get(Attribute::agency), "Agency of Examples");
  EXPECT_EQ(values(record, "grants")[0].get(Attribute::country), "France");
  EXPECT_EQ(values(record, "grants")[1].text, "Nameless");
  EXPECT_EQ(text(record, "trials"), "nct:NCT00000001");
  EXPECT_EQ(text(record, "accessions"), "NCT00000001");
  EXPECT_EQ(text(record, "type"), "Journal Article");
}

TEST(Pubmed, CorrectionsAndReferences) {
  const Record record = one(
      "",
      "<CommentsCorrectionsList><CommentsCorrections RefType=\"RetractionIn\"><RefSource>Ann Inv. "
      "2020</RefSource><PMID>7"
      "</PMID><Note>Why</Note></CommentsCorrections><CommentsCorrections RefType=\"ErratumIn\"><RefSource>Ann Inv. 2019"
      "</RefSource></CommentsCorrections><CommentsCorrections RefType=\"SummaryForPatientsIn\"><RefSource>S</RefSource>"
      "<PMID>8</PMID></CommentsCorrections></CommentsCorrectionsList><ReferenceList><Title>R</Title><ReferenceList>"
      "<Reference><Citation>A</Citation><ArticleIdList><ArticleId IdType=\"doi\">10.1000/A</ArticleId>"
      "<ArticleId IdType=\"pubmed\">9</ArticleId></ArticleIdList></Reference></ReferenceList><Reference><Citation>B"
      "</Citation><ArticleIdList><ArticleId IdType=\"doi\">10.1000/B</ArticleId></ArticleIdList></Reference><Reference>"
      "<Citation>C</Citation></Reference></ReferenceList>");
  EXPECT_EQ(text(record, "retracted_by"), "pmid:7");
  EXPECT_EQ(values(record, "retracted_by")[0].get(Attribute::printed), "Ann Inv. 2020");
  EXPECT_EQ(values(record, "retracted_by")[0].get(Attribute::note), "Why");
  EXPECT_EQ(text(record, "corrected_by"), "name:Ann Inv. 2019");
  EXPECT_EQ(text(record, "related"), "pmid:8");
  EXPECT_EQ(values(record, "related")[0].get(Attribute::role), "SummaryForPatientsIn");
  const std::vector<Value> cites = values(record, "cites");
  ASSERT_EQ(cites.size(), 2u);
  EXPECT_EQ(cites[0].text, "pmid:9");
  EXPECT_EQ(cites[1].text, "doi:10.1000/b");
}

TEST(Pubmed, BooksAndDeletions) {
  Outcome out = read(
      "<PubmedBookArticle><BookDocument><PMID>5</PMID><Book><Publisher><PublisherName>House</PublisherName></Publisher>"
      "<BookTitle>The book</BookTitle><PubDate><Year>2001</Year></PubDate><AuthorList "
      "Type=\"editors\"><Author><LastName>"
      "Exemple</LastName></Author></AuthorList></Book><ArticleTitle>The chapter</ArticleTitle><AuthorList><Author>"
      "<LastName>Muster</LastName></Author></AuthorList></BookDocument></PubmedBookArticle>\n"
      "<DeleteCitation><PMID Version=\"1\">6</PMID>\n<PMID Version=\"1\">x</PMID><PMID>7</PMID></DeleteCitation>");
  ASSERT_TRUE(out.result) << out.result.error().message();
  ASSERT_EQ(out.sink.accepted.size(), 3u);
  EXPECT_EQ(text(out.sink.accepted[0], "title"), "The chapter");
  EXPECT_EQ(text(out.sink.accepted[0], "journal"), "The book");
  EXPECT_EQ(text(out.sink.accepted[0], "editors"), "Exemple");
  EXPECT_EQ(text(out.sink.accepted[0], "authors"), "Muster");
  EXPECT_EQ(text(out.sink.accepted[0], "publisher"), "House");
  EXPECT_TRUE(out.sink.accepted[1].deleted);
  EXPECT_EQ(out.sink.accepted[1].key, "6");
  EXPECT_EQ(out.sink.accepted[2].key, "7");
  ASSERT_EQ(out.sink.rejected.size(), 1u);
  EXPECT_EQ(out.sink.rejected[0].field, "pmid");
  EXPECT_EQ(out.sink.rejected[0].place.line, 3);
  EXPECT_EQ(out.sink.rejected[0].place.record, 3);
}

TEST(Pubmed, WithoutAPmidNothingGoesIn) {
  Outcome out =
      read(in_set(article("<ArticleTitle>A</ArticleTitle>", "12x") + article("<ArticleTitle>B</ArticleTitle>", "") +
                  article("<ArticleTitle>C</ArticleTitle>", "3") + "<PubmedArticle/>"));
  ASSERT_TRUE(out.result);
  EXPECT_EQ(out.sink.accepted.size(), 1u);
  ASSERT_EQ(out.sink.rejected.size(), 3u);
  EXPECT_EQ(out.sink.rejected[0].field, "pmid");
  EXPECT_EQ(out.sink.rejected[0].excerpt, "12x");
  EXPECT_EQ(out.sink.rejected[0].place.line, 4);
  EXPECT_TRUE(out.sink.rejected[1].error.is(errors::missing));
  EXPECT_EQ(out.sink.rejected[1].place.record, 2);
  EXPECT_EQ(out.sink.rejected[1].place.line, 5);
  EXPECT_EQ(out.sink.rejected[2].place.record, 4);
}

TEST(Pubmed, BrokenArticlesAreRejectedAndTheRestGoesIn) {
  const std::string good = article("<ArticleTitle>Good</ArticleTitle>", "1");
  for (const std::string& broken :
       {article("<ArticleTitle>A</Title>", "2"), article("<ArticleTitle>A", "2"),
        std::string("<PubmedArticle><MedlineCitation><PMID>2</PMID>\n"), article("<A b=\"c>d</A>", "2"),
        article("<ArticleTitle>A</ArticleTitle></Article></Article>", "2"),
        article("< ArticleTitle>A</ArticleTitle>", "2"), article("<ArticleTitle<b>A</ArticleTitle<b>", "2")}) {
    Outcome out = read(in_set(good + broken + good));
    EXPECT_TRUE(out.result) << broken;
    EXPECT_EQ(out.sink.accepted.size(), 2u) << broken;
    EXPECT_EQ(out.sink.rejected.size(), 1u) << broken;
    EXPECT_EQ(out.sink.rejected.at(0).place.record, 2) << broken;
    EXPECT_GE(out.sink.rejected.at(0).place.line, 5) << broken;
  }
}

TEST(Pubmed, EntitiesAreNeverExpanded) {
  Outcome out = read(
      "<!DOCTYPE PubmedArticleSet [<!ENTITY lol \"ha]>\"><!-- ' \" ]> --><!ENTITY x SYSTEM 'file:///etc/passwd'>\n"
      "<?pi ]> ?>]>\n<PubmedArticleSet>" +
      article("<ArticleTitle>a &lol; &x; &eacute; &#xD800; &#0; &#99999999999; & b</ArticleTitle>") +
      "</PubmedArticleSet>");
  ASSERT_TRUE(out.result) << out.result.error().message();
  ASSERT_EQ(out.sink.accepted.size(), 1u);
  EXPECT_EQ(text(out.sink.accepted[0], "title"), "a &lol; &x; &eacute; \uFFFD \uFFFD \uFFFD & b");
  ASSERT_EQ(out.sink.notices.size(), 1u);
  EXPECT_TRUE(out.sink.notices[0].error.is(errors::unknown_entity));
  EXPECT_EQ(out.sink.notices[0].excerpt, "&lol;");
  EXPECT_EQ(out.sink.notices[0].place.line, 3);
}

TEST(Pubmed, BytesThatAreNotTextAreReplacedAndSaid) {
  using namespace std::string_literals;
  Outcome out =
      read(in_set(article("<ArticleTitle>a\xE9"
                          "b\xE2\x82<i>c</i>\0d\x01</ArticleTitle>"s)));
  ASSERT_EQ(out.sink.accepted.size(), 1u);
  EXPECT_EQ(text(out.sink.accepted[0], "title"), "a\uFFFDb\uFFFD\uFFFDcd");
  ASSERT_EQ(out.sink.notices.size(), 2u);
  EXPECT_TRUE(out.sink.notices[0].error.is(errors::not_utf8));
  EXPECT_EQ(out.sink.notices[0].place.line, 4);
  EXPECT_TRUE(out.sink.notices[1].error.is(errors::control_characters));
}

TEST(Pubmed, FilesOfOtherKindsAreNamed) {
  const auto error = [](std::string_view xml) {
    Outcome out = read(xml);
    EXPECT_FALSE(out.result) << xml;
    return out.result ? Error(errors::empty) : out.result.error();
  };
  EXPECT_TRUE(error("").is(errors::empty));
  EXPECT_TRUE(error(" \n ").is(errors::empty));
  EXPECT_TRUE(error("<!DOCTYPE html><html><head><title>502 Bad\nGateway</title></head></html>").is(errors::html));
  EXPECT_EQ(error("<HTML><title>502 Bad\nGateway</title></HTML>").args().at(1), "502 Bad Gateway");
  EXPECT_TRUE(error("<?xml version='1.0'?><article><front/></article>").is(errors::other_root));
  EXPECT_EQ(error("<?xml version='1.0'?><!-- <x> --><article><front/></article>").args().at(1), "article");
  EXPECT_TRUE(error("{\"error\": 1}").is(errors::other_format));
  EXPECT_TRUE(error("\xFF\xFE<\0?\0").is(errors::encoding));
  EXPECT_EQ(error("<?xml version='1.0' encoding='ISO-8859-1'?><PubmedArticleSet/>").args().at(1), "ISO-8859-1");
  EXPECT_TRUE(error("<PubmedArticleSet>").is(errors::truncated));
  EXPECT_TRUE(error("<?xml version='1.0'?>").is(errors::truncated));
}

TEST(Pubmed, ATruncatedFileGivesWhatIsWhole) {
  const std::string whole =
      in_set(article("<ArticleTitle>A</ArticleTitle>", "1") + article("<ArticleTitle>B</ArticleTitle>", "2"));
  const size_t first_ends = whole.find("</PubmedArticle>") + 16;
  const size_t second_ends = whole.rfind("</PubmedArticle>") + 16;
  for (size_t size = 60; size < whole.size() - 20; ++size) {
    Outcome out = read(std::string_view(whole).substr(0, size), 7);
    ASSERT_FALSE(out.result) << size;
    ASSERT_TRUE(out.result.error().is(errors::truncated)) << size;
    ASSERT_EQ(out.sink.accepted.size(), size >= second_ends ? 2u : size >= first_ends ? 1u : 0u) << size;
    ASSERT_EQ(out.sink.rejected.size(), 0u) << size;
  }
}

TEST(Pubmed, LimitsHold) {
  Settings small;
  small.largest_record = 4096;
  const std::string good = article("<ArticleTitle>Good</ArticleTitle>", "1");
  for (const size_t piece : {size_t{100}, size_t{1} << 20}) {
    Outcome out =
        read(in_set(good + article("<ArticleTitle>" + std::string(900'000, 'x') + "</ArticleTitle>\n", "2") + good),
             piece, small);
    ASSERT_TRUE(out.result);
    EXPECT_EQ(out.sink.accepted.size(), 2u);
    ASSERT_EQ(out.sink.rejected.size(), 1u);
    EXPECT_TRUE(out.sink.rejected[0].error.is(errors::record_too_large));
    EXPECT_EQ(out.sink.rejected[0].place.line, 5);
    EXPECT_EQ(out.sink.places.at(1).line, 7);
  }
  Outcome value =
      read(in_set(article("<ArticleTitle>" + std::string(2 << 20, 'x') + "</ArticleTitle><Language>eng</Language>")));
  ASSERT_EQ(value.sink.accepted.size(), 1u);
  EXPECT_EQ(text(value.sink.accepted[0], "language"), "en");
  ASSERT_GE(value.sink.notices.size(), 1u);
  EXPECT_TRUE(value.sink.notices[0].error.is(errors::value_too_large));
  EXPECT_EQ(value.sink.notices[0].field, "title");
}

TEST(Pubmed, AMillionLevelsAreTooDeep) {
  std::string deep;
  for (int level = 0; level < 1'000'000; ++level) {
    deep += "<i>";
  }
  const std::string good = article("<ArticleTitle>Good</ArticleTitle>", "1");
  Outcome out = read(in_set(good + article("<ArticleTitle>" + deep + "</ArticleTitle>", "2") + good +
                            article(deep, "3") + deep + good));
  EXPECT_EQ(out.sink.accepted.size(), 3u);
  ASSERT_EQ(out.sink.rejected.size(), 2u);
  EXPECT_TRUE(out.sink.rejected[0].error.is(errors::too_deep));
  EXPECT_TRUE(out.sink.rejected[1].error.is(errors::too_deep));
  EXPECT_TRUE(out.result.error().is(errors::truncated));
}

TEST(Pubmed, AHundredMegabytesInOneField) {
  const std::string good = article("<ArticleTitle>Good</ArticleTitle>", "1");
  Outcome out =
      read(in_set(good + article("<ArticleTitle>" + std::string(100 << 20, 'x') + "</ArticleTitle>", "2") + good));
  ASSERT_TRUE(out.result);
  EXPECT_EQ(out.sink.accepted.size(), 2u);
  ASSERT_EQ(out.sink.rejected.size(), 1u);
  EXPECT_TRUE(out.sink.rejected[0].error.is(errors::record_too_large));
}

TEST(Pubmed, FiveThousandAuthorsWithLongAffiliations) {
  std::string list = "<AuthorList>";
  for (int author = 0; author < 5000; ++author) {
    list += "<Author><LastName>Exemple" + std::to_string(author) +
            "</LastName><ForeName>Camille</ForeName><AffiliationInfo><Affiliation>" + std::string(4000, 'a') +
            std::to_string(author) + "</Affiliation></AffiliationInfo></Author>";
  }
  const Record record = one(list + "</AuthorList>");
  const std::vector<Value> authors = values(record, "authors");
  ASSERT_EQ(authors.size(), 5000u);
  EXPECT_EQ(authors[4999].text, "Camille Exemple4999");
  EXPECT_EQ(authors[4999].get(Attribute::affiliation).size(), 4004u);
  EXPECT_EQ(authors[4999].get(Attribute::order), "5000");
}

}  // namespace
}  // namespace pitchblende::sources

// Vocabularies in each of their forms, right and wrong; and, where they are, as their makers publish them.
#include "sources/vocabularies/vocabularies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "sources/bytes.hpp"
#include "sources/collecting_sink.hpp"

namespace pitchblende::sources {
namespace {

using registry::Kind;
using registry::Record;
using testing::ElementsAre;
using testing::IsEmpty;

using Texts = std::vector<std::string>;

// "text|lang" of each value of a field.
Texts values(const Record& record, std::string_view field) {
  Texts out;
  for (const auto& [id, value] : record.values) {
    if (id == registry::field(Kind::concept_, field)) {
      out.push_back(value.text + (value.lang.empty() ? "" : "|" + value.lang));
    }
  }
  return out;
}

const Record& record(const CollectingSink& sink, std::string_view key) {
  static const Record k_none;
  for (const Record& each : sink.accepted) {
    if (each.key == key) {
      return each;
    }
  }
  ADD_FAILURE() << "no record " << key;
  return k_none;
}

// docs/rules/search.md, 6.2 and 6.3.
TEST(Obo, a_term_is_its_names_and_what_is_above_it) {
  const std::string text =
      "format-version: 1.2\ndata-version: x/2026-01\n\n[Term]\nid: ZZ:0001 ! said again\nname: lymphoma\n"
      "def: \"A cancer\\nof \\\"lymphocytes\\\".\" [xx:1]\n"
      "synonym: \"malignant lymphoma\" EXACT []\nsynonym: \"lymphome\" EXACT [] {lang=\"fr\"}\n"
      "synonym: \"lymphoid disease\" BROAD []\nis_a: ZZ:0000 ! cancer\n\n"
      "[Term]\nid: ZZ:0002\nname: gone\nis_obsolete: true\n\n[Typedef]\nid: part_of\nname: part of\n\n"
      "[Term]\nname: without a number\n\n[Term]\nid: ZZ:0000\nname: cancer\n";
  CollectingSink sink;
  ASSERT_TRUE(read_obo(*memory_bytes(text, 7), "x.obo", sink));
  ASSERT_EQ(sink.accepted.size(), 2U);
  const Record& first = record(sink, "ZZ:0001");
  EXPECT_THAT(values(first, "labels"), ElementsAre("lymphoma|en"));
  EXPECT_THAT(values(first, "synonyms"), ElementsAre("malignant lymphoma|en", "lymphome|fr"));
  EXPECT_THAT(values(first, "definition"), ElementsAre("A cancer of \"lymphocytes\".|en"));
  EXPECT_THAT(values(first, "broader"), ElementsAre("concept:ZZ:0000"));
  EXPECT_THAT(values(first, "scheme"), ElementsAre("ZZ"));
  EXPECT_THAT(values(first, "version"), ElementsAre("x/2026-01"));
  ASSERT_EQ(sink.rejected.size(), 1U);
  EXPECT_EQ(sink.rejected[0].field, "code");
}

TEST(Obo, what_is_no_obo_is_said) {
  CollectingSink sink;
  EXPECT_FALSE(read_obo(*memory_bytes(""), "x.obo", sink));
  EXPECT_FALSE(read_obo(*memory_bytes("\n\n"), "x.obo", sink));
  EXPECT_FALSE(read_obo(*memory_bytes("<html>\n"), "x.obo", sink));
  EXPECT_TRUE(read_obo(*memory_bytes("[Term]\nid: Z:1\nname: \xff\xfe x\nsynonym: \"open EXACT\n"), "x.obo", sink));
  EXPECT_EQ(sink.accepted.size() + sink.rejected.size(), 1U);
}

// Rule 6.2.
TEST(Babelon, translations_stand_beside_their_terms) {
  const std::string labels =
      "subject_id\tsource_language\ttranslation_language\tpredicate_id\tsource_value\ttranslation_status\t"
      "translation_value\nHP:1\ten\tfr\trdfs:label\tAll\tOFFICIAL\tTous\nHP:2\ten\tfr\tIAO:0000115\tx\tO\tUne "
      "définition\nHP:2\ten\tfr\trdfs:label\tHeight\tO\tTaille\nHP:3\ten\tfr\trdfs:label\tx\tO\t\n";
  CollectingSink sink;
  ASSERT_TRUE(read_babelon(*memory_bytes(labels), "x.tsv", sink));
  ASSERT_EQ(sink.accepted.size(), 2U);
  EXPECT_THAT(values(record(sink, "HP:2"), "labels"), ElementsAre("Taille|fr", "Height|en"));
  EXPECT_THAT(values(record(sink, "HP:2"), "definition"), ElementsAre("Une définition|fr"));
  EXPECT_THAT(values(record(sink, "HP:2"), "code"), ElementsAre("HP:2"));

  const std::string synonyms =
      "subject_id\ttranslation_value\tcomment\tStatus\nID\tAL oboInOwl:hasExactSynonym@fr\t\t\nHP:2\tStature\tx\tO\n";
  CollectingSink others;
  ASSERT_TRUE(read_babelon(*memory_bytes(synonyms), "y.tsv", others));
  ASSERT_EQ(others.accepted.size(), 1U);
  EXPECT_THAT(values(others.accepted[0], "synonyms"), ElementsAre("Stature|fr"));
  EXPECT_NE(others.accepted[0].key, "HP:2") << "two files of one run may not tell one record twice";
  CollectingSink none;
  EXPECT_FALSE(read_babelon(*memory_bytes("a\tb\n1\t2\n"), "z.tsv", none));
}

TEST(Mesh, tables_ascii_and_xml_say_the_same) {
  const std::string table =
      "\xEF\xBB\xBFTree Number\tDesc Ui\tTerm\r\nC04\tD1\tNeoplasms\r\nC04.1\tD2\tLymphoma\r\nC15.1\tD2\tLymphoma\r\n"
      "C15\tD3\tHemic Diseases\r\n";
  const std::string ascii =
      "*NEWRECORD\nRECTYPE = D\nMH = Neoplasms\nMN = C04\nUI = D1\n\n*NEWRECORD\nMH = Lymphoma\n"
      "ENTRY = Lymphomas, Malignant|T047|NON\nMN = C04.1\nMN = C15.1\nMS = A tumour.\nUI = D2\n\n"
      "*NEWRECORD\nMH = Hemic Diseases\nMN = C15\nUI = D3\n";
  const std::string xml =
      "<?xml version=\"1.0\"?><DescriptorRecordSet><DescriptorRecord><DescriptorUI>D1</DescriptorUI><DescriptorName>"
      "<String>Neoplasms</String></DescriptorName><TreeNumberList><TreeNumber>C04</TreeNumber></TreeNumberList>"
      "</DescriptorRecord><DescriptorRecord><DescriptorUI>D2</DescriptorUI><DescriptorName><String>Lymphoma</String>"
      "</DescriptorName><TreeNumberList><TreeNumber>C04.1</TreeNumber><TreeNumber>C15.1</TreeNumber></TreeNumberList>"
      "<ConceptList><Concept PreferredConceptYN=\"Y\"><ScopeNote>A tumour.</ScopeNote><TermList><Term><String>Lymphoma"
      "</String></Term><Term><String>Malignant Lymphoma</String></Term></TermList></Concept></ConceptList>"
      "</DescriptorRecord><DescriptorRecord><DescriptorUI>D3</DescriptorUI><DescriptorName><String>Hemic "
      "Diseases</String></DescriptorName><TreeNumberList><TreeNumber>C15</TreeNumber></TreeNumberList>"
      "</DescriptorRecord></DescriptorRecordSet>";
  for (const std::string& text : {table, ascii, xml}) {
    CollectingSink sink;
    ASSERT_TRUE(read_mesh(*memory_bytes(text), "mesh", {}, sink)) << text;
    ASSERT_EQ(sink.accepted.size(), 3U) << text;
    EXPECT_THAT(values(record(sink, "D2"), "labels"), ElementsAre("Lymphoma|en"));
    EXPECT_THAT(values(record(sink, "D2"), "broader"), ElementsAre("concept:D1", "concept:D3"));
    EXPECT_THAT(values(record(sink, "D2"), "scheme"), ElementsAre("MeSH"));
    EXPECT_THAT(sink.rejected, IsEmpty());
  }
  CollectingSink sink;
  ASSERT_TRUE(read_mesh(*memory_bytes(xml), "mesh", {}, sink));
  EXPECT_THAT(values(record(sink, "D2"), "synonyms"), ElementsAre("Malignant Lymphoma|en"));
  EXPECT_FALSE(read_mesh(*memory_bytes(""), "mesh", {}, sink));
  EXPECT_FALSE(read_mesh(*memory_bytes("a,b,c\n"), "mesh", {}, sink));
}

TEST(Oncotree, a_tree_and_a_list) {
  const std::string tree =
      R"({"TISSUE":{"code":"TISSUE","name":"Tissue","children":{"LYMPH":{"code":"LYMPH","name":"Lymphoid","children":)"
      R"({"AML":{"code":"AML","name":"Acute Myeloid Leukemia, NOS","children":{}}}}}}})";
  CollectingSink sink;
  ASSERT_TRUE(read_oncotree(*memory_bytes(tree), "x.json", sink));
  ASSERT_EQ(sink.accepted.size(), 3U);
  EXPECT_THAT(values(record(sink, "ONCOTREE:AML"), "labels"), ElementsAre("Acute Myeloid Leukemia, NOS|en"));
  EXPECT_THAT(values(record(sink, "ONCOTREE:AML"), "synonyms"), ElementsAre("Acute Myeloid Leukemia|en", "AML"));
  EXPECT_THAT(values(record(sink, "ONCOTREE:AML"), "broader"), ElementsAre("concept:ONCOTREE:LYMPH"));
  CollectingSink list;
  ASSERT_TRUE(read_oncotree(
      *memory_bytes(R"([{"code":"AML","name":"Acute Myeloid Leukemia","parent":"LYMPH"},{"name":"no code"}])"),
      "x.json", list));
  EXPECT_EQ(list.accepted.size(), 1U);
  EXPECT_EQ(list.rejected.size(), 1U);
  CollectingSink none;
  EXPECT_FALSE(read_oncotree(*memory_bytes("{"), "x.json", none));
  EXPECT_FALSE(read_oncotree(*memory_bytes(" "), "x.json", none));
}

TEST(Skos, labels_by_language_and_both_ways_of_saying_what_is_above) {
  const std::string text =
      "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix e: <http://example.org/v/> .\n"
      "e:cancer a skos:Concept ; skos:prefLabel \"cancer\"@en, \"cancer\"@fr ; skos:narrower e:leukaemia .\n"
      "e:lymphoma a skos:Concept ; skos:notation \"L1\" ; skos:prefLabel \"lymphoma\"@en, \"lymphome\"@fr-FR ;\n"
      "  skos:altLabel \"tumeur \\\"lymphoïde\\\"\"@fr ; skos:broader e:cancer ; skos:inScheme e:tumours .\n"
      "e:leukaemia skos:prefLabel \"leukaemia\"@en .\n<http://example.org/x> <http://example.org/y> \"z\" .\n";
  CollectingSink sink;
  ASSERT_TRUE(read_skos(*memory_bytes(text), "x.ttl", {}, sink));
  ASSERT_EQ(sink.accepted.size(), 3U);
  EXPECT_THAT(values(record(sink, "L1"), "labels"), ElementsAre("lymphoma|en", "lymphome|fr"));
  EXPECT_THAT(values(record(sink, "L1"), "synonyms"), ElementsAre("tumeur \"lymphoïde\"|fr"));
  EXPECT_THAT(values(record(sink, "L1"), "broader"), ElementsAre("concept:cancer"));
  EXPECT_THAT(values(record(sink, "L1"), "scheme"), ElementsAre("tumours"));
  EXPECT_THAT(values(record(sink, "leukaemia"), "broader"), ElementsAre("concept:cancer"));
  CollectingSink none;
  EXPECT_FALSE(read_skos(*memory_bytes("this is no turtle"), "x.ttl", {}, none));
  EXPECT_FALSE(read_skos(*memory_bytes(""), "x.ttl", {}, none));
}

TEST(Vocabularies, as_their_makers_publish_them) {
  const std::filesystem::path folder = std::filesystem::path(PB_SOURCE_DIR) / "../shared/data/vocabularies";
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << "skipped, no ../shared/data";
  }
  struct Published {
    const char* format;
    const char* file;
    size_t least;
    size_t rejected;
  };
  for (const Published& each : std::initializer_list<Published>{{"obo", "disease/DO_cancer_slim.obo", 400, 0},
                                                                {"obo", "disease/NCIthesaurus.obo", 4000, 0},
                                                                {"obo", "equipment/psi-ms.obo", 3000, 0},
                                                                {"babelon", "hpo-fr/hp-fr.babelon.tsv", 13000, 0},
                                                                {"babelon", "hpo-fr/hp-fr.synonyms.tsv", 5000, 0}}) {
    CollectingSink sink;
    const auto read = (*make_reader(each.format, {}))->read((folder / each.file).string(), sink);
    ASSERT_TRUE(read) << each.file << ": " << read.error().message();
    EXPECT_GE(sink.accepted.size(), each.least) << each.file;
    EXPECT_LE(sink.rejected.size(), each.rejected) << each.file;
    std::set<std::string> keys;
    for (const Record& accepted : sink.accepted) {
      EXPECT_TRUE(keys.insert(accepted.key).second) << each.file << " tells " << accepted.key << " twice";
    }
  }
  for (const char* format : {"mesh", "oncotree"}) {
    for (const auto& file : std::filesystem::directory_iterator(folder / format)) {
      CollectingSink sink;
      const auto read = (*make_reader(format, {}))->read(file.path().string(), sink);
      ASSERT_TRUE(read) << file.path() << ": " << read.error().message();
      EXPECT_GE(sink.accepted.size(), 800U) << file.path();
      EXPECT_THAT(sink.rejected, IsEmpty()) << file.path();
    }
  }
}

}  // namespace
}  // namespace pitchblende::sources

// The grammar (docs/rules/search.md, 1 to 4): what is typed as a tree, what cannot be parsed, and back again.
#include "search/query/query_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.hpp"
#include "search/query/query_fields.hpp"
#include "search/query/query_form.hpp"
#include "search/random_documents_fixture.hpp"

namespace pitchblende::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The tree with all its parentheses: &(a |(b c) !(d)).
std::string shown(const QueryNode& node) {
  if (node.type == NodeType::leaf) {
    const std::string field = node.field.empty() ? "" : node.field + ":";
    switch (node.form) {
      case LeafForm::words:
        return field + node.text;
      case LeafForm::phrase:
        return field + "'" + node.text + "'";
      case LeafForm::prefix:
        return field + node.text + "*";
      case LeafForm::range:
        return field + "[" + node.text + "]";
    }
  }
  std::string out = node.type == NodeType::all ? "&(" : node.type == NodeType::any ? "|(" : "!(";
  for (const QueryNode& child : node.children) {
    out += (out.size() > 2 ? " " : "") + shown(child);
  }
  return out + ")";
}

std::string tree(std::string_view typed) { return shown(read_query(typed).root); }

std::vector<std::string> notes(std::string_view typed) {
  std::vector<std::string> out;
  for (const QueryNote& note : read_query(typed).notes) {
    out.push_back(std::string(name(note.reason)) + " " + note.text);
  }
  return out;
}

// Rules 1.1 and 1.2.
TEST(QueryText, words_stand_together_and_operators_in_two_languages) {
  EXPECT_EQ(tree("liver mouse"), "&(liver mouse)");
  EXPECT_EQ(tree("liver AND mouse"), "&(liver mouse)");
  EXPECT_EQ(tree("foie ET souris"), "&(foie souris)");
  EXPECT_EQ(tree("liver OR mouse"), "&(|(liver mouse))");
  EXPECT_EQ(tree("foie OU souris SAUF rat"), "&(|(foie &(souris !(rat))))");
  EXPECT_EQ(tree("a1 b1 OR c1 d1"), "&(|(&(a1 b1) &(c1 d1)))");
  EXPECT_EQ(tree("(a1 OR b1) c1"), "&(|(a1 b1) c1)");
  EXPECT_EQ(tree("NOT (a1 OR b1)"), "&(!(|(a1 b1)))");
  EXPECT_EQ(tree("NOT NOT a1"), "&(a1)");
  EXPECT_EQ(tree("-a1 - b1"), "&(!(a1) b1)");
  EXPECT_EQ(tree("et ou or and"), "&(et ou or and)");
  EXPECT_THAT(notes("(a1 OR b1) -c1"), IsEmpty());
}

// Rules 1.4 to 1.7.
TEST(QueryText, phrases_prefixes_and_values_of_fields) {
  EXPECT_EQ(tree("\"breast cancer\" x1"), "&('breast cancer' x1)");
  EXPECT_EQ(tree("« cancer du sein »"), "&('cancer du sein')");
  EXPECT_EQ(tree("“breast cancer”"), "&('breast cancer')");
  EXPECT_EQ(tree("immun*"), "&(immun*)");
  EXPECT_EQ(tree("titre:lymphome"), "&(title:lymphome)");
  EXPECT_EQ(tree("title:\"breast cancer\""), "&(title:'breast cancer')");
  EXPECT_EQ(tree("title:(a1 OR author:b1)"), "&(|(title:a1 author:b1))");
  EXPECT_EQ(tree("année:2019..2023"), "&(year:[2019..2023])");
  EXPECT_EQ(tree("year:2019.."), "&(year:[2019..])");
  EXPECT_EQ(tree("year:(2019 OR 2021)"), "&(|(year:[2019] year:[2021]))");
  EXPECT_EQ(tree("type:équipe chez:Curie"), "&(type:équipe at:Curie)");
  EXPECT_EQ(tree("doi:10.1000/x1"), "&(doi:10.1000/x1)");
  EXPECT_EQ(tree("poly(A) (p53(-/-))"), "&(poly(A) p53(-/-))");
}

// Rules 3.1 and 3.2.
TEST(QueryText, what_cannot_be_parsed_is_words_and_said) {
  EXPECT_EQ(tree("a1 \"lost quote"), "&(a1 lost quote)");
  EXPECT_THAT(notes("a1 \"lost"), ElementsAre("unclosed_quote \"lost"));
  EXPECT_EQ(tree("(a1 OR b1"), "&(|(a1 b1))");
  EXPECT_THAT(notes("(a1"), ElementsAre("unclosed_parenthesis ("));
  EXPECT_EQ(tree("a1) b1"), "&(a1 b1)");
  EXPECT_THAT(notes("a1)"), ElementsAre("unopened_parenthesis )"));
  EXPECT_THAT(notes("() a1"), ElementsAre("empty_parentheses ("));
  EXPECT_EQ(tree("OR a1"), "&(or a1)");
  EXPECT_EQ(tree("a1 AND"), "&(a1 and)");
  EXPECT_THAT(notes("a1 SAUF"), ElementsAre("stray_operator SAUF"));
  EXPECT_EQ(tree("foo:bar"), "&(foo:bar)");
  EXPECT_THAT(notes("foo:bar"), ElementsAre("unknown_field foo"));
  EXPECT_EQ(tree("year: 2020"), "&(year 2020)");
  EXPECT_EQ(tree("year:soon"), "&(soon)");
  EXPECT_THAT(notes("year:soon"), ElementsAre("not_a_range year:soon"));
  EXPECT_EQ(tree("year:2023..2019"), "&(year:[2019..2023])");
  EXPECT_THAT(notes("year:2023..2019"), ElementsAre("reversed_range year:2023..2019"));
  EXPECT_THAT(notes("Année:bientôt"), ElementsAre("not_a_range Année:bientôt")) << "as it was typed";
  EXPECT_THAT(notes("année:(2019 OU \"un jour\")"), ElementsAre("not_a_range année:un jour"));
  EXPECT_THAT(notes("année:2023..2019"), ElementsAre("reversed_range année:2023..2019"));
  EXPECT_THAT(notes("i*"), ElementsAre("short_prefix i*"));
  EXPECT_THAT(notes("?!"), ElementsAre("no_word ?!"));
  EXPECT_THAT(notes("  "), IsEmpty());
}

// What is no character of a text goes before anything is read: what is written again reads as the same tree.
TEST(QueryText, control_characters_part_nothing_and_hide_nothing) {
  EXPECT_EQ(tree("a1 \x11-b1"), "&(a1 !(b1))");
  EXPECT_EQ(tree("immun*\x01"), "&(immun*)");
  EXPECT_EQ(tree("a1\r\n\fb1"), "&(a1 b1)");
}

// Rule 3.3.
TEST(QueryText, limits_are_said) {
  const std::string deep = std::string(40, '(') + "a1" + std::string(40, ')');
  EXPECT_EQ(tree(deep), "&(a1)");
  EXPECT_THAT(notes(deep), ElementsAre("too_deep ("));
  std::string many;
  for (int i = 0; i < 34; ++i) {
    many += "w" + std::to_string(i) + " ";
  }
  EXPECT_EQ(read_query(many).root.children.size(), k_most_leaves);
  EXPECT_THAT(notes(many), ElementsAre("too_many w32", "too_many w33"));
  many.resize(many.find("w32"));
  EXPECT_EQ(read_query("OR " + many).root.children.size(), k_most_leaves);
  EXPECT_THAT(notes("OR " + many), ElementsAre("too_many OR"));
  EXPECT_THAT(notes(std::string(1020, 'a') + " éééé"), ElementsAre("too_long ééé"));
}

// Rules 1.2 and 2.1.
TEST(QueryText, is_written_in_either_language) {
  const QueryNode root = read_query("(lymphoma OR leukaemia) title:cell -mouse year:2019..2023 kind:team").root;
  EXPECT_EQ(write_query(root, QueryLanguage::french),
            "(lymphoma OU leukaemia) titre:cell SAUF mouse année:2019..2023 kind:team");
  EXPECT_EQ(write_query(root, QueryLanguage::english),
            "(lymphoma OR leukaemia) title:cell NOT mouse year:2019..2023 kind:team");
}

// Rules 2.1 to 2.3.
TEST(QueryText, every_field_has_its_names) {
  for (const QueryField& field : query_fields()) {
    ASSERT_NE(find_query_field(field.name), nullptr) << field.name;
    EXPECT_EQ(find_query_field(field.name)->name, field.name);
    ASSERT_NE(find_query_field(field.french), nullptr) << field.french;
  }
  EXPECT_EQ(find_query_field("Année")->name, "year");
  EXPECT_EQ(find_query_field("pmid")->name, "pmid");
  EXPECT_EQ(find_query_field("telephone"), nullptr);
  EXPECT_EQ(kind_by_word("Équipes"), registry::Kind::team);
  EXPECT_EQ(kind_by_word("people"), registry::Kind::person);
  EXPECT_EQ(kind_by_word("nothing"), std::nullopt);
}

std::vector<std::string> parts(const QueryNode& root) {
  std::vector<std::string> out;
  for (const QueryNode& child : root.children) {
    out.push_back(shown(child));
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Rule 4.4.
RC_GTEST_PROP(QueryText, what_is_written_reads_as_the_same_tree, (uint32_t seed)) {
  RandomDocuments random(seed);
  for (int i = 0; i < 50; ++i) {
    const QueryNode root = read_query(random.written(4)).root;
    for (const QueryLanguage language : {QueryLanguage::english, QueryLanguage::french}) {
      const std::string text = write_query(root, language);
      if (text.size() <= 1024) {
        RC_ASSERT(shown(read_query(text).root) == shown(root));
      }
    }
  }
}

// The advanced form holds whatever query: what it has no field for stands in the last one.
// Rule 4.4.
RC_GTEST_PROP(QueryForm, has_all_of_a_query, (uint32_t seed)) {
  RandomDocuments random(seed);
  for (int i = 0; i < 50; ++i) {
    const QueryNode root = read_query(random.written(4)).root;
    const QueryForm form = read_form(root, QueryLanguage::french);
    if (form.rest.size() <= 1024) {
      RC_ASSERT(parts(form_tree(form)) == parts(root));
    }
  }
}

TEST(QueryForm, reads_and_builds_the_same_query) {
  const std::string typed =
      "cellules \"cancer du sein\" (souris OU rat) SAUF homme type:person titre:CAR-T auteur:Exemple "
      "chez:\"Institut Curie\" sujet:lymphome année:2019..2023 ouvert:access immun*";
  const QueryForm form = read_form(read_query("kind:person " + typed).root, QueryLanguage::french);
  EXPECT_EQ(form.words, "cellules");
  EXPECT_EQ(form.phrase, "cancer du sein");
  EXPECT_EQ(form.any, "souris rat");
  EXPECT_EQ(form.none, "homme");
  EXPECT_EQ(form.kind, "person");
  EXPECT_EQ(form.title, "CAR-T");
  EXPECT_EQ(form.author, "Exemple");
  EXPECT_EQ(form.at, "Institut Curie");
  EXPECT_EQ(form.topic, "lymphome");
  EXPECT_EQ(form.year_from, "2019");
  EXPECT_EQ(form.year_to, "2023");
  EXPECT_EQ(form.open, "access");
  EXPECT_EQ(form.rest, "type:person immun*");
  EXPECT_EQ(parts(form_tree(form)), parts(read_query("kind:person " + typed).root));
}

TEST(QueryForm, what_is_typed_into_a_field_is_words_there) {
  QueryForm form;
  form.words = "a1 OR \"b1 year:2020 c1* (d1";
  form.phrase = "x \"y\" z";
  form.year_from = "2023";
  form.year_to = "2019";
  EXPECT_EQ(write_query(form_tree(form), QueryLanguage::english),
            "a1 \"OR\" \"b1\" \"year:2020\" \"c1*\" \"(d1\" \"x y z\" year:2019..2023");
}

RC_GTEST_PROP(QueryText, any_bytes_are_a_query, (const std::string& bytes)) {
  const ReadQuery read = read_query(bytes);
  RC_ASSERT(read.root.type == NodeType::all);
  RC_ASSERT(is_valid_utf8(write_query(read.root, QueryLanguage::french)));
}

}  // namespace
}  // namespace pitchblende::search

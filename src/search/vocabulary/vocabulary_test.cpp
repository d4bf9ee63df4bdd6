// Translation, topics, names, suggestions and experts (docs/rules/search.md, 2, 5, 7 and 8) on a few documents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "search/search.hpp"
#include "search/segment.hpp"

namespace pitchblende::search {
namespace {

using access::Viewer;
using access::Visibility;
using registry::Kind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class VocabularyTest : public testing::Test {
 protected:
  Document& make(uint64_t id, Kind kind, const std::string& title) {
    Document& document = m_documents.emplace_back();
    document.id = Id(id);
    document.kind = kind;
    document.title = title;
    document.texts.push_back({title, "en", 8, {}, {}, kind == Kind::publication ? "title" : "names"});
    return document;
  }
  // Names parted by bars, the first one preferred; "fr:" before French ones.
  void concept_of(uint64_t id, const std::vector<std::string>& names, std::optional<uint64_t> broader = {},
                  Visibility visibility = Visibility::everyone) {
    Document& document = m_documents.emplace_back();
    document.id = Id(id);
    document.kind = Kind::concept_;
    document.title = names.front();
    document.visibility = visibility;
    for (const std::string& name : names) {
      const bool french = name.starts_with("fr:");
      document.texts.push_back({french ? name.substr(3) : name,
                                french ? "fr" : "en",
                                8,
                                {},
                                {},
                                &name == &names[0] ? "labels" : "synonyms"});
    }
    if (broader) {
      document.facets.push_back({Facet::broader, Id(*broader).text(), {}});
    }
  }
  void commit() {
    for (Document& document : m_documents) {
      m_index->put(std::move(document));
    }
    m_documents.clear();
    m_index->commit();
  }
  Answer answer(const std::string& words, const Viewer& viewer = Viewer::visitor(),
                Translation translation = Translation::by_vocabulary) {
    Query query;
    query.words = words;
    query.size = 100;
    query.translation = translation;
    query.today = "2026-11-27";
    return m_index->search(query, viewer);
  }
  std::vector<uint64_t> found(const std::string& words, Translation translation = Translation::by_vocabulary) {
    std::vector<uint64_t> ids;
    for (const Hit& hit : answer(words + " -kind:concept", Viewer::visitor(), translation).hits) {
      ids.push_back(hit.id.bits());
    }
    return ids;
  }
  std::vector<std::string> suggested(const std::string& typed, const std::string& language = "fr") {
    std::vector<std::string> out;
    for (const Suggestion& each : m_index->suggest(typed, language, 8)) {
      out.push_back(each.text);
    }
    return out;
  }

  std::vector<Document> m_documents;
  std::unique_ptr<Index> m_index = Index::create("unused");
};

// docs/rules/search.md, rule 6.5.
TEST_F(VocabularyTest, topics_are_called_as_the_reader_calls_them) {
  Document& document = m_documents.emplace_back();
  document.id = Id(1);
  document.kind = Kind::concept_;
  document.title = "Killer Cells, Natural";
  document.texts = {{"Killer Cells, Natural", "en", 8, {}, {}, "labels"},
                    {"NK cells", "en", 8, {}, {}, "synonyms"},
                    {"Cellules tueuses naturelles", "fr", 8, {}, {}, "labels"}};
  concept_of(2, {"Liver"});
  commit();
  EXPECT_EQ(m_index->topic_in("Killer Cells, Natural", Language::french), "Cellules tueuses naturelles");
  EXPECT_EQ(m_index->topic_in("NK cells", Language::french), "Cellules tueuses naturelles");
  EXPECT_EQ(m_index->topic_in("Cellules tueuses naturelles", Language::english), "Killer Cells, Natural");
  EXPECT_EQ(m_index->topic_in("Liver", Language::french), "Liver");  // no word in French
  EXPECT_EQ(m_index->topic_in("Skin", Language::french), "Skin");
}

// Rules 5.1, 5.2 and 5.4.
TEST_F(VocabularyTest, a_query_in_one_language_finds_the_other) {
  concept_of(100, {"breast cancer", "breast neoplasms", "fr:cancer du sein", "fr:tumeur du sein"});
  make(1, Kind::publication, "Imaging of breast cancer");
  make(2, Kind::publication, "Imagerie du cancer du sein");
  make(3, Kind::publication, "Breast neoplasms in mice");
  make(4, Kind::publication, "Cancer of the skin");
  commit();
  EXPECT_THAT(found("cancer du sein"), UnorderedElementsAre(1, 2, 3));
  EXPECT_EQ(found("cancers du sein").front(), 2U) << "the typed words come first";
  EXPECT_THAT(found("breast cancers"), UnorderedElementsAre(1, 2, 3));
  EXPECT_THAT(found("cancer du sein imaging"), ElementsAre(1));
  EXPECT_THAT(found("(cancer du sein OR skin) -mice"), UnorderedElementsAre(1, 2, 4));
  EXPECT_THAT(found("\"cancer du sein\""), ElementsAre(2));
  EXPECT_THAT(found("cancer du sein", Translation::none), ElementsAre(2));
  const Answer said = answer("cancer du sein");
  ASSERT_EQ(said.translated.size(), 1U);
  EXPECT_EQ(said.translated[0].words, "cancer sein");
  EXPECT_THAT(said.translated[0].also, ElementsAre("breast cancer", "breast neoplasms", "tumeur du sein"));
}

// When nothing has all of what was typed, a word of it is enough; of another name all of it must be there.
TEST_F(VocabularyTest, a_word_of_another_name_alone_is_not_the_name) {
  concept_of(100, {"glioblastoma", "fr:tumeur du cerveau"});
  make(1, Kind::publication, "Glioblastoma in children");
  make(2, Kind::publication, "Tumeur du cerveau chez l'enfant");
  make(3, Kind::publication, "Tumeur du foie");
  commit();
  EXPECT_THAT(found("glioblastoma absent"), UnorderedElementsAre(1, 2));
  EXPECT_TRUE(answer("glioblastoma absent").relaxed);
}

TEST_F(VocabularyTest, what_was_found_by_another_name_is_marked) {
  concept_of(100, {"lymphoma", "fr:lymphome"});
  Document& document = make(1, Kind::publication, "A study");
  document.texts.push_back({"Of follicular lymphoma in adults", "en", 2, {}, {}, "abstract"});
  commit();
  const Answer said = answer("lymphome kind:publication");
  ASSERT_EQ(said.hits.size(), 1U);
  ASSERT_EQ(said.hits[0].marks.size(), 1U);
  const auto [begin, end] = said.hits[0].marks[0];
  EXPECT_EQ(said.hits[0].snippet.substr(begin, end - begin), "lymphoma");
}

// Rules 5.5 and 6.4.
TEST_F(VocabularyTest, a_vocabulary_that_goes_or_is_hidden_translates_nothing) {
  concept_of(100, {"lymphoma", "fr:lymphome"});
  concept_of(101, {"leukaemia", "fr:leucémie"}, {}, Visibility::consortium);
  make(1, Kind::publication, "On lymphoma");
  make(2, Kind::publication, "On leukaemia");
  commit();
  EXPECT_THAT(found("lymphome"), ElementsAre(1));
  EXPECT_THAT(found("leucémie"), IsEmpty());
  EXPECT_THAT(answer("leucémie kind:publication", Viewer::everything()).hits, IsEmpty()) << "the same for everybody";
  m_index->remove(Id(100));
  m_index->commit();
  EXPECT_THAT(found("lymphome"), IsEmpty());
}

// Rule 5.3.
TEST_F(VocabularyTest, short_names_and_stop_words_are_not_translated) {
  concept_of(100, {"acute lymphoblastic leukaemia", "ALL", "fr:LA"});
  make(1, Kind::publication, "All of the mice");
  make(2, Kind::publication, "Acute lymphoblastic leukaemia");
  commit();
  EXPECT_THAT(found("acute lymphoblastic leukaemia"), ElementsAre(2));
  EXPECT_THAT(answer("acute lymphoblastic leukaemia").translated, IsEmpty());
}

// Rules 2.1 and 4.3.
TEST_F(VocabularyTest, a_topic_is_what_is_narrower_too) {
  concept_of(100, {"Lymphoma", "fr:Lymphome"});
  concept_of(101, {"Lymphoma, Follicular", "fr:Lymphome folliculaire"}, 100);
  concept_of(102, {"Rare follicular thing"}, 101);
  const auto about = [&](uint64_t id, const std::string& topic, Visibility visibility = Visibility::everyone) {
    make(id, Kind::publication, "x").facets.push_back({Facet::concept_, topic, visibility});
  };
  about(1, "Lymphoma, Follicular");
  about(2, "rare follicular thing");
  about(3, "Mice");
  about(4, "Follicular lymphoma");
  about(5, "Lymphoma, Follicular", Visibility::consortium);
  commit();
  EXPECT_THAT(found("sujet:lymphome"), UnorderedElementsAre(1, 2, 4));
  EXPECT_THAT(found("topic:\"lymphome folliculaire\""), UnorderedElementsAre(1, 2, 4));
  EXPECT_THAT(found("topic:mice"), ElementsAre(3));
  EXPECT_THAT(found("-topic:lymphoma"), UnorderedElementsAre(3, 5)) << "a value that he may not see is not told by NOT";
  ASSERT_EQ(answer("topic:mice").notes.size(), 1U);
  EXPECT_EQ(answer("topic:mice").notes[0].reason, QueryNote::Reason::unknown_topic);
}

// Rule 2.1: what topic: finds does not depend on the language of the word, nor on its ending.
TEST_F(VocabularyTest, a_topic_is_found_by_any_of_its_names) {
  concept_of(100, {"Lymphoma", "fr:Lymphome"});
  concept_of(101, {"lymphoma", "malignant lymphoma"});  // of another vocabulary
  const auto about = [&](uint64_t id, const std::string& topic) {
    make(id, Kind::publication, "x").facets.push_back({Facet::concept_, topic, {}});
  };
  about(1, "Lymphoma, B-Cell");
  about(2, "Lymphome");
  about(3, "LYMPHOME B");
  about(4, "Malignant lymphoma");
  about(5, "Chromatin");
  about(6, "chromatine active");
  about(7, "Melanoma");
  commit();
  for (const std::string word : {"lymphoma", "lymphome", "lymphomes", "\"malignant lymphoma\""}) {
    EXPECT_THAT(found("topic:" + word), UnorderedElementsAre(1, 2, 3, 4)) << word;
  }
  for (const std::string word : {"chromatin", "chromatine", "chromatines"}) {
    EXPECT_THAT(found("sujet:" + word), UnorderedElementsAre(5, 6)) << word << ": no vocabulary knows it";
  }
}

// Rules 2.1, 2.4 and 4.3.
TEST_F(VocabularyTest, names_of_institutions_stand_for_all_below) {
  make(1, Kind::organisation, "Institut Curie").facets.push_back({Facet::institution, Id(1).text(), {}});
  Document& team = make(2, Kind::team, "Team of cells");
  team.facets.push_back({Facet::institution, Id(1).text(), {}});
  team.facets.push_back({Facet::institution, Id(2).text(), {}});
  make(3, Kind::publication, "Paper").facets.push_back({Facet::institution, Id(1).text(), {}});
  Document& curie = make(4, Kind::publication, "Marie Curie, a life");
  curie.facets.push_back({Facet::year, "2021", {}});
  Document& hidden = make(5, Kind::organisation, "Hidden House");
  hidden.visibility = Visibility::consortium;
  make(6, Kind::publication, "Of the house").facets.push_back({Facet::institution, Id(5).text(), {}});
  commit();
  EXPECT_THAT(found("at:curie"), UnorderedElementsAre(1, 2, 3));
  EXPECT_THAT(found("chez:\"institut curie\" type:publications"), ElementsAre(3));
  EXPECT_THAT(found("at:" + Id(2).text()), ElementsAre(2));
  EXPECT_THAT(found("at:cells"), ElementsAre(2));
  EXPECT_THAT(found("at:hidden"), IsEmpty()) << "a name that he may not know names nothing";
  EXPECT_THAT(answer("at:hidden", Viewer::everything()).hits, testing::SizeIs(1));
  EXPECT_EQ(answer("at:hidden").notes[0].reason, QueryNote::Reason::unknown_name);
  EXPECT_THAT(found("year:2020..2022"), ElementsAre(4));
  EXPECT_THAT(found("title:curie"), ElementsAre(4));
  EXPECT_THAT(found("name:curie"), UnorderedElementsAre(1, 4));
}

// Rules 1.4 and 1.5.
TEST_F(VocabularyTest, phrases_are_exact) {
  make(1, Kind::publication, "The breast cancers of mice");
  make(2, Kind::publication, "Breast, cancer");
  make(3, Kind::publication, "Cancer of the breast");
  Document& two = make(4, Kind::publication, "Of the breast");
  two.texts.push_back({"Cancer it is", "en", 1, {}, {}, "abstract"});
  Document& hidden = make(5, Kind::publication, "A breast and a cancer");
  hidden.texts.push_back({"breast cancer", "en", 1, Visibility::consortium, TextPart::text, "abstract"});
  make(6, Kind::publication, "CAR-T cells and IL-2");
  commit();
  EXPECT_THAT(found("\"breast cancer\""), ElementsAre(2));
  EXPECT_THAT(found("\"breast cancers\""), ElementsAre(1));
  EXPECT_THAT(found("\"car t cells\""), ElementsAre(6));
  EXPECT_THAT(found("\"IL2\""), ElementsAre(6));
  EXPECT_THAT(found("immunit*"), IsEmpty());
  EXPECT_THAT(found("canc* -breast"), IsEmpty());
  EXPECT_THAT(found("title:canc*"), UnorderedElementsAre(1, 2, 3, 5));
}

// Rule 2.1.
TEST_F(VocabularyTest, open_calls_are_those_that_have_not_closed) {
  make(1, Kind::call, "Past").facets.push_back({Facet::closes, "2026-11-26", {}});
  make(2, Kind::call, "Today").facets.push_back({Facet::closes, "2026-11-27", {}});
  make(3, Kind::call, "This month").facets.push_back({Facet::closes, "2026-11", {}});
  make(4, Kind::publication, "Free").facets.push_back({Facet::open_access, "gold", {}});
  make(5, Kind::publication, "Not").facets.push_back({Facet::open_access, "closed", {}});
  make(6, Kind::platform, "For all").facets.push_back({Facet::open_to, "company", {}});
  commit();
  EXPECT_THAT(found("open:call"), UnorderedElementsAre(2, 3));
  EXPECT_THAT(found("ouvert:accès"), ElementsAre(4));
  EXPECT_THAT(found("ouvert:entreprises"), ElementsAre(6));
  EXPECT_THAT(found("open:yes"), UnorderedElementsAre(2, 3, 4));
  Query dayless;
  dayless.words = "open:call";
  EXPECT_EQ(m_index->search(dayless, Viewer::visitor()).count, 0u) << "without a day none is open";
}

TEST_F(VocabularyTest, codes_are_asked_for_as_the_site_calls_them) {
  make(1, Kind::organisation, "First").facets.push_back({Facet::type, "company", {}});
  make(2, Kind::organisation, "Second").facets.push_back({Facet::type, "hospital", {}});
  make(3, Kind::organisation, "Third").facets.push_back({Facet::role, "founder", {}});
  make(4, Kind::person, "Fourth").facets.push_back({Facet::position, "professor", {}});
  make(5, Kind::group, "Fifth").facets.push_back({Facet::type, "governing_body", {}});
  Document& small = make(6, Kind::organisation, "Sixth");
  small.facets = {{Facet::size, "ETI", {}}, {Facet::cluster, "Grappe Nord", {}}};
  commit();
  for (const char* typed : {"type:company", "type:entreprise", "kind:company", "kind:entreprise"}) {
    EXPECT_THAT(found(typed), ElementsAre(1)) << typed;
  }
  EXPECT_THAT(found("type:hôpital"), ElementsAre(2));
  EXPECT_THAT(found("type:organisme"), UnorderedElementsAre(1, 2, 3, 6));
  EXPECT_THAT(found("rôle:fondateur"), ElementsAre(3));
  EXPECT_THAT(found("role:founder"), ElementsAre(3));
  EXPECT_THAT(found("fonction:professeur"), ElementsAre(4));
  EXPECT_THAT(found("type:\"governing body\""), ElementsAre(5));
  for (const char* typed : {"kind:\"key area\"", "kind:\"axe clé\"", "type:axe"}) {
    EXPECT_THAT(found(typed), ElementsAre(5)) << typed;
  }
  EXPECT_THAT(found("size:ETI"), ElementsAre(6));
  EXPECT_THAT(found("taille:eti"), ElementsAre(6));
  EXPECT_THAT(found("cluster:grappe"), ElementsAre(6));
  EXPECT_THAT(found("pôle:\"grappe nord\""), ElementsAre(6));
}

TEST_F(VocabularyTest, a_group_has_what_its_teams_have) {
  Document& group = make(1, Kind::group, "Area of light");
  group.facets = {{Facet::group, Id(1).text(), {}},
                  {Facet::member, Id(2).text(), {}},
                  {Facet::member, Id(3).text(), Visibility::consortium}};
  make(4, Kind::publication, "Of the one").facets.push_back({Facet::institution, Id(2).text(), {}});
  make(5, Kind::publication, "Of the other").facets.push_back({Facet::institution, Id(3).text(), {}});
  make(6, Kind::project, "Of the area").facets.push_back({Facet::group, Id(1).text(), {}});
  make(7, Kind::publication, "Of nobody");
  commit();
  EXPECT_THAT(found("group:" + Id(1).text()), UnorderedElementsAre(1, 4, 6));
  EXPECT_THAT(found("axe:light kind:publication"), ElementsAre(4));
  EXPECT_EQ(answer("group:light kind:publication", Viewer::everything()).count, 2u) << "who may know of the team";
}

// Rules 7.1 and 7.2.
// Rule 6.6.
TEST_F(VocabularyTest, values_of_one_topic_are_one_value) {
  concept_of(1, {"Lymphoma", "Lymphomas, malignant", "fr:Lymphome"});
  concept_of(2, {"Mercury", "Quicksilver"});
  concept_of(3, {"Mercury"});  // the planet: no name of its own
  const auto about = [&](uint64_t id, const std::vector<std::string>& values, Visibility visibility = {}) {
    Document& document = make(id, Kind::publication, "Paper");
    for (const std::string& value : values) {
      document.facets.push_back({Facet::concept_, value, visibility});
    }
  };
  about(10, {"Lymphoma"});
  about(11, {"lymphome", "Lymphomas"});
  commit();
  about(12, {"Lymphome", "Lymphoma", "Skin"});
  about(13, {"Mercury"});
  about(14, {"Quicksilver"});
  about(15, {"malignant lymphomas"}, Visibility::consortium);
  make(16, Kind::publication, "Paper").facets = {{Facet::concept_, "Lymphoma", {}},
                                                 {Facet::concept_, "Lymphome", Visibility::consortium}};
  commit();
  using Counts = std::map<std::string, uint32_t>;
  const auto counts = [&](const Viewer& viewer, std::vector<Filter> filters = {}) {
    Query query;
    query.filters = std::move(filters);
    query.facets = {{Facet::concept_, 10}};
    const Answer answer = m_index->search(query, viewer);
    Counts out;
    for (const FacetCount& each : answer.facets[static_cast<size_t>(Facet::concept_)]) {
      out[each.value] = each.count;
    }
    return std::pair(answer.count, out);
  };
  const Viewer member{Visibility::consortium, {}, {}};
  const Counts all{{"Lymphoma", 4}, {"Skin", 1}, {"Mercury", 1}, {"Quicksilver", 1}};
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(counts(Viewer::visitor()).second, all) << "each document once, the hidden ones not at all";
  }
  EXPECT_EQ(counts(member).second.at("Lymphoma"), 5u);
  // What is counted is what its filter finds, by whichever name.
  for (const std::string name : {"Lymphoma", "lymphome", "Lymphomas, malignant"}) {
    EXPECT_EQ(counts(Viewer::visitor(), {{Facet::concept_, {name}}}).first, 4u) << name;
    EXPECT_EQ(counts(member, {{Facet::concept_, {name}}}).first, 5u) << name;
  }
  EXPECT_EQ(counts(Viewer::visitor(), {{Facet::concept_, {"Mercury"}}}).first, 1u);
  // Without the vocabulary they are what they are written as.
  m_index->remove(Id(1));
  m_index->commit();
  EXPECT_EQ(counts(Viewer::visitor()).second.at("Lymphoma"), 3u);
  EXPECT_EQ(counts(Viewer::visitor()).second.at("lymphome"), 1u);
}

TEST_F(VocabularyTest, suggestions_may_be_made_ready) {
  make(1, Kind::organisation, "Institut Curie");
  commit();
  const std::atomic<bool> stopped = true;
  m_index->make_ready(stopped);
  EXPECT_THAT(suggested("curi"), ElementsAre("Institut Curie")) << "what was left undone is made by who asks";
  const std::atomic<bool> never = false;
  m_index->make_ready(never);
  EXPECT_THAT(suggested("curi"), ElementsAre("Institut Curie"));
  make(2, Kind::organisation, "Curie-Cavendish");
  commit();
  m_index->make_ready(never);
  EXPECT_THAT(suggested("curi"), UnorderedElementsAre("Institut Curie", "Curie-Cavendish"));
}

// Rules 7.3 and 7.6.
TEST_F(VocabularyTest, a_concept_is_suggested_once_in_the_readers_language) {
  concept_of(100, {"Lymphoma", "lymphomas", "fr:Lymphome", "fr:lymphome malin"});
  concept_of(101, {"Lymph nodes"});
  for (uint64_t id = 1; id < 9; ++id) {
    make(id, Kind::publication, "x").facets.push_back({Facet::concept_, id < 7 ? "Lymphoma" : "LYMPHOME", {}});
  }
  commit();
  EXPECT_THAT(suggested("lymph", "fr"), ElementsAre("Lymphome", "Lymph nodes"));
  EXPECT_THAT(suggested("lymph", "en"), ElementsAre("Lymphoma", "Lymph nodes"));
  EXPECT_THAT(suggested("malin", "fr"), ElementsAre("lymphome malin")) << "the preferred name does not begin so";
  EXPECT_THAT(suggested("lymphome", "en"), ElementsAre("Lymphome")) << "no name of his language begins so";
}

TEST_F(VocabularyTest, suggestions_are_of_public_living_values) {
  make(1, Kind::organisation, "Institut Curie");
  make(2, Kind::person, "Curieux, Jeanne");
  Document& hidden = make(3, Kind::team, "Curium");
  hidden.visibility = Visibility::consortium;
  make(4, Kind::publication, "Curare").facets.push_back({Facet::concept_, "Curcumin", {}});
  make(5, Kind::publication, "x").facets.push_back({Facet::concept_, "Curettage", Visibility::consortium});
  concept_of(6, {"curative treatment", "fr:traitement curatif"});
  commit();
  EXPECT_THAT(suggested("cur"),
              UnorderedElementsAre("Institut Curie", "Curieux, Jeanne", "Curcumin", "traitement curatif"));
  EXPECT_THAT(suggested("CURÍE"), UnorderedElementsAre("Institut Curie", "Curieux, Jeanne"));
  EXPECT_THAT(suggested("c"), IsEmpty());
  EXPECT_THAT(suggested(""), IsEmpty());
  m_index->remove(Id(1));
  m_index->remove(Id(4));
  m_index->commit();
  EXPECT_THAT(suggested("curi"), ElementsAre("Curieux, Jeanne"));
  EXPECT_THAT(suggested("curcu"), IsEmpty());
}

// Rules 8.2 to 8.7.
TEST_F(VocabularyTest, experts_are_shown_by_their_work) {
  make(1, Kind::person, "Aline");
  make(2, Kind::person, "Bruno");
  make(3, Kind::person, "Who says so himself: lymphoma lymphoma");
  make(4, Kind::team, "Team");
  make(5, Kind::platform, "Platform");
  make(6, Kind::organisation, "House");
  Document& hidden = make(7, Kind::person, "Hidden");
  hidden.visibility = Visibility::consortium;
  const auto work = [&](uint64_t id, Kind kind, std::vector<uint64_t> people, uint32_t date) {
    Document& document = make(id, kind, "On lymphoma " + std::to_string(id));
    document.date = date;
    for (const uint64_t person : people) {
      document.facets.push_back({Facet::person, Id(person).text(), {}});
    }
    document.facets.push_back({Facet::institution, Id(4).text(), {}});
    document.facets.push_back({Facet::institution, Id(6).text(), {}});
  };
  work(11, Kind::publication, {1, 7}, 20250000);
  work(12, Kind::publication, {1}, 20240000);
  work(13, Kind::publication, {1}, 20240000);
  work(14, Kind::project, {1, 2}, 20230000);
  work(15, Kind::publication, {2}, 19850000);
  make(16, Kind::equipment, "Lymphoma counter").facets.push_back({Facet::platform, Id(5).text(), {}});
  commit();
  ExpertsQuery query;
  query.words = "lymphoma";
  query.year = 2026;
  const Experts experts = m_index->experts(query, Viewer::visitor());
  ASSERT_EQ(experts.people.size(), 2U);
  EXPECT_EQ(experts.people[0].thing.id, Id(1));
  EXPECT_EQ(experts.people[1].thing.id, Id(2));
  EXPECT_DOUBLE_EQ(experts.people[0].score, 1);
  EXPECT_LT(experts.people[1].score, 1);
  EXPECT_EQ(experts.people[0].documents, 4U);
  ASSERT_EQ(experts.people[0].proofs.size(), 3U);
  std::vector<Kind> kinds;
  for (const Hit& proof : experts.people[0].proofs) {
    kinds.push_back(proof.kind);
  }
  EXPECT_THAT(kinds, UnorderedElementsAre(Kind::publication, Kind::publication, Kind::project));
  ASSERT_EQ(experts.teams.size(), 1U);
  EXPECT_EQ(experts.teams[0].thing.id, Id(4));
  ASSERT_EQ(experts.platforms.size(), 1U);
  EXPECT_EQ(experts.platforms[0].proofs.front().id, Id(16));
  EXPECT_EQ(m_index->experts(query, Viewer::everything()).people.size(), 3U);
  query.words = "nothing at all";
  EXPECT_THAT(m_index->experts(query, Viewer::visitor()).people, IsEmpty());
}

// Found for what they lack: nobody is better than another.
TEST_F(VocabularyTest, experts_who_only_lack_something_are_alike) {
  make(1, Kind::person, "Aline");
  make(2, Kind::person, "Bruno");
  make(11, Kind::publication, "On lymphoma").facets.push_back({Facet::person, Id(1).text(), {}});
  make(12, Kind::publication, "On mice").facets.push_back({Facet::person, Id(2).text(), {}});
  make(13, Kind::equipment, "Counter");
  commit();
  ExpertsQuery query;
  query.words = "counter OR NOT zzz";
  const Experts experts = m_index->experts(query, Viewer::visitor());
  ASSERT_EQ(experts.people.size(), 2U);
  EXPECT_EQ(experts.people[0].score, 1);
  EXPECT_EQ(experts.people[1].score, 1);
}

// Fields are kept by a number of their names: no two may share one.
TEST(FieldCode, every_field_of_the_registry_has_its_own) {
  std::map<uint32_t, std::string_view> known;
  for (const registry::KindDescription& kind : registry::kinds()) {
    for (const registry::FieldDescription& field : kind.fields) {
      const auto [at, fresh] = known.try_emplace(field_code(field.name), field.name);
      EXPECT_EQ(at->second, field.name);
    }
  }
  EXPECT_EQ(field_code(""), 0U);
}

}  // namespace
}  // namespace pitchblende::search

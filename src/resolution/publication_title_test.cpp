#include <gtest/gtest.h>

#include "resolution/publication_title.hpp"

namespace pitchblende::resolution {
namespace {

struct Case {
  const char* printed;
  const char* title;
  PublicationForm form;
};

class Titles : public testing::TestWithParam<Case> {};

TEST_P(Titles, say_their_form) {
  const PublicationTitle read = parse_title(GetParam().printed);
  EXPECT_EQ(read.title, GetParam().title);
  EXPECT_EQ(code(read.form), code(GetParam().form)) << GetParam().printed;
}

using Form = PublicationForm;
INSTANTIATE_TEST_SUITE_P(
    Forms, Titles,
    testing::Values(Case{"Effects of fiction", "effects of fiction", Form::work},
                    Case{"Erratum to: Effects of fiction.", "effects of fiction", Form::correction},
                    Case{"Erratum to “Effects of fiction”", "effects of fiction", Form::correction},
                    Case{"ERRATUM: Effects of fiction", "effects of fiction", Form::correction},
                    Case{"Author Correction: Effects of fiction", "effects of fiction", Form::correction},
                    Case{"Publisher’s Correction: Effects of fiction", "effects of fiction", Form::correction},
                    Case{"Correction to: Effects of fiction", "effects of fiction", Form::correction},
                    Case{"Corrigendum to \"Effects of fiction\"", "effects of fiction", Form::correction},
                    Case{"Effects of fiction (Erratum)", "effects of fiction", Form::correction},
                    Case{"Effects of fiction: erratum.", "effects of fiction", Form::correction},
                    Case{"Rectificatif à : Effets de la fiction", "effets de la fiction", Form::correction},
                    Case{"[Erratum to: Effets de la fiction].", "effets de la fiction", Form::correction},
                    Case{"Retraction Note: Effects of fiction", "effects of fiction", Form::retraction},
                    Case{"RETRACTED: Effects of fiction", "effects of fiction", Form::work},
                    Case{"[Preprint] Effects of fiction", "effects of fiction", Form::preprint},
                    Case{"Effects of fiction [preprint]", "effects of fiction", Form::preprint},
                    Case{"Effects of fiction [version 2; peer review: 2 approved]", "effects of fiction", Form::work},
                    // What only looks like a marker.
                    Case{"Correction of scoliosis in adults", "correction of scoliosis in adults", Form::work},
                    Case{"Corrections in prisons", "corrections in prisons", Form::work},
                    Case{"Retraction of tissue in surgery", "retraction of tissue in surgery", Form::work},
                    Case{"Preprint servers in medicine", "preprint servers in medicine", Form::work},
                    Case{"Erratum", "erratum", Form::work}, Case{"Erratum:", "erratum", Form::work},
                    Case{"", "", Form::work}, Case{"[", "", Form::work}, Case{"\xFF\xFE", "", Form::work},
                    Case{"正誤表", "正誤表", Form::work}));

TEST(PublicationForms, types_and_servers) {
  EXPECT_EQ(form_of_type("Published Erratum"), Form::correction);
  EXPECT_EQ(form_of_type("Preprint"), Form::preprint);
  EXPECT_EQ(form_of_type("Retraction of Publication"), Form::retraction);
  EXPECT_EQ(form_of_type("Retracted Publication"), Form::work);
  EXPECT_EQ(form_of_type("Journal Article"), Form::work);
  EXPECT_TRUE(is_preprint_doi("10.1101/2020.01.02.123456"));
  EXPECT_TRUE(is_preprint_doi("10.21203/rs.3.rs-1/v2"));
  EXPECT_FALSE(is_preprint_doi("10.1101/gad.123456.120")) << "a journal of the same publisher";
  EXPECT_FALSE(is_preprint_doi("10.1101/"));
  EXPECT_FALSE(is_preprint_doi(""));
}

TEST(PublicationForms, versions_are_said_by_titles_and_by_some_dois) {
  for (const auto& [title, version] : {std::pair{"Effects of fiction [version 2; peer review: 2 approved]", 2U},
                                       {"Effects of fiction [version 12; referees: 1 approved, 1 not approved].", 12U},
                                       {"Effects of fiction (v3)", 3U},
                                       {"Effects of fiction [V2].", 2U},
                                       {"Effects of fiction", 0U},
                                       {"Effects of fiction [version ", 0U},
                                       {"Effects of the scale (version 2)", 0U},
                                       {"Effects of fiction (v300)", 0U},
                                       {"(v2)", 0U}}) {
    EXPECT_EQ(parse_title(title).version, version) << title;
  }
  EXPECT_EQ(parse_title("Effects of fiction (v3)").title, "effects of fiction");
  EXPECT_EQ(parse_title("Effects of the scale (version 2)").title, "effects of the scale version 2");
  const auto said = [](std::string_view doi) {
    const DoiVersion found = version_of_doi(doi);
    return std::string(found.base) + " " + std::to_string(found.number);
  };
  EXPECT_EQ(said("10.12688/f1000research.1234.2"), "10.12688/f1000research.1234 2");
  EXPECT_EQ(said("10.12688/wellcomeopenres.1234.1"), "10.12688/wellcomeopenres.1234 1");
  EXPECT_EQ(said("10.12688/f1000research.1234"), "10.12688/f1000research.1234 0");
  EXPECT_EQ(said("10.21203/rs.3.rs-1234/v2"), "10.21203/rs.3.rs-1234 2");
  EXPECT_EQ(said("10.20944/preprints202001.0001.v3"), "10.20944/preprints202001.0001 3");
  EXPECT_EQ(said("10.26434/chemrxiv-2021-abc-v2"), "10.26434/chemrxiv-2021-abc 2");
  EXPECT_EQ(said("10.1101/2020.01.02.123456v2"), "10.1101/2020.01.02.123456 2");
  EXPECT_EQ(said("10.1101/2020.01.02.123456"), "10.1101/2020.01.02.123456 0") << "all versions have it";
  EXPECT_EQ(said("10.31234/osf.io/abcv2"), "10.31234/osf.io/abcv2 0") << "a name that ends so";
  EXPECT_EQ(said("10.1000/a.2"), " 0") << "nobody counts versions there";
  EXPECT_EQ(said(""), " 0");
}

TEST(PublicationForms, a_work_needs_a_telling_title_and_an_author) {
  registry::Value author{"Exemple C", {}, {}};
  author.with(registry::Attribute::family, "Exemple");
  EXPECT_EQ(work_key("effects of fiction on examples", author), "exemple/effects of fiction on examples");
  EXPECT_EQ(work_key("editorial", author), "");
  EXPECT_EQ(work_key("effects of fiction on examples", {}), "");
}

}  // namespace
}  // namespace pitchblende::resolution

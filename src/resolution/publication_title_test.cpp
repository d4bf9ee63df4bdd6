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

TEST(PublicationForms, a_work_needs_a_telling_title_and_an_author) {
  registry::Value author{"Exemple C", {}, {}};
  author.with(registry::Attribute::family, "Exemple");
  EXPECT_EQ(work_key("effects of fiction on examples", author), "exemple/effects of fiction on examples");
  EXPECT_EQ(work_key("editorial", author), "");
  EXPECT_EQ(work_key("effects of fiction on examples", {}), "");
}

}  // namespace
}  // namespace pitchblende::resolution

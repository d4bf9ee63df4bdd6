#include "pool/affiliations/affiliations.hpp"

#include <gmock/gmock.h>

#include "pool_fixture.hpp"

namespace pitchblende::pool {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

// Public organisations as the registry names them; who writes is nobody.
TEST(Affiliations, NameWhatThePoolKnowsInManyLanguages) {
  tests::PoolPlace place;
  place.import_ror();
  place.settle();
  const auto affiliations = Affiliations::load(*place.store, access::Viewer::visitor());
  ASSERT_TRUE(affiliations) << affiliations.error().message();
  const std::pair<const char*, const char*> golden[] = {
      {"ror:01cmnjq37", "Département de recherche, Centre Léon Bérard, 28 rue d’Exemple, 69008 Lyon, France"},
      {"ror:01cmnjq37", "CENTRE LEON BERARD, LYON"},
      {"ror:00pjqzf38", "Department of Oncology, Centre Georges-François Leclerc, Dijon, France"},
      {"ror:00v452281", "International Agency for Research on Cancer, Lyon, Francia"},
      {"ror:00v452281", "Centre international de recherche sur le cancer (CIRC), Lyon"},
      {"ror:003412r28", "Cancer Research Center of Toulouse, Toulouse, Frankreich"},
      {"ror:003412r28", "Centre de Recherches en Cancerologie de Toulouse, F-31000 Toulouse"},
      {"ror:0060pja03", "Institut für Chemie und Biologie des Meeres, Oldenburg, Deutschland"},
      {"ror:0060pja03", "Institute for Chemistry and Biology of the Marine Environment, Oldenburg, Germany"},
      {"ror:01cmnjq37", "Dipartimento di Oncologia, Centre Léon Bérard, Lione, Francia"},
      {"ror:01g3mb532", "Institut Pluridisciplinaire Hubert Currien, Strasbourg, France"},
      {"ror:01g3mb532", "CNRS UMR 7178, Strasbourg"},
  };
  for (const auto& [ref, text] : golden) {
    EXPECT_THAT(affiliations->named_in(text), Contains(place.id_of(ref))) << text;
  }
  EXPECT_THAT(affiliations->named_in("Centre Léon Bérard, Lyon"), Not(Contains(place.id_of("ror:02mgw3155"))));
  EXPECT_THAT(affiliations->named_in("Department of Biology, Unknown"), IsEmpty());
  EXPECT_THAT(affiliations->named_in(""), IsEmpty());
  EXPECT_THAT(affiliations->named_in(std::string(30'000, ',') + "Centre Léon Bérard, Lyon"),
              Contains(place.id_of("ror:01cmnjq37")));
}

TEST(Affiliations, NeverNameWhatTheViewerMayNotKnow) {
  tests::PoolPlace place;
  place.import_ror();
  place.settle();
  const auto known = known_organisations(*place.store, access::Viewer::visitor());
  ASSERT_TRUE(known) << known.error().message();
  const std::string centre = place.id_of("ror:01cmnjq37").text();
  EXPECT_EQ(known->labels.count(centre), 1u);
  Judgement hide;
  hide.verdict = Judgement::Verdict::hide;
  hide.a = Id::parse(centre).value();
  hide.who = "a curator";
  hide.why = "not to be shown";
  if (const auto decided = place.pool->decide(hide); !decided) {
    FAIL() << decided.error().message();
  }
  const auto after = known_organisations(*place.store, access::Viewer::visitor());
  ASSERT_TRUE(after) << after.error().message();
  EXPECT_EQ(after->labels.count(centre), 0u);
  EXPECT_EQ(after->all.size(), known->all.size() - 1);
}

}  // namespace
}  // namespace pitchblende::pool

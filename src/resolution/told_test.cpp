// What a curator is asked and told: nothing that cannot be, nothing that is not so.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {
namespace {

using registry::Attribute;
using registry::Kind;
using registry::Record;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using Names = std::vector<std::string>;

// Authors and things by hand, each record of a source of its own.
class Told {
 public:
  // A paper; all its authors at one place. Answers the number of its record.
  int64_t paper(const Names& authors, const std::string& place, const std::string& suffix = {}) {
    Record record{Kind::publication, std::to_string(++m_records), {}, false, {}, {}};
    record.add(registry::field(Kind::publication, "title"), "Fiction number " + std::to_string(m_records));
    record.add(registry::field(Kind::publication, "year"), "2020");
    for (const std::string& author : authors) {
      const size_t space = author.find(' ');
      registry::Value& value = record.add(registry::field(Kind::publication, "authors"), author)
                                   .with(Attribute::family, author.substr(0, space))
                                   .with(Attribute::given, author.substr(space + 1))
                                   .with(Attribute::affiliation, place);
      if (!suffix.empty() && &author == &authors.front()) {
        value.with(Attribute::suffix, suffix);
      }
    }
    return add(record, {});
  }
  int64_t instrument(const std::string& institution, const std::vector<std::pair<std::string, std::string>>& values) {
    Record record{Kind::equipment, std::to_string(++m_records), {}, false, {}, {}};
    for (const auto& [name, text] : values) {
      record.add(registry::field(Kind::equipment, name), text);
    }
    return add(record, institution);
  }
  bool same(MentionRef a, MentionRef b) const {
    for (const Cluster& cluster : resolve(m_input).clusters) {
      if (std::binary_search(cluster.members.begin(), cluster.members.end(), a)) {
        return std::binary_search(cluster.members.begin(), cluster.members.end(), b);
      }
    }
    return false;
  }
  Resolution resolution() const { return resolve(m_input); }
  const Input& input() const { return m_input; }
  Mention& mention(MentionRef ref) {
    return *std::find_if(m_input.mentions.begin(), m_input.mentions.end(),
                         [&](const Mention& each) { return each.ref == ref; });
  }

 private:
  int64_t add(const Record& record, const std::string& institution) {
    for (Mention& mention : mentions_of(record, m_records, "source" + std::to_string(m_records), institution)) {
      m_input.mentions.push_back(std::move(mention));
    }
    return m_records;
  }

  Input m_input;
  int64_t m_records = 0;
};

const char* const k_place = "Laboratoire des contes, Institut de la Fiction, Paris, France";

TEST(Told, two_of_one_paper_are_not_asked_for) {
  Told told;
  for (int paper = 0; paper < 4; ++paper) {
    told.paper({"Exemple Camille", "Exemple C", "Fiction Andrea"}, k_place);
  }
  for (const Doubt& doubt : told.resolution().doubts) {
    EXPECT_NE(doubt.a.record, doubt.b.record) << "a list of authors has nobody twice";
  }
}

TEST(Told, two_orcids_are_not_asked_for) {
  Told told;
  const MentionRef one{told.paper({"Exemple Camille", "Fiction Andrea"}, k_place), 1};
  const MentionRef other{told.paper({"Exemple Camille", "Fiction Andrea"}, k_place), 1};
  ASSERT_TRUE(told.same(one, other));
  told.mention(one).identifiers = {"orcid:0000-0002-1825-0097"};
  told.mention(other).identifiers = {"orcid:0000-0001-5109-3700"};
  EXPECT_FALSE(told.same(one, other));
  EXPECT_THAT(told.resolution().doubts, IsEmpty()) << "nobody could make them one";
}

TEST(Told, the_elder_is_not_the_younger) {
  Told told;
  const Names authors = {"Exemple Camille", "Fiction Andrea", "Conte Dominique"};
  const MentionRef elder{told.paper(authors, k_place, "Sr"), 1};
  const MentionRef younger{told.paper(authors, k_place, "Jr."), 1};
  EXPECT_EQ(told.mention(elder).generation, "Sr");
  EXPECT_FALSE(told.same(elder, younger));
  Told silent;
  const MentionRef junior{silent.paper(authors, k_place, "2nd"), 1};
  const MentionRef unsaid{silent.paper(authors, k_place), 1};
  const MentionRef degree{silent.paper(authors, k_place, "MD"), 1};
  EXPECT_TRUE(silent.same(junior, unsaid)) << "what is not said is neither for nor against";
  EXPECT_TRUE(silent.same(junior, degree));
}

TEST(Told, weights_of_things_are_named_as_what_they_are) {
  const Weight name{"name", -10, "bad siren / fictibio"};
  EXPECT_EQ(describe(name, Language::english), "names: bad siren / fictibio");
  EXPECT_THAT(describe(name, Language::french), HasSubstr("les noms"));
  EXPECT_THAT(describe(Weight{"title", -9, "one / two"}, Language::english), HasSubstr("titles"));
  EXPECT_THAT(describe(Weight{"other_identifier", -9, {}}, Language::english), HasSubstr("different identifiers"));
}

TEST(Told, an_instrument_may_have_a_number_in_each_institution) {
  Told told;
  const auto of = [&](const std::string& institution, const std::string& serial, const std::string& inventory) {
    return MentionRef{told.instrument(institution, {{"names", "Microscope"},
                                                    {"make", "Demo"},
                                                    {"model", "M 1"},
                                                    {"serial_number", serial},
                                                    {"inventory_number", inventory}}),
                      0};
  };
  const MentionRef here = of("alpha", "S-1", "I-1");
  EXPECT_TRUE(told.same(here, of("beta", "S-1", "I-2"))) << "the maker's number is one";
  EXPECT_FALSE(told.same(here, of("beta", "S-2", "I-3")));
}

TEST(Told, what_an_instrument_does_not_say_is_not_held_against_it) {
  Told told;
  const MentionRef one{told.instrument("alpha", {{"names", "Confocal microscope"}, {"room", "B 214"}}), 0};
  const MentionRef other{told.instrument("alpha", {{"names", "Confocal microscope"}, {"room", "B 214"}}), 0};
  const Comparison comparison = compare(told.input(), one, other);
  for (const Weight& weight : comparison.weights) {
    EXPECT_NE(weight.trait, "make_and_model") << "neither says one";
  }
}

}  // namespace
}  // namespace pitchblende::resolution

// What tests of calls share: a pool with a few people who know each other or do not, a call, a proposal. Nobody here
// exists.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "calls/committee.hpp"
#include "calls/errors.hpp"
#include "calls/paris.hpp"
#include "calls/proposal_rules.hpp"
#include "calls/proposals.hpp"
#include "calls/reviews.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::calls {

template <typename T>
std::string code_of(const Result<T>& result) {
  return result ? "" : result.error().kind().code;
}

inline constexpr const char* k_camille_orcid = "0000-0002-1000-1117";
inline constexpr const char* k_lou_orcid = "0000-0002-1000-2224";
inline constexpr const char* k_noa_orcid = "0000-0002-1000-3331";
inline constexpr const char* k_robin_orcid = "0000-0002-1000-5556";
inline constexpr const char* k_sacha_orcid = "0000-0002-1000-4449";

// Camille and Lou are of one institute, Robin of another under the same parent; Noa signed with Camille last year,
// Sacha long ago.
class CallsPlace : public tests::PoolPlace {
 public:
  explicit CallsPlace(const std::string& database = {}) : tests::PoolPlace(database) {}

  void fill() {
    import(source("members", "organisations", sources::Mode::snapshot),
           "id,name,role,from,part of\nA,Institut Alpha,member,2007,Grand Organisme\nG,Institut Gamma,member,2007,\n"
           "B,Institut Beta,member,2007,Grand Organisme\nN,Grand Organisme,partner,2007,\n");
    import_staff("beta", std::string("1,Vasseur,Robin,") + k_robin_orcid + ",Institut Beta,2015\n");
    import_staff("alpha", std::string("1,Roux,Camille,") + k_camille_orcid + ",Institut Alpha,2015\n2,Bernard,Lou," +
                              k_lou_orcid + ",Institut Alpha,2016\n");
    import_staff("gamma", std::string("1,Petit,Noa,") + k_noa_orcid + ",Institut Gamma,2015\n2,Morel,Sacha," +
                              k_sacha_orcid + ",Institut Gamma,2016\n");
    import_pubmed(
        tests::pubmed_article(
            1, "Zorgs in the tumour",
            {{"Roux", "Camille", "", k_camille_orcid}, {"Petit", "Noa", "", k_noa_orcid}, {"Martin", "Claire", "", ""}},
            2025) +
        tests::pubmed_article(2, "Zorgs of old",
                              {{"Roux", "Camille", "", k_camille_orcid}, {"Morel", "Sacha", "", k_sacha_orcid}}, 2012));
    settle();
  }
  static int64_t at(std::string_view text) { return read_paris(text, Twice::first).value(); }
  void set_clock(std::string_view text) {
    clock.set(std::chrono::system_clock::time_point(std::chrono::seconds(at(text))));
  }
};

inline Texts call_texts() {
  return {{"title_fr", "Appel Émergence"},
          {"title_en", "Emergence call"},
          {"text_fr", "Pour des projets neufs."},
          {"text_en", "For new projects."},
          {"opens", "2026-03-02T09:00"},
          {"closes", "2026-04-02T17:00"},
          {"section_1_title_fr", "Projet"},
          {"section_1_title_en", "Project"},
          {"section_1_limit", "100"},
          {"section_1_unit", "words"},
          {"first_year", "2026"},
          {"years", "2"},
          {"most", "200000"},
          {"money", "300000"},
          {"criterion_1_title_fr", "Qualité"},
          {"criterion_1_title_en", "Quality"},
          {"criterion_1_weight", "2"},
          {"criterion_2_title_fr", "Faisabilité"},
          {"criterion_2_title_en", "Feasibility"},
          {"scale", "5"},
          {"reviews", "1"},
          {"review_until", "2026-05-01"},
          {"conflict_years", "5"}};
}

// Typed into a page that showed these texts before.
inline std::vector<Typed> typed(const Texts& texts, const Texts& shown = {}) {
  std::vector<Typed> out;
  for (const auto& [name, text] : texts) {
    out.push_back({name, text, mark_of(text_in(shown, name))});
  }
  return out;
}

// A call that is open, with the doors to it.
class CallsTest : public CallsPlace {
 public:
  explicit CallsTest(const std::string& database = {}) : CallsPlace(database) {
    fill();
    set_clock("2026-03-01T12:00");
    open_doors();
  }
  // Of the store as it is open now.
  void open_doors() {
    files = std::make_unique<files::Files>(*store, clock, folder.path("files"));
    calls = std::make_unique<Calls>(*store, clock);
    proposals = std::make_unique<Proposals>(*store, clock, files.get());
    reviews = std::make_unique<Reviews>(*store, clock);
    committee = std::make_unique<Committee>(*store, clock);
  }

  int64_t published_call() {
    const auto id = calls->begin(k_staff);
    EXPECT_TRUE(id);
    EXPECT_EQ(code_of(calls->write(*id, typed(call_texts()), k_staff)), "");
    EXPECT_EQ(code_of(calls->publish(*id, k_staff)), "");
    set_clock("2026-03-10T12:00");
    return *id;
  }
  Party person(const char* orcid, Part part) {
    const Id id = id_of(std::string("orcid:") + orcid);
    return {id.text(), id, "person", part, find(id).card->label};
  }
  Party institute(const std::string& name) {
    const Id id = id_of("name:" + name);
    return {id.text(), id, "organisation", Part::partner, name};
  }
  // Written by `by`, coordinated by Camille, of Institut Alpha.
  std::string written_proposal(int64_t call, const By& by, const std::string& title, int64_t asked) {
    const auto ref = proposals->begin(call, by);
    EXPECT_EQ(code_of(ref), "");
    const Party alpha = institute("Institut Alpha");
    EXPECT_EQ(code_of(proposals->put_party(*ref, person(k_camille_orcid, Part::coordinator), by)), "");
    EXPECT_EQ(code_of(proposals->put_party(*ref, alpha, by)), "");
    EXPECT_EQ(code_of(proposals->write(*ref,
                                       typed({{"title", title},
                                              {"summary", "Un résumé."},
                                              {"section_1", "Un projet."},
                                              {budget_name(alpha.key, 2026), std::to_string(asked)},
                                              {"asked", std::to_string(asked)}}),
                                       by)),
              "");
    return *ref;
  }
  std::string submitted_proposal(int64_t call, const By& by, const std::string& title, int64_t asked) {
    const std::string ref = written_proposal(call, by, title, asked);
    EXPECT_EQ(code_of(proposals->submit(ref, by)), "");
    return ref;
  }
  Candidate candidate(const char* orcid, const std::string& email) {
    const Id id = id_of(std::string("orcid:") + orcid);
    return {id, find(id).card->label, {}, {}, email, std::nullopt};
  }
  // Sacha, who has no conflict; the secret of his link.
  std::string invited(const std::string& ref, const Candidate& who, const Reviews::AlsoLink& also = {}) {
    std::string secret;
    const auto done = reviews->invite(
        ref, {who, {}}, k_staff,
        [&](store::Transaction& transaction, const Review& review, std::string_view link) -> Result<void> {
          secret = link;
          return also ? also(transaction, review, link) : Result<void>();
        });
    EXPECT_EQ(code_of(done), "");
    return secret;
  }
  // Accepted, written and sent by the reviewer.
  void reviewed(const std::string& ref, const Candidate& who, const By& reviewer, const Texts& texts) {
    EXPECT_EQ(code_of(reviews->answer(invited(ref, who), ReviewState::accepted, {})), "");
    const std::vector<Assigned> his = reviews->mine(reviewer).value();
    for (const Assigned& each : his) {
      if (each.judged.proposal.ref == ref) {
        EXPECT_EQ(code_of(reviews->write(each.review.ref, typed(texts), reviewer)), "");
        EXPECT_EQ(code_of(reviews->send(each.review.ref, reviewer)), "");
      }
    }
  }

  static inline const By k_staff{9, "staff@example.org", true};
  static inline const By k_camille{1, "camille@example.org", false};
  static inline const By k_dominique{2, "dominique@example.org", false};
  static inline const By k_sacha{4, "sacha@example.org", false};

  std::unique_ptr<files::Files> files;
  std::unique_ptr<Calls> calls;
  std::unique_ptr<Proposals> proposals;
  std::unique_ptr<Reviews> reviews;
  std::unique_ptr<Committee> committee;
};

}  // namespace pitchblende::calls

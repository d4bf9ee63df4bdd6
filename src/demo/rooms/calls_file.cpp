// Two calls of the consortium, one over with its laureates and one open, for the command `calls`.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "demo/files.hpp"
#include "demo/phrases.hpp"

namespace pitchblende::demo {

namespace {

namespace json = boost::json;

json::object texts_of_call(std::string_view french, std::string_view english) {
  return {
      {"title_fr", french},
      {"title_en", english},
      {"text_fr",
       "Des projets neufs, portés par deux équipes au moins de deux établissements du groupement.\nLes projets sont "
       "expertisés par des personnes extérieures à ceux qui les portent (appel inventé)."},
      {"text_en",
       "New projects, led by at least two teams of two institutions of the consortium.\nProjects are reviewed by "
       "people who have nothing in common with those who lead them (an invented call)."},
      {"section_1_title_fr", "État de l’art et objectifs"},
      {"section_1_title_en", "State of the art and aims"},
      {"section_1_help_fr", "Ce que l’on sait, ce que le projet veut apprendre."},
      {"section_1_help_en", "What is known, what the project wants to learn."},
      {"section_1_limit", "800"},
      {"section_1_unit", "words"},
      {"section_2_title_fr", "Programme de travail"},
      {"section_2_title_en", "Work plan"},
      {"section_2_limit", "1200"},
      {"section_2_unit", "words"},
      {"section_3_title_fr", "Résumé pour le grand public"},
      {"section_3_title_en", "Summary for everybody"},
      {"section_3_limit", "1500"},
      {"section_3_unit", "characters"},
      {"years", "2"},
      {"most", "120000"},
      {"share", "70"},
      {"criterion_1_title_fr", "Qualité scientifique"},
      {"criterion_1_title_en", "Scientific quality"},
      {"criterion_1_weight", "2"},
      {"criterion_2_title_fr", "Nouveauté"},
      {"criterion_2_title_en", "Novelty"},
      {"criterion_3_title_fr", "Faisabilité"},
      {"criterion_3_title_en", "Feasibility"},
      {"scale", "5"},
      {"scale_fr", "1 : insuffisant ; 3 : bon ; 5 : remarquable."},
      {"scale_en", "1: not enough; 3: good; 5: outstanding."},
      {"reviews", "2"},
      {"conflict_years", "5"}};
}

class CallsFile {
 public:
  CallsFile(const World& world, Output& out) : m_world(world), m_out(out), m_random(world.seed, 11) {}

  Result<void> write() {
    json::object open{{"texts", texts_of_call("Appel Émergence (inventé)", "Emergence call (invented)")},
                      {"opens_in", -20},
                      {"closes_in", 45},
                      {"review_until_in", 90}};
    put(open, {{"money", "900000"}, {"first_year", "2027"}, {"partners", "2"}});
    json::object past{
        {"texts", texts_of_call("Appel Équipements partagés 2024 (inventé)", "Shared equipment call 2024 (invented)")}};
    put(past, {{"money", "300000"},
               {"first_year", "2025"},
               {"share", "100"},
               {"opens", "2024-09-02T09:00"},
               {"closes", "2024-10-31T17:00"},
               {"review_until", "2024-12-06"}});
    past["proposals"] = proposals();
    return m_out.file("calls.json", json::serialize(json::array{std::move(open), std::move(past)}) + "\n");
  }

 private:
  static void put(json::object& call, std::initializer_list<std::pair<std::string_view, std::string_view>> texts) {
    for (const auto& [name, text] : texts) {
      call["texts"].as_object()[name] = text;
    }
  }

  // Teams whose leader is known by an ORCID: what the file refers to is one thing in the pool.
  json::array proposals() {
    json::array out;
    constexpr size_t k_wanted = 5;
    for (size_t at = 1; at < m_world.teams.size() && out.size() < k_wanted; at += 4) {
      const Team& team = m_world.teams[at];
      const Person& leader = m_world.people[team.leader];
      if (leader.orcid.empty() || !says_orcid(leader)) {
        continue;
      }
      const Study study = study_of(m_random, team.topic, team.tumour);
      const bool funded = out.size() < 3;
      const std::string asked = std::to_string(60'000 + 10'000 * out.size());
      json::object texts{{"title", french_title(m_random, study)},
                         {"acronym", fmt::format("PARTAGE-{}", out.size() + 1)},
                         {"summary", french_abstract(m_random, study)},
                         {"section_1", french_abstract(m_random, study)},
                         {"section_2", "Deux années de travail, un instrument partagé (inventé)."},
                         {"section_3", "Un instrument pour toutes les équipes (inventé)."},
                         {"asked", asked}};
      json::array parties{
          json::object{{"part", "coordinator"}, {"thing", "orcid:" + leader.orcid}},
          json::object{{"part", "partner"}, {"thing", "ror:" + std::string(institutions()[team.institution].ror)}}};
      out.push_back(json::object{{"editor", leader.e_mail},
                                 {"texts", std::move(texts)},
                                 {"parties", std::move(parties)},
                                 {"outcome", funded ? "funded" : "refused"},
                                 {"granted", funded ? 60'000 + 10'000 * static_cast<int64_t>(out.size()) : 0},
                                 {"message", funded ? "" : "Le comité encourage à déposer de nouveau."}});
    }
    return out;
  }

  const World& m_world;
  Output& m_out;
  Random m_random;
};

}  // namespace

Result<void> write_calls(const World& world, Output& out) { return CallsFile(world, out).write(); }

}  // namespace pitchblende::demo

// What key areas say, tell and organise on their own sites, for the command `groups`. The first area, which the source
// speaks of, says nothing here.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "demo/facts.hpp"
#include "demo/files.hpp"

namespace pitchblende::demo {

namespace {

namespace json = boost::json;

json::object news_of(const FactArea& area) {
  return {{"in_days", -12 - area.number},
          {"title_fr", "Une école d’été de l’axe (inventée)"},
          {"title_en", "A summer school of the area (invented)"},
          {"text_fr",
           fmt::format("Cinq jours de cours et de travaux pratiques sur « {} ». *Nouvelle inventée.*", area.french)},
          {"text_en", fmt::format("Five days of courses and practice on “{}”. *Invented news.*", area.english)}};
}

json::object day_of(const FactArea& area) {
  return {{"in_days", 20 + 7 * area.number},
          {"from", "09:30"},
          {"to", "17:00"},
          {"title_fr", "Journée de l’axe (inventée)"},
          {"title_en", "Day of the area (invented)"},
          {"text_fr", "Les équipes présentent ce qu’elles font. Inscription sur cette page. *Événement inventé.*"},
          {"text_en", "Teams present what they do. Registration on this page. *Invented event.*"},
          {"place", "Amphithéâtre inventé, Démoville"},
          {"online", fmt::format("https://video.example.org/axe-{}", area.number)},
          {"places", 40}};
}

json::object seminar_of(const FactArea& area) {
  return {{"in_days", -30 * area.number},
          {"from", "12:30"},
          {"to", "13:30"},
          {"title_fr", "Séminaire de midi (inventé)"},
          {"title_en", "Lunch seminar (invented)"},
          {"text_fr", "Sans inscription. *Événement inventé.*"},
          {"text_en", "No registration. *Invented event.*"},
          {"online", fmt::format("https://video.example.org/midi-{}", area.number)},
          {"registration", "no"}};
}

}  // namespace

Result<void> write_groups(Output& out) {
  constexpr int k_last = 4;
  json::array all;
  for (const FactArea& area : fact_areas()) {
    if (area.number == 1 || area.number > k_last) {
      continue;
    }
    all.push_back(json::object{
        {"group", fmt::format("local:gip/{}", area.code)},
        {"text_fr",
         fmt::format("## Ce que l’axe met en commun\n\n{}\n\nPrésentation **inventée** pour la démonstration.",
                     area.aim_french)},
        {"text_en", fmt::format("## What the area brings together\n\n{}\n\n**Invented** for the demonstration.",
                                area.aim_english)},
        {"news", json::array{news_of(area)}},
        {"events", json::array{day_of(area), seminar_of(area)}}});
  }
  return out.file("groups.json", json::serialize(all) + "\n");
}

}  // namespace pitchblende::demo

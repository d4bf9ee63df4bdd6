// Experts in a topic: who they are, and what shows it.
#include <algorithm>
#include <charconv>

#include "pages/address.hpp"
#include "pages/finding/advanced_page.hpp"
#include "pages/finding/search_notes.hpp"
#include "pages/thing_table.hpp"

namespace pitchblende::pages {

namespace {

constexpr uint32_t k_shown = 10;
constexpr size_t k_proofs = 3;  // of who is known for a topic

search::ExpertsQuery query_of(const Site& site, const http::Request& request) {
  search::ExpertsQuery query;
  query.words = request.parameter("q");
  query.size = k_shown;
  query.today = site.today();
  const std::string_view today = query.today;
  std::from_chars(today.data(), today.data() + std::min<size_t>(today.size(), 4), query.year);
  return query;
}

Views expert_views(const std::vector<search::Expert>& experts, const Words& words) {
  Views out;
  for (const search::Expert& expert : experts) {
    View each = hit_view(expert.thing, words);
    each["documents"] = words.count("experts.documents", expert.documents);
    Views proofs;
    for (const search::Hit& proof : expert.proofs) {
      proofs.push_back(hit_view(proof, words));
    }
    each["has_proofs"] = !proofs.empty();
    each["proofs"] = std::move(proofs);
    out.push_back(std::move(each));
  }
  return out;
}

Views experts_json(const std::vector<search::Expert>& experts, std::string_view language) {
  const auto thing = [&](const search::Hit& hit) {
    return View{{"id", hit.id.text()},
                {"kind", registry::name(hit.kind)},
                {"title", search::title_in(hit.title, language)},
                {"note", search::title_in(hit.note, language)},
                {"url", thing_address(language, hit.kind, hit.id)}};
  };
  Views out;
  for (const search::Expert& expert : experts) {
    View each = thing(expert.thing);
    each["score"] = expert.score;
    each["documents"] = expert.documents;
    Views proofs;
    for (const search::Hit& proof : expert.proofs) {
      proofs.push_back(thing(proof));
    }
    each["proofs"] = std::move(proofs);
    out.push_back(std::move(each));
  }
  return out;
}

// A row for each expert, its proofs in one cell.
http::Answer experts_csv(const search::Experts& found, const Words& words) {
  http::Answer answer;
  answer.type = http::media_type(http::Format::csv);
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"experts.csv\"");
  answer.shared = true;
  answer.body = "\xEF\xBB\xBFlist,id,label,note,address,documents,score,proofs\r\n";
  const auto title = [&](const search::Hit& hit) { return std::string(search::title_in(hit.title, words.code())); };
  const auto add = [&](std::string_view list, const std::vector<search::Expert>& experts) {
    for (const search::Expert& each : experts) {
      std::string proofs;
      for (const search::Hit& proof : each.proofs) {
        proofs += (proofs.empty() ? "" : " | ") + title(proof);
      }
      answer.body += std::string(list) + "," + each.thing.id.text() + ",";
      append_cell(answer.body, title(each.thing));
      answer.body += ',';
      append_cell(answer.body, search::title_in(each.thing.note, words.code()));
      answer.body += "," + thing_address(words.code(), each.thing.kind, each.thing.id) + "," +
                     std::to_string(each.documents) + "," + std::to_string(each.score) + ",";
      append_cell(answer.body, proofs);
      answer.body += "\r\n";
    }
  };
  add("people", found.people);
  add("teams", found.teams);
  add("platforms", found.platforms);
  return answer;
}

Views lists_of(const search::Experts& found, const Words& words) {
  Views lists;
  const auto list = [&](std::string_view id, const std::vector<search::Expert>& experts) {
    if (!experts.empty()) {
      View each = view({{"id", id}, {"title", words.get("experts." + std::string(id))}});
      each["experts"] = expert_views(experts, words);
      lists.push_back(std::move(each));
    }
  };
  list("people", found.people);
  list("teams", found.teams);
  list("platforms", found.platforms);
  return lists;
}

// docs/rules/search.md, rule 8.8.
bool rests_on_little(const search::Experts& found) {
  const auto is_poor = [](const std::vector<search::Expert>& experts) {
    return std::ranges::all_of(experts, [](const search::Expert& each) { return each.proofs.size() < k_proofs; });
  };
  return is_poor(found.people) && is_poor(found.teams) && is_poor(found.platforms);
}

}  // namespace

http::Answer experts_page(const Site& site, const http::Request& request, Language language, http::Format format) {
  const Words& words = site.words(language);
  if (format == http::Format::jsonld) {
    return site.error(request, language, 404);
  }
  const search::ExpertsQuery query = query_of(site, request);
  search::Experts found;
  if (!trim(query.words).empty()) {
    found = site.index()->experts(query, request.who().viewer);
  }
  if (format == http::Format::csv) {
    return experts_csv(found, words);
  }
  if (format == http::Format::json) {
    View out{{"q", clean_utf8(query.words)}, {"documents", found.documents}, {"weighed", found.weighed}};
    out["relaxed"] = found.relaxed;
    out["people"] = experts_json(found.people, words.code());
    out["teams"] = experts_json(found.teams, words.code());
    out["platforms"] = experts_json(found.platforms, words.code());
    return json_answer(out, http::Format::json);
  }
  View body;
  body["q"] = clean_utf8(query.words);
  body["asked"] = !trim(query.words).empty();
  Views lists = lists_of(found, words);
  body["few"] = !lists.empty() && rests_on_little(found);
  body["nothing"] = lists.empty() && !trim(query.words).empty();
  body["lists"] = std::move(lists);
  body["relaxed"] = found.relaxed;
  body["count_text"] = words.count("experts.weighed", found.weighed);
  body["notes"] = note_views(found.notes, words);
  body["translated"] = translated_views(found.translated, words);
  body["all_url"] = search_address(words.code(), {{"q", query.words}});
  body["csv_url"] = "/" + std::string(words.code()) + "/experts.csv?q=" + http::percent_encoded(query.words);
  body["json_url"] = "/" + std::string(words.code()) + "/experts.json?q=" + http::percent_encoded(query.words);
  body["noindex"] = true;
  const std::string title = words.get("experts.title");
  return site.page(request, language, "experts", query.words.empty() ? title : clean_utf8(query.words) + " – " + title,
                   std::move(body), {{words.get("search.title"), search_address(words.code(), {})}, {title, {}}});
}

}  // namespace pitchblende::pages

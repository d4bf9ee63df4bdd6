#include "pages/things/origins.hpp"

#include <algorithm>

namespace pitchblende::pages {

namespace {

using registry::Card;
using registry::CardValue;

constexpr size_t k_most_values = 12;  // that are named for one source

std::vector<std::string> who_says(const Tellers& tellers, const CardValue& value) {
  std::vector<std::string> out;
  const auto add = [&](const std::string& who) {
    if (!who.empty() && std::find(out.begin(), out.end(), who) == out.end()) {
      out.push_back(who);
    }
  };
  if (const auto decided = tellers.decisions.find(value.decision); decided != tellers.decisions.end()) {
    add(decided->second);
  }
  for (const uint32_t source : value.sources) {
    add(source < tellers.sources.size() ? tellers.sources[source] : std::string());
  }
  return out;
}

}  // namespace

View origins_view(const Tellers& tellers, const std::vector<Told>& told, const std::string& label) {
  std::vector<std::string> texts;  // different ones
  std::vector<std::pair<std::string, std::vector<std::string>>> by_teller;
  const bool all_said = std::all_of(told.begin(), told.end(), [](const Told& each) { return each.how.empty(); });
  if (tellers.sole && all_said) {
    return {};
  }
  for (const Told& each : told) {
    const std::string text = each.how.empty() ? each.text : each.text + " (" + each.how + ")";
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
      texts.push_back(text);
    }
    for (const std::string& who : who_says(tellers, *each.value)) {
      auto at = std::find_if(by_teller.begin(), by_teller.end(), [&](const auto& one) { return one.first == who; });
      at = at == by_teller.end() ? by_teller.insert(at, {who, {}}) : at;
      if (std::find(at->second.begin(), at->second.end(), text) == at->second.end()) {
        at->second.push_back(text);
      }
    }
  }
  if (by_teller.empty()) {
    return {};
  }
  Views lines;
  for (const auto& [who, said] : by_teller) {
    std::string what;
    const bool names_them = !all_said || said.size() < texts.size();
    for (size_t at = 0; names_them && at < said.size(); ++at) {
      what += at == k_most_values ? " …" : at > k_most_values ? "" : (at == 0 ? "" : " ; ") + said[at];
    }
    lines.push_back(view({{"who", who}, {"what", what}}));
  }
  View out = view({{"of", label}});
  out["lines"] = std::move(lines);
  return out;
}

boost::json::object origins_json(const Card& card, const std::map<std::string, std::vector<const CardValue*>>& told,
                                 const std::map<int64_t, std::string>& decided) {
  boost::json::object out;
  for (const auto& [field, values] : told) {
    std::vector<std::pair<std::pair<std::string, std::string>, boost::json::array>> said;
    const auto add = [&](std::pair<std::string, std::string> who, size_t at) {
      auto there = std::find_if(said.begin(), said.end(), [&](const auto& each) { return each.first == who; });
      there = there == said.end() ? said.insert(there, {std::move(who), {}}) : there;
      if (there->second.empty() || there->second.back().to_number<size_t>() != at) {
        there->second.push_back(at);
      }
    };
    for (size_t at = 0; at < values.size(); ++at) {
      if (values[at]->decision != 0) {
        const auto when = decided.find(values[at]->decision);
        add({std::string(registry::k_room_sources) + "decision",
             when == decided.end() ? std::string() : when->second.substr(0, 10)},
            at);
      }
      for (const uint32_t source : values[at]->sources) {
        if (card.sources[source].republish) {
          add({card.sources[source].source, card.sources[source].date}, at);
        }
      }
    }
    boost::json::array each;
    for (auto& [who, places] : said) {
      each.push_back(boost::json::object{{"source", who.first}, {"date", who.second}, {"values", std::move(places)}});
    }
    if (!each.empty()) {
      out[field] = std::move(each);
    }
  }
  return out;
}

}  // namespace pitchblende::pages

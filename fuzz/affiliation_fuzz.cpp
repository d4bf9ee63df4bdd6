// Any bytes as an affiliation, against a few organisations; and the same bytes as organisations, which lead to each
// other in circles.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "resolution/organisations/organisations.hpp"

namespace {

namespace resolution = pitchblende::resolution;
using resolution::OrganisationDescription;
using resolution::OrganisationIndex;
using resolution::OrganisationNameKind;

OrganisationDescription described(std::string id, std::string name, std::string acronym, std::string town) {
  OrganisationDescription out;
  out.id = std::move(id);
  out.names = {{std::move(name), OrganisationNameKind::label}, {std::move(acronym), OrganisationNameKind::acronym}};
  out.towns = {std::move(town)};
  out.country = "FR";
  return out;
}

std::vector<OrganisationDescription> few() {
  std::vector<OrganisationDescription> all{
      described("a", "Université de Démoville", "UDV", "Démoville"), described("b", "Institut Zéphyrin", "IZ", "Nîmes"),
      described("c", "Hôpital Frontignan", "CHF", "Sérignan"), described("d", "架空大学", "KD", "東京")};
  all[1].parents = {{"a", "2010", ""}};
  all[1].units = {"UMR 7258", "U1068"};
  all[1].domains = {"zephyrin.example"};
  all[2].closed = "2015";
  all[2].successors = {{"b", "2015", ""}};
  return all;
}

void require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

void check(const OrganisationIndex& index, const std::string& text) {
  const auto answer = index.match(text, {0, "2020"});
  for (const auto* list : {&answer.organisations, &answer.doubtful}) {
    for (const auto& one : *list) {
      require(one.begin <= one.end && one.end <= text.size());
      require(one.probability >= 0 && one.probability <= 1 && one.principal >= 0 && one.principal <= 1);
      require(!one.id.empty() && !one.current.empty() && one.parents.size() <= index.size());
      for (size_t i = 1; i < one.rivals.size(); ++i) {
        require(one.rivals[i - 1].probability >= one.rivals[i].probability);
      }
    }
  }
  require(!answer.principal || *answer.principal < answer.organisations.size());
  for (const auto& unit : answer.units) {
    require(unit.begin < unit.end && unit.end <= text.size());
  }
  // What the thread keeps between two calls changes nothing.
  const auto again = index.match(text, {0, "2020"});
  require(again.organisations.size() == answer.organisations.size());
  for (size_t i = 0; i < again.organisations.size(); ++i) {
    require(again.organisations[i].id == answer.organisations[i].id &&
            again.organisations[i].probability == answer.organisations[i].probability);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const OrganisationIndex index(few());
  const std::string text(reinterpret_cast<const char*>(data), size);
  check(index, text);

  // Lines as organisations: name, acronym, town; each is part of the one before, the first of the last.
  std::vector<OrganisationDescription> all;
  for (size_t at = 0; at < text.size() && all.size() < 40;) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, std::min<size_t>(end - at, 400));
    all.push_back(described("x" + std::to_string(all.size()), line, line.substr(0, 5), line.substr(line.size() / 2)));
    all.back().units = {line};
    all.back().parents = {{"x" + std::to_string(all.size() - 2), line.substr(0, 4), ""}};
    all.back().successors = all.back().parents;
    at = end + 1;
  }
  if (!all.empty()) {
    all.front().parents = all.front().successors = {{all.back().id, "", ""}};
    const OrganisationIndex made(all);
    check(made, text);
    check(made, all.front().names.front().text + ", " + all.back().names.front().text);
  }
  return 0;
}

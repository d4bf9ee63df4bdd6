#include <boost/json.hpp>
#include <cmath>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/workplace.hpp"
#include "pool/affiliations/affiliations.hpp"

namespace pitchblende::cli {

namespace {

namespace json = boost::json;
using pool::KnownOrganisations;
using resolution::AffiliationAnswer;
using resolution::OrganisationMatch;

std::string_view why(const OrganisationMatch& one, Language language) {
  const bool french = language == Language::french;
  switch (one.evidence) {
    case resolution::OrganisationEvidence::name:
      return french ? "son nom" : "its name";
    case resolution::OrganisationEvidence::acronym:
      return french ? "son sigle" : "its acronym";
    case resolution::OrganisationEvidence::unit_code:
      return french ? "son numéro d’unité" : "its unit’s number";
    case resolution::OrganisationEvidence::email_domain:
      return french ? "le domaine d’une adresse" : "the domain of an address";
  }
  return "";
}

json::object as_json(const OrganisationMatch& one, const KnownOrganisations& known) {
  json::array rivals;
  for (const auto& rival : one.rivals) {
    rivals.push_back({{"id", rival.id}, {"label", known.label(rival.id)}, {"probability", rival.probability}});
  }
  json::array parents;
  for (const std::string_view parent : one.parents) {
    parents.push_back({{"id", parent}, {"label", known.label(parent)}});
  }
  return {{"id", one.id},
          {"label", known.label(one.id)},
          {"probability", one.probability},
          {"begin", one.begin},
          {"end", one.end},
          {"evidence", resolution::code(one.evidence)},
          {"name", one.name},
          {"country_agrees", one.country_agrees},
          {"town_agrees", one.town_agrees},
          {"domain_agrees", one.domain_agrees},
          {"implied", one.implied},
          {"ambiguous", one.ambiguous},
          {"rivals", std::move(rivals)},
          {"parents", std::move(parents)},
          {"current", {{"id", one.current}, {"label", known.label(one.current)}}}};
}

std::string as_json(const AffiliationAnswer& answer, const KnownOrganisations& known) {
  json::array organisations;
  for (const OrganisationMatch& one : answer.organisations) {
    organisations.push_back(as_json(one, known));
  }
  json::array doubtful;
  for (const OrganisationMatch& one : answer.doubtful) {
    doubtful.push_back(as_json(one, known));
  }
  json::array units;
  for (const resolution::UnitCode& unit : answer.units) {
    units.push_back(json::string(unit.shown));
  }
  json::object out{{"organisations", std::move(organisations)},
                   {"doubtful", std::move(doubtful)},
                   {"country", answer.country},
                   {"town", answer.town},
                   {"emails", json::value_from(answer.emails)},
                   {"units", std::move(units)}};
  out["principal"] = answer.principal ? json::value(answer.organisations[*answer.principal].id) : json::value(nullptr);
  return json::serialize(out);
}

void print(std::ostream& out, const OrganisationMatch& one, const KnownOrganisations& known, Language language) {
  const bool french = language == Language::french;
  out << known.label(one.id) << "  " << one.id << "  " << std::lround(one.probability * 100)
      << (french ? " %  par " : "%  by ") << why(one, language);
  if (!one.name.empty()) {
    out << (french ? " « " : " “") << one.name << (french ? " »" : "”");
  }
  out << '\n';
  for (const std::string_view parent : one.parents) {
    out << (french ? "    fait partie de " : "    part of ") << known.label(parent) << '\n';
  }
  if (one.current != one.id) {
    out << (french ? "    devenu " : "    now ") << known.label(one.current) << '\n';
  }
  for (const auto& rival : one.rivals) {
    out << (one.ambiguous ? (french ? "    ambigu : ou bien " : "    ambiguous: or else ")
                          : (french ? "    moins probable : " : "    less likely: "))
        << known.label(rival.id) << "  " << rival.id << "  " << std::lround(rival.probability * 100)
        << (french ? " %\n" : "%\n");
  }
}

}  // namespace

Result<Exit> read_affiliation(const Options& options, const Streams& streams) {
  TRY_ASSIGN(auto place, Workplace::for_reading(options.data));
  TRY_ASSIGN(const KnownOrganisations known,
             pool::known_organisations(*place->store,
                                       options.everything ? access::Viewer::everything() : access::Viewer::visitor()));
  std::string text;
  for (const std::string& word : options.words) {
    text += (text.empty() ? "" : " ") + word;
  }
  const resolution::OrganisationIndex index(known.all);
  const AffiliationAnswer answer = index.match(text);
  if (options.json) {
    streams.out << as_json(answer, known) << '\n';
  } else {
    const bool french = options.language == Language::french;
    for (const OrganisationMatch& one : answer.organisations) {
      print(streams.out, one, known, options.language);
    }
    if (!answer.doubtful.empty()) {
      streams.out << (french ? "Trop incertain pour être retenu :\n" : "Too uncertain to be kept:\n");
    }
    for (const OrganisationMatch& one : answer.doubtful) {
      print(streams.out, one, known, options.language);
    }
    if (answer.organisations.empty()) {
      streams.out << (french ? "Aucune organisation reconnue.\n" : "No organisation was recognised.\n");
    }
  }
  return answer.organisations.empty() ? Exit::not_found : Exit::done;
}

}  // namespace pitchblende::cli

#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/errors.hpp"
#include "cli/filters.hpp"
#include "cli/json.hpp"
#include "cli/matching.hpp"
#include "cli/print.hpp"
#include "cli/workplace.hpp"

namespace pitchblende::cli {

namespace {

access::Viewer viewer(const Options& options) {
  return options.everything ? access::Viewer::everything() : access::Viewer::visitor();
}

Result<search::Query> query_of(const Options& options, const registry::Registry& registry) {
  search::Query query;
  for (const std::string& word : options.words) {
    query.words += query.words.empty() ? "" : " ";
    query.words += word;
  }
  query.today = SystemClock().today();
  query.from = options.from;
  query.size = options.size;
  for (const std::string& said : options.filters) {
    TRY_ASSIGN(search::Filter filter, filter_of(said, registry, viewer(options)));
    query.filters.push_back(std::move(filter));
  }
  return query;
}

// Labels of the things that facets count by their ids.
Result<std::vector<registry::Card>> facet_labels(const registry::Registry& registry, const search::Answer& answer,
                                                 const access::Viewer& viewer) {
  std::vector<Id> ids;
  for (size_t at = 0; at < search::k_facets; ++at) {
    if (!counts_things(static_cast<search::Facet>(at))) {
      continue;
    }
    for (const search::FacetCount& count :
         at < answer.facets.size() ? answer.facets[at] : std::vector<search::FacetCount>{}) {
      if (const auto id = Id::parse(count.value)) {
        ids.push_back(*id);
      }
    }
  }
  return registry.cards(ids, viewer);
}

}  // namespace

Result<Exit> search_words(const Options& options, const Streams& streams) {
  TRY_ASSIGN(auto place, Workplace::for_reading(options.data));
  TRY_ASSIGN(const search::Query query, query_of(options, registry::Registry(*place->store)));
  TRY_ASSIGN(const auto index, index_for_reading(options.data, *place->store));
  const access::Viewer who = viewer(options);
  const search::Answer answer = index->search(query, who);
  TRY_ASSIGN(const auto labels, facet_labels(registry::Registry(*place->store), answer, who));
  if (options.json) {
    streams.out << to_json(answer, labels) << '\n';
  } else {
    print(streams.out, answer, labels, options.from, options.language);
  }
  return answer.count > 0 ? Exit::done : Exit::not_found;
}

Result<Exit> show(const Options& options, const Streams& streams) {
  TRY_ASSIGN(auto place, Workplace::for_reading(options.data));
  const registry::Registry registry(*place->store);
  const access::Viewer who = viewer(options);
  // Whom an e-mail address belongs to is for those who may see the address.
  if (options.id.starts_with("email:") && !options.everything) {
    return fail(errors::not_found, options.id);
  }
  TRY_ASSIGN(const Id id, id_of(registry, options.id));
  TRY_ASSIGN(const registry::Found found, registry.find(id, who));
  if (!found.card) {
    return found.presence == registry::Presence::withdrawn ? fail(errors::withdrawn, options.id)
                                                           : fail(errors::not_found, options.id);
  }
  TRY_ASSIGN(const auto out, registry.links_from(found.id, who));
  TRY_ASSIGN(const auto in, registry.links_to(found.id, who));
  TRY_ASSIGN(const auto history, options.everything ? registry.history(found.id) : std::vector<registry::Event>{});
  if (options.json) {
    streams.out << to_json(*found.card, out, in, history) << '\n';
    return Exit::done;
  }
  if (found.presence == registry::Presence::merged) {
    streams.out << id.text() << (options.language == Language::french ? " a été fusionné avec " : " was merged into ")
                << found.id.text() << '\n';
  }
  print(streams.out, *found.card, out, in, history, options.language);
  return Exit::done;
}

Result<Exit> list_sources(const Options& options, const Streams& streams) {
  TRY_ASSIGN(const Config config, read_config(options.data));
  for (const sources::Format& format : sources::formats()) {
    const std::string_view what = options.language == Language::french ? format.french : format.english;
    streams.out << format.name << (format.mode == sources::Mode::feed ? "  (feed)  " : "  (snapshot)  ") << what
                << '\n';
  }
  for (const auto& [name, source] : config.sources) {
    streams.out << name << "  configured, format " << source.settings.format << ", trust " << source.settings.trust
                << '\n';
  }
  return Exit::done;
}

}  // namespace pitchblende::cli

#include <boost/json.hpp>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/errors.hpp"
#include "demo/demo.hpp"

namespace pitchblende::cli {

namespace {

namespace json = boost::json;

Exit print_facts(std::ostream& out) {
  json::array all;
  const auto words = [](const std::vector<std::string_view>& list) {
    json::array out_words;
    for (const std::string_view word : list) {
      out_words.emplace_back(word);
    }
    return out_words;
  };
  for (const demo::Fact& fact : demo::facts()) {
    all.push_back({{"id", fact.id},
                   {"kind", fact.kind},
                   {"en", fact.english},
                   {"fr", fact.french},
                   {"reference", fact.reference},
                   {"words_en", words(fact.words_english)},
                   {"words_fr", words(fact.words_french)}});
  }
  out << json::serialize(all) << '\n';
  return Exit::done;
}

}  // namespace

Result<Exit> write_demo(const Options& options, const Streams& streams) {
  if (options.facts) {
    return print_facts(streams.out);
  }
  if (options.target.empty()) {
    return fail(errors::folder, "--out", "a folder is wanted");
  }
  demo::Settings settings;
  settings.size = options.demo_size == "consortium" ? demo::Size::consortium : demo::Size::small;
  settings.seed = options.seed;
  settings.folder = options.target;
  TRY_ASSIGN(const demo::Written written, demo::write(settings));
  TRY(Workplace::make(options.target, {}, {}));
  const json::object amounts{{"files", written.files},
                             {"bytes", written.bytes},
                             {"people", written.people},
                             {"teams", written.teams},
                             {"platforms", written.platforms},
                             {"equipment", written.equipment},
                             {"publications", written.publications}};
  if (options.json) {
    streams.out << json::serialize(amounts) << '\n';
  } else {
    streams.out << options.target << ": " << written.files << " files of " << written.sources.size() << " sources, "
                << written.people << " people, " << written.teams << " teams, " << written.platforms << " platforms, "
                << written.equipment << " instruments, " << written.publications << " publications, all invented\n"
                << "  pitchblende --data " << options.target << " pool\n  pitchblende --data " << options.target
                << " serve\n";
  }
  return Exit::done;
}

}  // namespace pitchblende::cli

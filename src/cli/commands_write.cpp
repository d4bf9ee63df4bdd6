#include <filesystem>
#include <fstream>
#include <ostream>
#include <set>
#include <sstream>

#include "access/audit.hpp"
#include "cli/commands.hpp"
#include "cli/errors.hpp"
#include "cli/json.hpp"
#include "cli/matching.hpp"
#include "cli/print.hpp"
#include "cli/progress.hpp"
#include "cli/workplace.hpp"
#include "files/files.hpp"

namespace pitchblende::cli {

namespace {

// Counting everything takes a look at everything: it is done after large imports only.
constexpr int64_t k_counted_from = 100;

ProgressStyle style(const Options& options, const Streams& streams) {
  if (options.json) {
    return ProgressStyle::json;
  }
  return streams.terminal ? ProgressStyle::terminal : ProgressStyle::none;
}

// Work with its progress shown.
class Watched {
 public:
  Watched(const Options& options, const Streams& streams)
      : m_line(streams.err, style(options, streams)), m_is_stopped(streams.is_stopped) {}
  pool::OnProgress watcher() {
    return [this](const pool::Progress& progress) {
      m_line.show(progress);
      return !m_is_stopped || !m_is_stopped();
    };
  }
  void finish() { m_line.finish(); }

 private:
  ProgressLine m_line;
  std::function<bool()> m_is_stopped;
};

// A source that pitchblende.toml does not speak of goes on as it was imported before.
Result<pool::SourceSettings> as_before(const Workplace& place, pool::SourceSettings settings) {
  if (place.config.sources.contains(settings.name)) {
    return settings;
  }
  TRY_ASSIGN(auto before, pool::stored_settings(*place.store, settings.name));
  if (!before) {
    return settings;
  }
  before->format = std::move(settings.format);
  before->mapping = std::move(settings.mapping);
  return *std::move(before);
}

// What pitchblende.toml says of the source, else what it was imported with before, else what its format is known for;
// the command line has the last word.
Result<pool::SourceSettings> settings_of(const Options& options, const Workplace& place) {
  pool::SourceSettings settings;
  if (options.mapping.empty()) {
    TRY_ASSIGN(settings, source_settings(place.config, options.source));
  } else {
    std::ifstream file(options.mapping, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    if (!file) {
      return fail(errors::folder, options.mapping, "cannot be read");
    }
    settings.format = options.mapping;
    settings.mapping = text.str();
  }
  settings.name = options.as.empty() ? options.source : options.as;
  TRY_ASSIGN(settings, as_before(place, std::move(settings)));
  settings.institution = options.institution.value_or(settings.institution);
  settings.institution_ref = options.institution_ref.value_or(settings.institution_ref);
  settings.licence = options.licence.value_or(settings.licence);
  settings.trust = options.trust.value_or(static_cast<int>(settings.trust));
  if (options.mode) {
    settings.mode = *options.mode == "feed" ? sources::Mode::feed : sources::Mode::snapshot;
  }
  return settings;
}

Exit outcome(const pool::RunReport& report) {
  if (report.refused) {
    return Exit::refused;
  }
  const auto unread = std::count_if(report.files.begin(), report.files.end(),
                                    [](const pool::FileReport& file) { return file.problem.has_value(); });
  if (report.read == 0 && unread == std::ssize(report.files)) {
    return Exit::failed;
  }
  return report.rejected > 0 || unread > 0 ? Exit::rejected : Exit::done;
}

void say(const Options& options, std::ostream& out, const pool::RunReport& report) {
  if (options.json) {
    out << to_json(report) << '\n';
  } else {
    print(out, report, options.dry_run, options.language);
  }
}

Result<void> settle(const Options& options, Workplace& place, Watched& watched, std::ostream& out) {
  TRY_ASSIGN(const pool::SettleReport settled,
             options.full ? place.pool->full(watched.watcher()) : place.pool->settle(watched.watcher()));
  watched.finish();
  if (options.json) {
    out << to_json(settled) << '\n';
    return {};
  }
  print(out, settled, options.language);
  if (settled.records < k_counted_from) {
    return {};
  }
  TRY_ASSIGN(const auto counts, registry::Registry(*place.store).counts());
  print(out, counts, options.language);
  return {};
}

Result<Exit> import_one(const Options& options, Workplace& place, Watched& watched,
                        const pool::SourceSettings& settings, const std::vector<std::string>& files,
                        std::ostream& out) {
  TRY_ASSIGN(const pool::RunReport report,
             place.pool->import(settings, files, {options.dry_run, options.accept_withdrawals}, watched.watcher()));
  watched.finish();
  say(options, out, report);
  return outcome(report);
}

}  // namespace

Result<Exit> init(const Options& options, const Streams& streams) {
  TRY(Workplace::make(options.data, options.database, options.name));
  if (options.json) {
    streams.out << "{\"made\":true}\n";
  } else {
    const bool french = options.language == Language::french;
    streams.out << options.data
                << (french ? " : prêt. Dites d’où viennent les faits dans " : ": ready. Say where facts come from in ")
                << options.data << "/pitchblende.toml" << (french ? ", ou commencez par\n" : ", or begin with\n")
                << "  pitchblende --data " << options.data << " import pubmed " << (french ? "FICHIER…\n" : "FILE…\n");
  }
  return Exit::done;
}

Result<Exit> import_source(const Options& options, Workplace& place, const Streams& streams) {
  TRY_ASSIGN(const pool::SourceSettings settings, settings_of(options, place));
  Watched watched(options, streams);
  TRY_ASSIGN(const Exit imported, import_one(options, place, watched, settings, options.files, streams.out));
  if (!options.dry_run && !options.only_import && imported != Exit::refused && imported != Exit::failed) {
    TRY(settle(options, place, watched, streams.out));
  }
  return imported;
}

Result<Exit> pool_files(const Options& options, Workplace& place, const Streams& streams) {
  TRY_ASSIGN(const std::vector<Batch> batches, match_files(place.config, options.data, options.files));
  Watched watched(options, streams);
  Exit worst = Exit::done;
  size_t failed = 0;
  for (const Batch& batch : batches) {
    TRY_ASSIGN(const pool::SourceSettings settings, as_before(place, batch.settings));
    TRY_ASSIGN(const Exit imported, import_one(options, place, watched, settings, batch.files, streams.out));
    failed += imported == Exit::failed ? 1 : 0;
    worst = std::max(worst, imported == Exit::failed ? Exit::rejected : imported);
  }
  if (!options.dry_run) {
    TRY(settle(options, place, watched, streams.out));
  }
  return failed > 0 && failed == batches.size() ? Exit::failed : worst;
}

Result<Exit> decide(const Options& options, Workplace& place, const Streams& streams) {
  const registry::Registry registry(*place.store);
  pool::Judgement judgement;
  using Verdict = pool::Judgement::Verdict;
  for (const Verdict verdict : {Verdict::same, Verdict::different, Verdict::attach, Verdict::detach, Verdict::override_,
                                Verdict::hide, Verdict::verified, Verdict::undo}) {
    if (pool::name(verdict) == options.verdict) {
      judgement.verdict = verdict;
    }
  }
  if (judgement.verdict == Verdict::undo) {
    judgement.undoes = std::strtoll(options.id.c_str(), nullptr, 10);
  } else {
    judgement.record_a = record_of(options.id);
    if (!judgement.record_a) {
      TRY_ASSIGN(judgement.a, id_of(registry, options.id));
    }
  }
  const bool from_where_it_stands = judgement.verdict == Verdict::detach && options.other.empty();
  if (judgement.verdict == Verdict::same || judgement.verdict == Verdict::different ||
      judgement.verdict == Verdict::attach || (judgement.verdict == Verdict::detach && !from_where_it_stands)) {
    judgement.record_b = record_of(options.other);
    if (!judgement.record_b) {
      TRY_ASSIGN(judgement.b, id_of(registry, options.other));
    }
  }
  judgement.field = options.field;
  judgement.value = {options.value, options.value_language, {}};
  judgement.who = options.who;
  judgement.why = options.why;
  TRY_ASSIGN(const int64_t number, place.pool->decide(judgement));
  static_cast<void>(place.follow_merges());  // the decision stands; what cannot follow now is tried again
  if (options.json) {
    streams.out << "{\"decision\":" << number << "}\n";
  } else {
    const bool french = options.language == Language::french;
    streams.out << (french ? "décision " : "decision ") << number << (french ? " ; " : "; ")
                << "`pitchblende decide undo " << number << (french ? "` l’annule\n" : "` takes it back\n");
  }
  return Exit::done;
}

Result<Exit> rebuild(const Options& options, Workplace& place, const Streams& streams) {
  Watched watched(options, streams);
  TRY_ASSIGN(const pool::SettleReport report, place.pool->rebuild(watched.watcher()));
  watched.finish();
  if (options.json) {
    streams.out << to_json(report) << '\n';
  } else {
    const bool french = options.language == Language::french;
    streams.out << (french ? "refait : " : "rebuilt: ") << report.cards << (french ? " cartes, " : " cards, ")
                << report.documents << (french ? " indexées\n" : " indexed\n");
  }
  return Exit::done;
}

namespace {

Result<void> check_beside_pool(const Options& options, Workplace& place, pool::CheckReport& report) {
  TRY_ASSIGN(const std::string secret, folder_secret(options.data));
  TRY_ASSIGN(const std::vector<std::string> problems, access::Audit(*place.store, place.clock, secret).check());
  report.problems.insert(report.problems.end(), problems.begin(), problems.end());
  TRY_ASSIGN(const std::vector<std::string> files,
             files::Files(*place.store, place.clock, files_folder(options.data)).check());
  report.problems.insert(report.problems.end(), files.begin(), files.end());
  return {};
}

}  // namespace

Result<Exit> check(const Options& options, Workplace& place, const Streams& streams) {
  Watched watched(options, streams);
  TRY_ASSIGN(pool::CheckReport report, place.pool->check(watched.watcher()));
  TRY(check_beside_pool(options, place, report));
  watched.finish();
  if (options.json) {
    streams.out << to_json(report) << '\n';
  } else {
    print(streams.out, report, options.language);
  }
  return report.problems.empty() ? Exit::done : Exit::problems;
}

namespace {

// What a folder has beside its database and cannot be remade, as paths in it. A mapping that stands elsewhere stays
// there.
std::set<std::filesystem::path> kept_files(const Config& config) {
  std::set<std::filesystem::path> files = {"pitchblende.toml", "secret.key"};
  for (const auto& [name, source] : config.sources) {
    const std::filesystem::path mapping = std::filesystem::path(source.settings.format).lexically_normal();
    if (!source.settings.mapping.empty() && mapping.is_relative() && *mapping.begin() != "..") {
      files.insert(mapping);
    }
  }
  return files;
}

}  // namespace

Result<Exit> backup(const Options& options, const Streams& streams) {
  namespace fs = std::filesystem;
  TRY_ASSIGN(auto place, Workplace::for_reading(options.data));
  std::error_code error;
  if (fs::exists(options.target, error)) {
    return fail(errors::folder, options.target, "is there already; a backup wants a new folder");
  }
  fs::create_directories(options.target, error);
  if (error) {
    return fail(errors::folder, options.target, error.message());
  }
  TRY(place->store->backup((fs::path(options.target) / "pitchblende.db").string()));
  for (const fs::path& kept : kept_files(place->config)) {
    const fs::path file = fs::path(options.data) / kept;
    if (!error && fs::exists(file)) {
      fs::create_directories((fs::path(options.target) / kept).parent_path(), error);
      fs::copy_file(file, fs::path(options.target) / kept, error);
    }
  }
  // After the database: what its rows hang on is there by now, and stays for a day when nothing hangs on it any more.
  if (!error && fs::exists(files_folder(options.data))) {
    fs::copy(files_folder(options.data), files_folder(options.target), fs::copy_options::recursive, error);
  }
  if (error) {
    return fail(errors::folder, options.target, error.message());
  }
  streams.out << (options.json ? "{\"backup\":true}\n"
                               : options.target + (options.language == Language::french
                                                       ? " : la base et sa configuration\n"
                                                       : ": the database and its configuration\n"));
  return Exit::done;
}

Result<Exit> restore(const Options& options, const Streams& streams) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::exists(fs::path(options.data) / "pitchblende.db", error)) {
    return fail(errors::exists, options.data);
  }
  if (!fs::exists(fs::path(options.target) / "pitchblende.db", error)) {
    return fail(errors::folder, options.target, "is no backup: pitchblende.db is not there");
  }
  fs::create_directories(options.data, error);
  if (!error) {
    fs::copy(options.target, options.data, fs::copy_options::recursive, error);  // all that backup() put there
  }
  if (error) {
    return fail(errors::folder, options.data, error.message());
  }
  TRY_ASSIGN(auto place, Workplace::for_writing(options.data));
  Watched watched(options, streams);
  TRY(settle(options, *place, watched, streams.out));
  TRY_ASSIGN(pool::CheckReport report, place->pool->check(watched.watcher()));
  TRY(check_beside_pool(options, *place, report));
  watched.finish();
  if (options.json) {
    streams.out << to_json(report) << '\n';
  } else {
    print(streams.out, report, options.language);
    if (place->erased_again > 0) {
      streams.out << place->erased_again
                  << (options.language == Language::french
                          ? " effacements refaits : la sauvegarde était plus ancienne\n"
                          : " erasures done again: the backup was older\n");
    }
  }
  return report.problems.empty() ? Exit::done : Exit::problems;
}

}  // namespace pitchblende::cli

#include "intake/intake.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/text.hpp"
#include "files/errors.hpp"
#include "intake/errors.hpp"
#include "intake/intake_store.hpp"
#include "registry/registry.hpp"

namespace pitchblende::intake {

namespace {

namespace fs = std::filesystem;
using store::Connection;
using store::Transaction;

constexpr size_t k_longest_name = 60;
constexpr size_t k_longest_mapping = size_t{256} << 10;
constexpr size_t k_longest_licence = 200;
constexpr int64_t k_looked_at = 20;  // rows by which a format is guessed
constexpr std::string_view k_try = "intake.try";
constexpr std::string_view k_apply = "intake.apply";

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= k_longest_name && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

std::optional<sources::Format> format_of(std::string_view name) {
  for (const sources::Format& each : sources::formats()) {
    if (each.name == name) {
      return each;
    }
  }
  return std::nullopt;
}

const sources::ReadyMapping* ready(std::string_view name) {
  for (const sources::ReadyMapping& each : sources::ready_mappings()) {
    if (each.name == name) {
      return &each;
    }
  }
  return nullptr;
}

std::string slug(std::string_view text) {
  std::string out;
  for (const char c : fold(text)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (!out.empty() && out.back() == '-') {
    out.pop_back();
  }
  return out;
}

// A file under the name that it was brought with, for as long as it is read: reports name it.
class LaidOut {
 public:
  explicit LaidOut(std::string path) : m_path(std::move(path)) {}
  ~LaidOut() {
    std::error_code ignored;
    fs::remove_all(fs::path(m_path).parent_path(), ignored);
  }
  LaidOut(const LaidOut&) = delete;
  LaidOut& operator=(const LaidOut&) = delete;
  const std::string& path() const { return m_path; }

 private:
  std::string m_path;
};

Result<std::string> lay_out(const std::string& folder, const std::string& name, std::string_view bytes) {
  std::error_code error;
  fs::create_directories(folder, error);
  std::string own = (fs::path(folder) / "intake-XXXXXX").string();
  if (error || ::mkdtemp(own.data()) == nullptr) {
    return fail(files::errors::write, name, error ? error.message() : std::strerror(errno));
  }
  const std::string path = (fs::path(own) / name).string();
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) {
    fs::remove_all(own, error);
    return fail(files::errors::write, name, std::strerror(errno));
  }
  return path;
}

// How well a ready mapping fits: the share of the file's columns that it knows, if any row goes in.
double fit(const std::string& path, const sources::ReadyMapping& mapping) {
  const auto preview = sources::preview_table(path, {}, mapping.toml, k_looked_at);
  if (!preview || preview->accepted.empty() || preview->columns.empty()) {
    return 0;
  }
  const auto known = std::count_if(preview->columns.begin(), preview->columns.end(),
                                   [](const auto& column) { return !column.column.empty(); });
  const double all = static_cast<double>(preview->columns.size());
  const double read = static_cast<double>(preview->accepted.size() + preview->rejected.size());
  return static_cast<double>(known) / all * static_cast<double>(preview->accepted.size()) / read;
}

pool::SourceSettings settings_of(const Said& said, const registry::Registry& registry) {
  pool::SourceSettings out;
  out.name = said.source;
  out.format = said.mapping.empty() ? said.format : "";
  out.mapping = said.mapping;
  out.institution = said.institution;
  if (said.object != Id()) {
    out.institution_ref = registry.reference_to(said.object).value_or(std::string());
  }
  out.trust = said.trust.value_or(out.trust);
  out.licence = said.licence.value_or(out.licence);
  out.republish = said.republish.value_or(out.republish);
  const auto format = format_of(said.format);
  const auto own = said.mapping.empty() ? Result<sources::Mode>(format ? format->mode : sources::Mode::snapshot)
                                        : sources::mapping_mode(said.mapping);
  out.mode = own.value_or(sources::Mode::snapshot);
  return out;
}

// How far it is trusted and what may be done with it: what is not said is as it was.
Result<void> settle_terms(const pool::SourceSettings& stored, Said& said) {
  said.trust = said.trust.value_or(stored.trust);
  said.licence = squeeze(said.licence.value_or(stored.licence));
  said.republish = said.republish.value_or(stored.republish);
  if (*said.trust < 0 || *said.trust > 100) {
    return fail(errors::trust);
  }
  return said.licence->size() <= k_longest_licence ? Result<void>()
                                                   : fail(errors::licence, std::to_string(k_longest_licence));
}

}  // namespace

std::string source_name(std::string_view institution, std::string_view format) {
  const std::string last = "-" + slug(format);
  std::string first = slug(institution);
  first.resize(std::min(first.size(), k_longest_name - last.size()));
  return first.empty() ? last.substr(1) : first + last;
}

std::string guessed_format(const std::string& path) {
  if (std::string shown = sources::shown_format(path); !shown.empty()) {
    return shown;
  }
  std::string best;
  double best_fit = 0;
  for (const sources::ReadyMapping& each : sources::ready_mappings()) {
    const double fits = fit(path, each);
    if (fits > best_fit) {
      best_fit = fits;
      best = each.name;
    }
  }
  return best;
}

IntakeRoom::IntakeRoom(Means means) : m_means(std::move(means)) {
  // What was being read when the program was killed lies there still, with whoever stands in it.
  std::error_code ignored;
  fs::remove_all(m_means.folder, ignored);
  m_means.jobs.on(std::string(k_try), [this](const jobs::Job& job) { return try_it(job); });
  m_means.jobs.on(std::string(k_apply), [this](const jobs::Job& job) { return apply_it(job); });
}

std::string IntakeRoom::mapping_text(const Said& said) {
  const sources::ReadyMapping* known = ready(said.format);
  return !said.mapping.empty() ? said.mapping : known != nullptr ? std::string(known->toml) : std::string();
}

// Fills what can be found out, and refuses what cannot be.
Result<void> IntakeRoom::settle_said(const std::string& path, Said& said) const {
  if (said.mapping.size() > k_longest_mapping) {
    return fail(files::errors::too_large, "mapping", std::to_string(said.mapping.size()),
                std::to_string(k_longest_mapping));
  }
  if (!said.mapping.empty()) {
    TRY(sources::mapping_mode(said.mapping));
  } else if (said.format.empty()) {
    said.format = guessed_format(path);
  }
  if (said.mapping.empty() && !format_of(said.format)) {
    return fail(errors::unseen);
  }
  said.institution = slug(said.institution);
  if (said.source.empty()) {
    said.source = source_name(said.institution, said.format.empty() ? "table" : said.format);
  }
  if (!is_name(said.source)) {
    return fail(errors::name, said.source);
  }
  if (m_means.is_configured && m_means.is_configured(said.source)) {
    return fail(errors::configured, said.source);
  }
  // Whose a source is, is said by its first file: nobody replaces another institution's.
  TRY_ASSIGN(const auto stored, pool::stored_settings(m_means.store, said.source));
  const std::string own = settings_of(said, registry::Registry(m_means.store)).institution_ref;
  if (stored && stored->institution_ref != own) {
    return fail(errors::others, said.source);
  }
  return settle_terms(stored.value_or(pool::SourceSettings()), said);
}

Result<int64_t> IntakeRoom::bring(int64_t account, std::string_view file_name, std::string_view bytes, Said said) {
  TRY_ASSIGN(const files::Kept kept, m_means.files.keep(file_name, bytes));
  TRY_ASSIGN(const std::string path, lay_out(m_means.folder, kept.name, bytes));
  const LaidOut file(path);
  TRY(settle_said(file.path(), said));
  Intake intake;
  intake.account = account;
  intake.said = std::move(said);
  intake.created = m_means.clock.now_text();
  return m_means.store.write([&](Transaction& db) -> Result<int64_t> {
    TRY_ASSIGN(intake.attachment, m_means.files.attach(db, kept, {"intake", 0, account}));
    TRY_ASSIGN(const int64_t id, rows::insert(db, intake));
    TRY(m_means.audit.record(db, {account, "bring", "intake", id, intake.said.source}));
    TRY(m_means.jobs.post(db, {std::string(k_try), std::to_string(id), {}, {}}));
    return id;
  });
}

Result<std::string> IntakeRoom::laid_out(const Intake& intake) const {
  TRY_ASSIGN(const files::Attachment attachment, m_means.files.find(intake.attachment));
  TRY_ASSIGN(const std::string bytes, m_means.files.read(attachment));
  return lay_out(m_means.folder, attachment.file.name, bytes);
}

Result<void> IntakeRoom::say(int64_t account, int64_t id, int64_t revision, Said said) {
  TRY_ASSIGN(Intake intake, find(id));
  if (intake.revision != revision) {
    return fail(errors::changed);
  }
  if (intake.state == State::applying || intake.state == State::applied || intake.state == State::dropped) {
    return fail(errors::state, std::string(name(intake.state)));
  }
  TRY_ASSIGN(const std::string path, laid_out(intake));
  const LaidOut file(path);
  TRY(settle_said(file.path(), said));
  intake.said = std::move(said);
  intake.state = State::waiting;
  intake.accept_withdrawals = false;
  intake.report.clear();
  intake.changed = m_means.clock.now_text();
  return m_means.store.write([&](Transaction& db) -> Result<void> {
    TRY(rows::update(db, intake, revision));
    TRY(m_means.audit.record(db, {account, "say", "intake", id, intake.said.source}));
    return m_means.jobs.post(db, {std::string(k_try), std::to_string(id), {}, {}});
  });
}

Result<void> IntakeRoom::apply(int64_t account, int64_t id, int64_t revision, bool accept_withdrawals) {
  TRY_ASSIGN(Intake intake, find(id));
  if (intake.revision != revision) {
    return fail(errors::changed);
  }
  if (intake.state != State::tried && !(intake.state == State::refused && accept_withdrawals)) {
    return fail(errors::state, std::string(name(intake.state)));
  }
  intake.state = State::applying;
  intake.accept_withdrawals = accept_withdrawals;
  intake.changed = m_means.clock.now_text();
  return m_means.store.write([&](Transaction& db) -> Result<void> {
    TRY(rows::update(db, intake, revision));
    TRY(m_means.audit.record(db, {account, "apply", "intake", id, intake.said.source}));
    return m_means.jobs.post(db, {std::string(k_apply), std::to_string(id), {}, {}});
  });
}

Result<void> IntakeRoom::drop(int64_t account, int64_t id, int64_t revision) {
  TRY_ASSIGN(Intake intake, find(id));
  if (intake.state == State::applying || intake.state == State::applied) {
    return fail(errors::state, std::string(name(intake.state)));
  }
  intake.state = State::dropped;
  intake.changed = m_means.clock.now_text();
  return m_means.store.write([&](Transaction& db) -> Result<void> {
    TRY(rows::update(db, intake, revision));
    TRY(m_means.audit.record(db, {account, "drop", "intake", id, intake.said.source}));
    TRY(m_means.jobs.cancel(db, k_try, std::to_string(id)));
    return m_means.files.remove(db, intake.attachment);
  });
}

Result<Intake> IntakeRoom::find(int64_t id) const {
  return m_means.store.read([&](Connection& db) { return rows::find(db, id); });
}

Result<std::vector<Intake>> IntakeRoom::list(int64_t limit) const {
  return m_means.store.read([&](Connection& db) { return rows::list(db, limit); });
}

Result<int64_t> IntakeRoom::waiting_for(int64_t account) const {
  return m_means.store.read([&](Connection& db) { return rows::tried_of(db, account); });
}

Result<std::vector<KnownSource>> IntakeRoom::sources() const {
  return m_means.store.read([&](Connection& db) { return rows::sources(db); });
}

Result<std::vector<Made>> IntakeRoom::made(const Intake& intake, int64_t limit) const {
  return m_means.store.read([&](Connection& db) { return rows::made(db, intake.said.source, limit); });
}

Result<sources::Preview> IntakeRoom::preview(const Intake& intake, int64_t count) const {
  TRY_ASSIGN(const std::string path, laid_out(intake));
  const LaidOut file(path);
  sources::Settings settings;
  settings.source = intake.said.source;
  settings.institution = intake.said.institution.empty() ? intake.said.source : intake.said.institution;
  return sources::preview_table(file.path(), settings, mapping_text(intake.said), count);
}

Result<Report> IntakeRoom::run(const Intake& intake, const pool::ImportOptions& options, bool& refused) const {
  TRY_ASSIGN(const std::string path, laid_out(intake));
  const LaidOut file(path);
  auto settings = settings_of(intake.said, registry::Registry(m_means.store));
  TRY_ASSIGN(const auto stored, pool::stored_settings(m_means.store, intake.said.source));
  settings.visibility = stored ? stored->visibility : settings.visibility;
  TRY_ASSIGN(const pool::RunReport run, m_means.pool.import(settings, {file.path()}, options, {}));
  refused = run.refused;
  return report_of(run);
}

// What is wrong with the file is the answer, not a failure of the job: trying again would say the same.
Result<jobs::Change> IntakeRoom::try_it(const jobs::Job& job) {
  TRY_ASSIGN(Intake intake, find(std::atoll(job.of.c_str())));
  if (intake.state != State::waiting) {
    return jobs::Change();
  }
  bool refused = false;
  pool::ImportOptions options;
  options.dry_run = true;
  const auto done = run(intake, options, refused);
  Report report;
  if (done) {
    report = *done;
  } else {
    report.problem_english = done.error().message(Language::english);
    report.problem_french = done.error().message(Language::french);
  }
  intake.state = report.accepted == 0 ? State::failed : refused ? State::refused : State::tried;
  intake.report = encode(report);
  intake.changed = m_means.clock.now_text();
  return jobs::Change([intake](Transaction& db) { return rows::update(db, intake, intake.revision); });
}

Result<jobs::Change> IntakeRoom::apply_it(const jobs::Job& job) {
  TRY_ASSIGN(Intake intake, find(std::atoll(job.of.c_str())));
  if (intake.state != State::applying) {
    return jobs::Change();
  }
  bool refused = false;
  pool::ImportOptions options;
  options.accept_withdrawals = intake.accept_withdrawals;
  TRY_ASSIGN(Report report, run(intake, options, refused));
  TRY_ASSIGN(const pool::SettleReport settled, m_means.pool.settle({}));
  report.pageless = settled.pageless;
  intake.state = refused ? State::refused : State::applied;
  intake.report = encode(report);
  intake.changed = m_means.clock.now_text();
  return jobs::Change([intake](Transaction& db) { return rows::update(db, intake, intake.revision); });
}

}  // namespace pitchblende::intake

#include "intake/intake.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "files/errors.hpp"
#include "intake/errors.hpp"
#include "intake/intake_rules.hpp"
#include "intake/intake_said.hpp"
#include "intake/intake_store.hpp"
#include "registry/registry.hpp"

namespace pitchblende::intake {

namespace {

namespace fs = std::filesystem;
using store::Connection;
using store::Transaction;

constexpr std::string_view k_try = "intake.try";
constexpr std::string_view k_apply = "intake.apply";

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

}  // namespace

IntakeRoom::IntakeRoom(Means means) : m_means(std::move(means)) {
  // What was being read when the program was killed lies there still, with whoever stands in it.
  std::error_code ignored;
  fs::remove_all(m_means.folder, ignored);
  m_means.jobs.on(std::string(k_try), [this](const jobs::Job& job) { return try_it(job); });
  m_means.jobs.on(std::string(k_apply), [this](const jobs::Job& job) { return apply_it(job); });
}

bool IntakeRoom::reaches_all(int64_t account) const {
  return m_means.brings_any && m_means.brings_any(account).value_or(false);
}

Result<int64_t> IntakeRoom::bring(int64_t account, std::string_view file_name, std::string_view bytes, Said said) {
  TRY_ASSIGN(const files::Kept kept, m_means.files.keep(file_name, bytes));
  TRY_ASSIGN(const std::string path, lay_out(m_means.folder, kept.name, bytes));
  const LaidOut file(path);
  TRY(settle_said(file.path(), bytes, said));
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

Result<std::string> IntakeRoom::bytes_of(const Intake& intake) const {
  TRY_ASSIGN(const files::Attachment attachment, m_means.files.find(intake.attachment));
  return m_means.files.read(attachment);
}

Result<std::string> IntakeRoom::laid_out(const Intake& intake) const {
  TRY_ASSIGN(const files::Attachment attachment, m_means.files.find(intake.attachment));
  TRY_ASSIGN(const std::string bytes, m_means.files.read(attachment));
  return lay_out(m_means.folder, attachment.file.name, bytes);
}

Result<int64_t> IntakeRoom::bring_sheet(int64_t account, const Intake& intake, const std::string& sheet) {
  TRY_ASSIGN(const files::Attachment attachment, m_means.files.find(intake.attachment));
  TRY_ASSIGN(const std::string bytes, m_means.files.read(attachment));
  Said said;
  said.institution = intake.said.institution;
  said.object = intake.said.object;
  said.licence = intake.said.licence;
  said.republish = intake.said.republish;
  said.sheet = sheet;
  return bring(account, attachment.file.name, bytes, std::move(said));
}

Result<std::vector<sources::Sheet>> IntakeRoom::tables(const Intake& intake, size_t rows) const {
  TRY_ASSIGN(const files::Attachment attachment, m_means.files.find(intake.attachment));
  TRY_ASSIGN(const std::string bytes, m_means.files.read(attachment));
  return sources::first_rows(bytes, attachment.file.name, rows);
}

Result<std::optional<Reading>> IntakeRoom::last_reading(const std::string& source) const {
  return m_means.store.read([&](Connection& db) { return rows::last_reading(db, source); });
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
  TRY_ASSIGN(const std::string bytes, bytes_of(intake));
  TRY(settle_said(file.path(), bytes, said));
  intake.said = std::move(said);
  intake.account = account;
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
  intake.account = reaches_all(account) ? intake.account : account;
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

std::string IntakeRoom::plain(std::string message) const {
  const std::string begins = (fs::path(m_means.folder) / "intake-").string();
  for (size_t at = message.find(begins); at != std::string::npos; at = message.find(begins, at)) {
    message.erase(at, std::min(message.find('/', at + begins.size()), message.size() - 1) + 1 - at);
  }
  return message;
}

Result<sources::Preview> IntakeRoom::preview(const Intake& intake, int64_t count) const {
  TRY_ASSIGN(const std::string path, laid_out(intake));
  const LaidOut file(path);
  sources::Settings settings;
  settings.source = intake.said.source;
  settings.institution = intake.said.institution.empty() ? intake.said.source : intake.said.institution;
  settings.institution_ref = settings_of(intake.said, registry::Registry(m_means.store)).institution_ref;
  return sources::preview_table(file.path(), settings, mapping_text(intake.said), count);
}

// Rules 1 to 4; who works at the terminal (rule 5) does not come by here.
Result<Report> IntakeRoom::run(const Intake& intake, pool::ImportOptions options, bool& refused) const {
  if (intake.said.mapping.empty() && !format_of(intake.said.format)) {
    return fail(errors::unseen);
  }
  if (!reaches_all(intake.account)) {
    options.refuse = refusal;
  }
  TRY_ASSIGN(const std::string path, laid_out(intake));
  const LaidOut file(path);
  auto settings = settings_of(intake.said, registry::Registry(m_means.store));
  TRY_ASSIGN(const auto stored, pool::stored_settings(m_means.store, intake.said.source));
  settings.visibility = stored ? stored->visibility : settings.visibility;
  TRY_ASSIGN(const pool::RunReport run, m_means.pool.import(settings, {file.path()}, options, {}));
  refused = run.refused;
  Report report = report_of(run);
  report.problem_english = plain(std::move(report.problem_english));
  report.problem_french = plain(std::move(report.problem_french));
  return report;
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

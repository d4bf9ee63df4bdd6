#include "cli/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "base/version.hpp"
#include "cli/help/help_words.hpp"

namespace pitchblende::cli {

namespace {

constexpr const char* k_footer =
    "Exit codes: 0 done; 1 failed, nothing was done; 2 the command's words are off; 3 done, but some records or files "
    "did\n"
    "not get in; 4 refused, too much would be withdrawn; 5 check found problems; 6 nothing found.\n\n"
    "First steps:\n"
    "  pitchblende --data DIR init\n"
    "  pitchblende --data DIR import pubmed FILE.xml.gz\n"
    "  pitchblende --data DIR search cytometry\n";

constexpr const char* k_french_footer =
    "Codes de retour : 0 fait ; 1 échec, rien n’a été fait ; 2 les mots de la commande ne vont pas ; 3 fait, mais des\n"
    "fiches ou des fichiers ne sont pas entrés ; 4 refusé, trop serait retiré ; 5 check a trouvé des problèmes ; 6 "
    "rien\n"
    "n’a été trouvé.\n\n"
    "Premiers pas :\n"
    "  pitchblende --data DOSSIER init\n"
    "  pitchblende --data DOSSIER import pubmed FICHIER.xml.gz\n"
    "  pitchblende --data DOSSIER search cytometry\n";

void add_import_options(CLI::App& command, Options& out) {
  command.add_flag("--dry-run", out.dry_run, "Change nothing; say what would be new, changed, withdrawn, unchanged");
  command.add_flag("--accept-withdrawals", out.accept_withdrawals,
                   "Let a run withdraw more than a fifth of its source");
}

void add_reading(CLI::App& app, Options& out) {
  CLI::App* search = app.add_subcommand("search", "Find: words, \"quoted words\", -not; kinds and facets by --filter");
  search->add_option("words", out.words, "What to look for; nothing: everything");
  search->add_option("--filter", out.filters, "FACET=VALUE, for example kind=publication or year=2024; may be repeated")
      ->allow_extra_args(false);
  search->add_option("--from", out.from, "How many hits to leave out first");
  search->add_option("--size", out.size, "How many hits to show")->check(CLI::Range(0, 1000));
  search->add_flag("--everything", out.everything, "As the administrator may see it, not as the public does");

  CLI::App* show = app.add_subcommand("show", "Show one thing: its card with sources, links and history");
  show->add_option("id", out.id, "Its id, or a reference such as orcid:… ror:… doi:…")->required();
  show->add_flag("--everything", out.everything, "As the administrator may see it, not as the public does");

  CLI::App* explain = app.add_subcommand("explain", "Why a thing is one thing: records, evidence, what held it apart");
  explain->add_option("id", out.id, "Its id, a reference, or one of its records (RECORD/PART)")->required();
  explain->add_option("other", out.other, "Another one: what speaks for and against the two being one");
  CLI::App* affiliation =
      app.add_subcommand("affiliation", "Which organisations and teams of the pool an affiliation names, and why");
  affiliation->add_option("text", out.words, "The affiliation, as printed")->required();
  affiliation->add_flag("--everything", out.everything, "As the administrator may see it, not as the public does");
  app.add_subcommand("sources", "List the formats and ready mappings that import knows, and the configured sources");
}

void add_figures(CLI::App& app, Options& out) {
  CLI::App* figures =
      app.add_subcommand("figures", "What the consortium is and did in a year, by key area and institution");
  figures->add_option("--year", out.year, "The year; this one when it is not said")->check(CLI::Range(1500, 9999));
  figures->add_option(
      "--out", out.out,
      "The XLSX workbook that they are written to; figures-YEAR.xlsx when it is not said, and none with --json");
  figures->add_flag("--everything", out.everything, "Count what the administrator may see, not what the public does");
}

void add_curating(CLI::App& app, Options& out) {
  CLI::App* review =
      app.add_subcommand("review", "Answer what the program was not sure of, what changes most pages first");
  review->add_option("--kind", out.kind, "Only this kind: person, organisation, publication …");
  review->add_option("--limit", out.limit, "How many questions at most; of --json 20");
  review->add_option("--who", out.who, "Who decides; asked for when it is not said");
  review->add_option("--why", out.why, "Why, for all answers; asked for each when it is not said");
  CLI::App* quality = app.add_subcommand(
      "quality", "How good the pool is: sizes, what looks wrong, what may be left twice, what is resolved");
  quality->add_option("--limit", out.limit, "How many examples of each sort; 20 when it is not said");
}

void add_writing(CLI::App& app, Options& out) {
  CLI::App* init = app.add_subcommand("init", "Make a data folder: database, configuration");
  init->add_option("--database", out.database, "postgresql://user@host:5432/name instead of SQLite in the folder");
  init->add_option("--name", out.name, "Name of the consortium");

  CLI::App* import =
      app.add_subcommand("import", "Bring in one source's files together, then resolve, merge and index");
  import->add_option("source", out.source, "A configured source, a built-in format or a ready mapping (see sources)")
      ->required();
  import->add_option("files", out.files, "Its files; together they are everything that a snapshot says")->required();
  add_import_options(*import, out);
  import->add_flag("--only", out.only_import, "Import alone; a later `pool` does the rest");
  import->add_option("--as", out.as, "Name of the source, where it is not the first argument");
  import->add_option("--mapping", out.mapping, "An own mapping: a TOML file");
  import->add_option("--institution", out.institution,
                     "Short name of who says it: scope of staff numbers and other keys");
  import->add_option("--institution-ref", out.institution_ref, "The same as a reference: ror:…");
  import->add_option("--licence", out.licence, "Licence of the data");
  import->add_option("--trust", out.trust, "0 to 100: the higher one wins where sources differ")
      ->check(CLI::Range(0, 100));
  import->add_option("--mode", out.mode, "snapshot: what is missing is withdrawn; feed: only deletions withdraw")
      ->check(CLI::IsMember({"snapshot", "feed"}));

  CLI::App* pool =
      app.add_subcommand("pool", "Bring in files of many sources at once, and finish all work that is due");
  pool->add_option("files", out.files, "FILE, or SOURCE=FILE; none: those that pitchblende.toml names");
  pool->add_flag("--full", out.full, "Resolve everything anew; ids stay");
  add_import_options(*pool, out);

  CLI::App* decide =
      app.add_subcommand("decide",
                         "Record a person's decision: same, different, attach, detach, override, hide, verified, "
                         "undo");
  decide->add_option("verdict", out.verdict)
      ->required()
      ->check(CLI::IsMember({"same", "different", "attach", "detach", "override", "hide", "verified", "undo"}));
  decide
      ->add_option(
          "id", out.id,
          "The thing, or one of its records as explain shows them (RECORD/PART); for undo: the decision's number")
      ->required();
  decide->add_option("other", out.other,
                     "The other thing or record, for same and different; the thing that a name is attached to or "
                     "detached from");
  decide->add_option("--field", out.field, "Field, for override and hide");
  decide->add_option("--value", out.value, "Value, for override and hide");
  decide->add_option("--value-language", out.value_language, "Language of the value: fr, en");
  decide->add_option("--who", out.who, "Who decides")->required();
  decide->add_option("--why", out.why, "Why")->required();
}

void add_booking(CLI::App& app, Options& out) {
  CLI::App* bookable =
      app.add_subcommand("bookable", "Say on what terms instruments are booked: opening hours, lengths, training");
  bookable->add_option("file", out.files, "A JSON list (docs/rules/booking.md)")->required()->expected(1);
  CLI::App* calendar = app.add_subcommand(
      "calendar", "Read when an instrument that is booked elsewhere is busy, from an iCalendar file");
  calendar->add_option("id", out.id, "The instrument")->required();
  calendar->add_option("file", out.files, "The iCalendar file, in the place of the one read before")
      ->required()
      ->expected(1);
}

void add_calls(CLI::App& app, Options& out) {
  CLI::App* calls = app.add_subcommand("calls", "Read calls for proposals, with what came of those that are over");
  calls->add_option("file", out.files, "A JSON list (docs/rules/calls.md)")->required()->expected(1);
  CLI::App* groups = app.add_subcommand("groups", "Read what key areas say of themselves: presentation, news, events");
  groups->add_option("file", out.files, "A JSON list (docs/rules/groups.md)")->required()->expected(1);
}

void add_demo(CLI::App& app, Options& out) {
  CLI::App* demo = app.add_subcommand("demo", "Write the files of an invented consortium, ready to be pooled");
  demo->add_option("--size", out.demo_size, "small: 300 people; consortium: 10,000 people, 200,000 publications")
      ->check(CLI::IsMember({"small", "consortium"}))
      ->capture_default_str();
  demo->add_option("--seed", out.seed, "The same seed gives the same files")->capture_default_str();
  demo->add_option("--out", out.target, "A folder for them; it becomes a data folder");
  demo->add_flag("--facts", out.facts, "Instead: the facts of the source that the site must show, as JSON");
}

void add_serving(CLI::App& app, Options& out) {
  CLI::App* serve = app.add_subcommand("serve", "Serve the site, and carry out what other commands write meanwhile");
  serve->add_option("--address", out.address, "Address to listen on")->capture_default_str();
  serve->add_option("--port", out.port, "Port to listen on; 0: any that is free")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  serve->add_option("--web", out.web, "Read templates, styles and words from this folder, not from the program");
}

void add_admin(CLI::App& app, Options& out) {
  CLI::App* admin = app.add_subcommand("admin", "Accounts: make a system administrator, or a link to sign in");
  admin->add_option("action", out.action, "add: make this address a system administrator; link: print a sign-in link")
      ->required()
      ->check(CLI::IsMember({"add", "link"}));
  admin->add_option("email", out.email, "The e-mail address")->required();
}

void add_people(CLI::App& app, Options& out) {
  CLI::App* erase = app.add_subcommand("erase", "Erase a person for good, with all that is held on him");
  erase->add_option("id", out.id, "His card's id or reference, or the e-mail address of his account")->required();
  erase->add_option("--why", out.why, "Why: kept, so do not name him")->required();
  erase->add_flag("--yes", out.sure, "Do not ask first");
  CLI::App* notices = app.add_subcommand("notices", "How many people would be told that a page of theirs is published");
  notices->add_flag("--begin", out.begin, "Write to them, and each day to those that come");
  CLI::App* roles = app.add_subcommand("roles", "Roles from a table: say what it would change");
  roles->add_option("file", out.files, "CSV or XLSX: address, role, object, from, until")->required()->expected(1);
  roles->add_flag("--apply", out.apply, "Then do it: lines that were refused stay out, and nobody is written to");
}

void add_workbook(CLI::App& app, Options& out) {
  CLI::App* workbook = app.add_subcommand("workbook", "An institution's, unit's or platform's cards out and back");
  workbook->require_subcommand(1);
  CLI::App* make = workbook->add_subcommand("export", "Write its cards into a prefilled workbook");
  make->add_option("id", out.id, "The institution, unit or platform: its id or a reference such as ror:…")->required();
  make->add_option("--out", out.target, "The .xlsx to write")->required();
  make->callback([&out] { out.action = "export"; });
  CLI::App* read = workbook->add_subcommand("read", "Say what a workbook that came back would change");
  read->add_option("file", out.files, "The .xlsx")->required()->expected(1);
  read->add_flag("--apply", out.apply, "Then do it: what conflicts stays as it is");
  read->add_option("--who", out.who, "Who sends it back");
  read->callback([&out] { out.action = "read"; });
}

void add_keeping(CLI::App& app, Options& out) {
  app.add_subcommand("rebuild", "Remake cards, links and index from records, decisions and assignments");
  app.add_subcommand("check", "Check the store, what is derived from it, and the index");
  CLI::App* backup =
      app.add_subcommand("backup", "Copy the data folder's database and configuration while others work");
  backup->add_option("target", out.target, "A folder that is not there yet")->required();
  CLI::App* restore = app.add_subcommand("restore", "Make a data folder from a backup, and check it");
  restore->add_option("target", out.target, "The folder that backup made")->required();
}

// Help and the parser speak before anything is parsed.
bool asks_for_french(int argc, const char* const* argv) {
  for (int at = 1; at < argc; ++at) {
    const std::string_view word = argv[at];
    if (word == "--lang=fr" || (word == "--lang" && at + 1 < argc && std::string_view(argv[at + 1]) == "fr")) {
      return true;
    }
  }
  return false;
}

// Descriptions stand in English where commands are made, in French in one table.
void put_french(CLI::App& app) {
  app.description(std::string(french_help(app.get_description())));
  for (CLI::Option* option : app.get_options()) {
    option->description(std::string(french_help(option->get_description())));
  }
  for (CLI::App* command : app.get_subcommands({})) {
    command->group("Commandes");
    put_french(*command);
  }
}

void put_french_labels(CLI::App& app) {
  for (const auto& [label, french] : {std::pair{"Usage", "Usage"},
                                      {"SUBCOMMAND", "COMMANDE"},
                                      {"SUBCOMMANDS", "COMMANDES"},
                                      {"Positionals", "Arguments"},
                                      {"REQUIRED", "OBLIGATOIRE"},
                                      {"Env", "Variable"},
                                      {"TEXT", "TEXTE"},
                                      {"INT", "ENTIER"},
                                      {"UINT", "ENTIER"}}) {
    app.get_formatter()->label(label, french);
  }
}

// What the parser found wrong; its own words are English: "--size: Value 5000 not in range 0 to 1000".
std::string french_slip(const CLI::ParseError& error, const CLI::App& app) {
  const std::string said = error.what();
  const std::string kind = error.get_name();
  std::string what = "les arguments ne vont pas";
  if (kind == "RequiredError") {
    what = "il manque " + said.substr(0, said.find(" is required"));
  } else if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)) {
    const std::vector<std::string> left = app.remaining(true);
    what = "« " + (left.empty() ? said : left.front()) + " » est de trop";
  } else if (kind == "ArgumentMismatch") {
    what = said.substr(0, said.find(':')) + " : il y a trop ou trop peu de valeurs";
  } else if (kind == "ValidationError" || kind == "ConversionError") {
    constexpr std::string_view k_range = "not in range ";
    const size_t range = said.find(k_range);
    std::string wanted = said.substr(std::min(said.find('{'), said.size()));
    if (range != std::string::npos) {
      wanted = said.substr(range + k_range.size());
      wanted.replace(wanted.find(" to "), 4, " à ");
    }
    what =
        said.substr(0, said.find(':')) + " : cette valeur ne va pas" + (wanted.empty() ? "" : " ; attendu : " + wanted);
  }
  return "pitchblende : " + what + "\n`--help` dit ce qui est attendu\n";
}

// Which word is no command; or that one is wanted.
std::string no_command(const CLI::App& app, bool french) {
  const std::vector<std::string> left = app.remaining();
  if (left.empty()) {
    return french ? "pitchblende : il faut une commande ; `pitchblende --help` en donne la liste\n"
                  : "pitchblende: a command is wanted; `pitchblende --help` lists them\n";
  }
  const bool option = left.front().starts_with('-');
  if (french) {
    return "pitchblende : « " + left.front() + (option ? " » n’est pas une option" : " » n’est pas une commande") +
           " ; `pitchblende --help` en donne la liste\n";
  }
  return "pitchblende: “" + left.front() + (option ? "” is no option" : "” is no command") +
         "; `pitchblende --help` lists them\n";
}

}  // namespace

Parsed parse(int argc, const char* const* argv) {
  Options out;
  CLI::App app("Pitchblende pools what institutions know of their research, resolves who is who, and finds in it.",
               "pitchblende");
  const bool french = asks_for_french(argc, argv);
  app.footer(french ? k_french_footer : k_footer);
  if (french) {
    put_french_labels(app);
  }
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", "pitchblende " + std::string(k_version));
  std::string language = "en";
  app.add_option("--data", out.data, "The data folder")->envname("PITCHBLENDE_DATA")->capture_default_str();
  app.add_flag("--json", out.json, "Answers as JSON, progress as JSON lines");
  app.add_option("--lang", language, "Language of messages and labels")->check(CLI::IsMember({"en", "fr"}));
  add_writing(app, out);
  add_reading(app, out);
  add_figures(app, out);
  add_curating(app, out);
  add_keeping(app, out);
  add_serving(app, out);
  add_booking(app, out);
  add_calls(app, out);
  add_admin(app, out);
  add_people(app, out);
  add_workbook(app, out);
  add_demo(app, out);
  if (french) {
    put_french(app);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_name() == "RequiredError" && app.get_subcommands().empty()) {
      return {std::nullopt, no_command(app, french), 2};
    }
    if (french && error.get_exit_code() != 0) {
      return {std::nullopt, french_slip(error, app), 2};
    }
    std::ostringstream text;
    const int code = app.exit(error, text, text);
    return {std::nullopt, text.str(), code == 0 ? 0 : 2};
  }
  out.language = language == "fr" ? Language::french : Language::english;
  out.command = app.get_subcommands().front()->get_name();
  return {std::move(out), {}, 0};
}

}  // namespace pitchblende::cli

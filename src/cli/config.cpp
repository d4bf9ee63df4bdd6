#include "cli/config.hpp"

#include <toml++/toml.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "access/access_rules.hpp"
#include "cli/errors.hpp"
#include "search/search.hpp"

namespace pitchblende::cli {

namespace {

using access::Visibility;

Error problem(const std::string& file, const toml::source_region& where, const std::string& reason) {
  return Error(errors::config, file, std::to_string(where.begin.line), reason);
}

// One table of the file: each key is asked for once, and what nobody asked for is an error.
class Table {
 public:
  Table(const toml::table& table, std::string file) : m_table(table), m_file(std::move(file)) {}

  template <typename T>
  Result<T> get(std::string_view key, T otherwise) {
    m_asked.insert(std::string(key));
    const toml::node* node = m_table.get(key);
    if (node == nullptr) {
      return otherwise;
    }
    if (const auto value = node->value_exact<T>()) {
      return *value;
    }
    return tl::unexpected(problem(m_file, node->source(), std::string(key) + " is of the wrong type"));
  }

  Result<std::vector<std::string>> list(std::string_view key) {
    m_asked.insert(std::string(key));
    std::vector<std::string> out;
    const toml::node* node = m_table.get(key);
    if (node == nullptr) {
      return out;
    }
    const toml::array* several = node->as_array();
    for (const toml::node& each : several == nullptr ? toml::array{} : *several) {
      if (const auto text = each.value_exact<std::string>()) {
        out.push_back(*text);
      }
    }
    if (several == nullptr || out.size() != several->size()) {
      return tl::unexpected(problem(m_file, node->source(), std::string(key) + " is to be a list of texts"));
    }
    return out;
  }

  const toml::table* table(std::string_view key) {
    m_asked.insert(std::string(key));
    const toml::node* node = m_table.get(key);
    return node == nullptr ? nullptr : node->as_table();
  }

  Result<void> nothing_else() const {
    for (const auto& [key, node] : m_table) {
      if (!m_asked.contains(std::string(key.str()))) {
        return tl::unexpected(problem(m_file, node.source(), "unknown key " + std::string(key.str())));
      }
    }
    return {};
  }

  Error wrong(std::string_view key, const std::string& reason) const {
    return problem(m_file, m_table.get(key)->source(), std::string(key) + " " + reason);
  }

 private:
  const toml::table& m_table;
  std::string m_file;
  std::set<std::string> m_asked;
};

Result<std::string> read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) {
    return fail(errors::config, path.string(), "0", "cannot be read");
  }
  return text.str();
}

std::optional<Visibility> visibility(std::string_view name) {
  for (const Visibility each :
       {Visibility::everyone, Visibility::consortium, Visibility::institution, Visibility::owner, Visibility::nobody}) {
    if (access::name(each) == name) {
      return each;
    }
  }
  return std::nullopt;
}

Result<void> read_source(Table& table, const std::string& folder, ConfiguredSource& source) {
  pool::SourceSettings& settings = source.settings;
  TRY_ASSIGN(settings.format, table.get<std::string>("format", settings.name));
  TRY_ASSIGN(const std::string mapping, table.get<std::string>("mapping", {}));
  if (!mapping.empty()) {
    TRY_ASSIGN(settings.mapping, read_text(std::filesystem::path(folder) / mapping));
    settings.format = mapping;
  }
  TRY_ASSIGN(settings.institution, table.get<std::string>("institution", {}));
  TRY_ASSIGN(settings.institution_ref, table.get<std::string>("institution_ref", {}));
  TRY_ASSIGN(settings.trust, table.get<int64_t>("trust", 50));
  TRY_ASSIGN(settings.licence, table.get<std::string>("licence", {}));
  TRY_ASSIGN(settings.republish, table.get<bool>("republish", false));
  TRY_ASSIGN(const std::string mode, table.get<std::string>("mode", {}));
  TRY_ASSIGN(const std::string seen_by, table.get<std::string>("visibility", "public"));
  TRY_ASSIGN(source.files, table.list("files"));
  TRY_ASSIGN(source.title, table.get<std::string>("title", {}));
  TRY(table.nothing_else());
  if (!mode.empty() && mode != "snapshot" && mode != "feed") {
    return tl::unexpected(table.wrong("mode", "is to be snapshot or feed"));
  }
  for (const sources::Format& format : sources::formats()) {
    if (format.name == settings.format) {
      settings.mode = format.mode;
    }
  }
  if (!mode.empty()) {
    settings.mode = mode == "feed" ? sources::Mode::feed : sources::Mode::snapshot;
  }
  const auto known = visibility(seen_by);
  if (!known) {
    return tl::unexpected(table.wrong("visibility", "is to be public, consortium, institution or owner"));
  }
  settings.visibility = *known;
  return {};
}

Result<void> read_mail(Table& table, Config& config) {
  TRY_ASSIGN(config.mail.host, table.get<std::string>("host", {}));
  TRY_ASSIGN(const int64_t port, table.get<int64_t>("port", 25));
  TRY_ASSIGN(const std::string encryption, table.get<std::string>("encryption", "none"));
  TRY_ASSIGN(config.mail.user, table.get<std::string>("user", {}));
  TRY_ASSIGN(config.mail.password, table.get<std::string>("password", {}));
  TRY_ASSIGN(config.mail_from, table.get<std::string>("from", {}));
  TRY(table.nothing_else());
  if (port < 1 || port > 65535) {
    return tl::unexpected(table.wrong("port", "is to be between 1 and 65535"));
  }
  if (encryption != "none" && encryption != "starttls" && encryption != "tls") {
    return tl::unexpected(table.wrong("encryption", "is to be none, starttls or tls"));
  }
  if (!config.mail_from.empty() && !access::email_address(config.mail_from)) {
    return tl::unexpected(table.wrong("from", "is to be an e-mail address"));
  }
  config.mail.port = static_cast<int>(port);
  config.mail.encryption = encryption == "tls"        ? net::Encryption::tls
                           : encryption == "starttls" ? net::Encryption::starttls
                                                      : net::Encryption::none;
  return {};
}

Result<void> read_calendars(Table& table, Config& config) {
  TRY_ASSIGN(config.calendars_private, table.get<bool>("private_networks", false));
  TRY_ASSIGN(config.calendar_minutes, table.get<int64_t>("minutes", 60));
  TRY(table.nothing_else());
  if (config.calendar_minutes < 5 || config.calendar_minutes > 1440) {
    return tl::unexpected(table.wrong("minutes", "is to be between 5 and 1440"));
  }
  return {};
}

// Without its last slashes.
Result<std::string> read_address(Table& top) {
  TRY_ASSIGN(std::string address, top.get<std::string>("address", {}));
  while (address.ends_with('/')) {
    address.pop_back();
  }
  if (!address.empty() && !address.starts_with("https://") && !address.starts_with("http://")) {
    return tl::unexpected(top.wrong("address", "is to begin with https:// or http://"));
  }
  return address;
}

Result<Config> read_tables(const toml::table& parsed, const std::string& file, const std::string& folder) {
  Config config;
  Table top(parsed, file);
  TRY_ASSIGN(config.database, top.get<std::string>("database", {}));
  TRY_ASSIGN(config.name, top.get<std::string>("name", {}));
  TRY_ASSIGN(const int64_t years, top.get<int64_t>("retention_years", config.retention_years));
  if (years < 0 || years > 100) {
    return tl::unexpected(top.wrong("retention_years", "is to be between 0 and 100"));
  }
  config.retention_years = static_cast<int>(years);
  TRY_ASSIGN(config.consortium, top.get<std::string>("consortium", {}));
  TRY_ASSIGN(const std::string notice, top.get<std::string>("notice", {}));
  TRY_ASSIGN(const std::string french, top.get<std::string>("notice_fr", notice));
  TRY_ASSIGN(const std::string english, top.get<std::string>("notice_en", notice));
  config.notice = search::two_titles(french, english);
  TRY_ASSIGN(config.contact, top.get<std::string>("contact", {}));
  TRY_ASSIGN(config.address, read_address(top));
  if (const toml::table* mail = top.table("mail"); mail != nullptr) {
    Table of_mail(*mail, file);
    TRY(read_mail(of_mail, config));
  }
  if (const toml::table* calendars = top.table("calendars"); calendars != nullptr) {
    Table of_calendars(*calendars, file);
    TRY(read_calendars(of_calendars, config));
  }
  if (const toml::table* people = top.table("people"); people != nullptr) {
    Table of_people(*people, file);
    TRY_ASSIGN(config.notices, of_people.get<bool>("notices", false));
    TRY(of_people.nothing_else());
  }
  const toml::table* sources = top.table("source");
  TRY(top.nothing_else());
  if (sources == nullptr) {
    return config;  // a copy of the table would not know its lines
  }
  for (const auto& [name, node] : *sources) {
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      return tl::unexpected(problem(file, node.source(), "source." + std::string(name.str()) + " is to be a table"));
    }
    ConfiguredSource& source = config.sources[std::string(name.str())];
    source.settings.name = std::string(name.str());
    Table of_source(*table, file);
    TRY(read_source(of_source, folder, source));
  }
  return config;
}

}  // namespace

Result<Config> read_config(const std::string& folder) {
  const std::string file = (std::filesystem::path(folder) / "pitchblende.toml").string();
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    return Config{};
  }
  try {
    const toml::table parsed = toml::parse_file(file);
    return read_tables(parsed, file, folder);
  } catch (const toml::parse_error& error) {
    return tl::unexpected(problem(file, error.source(), std::string(error.description())));
  }
}

std::string config_template(const std::string& database, const std::string& name) {
  const auto quoted = [](const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
      out += c == '"' || c == '\\' ? "\\" : "";
      out += static_cast<unsigned char>(c) < 32 ? ' ' : c;
    }
    return out + "\"";
  };
  return "# Pitchblende: what this consortium is and where its facts come from.\n\nname = " + quoted(name) +
         "\n\n# Empty: SQLite in this folder. Else postgresql://user@host:5432/name\ndatabase = " + quoted(database) +
         "\n\n# A person whose last position ended longer ago than this has no page.\nretention_years = 3\n\n"
         "# The site: whose it is (the reference of its own card), what stands on every page, whom to write to.\n"
         "# consortium = \"ror:04t0gwh46\"\n# notice = \"\"                      # notice_fr, notice_en: another one "
         "in each language\n# contact = \"contact@example.org\"\n\n"
         "# The site's own address: links in letters begin with it, and https makes its cookies secure.\n"
         "# address = \"https://pool.example.org\"\n\n"
         "# Letters (sign-in links) go out through this server; without one they wait.\n"
         "# [mail]\n# host = \"smtp.example.org\"\n# port = 587\n# encryption = \"starttls\"        # none, starttls, "
         "tls\n"
         "# user = \"\"\n# password = \"\"\n# from = \"pool@example.org\"\n\n"
         "# Calendars of instruments that are booked elsewhere.\n"
         "# [calendars]\n# minutes = 60                   # between two readings\n# private_networks = false       # "
         "http, and addresses of this machine's own networks\n\n"
         "# People may be told, once, that a page of theirs is published. Somebody begins it (`pitchblende notices`).\n"
         "# [people]\n# notices = true\n\n"
         "# A source: who says it, how far it is trusted, what may be done with it.\n"
         "# [source.curie-staff]\n"
         "# title = \"Institut Curie, staff\"  # how pages name it\n"
         "# format = \"people\"              # built-in or ready mapping: see `pitchblende sources`\n"
         "# mapping = \"curie-staff.toml\"   # or an own mapping, beside this file\n"
         "# institution = \"curie\"          # scope of its staff numbers and other keys\n"
         "# institution_ref = \"ror:04t0gwh46\"\n"
         "# trust = 60                     # 0 to 100; the higher one wins where sources differ\n"
         "# licence = \"CC-BY-4.0\"\n"
         "# republish = true               # may go into open data\n"
         "# mode = \"snapshot\"              # what is missing is withdrawn; \"feed\": only deletions withdraw\n"
         "# visibility = \"public\"\n"
         "# files = [\"curie/staff*.csv\"]   # which files given to `pool` are of this source\n";
}

Result<pool::SourceSettings> source_settings(const Config& config, const std::string& name) {
  const auto configured = config.sources.find(name);
  if (configured != config.sources.end()) {
    return configured->second.settings;
  }
  std::string known;
  for (const sources::Format& format : sources::formats()) {
    if (format.name == name) {
      pool::SourceSettings settings;
      settings.name = name;
      settings.format = name;
      settings.mode = format.mode;
      return settings;
    }
    known += known.empty() ? "" : ", ";
    known += format.name;
  }
  return fail(errors::unknown_source, name, known);
}

}  // namespace pitchblende::cli

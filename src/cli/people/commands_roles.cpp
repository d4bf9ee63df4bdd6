// Roles from a table at a terminal: read as a dry run, applied.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <boost/json.hpp>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/json_list.hpp"
#include "granting/granting.hpp"
#include "registry/things.hpp"

namespace pitchblende::cli {

namespace {

namespace json = boost::json;
using granting::Fate;
using granting::Line;
using granting::Table;

// Who sits at the terminal may what a system administrator may.
access::Actor at_terminal(const Clock& clock) {
  access::Actor out;
  out.today = clock.today();
  out.grants = {{0, 0, access::Role::system_administrator, Id(), {}, {}}};
  return out;
}

std::string thing(const access::RoleChange& change) {
  return change.wanted.object.id == Id() ? std::string() : change.wanted.object.id.text();
}

std::string to_json(const Table& table, bool applied) {
  json::array changes;
  for (const Line& line : table.lines) {
    if (line.fate != Fate::same) {
      const access::GrantRequest& wanted = line.change.wanted;
      changes.push_back({{"line", line.number},
                         {"fate", granting::name(line.fate)},
                         {"email", wanted.email},
                         {"role", access::name(wanted.role)},
                         {"object", thing(line.change)},
                         {"from", wanted.starts},
                         {"until", wanted.ends},
                         {"from_before", line.starts_now},
                         {"until_before", line.ends_now}});
    }
  }
  json::array rejected;
  for (const granting::Rejected& each : table.rejected) {
    rejected.push_back({{"line", each.number},
                        {"field", granting::name(each.column)},
                        {"excerpt", each.excerpt},
                        {"code", each.error.kind().code},
                        {"message", each.error.message(Language::english)}});
  }
  return json::serialize(json::object{{"read", table.read},
                                      {"new", table.count(Fate::fresh)},
                                      {"dated", table.count(Fate::dated)},
                                      {"same", table.count(Fate::same)},
                                      {"rejected", table.rejected.size()},
                                      {"applied", applied},
                                      {"changes", std::move(changes)},
                                      {"findings", std::move(rejected)}});
}

void print(const Streams& streams, const Table& table, bool applied, Language language) {
  const bool french = language == Language::french;
  for (const granting::Rejected& each : table.rejected) {
    const std::string field = each.title.empty() ? std::string() : ", " + each.title;
    fmt::print(streams.err, "{}{}: {}\n", each.number, field, each.error.message(language));
  }
  for (const Line& line : table.lines) {
    if (line.fate != Fate::same) {
      const access::GrantRequest& wanted = line.change.wanted;
      const std::string before = line.fate == Fate::fresh ? "–" : line.starts_now + "/" + line.ends_now;
      fmt::print(streams.out, "{}  {} {} {}  {} → {}/{}\n", line.number, wanted.email, access::name(wanted.role),
                 thing(line.change), before, wanted.starts, wanted.ends);
    }
  }
  fmt::print(
      streams.out,
      fmt::runtime(french ? "{} lignes lues : {} rôles nouveaux, {} à d’autres dates, {} inchangés, {} refusées{}\n"
                          : "{} lines read: {} new roles, {} at other dates, {} unchanged, {} refused{}\n"),
      table.read, table.count(Fate::fresh), table.count(Fate::dated), table.count(Fate::same), table.rejected.size(),
      applied ? (french ? " ; appliqué" : "; applied") : "");
}

}  // namespace

Result<Exit> give_roles(const Options& options, Workplace& place, const Streams& streams) {
  TRY_ASSIGN(const std::string secret, folder_secret(options.data));
  const registry::Registry registry(*place.store);
  access::Access access(*place.store, place.clock, secret, registry::things_of(registry));
  const granting::Granting granting(access, registry);
  const std::string& path = options.files.front();
  TRY_ASSIGN(const std::string bytes, read_file(path));
  const access::Actor actor = at_terminal(place.clock);
  TRY_ASSIGN(const Table table, granting.read(bytes, path, actor));
  if (options.apply) {
    TRY(granting.apply(actor, table, {}));
  }
  if (options.json) {
    streams.out << to_json(table, options.apply) << '\n';
  } else {
    print(streams, table, options.apply, options.language);
  }
  return table.rejected.empty() ? Exit::done : Exit::rejected;
}

}  // namespace pitchblende::cli

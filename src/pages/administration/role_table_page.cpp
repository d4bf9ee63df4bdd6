// Roles in a table: tried, shown as what it would change, applied. Rules 17 to 19 of docs/rules/access.md.
#include "granting/errors.hpp"
#include "granting/granting.hpp"
#include "pages/address.hpp"
#include "pages/administration/roles_pages.hpp"

namespace pitchblende::pages {

namespace {

using granting::Fate;
using granting::Line;
using granting::Table;

constexpr size_t k_shown = 300;

// What came with a form: a file, or what was pasted. A file that was tried comes back as the text it was.
struct Brought {
  std::string name;
  std::string bytes;
};

Brought brought_in(const http::Form& form, const Words& words) {
  for (const http::FormFile& file : form.files) {
    if (!file.bytes.empty()) {
      return {file.name, file.bytes};
    }
  }
  return {words.get("admin.role_table.pasted"), std::string(form.value("table"))};
}

// What was accepted, as the table that is applied: what stood in the file is judged once more by the same reading.
std::string as_table(const Table& table) {
  std::string out = "email,role,object,from,until\n";
  for (const Line& line : table.lines) {
    // None of these holds a comma or a quote: they were judged.
    const access::GrantRequest& wanted = line.change.wanted;
    out += wanted.email + "," + std::string(access::name(wanted.role)) + "," +
           (wanted.object.id == Id() ? std::string() : wanted.object.id.text()) + "," + wanted.starts + "," +
           wanted.ends + "\n";
  }
  return out;
}

std::string period_words(const std::string& starts, const std::string& ends, const Words& words) {
  const std::string period = words.period(starts, ends);
  return period.empty() ? words.get("admin.roles.unbounded") : period;
}

Sheet lines_sheet(const Site& site, const Table& table, const Words& words) {
  Sheet sheet({{"line", "admin.role_table.line"},
               {"fate", "admin.role_table.fate"},
               {"email", "entry.email"},
               {"role", "admin.roles.role"},
               {"object", "admin.roles.object"},
               {"before", "admin.role_table.before"},
               {"after", "admin.role_table.after"}});
  for (const Line& line : table.lines) {
    if (sheet.size() == k_shown) {
      break;
    }
    if (line.fate == Fate::same) {
      continue;
    }
    const access::GrantRequest& wanted = line.change.wanted;
    const bool fresh = line.fate == Fate::fresh;
    sheet.add(
        {{std::to_string(line.number)},
         {words.get("admin.role_table.fates." + std::string(granting::name(line.fate))), {}, fresh ? "good" : "plain"},
         {wanted.email},
         {words.get("roles." + std::string(access::name(wanted.role)))},
         thing_cell(site, wanted.object.id, words),
         {fresh ? std::string("–") : period_words(line.starts_now, line.ends_now, words)},
         {period_words(wanted.starts, wanted.ends, words)}});
  }
  return sheet;
}

Sheet rejected_sheet(const Table& table, const Words& words) {
  Sheet sheet({{"line", "admin.role_table.line"},
               {"field", "admin.role_table.field"},
               {"excerpt", "admin.role_table.excerpt"},
               {"reason", "admin.role_table.reason"}});
  for (const granting::Rejected& each : table.rejected) {
    if (sheet.size() == k_shown) {
      break;
    }
    sheet.add(
        {{std::to_string(each.number)}, {each.title}, {each.excerpt}, {with_capital(role_problem(each.error, words))}});
  }
  return sheet;
}

void put_table(const Site& site, const Table& table, bool applied, const Words& words, View& body) {
  const auto figure = [&](std::string_view word, int64_t count) {
    return view({{"label", words.get("admin.role_table." + std::string(word))},
                 {"count", words.number(static_cast<uint64_t>(count))}});
  };
  body["figures"] = Views{figure("read", table.read), figure("new", table.count(Fate::fresh)),
                          figure("dated", table.count(Fate::dated)), figure("same", table.count(Fate::same)),
                          figure("rejected", static_cast<int64_t>(table.rejected.size()))};
  const int64_t changes = table.count(Fate::fresh) + table.count(Fate::dated);
  if (const Sheet lines = lines_sheet(site, table, words); lines.size() > 0) {
    body["changes"] = View{{"sheet", lines.view({}, words.get("admin.role_table.changes"), words)}};
  }
  if (const Sheet rejected = rejected_sheet(table, words); rejected.size() > 0) {
    body["refused"] = View{{"sheet", rejected.view({}, words.get("admin.role_table.refused"), words)}};
  }
  body["more"] = changes > static_cast<int64_t>(k_shown) || table.rejected.size() > k_shown;
  body["is_read"] = true;
  body["applied"] = applied;
  body["nothing"] = changes == 0 && !applied;
  if (changes > 0 && !applied) {
    body["apply_label"] = words.count("admin.role_table.apply", static_cast<uint64_t>(changes));
    body["kept"] = as_table(table);
  }
}

struct Shown {
  const Table* table = nullptr;
  bool applied = false;
  std::string typed = {};
  std::optional<Error> problem = {};
};

http::Answer table_page(const Site& site, const http::Request& request, Language language, const Shown& shown) {
  const Words& words = site.words(language);
  const std::string title = words.get("admin.role_table.title");
  View body = view({{"action_here", below(words, "/admin/roles/table/files")},
                    {"problem", shown.problem ? message_alone(*shown.problem, words) : std::string()}});
  body["typed"] = shown.typed;
  if (shown.table != nullptr) {
    put_table(site, *shown.table, shown.applied, words, body);
  }
  http::Answer answer = form_page(
      site, request, language, "role_table", title, std::move(body),
      administration_crumbs(words, {{words.get("admin.roles.title"), below(words, "/admin/roles")}, {title, {}}}));
  answer.status = shown.problem ? shown.problem->kind().status : answer.status;
  return answer;
}

Result<void> apply(const Site& site, const access::Actor& actor, const granting::Granting& granting,
                   const Table& table) {
  TRY(granting.apply(actor, table,
                     [&](store::Transaction& transaction, const access::Holder& holder,
                         const access::GrantRequest& given) { return tell_role(site, transaction, holder, given); }));
  if (site.settings().entry.posted) {
    site.settings().entry.posted();
  }
  return {};
}

http::Answer brought(const Site& site, const http::Request& request, Language language) {
  const auto form = http::read_form(request);
  if (!form) {
    return table_page(site, request, language, {nullptr, false, {}, form.error()});
  }
  const Brought file = brought_in(*form, site.words(language));
  const granting::Granting granting(*site.settings().entry.access, site.registry());
  const bool applies = form->value("do") == "apply";
  const std::string typed = form->files.empty() && !applies ? file.bytes : std::string();
  const auto table = granting.read(file.bytes, file.name, request.who());
  const Result<void> done = !table    ? Result<void>(tl::unexpected(table.error()))
                            : applies ? apply(site, request.who(), granting, *table)
                                      : Result<void>();
  if (!done) {
    return table_page(site, request, language, {nullptr, false, typed, done.error()});
  }
  return table_page(site, request, language, {&*table, applies, typed, {}});
}

}  // namespace

void add_role_table(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Request;
  constexpr http::Right k_right = http::Right::grant_role;
  add_room(site, router, http::Method::get, "/admin/roles/table", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             return table_page(site, request, language, {});
           });
  add_room(
      site, router, http::Method::post, "/admin/roles/table/files", k_right,
      [&site](const Request& request, Language language, const Captures&) { return brought(site, request, language); });
}

}  // namespace pitchblende::pages

// A group's news: read by everybody, written by who leads it.
#include <algorithm>

#include "groups/errors.hpp"
#include "pages/booking/desk.hpp"
#include "pages/groups/group_pages.hpp"
#include "pages/rich_text.hpp"

namespace pitchblende::pages {

namespace {

using groups::News;
using registry::Kind;

constexpr int64_t k_most = 2000;
constexpr int64_t k_longest = 20'000;
constexpr int64_t k_longest_title = 150;

std::vector<Crumb> crumbs_to(const GroupRoom& room, const std::string& title, const Words& words) {
  return {
      {words.kinds(Kind::group), "/" + std::string(words.code()) + "/group"}, {room.label, room.address}, {title, {}}};
}

Result<http::Answer> list(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                          Rows rows) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const auto all, site.settings().groups->news_of(room.id, k_most));
  std::vector<SheetColumn> columns{{"date", "groups.published"}, {"title", "groups.headline"}};
  if (room.by.leads) {
    columns.push_back({"state", "groups.shown"});
  }
  Sheet sheet(std::move(columns));
  for (const News& each : all) {
    if (room.by.leads || !each.is_withdrawn) {
      std::vector<SheetCell> row{{words.date(each.published), {}, {}, each.published},
                                 {in_language(each.title, words), room.address + "/news/" + std::to_string(each.id)}};
      if (room.by.leads) {
        row.push_back({words.get(each.is_withdrawn ? "groups.is_withdrawn" : "groups.is_shown"),
                       {},
                       each.is_withdrawn ? "warn" : "plain"});
      }
      sheet.add(std::move(row));
    }
  }
  GroupList of{words.get("groups.news"), "/news", words.get("groups.no_news"), std::move(sheet)};
  if (room.by.leads) {
    of.body["new_url"] = room.address + "/news/new";
    of.body["new_label"] = words.get("groups.new_news");
  }
  return group_list(site, request, language, room, std::move(of), rows);
}

// Of this group, and to be seen by who asks.
Result<News> news_for(const Site& site, const GroupRoom& room, std::string_view number) {
  TRY_ASSIGN(News news, site.settings().groups->news(number_in(number)));
  if (news.group != room.id || (news.is_withdrawn && !room.by.leads)) {
    return fail(groups::errors::unknown);
  }
  return news;
}

Result<http::Answer> one(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                         std::string_view number) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const News news, news_for(site, room, number));
  const std::string title = in_language(news.title, words);
  View body = view({{"heading", title},
                    {"heading_lang", language_shown(news.title, words)},
                    {"date", words.date(news.published)},
                    {"rich", rich_html(in_language(news.text, words), words.get("leaves"))},
                    {"rich_lang", language_shown(news.text, words)}});
  if (room.by.leads) {
    body["edit_url"] = room.address + "/news/" + std::to_string(news.id) + "/edit";
    body["is_withdrawn"] = news.is_withdrawn;
  }
  return site.page(request, language, "group_news", title, std::move(body), crumbs_to(room, title, words));
}

http::Form shown(const News& news) {
  return {{{"title_fr", news.title.french},
           {"title_en", news.title.english},
           {"text_fr", news.text.french},
           {"text_en", news.text.english},
           {"published", news.published},
           {"withdrawn", news.is_withdrawn ? "yes" : "no"}},
          {}};
}

GroupForm form_of(const GroupRoom& room, const Words& words, const News& stored, http::Form typed) {
  GroupForm form;
  form.title = words.get(stored.id == 0 ? "groups.new_news" : "groups.edit_news");
  form.lead = words.get("groups.marks");
  form.action = room.address + "/news/" + (stored.id == 0 ? "new" : std::to_string(stored.id) + "/edit") +
                "?revision=" + std::to_string(stored.revision);
  form.button = "groups.save";
  form.fields = {{"title_fr", "groups.title_fr", "text", Wanted::no, k_longest_title},
                 {"title_en", "groups.title_en", "text", Wanted::no, k_longest_title},
                 {"text_fr", "groups.text_fr", "textarea", Wanted::no, k_longest},
                 {"text_en", "groups.text_en", "textarea", Wanted::no, k_longest},
                 {"published", "groups.published", "date", Wanted::yes}};
  if (stored.id != 0) {
    form.fields.push_back({"withdrawn",
                           "groups.shown",
                           "select",
                           Wanted::no,
                           0,
                           {{"no", words.get("groups.is_shown")}, {"yes", words.get("groups.is_withdrawn")}}});
  }
  form.typed = std::move(typed);
  return form;
}

Result<http::Answer> write(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                           const News& before) {
  const Words& words = site.words(language);
  const auto typed = http::read_form(request);
  if (!typed) {
    return site.error(request, language, 422);
  }
  News wanted = before;
  wanted.group = room.id;
  wanted.title = {one_line(*typed, "title_fr"), one_line(*typed, "title_en")};
  wanted.text = {std::string(typed->value("text_fr")), std::string(typed->value("text_en"))};
  wanted.published = one_line(*typed, "published");
  wanted.is_withdrawn = typed->value("withdrawn") == "yes";
  wanted.revision = number_in(request.parameter("revision"));
  const auto number =
      site.settings().groups->put(wanted, room.by, [&](store::Transaction& transaction, const groups::Change&) {
        return group_deed(site, transaction, room, "write_news", room.by.account);
      });
  if (number) {
    return redirect(303, room.address + "/news/" + std::to_string(*number));
  }
  News stored = before;
  if (before.id != 0) {
    TRY_ASSIGN(stored, site.settings().groups->news(before.id));
  }
  return group_form_again(site, request, language, room, form_of(room, words, stored, *typed), number.error(),
                          shown(stored));
}

News fresh(const Site& site, const GroupRoom& room) {
  News news;
  news.group = room.id;
  news.published = booking::day_text(booking::day_of(site.settings().groups->now()));
  return news;
}

}  // namespace

void add_group_news(const Site& site, http::Router& router) {
  using http::Method;
  const auto add = [&](Method method, std::string_view path, For whom, auto go) {
    add_room(site, router, method, path, whom == For::everyone ? http::Right::everyone : http::Right::lead_group,
             [&site, whom, go](const http::Request& request, Language language, const http::Captures& parts) {
               return at_group(site, request, language, parts[1], whom, [&](const GroupRoom& room) {
                 return go(request, language, room, parts.size() > 2 ? parts[2] : std::string_view());
               });
             });
  };
  for (const Rows rows : {Rows::page, Rows::all}) {
    add(Method::get, rows == Rows::page ? "/group/{id}/news" : "/group/{id}/news.csv", For::everyone,
        [&site, rows](const http::Request& request, Language language, const GroupRoom& room, std::string_view) {
          return list(site, request, language, room, rows);
        });
  }
  add(Method::get, "/group/{id}/news/{number}", For::everyone,
      [&site](const http::Request& request, Language language, const GroupRoom& room, std::string_view number) {
        return one(site, request, language, room, number);
      });
  if (site.settings().entry.access == nullptr) {
    return;
  }
  const auto form = [&site](const http::Request& request, Language language, const GroupRoom& room,
                            std::string_view number) -> Result<http::Answer> {
    News news = fresh(site, room);
    if (!number.empty()) {
      TRY_ASSIGN(news, news_for(site, room, number));
    }
    return request.method == Method::post
               ? write(site, request, language, room, news)
               : group_form(site, request, language, room, form_of(room, site.words(language), news, shown(news)));
  };
  for (const Method method : {Method::get, Method::post}) {
    add(method, "/group/{id}/news/new", For::its_leader, form);
    add(method, "/group/{id}/news/{number}/edit", For::its_leader, form);
  }
}

}  // namespace pitchblende::pages

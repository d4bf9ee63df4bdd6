#include "sources/ror.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "registry/identifiers.hpp"
#include "sources/bytes.hpp"
#include "sources/errors.hpp"
#include "sources/json_run.hpp"

namespace pitchblende::sources {

namespace {

using registry::Attribute;
using registry::FieldId;
using registry::Kind;
using registry::Value;

// The fields of an organisation that ROR speaks of, looked up once.
struct Fields {
  static FieldId of(std::string_view name) { return registry::field(Kind::organisation, name); }
  FieldId names = of("names"), ror = of("ror"), isni = of("isni"), fundref = of("fundref"), wikidata = of("wikidata"),
          grid = of("grid"), other_ids = of("other_ids"), type = of("type"), status = of("status"),
          founded = of("founded"), country = of("country"), region = of("region"), commune = of("commune"),
          address = of("address"), postal_code = of("postal_code"), geonames = of("geonames"),
          latitude = of("latitude"), longitude = of("longitude"), homepage = of("homepage"), links = of("links"),
          domains = of("domains"), parents = of("parents"), related = of("related"), predecessors = of("predecessors"),
          successors = of("successors");
};

const Fields& fields() {
  static const Fields all;
  return all;
}

std::string lower(std::string_view text) { return fold(text); }

struct Name {
  std::string_view text;
  std::string lang;
  std::string_view type;
};

// Once each: where the same name comes with and without a language, with it.
void add_names(JsonDraft& draft, std::vector<Name>& names) {
  for (size_t i = 0; i < names.size(); ++i) {
    const auto same = [&](const Name& other) {
      return other.text == names[i].text &&
             (other.lang == names[i].lang || names[i].lang.empty() || other.lang.empty());
    };
    const auto first = std::find_if(names.begin(), names.end(), same);
    if (first != names.begin() + static_cast<std::ptrdiff_t>(i)) {
      continue;
    }
    std::string lang = names[i].lang;
    for (size_t later = i + 1; lang.empty() && later < names.size(); ++later) {
      lang = same(names[later]) ? names[later].lang : lang;
    }
    with(draft.add(fields().names, names[i].text, lang), Attribute::type, names[i].type);
  }
}

void read_names_1(const JsonView& root, JsonDraft& draft) {
  std::vector<Name> names{{root["name"].text(), {}, "label"}};
  root["labels"].each([&](const JsonView& label) {
    names.push_back({label["label"].text(), lower(label["iso639"].text()), "label"});
  });
  root["acronyms"].each([&](const JsonView& name) { names.push_back({name.text(), {}, "acronym"}); });
  root["aliases"].each([&](const JsonView& name) { names.push_back({name.text(), {}, "alias"}); });
  add_names(draft, names);
}

void read_names_2(const JsonView& root, JsonDraft& draft) {
  std::array<std::vector<Name>, 4> ranked;  // displayed, labels, acronyms, aliases
  root["names"].each([&](const JsonView& name) {
    std::array<bool, 4> is{};
    name["types"].each([&](const JsonView& type) {
      constexpr std::array<std::string_view, 4> k_types{"ror_display", "label", "acronym", "alias"};
      const auto found = std::find(k_types.begin(), k_types.end(), type.text());
      if (found != k_types.end()) {
        is[static_cast<size_t>(found - k_types.begin())] = true;
      }
    });
    const size_t rank = std::min<size_t>(static_cast<size_t>(std::find(is.begin(), is.end(), true) - is.begin()), 3);
    const std::string_view type = is[1] ? "label" : is[2] ? "acronym" : is[3] ? "alias" : "label";
    ranked[rank].push_back({name["value"].text(), lower(name["lang"].text()), type});
  });
  std::vector<Name> names;
  for (const std::vector<Name>& some : ranked) {
    names.insert(names.end(), some.begin(), some.end());
  }
  add_names(draft, names);
}

void add_external_ids(JsonDraft& draft, std::string_view type, const JsonView& ids) {
  const std::string kind = lower(type);
  const Fields& f = fields();
  const std::pair<std::string_view, FieldId> known[] = {
      {"isni", f.isni}, {"fundref", f.fundref}, {"wikidata", f.wikidata}, {"grid", f.grid}};
  const auto* const found =
      std::find_if(std::begin(known), std::end(known), [&](const auto& one) { return one.first == kind; });
  auto add = [&](const JsonView& id) {
    if (found != std::end(known)) {
      draft.add_identifier(found->second, id.printed());
    } else {
      with(draft.add(f.other_ids, id.printed()), Attribute::type, kind);
    }
  };
  const std::string preferred = ids["preferred"].printed();
  ids["preferred"].each(add);
  ids["all"].each([&](const JsonView& id) {
    if (id.printed() != preferred) {
      add(id);
    }
  });
}

void read_external_ids(const JsonView& root, JsonDraft& draft) {
  const JsonView ids = root["external_ids"];
  if (ids.is_object()) {  // schema 1
    ids.each_member([&](std::string_view type, const JsonView& some) { add_external_ids(draft, type, some); });
  } else {
    ids.each([&](const JsonView& some) { add_external_ids(draft, some["type"].text(), some); });
  }
}

void add_coordinate(JsonDraft& draft, FieldId field, const JsonView& degrees, double limit) {
  if (degrees.empty()) {
    return;
  }
  const std::optional<double> number = degrees.number();
  if (!number || *number < -limit || *number > limit) {
    draft.notice(registry::description(field).name, degrees.printed(),
                 Error(errors::value, finding_excerpt(degrees.printed())));
    return;
  }
  draft.add(field, degrees.printed());
}

void add_town(JsonDraft& draft, const JsonView& id, std::string_view city, std::string_view country, bool first) {
  Value* value = draft.add_identifier(fields().geonames, id.printed());
  with(value, Attribute::city, city);
  with(value, Attribute::country, country);
  if (first) {
    draft.add(fields().commune, city);
    draft.add(fields().country, country);
  }
}

void read_addresses_1(const JsonView& root, JsonDraft& draft) {
  const std::string_view country = root["country"]["country_code"].text();
  bool first = true;
  root["addresses"].each([&](const JsonView& place) {
    add_town(draft, place["geonames_city"]["id"], place["city"].text(), country, first);
    if (first) {
      draft.add(fields().region, place["state"].text());
      draft.add(fields().address, place["line"].text());
      draft.add(fields().postal_code, place["postcode"].printed());
      add_coordinate(draft, fields().latitude, place["lat"], 90);
      add_coordinate(draft, fields().longitude, place["lng"], 180);
    }
    first = false;
  });
  if (first) {
    draft.add(fields().country, country);
  }
}

void read_locations_2(const JsonView& root, JsonDraft& draft) {
  bool first = true;
  root["locations"].each([&](const JsonView& location) {
    const JsonView details = location["geonames_details"];
    add_town(draft, location["geonames_id"], details["name"].text(), details["country_code"].text(), first);
    if (first) {
      draft.add(fields().region, details["country_subdivision_name"].text());
      add_coordinate(draft, fields().latitude, details["lat"], 90);
      add_coordinate(draft, fields().longitude, details["lng"], 180);
    }
    first = false;
  });
}

void read_relationships(const JsonView& root, JsonDraft& draft) {
  const Fields& f = fields();
  root["relationships"].each([&](const JsonView& relation) {
    const std::string type = lower(relation["type"].text());
    const FieldId field = type == "parent"        ? f.parents
                          : type == "predecessor" ? f.predecessors
                          : type == "successor"   ? f.successors
                                                  : f.related;
    Value* value = draft.add_link(field, "ror", relation["id"].text());
    if (field == f.related && type != "related") {
      with(value, Attribute::role, type);
    }
    with(value, Attribute::printed, relation["label"].text());
  });
}

void add_link(JsonDraft& draft, const JsonView& link) {
  if (!link.is_object()) {  // schema 1
    draft.add(fields().homepage, link.text());
  } else if (link["type"].text() == "website") {
    draft.add(fields().homepage, link["value"].text());
  } else {
    with(draft.add(fields().links, link["value"].text()), Attribute::type, link["type"].text());
  }
}

void read_rest(const JsonView& root, JsonDraft& draft) {
  root["types"].each([&](const JsonView& type) { draft.add_code(fields().type, type.text()); });
  draft.add_code(fields().status, root["status"].text());
  if (const std::string year = root["established"].printed(); !year.empty()) {
    draft.add_date(fields().founded, std::string(year.size() < 4 ? 4 - year.size() : 0, '0') + year);
  }
  root["links"].each([&](const JsonView& link) { add_link(draft, link); });
  with(draft.add(fields().links, root["wikipedia_url"].text()), Attribute::type, "wikipedia");
  root["domains"].each([&](const JsonView& domain) { draft.add(fields().domains, domain.text()); });
  draft.record.date = partial_date(root["admin"]["last_modified"]["date"].text()).value_or("");
}

std::optional<JsonRefusal> read_organisation(const JsonView& root, JsonDraft& draft) {
  const std::string_view id = root["id"].text();
  if (id.empty()) {
    return JsonRefusal{"id", std::string(root["name"].text()), Error(errors::missing)};
  }
  Result<std::string> ror = registry::normalise_identifier("ror", id);
  if (!ror) {
    return JsonRefusal{"id", std::string(id), std::move(ror).error()};
  }
  draft.record.key = *ror;
  draft.record.values.reserve(24);
  const bool second = root["names"].is_array();
  second ? read_names_2(root, draft) : read_names_1(root, draft);
  if (draft.record.first(fields().names) == nullptr) {
    return JsonRefusal{second ? "names" : "name", std::string(id), Error(errors::missing)};
  }
  draft.add(fields().ror, *ror);
  read_external_ids(root, draft);
  second ? read_locations_2(root, draft) : read_addresses_1(root, draft);
  read_relationships(root, draft);
  read_rest(root, draft);
  return std::nullopt;
}

// The published archive holds the dump as JSON and as CSV, some in both schemas: the newer one says more.
int member_rank(std::string_view name) {
  const std::string folded = lower(name);
  const bool json = folded.ends_with(".json") || folded.ends_with(".jsonl");
  return !json ? 0 : folded.find("schema_v2") != std::string::npos ? 2 : 1;
}

class RorReader final : public Reader {
 public:
  explicit RorReader(const Settings& settings) : m_settings(settings) {}
  Result<void> read(const std::string& path, RecordSink& sink) override {
    TRY_ASSIGN(const std::unique_ptr<ByteStream> bytes, open_members(path, m_settings, member_rank));
    return read_ror(*bytes, path, m_settings, sink);
  }

 private:
  Settings m_settings;
};

}  // namespace

std::unique_ptr<Reader> make_ror_reader(const Settings& settings) { return std::make_unique<RorReader>(settings); }

Result<void> read_ror(ByteStream& bytes, const std::string& file, const Settings& settings, RecordSink& sink) {
  return read_json_records(bytes, file, settings, {Kind::organisation, "items"}, read_organisation, sink);
}

}  // namespace pitchblende::sources

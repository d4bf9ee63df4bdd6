// How good the pool is. One pass over the records and one over the assignments beside them.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "pool/affiliations/affiliations.hpp"
#include "pool/curation/decisions.hpp"
#include "pool/curation/members.hpp"
#include "pool/curation/suspicion.hpp"

namespace pitchblende::pool {

namespace {

using registry::Attribute;
using registry::Kind;
using registry::Record;
using resolution::MentionRef;
using store::Connection;
using store::Row;
using Suspicion = Quality::Suspicion;

constexpr int64_t k_range = 20'000;  // records of one snapshot
constexpr size_t k_open = 3;         // names of a year or an institution that are shown as of nobody with a page

// Which organisations and teams affiliations name, and what those are part of: what a part of the text is called to the
// letter, and what the whole text is read as. Each text is read once.
class Houses {
 public:
  Result<void> load(store::Store& store) {
    TRY_ASSIGN(auto affiliations, Affiliations::load(store, access::Viewer::everything()));
    m_affiliations.emplace(std::move(affiliations));
    return {};
  }

  void add(const std::string& affiliation, std::vector<int64_t>& out) {
    const auto [at, fresh] = m_read.try_emplace(affiliation);
    if (fresh) {
      at->second = named_in(affiliation);
    }
    out.insert(out.end(), at->second.begin(), at->second.end());
  }

  void add_ref(const std::string& ref, std::vector<int64_t>& out) const {
    if (const auto target = m_affiliations->target(ref)) {
      out.push_back(number(*target));
    }
  }

 private:
  std::vector<int64_t> named_in(const std::string& affiliation) const {
    std::vector<int64_t> found;
    for (const Id id : m_affiliations->named_in(affiliation)) {
      found.push_back(number(id));
    }
    std::string_view text = affiliation;
    while (!text.empty()) {
      const size_t end = text.find_first_of(",;");
      const std::string_view part = trim(text.substr(0, end));
      if (part.size() >= 3 && part.size() <= 200) {
        add_ref("name:" + normalised(part), found);
      }
      text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return found;
  }

  std::optional<Affiliations> m_affiliations;
  std::unordered_map<std::string, std::vector<int64_t>> m_read;
};

int32_t year_of(const Record& record) {
  const auto field = registry::find_field(record.kind, "year");
  const std::string_view text = field ? record.text(*field) : std::string_view();
  int32_t year = 0;
  for (size_t at = 0; at < std::min<size_t>(4, text.size()) && text[at] >= '0' && text[at] <= '9'; ++at) {
    year = year * 10 + (text[at] - '0');
  }
  return year;
}

size_t size_step(int64_t size) {
  size_t step = 0;
  while (size > Quality::k_size_steps[step]) {
    ++step;
  }
  return step;
}

class Survey {
 public:
  Survey(store::Store& store, const QualityQuery& query) : m_store(store), m_query(query) {}

  Result<Quality> run() {
    TRY(m_houses.load(m_store));
    TRY(load_people());
    TRY(read_all());
    count_sizes();
    TRY(suspect());
    TRY(share_out());
    TRY(ask());
    TRY_ASSIGN(auto decisions, standing_decisions(m_store));
    TRY(follow_authors(m_store, decisions, nullptr));
    std::copy_if(decisions.begin(), decisions.end(), std::back_inserter(m_out.inapplicable),
                 [](const StandingDecision& each) { return each.state != StandingDecision::State::applies; });
    return std::move(m_out);
  }

 private:
  struct Thing {
    Kind kind = Kind::person;
    int64_t size = 0;
  };
  struct Counted {
    Quality::Share share;
    std::vector<MentionRef> open;
  };
  using Parts = std::unordered_map<int64_t, std::vector<std::pair<int32_t, int64_t>>>;  // record → part, entity

  // Who has a page, and who stands in more than one place: of others nothing can look wrong.
  Result<void> load_people() {
    return m_store.read([&](Connection& db) -> Result<void> {
      TRY(db.query("SELECT id FROM card WHERE kind = 'person' AND page = 1", {},
                   [&](const Row& row) { m_with_page.insert(row.integer(0)); }));
      return db.query("SELECT entity FROM assignment GROUP BY entity HAVING COUNT(*) > 1", {},
                      [&](const Row& row) { m_seen[row.integer(0)]; });
    });
  }

  Result<void> read_all() {
    int64_t last = 0;
    TRY(m_store.read([&](Connection& db) {
      return db.query("SELECT COALESCE(MAX(id), 0) FROM record", {}, [&](const Row& row) { last = row.integer(0); });
    }));
    for (int64_t from = 0; from < last; from += k_range) {
      const int64_t upto = std::min(from + k_range, last);
      TRY(m_store.read([&](Connection& db) -> Result<void> {
        Parts parts;
        TRY(db.query("SELECT record, part, entity FROM assignment WHERE record > ? AND record <= ?", {from, upto},
                     [&](const Row& row) {
                       parts[row.integer(0)].emplace_back(static_cast<int32_t>(row.integer(1)), row.integer(2));
                     }));
        return db.query(
            "SELECT r.id, r.kind, r.key, v.payload FROM record r JOIN version v ON v.id = r.version "
            "WHERE r.id > ? AND r.id <= ? AND r.withdrawn IS NULL ORDER BY r.id",
            {from, upto}, [&](const Row& row) { take(row, parts); });
      }));
    }
    return {};
  }

  void take(const Row& row, const Parts& parts) {
    const auto kind = registry::kind(row.text(1));
    const auto assigned = parts.find(row.integer(0));
    const auto record = kind ? registry::decode(*kind, row.text(2), row.text(3)) : Result<Record>(Record{});
    if (!kind || !record || assigned == parts.end()) {
      return;  // check() says so
    }
    ++m_out.records;
    std::vector<const registry::Value*> names;
    for (const auto& [field, value] : record->values) {
      if (registry::description(field).type == registry::FieldType::mention) {
        names.push_back(&value);
      }
    }
    int64_t work = 0;
    for (const auto& [part, entity] : assigned->second) {
      work = part == 0 ? entity : work;
    }
    const int32_t year = year_of(*record);
    for (const auto& [part, entity] : assigned->second) {
      const auto at = static_cast<size_t>(part);
      if (part > 0 && at > names.size()) {
        continue;  // of a longer list that was there before
      }
      Thing& thing = m_things[entity];
      thing.kind = part > 0 ? Kind::person : *kind;
      ++thing.size;
      if (part > 0) {
        take_name(*names[at - 1], {{row.integer(0), part}, year, work, {}, {}, {}}, entity);
      } else if (const auto seen = m_seen.find(entity); *kind == Kind::person && seen != m_seen.end()) {
        Seen& self = seen->second.emplace_back();
        self.ref = {row.integer(0), 0};
        self.given = normalised(fold_to_latin(record->text(registry::field(Kind::person, "given_names"))));
        self.orcid = record->text(registry::field(Kind::person, "orcid"));
      }
    }
  }

  void take_name(const registry::Value& name, Seen seen, int64_t entity) {
    for (const auto& [attribute, text] : name.attributes) {
      if (attribute == Attribute::affiliation) {
        m_houses.add(text, seen.organisations);
      } else if (attribute == Attribute::affiliation_id) {
        m_houses.add_ref(text, seen.organisations);
      }
    }
    std::sort(seen.organisations.begin(), seen.organisations.end());
    seen.organisations.erase(std::unique(seen.organisations.begin(), seen.organisations.end()),
                             seen.organisations.end());
    const bool has_page = m_with_page.contains(entity);
    const auto count = [&](Counted& counted) {
      ++counted.share.names;
      counted.share.people += has_page ? 1 : 0;
      counted.share.placed += seen.organisations.empty() ? 0 : 1;
      if (!has_page && counted.open.size() < k_open) {
        counted.open.push_back(seen.ref);
      }
    };
    count(m_whole);
    count(m_years[seen.year]);
    for (const int64_t organisation : seen.organisations) {
      count(m_institutions[organisation]);
    }
    if (seen.organisations.empty()) {
      count(m_nowhere);
    }
    if (const auto at = m_seen.find(entity); at != m_seen.end()) {
      seen.given = normalised(fold_to_latin(name.get(Attribute::given)));
      seen.orcid = name.get(Attribute::orcid);
      at->second.push_back(std::move(seen));
    }
  }

  void count_sizes() {
    std::map<Kind, std::vector<int64_t>> sizes;
    for (const auto& [id, thing] : m_things) {
      std::vector<int64_t>& steps = sizes[thing.kind];
      steps.resize(std::size(Quality::k_size_steps));
      ++steps[size_step(thing.size)];
    }
    for (auto& [kind, steps] : sizes) {
      m_out.sizes.push_back({kind, std::move(steps)});
    }
  }

  // Things that a curator has verified are not named again.
  Result<void> suspect() {
    using Look = std::optional<Doubtful> (*)(const std::vector<Seen>&);
    static constexpr std::array<Look, Quality::k_suspicions> looks = {two_orcids, distant_names, impossible_output,
                                                                      three_affiliations};
    TRY_ASSIGN(const auto verified, verified_things());
    std::vector<int64_t> people;
    for (const auto& [id, seen] : m_seen) {
      if (seen.size() > 1 && !verified.contains(id)) {
        people.push_back(id);
      }
    }
    std::sort(people.begin(), people.end());
    std::vector<std::vector<MentionRef>> places;
    std::vector<Side> sides;
    for (size_t sort = 0; sort < looks.size(); ++sort) {
      for (const int64_t id : people) {
        const auto found = looks[sort](m_seen[id]);
        if (found && ++m_out.suspicions[sort] <= static_cast<int64_t>(m_query.examples)) {
          sides.emplace_back().id = id_of(id);
          sides.back().ref = found->places.front();
          places.push_back(found->places);
          m_out.suspects.push_back({static_cast<Suspicion>(sort), {}, found->detail});
        }
      }
    }
    TRY(describe_sides(m_store, sides, 1));
    return name_suspects(std::move(sides), places);
  }

  Result<void> name_suspects(std::vector<Side> sides, const std::vector<std::vector<MentionRef>>& places) {
    std::vector<MentionRef> all;
    for (const auto& each : places) {
      all.insert(all.end(), each.begin(), each.end());
    }
    TRY_ASSIGN(std::vector<Member> members, members_at(m_store, all));
    auto next = members.begin();
    for (size_t at = 0; at < sides.size(); ++at) {
      const auto end = next + static_cast<std::ptrdiff_t>(places[at].size());
      m_out.suspects[at].thing = std::move(sides[at]);
      m_out.suspects[at].thing.members.assign(next, end);
      next = end;
    }
    return {};
  }

  Result<std::unordered_set<int64_t>> verified_things() {
    std::unordered_set<int64_t> verified;
    TRY(m_store.read([&](Connection& db) {
      return db.query(
          "SELECT a.entity FROM decision d JOIN assignment a ON a.record = d.record_a AND a.part = d.part_a "
          "WHERE d.verdict = 'verified' AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id)",
          {}, [&](const Row& row) { verified.insert(row.integer(0)); });
    }));
    return verified;
  }

  // With the records of what is open.
  Result<Quality::Share> told(const Counted& counted) {
    Quality::Share share = counted.share;
    TRY_ASSIGN(share.open, members_at(m_store, counted.open));
    return share;
  }

  Result<void> share_out() {
    TRY_ASSIGN(m_out.whole, told(m_whole));
    for (auto at = m_years.rbegin(); at != m_years.rend(); ++at) {
      TRY_ASSIGN(Quality::Share share, told(at->second));
      share.name = at->first == 0 ? std::string() : std::to_string(at->first);
      m_out.by_year.push_back(std::move(share));
    }
    TRY(name_institutions());
    if (m_nowhere.share.names > 0) {
      TRY_ASSIGN(Quality::Share share, told(m_nowhere));
      m_out.by_institution.push_back(std::move(share));
    }
    return {};
  }

  Result<void> name_institutions() {
    std::vector<std::pair<int64_t, Counted>> all(m_institutions.begin(), m_institutions.end());
    std::sort(all.begin(), all.end(), [](const auto& x, const auto& y) {
      return std::pair(-x.second.share.names, x.first) < std::pair(-y.second.share.names, y.first);
    });
    all.resize(std::min(all.size(), m_query.examples));
    std::vector<Side> sides;
    for (const auto& [id, counted] : all) {
      sides.emplace_back().id = id_of(id);
    }
    TRY(describe_sides(m_store, sides, 0));
    for (size_t at = 0; at < all.size(); ++at) {
      TRY_ASSIGN(Quality::Share share, told(all[at].second));
      share.name = sides[at].label;
      share.id = sides[at].id;
      m_out.by_institution.push_back(std::move(share));
    }
    return {};
  }

  Result<void> ask() {
    TRY_ASSIGN(Queue all, queue(m_store, {{}, 0, m_query.examples, 3}));
    m_out.questions = std::move(all.questions);
    m_out.duplicates = std::move(all.by_kind);
    return {};
  }

  store::Store& m_store;
  const QualityQuery& m_query;
  Quality m_out;
  Houses m_houses;
  std::unordered_set<int64_t> m_with_page;
  std::unordered_map<int64_t, std::vector<Seen>> m_seen;
  std::unordered_map<int64_t, Thing> m_things;
  Counted m_whole;
  Counted m_nowhere;  // names with no known organisation
  std::map<int32_t, Counted> m_years;
  std::unordered_map<int64_t, Counted> m_institutions;
};

}  // namespace

Result<Quality> quality(store::Store& store, const QualityQuery& query) { return Survey(store, query).run(); }

std::string_view name(Suspicion suspicion) {
  switch (suspicion) {
    case Suspicion::two_orcids:
      return "two_orcids";
    case Suspicion::distant_names:
      return "distant_names";
    case Suspicion::output:
      return "output";
    case Suspicion::affiliations:
      return "affiliations";
  }
  return "output";
}

}  // namespace pitchblende::pool

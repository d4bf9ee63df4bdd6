#include "resolution/things/thing_weights.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <span>

#include "resolution/things/instruments.hpp"
#include "resolution/things/thing_keys.hpp"

namespace pitchblende::resolution {

namespace {

using linkage::FieldType;
using linkage::Level;
using registry::Kind;

using Bits = std::array<double, linkage::k_levels>;  // by level
//                                missing exact close near  part faint swapped different
constexpr Bits k_title = {0, 17, 14, 9, 3, -4, 0, -12};
constexpr Bits k_short_title = {0, 9, 6, 2, -2, -6, 0, -12};
constexpr Bits k_project_title = {0, 14, 11, 6, 1, -6, 0, -12};
constexpr Bits k_organisation = {0, 18, 11, 5, 2, -6, 0, -10};
constexpr Bits k_acronym = {0, 12, -2, -6, -8, -8, 0, -10};
constexpr Bits k_placed_name = {0, 12, 8, 3, 0, -6, 0, -10};
constexpr Bits k_equipment = {0, 4, 3, 1, 0, -1, 0, -4};
constexpr Bits k_authors = {0, 11, 9, 5, 0, 0, 0, -12};
constexpr Bits k_first_author = {0, 7, 5, 3, 2, 0, 0, -12};

constexpr size_t k_names = 8;      // of one thing that are measured against those of another
constexpr double k_opposed = -20;  // no name makes up for it

bool share_one(const std::vector<std::string>& a, const std::vector<std::string>& b, std::string_view prefix,
               std::string& found) {
  for (const std::string& text : a) {
    if (text.starts_with(prefix) && std::find(b.begin(), b.end(), text) != b.end()) {
      found = text;
      return true;
    }
  }
  return false;
}

bool has(const std::vector<std::string>& list, std::string_view prefix) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& text) { return text.starts_with(prefix); });
}

std::string_view source_of(const Mention& mention) {
  return std::string_view(mention.origin).substr(0, mention.origin.find('/'));
}

std::string people_of(const Mention& mention) {
  std::string out;
  for (const std::string& name : *mention.companions) {
    out += name;
    out += ';';
  }
  return out;
}

// Whose names are titles: many words, of which some tell.
bool is_titled(Kind kind) {
  switch (kind) {
    case Kind::organisation:
    case Kind::equipment:
    case Kind::team:
    case Kind::platform:
    case Kind::service:
    case Kind::site:
    case Kind::collection:
      return false;
    default:
      return true;
  }
}

Level compare_ready(const linkage::Column& column, const linkage::Prepared& a, const linkage::Prepared& b) {
  return a.text.empty() || b.text.empty() ? Level::missing : linkage::compare_values(column, a, b);
}

class Weighing {
 public:
  Weighing(ReadyThings& things, size_t a, size_t b, double least)
      : m_things(things),
        m_at_a(a),
        m_at_b(b),
        m_least(least),
        m_a(things.mention(a)),
        m_b(things.mention(b)),
        m_context_a(context_of(m_a)),
        m_context_b(context_of(m_b)) {}

  // Years are read before titles, titles before authors: most pairs of a block are settled by the cheaper one.
  ThingEvidence publication() {
    constexpr std::array<double, 4> k_year = {3.5, 1, -10, -14};
    prior(-17);
    if (falls_short(most(k_title) + year_bits(k_year) + most(k_authors))) {
      return std::move(m_out);
    }
    name("title", k_title);
    year(k_year);
    if (falls_short(most(k_authors))) {
      return std::move(m_out);
    }
    people();
    const bool two_versions =
        !m_context_a.fourth.empty() && !m_context_b.fourth.empty() && m_context_a.fourth != m_context_b.fourth;
    m_out.other_form = two_versions || m_context_a.third != m_context_b.third;
    m_out.contradicts = m_out.contradicts || two_versions;
    m_out.evidence = Evidence::title;
    return std::move(m_out);
  }

  ThingEvidence organisation(bool ambiguous) {
    prior(-15);
    const auto acronym = [](std::string_view text) {
      return text.size() <= 6 && text.find(' ') == std::string_view::npos;
    };
    name("name", k_organisation, k_acronym, acronym);  // an acronym names many
    place(6, 1);
    legal_unit();
    if (ambiguous && !same_town()) {  // where namesakes stand in several places one without a place may be any of them
      add("namesakes", -6, {});
    }
    m_out.evidence = same_town() ? Evidence::name_and_affiliation : Evidence::name;
    return std::move(m_out);
  }

  ThingEvidence placed() {
    prior(-12);
    name("name", k_placed_name);
    const bool town_tells = m_a.kind == Kind::team || m_a.kind == Kind::site;
    place(town_tells ? 4 : 1, 0);
    around(5, -4);
    m_out.evidence = Evidence::name_and_affiliation;
    return std::move(m_out);
  }

  ThingEvidence equipment() {
    prior(-10);
    const Agreement make = compare_makes(m_context_a.first, m_context_b.first);
    make_and_model(make);
    serial();
    std::string found;
    for (const auto& [prefix, bits] : {std::pair{"platform", 6.0}, {"room:", 4.0}, {"institution:", 1.0}}) {
      const std::string_view wanted = prefix;
      // What is linked to, platform or team, may be any reference that is none of the others.
      const bool any =
          wanted == "platform" ? share_place(found) : share_one(m_a.affiliations, m_b.affiliations, wanted, found);
      if (any) {
        add(wanted == "room:" ? "room" : wanted == "platform" ? "platform" : "institution", bits, found);
      }
    }
    name("name", k_equipment);
    if (source_of(m_a) == source_of(m_b)) {  // two lines of one list are two instruments
      add("same_list", k_opposed, std::string(source_of(m_a)));
      m_out.contradicts = true;
    }
    m_out.evidence = Evidence::name_and_affiliation;
    return std::move(m_out);
  }

  ThingEvidence titled() {
    prior(-14);
    const auto is_short = [](std::string_view text) { return std::count(text.begin(), text.end(), ' ') < 3; };
    name("title", k_project_title, k_short_title, is_short);
    // A project begins when it is signed or when it is paid; what returns every year is another one every year.
    year(m_a.kind == Kind::project ? std::array<double, 4>{3, -2, k_opposed, k_opposed}
                                   : std::array<double, 4>{3, k_opposed, k_opposed, k_opposed});
    const bool near_it = around(5, 0);
    m_out.evidence = near_it ? Evidence::name_and_affiliation : Evidence::title;
    return std::move(m_out);
  }

 private:
  void add(std::string_view trait, double bits, std::string detail) {
    m_out.weights.push_back({std::string(trait), bits, std::move(detail)});
    m_out.bits += bits;
  }
  void prior(double bits) { m_out.prior_bits = m_out.bits = bits; }
  static double most(const Bits& bits) { return *std::max_element(bits.begin(), bits.end()); }
  bool falls_short(double best_of_rest) const { return m_out.bits + best_of_rest < m_least; }

  template <typename IsShort>
  bool share_name(const IsShort& is_short) const {
    return std::any_of(m_a.names.begin(), m_a.names.end(), [&](const std::string& name) {
      return !is_short(name) && std::find(m_b.names.begin(), m_b.names.end(), name) != m_b.names.end();
    });
  }

  // The best agreement of two of their names, of which short ones weigh less.
  template <typename IsShort>
  void name(std::string_view trait, const Bits& bits, const Bits& short_bits, const IsShort& is_short) {
    constexpr double k_nothing = -100;
    double best = k_nothing;
    std::string detail;
    const bool shared = share_name(is_short);  // nothing is nearer: the others need no measuring
    const auto asked = [&](const std::vector<std::string>& names) {
      return shared ? names.size() : std::min(names.size(), k_names);
    };
    for (size_t i = 0; i < asked(m_a.names); ++i) {
      for (size_t j = 0; j < asked(m_b.names); ++j) {
        const std::string& x = m_a.names[i];
        const std::string& y = m_b.names[j];
        if (shared && x != y) {
          continue;
        }
        const Level level =
            x == y ? Level::exact : m_things.compare_names(m_things.name(m_at_a, i), m_things.name(m_at_b, j));
        const double weight = (is_short(x) || is_short(y) ? short_bits : bits)[static_cast<size_t>(level)];
        if (level != Level::missing && weight > best) {
          best = weight;
          detail = x == y ? x : x + " / " + y;
        }
      }
    }
    if (best > k_nothing) {
      add(trait, best, std::move(detail));
    }
  }
  void name(std::string_view trait, const Bits& bits) {
    name(trait, bits, bits, [](std::string_view) { return false; });
  }

  // Bits for the same year, one apart, two or three, more; 0: one of the two is not known.
  double year_bits(const std::array<double, 4>& bits) const {
    const std::string_view a = m_context_a.first;
    const std::string_view b = m_context_b.first;
    if (a.empty() || b.empty()) {
      return 0;
    }
    const int apart = std::abs(std::atoi(std::string(a).c_str()) - std::atoi(std::string(b).c_str()));
    return bits[a == b ? 0 : apart <= 1 ? 1 : apart <= 3 ? 2 : 3];
  }
  void year(const std::array<double, 4>& bits) {
    const std::string_view a = m_context_a.first;
    const std::string_view b = m_context_b.first;
    if (a.empty() || b.empty()) {
      return;
    }
    const double weight = year_bits(bits);
    add("year", weight, std::string(a) + (a == b ? "" : " / " + std::string(b)));
    m_out.contradicts = m_out.contradicts || weight <= -10;
  }

  void people() {
    const bool lists = m_a.companions && m_b.companions && m_a.companions->size() > 1 && m_b.companions->size() > 1;
    Level level = Level::missing;
    if (lists) {
      level = *m_a.companions == *m_b.companions
                  ? Level::exact
                  : m_things.compare_people(m_things.people(m_at_a), m_things.people(m_at_b));
      add("authors", k_authors[static_cast<size_t>(level)], m_a.companions->front());
    } else if (!m_context_a.second.empty() && !m_context_b.second.empty()) {
      level = m_things.compare_authors(m_things.first_author(m_at_a), m_things.first_author(m_at_b));
      add("first_author", k_first_author[static_cast<size_t>(level)], std::string(m_context_a.second));
    }
    m_out.contradicts = m_out.contradicts || level == Level::different;
  }

  // Of a make that both say a model says little more: "LSM 880" is nobody else's.
  void make_and_model(Agreement make) {
    const auto told = [](std::string_view a, std::string_view b) {
      return std::string(a) + (a == b || b.empty() ? "" : a.empty() ? std::string(b) : " / " + std::string(b));
    };
    const std::string makes = told(m_context_a.first, m_context_b.first);
    if (make == Agreement::different) {  // of a house that was bought, or of whoever sold it
      add("make", -10, makes);
    }
    const Agreement model = compare_models(m_context_a.second, m_context_b.second);
    if (model != Agreement::unknown) {
      const double bits = model == Agreement::same ? 6 : model == Agreement::part ? 2 : k_opposed;
      const std::string models = told(m_context_a.second, m_context_b.second);
      add("make_and_model", bits, makes.empty() ? models : makes + ", " + models);
    }
  }

  // A shared number that is one instrument's by itself has joined the two already, and two numbers are two instruments.
  void serial() {
    std::string found;
    if (share_one(m_a.identifiers, m_b.identifiers, k_serial, found)) {
      const std::string key = found.substr(k_serial.size());
      if (!is_one_by_serial(m_a, m_b, key)) {
        add("serial", is_common_serial(key) ? 5 : 9, key);
      }
      return;
    }
    for (const std::string& a : m_a.identifiers) {
      for (const std::string& b : m_b.identifiers) {
        if (a.starts_with(k_serial) && b.starts_with(k_serial)) {
          const std::string_view x = std::string_view(a).substr(k_serial.size());
          const std::string_view y = std::string_view(b).substr(k_serial.size());
          if (may_be_one_serial(x, y)) {
            return;
          }
          found = std::string(x) + " / " + std::string(y);
        }
      }
    }
    if (!found.empty()) {
      add("serial", -12, std::move(found));
      m_out.contradicts = true;
    }
  }

  bool same_town() const { return !m_context_a.second.empty() && m_context_a.second == m_context_b.second; }

  void place(double town, double country) {
    const auto weigh = [&](std::string_view trait, std::string_view x, std::string_view y, double bits) {
      if (!x.empty() && !y.empty()) {
        add(trait, x == y ? bits : k_opposed, std::string(x) + (x == y ? "" : " / " + std::string(y)));
        m_out.contradicts = m_out.contradicts || x != y;
      }
    };
    weigh("country", m_context_a.first, m_context_b.first, country);
    weigh("town", m_context_a.second, m_context_b.second, town);
  }

  void legal_unit() {
    std::string found;
    if (share_one(m_a.affiliations, m_b.affiliations, "siren:", found)) {
      add("legal_unit", 12, found);
    } else if (has(m_a.affiliations, "siren:") && has(m_b.affiliations, "siren:")) {
      add("legal_unit", k_opposed, {});
      m_out.contradicts = true;
    }
  }

  // A platform, team or site by reference.
  bool share_place(std::string& found) const {
    return std::any_of(m_a.affiliations.begin(), m_a.affiliations.end(), [&](const std::string& text) {
      for (const std::string_view other : {"room:", "owner:", "institution:"}) {
        if (text.starts_with(other)) {
          return false;
        }
      }
      const bool shared = std::find(m_b.affiliations.begin(), m_b.affiliations.end(), text) != m_b.affiliations.end();
      found = shared ? text : found;
      return shared;
    });
  }

  bool around(double shared, double apart) {
    std::string found;
    const bool beside = m_a.companions && m_b.companions && share_one(*m_a.companions, *m_b.companions, "", found);
    if (beside || share_one(m_a.affiliations, m_b.affiliations, "", found)) {
      add("around", shared, found);
      return true;
    }
    if (!m_a.affiliations.empty() && !m_b.affiliations.empty() && apart != 0) {
      add("around", apart, {});
    }
    return false;
  }

  ReadyThings& m_things;
  size_t m_at_a;
  size_t m_at_b;
  double m_least;
  const Mention& m_a;
  const Mention& m_b;
  Context m_context_a;
  Context m_context_b;
  ThingEvidence m_out;
};

}  // namespace

double thing_probability(double bits) { return std::min(1 / (1 + std::exp2(-bits)), 0.995); }

ReadyThings::ReadyThings(Kind kind) {
  m_names.type = is_titled(kind) ? FieldType::text : FieldType::name;
  m_people.type = FieldType::names;
  m_authors.type = FieldType::name;
}

size_t ReadyThings::add(const Mention& mention) {
  m_things.push_back({&mention, std::vector<std::optional<linkage::Prepared>>(mention.names.size()), {}, {}});
  return m_things.size() - 1;
}

const linkage::Prepared& ReadyThings::name(size_t at, size_t which) {
  auto& name = m_things[at].names[which];
  return name ? *name : name.emplace(linkage::prepared(m_names, mention(at).names[which]));
}

const linkage::Prepared& ReadyThings::people(size_t at) {
  auto& people = m_things[at].people;
  return people ? *people : people.emplace(linkage::prepared(m_people, people_of(mention(at))));
}

const linkage::Prepared& ReadyThings::first_author(size_t at) {
  auto& author = m_things[at].first_author;
  return author ? *author : author.emplace(linkage::prepared(m_authors, context_of(mention(at)).second));
}

linkage::Level ReadyThings::compare_names(const linkage::Prepared& a, const linkage::Prepared& b) const {
  return compare_ready(m_names, a, b);
}
linkage::Level ReadyThings::compare_people(const linkage::Prepared& a, const linkage::Prepared& b) const {
  return compare_ready(m_people, a, b);
}
linkage::Level ReadyThings::compare_authors(const linkage::Prepared& a, const linkage::Prepared& b) const {
  return compare_ready(m_authors, a, b);
}

ThingEvidence weigh_things(const Mention& a, const Mention& b, bool ambiguous) {
  ReadyThings things(a.kind);
  const size_t at_a = things.add(a);
  return weigh_things(things, at_a, things.add(b), ambiguous);
}

ThingEvidence weigh_things(ReadyThings& things, size_t a, size_t b, bool ambiguous, double least) {
  Weighing weighing(things, a, b, least);
  switch (things.mention(a).kind) {
    case Kind::publication:
      return weighing.publication();
    case Kind::organisation:
      return weighing.organisation(ambiguous);
    case Kind::equipment:
      return weighing.equipment();
    case Kind::team:
    case Kind::platform:
    case Kind::service:
    case Kind::site:
    case Kind::collection:
      return weighing.placed();
    default:
      return weighing.titled();
  }
}

}  // namespace pitchblende::resolution

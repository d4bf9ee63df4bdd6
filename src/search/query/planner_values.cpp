// The parts of a query that name a value: kinds, ranges, topics, who is open to whom, and things by their names.
#include <algorithm>
#include <array>
#include <bit>

#include "search/query/planner.hpp"

namespace pitchblende::search {

namespace {

using registry::Kind;
using Reason = QueryNote::Reason;

constexpr std::array<std::string_view, 8> k_name_fields = {"names",       "acronym", "family_name", "given_names",
                                                           "other_names", "label",   "labels",      "title"};
constexpr size_t k_shortest_name = 3;  // of a concept: shorter ones stand for too much
constexpr std::array<std::string_view, 6> k_open_access = {"gold", "diamond", "hybrid", "bronze", "green", "open"};

ValueNames::End end_of(const QueryNode& leaf) {
  return leaf.form == LeafForm::prefix ? ValueNames::End::prefix : ValueNames::End::whole_word;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

template <typename Find>
PlanNode Planner::values(Find&& find) const {
  PlanNode out{PlanNode::Type::values};
  for (const LiveSegment& live : m_snapshot.segments) {
    out.values.push_back(find(live));
  }
  return out;
}

PlanNode Planner::exact_value(Facet facet, std::string_view value) const {
  return values([&](const LiveSegment& live) {
    const auto number = live.segment->find_value(facet, value);
    return number ? std::vector<uint32_t>{*number} : std::vector<uint32_t>{};
  });
}

PlanNode Planner::by_value(const QueryNode& leaf, Facet facet) {
  const std::string wanted = normalised(leaf.text);
  return values([&](const LiveSegment& live) {
    return live.value_names->with_words(*live.segment, facet, wanted, end_of(leaf));
  });
}

// Ends that say less than a value include it: 2019 the whole of 2019.
PlanNode Planner::by_range(const QueryNode& leaf, Facet facet) const {
  const size_t dots = leaf.text.find("..");
  const std::string from = leaf.text.substr(0, dots);
  const std::string to = dots == std::string::npos ? from : leaf.text.substr(dots + 2);
  return values([&](const LiveSegment& live) {
    std::vector<uint32_t> found;
    for (uint32_t value = 0; value < live.segment->values(); ++value) {
      const std::string_view text = live.segment->value(value);
      if (live.segment->value_facet(value) == facet && !text.empty() && text[0] >= '0' && text[0] <= '9' &&
          text.substr(0, from.size()) >= std::string_view(from).substr(0, text.size()) &&
          text.substr(0, to.size()) <= (to.empty() ? text.substr(0, 0) : std::string_view(to))) {
        found.push_back(value);
      }
    }
    return found;
  });
}

PlanNode Planner::by_kind(const QueryNode& leaf) {
  if (const auto kind = kind_by_word(leaf.text)) {
    return exact_value(Facet::kind, registry::name(*kind));
  }
  if (names_a_type(leaf.text)) {
    return by_value(leaf, Facet::type);
  }
  note(Reason::unknown_kind, leaf.text);
  return translated_words({QueryNode{NodeType::leaf, {}, {}, LeafForm::words, leaf.text}});
}

// Ids of the things, of those that the viewer may know, whose names have all of the words.
std::vector<std::string> Planner::ids_named(const QueryNode& leaf, const QueryField& field) {
  if (const auto id = Id::parse(leaf.text)) {
    return {id->text()};
  }
  PlanNode kinds{PlanNode::Type::any};
  for (const Kind kind : field.kinds) {
    kinds.children.push_back(exact_value(Facet::kind, registry::name(kind)));
  }
  PlanNode node{PlanNode::Type::all, {std::move(kinds)}};
  const std::vector<std::string_view> fields(k_name_fields.begin(), k_name_fields.end());
  if (leaf.form == LeafForm::prefix) {
    node.children.push_back(in_text(leaf, fields));
  } else {
    for (const std::string& atom : atoms_of(leaf.text)) {
      node.children.push_back(in_text({NodeType::leaf, {}, {}, LeafForm::phrase, atom}, fields));
    }
  }
  std::vector<std::string> ids;
  for (size_t i = 0; i < m_snapshot.segments.size(); ++i) {
    const Evaluator evaluator(m_snapshot, i, m_viewer);
    const Bitmap found = evaluator.evaluate(node, evaluator.everything());
    for (size_t at = 0; at < found.size(); ++at) {
      for (uint64_t left = found[at]; left != 0; left &= left - 1) {
        const auto doc = static_cast<uint32_t>(at * 64 + static_cast<size_t>(std::countr_zero(left)));
        ids.push_back(m_snapshot.segments[i].segment->id(doc).text());
      }
    }
  }
  return ids;
}

// The teams that groups list as their members, as the viewer may know.
std::vector<std::string> Planner::members_of(const std::vector<std::string>& groups) const {
  std::vector<std::string> out;
  for (const LiveSegment& live : m_snapshot.segments) {
    const Segment& segment = *live.segment;
    for (const std::string& group : groups) {
      const auto id = Id::parse(group);
      const auto doc = id ? segment.find(*id) : std::nullopt;
      if (!doc || live.is_dead(*doc) || !segment.sees(m_viewer, segment.visibility(*doc), *doc)) {
        continue;
      }
      const auto add = [&](uint32_t value) {
        if (segment.value_facet(value) == Facet::member) {
          out.emplace_back(segment.value(value));
        }
      };
      segment.each_facet(*doc, add);
      for (const uint32_t hidden : segment.hidden_facets(*doc)) {
        if (segment.sees(m_viewer, static_cast<access::Visibility>(hidden >> k_level_shift), *doc)) {
          add(hidden & k_value_mask);
        }
      }
    }
  }
  return out;
}

PlanNode Planner::by_name(const QueryNode& leaf, const QueryField& field) {
  const std::vector<std::string> ids = ids_named(leaf, field);
  const std::vector<std::string> members = field.facet == Facet::group ? members_of(ids) : std::vector<std::string>();
  if (ids.empty()) {
    note(Reason::unknown_name, as_typed(leaf));
    return PlanNode{PlanNode::Type::nothing};
  }
  return values([&](const LiveSegment& live) {
    std::vector<uint32_t> found;
    const auto add = [&](Facet facet, const std::vector<std::string>& wanted) {
      for (const std::string& id : wanted) {
        if (const auto number = live.segment->find_value(facet, id)) {
          found.push_back(*number);
        }
      }
    };
    add(field.facet, ids);
    add(Facet::institution, members);
    return found;
  });
}

// What a vocabulary calls so and all that is narrower; and what has one of its names in its own.
PlanNode Planner::by_topic(const QueryNode& leaf) {
  const Thesaurus* known = m_snapshot.thesaurus.get();
  std::vector<std::string> wanted{normalised(leaf.text)};
  std::vector<std::string> labels;
  if (known != nullptr && !known->empty() && leaf.form != LeafForm::prefix) {
    const std::vector<uint32_t> concepts = known->alike(known->named(leaf.text));
    if (concepts.empty()) {
      note(Reason::unknown_topic, leaf.text);
    }
    labels = known->labels_below(concepts);
    for (const ConceptLabel& label : known->labels(concepts)) {
      if (std::string name = normalised(label.text); name.size() >= k_shortest_name) {
        wanted.push_back(std::move(name));
      }
    }
  }
  return values([&](const LiveSegment& live) {
    std::vector<uint32_t> found = live.value_names->among(*live.segment, Facet::concept_, labels);
    for (const std::string& name : wanted) {
      const auto more = leaf.form == LeafForm::prefix
                            ? live.value_names->with_words(*live.segment, Facet::concept_, name, end_of(leaf))
                            : live.value_names->with_stems(*live.segment, Facet::concept_, name);
      found.insert(found.end(), more.begin(), more.end());
    }
    return found;
  });
}

PlanNode Planner::by_open(const QueryNode& leaf) {
  const std::string word = normalised(leaf.text);
  const bool yes = is_one_of(word, {"yes", "oui", "true"});
  const bool access = yes || is_one_of(word, {"access", "acces", "oa", "libre"});
  const bool call = yes || is_one_of(word, {"call", "calls", "appel", "appels"});
  PlanNode any{PlanNode::Type::any};
  if (access) {
    for (const std::string_view way : k_open_access) {
      any.children.push_back(exact_value(Facet::open_access, way));
    }
  }
  if (call) {
    any.children.push_back(values([&](const LiveSegment& live) {
      std::vector<uint32_t> found;
      for (uint32_t value = 0; value < live.segment->values(); ++value) {
        const std::string_view day = live.segment->value(value);
        if (!m_query.today.empty() && live.segment->value_facet(value) == Facet::closes &&
            day >= std::string_view(m_query.today).substr(0, day.size())) {
          found.push_back(value);
        }
      }
      return found;
    }));
  }
  const std::string_view to = is_one_of(word, {"company", "companies", "entreprise", "entreprises", "industrie"})
                                  ? "company"
                              : is_one_of(word, {"academic", "academics", "academique", "academiques"}) ? "academic"
                              : word == "consortium"                                                    ? "consortium"
                              : is_one_of(word, {"own", "interne"})                                     ? "own"
                                                                                                        : "";
  if (!to.empty()) {
    any.children.push_back(exact_value(Facet::open_to, to));
  }
  if (any.children.empty()) {
    note(Reason::unknown_open, as_typed(leaf));
    return translated_words({QueryNode{NodeType::leaf, {}, {}, LeafForm::words, leaf.text}});
  }
  return any;
}

}  // namespace pitchblende::search

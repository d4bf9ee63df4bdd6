// Properties on invented pools against slow obvious checks.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "resolution/resolution.hpp"
#include "resolution/schemes.hpp"

namespace pitchblende::resolution {
namespace {

using registry::Kind;

template <typename T>
T one_of(std::initializer_list<T> values) {
  return *rc::gen::elementOf(std::vector<T>(values));
}
bool one_in(int count) { return *rc::gen::inRange(0, count) == 0; }

Mention author(int64_t record, int32_t part) {
  Mention mention;
  mention.ref = {record, part};
  mention.origin = "pubmed/" + std::to_string(record * 7919 % 1000) + "#" + std::to_string(part);
  mention.family = one_of<std::string>({"exemple", "fiction", "martin exemple", "de la fiction", ""});
  mention.given = one_of<std::string>({"camille", "c", "charles", "c p", "camille p", "anne", ""});
  mention.exclusive = "pubmed/" + std::to_string(record);
  for (const char* text : {"institut demo;paris", "hopital exemple;lyon", "ror:1", "department of surgery"}) {
    if (one_in(3)) {
      mention.affiliations.emplace_back(text);
    }
  }
  for (const char* text : {"orcid:1", "orcid:2", "orcid:3", "email:a@b", "idref:1", "local:curie/1", "local:curie/2"}) {
    if (one_in(12)) {
      mention.identifiers.emplace_back(text);
    }
  }
  if (part == 0) {
    mention.described = true;
    mention.exclusive.clear();
  }
  return mention;
}

Mention paper(int64_t record) {
  Mention mention;
  mention.ref = {record, 0};
  mention.kind = Kind::publication;
  mention.origin = "pubmed/" + std::to_string(record * 7919 % 1000);
  mention.names = {one_of<std::string>({"one two three four five", "editorial"})};
  mention.context = one_of<std::string>({"2019|exemple", "2020|exemple", "2021|", "|fiction"});
  for (const char* text : {"pmid:1", "pmid:2", "doi:1", "doi:2", "hal:1"}) {
    if (one_in(8)) {
      mention.identifiers.emplace_back(text);
    }
  }
  return mention;
}

Input pool() {
  Input input;
  const int records = *rc::gen::inRange(1, 14);
  for (int64_t record = 1; record <= records; ++record) {
    const auto authors = *rc::gen::inRange(0, 5);
    if (authors == 0) {
      input.mentions.push_back(author(record, 0));
      continue;
    }
    input.mentions.push_back(paper(record));
    std::vector<std::string> names;
    for (int32_t part = 1; part <= authors; ++part) {
      input.mentions.push_back(author(record, part));
      names.push_back(input.mentions.back().family + " " + input.mentions.back().given.substr(0, 1));
    }
    const auto companions = std::make_shared<const std::vector<std::string>>(names);
    for (auto at = input.mentions.end() - authors; at != input.mentions.end(); ++at) {
      at->companions = companions;
    }
  }
  const int decisions = *rc::gen::inRange(0, 6);
  for (int64_t number = 1; number <= decisions; ++number) {
    const auto any = [&] { return input.mentions[*rc::gen::inRange<size_t>(0, input.mentions.size())].ref; };
    input.decisions.push_back({number, one_of<Verdict>({Verdict::same, Verdict::different}), any(), any()});
  }
  return input;
}

std::map<MentionRef, size_t> cluster_of(const std::vector<Cluster>& clusters) {
  std::map<MentionRef, size_t> out;
  for (size_t at = 0; at < clusters.size(); ++at) {
    for (const MentionRef& ref : clusters[at].members) {
      RC_ASSERT(out.emplace(ref, at).second);
    }
  }
  return out;
}

std::string unique_value(const Mention& mention, std::string_view slot) {
  for (const std::string& identifier : mention.identifiers) {
    const SchemeRule* rule = scheme_rule(mention.kind, identifier);
    if (rule != nullptr && rule->unique == Unique::hard && unique_slot(identifier) == slot) {
      return identifier;
    }
  }
  return {};
}

bool must_part(const Mention& a, const Mention& b) {
  if (a.kind != b.kind || (!a.exclusive.empty() && a.exclusive == b.exclusive)) {
    return true;
  }
  for (const std::string_view slot : {"orcid", "pmid"}) {
    const std::string x = unique_value(a, slot);
    const std::string y = unique_value(b, slot);
    if (!x.empty() && !y.empty() && x != y) {
      return true;
    }
  }
  return false;
}

RC_GTEST_PROP(ResolveProperties, every_mention_is_in_one_cluster_and_nothing_is_broken, ()) {
  const Input input = pool();
  const auto clusters = resolve(input).clusters;
  const auto places = cluster_of(clusters);
  RC_ASSERT(places.size() == input.mentions.size());
  for (size_t at = 0; at < clusters.size(); ++at) {
    RC_ASSERT(std::is_sorted(clusters[at].members.begin(), clusters[at].members.end()));
    if (at > 0) {
      RC_ASSERT(clusters[at - 1].members.front() < clusters[at].members.front());
    }
  }
  for (const Mention& a : input.mentions) {
    for (const Mention& b : input.mentions) {
      if (!(a.ref == b.ref) && must_part(a, b)) {
        RC_ASSERT(places.at(a.ref) != places.at(b.ref));
      }
    }
  }
}

RC_GTEST_PROP(ResolveProperties, reasons_are_a_tree_over_the_members, ()) {
  for (const Cluster& cluster : resolve(pool()).clusters) {
    RC_ASSERT(cluster.reasons.size() + 1 == cluster.members.size());
    std::set<MentionRef> reached = {cluster.members.front()};
    for (size_t round = 0; round < cluster.reasons.size(); ++round) {
      for (const Reason& reason : cluster.reasons) {
        if (reached.contains(reason.a) || reached.contains(reason.b)) {
          reached.insert(reason.a);
          reached.insert(reason.b);
        }
      }
    }
    RC_ASSERT(std::equal(reached.begin(), reached.end(), cluster.members.begin(), cluster.members.end()));
    for (const Reason& reason : cluster.refused) {
      RC_ASSERT(reached.contains(reason.a) != reached.contains(reason.b));
      RC_ASSERT(reason.evidence >= Evidence::exclusive);
    }
  }
}

RC_GTEST_PROP(ResolveProperties, the_last_decision_holds, ()) {
  Input input = pool();
  RC_PRE(input.mentions.size() > 1U);
  const Mention& a = input.mentions.front();
  const Mention& b = input.mentions.back();
  RC_PRE(a.kind == b.kind);
  const bool same = *rc::gen::arbitrary<bool>();
  input.decisions.push_back({1000, same ? Verdict::same : Verdict::different, a.ref, b.ref});
  const auto places = cluster_of(resolve(input).clusters);
  RC_ASSERT((places.at(a.ref) == places.at(b.ref)) == (same && !must_part(a, b)));
}

RC_GTEST_PROP(ResolveProperties, the_order_of_the_input_is_nothing, ()) {
  const Input input = pool();
  Input shuffled = input;
  const auto keys = *rc::gen::container<std::vector<int>>(input.mentions.size(), rc::gen::arbitrary<int>());
  std::vector<size_t> order(input.mentions.size());
  for (size_t at = 0; at < order.size(); ++at) {
    order[at] = at;
  }
  std::sort(order.begin(), order.end(),
            [&](size_t x, size_t y) { return std::pair(keys[x], x) < std::pair(keys[y], y); });
  for (size_t at = 0; at < order.size(); ++at) {
    shuffled.mentions[at] = input.mentions[order[at]];
  }
  std::reverse(shuffled.decisions.begin(), shuffled.decisions.end());
  const auto first = resolve(input).clusters;
  const auto second = resolve(shuffled).clusters;
  RC_ASSERT(first.size() == second.size());
  const auto alike = [](const std::vector<Reason>& x, const std::vector<Reason>& y) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](const Reason& p, const Reason& q) {
      return p.a == q.a && p.b == q.b && p.evidence == q.evidence && p.probability == q.probability &&
             p.detail == q.detail;
    });
  };
  const auto never = [](Id) { return false; };
  const auto ids = assign_ids(first, input.mentions, never);
  const auto ids_again = assign_ids(second, shuffled.mentions, never);
  for (size_t at = 0; at < first.size(); ++at) {
    RC_ASSERT(first[at].members == second[at].members);
    RC_ASSERT(alike(first[at].reasons, second[at].reasons));
    RC_ASSERT(alike(first[at].refused, second[at].refused));
    RC_ASSERT(ids[at].id == ids_again[at].id);
  }
}

RC_GTEST_PROP(ResolveProperties, an_id_is_one_thing, ()) {
  Input input = pool();
  for (Mention& mention : input.mentions) {
    if (one_in(2)) {
      // As a past run left it: an id is of one kind.
      mention.held = Id(static_cast<uint64_t>(*rc::gen::inRange(1, 5)) + 10 * static_cast<uint64_t>(mention.kind));
      mention.held_since = *rc::gen::inRange(1, 4);
    }
  }
  const auto clusters = resolve(input).clusters;
  std::set<Id> seen;
  for (const Identity& identity : assign_ids(clusters, input.mentions, [](Id) { return false; })) {
    RC_ASSERT(seen.insert(identity.id).second);
    for (const Id absorbed : identity.absorbed) {
      RC_ASSERT(seen.insert(absorbed).second);
    }
  }
  for (const Mention& mention : input.mentions) {
    if (mention.held) {
      RC_ASSERT(seen.contains(*mention.held));
    }
  }
}

}  // namespace
}  // namespace pitchblende::resolution

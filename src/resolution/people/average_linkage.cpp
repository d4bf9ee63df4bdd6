#include "resolution/people/average_linkage.hpp"

#include <algorithm>
#include <queue>
#include <tuple>
#include <unordered_map>

namespace pitchblende::resolution {

namespace {

bool before(const AverageLinkage::Link& link, uint32_t other) { return link.other < other; }

void take(AverageLinkage::Link& into, const AverageLinkage::Link& link) {
  into.squares += link.squares;
  into.count += link.count;
  if (link.best.probability > into.best.probability) {
    into.best = link.best;
  }
}

}  // namespace

bool AverageLinkage::Offer::operator<(const Offer& other) const {
  return mean != other.mean ? mean < other.mean : std::tie(a, b) > std::tie(other.a, other.b);
}

AverageLinkage::AverageLinkage(std::vector<std::vector<uint32_t>> groups, const std::vector<ScoredPair>& pairs)
    : m_groups(std::move(groups)), m_links(m_groups.size()), m_stamps(m_groups.size(), 0) {
  std::vector<std::pair<uint32_t, uint32_t>> group_of;  // mention, group
  for (uint32_t group = 0; group < m_groups.size(); ++group) {
    for (const uint32_t mention : m_groups[group]) {
      group_of.emplace_back(mention, group);
    }
  }
  std::sort(group_of.begin(), group_of.end());
  const auto place = [&](uint32_t mention) {
    return std::lower_bound(group_of.begin(), group_of.end(), std::pair(mention, uint32_t{0}))->second;
  };
  std::vector<std::pair<uint32_t, Link>> all;
  all.reserve(pairs.size() * 2);
  for (const ScoredPair& pair : pairs) {
    const uint32_t a = place(pair.a);
    const uint32_t b = place(pair.b);
    if (a != b) {
      all.emplace_back(a, Link{b, pair.probability * pair.probability, 1, pair});
      all.emplace_back(b, Link{a, pair.probability * pair.probability, 1, pair});
    }
  }
  // Sums are of floats: always in the same order.
  std::sort(all.begin(), all.end(), [](const auto& x, const auto& y) {
    return std::tie(x.first, x.second.other, x.second.best.a, x.second.best.b) <
           std::tie(y.first, y.second.other, y.second.best.a, y.second.best.b);
  });
  for (const auto& [from, link] : all) {
    auto& links = m_links[from];
    if (!links.empty() && links.back().other == link.other) {
      take(links.back(), link);
    } else {
      links.push_back(link);
    }
  }
}

AverageLinkage::Link* AverageLinkage::find(uint32_t from, uint32_t to) {
  const auto at = std::lower_bound(m_links[from].begin(), m_links[from].end(), to, before);
  return at != m_links[from].end() && at->other == to ? &*at : nullptr;
}

void AverageLinkage::add(uint32_t from, const Link& link) {
  const auto at = std::lower_bound(m_links[from].begin(), m_links[from].end(), link.other, before);
  if (at != m_links[from].end() && at->other == link.other) {
    take(*at, link);
  } else {
    m_links[from].insert(at, link);
  }
}

void AverageLinkage::drop(uint32_t from, uint32_t to) {
  const auto at = std::lower_bound(m_links[from].begin(), m_links[from].end(), to, before);
  if (at != m_links[from].end() && at->other == to) {
    m_links[from].erase(at);
  }
}

// Of pairs that nobody scored, some that are spread over both groups.
void AverageLinkage::check(uint32_t a, uint32_t b, Link& link, size_t checked, const Probability& probability) const {
  const size_t all = m_groups[a].size() * m_groups[b].size();
  if (link.count >= all || link.count >= checked) {
    return;
  }
  const size_t wanted = std::min(checked, all) - link.count;
  const size_t step = std::max<size_t>(1, all / wanted);
  for (size_t at = step / 2, done = 0; at < all && done < wanted; at += step, ++done) {
    const uint32_t x = m_groups[a][at / m_groups[b].size()];
    const uint32_t y = m_groups[b][at % m_groups[b].size()];
    const float found = probability(std::min(x, y), std::max(x, y));
    link.squares += found * found;
    ++link.count;
  }
}

void AverageLinkage::unite(uint32_t a, uint32_t b) {
  drop(a, b);
  drop(b, a);
  for (const Link& link : m_links[b]) {
    drop(link.other, b);
    Link back = link;
    back.other = a;
    add(link.other, back);
    add(a, link);
  }
  m_links[b].clear();
  std::vector<uint32_t> both;
  std::merge(m_groups[a].begin(), m_groups[a].end(), m_groups[b].begin(), m_groups[b].end(), std::back_inserter(both));
  m_groups[a] = std::move(both);
  m_groups[b].clear();
  ++m_stamps[a];
  ++m_stamps[b];
}

void AverageLinkage::run(float enough, size_t checked, const Probability& probability, const Join& join) {
  std::priority_queue<Offer> offers;
  const auto offer = [&](uint32_t a, const Link& link) {
    if (link.mean() >= enough) {
      const auto [low, high] = std::minmax(a, link.other);
      offers.push({link.mean(), low, high, m_stamps[low], m_stamps[high]});
    }
  };
  for (uint32_t group = 0; group < m_links.size(); ++group) {
    for (const Link& link : m_links[group]) {
      if (group < link.other) {
        offer(group, link);
      }
    }
  }
  while (!offers.empty()) {
    const Offer top = offers.top();
    offers.pop();
    Link* link = top.stamp_a == m_stamps[top.a] && top.stamp_b == m_stamps[top.b] ? find(top.a, top.b) : nullptr;
    if (link == nullptr || link->mean() != top.mean) {
      continue;
    }
    const uint32_t known = link->count;
    check(top.a, top.b, *link, checked, probability);
    if (link->count != known) {
      const Link now = *link;
      Link* back = find(top.b, top.a);
      back->squares = now.squares;
      back->count = now.count;
      offer(top.a, now);
      continue;
    }
    if (!join({m_groups[top.a], m_groups[top.b], link->best, link->mean()})) {
      drop(top.a, top.b);
      drop(top.b, top.a);
      continue;
    }
    unite(top.a, top.b);
    for (const Link& fresh : m_links[top.a]) {
      offer(top.a, fresh);
    }
  }
}

std::vector<AverageLinkage::Link> AverageLinkage::left(float least) const {
  std::vector<Link> out;
  for (uint32_t group = 0; group < m_links.size(); ++group) {
    for (const Link& link : m_links[group]) {
      if (group < link.other && link.mean() >= least) {
        out.push_back(link);
      }
    }
  }
  return out;
}

}  // namespace pitchblende::resolution

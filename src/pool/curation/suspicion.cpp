#include "pool/curation/suspicion.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "resolution/people/name_sounds.hpp"

namespace pitchblende::pool {

namespace {

using resolution::MentionRef;

constexpr size_t k_full_name = 3;  // letters; fewer may be initials
constexpr size_t k_initials = 4;   // letters that initials run together have at most
constexpr size_t k_slips = 2;      // letters by which two spellings of one name differ
constexpr size_t k_places = 5;     // that are shown

size_t edits(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t x = 1; x <= a.size(); ++x) {
    size_t corner = std::exchange(row[0], x);
    for (size_t y = 1; y <= b.size(); ++y) {
      const size_t changed = corner + (a[x - 1] == b[y - 1] ? 0 : 1);
      corner = row[y];
      row[y] = std::min({changed, row[y] + 1, row[y - 1] + 1});
    }
  }
  return row[b.size()];
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) {
      words.push_back(text.substr(begin, end - begin));
    }
    begin = end + 1;
  }
  return words;
}

bool agree(const std::string& a, const std::string& b) {
  return a.starts_with(b) || b.starts_with(a) || edits(a, b) <= k_slips || resolution::called_alike(a, b);
}

// "mhv" for "marie helene v", and "pys" for "pierre yves", who may have more names than he writes.
bool are_initials(const std::string& given, const std::string& of) {
  std::string initials;
  for (const std::string& word : words_of(of)) {
    initials += word.front();
  }
  const bool more = initials.size() > 1 && given.size() <= k_initials && given.starts_with(initials);
  return more || (given.size() > 1 && initials.starts_with(given));
}

// One may be called by any of his given names.
bool are_distant(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::none_of(a.begin(), a.end(), [&](const std::string& x) {
    return std::any_of(b.begin(), b.end(), [&](const std::string& y) { return agree(x, y); });
  });
}

void keep_place(std::vector<MentionRef>& places, const MentionRef& ref) {
  if (places.size() < k_places) {
    places.push_back(ref);
  }
}

}  // namespace

std::optional<Doubtful> two_orcids(const std::vector<Seen>& all) {
  std::map<std::string, MentionRef> orcids;
  for (const Seen& each : all) {
    if (!each.orcid.empty()) {
      orcids.try_emplace(each.orcid, each.ref);
    }
  }
  if (orcids.size() < 2) {
    return std::nullopt;
  }
  Doubtful out;
  for (const auto& [orcid, ref] : orcids) {
    out.detail += (out.detail.empty() ? "" : ", ") + orcid;
    keep_place(out.places, ref);
  }
  return out;
}

std::optional<Doubtful> distant_names(const std::vector<Seen>& all) {
  std::map<std::string, MentionRef> names;
  for (const Seen& each : all) {
    names.try_emplace(each.given, each.ref);
  }
  std::vector<std::pair<std::vector<std::string>, const std::pair<const std::string, MentionRef>*>> full;
  for (const auto& name : names) {
    std::vector<std::string> words = words_of(name.first);
    std::erase_if(words, [](const std::string& word) { return word.size() < k_full_name; });
    if (!words.empty()) {
      full.emplace_back(std::move(words), &name);
    }
  }
  for (size_t a = 0; a < full.size(); ++a) {
    for (size_t b = a + 1; b < full.size(); ++b) {
      const auto& [x, y] = std::pair(full[a].second, full[b].second);
      const bool initials = are_initials(x->first, y->first) || are_initials(y->first, x->first);
      if (!initials && are_distant(full[a].first, full[b].first)) {
        return Doubtful{x->first + ", " + y->first, {x->second, y->second}};
      }
    }
  }
  return std::nullopt;
}

std::optional<Doubtful> impossible_output(const std::vector<Seen>& all) {
  std::map<int32_t, std::map<int64_t, MentionRef>> years;
  for (const Seen& each : all) {
    if (each.year != 0 && each.work != 0) {
      years[each.year].try_emplace(each.work, each.ref);
    }
  }
  for (const auto& [year, works] : years) {
    if (works.size() > static_cast<size_t>(k_works_a_year)) {
      Doubtful out{std::to_string(year) + ": " + std::to_string(works.size()), {}};
      for (const auto& [work, ref] : works) {
        keep_place(out.places, ref);
      }
      return out;
    }
  }
  return std::nullopt;
}

std::optional<Doubtful> three_affiliations(const std::vector<Seen>& all) {
  std::map<int32_t, std::vector<const Seen*>> years;
  for (const Seen& each : all) {
    if (each.year != 0 && each.work != 0 && !each.organisations.empty()) {
      years[each.year].push_back(&each);
    }
  }
  for (const auto& [year, seen] : years) {
    std::vector<std::pair<std::set<int64_t>, MentionRef>> apart;  // organisations that papers name together
    for (const Seen* each : seen) {
      std::pair<std::set<int64_t>, MentionRef> joined{{each->organisations.begin(), each->organisations.end()},
                                                      each->ref};
      for (auto at = apart.begin(); at != apart.end();) {
        const bool meets = std::any_of(at->first.begin(), at->first.end(),
                                       [&](int64_t organisation) { return joined.first.contains(organisation); });
        if (meets) {
          joined.first.insert(at->first.begin(), at->first.end());
          joined.second = std::min(joined.second, at->second);
        }
        at = meets ? apart.erase(at) : at + 1;
      }
      apart.push_back(std::move(joined));
    }
    if (apart.size() >= 3) {
      Doubtful out{std::to_string(year) + ": " + std::to_string(apart.size()), {}};
      for (const auto& [organisations, ref] : apart) {
        keep_place(out.places, ref);
      }
      return out;
    }
  }
  return std::nullopt;
}

}  // namespace pitchblende::pool

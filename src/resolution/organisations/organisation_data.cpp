#include "resolution/organisations/organisation_data.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.hpp"

namespace pitchblende::resolution {

namespace {

using Data = OrganisationIndex::Data;

constexpr float k_least_townless = 3;
constexpr size_t k_shortest_head = 4;  // letters of "univ", "inst"

bool says_less(const OrganisationDescription& a, const OrganisationDescription& b) {
  const auto rest = [](const OrganisationDescription& d) {
    std::string all;
    for (const OrganisationName& name : d.names) {
      all += name.text + '\n';
    }
    return all;
  };
  return a.id != b.id ? a.id < b.id : rest(a) < rest(b);
}

class Builder {
 public:
  explicit Builder(std::span<const OrganisationDescription> all) : m_all(all), m_data(std::make_unique<Data>()) {
    m_order.resize(all.size());
    std::iota(m_order.begin(), m_order.end(), size_t{0});
    std::stable_sort(m_order.begin(), m_order.end(), [&](size_t a, size_t b) { return says_less(m_all[a], m_all[b]); });
    m_order.erase(
        std::unique(m_order.begin(), m_order.end(), [&](size_t a, size_t b) { return m_all[a].id == m_all[b].id; }),
        m_order.end());
  }

  std::unique_ptr<Data> build() {
    for (const size_t at : m_order) {
      add_organisation(m_all[at]);
    }
    weigh_words();
    for (IndexedName& name : m_data->names) {
      const uint32_t* words = m_data->words_of(name);
      for (uint16_t i = 0; i < name.count; ++i) {
        name.weight += m_data->words[words[i]].weight;
      }
    }
    post_names();
    learn_misspellings();
    relate();
    return std::move(m_data);
  }

 private:
  uint32_t word_of(const std::string& key) {
    const auto [found, fresh] = m_data->word_ids.try_emplace(key, static_cast<uint32_t>(m_data->words.size()));
    if (fresh) {
      IndexedWord word;
      word.head = is_head_key(key);
      word.part = is_part_key(key);
      word.short_spelling = (word.head || word.part) && key.size() <= k_shortest_head ? spelling_of(key) : 0;
      word.medical = is_medical_key(key);
      word.beginning = key.size() >= k_shortenable ? beginning_bit(key) : k_no_beginning;
      m_data->words.push_back(word);
      m_data->word_keys.push_back(found->first);
      m_holders.emplace_back(0U, k_no_word);
    }
    return found->second;
  }

  void add_organisation(const OrganisationDescription& from) {
    const auto number = static_cast<uint32_t>(m_data->organisations.size());
    IndexedOrganisation organisation;
    organisation.id = from.id;
    organisation.country = from.country;
    organisation.closed = from.closed;
    organisation.type = from.type;
    organisation.renown = std::log1p(static_cast<float>(from.renown));
    organisation.town = from.towns.empty() ? std::string() : from.towns.front();
    for (const std::string& town : from.towns) {
      add_town(organisation, town);
    }
    m_data->organisations.push_back(std::move(organisation));
    m_seen.clear();
    for (const OrganisationName& name : from.names) {
      add_name(number, name);
    }
    for (const std::string& unit : from.units) {
      add_units(number, unit);
    }
    for (const std::string& domain : from.domains) {
      auto& holders = m_data->by_domain[domain];
      if (holders.empty() || holders.back() != number) {
        holders.push_back(number);
      }
    }
  }

  void add_town(IndexedOrganisation& organisation, const std::string& town) {
    affiliation_words(town, m_words);
    std::vector<uint32_t> words;
    std::string joined;
    for (const AffiliationWord& word : m_words) {
      words.push_back(word_of(word.key));
      joined += (joined.empty() ? "" : " ") + word.key;
    }
    if (words.empty()) {
      return;
    }
    organisation.towns.push_back(std::move(words));
    const auto [found, fresh] = m_data->towns.try_emplace(joined, organisation.country);
    if (!fresh && found->second != organisation.country) {
      found->second.clear();
    }
  }

  void add_units(uint32_t number, std::string_view text) {
    for (const UnitCode& code : unit_codes(text)) {
      auto& holders = m_data->by_unit[code.key];
      if (holders.empty() || holders.back() != number) {
        holders.push_back(number);
      }
    }
  }

  // "Exemple (France)" is known as Exemple; "Institut Exemple (IE)" as both.
  void add_name(uint32_t number, const OrganisationName& name) {
    add_units(number, name.text);
    affiliation_words(name.text, m_words);
    std::vector<AffiliationWord> outside;
    std::string inside;
    for (const AffiliationWord& word : m_words) {
      if (word.bracket) {
        inside += (inside.empty() ? "" : " ") + word.key;
      } else {
        outside.push_back(word);
      }
    }
    const bool country = !inside.empty() && !country_of_keys(inside).empty();
    if (!country || outside.empty()) {
      add_form(number, name, m_words);
    }
    if (!inside.empty() && !outside.empty()) {
      add_form(number, name, outside);
    }
    add_townless(number, name, inside.empty() ? m_words : outside);
  }

  // "University of Exemple, Démoville" where it is in Démoville.
  void add_townless(uint32_t number, const OrganisationName& name, const std::vector<AffiliationWord>& printed) {
    for (const std::vector<uint32_t>& town : m_data->organisations[number].towns) {
      const auto is_of_town = [&](const AffiliationWord& word) {
        return std::find(town.begin(), town.end(), m_data->word(word.key)) != town.end();
      };
      std::vector<AffiliationWord> rest(printed);
      rest.erase(std::remove_if(rest.begin(), rest.end(), is_of_town), rest.end());
      if (rest.size() + town.size() == printed.size() && rest.size() >= 2) {
        const size_t before = m_data->names.size();
        add_form(number, name, rest);
        if (m_data->names.size() > before) {
          m_data->names.back().townless = true;
        }
      }
    }
  }

  // What is left without the town has to tell something still.
  bool tells(const IndexedName& name) const {
    const uint32_t* words = m_data->words_of(name);
    return std::any_of(words, words + name.count, [&](uint32_t word) {
      return !m_data->words[word].head && m_data->words[word].weight >= k_least_townless;
    });
  }

  void add_form(uint32_t number, const OrganisationName& name, const std::vector<AffiliationWord>& printed) {
    std::vector<uint32_t> words;
    std::vector<uint32_t> spellings;
    size_t letters = 0;
    bool upper = false;
    for (size_t i = 0; i < printed.size() && words.size() < 40; ++i) {
      if (words.empty() || !is_legal_form_key(printed[i].key)) {
        words.push_back(word_of(printed[i].key));
        spellings.push_back(printed[i].spelling);
        letters += printed[i].key.size();
        upper = upper || printed[i].upper;
      }
    }
    if (words.empty() || (words.size() == 1 && m_data->word_keys[words[0]].size() < 2) ||
        std::find(m_seen.begin(), m_seen.end(), std::pair(words, spellings)) != m_seen.end()) {
      return;
    }
    const bool digits_only =
        words.size() == 1 && m_data->word_keys[words[0]].find_first_not_of("0123456789") == std::string_view::npos;
    if (digits_only) {
      return;
    }
    IndexedName indexed;
    indexed.organisation = number;
    indexed.first = static_cast<uint32_t>(m_data->name_words.size());
    indexed.count = static_cast<uint16_t>(words.size());
    indexed.kind = name.kind;
    indexed.short_form = name.kind == OrganisationNameKind::acronym || (words.size() == 1 && letters <= 6);
    indexed.mixed = !upper;
    indexed.text = static_cast<uint32_t>(m_data->texts.size());
    m_data->texts.push_back(name.text);
    m_data->names.push_back(indexed);
    m_data->name_words.insert(m_data->name_words.end(), words.begin(), words.end());
    m_data->name_spellings.insert(m_data->name_spellings.end(), spellings.begin(), spellings.end());
    for (const uint32_t word : words) {
      auto& [count, last] = m_holders[word];
      count += last == number ? 0 : 1;
      last = number;
    }
    m_seen.emplace_back(std::move(words), std::move(spellings));
  }

  void weigh_words() {
    const auto all = static_cast<float>(m_data->organisations.size() + 1);
    for (size_t i = 0; i < m_data->words.size(); ++i) {
      m_data->words[i].weight = std::log(all / static_cast<float>(std::max<uint32_t>(m_holders[i].first, 1)) + 0.3F);
    }
    m_data->unknown_weight = std::log(all);
  }

  // The rarest words of a name: without all of them too little of it could be there.
  void post_names() {
    struct Entry {
      uint32_t word;
      Posting posting;
    };
    std::vector<Entry> entries;
    std::vector<uint32_t> words;
    for (uint32_t number = 0; number < m_data->names.size(); ++number) {
      const IndexedName& name = m_data->names[number];
      if (name.townless && !tells(name)) {
        continue;
      }
      words.assign(m_data->words_of(name), m_data->words_of(name) + name.count);
      const auto weight = [&](uint32_t word) { return m_data->words[word].weight; };
      std::sort(words.begin(), words.end(),
                [&](uint32_t a, uint32_t b) { return weight(a) != weight(b) ? weight(a) > weight(b) : a < b; });
      Posting posting{0, number, 0};
      for (const uint32_t word : words) {
        posting.signature |= signature_bit(word);
      }
      const float may_miss = name.weight * (1 - k_least_coverage) + 1e-4F;
      float missed = 0;
      for (size_t i = words.size(); i-- > 0 && (missed += weight(words[i])) <= may_miss;) {
        ++posting.missing;
      }
      float left = name.weight;
      for (size_t i = 0; i < words.size() && left >= name.weight * k_least_coverage - 1e-4F; ++i) {
        if (i == 0 || words[i] != words[i - 1]) {
          entries.push_back({words[i], posting});
        }
        left -= weight(words[i]);
      }
    }
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.word < b.word; });
    m_data->posting_begin.assign(m_data->words.size() + 1, 0);
    for (const Entry& entry : entries) {
      ++m_data->posting_begin[entry.word + 1];
      m_data->postings.push_back(entry.posting);
    }
    std::partial_sum(m_data->posting_begin.begin(), m_data->posting_begin.end(), m_data->posting_begin.begin());
  }

  void learn_misspellings() {
    auto& all = m_data->misspellings;
    for (uint32_t word = 0; word < m_data->words.size(); ++word) {
      const std::string_view key = m_data->word_keys[word];
      const bool text = std::none_of(key.begin(), key.end(), [](char c) { return (c >= '0' && c <= '9') || c < 0; });
      if (key.size() < 5 || key.size() > 24 || !text || m_holders[word].first == 0) {
        continue;
      }
      for (size_t without = 0; without <= key.size(); ++without) {
        all.emplace_back(misspelling_hash(key, without), word);
      }
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    all.shrink_to_fit();
    m_data->misspelling_begin.assign((size_t{1} << k_misspelling_bits) + 1, 0);
    for (const auto& [hash, word] : all) {
      ++m_data->misspelling_begin[(hash >> (32 - k_misspelling_bits)) + 1];
    }
    std::partial_sum(m_data->misspelling_begin.begin(), m_data->misspelling_begin.end(),
                     m_data->misspelling_begin.begin());
  }

  void relate() {
    std::unordered_map<std::string_view, uint32_t> numbers;
    for (uint32_t i = 0; i < m_data->organisations.size(); ++i) {
      numbers.emplace(m_data->organisations[i].id, i);
    }
    const auto add = [&](std::vector<Dated>& to, const std::vector<OrganisationRelation>& from) {
      for (const OrganisationRelation& relation : from) {
        const auto found = numbers.find(relation.id);
        if (found != numbers.end()) {
          to.push_back({found->second, relation.from, relation.to});
        }
      }
      std::sort(to.begin(), to.end(), [](const Dated& a, const Dated& b) {
        return std::tie(a.organisation, a.from, a.to) < std::tie(b.organisation, b.from, b.to);
      });
    };
    for (size_t i = 0; i < m_order.size(); ++i) {
      add(m_data->organisations[i].parents, m_all[m_order[i]].parents);
      for (const Dated& parent : m_data->organisations[i].parents) {
        ++m_data->organisations[parent.organisation].children;
      }
      add(m_data->organisations[i].successors, m_all[m_order[i]].successors);
      for (const std::string& id : m_all[m_order[i]].related) {
        if (const auto found = numbers.find(id); found != numbers.end() && found->second != i) {
          m_data->organisations[i].related.push_back(found->second);
          m_data->organisations[found->second].related.push_back(static_cast<uint32_t>(i));
        }
      }
    }
    find_medicine();
  }

  void find_medicine() {
    auto& all = m_data->organisations;
    for (IndexedOrganisation& one : all) {
      std::sort(one.related.begin(), one.related.end());
      one.related.erase(std::unique(one.related.begin(), one.related.end()), one.related.end());
      one.medical = one.type == OrganisationType::healthcare;
    }
    for (const IndexedName& name : m_data->names) {
      const uint32_t* words = m_data->words_of(name);
      const auto medical = [&](uint32_t word) { return m_data->words[word].medical; };
      all[name.organisation].medical =
          all[name.organisation].medical || std::any_of(words, words + name.count, medical);
    }
    for (size_t i = 0; i < all.size(); ++i) {
      for (const Dated& parent : all[i].parents) {
        all[parent.organisation].medical_kin += all[i].medical ? 1.0F : 0.0F;
      }
      for (const uint32_t other : all[i].related) {
        all[i].medical_kin += all[other].medical ? 1.0F : 0.0F;
      }
    }
    for (IndexedOrganisation& one : all) {
      one.medical_kin = std::log1p(one.medical_kin);
    }
  }

  std::span<const OrganisationDescription> m_all;
  std::vector<size_t> m_order;
  std::unique_ptr<Data> m_data;
  std::vector<AffiliationWord> m_words;
  std::vector<std::pair<std::vector<uint32_t>, std::vector<uint32_t>>> m_seen;  // of the organisation at hand
  std::vector<std::pair<uint32_t, uint32_t>> m_holders;  // by word: organisations, the last of them
};

}  // namespace

uint32_t misspelling_hash(std::string_view key, size_t without) {
  uint32_t hash = 2166136261U;
  for (size_t i = 0; i < key.size(); ++i) {
    if (i != without) {
      hash = (hash ^ static_cast<unsigned char>(key[i])) * 16777619U;
    }
  }
  return hash ^ (hash << 13) ^ (hash >> 9);
}

uint32_t Data::near_word(std::string_view key) const {
  uint32_t best = k_no_word;
  for (size_t without = 0; without <= key.size(); ++without) {
    const uint32_t hash = misspelling_hash(key, without);
    const uint32_t bucket = hash >> (32 - k_misspelling_bits);
    for (uint32_t i = misspelling_begin[bucket]; i < misspelling_begin[bucket + 1]; ++i) {
      const auto& [of, word] = misspellings[i];
      // The most frequent one is meant; of two as frequent, whichever comes first in the alphabet.
      if (of == hash && word != best && within_one_edit(word_keys[word], key) &&
          (best == k_no_word || words[word].weight < words[best].weight ||
           (words[word].weight == words[best].weight && word_keys[word] < word_keys[best]))) {
        best = word;
      }
    }
  }
  return best;
}

std::unique_ptr<Data> build_organisation_data(std::span<const OrganisationDescription> organisations) {
  return Builder(organisations).build();
}

}  // namespace pitchblende::resolution

// A pool of invented people, for tests of what their names bring together.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "resolution/people/clusters_fixture.hpp"
#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

class NamedPeople {
 public:
  // Others, so that the pool knows how rare a name is.
  NamedPeople() {
    for (int at = 0; at < 60; ++at) {
      paper(
          "inconnu" + std::string(1, static_cast<char>('a' + at % 26)) + std::string(static_cast<size_t>(at / 26), 'x'),
          "paul", "institut du sud;nice", static_cast<uint32_t>(1000 + at * 10));
    }
  }

  Mention& entry(const std::string& list, const std::string& family, const std::string& given,
                 const std::string& place) {
    Mention& mention = add(family, given, 0);
    mention.origin = list + "/" + std::to_string(mention.ref.record);
    mention.described = true;
    mention.affiliations = {place};
    return mention;
  }
  // One paper on a subject, with people beside that stand with nobody else.
  Mention& paper(const std::string& family, const std::string& given, const std::string& place, uint32_t subject,
                 const std::string& beside = "") {
    Mention& mention = add(family, given, 1);
    auto setting = std::make_shared<Setting>();
    setting->words = {subject, subject + 1, subject + 2, subject + 3};
    setting->subjects = {subject, subject + 1};
    setting->year = 2010 + static_cast<int>(mention.ref.record % 5);
    mention.setting = setting;
    if (!place.empty()) {
      mention.affiliations = {place};
    }
    const std::string number = std::to_string(mention.ref.record);
    mention.companions = std::make_shared<const std::vector<std::string>>(std::vector<std::string>{
        family + " " + given.substr(0, 1), beside.empty() ? "voisin" + number + " a" : beside});
    return mention;
  }

  bool same(MentionRef a, MentionRef b) const { return stand_together(m_input, a, b); }
  bool asked(MentionRef a, MentionRef b) const {
    const auto doubts = resolve(m_input).doubts;
    return std::any_of(doubts.begin(), doubts.end(),
                       [&](const Doubt& doubt) { return doubt.a == std::min(a, b) && doubt.b == std::max(a, b); });
  }
  Input& input() { return m_input; }

 private:
  Mention& add(const std::string& family, const std::string& given, int32_t part) {
    Mention& mention = m_input.mentions.emplace_back();
    mention.ref = {++m_record, part};
    mention.origin = "pubmed/" + std::to_string(1000 + m_record) + (part == 0 ? "" : "#1");
    mention.exclusive = part == 0 ? "" : mention.origin;
    mention.family = family;
    mention.given = given;
    return mention;
  }

  Input m_input;
  int64_t m_record = 0;
};

}  // namespace pitchblende::resolution

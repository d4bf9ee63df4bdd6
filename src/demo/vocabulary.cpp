#include "demo/vocabulary.hpp"

#include <array>

namespace pitchblende::demo {

namespace {

constexpr std::array k_general = {
    Concept{"D006801", "Humans"},
    Concept{"D000818", "Animals"},
    Concept{"D051379", "Mice"},
    Concept{"D005260", "Female"},
    Concept{"D008297", "Male"},
    Concept{"D000328", "Adult"},
    Concept{"D000368", "Aged"},
    Concept{"D008875", "Middle Aged"},
    Concept{"D045744", "Cell Line, Tumor"},
    Concept{"D012189", "Retrospective Studies"},
    Concept{"D011446", "Prospective Studies"},
    Concept{"D016896", "Treatment Outcome"},
    Concept{"D015972", "Gene Expression Regulation, Neoplastic"},
    Concept{"D016019", "Survival Analysis"},
    Concept{"D009154", "Mutation"},
    Concept{"D011379", "Prognosis"},
    Concept{"D009367", "Neoplasm Staging"},
    Concept{"D000970", "Antineoplastic Agents"},
    Concept{"D005434", "Flow Cytometry"},
    Concept{"D017423", "Sequence Analysis, RNA"},
    Concept{"D004195", "Disease Models, Animal"},
    Concept{"D023041", "Xenograft Model Antitumor Assays"},
    Concept{"D014408", "Biomarkers, Tumor"},
    Concept{"D017209", "Apoptosis"},
};

Topic topic_of(const TopicRow& row) {
  Topic topic;
  topic.area = row.area;
  topic.english = row.english;
  topic.french = row.french;
  topic.subjects_english = parted(row.subjects_english, '|');
  topic.subjects_french = parted(row.subjects_french, '|');
  for (const std::string_view key : parted(row.techniques, ' ')) {
    for (size_t at = 0; at < techniques().size(); ++at) {
      if (techniques()[at].key == key) {
        topic.techniques.push_back(at);
      }
    }
  }
  for (const std::string_view written : parted(row.concepts, '|')) {
    const size_t space = written.find(' ');
    topic.concepts.push_back({written.substr(0, space), written.substr(space + 1)});
  }
  return topic;
}

}  // namespace

std::vector<std::string_view> parted(std::string_view text, char bar) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const size_t end = std::min(text.find(bar), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::span<const Tumour> tumours() { return rows::tumours(); }
std::span<const Technique> techniques() { return rows::techniques(); }
std::span<const Concept> general_concepts() { return k_general; }

const std::vector<Topic>& topics() {
  static const std::vector<Topic> all = [] {
    std::vector<Topic> out;
    for (const TopicRow& row : rows::topics()) {
      out.push_back(topic_of(row));
    }
    return out;
  }();
  return all;
}

}  // namespace pitchblende::demo

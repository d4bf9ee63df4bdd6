#include "resolution/labelled_sets.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "base/text.hpp"
#include "registry/kinds.hpp"
#include "resolution/people/person_name.hpp"
#include "sources/pubmed/pubmed.hpp"

namespace pitchblende::bench {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using registry::Attribute;
using registry::Kind;
using registry::Record;
using registry::Value;
using resolution::Mention;

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void add_each(Record& record, const char* field, const std::string& text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find("||"), rest.size());
    std::string one(rest.substr(0, end));
    one.erase(std::remove(one.begin(), one.end(), '*'), one.end());
    if (!one.empty()) {
      record.add(registry::field(Kind::publication, field), one);
    }
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
}

void add_text(Record& record, const char* field, const std::string& text) {
  if (!text.empty()) {
    record.add(registry::field(Kind::publication, field), text);
  }
}

std::vector<Mention> take(LabelledSet& set, const Record& record, int64_t number) {
  std::vector<Mention> made = resolution::mentions_of(record, number, set.name, "");
  set.input.mentions.insert(set.input.mentions.end(), made.begin(), made.end());
  return made;
}

std::string block_of(const std::string& family, const std::string& given) {
  return resolution::short_form(resolution::fold_name(family), resolution::fold_name(given));
}

enum Song : size_t {
  pmid = 1,
  last,
  first,
  middle,
  initials,
  suffix,
  title,
  affiliation,
  email,
  coauthors,
  abstract,
  mesh,
  journal,
  date,
  language,
  uid
};

Record song_record(const std::vector<std::string>& row, size_t number) {
  Record record{Kind::publication, row[pmid] + "-" + std::to_string(number), {}, false, {}, {}};
  const auto authors = registry::field(Kind::publication, "authors");
  Value& value = record.add(authors, row[last] + " " + row[initials]);
  value.with(Attribute::family, row[last])
      .with(Attribute::initials, row[initials])
      .with(Attribute::email, row[email])
      .with(Attribute::affiliation, row[affiliation]);
  if (row[first].size() > 1) {
    value.with(Attribute::given, row[middle].empty() ? row[first] : row[first] + " " + row[middle]);
  }
  add_each(record, "authors", row[coauthors]);
  add_text(record, "title", row[title]);
  add_text(record, "abstract", row[abstract]);
  add_text(record, "journal", row[journal]);
  add_text(record, "year", row[date].substr(0, 4));
  add_text(record, "language", row[language]);
  add_each(record, "concepts", row[mesh]);
  return record;
}

class Keeper final : public sources::RecordSink {
 public:
  void accept(Record&& record, const sources::Place&) override { records.push_back(std::move(record)); }
  void reject(sources::Finding&&) override {}
  void notice(sources::Finding&&) override {}
  bool progress(int64_t) override { return true; }
  std::vector<Record> records;
};

std::optional<std::vector<Record>> read_articles(const std::string& folder) {
  if (!fs::is_directory(folder)) {
    return std::nullopt;
  }
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Keeper keeper;
  for (const fs::path& file : files) {
    sources::Settings settings;
    settings.source = "pubmed";
    if (!sources::make_pubmed_reader(settings)->read(file.string(), keeper)) {
      return std::nullopt;
    }
  }
  return std::move(keeper.records);
}

// The author of an article whose name is nearest to what the pair says: the set's letters are not always whole.
std::optional<resolution::MentionRef> find_author(const std::vector<const Mention*>& authors, const std::string& family,
                                                  const std::string& initials) {
  const std::string folded = resolution::fold_name(clean_utf8(family));
  const std::string letters = resolution::fold_name(initials);
  const Mention* best = nullptr;
  double best_score = 0.5;
  for (const Mention* author : authors) {
    size_t equal = 0;
    for (size_t at = 0; at < std::min(folded.size(), author->family.size()); ++at) {
      equal += folded[at] == author->family[at] ? 1 : 0;
    }
    size_t from_behind = 0;
    while (from_behind < std::min(folded.size(), author->family.size()) &&
           folded[folded.size() - 1 - from_behind] == author->family[author->family.size() - 1 - from_behind]) {
      ++from_behind;
    }
    const double same = static_cast<double>(std::max(equal, from_behind)) /
                        static_cast<double>(std::max<size_t>({folded.size(), author->family.size(), 1}));
    const bool initial = !letters.empty() && !author->given.empty() && letters.front() == author->given.front();
    const double score = folded == author->family ? 2 + (initial ? 1 : 0) : same * (initial ? 1 : 0.6);
    if (score > best_score) {
      best_score = score;
      best = author;
    }
  }
  return best == nullptr ? std::nullopt : std::optional(best->ref);
}

}  // namespace

std::vector<std::vector<std::string>> read_csv(const std::string& path, char separator) {
  const std::string text = bytes_of(path);
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      if (quoted && at + 1 < text.size() && text[at + 1] == '"') {
        rows.back().back() += text[++at];
      } else {
        quoted = !quoted;
      }
    } else if (c == separator && !quoted) {
      rows.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.emplace_back(1);
    } else if (c != '\r' || quoted) {
      rows.back().back() += c;
    }
  }
  return rows;
}

std::optional<LabelledSet> read_song(const std::string& path) {
  const auto rows = read_csv(path, ',');
  if (rows.size() < 3 || rows[0].size() <= uid) {
    return std::nullopt;
  }
  LabelledSet set;
  set.name = "song";
  for (size_t at = 1; at < rows.size(); ++at) {
    const auto& row = rows[at];
    if (row.size() <= uid) {
      continue;
    }
    const auto made = take(set, song_record(row, at), static_cast<int64_t>(at));
    const auto own =
        std::find_if(made.begin(), made.end(), [](const Mention& mention) { return mention.ref.part == 1; });
    if (own != made.end()) {
      set.bearers[own->ref] = row[uid];
      set.blocks[own->ref] = resolution::core_family(own->family);  // “Brown J” and “Brown JS” share people
    }
  }
  return set;
}

std::optional<LabelledSet> read_signatures(const std::string& folder) {
  boost::system::error_code error;
  const json::value signatures = json::parse(bytes_of(folder + "/signatures.json"), error);
  const json::value clusters = error ? json::value() : json::parse(bytes_of(folder + "/clusters.json"), error);
  if (error || !signatures.is_object() || !clusters.is_object()) {
    return std::nullopt;
  }
  std::map<std::string, std::string> bearer_of;
  for (const auto& [id, cluster] : clusters.as_object()) {
    for (const json::value& signature : cluster.at("signature_ids").as_array()) {
      bearer_of[std::string(signature.as_string())] = id;
    }
  }
  LabelledSet set;
  set.name = "signatures";
  const auto text = [](const json::value& value) {
    return value.is_string() ? std::string(value.as_string()) : std::string();
  };
  std::map<std::string, std::vector<std::pair<std::string, const json::object*>>> papers;
  for (const auto& [id, signature] : signatures.as_object()) {
    papers[json::serialize(signature.at("paper_id"))].emplace_back(std::string(id),
                                                                   &signature.at("author_info").as_object());
  }
  int64_t number = 0;
  for (const auto& [paper, authors] : papers) {
    Record record{Kind::publication, paper, {}, false, {}, {}};
    for (const auto& [id, author] : authors) {
      const std::string family = text(author->at("last"));
      const std::string middle = text(author->at("middle"));
      const std::string given = text(author->at("first")) + (middle.empty() ? "" : " " + middle);
      Value& value = record.add(registry::field(Kind::publication, "authors"), given + " " + family);
      value.with(Attribute::family, family)
          .with(Attribute::given, given)
          .with(Attribute::email, text(author->at("email")));
      for (const json::value& affiliation : author->at("affiliations").as_array()) {
        value.with(Attribute::affiliation, text(affiliation));
      }
    }
    const auto made = take(set, record, ++number);
    for (const Mention& mention : made) {
      if (mention.ref.part > 0 && static_cast<size_t>(mention.ref.part) <= authors.size()) {
        const auto& [id, author] = authors[static_cast<size_t>(mention.ref.part) - 1];
        set.bearers[mention.ref] = bearer_of[id];
        set.blocks[mention.ref] = text(author->at("block"));
      }
    }
  }
  return set;
}

std::optional<LabelledPairs> read_pairs(const std::string& path, const std::string& articles) {
  const auto rows = read_csv(path, ';');
  const auto records = rows.size() < 3 || rows[0].size() < 9 ? std::nullopt : read_articles(articles);
  if (!records) {
    return std::nullopt;
  }
  LabelledPairs out;
  std::map<std::string, std::pair<size_t, size_t>> mentions_by_pmid;
  int64_t number = 0;
  for (const Record& record : *records) {
    if (mentions_by_pmid.contains(record.key)) {
      continue;
    }
    const size_t begin = out.input.mentions.size();
    for (Mention& mention : resolution::mentions_of(record, ++number, "pubmed", "")) {
      out.input.mentions.push_back(std::move(mention));
    }
    mentions_by_pmid[record.key] = {begin, out.input.mentions.size()};
  }
  const auto author = [&](const std::string& pmid, const std::string& family, const std::string& initials) {
    std::vector<const Mention*> authors;
    const auto found = mentions_by_pmid.find(pmid);
    for (size_t at = found == mentions_by_pmid.end() ? 0 : found->second.first;
         found != mentions_by_pmid.end() && at < found->second.second; ++at) {
      if (out.input.mentions[at].ref.part > 0) {
        authors.push_back(&out.input.mentions[at]);
      }
    }
    return find_author(authors, family, initials);
  };
  for (size_t at = 1; at < rows.size(); ++at) {
    const auto& row = rows[at];
    const auto a = row.size() < 9 ? std::nullopt : author(row[0], row[1], row[2]);
    const auto b = row.size() < 9 ? std::nullopt : author(row[4], row[5], row[6]);
    if (a && b) {
      out.pairs.push_back({*a, *b, row[8].starts_with("YES"), block_of(row[1], row[2])});
    } else {
      out.without_article += row.size() < 9 ? 0 : 1;
    }
  }
  return out;
}

}  // namespace pitchblende::bench

#include "organisation_sets.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "sources/ror.hpp"

namespace pitchblende::bench {

namespace {

class Describer final : public sources::RecordSink {
 public:
  void accept(registry::Record&& record, const sources::Place&) override {
    const std::string id = "ror:" + record.key;
    if (auto description = resolution::describe_organisation(record, id)) {
      all[id] = std::move(*description);
    }
  }
  void reject(sources::Finding&&) override {}
  void notice(sources::Finding&&) override {}
  bool progress(int64_t) override { return true; }

  std::map<std::string, resolution::OrganisationDescription> all;
};

std::string reference(std::string_view id) { return "ror:" + std::string(id.substr(id.rfind('/') + 1)); }

void add_ids(std::string_view cell, std::vector<std::string>& out) {
  while (!cell.empty()) {
    const size_t end = std::min(cell.find_first_of(";| "), cell.size());
    if (end > 0) {
      out.push_back(reference(cell.substr(0, end)));
    }
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
}

std::vector<std::vector<std::string>> csv_rows(std::string_view text) {
  std::vector<std::vector<std::string>> rows{{std::string()}};
  bool quoted = false;
  for (size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      if (quoted && at + 1 < text.size() && text[at + 1] == '"') {
        rows.back().back() += c;
        ++at;
      } else {
        quoted = !quoted;
      }
    } else if (!quoted && c == ',') {
      rows.back().emplace_back();
    } else if (!quoted && c == '\n') {
      rows.push_back({std::string()});
    } else if (quoted || c != '\r') {
      rows.back().back() += c;
    }
  }
  return rows;
}

std::vector<LabelledAffiliation> from_csv(const std::string& path, std::string_view text) {
  const auto rows = csv_rows(text);
  const auto column = [&](std::string_view name) {
    for (size_t i = 0; i < rows[0].size(); ++i) {
      if (rows[0][i] == name) {
        return i;
      }
    }
    throw std::runtime_error(path + ": no column " + std::string(name));
  };
  const size_t affiliation = column("affiliation");
  const size_t id = column("ror_id");
  std::vector<LabelledAffiliation> out;
  for (size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() > std::max(affiliation, id)) {
      out.push_back({rows[i][affiliation], {}});
      add_ids(rows[i][id], out.back().organisations);
    }
  }
  return out;
}

std::vector<LabelledAffiliation> from_json(const std::string& path, const std::string& text) {
  std::vector<LabelledAffiliation> out;
  try {
    const boost::json::value root = boost::json::parse(text);
    for (const boost::json::value& item : root.at("items").as_array()) {
      LabelledAffiliation one{std::string(item.at("input").as_string()), {}};
      for (const boost::json::value& id : item.at("output").as_array()) {
        one.organisations.push_back(reference(std::string_view(id.as_string())));
      }
      out.push_back(std::move(one));
    }
  } catch (const std::exception& error) {
    throw std::runtime_error(path + ": " + error.what());
  }
  return out;
}

}  // namespace

std::vector<LabelledAffiliation> read_affiliations(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (!file || bytes.str().empty()) {
    throw std::runtime_error(path + ": cannot be read, or is empty");
  }
  return bytes.str().front() == '{' ? from_json(path, bytes.str()) : from_csv(path, bytes.str());
}

std::vector<resolution::OrganisationDescription> read_organisations(const std::vector<std::string>& paths) {
  Describer describer;
  for (const std::string& path : paths) {
    const auto reader = sources::make_ror_reader({});
    if (const auto read = reader->read(path, describer); !read) {
      throw std::runtime_error(path + ": " + read.error().message());
    }
  }
  std::vector<resolution::OrganisationDescription> out;
  for (auto& [id, description] : describer.all) {
    out.push_back(std::move(description));
  }
  return out;
}

}  // namespace pitchblende::bench

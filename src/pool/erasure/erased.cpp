#include "pool/erasure/erased.hpp"

#include <algorithm>

#include "base/id.hpp"
#include "base/text.hpp"
#include "registry/card.hpp"
#include "registry/identifiers.hpp"

namespace pitchblende::pool {

namespace {

using registry::Attribute;
using registry::FieldType;
using registry::Record;
using registry::Value;

constexpr std::string_view k_gone = "…";
constexpr size_t k_longest_name = 5;  // words

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

bool is_of_address(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
         c == '_' || c == '+' || c == '\'';
}

bool is_of_orcid(std::string_view text) {
  constexpr size_t k_size = 19;
  for (size_t at = 0; at < k_size; ++at) {
    const char c = text[at];
    const bool dash = at == 4 || at == 9 || at == 14;
    const bool digit = (c >= '0' && c <= '9') || (at + 1 == k_size && (c == 'X' || c == 'x'));
    if (dash ? c != '-' : !digit) {
      return false;
    }
  }
  return true;
}

// Begin and end of the words of a text that white space and marks part.
std::vector<std::pair<size_t, size_t>> words_in(std::string_view text) {
  std::vector<std::pair<size_t, size_t>> out;
  size_t begin = 0;
  for (size_t at = 0; at <= text.size(); ++at) {
    const bool parts =
        at == text.size() || std::string_view(" \t\n,;:()[]/\"").find(text[at]) != std::string_view::npos;
    if (parts) {
      if (at > begin) {
        out.emplace_back(begin, at);
      }
      begin = at + 1;
    }
  }
  return out;
}

}  // namespace

Result<Erased> Erased::read(store::Store& store, const std::string& key) {
  return store.read([&](store::Connection& db) { return read(db, key); });
}

Result<Erased> Erased::read(store::Connection& db, const std::string& key) {
  Erased out(key);
  TRY(db.query("SELECT hash FROM erased", {}, [&](const store::Row& row) { out.m_hashes.emplace(row.text(0)); }));
  return out;
}

std::string Erased::hash_of_record(const RecordName& name) const {
  return hash256_hex("record\n" + std::string(name.source) + "\n" + std::string(registry::name(name.kind)) + "\n" +
                         std::string(name.key),
                     m_key);
}

std::string Erased::hash_of_reference(std::string_view ref) const {
  return hash256_hex("reference\n" + registry::link_key(ref), m_key);
}

std::string Erased::hash_of_named(const RecordName& name, std::string_view folded) const {
  return hash256_hex("named\n" + hash_of_record(name) + "\n" + std::string(folded), m_key);
}

void Erased::add_named(const RecordName& name, std::string_view folded) {
  m_hashes.insert(hash_of_named(name, {}));
  m_hashes.insert(hash_of_named(name, folded));
}

bool Erased::has_reference(std::string_view scheme, std::string_view value) const {
  return !value.empty() && has(hash_of_reference(registry::reference(scheme, value)));
}

bool Erased::knows(const RecordName& name, const Record& record) const {
  if (record.kind != registry::Kind::person || m_hashes.empty()) {
    return false;
  }
  if (knows(name)) {
    return true;
  }
  return std::any_of(record.values.begin(), record.values.end(), [&](const auto& each) {
    const auto& field = registry::description(each.first);
    return field.type == FieldType::identifier && has_reference(field.scheme, each.second.text);
  });
}

// E-mail addresses and ORCIDs wherever they stand; names where this record was known to speak of them.
bool Erased::scrub_text(const RecordName& name, bool names_too, std::string& text) const {
  bool changed = false;
  for (size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    size_t begin = at;
    size_t end = at + 1;
    while (begin > 0 && is_of_address(text[begin - 1])) {
      --begin;
    }
    while (end < text.size() && is_of_address(text[end])) {
      ++end;
    }
    while (end > at && text[end - 1] == '.') {
      --end;
    }
    if (has_reference("email", lower(std::string_view(text).substr(begin, end - begin)))) {
      text.replace(begin, end - begin, k_gone);
      at = begin;
      changed = true;
    }
  }
  constexpr size_t k_orcid = 19;
  for (size_t at = 0; at + k_orcid <= text.size(); ++at) {
    if (text[at + 4] == '-' && is_of_orcid(std::string_view(text).substr(at)) &&
        has_reference("orcid", std::string_view(text).substr(at, k_orcid))) {
      text.replace(at, k_orcid, k_gone);
      changed = true;
    }
  }
  bool again = names_too;
  while (again) {
    again = false;
    const auto words = words_in(text);
    for (size_t first = 0; first < words.size() && !again; ++first) {
      for (size_t count = std::min(k_longest_name, words.size() - first); count >= 2 && !again; --count) {
        const size_t begin = words[first].first;
        const size_t end = words[first + count - 1].second;
        const std::string folded = normalised(std::string_view(text).substr(begin, end - begin));
        if (!folded.empty() && has(hash_of_named(name, folded))) {
          text.replace(begin, end - begin, k_gone);
          changed = again = true;
        }
      }
    }
  }
  return changed;
}

// The name stays, as printed; what is his alone goes.
bool Erased::scrub_mention(Value& value) const {
  const auto is_his = [&](const auto& each) {
    return (each.first == Attribute::orcid && has_reference("orcid", each.second)) ||
           (each.first == Attribute::isni && has_reference("isni", each.second)) ||
           (each.first == Attribute::email && has_reference("email", lower(each.second))) ||
           (each.first == Attribute::identifier && has(hash_of_reference(each.second)));
  };
  if (std::none_of(value.attributes.begin(), value.attributes.end(), is_his)) {
    return false;
  }
  std::erase_if(value.attributes, [](const auto& each) {
    return each.first == Attribute::orcid || each.first == Attribute::isni || each.first == Attribute::email ||
           each.first == Attribute::identifier || each.first == Attribute::phone || each.first == Attribute::url ||
           each.first == Attribute::address;
  });
  return true;
}

bool Erased::scrub(const RecordName& name, Record& record) const {
  if (m_hashes.empty()) {
    return false;
  }
  const bool names_too = has(hash_of_named(name, {}));
  bool changed = false;
  std::erase_if(record.values, [&](auto& each) {
    Value& value = each.second;
    const FieldType type = registry::description(each.first).type;
    if (type == FieldType::link) {
      const std::string ref = registry::link_key(value.text);
      const bool by_name = names_too && ref.starts_with("name:") && has(hash_of_named(name, ref.substr(5)));
      if (by_name || has(hash_of_reference(ref))) {
        changed = true;
        return true;
      }
    }
    if (type == FieldType::identifier && has_reference(registry::description(each.first).scheme, value.text)) {
      changed = true;
      return true;
    }
    const bool is_mention = type == FieldType::mention;
    changed |= is_mention && scrub_mention(value);
    for (auto& [attribute, text] : value.attributes) {
      changed |= scrub_text(name, names_too && !is_mention, text);
    }
    if (!is_mention && type != FieldType::link && scrub_text(name, names_too, value.text)) {
      changed = true;
      return value.text == k_gone;
    }
    return false;
  });
  changed |= !record.unknown.empty() && scrub_text(name, names_too, record.unknown);
  return changed;
}

}  // namespace pitchblende::pool

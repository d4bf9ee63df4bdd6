#include "calls/submitted.hpp"

#include <boost/json.hpp>

#include "calls/paris.hpp"
#include "calls/proposal_rules.hpp"

namespace pitchblende::calls {

namespace json = boost::json;

namespace {

std::string_view member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

}  // namespace

std::string submission_text(const Call& call, const Proposal& proposal, const std::vector<SubmittedFile>& files,
                            const Receipt& receipt) {
  json::object texts;
  for (const std::string& name : proposal_names(call.plan, proposal.parties)) {
    texts[name] = text_in(proposal.texts, name);
  }
  json::array parties;
  for (const Party& party : proposal.parties) {
    parties.push_back(json::object{{"key", party.key},
                                   {"id", party.entity == Id() ? std::string() : party.entity.text()},
                                   {"kind", party.kind},
                                   {"part", name(party.part)},
                                   {"label", party.label}});
  }
  json::array with;
  for (const SubmittedFile& file : files) {
    with.push_back(json::object{{"name", file.name}, {"bytes", file.bytes}, {"hash", file.hash}});
  }
  return json::serialize(json::object{{"receipt", receipt.receipt},
                                      {"number", receipt.number},
                                      {"at", receipt.at},
                                      {"at_paris", paris_text_to_the_second(receipt.at)},
                                      {"call", call.plan.title.french},
                                      {"proposal", proposal.ref},
                                      {"asked", receipt.asked},
                                      {"parties", std::move(parties)},
                                      {"texts", std::move(texts)},
                                      {"files", std::move(with)}}) +
         "\n";
}

Submitted read_submission(std::string_view content) {
  Submitted out;
  boost::system::error_code error;
  const json::value whole = json::parse(json::string_view(content), error);
  if (error || !whole.is_object()) {
    return out;
  }
  if (const json::value* texts = whole.get_object().if_contains("texts"); texts != nullptr && texts->is_object()) {
    for (const auto& [name, text] : texts->get_object()) {
      out.texts.emplace(name, member(texts->get_object(), name));
    }
  }
  if (const json::value* all = whole.get_object().if_contains("parties"); all != nullptr && all->is_array()) {
    for (const json::value& each : all->get_array()) {
      if (each.is_object()) {
        const json::object& party = each.get_object();
        out.parties.push_back({std::string(member(party, "key")), Id::parse(member(party, "id")).value_or(Id()),
                               std::string(member(party, "kind")),
                               part(member(party, "part")).value_or(Part::participant),
                               std::string(member(party, "label"))});
      }
    }
  }
  return out;
}

}  // namespace pitchblende::calls

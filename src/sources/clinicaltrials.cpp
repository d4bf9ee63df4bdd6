#include "sources/clinicaltrials.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "registry/identifiers.hpp"
#include "sources/bytes.hpp"
#include "sources/clinicaltrials_people.hpp"
#include "sources/errors.hpp"
#include "sources/json_run.hpp"

namespace pitchblende::sources {

namespace {

using registry::Attribute;
using registry::FieldId;
using registry::Kind;
using registry::Value;

constexpr std::string_view k_language = "en";

// The fields of a trial that the registry of trials speaks of, looked up once.
struct Fields {
  static FieldId of(std::string_view name) { return registry::field(Kind::trial, name); }
  FieldId title = of("title"), official_title = of("official_title"), acronym = of("acronym"), summary = of("summary"),
          description = of("description"), nct = of("nct"), euct = of("euct"), eudract = of("eudract"),
          other_ids = of("other_ids"), phase = of("phase"), status = of("status"), type = of("type"),
          sponsor = of("sponsor"), collaborators = of("collaborators"), sites = of("sites"),
          investigators = of("investigators"), tumour_types = of("tumour_types"), conditions = of("conditions"),
          interventions = of("interventions"), keywords = of("keywords"), concepts = of("concepts"),
          enrolment = of("enrolment"), year = of("year"), from = of("from"),
          primary_completion = of("primary_completion"), to = of("to"), first_posted = of("first_posted"),
          updated = of("updated"), publications = of("publications");
};

const Fields& fields() {
  static const Fields all;
  return all;
}

std::string code_words(std::string_view code) { return fold(code); }

bool names_a_tumour(std::string_view condition) {
  static constexpr std::string_view k_stems[] = {"cancer",     "neoplas", "tumor",    "tumour",  "carcino", "sarcoma",
                                                 "lymphom",    "leukem",  "leukaem",  "myelom",  "melanom", "gliom",
                                                 "blastom",    "adenoma", "seminom",  "thymom",  "metasta", "malignan",
                                                 "mesothelio", "oncolog", "myelodys", "chordoma"};
  const std::string folded = fold(condition);
  return std::any_of(std::begin(k_stems), std::end(k_stems),
                     [&](std::string_view stem) { return folded.find(stem) != std::string::npos; });
}

// Numbers of European registers stand among the others, with or without their type.
void add_other_id(JsonDraft& draft, std::string_view id, std::string_view type) {
  const Fields& f = fields();
  for (const auto& [field, scheme] : {std::pair{f.euct, "euct"}, std::pair{f.eudract, "eudract"}}) {
    if (registry::normalise_identifier(scheme, id)) {
      draft.add_identifier(field, id);
      return;
    }
  }
  with(draft.add(f.other_ids, id), Attribute::type, code_words(type));
}

void read_identification(const JsonView& module, JsonDraft& draft) {
  const Fields& f = fields();
  draft.add(f.title, module["briefTitle"].text(), k_language);
  draft.add(f.official_title, module["officialTitle"].text(), k_language);
  draft.add(f.acronym, module["acronym"].text());
  module["nctIdAliases"].each(
      [&](const JsonView& id) { with(draft.add(f.other_ids, id.text()), Attribute::type, "nct"); });
  add_other_id(draft, module["orgStudyIdInfo"]["id"].text(), "sponsor");
  module["secondaryIdInfos"].each(
      [&](const JsonView& other) { add_other_id(draft, other["id"].text(), other["type"].text()); });
}

void read_status(const JsonView& module, JsonDraft& draft) {
  const Fields& f = fields();
  draft.add_code(f.status, module["overallStatus"].text());
  Value* from = draft.add_date(f.from, module["startDateStruct"]["date"].text());
  with(from, Attribute::status, code_words(module["startDateStruct"]["type"].text()));
  if (from != nullptr) {
    const std::string year = from->text.substr(0, 4);
    draft.add(f.year, year);
  }
  for (const auto& [field, member] :
       {std::pair{f.primary_completion, "primaryCompletionDateStruct"}, std::pair{f.to, "completionDateStruct"}}) {
    const JsonView date = module[member];
    with(draft.add_date(field, date["date"].text()), Attribute::status, code_words(date["type"].text()));
  }
  draft.add_date(f.first_posted, module["studyFirstPostDateStruct"]["date"].text());
  const Value* updated = draft.add_date(f.updated, module["lastUpdatePostDateStruct"]["date"].text());
  draft.record.date = updated == nullptr ? "" : updated->text;
}

void read_design(const JsonView& module, JsonDraft& draft) {
  const Fields& f = fields();
  draft.add_code(f.type, module["studyType"].text());
  module["phases"].each(
      [&](const JsonView& phase) { draft.add_code(f.phase, phase.text() == "NA" ? "not_applicable" : phase.text()); });
  with(draft.add(f.enrolment, module["enrollmentInfo"]["count"].printed()), Attribute::status,
       code_words(module["enrollmentInfo"]["type"].text()));
}

void read_sponsors(const JsonView& module, JsonDraft& draft) {
  const JsonView lead = module["leadSponsor"];
  with(draft.add_link_by_name(fields().sponsor, lead["name"].text()), Attribute::kind,
       code_words(lead["class"].text()));
  module["collaborators"].each([&](const JsonView& one) {
    with(draft.add_link_by_name(fields().collaborators, one["name"].text()), Attribute::kind,
         code_words(one["class"].text()));
  });
}

void read_subjects(const JsonView& protocol, const JsonView& derived, JsonDraft& draft) {
  const Fields& f = fields();
  protocol["conditionsModule"]["conditions"].each([&](const JsonView& condition) {
    draft.add(f.conditions, condition.text());
    if (names_a_tumour(condition.text())) {
      draft.add(f.tumour_types, condition.text());
    }
  });
  protocol["conditionsModule"]["keywords"].each([&](const JsonView& word) { draft.add(f.keywords, word.text()); });
  protocol["armsInterventionsModule"]["interventions"].each([&](const JsonView& one) {
    with(draft.add(f.interventions, one["name"].text()), Attribute::type, code_words(one["type"].text()));
  });
  for (const std::string_view module : {"conditionBrowseModule", "interventionBrowseModule"}) {
    derived[module]["meshes"].each([&](const JsonView& mesh) {
      const std::string_view id = mesh["id"].text();
      with(draft.add(f.concepts, mesh["term"].text()), Attribute::identifier,
           id.empty() ? std::string() : registry::reference("mesh", id));
    });
  }
}

// People of a study stand in several places of it: each of them goes in once.
class Investigators {
 public:
  explicit Investigators(JsonDraft& draft) : m_draft(draft) {}

  Value* add(std::string_view name, std::string_view role, std::string_view affiliation) {
    if (!m_seen.insert(without_titles(name)).second) {
      return nullptr;
    }
    Value* value = m_draft.add(fields().investigators, name);
    if (value == nullptr) {
      return nullptr;
    }
    clinicaltrials::add_name_parts(*value);
    with(value, Attribute::role, code_words(role));
    with(value, Attribute::affiliation, affiliation);
    return value;
  }

 private:
  // "Camille Exemple, MD" is "Camille Exemple".
  static std::string without_titles(std::string_view name) { return normalised(name.substr(0, name.find(','))); }

  JsonDraft& m_draft;
  std::set<std::string> m_seen;
};

void read_people_and_sites(const JsonView& protocol, JsonDraft& draft) {
  Investigators people(draft);
  const JsonView module = protocol["contactsLocationsModule"];
  module["overallOfficials"].each([&](const JsonView& official) {
    people.add(official["name"].text(), official["role"].text(), official["affiliation"].text());
  });
  const JsonView party = protocol["sponsorCollaboratorsModule"]["responsibleParty"];
  with(people.add(party["investigatorFullName"].text(), party["type"].text(), party["investigatorAffiliation"].text()),
       Attribute::title, party["investigatorTitle"].text());
  module["locations"].each([&](const JsonView& location) {
    const std::string_view facility = location["facility"].text();
    Value* site = draft.add_link_by_name(fields().sites, facility.empty() ? location["city"].text() : facility);
    with(site, Attribute::city, location["city"].text());
    with(site, Attribute::country, location["country"].text());
    with(site, Attribute::status, code_words(location["status"].text()));
    location["contacts"].each([&](const JsonView& contact) {
      const std::string_view role = contact["role"].text();
      if (role == "PRINCIPAL_INVESTIGATOR" || role == "SUB_INVESTIGATOR") {
        Value* value = people.add(contact["name"].text(), role, facility);
        with(value, Attribute::city, location["city"].text());
        with(value, Attribute::country, location["country"].text());
      }
    });
  });
}

std::optional<JsonRefusal> read_study(const JsonView& root, JsonDraft& draft) {
  const JsonView protocol = root["protocolSection"];
  const JsonView identification = protocol["identificationModule"];
  const std::string_view nct = identification["nctId"].text();
  if (nct.empty()) {
    const bool none = !protocol.is_object();
    return JsonRefusal{none ? "protocolSection" : "nctId", std::string(identification["briefTitle"].text()),
                       Error(errors::missing)};
  }
  Result<std::string> key = registry::normalise_identifier("nct", nct);
  if (!key) {
    return JsonRefusal{"nctId", std::string(nct), std::move(key).error()};
  }
  draft.record.key = *key;
  read_identification(identification, draft);
  if (draft.record.values.empty() || draft.record.first(fields().title) == nullptr) {
    return JsonRefusal{"briefTitle", *key, Error(errors::missing)};
  }
  draft.add(fields().nct, *key);
  draft.add(fields().summary, protocol["descriptionModule"]["briefSummary"].text(), k_language);
  draft.add(fields().description, protocol["descriptionModule"]["detailedDescription"].text(), k_language);
  read_status(protocol["statusModule"], draft);
  read_design(protocol["designModule"], draft);
  read_sponsors(protocol["sponsorCollaboratorsModule"], draft);
  read_subjects(protocol, root["derivedSection"], draft);
  read_people_and_sites(protocol, draft);
  protocol["referencesModule"]["references"].each([&](const JsonView& reference) {
    if (const std::string_view pmid = reference["pmid"].text(); !pmid.empty()) {
      with(draft.add_link(fields().publications, "pmid", pmid), Attribute::type, code_words(reference["type"].text()));
    }
  });
  return std::nullopt;
}

// Whole registers come as an archive with a file for each study.
int member_rank(std::string_view name) { return fold(name).ends_with(".json") ? 1 : 0; }

class ClinicalTrialsReader final : public Reader {
 public:
  explicit ClinicalTrialsReader(const Settings& settings) : m_settings(settings) {}
  Result<void> read(const std::string& path, RecordSink& sink) override {
    TRY_ASSIGN(const std::unique_ptr<ByteStream> bytes, open_members(path, m_settings, member_rank));
    return read_clinicaltrials(*bytes, path, m_settings, sink);
  }

 private:
  Settings m_settings;
};

}  // namespace

std::unique_ptr<Reader> make_clinicaltrials_reader(const Settings& settings) {
  return std::make_unique<ClinicalTrialsReader>(settings);
}

Result<void> read_clinicaltrials(ByteStream& bytes, const std::string& file, const Settings& settings,
                                 RecordSink& sink) {
  return read_json_records(bytes, file, settings, {Kind::trial, "studies"}, read_study, sink);
}

}  // namespace pitchblende::sources

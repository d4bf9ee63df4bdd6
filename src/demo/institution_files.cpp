#include <fmt/format.h>

#include <map>

#include "demo/files.hpp"
#include "demo/habits.hpp"
#include "demo/phrases.hpp"

namespace pitchblende::demo {

namespace {

using Row = std::vector<std::string>;

std::string person_entity(const Person& person) { return fmt::format("person:{}", person.number); }

// The files of one member.
class Files {
 public:
  Files(const World& world, size_t institution, Output& out)
      : m_world(world),
        m_institution(institution),
        m_at(institutions()[institution]),
        m_habit(habit(institution)),
        m_out(out) {}

  Result<void> write() {
    TRY(people());
    TRY(teams());
    TRY(platforms());
    return equipment();
  }

 private:
  bool is_english() const { return m_habit.layout.tongue == Tongue::english; }
  std::string_view word(std::string_view french, std::string_view english) const {
    return is_english() ? english : french;
  }
  std::string name(std::string_view kind) const { return fmt::format("{}-{}", m_at.code, kind); }
  std::string file_name(std::string_view kind) const {
    const bool book = m_habit.layout.form == Form::workbook;
    const std::string_view end = book ? "xlsx" : m_habit.layout.separator == '\t' ? "tsv" : "csv";
    return fmt::format("{}/{}.{}", m_at.code, kind, end);
  }
  Source source(std::string_view kind, std::string_view format, const std::string& file) const {
    Source source = source_of(name(kind), std::string(format), std::string(m_at.code), file);
    source.institution_ref = m_at.ror;
    source.trust = 60;
    return source;
  }
  Result<void> write_table(std::string_view kind, std::string_view format, std::string_view title, Table table,
                           size_t repeated) {
    Layout layout = m_habit.layout;
    layout.repeated = repeated;
    table.sheet = title;
    const std::string file = file_name(word(title, kind));
    return m_out.table(source(kind, format, file), file, table, layout);
  }

  // What a third of the people have filled in.
  void add_about(Row& row, const Person& person, bool before) const {
    const bool says = !before && person.number % 3 == 1;
    row.push_back(!says ? std::string()
                        : fmt::format("{} {}.",
                                      word("Personne inventée pour la démonstration ; dans l’équipe depuis",
                                           "Invented for the demonstration; in the team since"),
                                      person.since));
    row.push_back(says && person.number % 2 == 0
                      ? fmt::format("https://{}.example/{}", m_at.domain, without_accents(person.code))
                      : std::string());
    row.push_back(!says ? std::string() : std::string(word("français;anglais", "French;English")));
  }

  // One of the seven columns of names is what the habit is.
  Row person_row(const Person& person, std::string_view code, bool before) const {
    const Printed shown = printed(m_habit, person, before);
    const Team& team = m_world.teams[before ? person.earlier_team : person.team];
    const bool own = team.institution == m_institution;
    const Topic& topic = topics()[team.topic];
    const Technique& technique = techniques()[topic.techniques[person.number % topic.techniques.size()]];
    const int month = static_cast<int>(person.number % 12) + 1;
    const bool says_birth = !before && person.number % 3 == 0;
    const bool leads = !before && team.leader == person.number;
    Row row = {std::string(code),
               shown.whole.empty() ? shown.family : shown.whole,
               shown.given,
               says_birth ? person.name.birth : std::string(),
               says_orcid(person) || !own ? person.orcid : std::string(),
               before || !own ? std::string() : person.e_mail,
               own ? team.code : std::string(),
               own ? std::string() : team.label,
               std::string(m_at.french),
               std::string(is_english() ? job_of(person).english : job_of(person).french),
               leads ? std::string(word("oui", "yes")) : std::string(),
               dated(m_habit, before ? person.earlier_since : person.since, month),
               before ? dated(m_habit, person.since, month) : std::string(),
               person.number % 4 == 0 || leads ? fmt::format("{};{}", is_english() ? topic.english : topic.french,
                                                             is_english() ? technique.english : technique.french)
                                               : std::string()};
    add_about(row, person, before);
    if (shown.whole.empty()) {
      return row;
    }
    row.erase(row.begin() + 2);
    return row;
  }

  Table people_table() const {
    Table table;
    const bool whole = m_habit.names == NameHabit::family_first || m_habit.names == NameHabit::given_first ||
                       m_habit.names == NameHabit::comma;
    table.columns = {{"Matricule", "Staff ID"},
                     whole ? Column{"Nom complet", "Full name"} : Column{"Nom", "Last name"},
                     {"Prénom", "First name"},
                     {"Nom de naissance", "Birth name"},
                     {"ORCID", "ORCID iD"},
                     {"Courriel", "E-mail"},
                     {"Code unité", "Unit code"},
                     {"Label unité", "Unit label"},
                     {"Établissement", "Institution"},
                     {"Fonction", "Position"},
                     {"Responsable", "Head of team"},
                     {"Depuis", "Start date"},
                     {"Jusqu’au", "End date"},
                     {"Compétences", "Expertise"},
                     {"Biographie", "Biography"},
                     {"Page personnelle", "Home page"},
                     {"Langues", "Languages"}};
    if (whole) {
      table.columns.erase(table.columns.begin() + 2);
    }
    return table;
  }

  Result<void> people() {
    Table table = people_table();
    Table second = table;
    const auto add = [&](const Person& person, const std::string& code, bool before) {
      Table& into = m_habit.layout.form == Form::workbook && person.number % 4 == 3 ? second : table;
      into.rows.push_back(person_row(person, code, before));
      m_out.truth(name("people"), code, person_entity(person));
    };
    for (const Person& person : m_world.people) {
      if (person.institution == m_institution) {
        add(person, person.code, false);
      } else if (person.moved && person.earlier_institution == m_institution) {
        add(person, person.earlier_code, true);
      } else if (m_world.teams[person.team].second == m_institution &&
                 m_world.teams[person.team].leader == person.number) {
        add(person, fmt::format("H{:05}", person.number), false);
      }
    }
    dirty_people(table);
    const std::string file = file_name(word("personnel", "people"));
    if (m_habit.layout.form == Form::workbook) {
      table.sheet = "Chercheurs";
      second.sheet = "Soutien";
      Table notes;
      notes.sheet = "Notes";
      notes.columns = {{"À propos de ce classeur", ""}};
      notes.rows = {{"Deux feuilles : chercheurs, soutien à la recherche."}, {"Données inventées."}};
      return m_out.workbook(source("people", "people", file), file, {table, second, notes}, m_habit.layout);
    }
    Layout layout = m_habit.layout;
    layout.repeated = table.columns.size() - 10;  // the institution
    return m_out.table(source("people", "people", file), file, table, layout);
  }

  // Rows that are wrong on purpose; README.txt lists them.
  void dirty_people(Table& table) const {
    Row row(table.columns.size());
    if (m_institution == 0) {
      row[0] = "999001";  // nobody
      table.rows.push_back(row);
    }
    if (m_institution == 2 && !table.rows.empty()) {
      table.rows.back()[4] = "0099-0000-0000-0000";  // no ORCID: its last digit is off
      table.rows.front()[12] = "2031-02-31";         // no day
    }
  }

  std::string leader_cell(const Team& team) const {
    const Printed shown = printed(m_habit, m_world.people[team.leader], false);
    return shown.whole.empty() ? shown.given + " " + shown.family : shown.whole;
  }

  Row team_row(const Team& team) const {
    const bool own = team.institution == m_institution;
    const Topic& topic = topics()[team.topic];
    std::string parents(institutions()[team.institution].french);
    if (team.second < k_institutions) {
      parents += fmt::format("; {}", institutions()[team.second].french);
    }
    for (const std::string_view parent : team.other_parents) {
      parents += fmt::format("; {}", parent);
    }
    const Institution& at = institutions()[team.institution];
    return {own ? team.code : "X" + team.code,
            team.french,
            team.english,
            own ? team.acronym : std::string(),
            team.label,
            parents,
            own ? m_world.people[team.leader].code : std::string(),
            own ? std::string() : leader_cell(team),
            fmt::format("{};{}", is_english() ? topic.english : topic.french,
                        is_english() ? tumours()[team.tumour].english : tumours()[team.tumour].french),
            own ? std::string(at.postal_code) : std::string(),
            std::string(at.town),
            own ? std::string(at.site) : std::string(),
            dated(m_habit, 2003 + static_cast<int>(team.number % 18), 1)};
  }

  Result<void> teams() {
    Table table;
    table.columns = {{"Code équipe", "Team code"},
                     {"Intitulé", "Title"},
                     {"Nom anglais", "English name"},
                     {"Sigle", "Acronym"},
                     {"Label", "Unit label"},
                     {"Tutelles", "Parent institutions"},
                     {"Matricule du responsable", "Leader ID"},
                     {"Responsable", "Head"},
                     {"Thèmes", "Research themes"},
                     {"Code postal", "Postcode"},
                     {"Ville", "Town"},
                     {"Site", "Campus"},
                     {"Création", "Created"}};
    for (const Team& team : m_world.teams) {
      if (team.institution == m_institution || team.second == m_institution) {
        table.rows.push_back(team_row(team));
        m_out.truth(name("teams"), table.rows.back()[0], fmt::format("team:{}", team.number));
      }
    }
    return write_table("teams", "teams", "equipes", std::move(table), 10);
  }

  Row platform_row(const Platform& platform) const {
    const Team& team = m_world.teams[platform.team];
    const Topic& topic = topics()[team.topic];
    std::string french = "La plateforme met à la disposition des équipes ";
    std::string english = "The platform offers ";
    std::string used;
    for (size_t at = 0; at < platform.techniques.size(); ++at) {
      const Technique& technique = techniques()[platform.techniques[at]];
      const std::string_view comma = at == 0 ? "" : at + 1 == platform.techniques.size() ? " et " : ", ";
      french.append(comma).append(technique.french);
      english.append(comma == " et " ? " and " : comma).append(technique.english);
      used += used.empty() ? "" : "|";
      used += is_english() ? technique.english : technique.french;
    }
    const std::string subject(topic.subjects_french[platform.number % topic.subjects_french.size()]);
    const std::string of_english(topic.subjects_english[platform.number % topic.subjects_english.size()]);
    std::string managers;
    for (const size_t manager : platform.managers) {
      managers += managers.empty() ? "" : is_english() ? " / " : " et ";
      managers += given_first(m_world.people[manager].name);
    }
    const bool labelled = platform.number % 3 == 0;
    return {
        platform.code,
        platform.french,
        platform.english,
        platform.acronym,
        fmt::format(
            "{}. Elle conseille les projets dès leur conception, forme les utilisateurs et analyse les données. "
            "Parmi les études qu’elle sert : {}.",
            french, subject),
        fmt::format("{}. It advises projects from the start, trains users and analyses data. Among the studies that it "
                    "serves: {}.",
                    english, of_english),
        managers,
        std::string(m_at.french),
        team.institution == m_institution ? team.code : std::string(),
        std::string(m_at.site),
        used,
        labelled ? "IBiSA|ISO 9001" : std::string(),
        labelled ? "2027|2028-06" : std::string(),
        std::string(word("interne, membres, académiques", "internal, members, academics")) +
            std::string(platform.number % 2 == 0 ? word(", industriels", ", industry") : std::string_view()),
        "Demande en ligne, réponse sous trois jours ouvrés, formation avant le premier accès.",
        "Request online, answer within three working days, training before first access.",
        fmt::format("Les auteurs remercient la plateforme {}.", platform.acronym),
        fmt::format("{}@{}.example", without_accents(platform.code), m_at.domain)};
  }

  Result<void> platforms() {
    Table table;
    table.columns = {{"Code", "Facility ID"},
                     {"Plateforme", "Facility"},
                     {"Nom anglais", "English name"},
                     {"Sigle", "Short name"},
                     {"Présentation", "Description (FR)"},
                     {"Présentation en anglais", "Description (EN)"},
                     {"Responsables", "Managers"},
                     {"Établissement", "Host"},
                     {"Équipe", "Team"},
                     {"Site", "Site"},
                     {"Techniques", "Techniques"},
                     {"Label", "Labels"},
                     {"Fin de validité", "Valid until"},
                     {"Ouverte à", "Open to"},
                     {"Accès", "Access"},
                     {"Accès en anglais", "Access (EN)"},
                     {"Remerciements", "Acknowledgement"},
                     {"Mél", "E-mail"}};
    for (const Platform& platform : m_world.platforms) {
      if (platform.institution == m_institution) {
        table.rows.push_back(platform_row(platform));
        m_out.truth(name("platforms"), platform.code, fmt::format("platform:{}", platform.number));
      }
    }
    return table.rows.empty() ? Result<void>{}
                              : write_table("platforms", "plateformes.toml", "plateformes", std::move(table), 7);
  }

  Row equipment_row(const Equipment& item) const {
    const Technique& technique = techniques()[item.technique];
    const Person& contact = m_world.people[item.contact];
    const std::string_view instrument = word(technique.instrument_french, technique.instrument_english);
    return {item.code,
            fmt::format("{} {} {}", capitalised(instrument), item.make, item.model),
            fmt::format("{} {} ({}).", word("Appareil pour :", "Instrument for"),
                        word(technique.french, technique.english), word("marque inventée", "invented make")),
            m_world.platforms[item.platform].code,
            std::string(word(technique.french, technique.english)),
            given_first(contact.name),
            contact.institution == m_institution ? contact.e_mail : std::string(),
            item.make,
            item.model,
            item.serial,
            capitalised(instrument),
            dated(m_habit, item.acquired, 1 + static_cast<int>(item.number % 12)),
            fmt::format("{}", 100 + item.number % 300),
            std::string(m_at.town),
            std::string(m_at.site),
            std::string(m_at.french),
            is_english() ? std::string() : std::string(item.number % 11 == 0 ? "en maintenance" : "en service"),
            item.number % 5 == 0 ? std::string()
                                 : std::string(word("interne, membres, académiques", "internal, members, academics")) +
                                       std::string(item.number % 3 == 0 ? word(", entreprises", ", company") : ""),
            item.number % 3 == 2 ? std::string()
                                 : fmt::format("{} {};{} {} h", word("échantillons par jour :", "samples a day:"),
                                               8 * (1 + item.number % 12), word("temps de mesure :", "measuring time:"),
                                               1 + item.number % 6),
            item.number % 2 == 0 ? std::string(word("oui", "yes")) : std::string(),
            item.number % 3 == 0 ? std::string(m_at.french) : std::string()};
  }

  Result<void> equipment() {
    Table table;
    table.columns = {{"Identifiant", "ID"},
                     {"Nom", "Name"},
                     {"Descriptif", "Description"},
                     {"Plateforme (code)", "Related Facility ID"},
                     {"Techniques", "Technique"},
                     {"Contact", "Contact Name"},
                     {"Courriel", "Contact Email"},
                     {"Marque", "Manufacturer"},
                     {"Modèle", "Model"},
                     {"Numéro de série", "Serial number"},
                     {"Catégorie", "Category"},
                     {"Acquisition", "Purchase date"},
                     {"Salle", "Room"},
                     {"Ville", "Town"},
                     {"Site", "Site Location"},
                     {"Propriétaire", "Owner"},
                     {"État", "Condition"},
                     {"Ouvert à", "Open to"},
                     {"Caractéristiques", "Capabilities"},
                     {"Formation nécessaire", "Training needed"},
                     {"Financeur", "Funded by"}};
    for (const Equipment& item : m_world.equipment) {
      if (m_world.platforms[item.platform].institution == m_institution) {
        table.rows.push_back(equipment_row(item));
        m_out.truth(name("equipment"), item.code, fmt::format("equipment:{}", item.number));
        const Person& contact = m_world.people[item.contact];
        if (table.rows.back()[6].empty()) {
          continue;
        }
        m_contacts.insert({contact.e_mail, contact.number});
      }
    }
    for (const auto& [mail, number] : m_contacts) {
      m_out.truth(name("equipment"), mail, person_entity(m_world.people[number]));
    }
    if (m_institution == 1) {
      Row nameless(table.columns.size());  // wrong on purpose
      nameless[0] = "AP99999";
      nameless[7] = "Lumenaris";
      table.rows.push_back(std::move(nameless));
    }
    return table.rows.empty() ? Result<void>{}
                              : write_table("equipment", "equipment", "equipements", std::move(table), 15);
  }

  const World& m_world;
  size_t m_institution;
  const Institution& m_at;
  const Habit& m_habit;
  Output& m_out;
  std::map<std::string, size_t> m_contacts;
};

}  // namespace

Result<void> write_institutions(const World& world, Output& out) {
  for (size_t institution = 0; institution < k_institutions; ++institution) {
    TRY(Files(world, institution, out).write());
  }
  return {};
}

}  // namespace pitchblende::demo

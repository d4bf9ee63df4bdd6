#include "demo/institutions/member_files.hpp"
#include "demo/phrases.hpp"

namespace pitchblende::demo {

namespace {

class PeopleFiles : public MemberFiles {
 public:
  using MemberFiles::MemberFiles;

  Result<void> write() {
    TRY(people());
    return teams();
  }

 private:
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
};

}  // namespace

Result<void> write_people_and_teams(const World& world, size_t institution, Output& out) {
  return PeopleFiles(world, institution, out).write();
}

}  // namespace pitchblende::demo

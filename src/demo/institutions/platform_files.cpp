#include <map>

#include "demo/institutions/member_files.hpp"
#include "demo/phrases.hpp"

namespace pitchblende::demo {

namespace {

class PlatformFiles : public MemberFiles {
 public:
  using MemberFiles::MemberFiles;

  Result<void> write() {
    TRY(platforms());
    return equipment();
  }

 private:
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

  std::map<std::string, size_t> m_contacts;
};

}  // namespace

Result<void> write_platforms_and_equipment(const World& world, size_t institution, Output& out) {
  return PlatformFiles(world, institution, out).write();
}

}  // namespace pitchblende::demo

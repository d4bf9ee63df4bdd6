#include <array>

#include "demo/facts.hpp"

namespace pitchblende::demo {

namespace {

constexpr std::array k_organisations = {
    FactOrganisation{
        "GIP", "Cancéropôle Île-de-France", "Cancéropôle Île-de-France public interest group", "", "", "other", "", "",
        "", "",
        "Groupement d’intérêt public créé en 2007 pour partager les savoirs et mettre en commun les compétences, les "
        "moyens techniques et les équipes de ses sept établissements fondateurs (huit noms : l’Institut universitaire "
        "d’hématologie et l’Université Paris Diderot comptent pour un), et atteindre ainsi une taille "
        "critique : contribuer à l’innovation thérapeutique, structurer la recherche et sa valorisation économique en "
        "Île-de-France, avec les organismes de recherche et d’enseignement supérieur, les collectivités, les "
        "associations et établissements de lutte contre le cancer et les industriels de la santé. Une cinquantaine "
        "d’entreprises de biotechnologie, d’instrumentation et de pharmacie mènent avec lui des programmes de "
        "recherche ; certaines sont du pôle de compétitivité Medicen Paris Region. Ces partenariats lui donnent un "
        "rôle clé dans la vie économique et sociale de la région. Sept axes de recherche, définis pour trois ans, "
        "couvrent toutes "
        "les méthodes de recherche et de traitement innovantes en cancérologie. Il compte aujourd’hui 7 membres et "
        "14 partenaires. En 1898, Marie et Pierre Curie découvrent la radioactivité : la radiothérapie en naîtra. "
        "Hormis ces faits, tout ce que montre cette démonstration est inventé.",
        "A public interest group created in 2007 to share knowledge and to pool the skills, the technical resources "
        "and "
        "the teams of its seven founding institutions (eight names: the Institut universitaire d’hématologie and "
        "Université Paris Diderot count as one), and so to reach a critical size: to contribute to therapeutic "
        "innovation and to structure research and its economic development in Île-de-France, with research and higher "
        "education bodies, regional authorities, associations and institutions that fight cancer, and the health "
        "industry. Some fifty companies in biotechnology, instrumentation and pharmacy carry out research programmes "
        "with it; some belong to the competitive cluster Medicen Paris Region. These partnerships give it a key role "
        "in the economic and social life of the region. Seven key areas, defined for three years, cover all "
        "innovative methods of research and treatment in oncology. Today it has 7 members and 14 partners. In 1898 "
        "Marie and Pierre Curie discovered radioactivity, out of which radiotherapy came. Apart from these facts, "
        "everything that this demonstration shows is invented."},
    FactOrganisation{"APHP", "Assistance Publique – Hôpitaux de Paris", "", "AP-HP", "00pg5jh14", "hospital",
                     "founder|member", "2007|2007", "", "", "Membre fondateur du groupement en 2007.",
                     "Founding member of the group in 2007."},
    FactOrganisation{
        "CURIE", "Institut Curie", "", "", "04t0gwh46", "cancer_centre", "founder|member", "2007|2007", "", "",
        "Membre fondateur du groupement en 2007, de renommée mondiale en cancérologie : il donne au "
        "groupement une grande visibilité en Europe et dans le monde. Le Centre René Huguenin l’a rejoint.",
        "Founding member of the group in 2007, known worldwide in oncology: it gives the group high "
        "visibility in Europe and abroad. The Centre René Huguenin has joined it."},
    FactOrganisation{"IGR", "Institut Gustave Roussy", "", "", "0321g0743", "cancer_centre", "founder|member",
                     "2007|2007", "", "",
                     "Membre fondateur du groupement en 2007, de renommée mondiale en cancérologie : il donne au "
                     "groupement une grande visibilité en Europe et dans le monde.",
                     "Founding member of the group in 2007, known worldwide in oncology: it gives the group high "
                     "visibility in Europe and abroad."},
    FactOrganisation{
        "IUH", "Institut universitaire d’hématologie", "", "IUH", "02w653772", "research_body", "founder", "2007",
        "Université Paris Cité", "",
        "Membre fondateur du groupement en 2007, compté avec l’Université Paris Diderot pour un seul des "
        "sept.",
        "Founding member of the group in 2007, counted with Université Paris Diderot as one of the seven."},
    FactOrganisation{
        "UPMC", "Université Pierre et Marie Curie", "", "UPMC", "01yvrd251", "university", "founder", "2007",
        "Sorbonne Université", "",
        "Membre fondateur du groupement en 2007. Ses patrons, Pierre et Marie Curie, ont découvert la "
        "radioactivité en 1898 ; la radiothérapie est née de leur découverte, qui inspire encore ses "
        "chercheurs. Elle a voulu prendre part à la mobilisation internationale contre le cancer en déployant et "
        "en partageant une recherche innovante, aux côtés de ceux pour qui la santé publique est une exigence et "
        "un devoir. Elle vit aujourd’hui dans Sorbonne Université.",
        "Founding member of the group in 2007. Its patrons, Pierre and Marie Curie, discovered "
        "radioactivity in 1898; radiotherapy grew out of their discovery, which inspires its researchers still. "
        "It wished to take part in the international effort against cancer by putting to use and sharing its "
        "innovative research, beside those to whom public health is a requirement and a duty. It lives on in "
        "Sorbonne Université."},
    FactOrganisation{"P7", "Université Paris Diderot", "", "", "02n7qrg46", "university", "founder", "2007",
                     "Université Paris Cité", "",
                     "Membre fondateur du groupement en 2007. Elle vit aujourd’hui dans l’Université Paris Cité.",
                     "Founding member of the group in 2007. It lives on in Université Paris Cité."},
    FactOrganisation{"CRH", "Centre René Huguenin", "", "", "", "cancer_centre", "founder", "2007", "Institut Curie",
                     "", "Membre fondateur du groupement en 2007. Il a depuis rejoint l’Institut Curie.",
                     "Founding member of the group in 2007. It has since joined Institut Curie."},
    FactOrganisation{"IP", "Institut Pasteur", "", "", "0495fxg12", "research_body", "founder|member", "2007|2007", "",
                     "", "Membre fondateur du groupement en 2007.", "Founding member of the group in 2007."},
    FactOrganisation{"SU", "Sorbonne Université", "", "", "02en5vm52", "university", "member", "", "", "",
                     "Membre du groupement, à la suite de l’Université Pierre et Marie Curie.",
                     "Member of the group, following Université Pierre et Marie Curie."},
    FactOrganisation{"UPC", "Université Paris Cité", "", "", "05f82e368", "university", "member", "", "", "",
                     "Membre du groupement, à la suite de l’Université Paris Diderot.",
                     "Member of the group, following Université Paris Diderot."},
    FactOrganisation{"CEPH", "Centre d’étude du polymorphisme humain", "", "CEPH", "", "research_body", "member", "",
                     "", "", "Membre du groupement, venu après sa création.",
                     "Member of the group, which came after its creation."},
    FactOrganisation{"CEA", "Commissariat à l’Énergie Atomique", "French atomic energy commission", "CEA", "00jjx8s55",
                     "research_body", "regional_player", "", "", "",
                     "Organisme de recherche, acteur de l’Île-de-France avec lequel le groupement travaille.",
                     "Research body of Île-de-France with which the group works."},
    FactOrganisation{"CNRS", "Centre National de la Recherche Scientifique",
                     "French national centre for scientific research", "CNRS", "02feahw73", "research_body",
                     "regional_player", "", "", "",
                     "Organisme de recherche, acteur de l’Île-de-France avec lequel le groupement travaille.",
                     "Research body of Île-de-France with which the group works."},
    FactOrganisation{"ESPCI", "École Supérieure de Physique et de Chimie Industrielles", "", "ESPCI", "03zx86w41",
                     "university", "regional_player", "", "", "",
                     "Établissement d’enseignement supérieur, acteur de l’Île-de-France avec lequel le groupement "
                     "travaille.",
                     "Higher education body of Île-de-France with which the group works."},
    FactOrganisation{"INSERM", "Institut national de la santé et de la recherche médicale",
                     "French national institute for health and medical research", "INSERM", "02vjkv261",
                     "research_body", "regional_player", "", "", "",
                     "Organisme de recherche, acteur de l’Île-de-France avec lequel le groupement travaille.",
                     "Research body of Île-de-France with which the group works."},
    FactOrganisation{"MEDICEN", "Medicen Paris Region", "", "", "", "cluster", "", "", "", "",
                     "Pôle de compétitivité international dont font partie certaines des entreprises partenaires du "
                     "groupement.",
                     "International competitive cluster to which some of the group’s partner companies belong."},
};

constexpr std::array k_areas = {
    FactArea{1, "AXE1", "Relation hôte/tumeur", "Host/tumour relationship",
             "L’un des sept axes de recherche du groupement, définis pour trois ans.",
             "One of the seven key areas of the group, defined for three years."},
    FactArea{
        2, "AXE2", "Instabilité du génome et réparation", "Genome instability and repair",
        "Axe inventé pour la démonstration : d’où viennent les altérations du génome tumoral, comment la cellule les "
        "répare, qui y est prédisposé.",
        "Invented for the demonstration: where the alterations of tumour genomes come from, how cells repair them, "
        "who is predisposed."},
    FactArea{3, "AXE3", "Cellules souches, hémopathies et cancers de l’enfant",
             "Stem cells, blood and childhood cancers",
             "Axe inventé pour la démonstration : cellules souches tumorales, leucémies, tumeurs du développement.",
             "Invented for the demonstration: tumour stem cells, leukaemias, tumours of development."},
    FactArea{4, "AXE4", "Épigénétique, métabolisme et dissémination", "Epigenetics, metabolism and dissemination",
             "Axe inventé pour la démonstration : ce qui change dans la cellule sans que le génome change, et comment "
             "elle se dissémine.",
             "Invented for the demonstration: what changes in cells while the genome does not, and how they spread."},
    FactArea{5, "AXE5", "Imagerie, rayonnements et vectorisation", "Imaging, radiation and delivery",
             "Axe inventé pour la démonstration : voir la tumeur, l’irradier mieux, y porter le médicament.",
             "Invented for the demonstration: to see tumours, to irradiate them better, to bring drugs into them."},
    FactArea{6, "AXE6", "Médecine de précision et nouveaux médicaments", "Precision medicine and new drugs",
             "Axe inventé pour la démonstration : biomarqueurs, thérapies ciblées, résistances, chimie médicinale.",
             "Invented for the demonstration: biomarkers, targeted therapies, resistance, medicinal chemistry."},
    FactArea{7, "AXE7", "Données, prévention et qualité de vie", "Data, prevention and quality of life",
             "Axe inventé pour la démonstration : intelligence artificielle, épidémiologie, vie après le cancer.",
             "Invented for the demonstration: artificial intelligence, epidemiology, life after cancer."},
};

constexpr FactPerson k_person{"PD",
                              "Patrice",
                              "Debré",
                              "Professeur",
                              "UMRS 543",
                              "Immunologie cellulaire et tissulaire",
                              "Cellular and tissue immunology",
                              "Université Pierre et Marie Curie"};

}  // namespace

std::span<const FactOrganisation> fact_organisations() { return k_organisations; }
std::span<const FactArea> fact_areas() { return k_areas; }
const FactPerson& fact_person() { return k_person; }

}  // namespace pitchblende::demo

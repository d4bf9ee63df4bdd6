#include "demo/names.hpp"

#include <array>
#include <cctype>

namespace pitchblende::demo {

namespace {

using Words = std::string_view;

// Patrice is left out on purpose: the one real person must have no namesake here.
constexpr std::array k_given = {
    Words("Adèle"),         Words("Agathe"),     Words("Alain"),     Words("Alexandre"),    Words("Alice"),
    Words("Amandine"),      Words("Amélie"),     Words("Anaïs"),     Words("André"),        Words("Anne"),
    Words("Antoine"),       Words("Arnaud"),     Words("Aurélie"),   Words("Aurélien"),     Words("Baptiste"),
    Words("Bénédicte"),     Words("Benoît"),     Words("Bruno"),     Words("Camille"),      Words("Caroline"),
    Words("Catherine"),     Words("Cécile"),     Words("Céline"),    Words("Charles"),      Words("Charlotte"),
    Words("Chloé"),         Words("Claire"),     Words("Clémence"),  Words("Clément"),      Words("Corinne"),
    Words("Damien"),        Words("Daniel"),     Words("David"),     Words("Delphine"),     Words("Denis"),
    Words("Dominique"),     Words("Élise"),      Words("Élodie"),    Words("Émilie"),       Words("Emmanuel"),
    Words("Éric"),          Words("Estelle"),    Words("Étienne"),   Words("Eva"),          Words("Fabien"),
    Words("Fabrice"),       Words("Florence"),   Words("Florian"),   Words("François"),     Words("Françoise"),
    Words("Frédéric"),      Words("Gaëlle"),     Words("Gilles"),    Words("Grégoire"),     Words("Guillaume"),
    Words("Hélène"),        Words("Henri"),      Words("Hugo"),      Words("Inès"),         Words("Isabelle"),
    Words("Jacques"),       Words("Jean"),       Words("Jérôme"),    Words("Joëlle"),       Words("Judith"),
    Words("Julie"),         Words("Julien"),     Words("Karine"),    Words("Laure"),        Words("Laurence"),
    Words("Laurent"),       Words("Léa"),        Words("Louis"),     Words("Lucie"),        Words("Madeleine"),
    Words("Maëlle"),        Words("Manon"),      Words("Marc"),      Words("Marie"),        Words("Marion"),
    Words("Mathilde"),      Words("Matthieu"),   Words("Mélanie"),   Words("Michel"),       Words("Nathalie"),
    Words("Nicolas"),       Words("Noémie"),     Words("Odile"),     Words("Olivier"),      Words("Pascal"),
    Words("Paul"),          Words("Philippe"),   Words("Pierre"),    Words("Quentin"),      Words("Raphaël"),
    Words("Rémi"),          Words("Romain"),     Words("Sabine"),    Words("Sandrine"),     Words("Sébastien"),
    Words("Simon"),         Words("Sophie"),     Words("Solène"),    Words("Stéphane"),     Words("Sylvie"),
    Words("Théo"),          Words("Thomas"),     Words("Valérie"),   Words("Victor"),       Words("Vincent"),
    Words("Virginie"),      Words("Xavier"),     Words("Yann"),      Words("Yves"),         Words("Zoé"),
    Words("Jean-Baptiste"), Words("Jean-Luc"),   Words("Jean-Marc"), Words("Marie-Claude"), Words("Anne-Sophie"),
    Words("Marie-Hélène"),  Words("Pierre-Yves")};

constexpr std::array k_given_elsewhere = {
    Words("Amina"),   Words("Karim"),   Words("Leïla"),   Words("Nadia"),  Words("Rachid"),  Words("Samir"),
    Words("Yasmine"), Words("Mehdi"),   Words("Anke"),    Words("Jürgen"), Words("Søren"),   Words("Ingrid"),
    Words("Marta"),   Words("Paweł"),   Words("Irina"),   Words("Dmitri"), Words("Sergueï"), Words("Elena"),
    Words("Giulia"),  Words("Matteo"),  Words("Carmen"),  Words("Javier"), Words("João"),    Words("Wei"),
    Words("Li"),      Words("Xiaoyan"), Words("Min-jun"), Words("Hiroko"), Words("Kenji"),   Words("Thị Mai"),
    Words("Priya"),   Words("Arjun"),   Words("Emma"),    Words("James"),  Words("Aoife"),   Words("Katarzyna")};

constexpr std::array k_heads = {
    Words("Mor"),  Words("Ker"),  Words("Castel"), Words("Roche"), Words("Val"),  Words("Clair"), Words("Gar"),
    Words("Bel"),  Words("Mont"), Words("Ville"),  Words("Fonta"), Words("Lan"),  Words("Per"),   Words("Bois"),
    Words("Cham"), Words("Dor"),  Words("Esca"),   Words("Fer"),   Words("Gou"),  Words("Haute"), Words("Jar"),
    Words("Lava"), Words("Mar"),  Words("Nor"),    Words("Orne"),  Words("Pré"),  Words("Quin"),  Words("Rou"),
    Words("Sau"),  Words("Tré"),  Words("Verne"),  Words("Ar"),    Words("Bre"),  Words("Coul"),  Words("Du"),
    Words("Étin"), Words("Flo"),  Words("Gré"),    Words("Hou"),   Words("Issa"), Words("Lé"),    Words("Mé"),
    Words("Noi"),  Words("Pel"),  Words("Ra"),     Words("Sé"),    Words("Tha"),  Words("Vau"),   Words("Bar"),
    Words("Cour")};
constexpr std::array k_middles = {Words(""),   Words(""),   Words("de"), Words("vi"), Words("lan"), Words("ri"),
                                  Words("mi"), Words("gu"), Words("so"), Words("ne"), Words("be"),  Words("che")};
constexpr std::array k_tails = {
    Words("vallon"), Words("guen"),  Words("bray"), Words("mont"),  Words("rieux"), Words("lier"),  Words("gnac"),
    Words("neau"),   Words("dière"), Words("mel"),  Words("zac"),   Words("court"), Words("nette"), Words("taud"),
    Words("veil"),   Words("sard"),  Words("quet"), Words("lieu"),  Words("champ"), Words("pin"),   Words("tois"),
    Words("fosse"),  Words("val"),   Words("doux"), Words("bert"),  Words("seur"),  Words("nay"),   Words("ville"),
    Words("chet"),   Words("rain"),  Words("thé"),  Words("rède"),  Words("gy"),    Words("loup"),  Words("brune"),
    Words("mare"),   Words("dant"),  Words("chon"), Words("vigne"), Words("sel")};
constexpr std::array k_particles = {Words("de "), Words("de "), Words("de La "),   Words("du "),  Words("Le "),
                                    Words("Le "), Words("d’"),  Words("van der "), Words("von "), Words("Saint-")};

struct Spelling {
  std::string_view own;
  std::string_view other;  // as another hand writes it
};
constexpr std::array k_elsewhere_heads = {
    Spelling{"Ben Ta", ""},        Spelling{"El Khou", "Al Khu"}, Spelling{"Bou", "Bu"},
    Spelling{"Müntz", "Muentz"},   Spelling{"Grön", "Groen"},     Spelling{"Schöll", "Schoell"},
    Spelling{"Kowal", ""},         Spelling{"Wiśn", "Wisn"},      Spelling{"Tchern", "Chern"},
    Spelling{"Chtcher", "Shcher"}, Spelling{"Iouch", "Yuch"},     Spelling{"Bel", ""},
    Spelling{"Ferr", ""},          Spelling{"Ibá", "Iba"},        Spelling{"Nakam", ""},
    Spelling{"Ōmur", "Omur"},      Spelling{"Nguy", ""},          Spelling{"Trần L", "Tran L"},
    Spelling{"Zhao-L", ""},        Spelling{"Ravin", ""},         Spelling{"O’Hal", "OHal"},
    Spelling{"Mac Dor", "MacDor"}, Spelling{"Jørg", "Joerg"},     Spelling{"Sokol", ""},
    Spelling{"Hadj", "Haj"},       Spelling{"Dioubat", "Dyubat"}, Spelling{"Papadim", ""},
    Spelling{"Yıldır", "Yildir"}};
constexpr std::array k_elsewhere_tails = {
    Words("rani"),  Words("bi"),   Words("er"),      Words("inger"), Words("sen"), Words("ewski"), Words("ova"),
    Words("enko"),  Words("etti"), Words("ñez"),     Words("ura"),   Words("en"),  Words("ang"),   Words("dran"),
    Words("loran"), Words("nell"), Words("opoulos"), Words("ak"),    Words("ini"), Words("escu")};

std::string native_family(Random& random) {
  return std::string(random.pick(k_heads)).append(random.pick(k_middles)).append(random.pick(k_tails));
}

struct Letter {
  std::string_view accented;
  std::string_view plain;
  std::string_view capital;
};
constexpr std::array k_letters = {
    Letter{"à", "a", "À"}, Letter{"á", "a", "Á"}, Letter{"â", "a", "Â"}, Letter{"ä", "a", "Ä"},  Letter{"ã", "a", "Ã"},
    Letter{"ç", "c", "Ç"}, Letter{"è", "e", "È"}, Letter{"é", "e", "É"}, Letter{"ê", "e", "Ê"},  Letter{"ë", "e", "Ë"},
    Letter{"ì", "i", "Ì"}, Letter{"í", "i", "Í"}, Letter{"î", "i", "Î"}, Letter{"ï", "i", "Ï"},  Letter{"ñ", "n", "Ñ"},
    Letter{"ò", "o", "Ò"}, Letter{"ó", "o", "Ó"}, Letter{"ô", "o", "Ô"}, Letter{"ö", "o", "Ö"},  Letter{"ø", "o", "Ø"},
    Letter{"ù", "u", "Ù"}, Letter{"ú", "u", "Ú"}, Letter{"û", "u", "Û"}, Letter{"ü", "u", "Ü"},  Letter{"ÿ", "y", "Ÿ"},
    Letter{"ł", "l", "Ł"}, Letter{"ś", "s", "Ś"}, Letter{"ō", "o", "Ō"}, Letter{"œ", "oe", "Œ"}, Letter{"ı", "i", "I"},
    Letter{"ị", "i", "Ị"}, Letter{"ầ", "a", "Ầ"}, Letter{"’", "'", "’"}};

size_t length(unsigned char first) { return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4; }

template <typename Ascii, typename Other>
std::string each_letter(std::string_view text, const Ascii& ascii, const Other& other) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t size = length(static_cast<unsigned char>(text[at]));
    if (size == 1) {
      out += ascii(text[at]);
    } else {
      out += other(text.substr(at, size));
    }
    at += size;
  }
  return out;
}

std::string initials_with(std::string_view given, std::string_view stop) {
  std::string out;
  bool begins = true;
  for (size_t at = 0; at < given.size();) {
    const size_t size = length(static_cast<unsigned char>(given[at]));
    const std::string_view letter = given.substr(at, size);
    if (letter == " " || letter == "-") {
      out += stop.empty() ? "" : letter == "-" ? "-" : " ";
      begins = true;
    } else if (begins) {
      out.append(letter).append(stop);
      begins = false;
    }
    at += size;
  }
  return out;
}

}  // namespace

std::string without_accents(std::string_view text) {
  return each_letter(
      text, [](char c) { return c; },
      [](std::string_view letter) {
        for (const Letter& each : k_letters) {
          if (each.accented == letter) {
            return each.plain;
          }
          if (each.capital == letter) {
            return letter == "Œ" ? std::string_view("Oe")
                                 : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZ").substr(each.plain[0] - 'a', 1);
          }
        }
        return letter;
      });
}

std::string capitals(std::string_view text) {
  return each_letter(
      text, [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); },
      [](std::string_view letter) {
        for (const Letter& each : k_letters) {
          if (each.accented == letter) {
            return each.capital;
          }
        }
        return letter;
      });
}

std::string initials(std::string_view given) { return initials_with(given, "."); }
std::string bare_initials(std::string_view given) { return initials_with(given, ""); }

std::string given_first(const Name& name) { return name.given + " " + name.family; }
std::string family_first(const Name& name) { return capitals(name.family) + " " + name.given; }
std::string by_initials(const Name& name) { return initials(name.given) + " " + name.family; }

std::string e_mail_part(const Name& name) {
  std::string out;
  for (const char c : without_accents(name.given + "." + name.family)) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalnum(letter) != 0 || c == '.' || c == '-') {
      out += static_cast<char>(std::tolower(letter));
    }
  }
  return out;
}

Name invented_name(Random& random) {
  Name name;
  if (random.chance(22)) {
    const Spelling& head = random.pick(k_elsewhere_heads);
    const std::string_view tail = random.pick(k_elsewhere_tails);
    name.given = random.chance(60) ? random.pick(k_given_elsewhere) : random.pick(k_given);
    name.family.append(head.own).append(tail);
    name.variant = head.other.empty() ? std::string() : std::string(head.other).append(tail);
    return name;
  }
  name.given = random.pick(k_given);
  name.second = random.chance(12) ? std::string(random.pick(k_given)) : std::string();
  name.family = native_family(random);
  if (random.chance(9)) {
    name.family = std::string(random.pick(k_particles)) + name.family;
  } else if (random.chance(7)) {
    name.family += "-" + native_family(random);
  }
  if (random.chance(7)) {
    name.birth = native_family(random);
  }
  return name;
}

}  // namespace pitchblende::demo

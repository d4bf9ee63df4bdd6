#include "resolution/people/name_sounds.hpp"

#include <algorithm>
#include <map>

#include "resolution/people/person_name.hpp"

namespace pitchblende::resolution {

namespace {

constexpr size_t k_sounds = 4;           // letters; in shorter words each one tells
constexpr size_t k_longest_pinyin = 16;  // letters; longer words are not tried
constexpr size_t k_slips = 6;
constexpr size_t k_head = 4;

struct Spelling {
  std::string_view written;
  std::string_view sound;
};
// What French, English and German make of Cyrillic, Arabic and Greek; the first that fits counts. Pasquale is not
// Pascale.
constexpr Spelling k_spellings[] = {{"quale", "kuale"}, {"chtch", "sh"}, {"shch", "sh"}, {"tsch", "ch"}, {"sch", "sh"},
                                    {"tch", "ch"},      {"dzh", "j"},    {"dj", "j"},    {"iou", "yu"},  {"ph", "f"},
                                    {"kh", "h"},        {"ck", "k"},     {"qu", "k"},    {"th", "t"},    {"gh", "g"},
                                    {"gue", "ge"},      {"gui", "gi"},   {"ks", "x"},    {"ch", "ch"},   {"ce", "ce"},
                                    {"ci", "ci"},       {"cy", "ci"},    {"c", "k"},     {"q", "k"},     {"w", "v"}};

// Syllables of Mandarin, each letter of which tells: Yousheng and Yusheng are two.
constexpr std::string_view k_initials[] = {"zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g",
                                           "k",  "h",  "j",  "q", "x", "r", "z", "c", "s", "y", "w"};
constexpr std::string_view k_finals[] = {"iao", "uai", "ai", "ei", "ao", "ou", "ia", "ie", "iu", "ua",
                                         "uo",  "ui",  "ue", "a",  "o",  "e",  "i",  "u",  "v"};
constexpr std::string_view k_ends[] = {"ng", "n", "r", ""};

// Short forms, and spellings that no rule above makes one.
constexpr Spelling k_short[] = {
    {"bill", "william"},        {"billy", "william"},       {"will", "william"},        {"willy", "william"},
    {"bob", "robert"},          {"bobby", "robert"},        {"rob", "robert"},          {"robbie", "robert"},
    {"dick", "richard"},        {"rick", "richard"},        {"kate", "catherine"},      {"katie", "catherine"},
    {"cathy", "catherine"},     {"kathy", "catherine"},     {"kathryn", "catherine"},   {"catharine", "catherine"},
    {"katarina", "katerina"},   {"ekaterina", "katerina"},  {"katya", "katerina"},      {"elizabeth", "elisabeth"},
    {"liz", "elisabeth"},       {"beth", "elisabeth"},      {"betty", "elisabeth"},     {"eliza", "elisabeth"},
    {"margaret", "marguerite"}, {"peggy", "marguerite"},    {"maggie", "marguerite"},   {"meg", "marguerite"},
    {"alex", "alexandre"},      {"alexander", "alexandre"}, {"aleksandr", "alexandre"}, {"sasha", "alexandre"},
    {"sacha", "alexandre"},     {"alex", "alexandra"},      {"sandra", "alexandra"},    {"mike", "michael"},
    {"mick", "michael"},        {"mikael", "michael"},      {"jim", "james"},           {"jimmy", "james"},
    {"jamie", "james"},         {"jack", "john"},           {"johnny", "john"},         {"joe", "joseph"},
    {"ted", "edward"},          {"ed", "edward"},           {"eddie", "edward"},        {"ted", "theodore"},
    {"tony", "anthony"},        {"charlie", "charles"},     {"chuck", "charles"},       {"harry", "henry"},
    {"hank", "henry"},          {"tom", "thomas"},          {"tommy", "thomas"},        {"andy", "andrew"},
    {"drew", "andrew"},         {"andrei", "andrej"},       {"dave", "david"},          {"dan", "daniel"},
    {"danny", "daniel"},        {"pat", "patrick"},         {"pat", "patricia"},        {"sue", "susan"},
    {"suzan", "susan"},         {"suzanne", "susanne"},     {"nick", "nicholas"},       {"nicolas", "nicholas"},
    {"steve", "stephen"},       {"steven", "stephen"},      {"stephane", "stephan"},    {"sam", "samuel"},
    {"sam", "samantha"},        {"chris", "christopher"},   {"chris", "christian"},     {"chris", "christine"},
    {"debbie", "deborah"},      {"jenny", "jennifer"},      {"becky", "rebecca"},       {"matt", "matthew"},
    {"larry", "lawrence"},      {"jerry", "gerald"},        {"greg", "gregory"},        {"jeff", "jeffrey"},
    {"geoff", "jeffrey"},       {"geoffrey", "jeffrey"},    {"fred", "frederick"},      {"mohamad", "mohamed"},
    {"muhamad", "mohamed"},     {"muhamed", "mohamed"},     {"ahmad", "ahmed"},         {"yusuf", "yusef"},
    {"yosef", "yusef"},         {"husein", "hosein"},       {"husain", "hosein"},       {"youri", "yuri"},
    {"yousef", "yusef"},        {"youssef", "yusef"},       {"yousuf", "yusef"},        {"youcef", "yusef"},
    {"youness", "younes"},      {"yunus", "younes"},        {"yunes", "younes"},        {"umar", "omar"},
    {"khaled", "khalid"},       {"said", "saeed"},          {"karim", "kareem"},        {"rachid", "rashid"},
    {"iuri", "yuri"},           {"jurij", "yuri"},          {"juri", "yuri"},           {"iulia", "julia"},
    {"yulia", "julia"},         {"dimitri", "dmitri"},      {"dima", "dmitri"},         {"sergej", "sergei"},
    {"aleksej", "alexei"},      {"evgeni", "yevgeni"},      {"evgenij", "yevgeni"},     {"elena", "yelena"},
    {"tatjana", "tatiana"},     {"nikolaj", "nikolai"},     {"oleksandr", "alexandre"},
};

bool is_pinyin(std::string_view word) {
  if (word.empty()) {
    return true;
  }
  const auto initial = std::find_if(std::begin(k_initials), std::end(k_initials),
                                    [&](std::string_view each) { return word.starts_with(each); });
  const bool begun = initial != std::end(k_initials);
  const std::string_view rest = word.substr(begun ? initial->size() : 0);
  if (!begun && rest.find_first_of("aeo") != 0) {
    return false;
  }
  for (const std::string_view final : k_finals) {
    for (const std::string_view end : k_ends) {
      if (rest.starts_with(final) && rest.substr(final.size()).starts_with(end) &&
          is_pinyin(rest.substr(final.size() + end.size()))) {
        return true;
      }
    }
  }
  return false;
}

using ShortForms = std::multimap<std::string, std::string>;

const ShortForms& short_forms() {
  static const ShortForms forms = [] {
    ShortForms out;
    for (const auto& [said, full] : k_short) {
      out.emplace(sound_of(said), sound_of(full));
    }
    return out;
  }();
  return forms;
}

// Consonants by where they are made, as in Russell's Soundex (1918), in any number and without vowels.
std::string consonants(std::string_view sound) {
  std::string out(sound.substr(0, 1));
  char last = '\0';
  for (const char letter : sound.substr(std::min<size_t>(1, sound.size()))) {
    constexpr std::string_view k_classes[] = {"bfpv", "cgjkqsxz", "dt", "l", "mn", "r"};
    const auto found = std::find_if(std::begin(k_classes), std::end(k_classes), [&](std::string_view letters) {
      return letters.find(letter) != std::string_view::npos;
    });
    const char now = found == std::end(k_classes) ? '\0' : found->front();
    if (now != '\0' && now != last) {
      out += now;
    }
    last = now;
  }
  return out;
}

std::string loose(const std::string& sound) { return sound.size() < k_slips ? sound : consonants(sound); }

}  // namespace

std::string sound_of(std::string_view word) {
  if (word.size() < k_sounds || (word.size() <= k_longest_pinyin && is_pinyin(word))) {
    return std::string(word);
  }
  std::string out;
  const auto say = [&](std::string_view letters) {
    for (const char letter : letters) {
      if (out.empty() || out.back() != letter) {
        out += letter;
      }
    }
  };
  for (std::string_view rest = word; !rest.empty();) {
    const auto found = std::find_if(std::begin(k_spellings), std::end(k_spellings),
                                    [&](const Spelling& spelling) { return rest.starts_with(spelling.written); });
    size_t read = 1;
    if (found != std::end(k_spellings)) {
      say(found->sound);
      read = found->written.size();
    } else if (rest.starts_with("ou")) {
      say("u");
      read = 2;
    } else if (rest.front() == 'y' && !out.empty()) {
      say("i");
    } else if (rest == "h" && word.size() > k_sounds) {  // Sarah
      break;
    } else if (rest == "e") {  // Andrée
      out += 'e';
    } else if (rest.size() == 2 && rest.back() == 'e') {  // Danielle is not Daniele
      out += rest.front();
    } else {
      say(rest.substr(0, 1));
    }
    rest.remove_prefix(read);
  }
  return out;
}

std::vector<std::string> called(std::string_view first) {
  std::string sound = sound_of(first);
  std::vector<std::string> out;
  const auto [begin, end] = short_forms().equal_range(sound);
  for (auto at = begin; at != end; ++at) {
    out.push_back(at->second);
  }
  if (out.empty()) {
    out.push_back(std::move(sound));
  }
  return out;
}

bool called_alike(std::string_view a, std::string_view b) {
  const std::vector<std::string> of_a = called(a);
  const std::vector<std::string> of_b = called(b);
  return std::find_first_of(of_a.begin(), of_a.end(), of_b.begin(), of_b.end()) != of_a.end();
}

bool one_slip(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) {
    std::swap(a, b);
  }
  if (a.size() < k_slips || b.size() - a.size() > 1 || a == b) {
    return false;
  }
  const size_t same = static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
  const std::string_view rest_a = a.substr(same);
  const std::string_view rest_b = b.substr(same);
  if (a.size() < b.size()) {
    return rest_a == rest_b.substr(1);
  }
  const bool moved = rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0];
  return rest_a.substr(1) == rest_b.substr(1) || (moved && rest_a.substr(2) == rest_b.substr(2));
}

std::vector<std::string> kin_keys(std::string_view family, std::string_view given) {
  std::vector<std::string> keys;
  const auto add = [&](std::string key) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      keys.push_back(std::move(key));
    }
  };
  if (is_initials(given)) {
    return keys;
  }
  const std::string core = core_family(family);
  const std::string sound = sound_of(core);
  const std::string of_family = loose(called(core).front());
  for (const std::string& name : called(given.substr(0, given.find(' ')))) {
    const std::string of_given = loose(name);
    const auto [low, high] = std::minmax(of_family, of_given);  // the other way round it is the same
    add("~" + low + " " + high);
    if (core.size() >= k_slips) {
      add("~" + sound.substr(0, k_head) + "~ " + name);
    }
  }
  return keys;
}

}  // namespace pitchblende::resolution

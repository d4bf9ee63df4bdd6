#include "sources/languages.hpp"

#include <algorithm>
#include <iterator>

namespace pitchblende::sources {

namespace {

struct Row {
  std::string_view three;
  std::string_view two;
};

// ISO 639-2 (both its lists) to ISO 639-1, the languages that journals are written in.
constexpr Row k_languages[] = {
    {"eng", "en"}, {"fre", "fr"}, {"fra", "fr"}, {"ger", "de"}, {"deu", "de"}, {"spa", "es"}, {"ita", "it"},
    {"por", "pt"}, {"rus", "ru"}, {"chi", "zh"}, {"zho", "zh"}, {"jpn", "ja"}, {"kor", "ko"}, {"pol", "pl"},
    {"dut", "nl"}, {"nld", "nl"}, {"tur", "tr"}, {"cze", "cs"}, {"ces", "cs"}, {"hun", "hu"}, {"dan", "da"},
    {"swe", "sv"}, {"nor", "no"}, {"nob", "nb"}, {"nno", "nn"}, {"fin", "fi"}, {"heb", "he"}, {"ara", "ar"},
    {"per", "fa"}, {"fas", "fa"}, {"gre", "el"}, {"ell", "el"}, {"rum", "ro"}, {"ron", "ro"}, {"bul", "bg"},
    {"ukr", "uk"}, {"hrv", "hr"}, {"srp", "sr"}, {"slo", "sk"}, {"slk", "sk"}, {"slv", "sl"}, {"lit", "lt"},
    {"lav", "lv"}, {"est", "et"}, {"ice", "is"}, {"isl", "is"}, {"tha", "th"}, {"vie", "vi"}, {"ind", "id"},
    {"may", "ms"}, {"msa", "ms"}, {"hin", "hi"}, {"cat", "ca"}, {"baq", "eu"}, {"eus", "eu"}, {"glg", "gl"},
    {"wel", "cy"}, {"cym", "cy"}, {"gle", "ga"}, {"gla", "gd"}, {"afr", "af"}, {"alb", "sq"}, {"sqi", "sq"},
    {"arm", "hy"}, {"hye", "hy"}, {"aze", "az"}, {"bel", "be"}, {"bos", "bs"}, {"geo", "ka"}, {"kat", "ka"},
    {"kaz", "kk"}, {"mac", "mk"}, {"mkd", "mk"}, {"mal", "ml"}, {"mao", "mi"}, {"mri", "mi"}, {"lat", "la"},
    {"lin", "ln"}, {"kin", "rw"}, {"pus", "ps"}, {"san", "sa"}, {"swa", "sw"}, {"urd", "ur"}, {"ben", "bn"},
    {"tam", "ta"}, {"uzb", "uz"}, {"yid", "yi"}, {"epo", "eo"}, {"bre", "br"}, {"ltz", "lb"}, {"mlt", "mt"},
    {"mon", "mn"}, {"tgl", "tl"}, {"oci", "oc"}, {"cos", "co"}};

}  // namespace

std::string language_tag(std::string_view code) {
  std::string lower(code);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const Row& row : k_languages) {
    if (row.three == lower) {
      return std::string(row.two);
    }
  }
  return lower;
}

}  // namespace pitchblende::sources

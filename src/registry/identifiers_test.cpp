#include "registry/identifiers.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "base/text.hpp"
#include "registry/check_digits.hpp"
#include "registry/errors.hpp"
#include "registry/kinds.hpp"

namespace pitchblende::registry {
namespace {

struct Case {
  std::string_view scheme;
  std::string_view given;
  std::string_view wanted;
};

constexpr Case k_right[] = {{"orcid", "0000-0002-1825-0097", "0000-0002-1825-0097"},
                            {"orcid", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"},
                            {"orcid", "http://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"},
                            {"orcid", "0000000218250097", "0000-0002-1825-0097"},
                            {"orcid", "ORCID: 0000‐0002‐1825‐0097", "0000-0002-1825-0097"},
                            {"isni", "0000 0001 2103 2683", "0000000121032683"},
                            {"isni", "https://isni.org/isni/0000000121032683", "0000000121032683"},
                            {"ror", "https://ror.org/013cjyk83", "013cjyk83"},
                            {"ror", "ROR.ORG/04DBZZ632", "04dbzz632"},
                            {"doi", "10.1000/XYZ123", "10.1000/xyz123"},
                            {"doi", "doi:10.1000/xyz123", "10.1000/xyz123"},
                            {"doi", "DOI: 10.1000/xyz123.", "10.1000/xyz123"},
                            {"doi", "https://doi.org/10.1000/xyz123", "10.1000/xyz123"},
                            {"doi", "http://dx.doi.org/10.1000%2Fxyz%3C1%3E", "10.1000/xyz<1>"},
                            {"doi", "DOI:https://doi.org/10.1000/a", "10.1000/a"},
                            {"doi", "10.1002/(SICI)1097-0142(19990101)85:1<1::AID-CNCR1>3.0.CO;2-#",
                             "10.1002/(sici)1097-0142(19990101)85:1<1::aid-cncr1>3.0.co;2-#"},
                            {"pmid", "12345678", "12345678"},
                            {"pmid", "PMID: 00123", "123"},
                            {"pmid", "https://pubmed.ncbi.nlm.nih.gov/12345678/", "12345678"},
                            {"pmid", "https://www.ncbi.nlm.nih.gov/pubmed/12345678?dopt=Abstract", "12345678"},
                            {"pmc", "PMC1234567", "PMC1234567"},
                            {"pmc", "pmcid: pmc1234567.2", "PMC1234567"},
                            {"pmc", "1234567", "PMC1234567"},
                            {"pmc", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/", "PMC1234567"},
                            {"hal", "hal-01234567v2", "hal-01234567"},
                            {"hal", "https://hal.science/inserm-00123456", "inserm-00123456"},
                            {"idhal", "Camille-Exemple", "camille-exemple"},
                            {"idref", "026927608", "026927608"},
                            {"idref", "https://www.idref.fr/026927608/id", "026927608"},
                            {"siren", "732 829 320", "732829320"},
                            {"siret", "732 829 320 00074", "73282932000074"},
                            {"siret", "35600000000048", "35600000000048"},
                            {"siret", "35600000001000", "35600000001000"},  // La Poste: not Luhn, digits add up to 15
                            {"finess", "750 712 184", "750712184"},
                            {"finess", "2a0000014", "2A0000014"},
                            {"rnsr", "199812845 w", "199812845W"},
                            {"nct", "nct01234567", "NCT01234567"},
                            {"nct", "https://clinicaltrials.gov/study/NCT01234567?term=x", "NCT01234567"},
                            {"nct", "https://clinicaltrials.gov/ct2/show/NCT01234567", "NCT01234567"},
                            {"wikidata", "http://www.wikidata.org/entity/Q42", "Q42"},
                            {"wikidata", "q42", "Q42"},
                            {"fundref", "501100001665", "501100001665"},
                            {"fundref", "https://doi.org/10.13039/501100001665", "501100001665"},
                            {"issn", "03785955", "0378-5955"},
                            {"issn", "ISSN 2434-561x", "2434-561X"},
                            {"isbn", "978-3-16-148410-0", "9783161484100"},
                            {"isbn", "3-16-148410-X", "9783161484100"},
                            {"arxiv", "arXiv:2101.12345v2", "2101.12345"},
                            {"arxiv", "https://arxiv.org/abs/math.GT/0309136", "math.gt/0309136"},
                            {"euct", "2022-500014-26-00", "2022-500014-26"},
                            {"euct", "2022-500014-26", "2022-500014-26"},
                            {"eudract", "EudraCT 2004-000446-20", "2004-000446-20"},
                            {"email", " Camille.Exemple@Exemple.FR ", "camille.exemple@exemple.fr"},
                            {"email", "mailto:a@b.example", "a@b.example"},
                            {"label", "UMR_S 1138", "UMR S 1138"},
                            {"label", "UMRS 543", "UMR S 543"},
                            {"label", "UMR-S543", "UMR S 543"},
                            {"label", "UMR7104", "UMR 7104"},
                            {"label", "UMR CNRS 7104", "UMR 7104"},
                            {"label", "UMR n° 7104", "UMR 7104"},
                            {"label", "Inserm U1068", "U 1068"},
                            {"label", "u 1068", "U 1068"},
                            {"label", "ERL 3649", "ERL 3649"},
                            {"label", "UPRES EA 04340", "EA 4340"},
                            {"label", "CIC-P 1421", "CIC P 1421"},
                            {"rrid", "RRID:SCR_012345", "SCR_012345"},
                            {"rrid", "scr_012345", "SCR_012345"},
                            {"rrid", "RRID: IMSR_JAX:000664", "IMSR_JAX:000664"},
                            {"pidinst", "https://doi.org/10.5442/NI000001", "10.5442/ni000001"},
                            {"grid", "https://www.grid.ac/institutes/grid.5842.B", "grid.5842.b"},
                            {"geonames", "2988507", "2988507"},
                            {"halstructure", "struct-1234", "1234"},
                            {"patent", "EP 1 234 567 B1", "EP1234567B1"},
                            {"patent", "WO 2019/123456", "WO2019123456"},
                            {"nlm", "0410462", "0410462"},
                            {"local", "  curie/EQ  12 ", "curie/EQ 12"},
                            {"miabis", "bbmri-eric:ID:FR_EX:1", "bbmri-eric:ID:FR_EX:1"},
                            {"never_heard_of", " A  b ", "A b"}};

TEST(Identifiers, AreNormalised) {
  for (const Case& c : k_right) {
    const Result<std::string> result = normalise_identifier(c.scheme, c.given);
    ASSERT_TRUE(result.has_value()) << c.scheme << " " << c.given << ": " << result.error().message();
    EXPECT_EQ(*result, c.wanted) << c.scheme << " " << c.given;
    EXPECT_EQ(normalise_identifier(c.scheme, *result).value_or("?"), *result) << "not a fixed point";
  }
}

TEST(Identifiers, OfTheWrongFormAreRefused) {
  const std::pair<std::string_view, std::string_view> cases[] = {{"orcid", "0000-0002-1825-009"},
                                                                 {"orcid", "Camille Exemple"},
                                                                 {"orcid", ""},
                                                                 {"isni", "12345"},
                                                                 {"ror", "13cjyk83"},
                                                                 {"ror", "0l3cjyk83"},
                                                                 {"ror", "https://grid.ac/x"},
                                                                 {"doi", "10.1000"},
                                                                 {"doi", "10.1000/"},
                                                                 {"doi", "11.1000/x"},
                                                                 {"doi", "10.1000/x y"},
                                                                 {"doi", "10.12/x"},
                                                                 {"doi", "doi:"},
                                                                 {"pmid", "0"},
                                                                 {"pmid", "PMC123"},
                                                                 {"pmid", "1234567890"},
                                                                 {"pmid", "12a"},
                                                                 {"pmc", "PMC"},
                                                                 {"hal", "hal-12"},
                                                                 {"hal", "-01234567"},
                                                                 {"siren", "12345678"},
                                                                 {"siret", "7328293200007"},
                                                                 {"finess", "75071218"},
                                                                 {"rnsr", "199812845"},
                                                                 {"nct", "NCT123"},
                                                                 {"nct", "ISRCTN12345678"},
                                                                 {"wikidata", "42"},
                                                                 {"fundref", "abc"},
                                                                 {"issn", "0378-595"},
                                                                 {"isbn", "123"},
                                                                 {"arxiv", "2101"},
                                                                 {"euct", "2004-000446-20"},
                                                                 {"eudract", "2022-500014-26"},
                                                                 {"email", "camille"},
                                                                 {"email", "a@b"},
                                                                 {"email", "a b@c.fr"},
                                                                 {"email", "a@b@c.fr"},
                                                                 {"email", "@c.fr"},
                                                                 {"email", "a@.fr"},
                                                                 {"label", "UMR"},
                                                                 {"label", "7104"},
                                                                 {"label", "UMR 8104 / U 1016"},
                                                                 {"label", "UMR 0"},
                                                                 {"rrid", "012345"},
                                                                 {"grid", "grid.b"},
                                                                 {"patent", "EP"},
                                                                 {"geonames", "Paris"},
                                                                 {"local", "  "}};
  for (const auto& [scheme, text] : cases) {
    const Result<std::string> result = normalise_identifier(scheme, text);
    ASSERT_FALSE(result.has_value()) << scheme << " " << text << " → " << *result;
    EXPECT_TRUE(result.error().is(errors::identifier_form)) << scheme << " " << text;
    EXPECT_EQ(result.error().args().at(0), scheme);
  }
}

TEST(Identifiers, WithAWrongCheckDigitAreRefusedAsSuch) {
  const std::pair<std::string_view, std::string_view> cases[] = {{"orcid", "0000-0002-1825-0098"},
                                                                 {"orcid", "0000-0002-1825-009X"},
                                                                 {"isni", "0000000121032684"},
                                                                 {"ror", "013cjyk84"},
                                                                 {"siren", "732829321"},
                                                                 {"siret", "73282932000075"},
                                                                 {"siret", "35600000001001"},
                                                                 {"issn", "0378-5954"},
                                                                 {"idref", "026927609"},
                                                                 {"isbn", "9783161484101"},
                                                                 {"isbn", "3161484101"}};
  for (const auto& [scheme, text] : cases) {
    const Result<std::string> result = normalise_identifier(scheme, text);
    ASSERT_FALSE(result.has_value()) << scheme << " " << text;
    EXPECT_TRUE(result.error().is(errors::identifier_check_digit)) << scheme << " " << text;
    EXPECT_EQ(result.error().args().at(1), text);
  }
}

TEST(Identifiers, ErrorsQuoteAtMostALineOfTheValue) {
  std::string text = "x";
  while (text.size() < 5000) {
    text += "é";
  }
  const Result<std::string> result = normalise_identifier("pmid", text);
  ASSERT_FALSE(result.has_value());
  EXPECT_LE(result.error().args().at(1).size(), 84U);
  EXPECT_TRUE(is_valid_utf8(result.error().args().at(1)));
}

TEST(Identifiers, AReferenceIsSchemeAndValue) { EXPECT_EQ(reference("ror", "013cjyk83"), "ror:013cjyk83"); }

// A change of one digit is always seen by the check of 11-2 and by Luhn.
RC_GTEST_PROP(CheckDigits, SeeEveryChangedDigit, (uint64_t seed)) {
  std::string digits = std::to_string(seed % 1000000000000000u);
  digits.insert(0, 15 - digits.size(), '0');
  for (const char last : std::string_view("0123456789X")) {
    std::string whole = digits + last;
    if (!check_mod_11_2(whole)) {
      continue;
    }
    const auto at = *rc::gen::inRange<size_t>(0, 15);
    whole[at] = static_cast<char>('0' + (whole[at] - '0' + *rc::gen::inRange(1, 10)) % 10);
    RC_ASSERT(!check_mod_11_2(whole));
  }
  for (char last = '0'; last <= '9'; ++last) {
    std::string whole = digits.substr(0, 8) + last;
    if (!check_luhn(whole)) {
      continue;
    }
    const auto at = *rc::gen::inRange<size_t>(0, 9);
    whole[at] = static_cast<char>('0' + (whole[at] - '0' + *rc::gen::inRange(1, 10)) % 10);
    RC_ASSERT(!check_luhn(whole));
  }
}

// What is normal stays as it is, whatever came in; and whatever came in, nothing breaks.
RC_GTEST_PROP(IdentifierProperty, NormalFormIsAFixedPoint, ()) {
  const Case c = *rc::gen::elementOf(std::vector<Case>(std::begin(k_right), std::end(k_right)));
  std::string text(c.given);
  const int changes = *rc::gen::inRange(0, 4);
  for (int i = 0; i < changes && !text.empty(); ++i) {
    const auto at = *rc::gen::inRange<size_t>(0, text.size());
    const std::string piece = *rc::gen::element<std::string>("0", "9", "x", " ", "-", "/", ":", ".", "v2", "\u00A0",
                                                             "é", "doi", "10.", "https://", "%2F", "\xFF", "_");
    *rc::gen::arbitrary<bool>() ? text.replace(at, 1, piece) : text.insert(at, piece);
  }
  const Result<std::string> once = normalise_identifier(c.scheme, text);
  if (once) {
    RC_ASSERT(!once->empty());
    RC_ASSERT(squeeze(*once) == *once);
    const Result<std::string> twice = normalise_identifier(c.scheme, *once);
    RC_ASSERT(twice.has_value());
    RC_ASSERT(*twice == *once);
  }
}

TEST(Identifiers, WhatIsWrongIsSaidInWords) {
  const auto email = normalise_identifier("email", "imagerie");
  ASSERT_FALSE(email);
  EXPECT_EQ(email.error().message(), "“imagerie” is not an e-mail address");
  EXPECT_EQ(email.error().message(Language::french), "«\u00A0imagerie\u00A0» n’est pas une adresse électronique");
  const auto orcid = normalise_identifier("orcid", "0000-0002-1825-0098");
  ASSERT_FALSE(orcid);
  EXPECT_EQ(orcid.error().message(Language::french),
            "«\u00A00000-0002-1825-0098\u00A0» n’est pas un ORCID\u00A0: sa clé de contrôle est fausse");
}

}  // namespace
}  // namespace pitchblende::registry

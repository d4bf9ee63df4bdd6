#include "registry/record.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.hpp"

namespace pitchblende::registry {
namespace {

Record publication() {
  Record record;
  record.kind = Kind::publication;
  record.key = "1";
  record.add(field(Kind::publication, "title"), "Une “étude” \\ avec\tdes\nsignes", "fr");
  record.add(field(Kind::publication, "authors"), "Camille Exemple")
      .with(Attribute::family, "Exemple")
      .with(Attribute::affiliation, "Institut A")
      .with(Attribute::affiliation, "Institut B");
  record.add(field(Kind::publication, "pmid"), "1");
  return record;
}

TEST(RecordCodec, StandsInOneForm) {
  EXPECT_EQ(
      encode(publication()),
      R"({"authors":[{"v":"Camille Exemple","a":{"family":"Exemple","affiliation":["Institut A","Institut B"]}}],)"
      R"("pmid":["1"],"title":[{"v":"Une “étude” \\ avec\tdes\nsignes","l":"fr"}]})");
}

TEST(RecordCodec, ReadsBackWhatItWrote) {
  const Record record = publication();
  const auto read = decode(record.kind, record.key, encode(record));
  ASSERT_TRUE(read);
  EXPECT_EQ(encode(*read), encode(record));
  EXPECT_EQ(read->text(field(Kind::publication, "title")), "Une “étude” \\ avec\tdes\nsignes");
}

TEST(RecordCodec, KeepsFieldsOfAnotherVersion) {
  const std::string payload = R"({"pmid":["1"],"spin":[{"v":"up","a":{"x":["1","2"]}}],"title":["T"]})";
  const auto read = decode(Kind::publication, "1", payload);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->unknown, R"("spin":[{"v":"up","a":{"x":["1","2"]}}])");
  const auto again = decode(Kind::publication, "1", encode(*read));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->unknown, read->unknown);
  EXPECT_EQ(again->text(field(Kind::publication, "title")), "T");
}

TEST(RecordCodec, RefusesWhatIsNoPayload) {
  for (const char* payload : {"", "[]", "{", "{\"title\":[}", "null"}) {
    EXPECT_FALSE(decode(Kind::publication, "1", payload)) << payload;
  }
}

TEST(RecordCodec, EmptyTextAddsNothing) {
  Record record;
  record.kind = Kind::person;
  record.add(field(Kind::person, "family_name"), "").with(Attribute::note, "lost");
  EXPECT_EQ(encode(record), "{}");
}

TEST(RecordCodec, HashSpeaksOfKindKeyAndContent) {
  Record record = publication();
  const std::string payload = encode(record);
  const std::string hash = content_hash(record, payload);
  record.key = "2";
  EXPECT_NE(content_hash(record, payload), hash);
  record.key = "1";
  record.kind = Kind::dataset;
  EXPECT_NE(content_hash(record, payload), hash);
}

RC_GTEST_PROP(RecordCodec, AnyTextSurvives, (const std::vector<std::string>& texts)) {
  Record record;
  record.kind = Kind::person;
  const auto& fields = description(Kind::person).fields;
  for (size_t at = 0; at < texts.size(); ++at) {
    record.add(field(Kind::person, fields[at % fields.size()].name), clean_utf8(texts[at]), at % 3 == 0 ? "fr" : "")
        .with(Attribute::note, clean_utf8(texts[at]))
        .with(at % 2 == 0 ? Attribute::note : Attribute::role, "x");
  }
  const auto read = decode(record.kind, record.key, encode(record));
  RC_ASSERT(read.has_value());
  RC_ASSERT(encode(*read) == encode(record));
}

}  // namespace
}  // namespace pitchblende::registry

// CSV through a mapping that uses every step: no bytes may crash it, and each row is accounted for. The first byte
// chooses the size of the pieces.
#include <cstdlib>

#include "sources/collecting_sink.hpp"
#include "sources/mappings/mapping.hpp"
#include "sources/tables/tabular_reading.hpp"

namespace {

using pitchblende::sources::CollectingSink;

constexpr std::string_view k_mapping = R"(
null = ["vide"]
[columns]
id = { is = ["Code", "Matricule"], do = ["pad:5"] }
name = ["Nom", "Nom complet"]
date = ["Date", "Période"]
amount = ["Montant"]
web = ["Site"]
flag = ["Oui"]
who = { is = ["Responsables"], list = [";", "/", " et ", "\n"] }
role = { is = ["Rôles"], list = [";", "/"] }
label = { is = ["Label"], list = [",", " "] }
[map.role]
"chef" = "leader"
[pattern]
digits = '(\d+)'
[[record]]
kind = "person"
when = { column = "role", is = ["personne"] }
key = ["{id}", "{name|key}"]
join = true
[record.fields]
family_name = "{name|family|name}"
given_names = "{name|given|name}"
positions = { value = ["label:{label}", "name:{who}"], from = "{date|begin}", to = "{date|end}", share = "{amount|number}", head = "{flag}" }
[[record]]
kind = "project"
key = ["{id}", "{name|fold|extract:digits|prefix:P}"]
[record.fields]
title = "{name|upper|lower} {{{who?|honorific}"
from = ["{date}", "{date|begin|date}"]
year = "{date|year}"
amount = "{amount|before:€|or:date|default:0}"
homepage = "{web|after:=|or:web}"
partners = { value = "name:{who}", role = "{role|map:role}" }
leaders = { value = "{who}", family = "{who|family}", role = "{role|only:role}" }
[[record]]
kind = "organisation"
also = true
each = ["who", "role"]
key = "{who|key}"
[record.fields]
names = { value = "{who}", type = "{role}" }
)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  pitchblende::sources::Settings settings;
  settings.institution = "demo";
  settings.largest_record = 1 << 16;
  // Reading the mapping takes longer than most inputs do.
  static const pitchblende::sources::Mapping k_read = pitchblende::sources::read_mapping(k_mapping, "fuzz").value();
  CollectingSink whole;
  CollectingSink pieces;
  const auto read = [&](CollectingSink& sink, size_t piece) {
    return pitchblende::sources::TableReading(k_read, settings, sink, "fuzz", -1, nullptr).read_bytes(text, piece);
  };
  const auto one = read(whole, 1 << 20);
  const auto other = read(pieces, data[0] % 64 + 1);
  const bool same = one.has_value() == other.has_value() && whole.accepted.size() == pieces.accepted.size() &&
                    whole.rejected.size() == pieces.rejected.size() && whole.notices.size() == pieces.notices.size();
  if (!same) {
    std::abort();
  }
  return 0;
}

#include "confirm/workbook/workbook_sheets.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "registry/code_words.hpp"

namespace pitchblende::confirm {

namespace {

using registry::Card;
using registry::FieldId;
using registry::FieldType;
using registry::Kind;

constexpr size_t k_most_choices = 500;

std::string both(std::string_view french, std::string_view english) {
  return french == english ? std::string(french) : std::string(french) + " – " + std::string(english);
}

std::string title_of(const Column& column) {
  const registry::FieldDescription& field = registry::description(column.field);
  std::string out = both(field.french, field.english);
  if (field.type == FieldType::localized) {
    out += column.lang.empty() ? " (–)" : " (" + column.lang + ")";
  }
  return out;
}

std::string listed(registry::FieldId field, Language language) {
  std::string out;
  for (const std::string_view code : registry::listed_codes(field)) {
    out += (out.empty() ? "" : ", ") + registry::word_of(field, code, language);
  }
  return out;
}

// What may stand in a column, in French, then in English.
std::string note_of(const Column& column) {
  const registry::FieldDescription& field = registry::description(column.field);
  std::string french = std::string(field.french) + ". ";
  std::string english = std::string(field.english) + ". ";
  switch (field.type) {
    case FieldType::date:
      french += "Une date : 2019, 2019-04 ou 2019-04-30. ";
      english += "A date: 2019, 2019-04 or 2019-04-30. ";
      break;
    case FieldType::number:
      french += "Un nombre. ";
      english += "A number. ";
      break;
    case FieldType::url:
      french += "Une adresse web, https://… ";
      english += "A web address, https://… ";
      break;
    case FieldType::link:
      french += "Le nom d’une fiche, ou l’adresse de sa page. ";
      english += "The name of a card, or its page’s address. ";
      break;
    default:
      break;
  }
  if (!registry::listed_codes(column.field).empty()) {
    french += "L’un de : " + listed(column.field, Language::french) + ". ";
    english += "One of: " + listed(column.field, Language::english) + ". ";
  }
  if (!takes_one(column)) {
    french += "Plusieurs valeurs : une par ligne (Alt+Entrée).";
    english += "Several values: one a line (Alt+Enter).";
  }
  return french + "\n\n" + english;
}

std::string sheet_name(registry::Kind kind) {
  switch (kind) {
    case registry::Kind::person:
      return "Personnes – People";
    case registry::Kind::team:
      return "Équipes – Teams";
    case registry::Kind::platform:
      return "Plateformes – Platforms";
    default:
      return "Équipements – Equipment";
  }
}

std::string sheet_name(FieldId field) {
  const std::string_view name = registry::description(field).name;
  return name == "positions"     ? "Fonctions – Positions"
         : name == "memberships" ? "Groupes – Memberships"
         : name == "leaders"     ? "Directions – Leaders"
                                 : "Tutelles – Parents";
}

// What cells of a column say already, the most frequent first when there are too many.
std::vector<std::string> said_choices(const SheetOut& sheet, size_t column) {
  std::map<std::string, int> count;
  for (const SheetOut::Row& row : sheet.rows) {
    std::string_view cell = row.cells[column];
    while (!cell.empty()) {
      const size_t end = std::min(cell.find('\n'), cell.size());
      ++count[std::string(cell.substr(0, end))];
      cell.remove_prefix(std::min(end + 1, cell.size()));
    }
  }
  std::vector<std::pair<int, std::string>> ranked;
  for (const auto& [text, times] : count) {
    ranked.emplace_back(-times, text);
  }
  std::sort(ranked.begin(), ranked.end());
  ranked.resize(std::min(ranked.size(), k_most_choices));
  std::vector<std::string> out;
  for (auto& [times, text] : ranked) {
    out.push_back(std::move(text));
  }
  std::sort(out.begin(), out.end());
  return out;
}

// What a column offers: the words of a closed list, else what its cells say already.
std::vector<std::string> choices_for(const SheetOut& sheet, size_t at, const Column& column, Language language) {
  const registry::FieldDescription& field = registry::description(column.field);
  std::vector<std::string> out;
  for (const std::string_view code : registry::listed_codes(column.field)) {
    out.push_back(registry::word_of(column.field, code, language));
  }
  return !out.empty() || (!field.facet && field.type != FieldType::link) ? out : said_choices(sheet, at);
}

std::vector<std::string> words_of(std::span<const std::string_view> codes, Language language) {
  std::vector<std::string> out;
  for (const std::string_view code : codes) {
    out.push_back(registry::code_word(code, language));
  }
  return out;
}

std::string note_of(std::span<const std::string_view> codes, Language language) {
  std::string out;
  for (const std::string& word : words_of(codes, language)) {
    out += (out.empty() ? "" : ", ") + word;
  }
  return out;
}

ColumnOut list_column(std::string_view place, std::string title, std::span<const std::string_view> codes,
                      Language language) {
  ColumnOut out{std::string(place), std::move(title), {}, words_of(codes, language), true};
  out.note =
      "L’un de : " + note_of(codes, Language::french) + ".\n\nOne of: " + note_of(codes, Language::english) + ".";
  return out;
}

ColumnOut date_column(std::string_view place, std::string title) {
  ColumnOut out{std::string(place), std::move(title), {}, {}};
  out.note = "Une date : 2019, 2019-04 ou 2019-04-30.\n\nA date: 2019, 2019-04 or 2019-04-30.";
  out.is_dated = true;
  return out;
}

// A sheet of links without its rows.
SheetOut links_sheet(const Tenured& field, Language language) {
  const Kind kind = registry::kind_of(field.field);
  const registry::FieldDescription& described = registry::description(field.field);
  SheetOut out{sheet_name(field.field), links_place(field.field), {}, {}};
  out.columns.push_back({std::string(links::k_mark), "–", {}, {}, false, true});
  out.columns.push_back(
      {std::string(links::k_who),
       both(registry::description(kind).french, registry::description(kind).english),
       "De qui, de quoi : le nom d’une fiche de ce classeur. Il compte pour une ligne nouvelle.\n\nWhose: "
       "the name of a card of this workbook. It counts for a new row.",
       {}});
  out.columns.push_back(
      {std::string(links::k_parts[0]),
       both(described.french, described.english),
       "Le nom d’une fiche, ou l’adresse de sa page. Vidé : la ligne est retirée.\n\nThe name of a card, "
       "or its page’s address. Emptied: the row is taken away.",
       {}});
  if (!field.roles.empty()) {
    out.columns.push_back(list_column(links::k_parts[1], "Rôle – Role", field.roles, language));
  }
  if (!field.kinds.empty()) {
    out.columns.push_back(list_column(links::k_parts[2], "Type de poste – Kind of position", field.kinds, language));
  }
  if (field.has_title) {
    out.columns.push_back({std::string(links::k_parts[3]),
                           "Intitulé – Job title",
                           "Comme l’établissement l’appelle.\n\nAs the institution calls it.",
                           {}});
  }
  out.columns.push_back(date_column(links::k_parts[4], "Depuis – From"));
  out.columns.push_back(date_column(links::k_parts[5], "Jusqu’au – Until"));
  out.columns.push_back(
      {std::string(links::k_never),
       "Jamais – Never so",
       "Une croix : cela n’a jamais été le cas. Un départ est une date de fin.\n\nA cross: this was never "
       "so. Who left gets a last day.",
       {"x"}});
  return out;
}

// What is kept of a link, part for part.
std::vector<Said> said_of(const Held& held, Language language) {
  const auto word = [&](const std::string& code) { return code.empty() ? code : registry::code_word(code, language); };
  const Tenure& tenure = held.tenure;
  return {{squeeze(held.called), held.ref, held.mark},
          {word(tenure.role), tenure.role, {}},
          {word(tenure.kind), tenure.kind, {}},
          {squeeze(tenure.title), tenure.title, {}},
          {tenure.from, tenure.from, {}},
          {tenure.to, tenure.to, {}}};
}

void add_links(SheetOut& sheet, FieldId field, const Card& card, const Called& called, Language language,
               std::vector<rows::CellRow>& all) {
  for (const Held& held : held_in(card, field, called)) {
    const std::vector<Said> said = said_of(held, language);
    all.push_back({card.id, kept_place(field, held.mark), encode(said)});
    SheetOut::Row row{card.id, {}};
    for (const ColumnOut& column : sheet.columns) {
      const auto part = std::find(links::k_parts.begin(), links::k_parts.end(), column.place);
      row.cells.push_back(part != links::k_parts.end() ? said[static_cast<size_t>(part - links::k_parts.begin())].shown
                          : column.place == links::k_mark ? held.mark
                          : column.place == links::k_who  ? squeeze(card.label)
                                                          : std::string());
    }
    sheet.rows.push_back(std::move(row));
  }
}

}  // namespace

std::string id_place(Kind kind) { return "id:" + std::string(registry::name(kind)); }

std::string links_place(FieldId field) {
  return "links:" + std::string(registry::name(registry::kind_of(field))) + "." +
         std::string(registry::description(field).name);
}

std::optional<Tenured> links_at(std::string_view place) {
  const size_t dot = place.find('.');
  if (!place.starts_with("links:") || dot == std::string_view::npos) {
    return std::nullopt;
  }
  const auto kind = registry::kind(place.substr(6, dot - 6));
  const auto field = kind ? registry::find_field(*kind, place.substr(dot + 1)) : std::nullopt;
  return field ? tenured(*field) : std::nullopt;
}

std::string kept_place(FieldId field, std::string_view mark) {
  return std::string(registry::description(field).name) + "#" + std::string(mark);
}

// A card's references are as its sources wrote them, those of links are compared in another form.
Result<Called> called_by(const registry::Registry& registry, const Card& card, const access::Viewer& viewer) {
  TRY_ASSIGN(const auto links, registry.links_from(card.id, viewer));
  Called by_link;
  for (const registry::Link& link : links) {
    by_link.emplace(link.ref, link.to_label);
  }
  Called out;
  for (const registry::CardField& field : card.fields) {
    if (registry::description(field.field).type != FieldType::link) {
      continue;
    }
    for (const registry::CardValue& value : field.values) {
      const auto name = by_link.find(registry::link_key(value.value.text));
      if (name != by_link.end()) {
        out.emplace(value.value.text, name->second);
      }
    }
  }
  return out;
}

Result<std::vector<SheetOut>> sheets_of(const registry::Registry& registry, Kind kind, const std::vector<Card>& cards,
                                        const access::Viewer& viewer, Language language,
                                        std::vector<rows::CellRow>& all) {
  const std::vector<Column> columns = columns_for(kind, cards);
  const std::vector<Tenured> fields = tenured_fields(kind);
  std::vector<SheetOut> out{{sheet_name(kind), id_place(kind), {}, {}}};
  for (const Column& column : columns) {
    const bool closed = takes_one(column) && !registry::description(column.field).codes.empty();
    out[0].columns.push_back({column.place(), title_of(column), note_of(column), {}, closed});
  }
  for (const Tenured& field : fields) {
    out.push_back(links_sheet(field, language));
  }
  for (const Card& card : cards) {
    TRY_ASSIGN(const Called called, called_by(registry, card, viewer));
    SheetOut::Row row{card.id, {}};
    for (const Column& column : columns) {
      const std::vector<Said> said = said_in(card, column, called, language);
      row.cells.push_back(cell_text(said));
      if (!said.empty()) {
        all.push_back({card.id, column.place(), encode(said)});
      }
    }
    out[0].rows.push_back(std::move(row));
    for (size_t at = 0; at < fields.size(); ++at) {
      add_links(out[at + 1], fields[at].field, card, called, language, all);
    }
  }
  for (size_t at = 0; at < columns.size(); ++at) {
    out[0].columns[at].choices = choices_for(out[0], at, columns[at], language);
  }
  for (size_t at = 1; at < out.size(); ++at) {
    out[at].columns[2].choices = said_choices(out[at], 2);
  }
  return out;
}

}  // namespace pitchblende::confirm

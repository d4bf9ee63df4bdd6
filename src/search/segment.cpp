#include "search/segment.hpp"

#include <algorithm>
#include <numeric>

#include "search/errors.hpp"

namespace pitchblende::search {

namespace {

constexpr std::array<char, 8> k_magic = {'P', 'B', 'S', 'E', 'G', 'M', 'T', '\n'};
constexpr size_t k_alignment = 64;
static_assert(sizeof(Id) == sizeof(uint64_t) && std::is_trivially_copyable_v<Id>, "owners are stored as their bits");

std::string_view header_bytes(const Header& header) {
  return {reinterpret_cast<const char*>(&header), sizeof(Header) - sizeof(header.check)};
}

bool is_laid_out(const Header& header, size_t size) {
  return header.size == size && std::all_of(header.parts.begin(), header.parts.end(), [&](const Header::Part& part) {
           return part.begin % k_alignment == 0 && part.begin <= size && part.size <= size - part.begin;
         });
}

}  // namespace

Segment::Segment(std::shared_ptr<const Blob> blob, uint64_t file_number)
    : m_blob(std::move(blob)),
      m_file_number(file_number),
      m_sound((documents() + 63) / 64),
      m_ids(array<uint64_t>(Section::ids)),
      m_term_starts(array<uint32_t>(Section::term_starts)),
      m_term_bytes(section(Section::term_bytes)),
      m_facet_starts(array<uint32_t>(Section::facet_starts)),
      m_facets(array<uint32_t>(Section::facets)),
      m_facet_lines(array<FacetLine>(Section::facet_lines)),
      m_hidden_facet_starts(array<uint32_t>(Section::hidden_facet_starts)),
      m_hidden_facets(array<uint32_t>(Section::hidden_facets)) {}

std::shared_ptr<const Segment> Segment::trust(std::shared_ptr<const Blob> blob, uint64_t file_number) {
  return std::shared_ptr<const Segment>(new Segment(std::move(blob), file_number));
}

Result<std::shared_ptr<const Segment>> Segment::open(std::shared_ptr<const Blob> blob, const std::string& name,
                                                     uint64_t file_number) {
  const std::string_view bytes = blob->bytes();
  if (bytes.size() < sizeof(Header)) {
    return fail(errors::damaged, name, "truncated");
  }
  const Header& header = *reinterpret_cast<const Header*>(bytes.data());
  if (header.magic != k_magic) {
    return fail(errors::damaged, name, "not a segment");
  }
  if (header.version != k_version) {
    return fail(errors::version, name, std::to_string(header.version));
  }
  if (checksum(header_bytes(header)) != header.check || !is_laid_out(header, bytes.size())) {
    return fail(errors::damaged, name, "header");
  }
  for (size_t i = 0; i < static_cast<size_t>(Section::texts); ++i) {
    const Header::Part& part = header.parts[i];
    if (checksum(bytes.substr(part.begin, part.size)) != part.check) {
      return fail(errors::damaged, name, "section " + std::to_string(i));
    }
  }
  return trust(std::move(blob), file_number);
}

std::string Segment::check() const {
  if (checksum(header_bytes(header())) != header().check) {
    return "header";
  }
  for (size_t i = 0; i < k_sections; ++i) {
    if (checksum(section(static_cast<Section>(i))) != header().parts[i].check) {
      return "section " + std::to_string(i);
    }
  }
  return {};
}

std::span<const Id> Segment::owners(uint32_t doc) const {
  const auto starts = array<uint32_t>(Section::owner_starts);
  return array<Id>(Section::owners).subspan(starts[doc], starts[doc + 1] - starts[doc]);
}

std::optional<uint32_t> Segment::find(Id id) const {
  const auto at = std::lower_bound(m_ids.begin(), m_ids.end(), id.bits());
  if (at == m_ids.end() || *at != id.bits()) {
    return std::nullopt;
  }
  return static_cast<uint32_t>(at - m_ids.begin());
}

std::optional<uint32_t> Segment::find_term(std::string_view wanted) const {
  uint32_t low = 0;
  uint32_t high = terms();
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const int order = term(middle).compare(wanted);
    if (order == 0) {
      return middle;
    }
    (order < 0 ? low : high) = order < 0 ? middle + 1 : middle;
  }
  return std::nullopt;
}

uint32_t Segment::first_term_from(std::string_view wanted) const {
  uint32_t low = 0;
  uint32_t high = terms();
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (term(middle).compare(wanted) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

Postings Segment::postings(uint32_t term) const {
  const auto starts = array<uint32_t>(Section::posting_starts);
  const size_t begin = starts[term];
  const size_t size = starts[term + 1] - begin;
  return {array<uint32_t>(Section::posting_docs).subspan(begin, size),
          array<uint8_t>(Section::posting_weights).subspan(begin, size)};
}

HiddenPostings Segment::hidden_postings(uint32_t term) const {
  const auto starts = array<uint32_t>(Section::hidden_starts);
  const size_t begin = starts[term];
  const size_t size = starts[term + 1] - begin;
  return {array<uint32_t>(Section::hidden_docs).subspan(begin, size),
          array<uint8_t>(Section::hidden_weights).subspan(begin, size),
          array<uint8_t>(Section::hidden_levels).subspan(begin, size)};
}

std::string_view Segment::value(uint32_t number) const {
  const auto starts = array<uint32_t>(Section::value_starts);
  return section(Section::value_bytes).substr(starts[number], starts[number + 1] - starts[number]);
}

std::optional<uint32_t> Segment::find_value(Facet facet, std::string_view wanted) const {
  uint32_t low = 0;
  uint32_t high = values();
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const Facet here = value_facet(middle);
    const int order = here != facet ? (here < facet ? -1 : 1) : value(middle).compare(wanted);
    if (order == 0) {
      return middle;
    }
    (order < 0 ? low : high) = order < 0 ? middle + 1 : middle;
  }
  return std::nullopt;
}

std::string_view Segment::raw_texts(uint32_t doc) const {
  const auto starts = array<uint64_t>(Section::text_starts);
  return section(Section::texts).substr(starts[doc], starts[doc + 1] - starts[doc]);
}

std::string_view Segment::sound_texts(uint32_t doc) const {
  const std::string_view bytes = raw_texts(doc);
  std::atomic<uint64_t>& known = m_sound[doc / 64];
  const uint64_t own = uint64_t{1} << (doc % 64);
  if ((known.load(std::memory_order_relaxed) & own) != 0) {
    return bytes;
  }
  if (static_cast<uint32_t>(checksum(bytes)) != array<uint32_t>(Section::text_checks)[doc]) {
    return {};
  }
  known.fetch_or(own, std::memory_order_relaxed);
  return bytes;
}

std::vector<FacetLine> facet_lines(std::span<const uint32_t> starts, std::span<const uint32_t> facets) {
  std::vector<FacetLine> lines(starts.size() - 1);
  for (size_t doc = 0; doc < lines.size(); ++doc) {
    FacetLine& line = lines[doc];
    const auto values = facets.subspan(starts[doc], starts[doc + 1] - starts[doc]);
    // Numbers ascend: the last one is the largest.
    if (values.size() > line.values.size() || (!values.empty() && values.back() > 0xFFFF)) {
      line.size = FacetLine::k_elsewhere;
      continue;
    }
    line.size = static_cast<uint16_t>(values.size());
    std::transform(values.begin(), values.end(), line.values.begin(),
                   [](uint32_t value) { return static_cast<uint16_t>(value); });
  }
  return lines;
}

DocsOfValues::DocsOfValues(std::span<const uint32_t> facet_starts, std::span<const uint32_t> facets, size_t values)
    : starts(values + 1), docs(facets.size()) {
  for (const uint32_t value : facets) {
    ++starts[(value & k_value_mask) + 1];
  }
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  std::vector<uint32_t> next(starts.begin(), starts.end() - 1);
  for (uint32_t doc = 0; doc + 1 < facet_starts.size(); ++doc) {
    for (uint32_t at = facet_starts[doc]; at < facet_starts[doc + 1]; ++at) {
      docs[next[facets[at] & k_value_mask]++] = doc;
    }
  }
}

uint32_t field_code(std::string_view field) {
  if (field.empty()) {
    return 0;
  }
  uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : field) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  return hash | 1U;
}

void append_sized(std::string& out, std::string_view text) {
  const auto size = static_cast<uint32_t>(text.size());
  out.append(reinterpret_cast<const char*>(&size), sizeof size);
  out.append(text);
}

void append_text(std::string& out, const StoredText& text) {
  out += static_cast<char>(text.weight);
  out += static_cast<char>(text.visibility);
  out += static_cast<char>(text.language);
  out.append(reinterpret_cast<const char*>(&text.field), sizeof text.field);
  append_sized(out, text.text);
}

std::string_view TextReader::take_sized() {
  uint32_t size = 0;
  if (m_left.size() < sizeof size) {
    m_left = {};
    return {};
  }
  std::memcpy(&size, m_left.data(), sizeof size);
  m_left.remove_prefix(sizeof size);
  const std::string_view taken = m_left.substr(0, size);
  m_left.remove_prefix(taken.size());
  return taken;
}

bool TextReader::next(StoredText& text) {
  if (m_left.size() < 3 + sizeof text.field) {
    return false;
  }
  text.weight = static_cast<uint8_t>(m_left[0]);
  text.visibility = static_cast<access::Visibility>(m_left[1]);
  text.language = static_cast<StemLanguage>(m_left[2]);
  std::memcpy(&text.field, m_left.data() + 3, sizeof text.field);
  m_left.remove_prefix(3 + sizeof text.field);
  text.text = take_sized();
  return true;
}

std::shared_ptr<const Segment> SegmentImage::finish(uint32_t documents) const {
  Header header;
  header.magic = k_magic;
  header.version = k_version;
  header.documents = documents;
  size_t end = sizeof(Header);
  for (size_t i = 0; i < k_sections; ++i) {
    end = (end + k_alignment - 1) / k_alignment * k_alignment;
    header.parts[i].begin = end;
    for (const std::string_view piece : m_parts[i]) {
      end += piece.size();
    }
    header.parts[i].size = end - header.parts[i].begin;
  }
  header.size = end;
  const std::shared_ptr<Blob> blob = Blob::allocate(end);
  for (size_t i = 0; i < k_sections; ++i) {
    char* at = blob->data() + header.parts[i].begin;
    for (const std::string_view piece : m_parts[i]) {
      piece.copy(at, piece.size());
      at += piece.size();
    }
    header.parts[i].check = checksum(blob->bytes().substr(header.parts[i].begin, header.parts[i].size));
  }
  header.check = checksum(header_bytes(header));
  std::memcpy(blob->data(), &header, sizeof header);
  return Segment::trust(blob, 0);
}

}  // namespace pitchblende::search

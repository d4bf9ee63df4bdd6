// The index: what its one writer does. Readers take a snapshot and go their way (finder.cpp).
#include <malloc.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <future>
#include <mutex>
#include <system_error>
#include <unordered_map>

#include "search/checkpoint.hpp"
#include "search/errors.hpp"
#include "search/experts/experts.hpp"
#include "search/finder.hpp"
#include "search/segment_builder.hpp"
#include "search/vocabulary/concepts_of_index.hpp"
#include "search/vocabulary/suggestions.hpp"

namespace pitchblende::search {

namespace {

constexpr size_t k_flush = size_t{28} << 20;              // bytes of documents that wait before they become a segment
constexpr char k_between_titles = '\x1F';                 // no name has it
constexpr size_t k_fan = 12;                              // so many segments of one tier become one of the next
constexpr uint32_t k_smallest_tier = 512;                 // documents
constexpr uint64_t k_largest_merge = uint64_t{16} << 30;  // bytes: numbers in a segment have 32 bits

uint32_t tier(uint32_t documents) {
  return documents <= k_smallest_tier
             ? 0
             : (static_cast<uint32_t>(std::bit_width((documents - 1) / k_smallest_tier)) + 2) / 3;
}

size_t bytes_of(const Document& document) {
  size_t size = sizeof(Document) + document.title.size() + document.note.size() + document.sort_text.size() +
                document.owners.size() * sizeof(Id);
  for (const TextField& text : document.texts) {
    size += sizeof(TextField) + text.text.size();
  }
  for (const FacetValue& value : document.facets) {
    size += sizeof(FacetValue) + value.value.size();
  }
  return size;
}

class MemoryIndex final : public Index {
 public:
  explicit MemoryIndex(std::string folder) : m_folder(std::move(folder)) { publish(); }
  MemoryIndex(std::string folder, Checkpoint&& checkpoint)
      : m_folder(std::move(folder)), m_next_file(checkpoint.next_file), m_position(checkpoint.position) {
    for (Checkpoint::Entry& entry : checkpoint.entries) {
      m_segments.push_back({make_live(std::move(entry.segment), std::move(entry.dead), *m_values), nullptr});
    }
    const auto largest = std::max_element(
        m_segments.begin(), m_segments.end(),
        [](const Writable& a, const Writable& b) { return a.live.segment->documents() < b.live.segment->documents(); });
    if (largest != m_segments.end()) {
      m_builder.list_pairs_as(*largest->live.segment);
    }
    publish();
  }

  void put(Document&& document) override {
    const uint64_t id = document.id.bits();
    m_removed.erase(id);
    m_waiting_bytes += bytes_of(document);
    if (const auto at = m_waiting_at.find(id); at != m_waiting_at.end()) {
      m_waiting[at->second] = std::move(document);
    } else {
      m_waiting_at.emplace(id, m_waiting.size());
      m_waiting.push_back(std::move(document));
    }
    if (m_waiting_bytes >= k_flush) {
      flush();
    }
  }

  void remove(Id id) override {
    if (const auto at = m_waiting_at.find(id.bits()); at != m_waiting_at.end()) {
      const size_t place = at->second;
      m_waiting_at.erase(at);
      if (place + 1 != m_waiting.size()) {
        m_waiting[place] = std::move(m_waiting.back());
        m_waiting_at[m_waiting[place].id.bits()] = place;
      }
      m_waiting.pop_back();
    }
    m_removed.emplace(id.bits(), true);
  }

  void commit() override {
    flush();
    take_built();
    tidy();
    if (m_changed) {
      publish();
    }
  }

  void purge() override {
    commit();
    for (Writable& writable : m_segments) {
      if (writable.live.dead_count > 0) {
        const MergeSource source{writable.live.segment, writable.live.dead};
        writable = {make_live(merge({&source, 1}), nullptr, *m_values), nullptr};
        m_changed = true;
      }
    }
    commit();
  }

  Result<void> checkpoint(int64_t position) override;
  int64_t position() const override { return m_position; }
  Answer search(const Query& query, const access::Viewer& viewer) const override {
    return find(*snapshot(), query, viewer);
  }
  List list(const Query& query, const access::Viewer& viewer) const override {
    return list_all(*snapshot(), query, viewer);
  }
  std::vector<Hit> known(std::span<const Id> ids, const access::Viewer& viewer) const override;
  std::vector<Suggestion> suggest(std::string_view typed, std::string_view language, size_t most) const override {
    return suggestions(*snapshot(), typed, language, most);
  }
  void make_ready(const std::atomic<bool>& stop) const override {
    for (const auto now = snapshot(); const LiveSegment& live : now->segments) {
      live.beginnings->make_ready(*live.segment, stop);
    }
  }
  std::string topic_in(std::string_view topic, Language reader) const override {
    const auto now = snapshot();
    return now->thesaurus == nullptr ? std::string(topic) : now->thesaurus->label_in(topic, reader);
  }
  Experts experts(const ExpertsQuery& query, const access::Viewer& viewer) const override {
    return find_experts(*snapshot(), query, viewer);
  }
  Size size() const override;
  std::vector<std::string> check() const override;

 private:
  // A segment as the writer has it; `dead` is its own until it is published.
  struct Writable {
    LiveSegment live;
    std::shared_ptr<Bitmap> dead;
  };

  std::shared_ptr<const Snapshot> snapshot() const {
    const std::lock_guard lock(m_mutex);
    return m_snapshot;
  }
  void publish();
  void know_topics();
  void flush();
  void take_built();
  void kill(Id id);
  void tidy();
  void join(std::vector<size_t> places);
  std::vector<size_t> next_to_join() const;
  Result<std::shared_ptr<const Segment>> write_segment(const Segment& segment);

  std::string m_folder;
  std::vector<Writable> m_segments;
  std::shared_ptr<FacetValues> m_values = std::make_shared<FacetValues>();
  SegmentBuilder m_builder;
  std::vector<Document> m_waiting;
  std::unordered_map<uint64_t, size_t> m_waiting_at;  // id → place in m_waiting
  std::unordered_map<uint64_t, bool> m_removed;
  size_t m_waiting_bytes = 0;
  std::future<std::shared_ptr<const Segment>> m_building;  // uses m_builder
  uint64_t m_next_file = 0;                                // 0: the folder has not been looked at
  bool m_changed = false;
  std::atomic<int64_t> m_position = 0;
  std::shared_ptr<const Thesaurus> m_thesaurus;
  std::shared_ptr<const TopicsOfValues> m_topics;
  uint32_t m_topics_of = 0;  // so many values
  ConceptsMark m_concepts_mark;

  mutable std::mutex m_mutex;  // of m_snapshot alone
  std::shared_ptr<const Snapshot> m_snapshot;
};

// Before new values are seen: which topics they name. Another thesaurus names all of them anew.
void MemoryIndex::know_topics() {
  const bool anew = m_topics == nullptr || m_topics->thesaurus() != m_thesaurus.get();
  uint32_t first = anew ? 0 : m_topics_of;  // that may be a topic
  while (first < m_values->size() && m_values->facet(first) != Facet::concept_) {
    ++first;
  }
  if (anew || first < m_values->size()) {
    auto topics = anew ? std::make_shared<TopicsOfValues>(m_thesaurus) : std::make_shared<TopicsOfValues>(*m_topics);
    for (uint32_t number = first; number < m_values->size(); ++number) {
      topics->add(number, m_values->facet(number), m_values->value(number));
    }
    m_topics = std::move(topics);
  }
  m_topics_of = m_values->size();
  for (Writable& writable : m_segments) {
    LiveSegment& live = writable.live;
    if (anew || live.twice == nullptr) {
      live.twice = named_twice(*live.segment, *live.numbers, k_number_mask, *m_topics);
    }
  }
}

void MemoryIndex::publish() {
  auto next = std::make_shared<Snapshot>();
  std::vector<LiveSegment> living;
  for (const Writable& writable : m_segments) {
    living.push_back(writable.live);
  }
  if (ConceptsMark mark = concepts_mark(living); mark != m_concepts_mark || m_thesaurus == nullptr) {
    m_thesaurus = thesaurus_of(living);
    m_concepts_mark = std::move(mark);
  }
  know_topics();
  for (Writable& writable : m_segments) {
    if (writable.dead != nullptr) {
      writable.live.dead = std::move(writable.dead);
      writable.dead = nullptr;
    }
    next->segments.push_back(writable.live);
    next->documents += writable.live.public_count;
    next->length += writable.live.length;
    next->words += writable.live.words;
  }
  next->thesaurus = m_thesaurus;
  next->topics = m_topics;
  next->values = m_values;
  next->value_count = m_values->size();
  m_changed = false;
  const std::lock_guard lock(m_mutex);
  m_snapshot = std::move(next);
}

void MemoryIndex::kill(Id id) {
  for (Writable& writable : m_segments) {
    LiveSegment& live = writable.live;
    const auto doc = live.segment->find(id);
    if (!doc || live.is_dead(*doc)) {
      continue;
    }
    if (writable.dead == nullptr) {
      writable.dead =
          std::make_shared<Bitmap>(live.dead != nullptr ? *live.dead : make_bitmap(live.segment->documents()));
      live.dead = writable.dead;
    }
    set_bit(*writable.dead, *doc);
    ++live.dead_count;
    if (live.segment->is_public(*doc)) {
      --live.public_count;
      live.length -= live.segment->lengths()[*doc];
      live.words -= live.segment->words()[*doc];
    }
    m_changed = true;
    return;
  }
}

// A segment is built while the next documents are made.
void MemoryIndex::flush() {
  take_built();  // a document of it may be among those that go
  for (const auto& [id, removed] : m_removed) {
    kill(Id(id));
  }
  for (const Document& document : m_waiting) {
    kill(document.id);
  }
  if (!m_waiting.empty()) {
    const bool large = m_waiting_bytes >= k_flush;
    m_building = std::async(large ? std::launch::async : std::launch::deferred,
                            [this, large, documents = std::move(m_waiting)]() mutable {
                              std::shared_ptr<const Segment> built = m_builder.build(std::move(documents));
                              if (large) {
                                ::malloc_trim(0);  // a large import would otherwise keep what each piece leaves behind
                              }
                              return built;
                            });
  }
  m_waiting.clear();
  m_waiting_at.clear();
  m_removed.clear();
  m_waiting_bytes = 0;
}

void MemoryIndex::take_built() {
  if (m_building.valid()) {
    m_segments.push_back({make_live(m_building.get(), nullptr, *m_values), nullptr});
    m_changed = true;
  }
}

// Places of the segments that should become one; empty: all is well.
std::vector<size_t> MemoryIndex::next_to_join() const {
  for (size_t i = 0; i < m_segments.size(); ++i) {
    const LiveSegment& live = m_segments[i].live;
    if (uint64_t{live.dead_count} * 10 > uint64_t{live.segment->documents()} * 3) {
      return {i};
    }
  }
  for (uint32_t wanted = 0; wanted <= 12; ++wanted) {
    std::vector<size_t> places;
    uint64_t bytes = 0;
    for (size_t i = 0; i < m_segments.size(); ++i) {
      if (tier(m_segments[i].live.live()) == wanted &&
          bytes + m_segments[i].live.segment->bytes().size() <= k_largest_merge) {
        places.push_back(i);
        bytes += m_segments[i].live.segment->bytes().size();
      }
    }
    if (places.size() >= k_fan) {
      return places;
    }
  }
  return {};
}

void MemoryIndex::join(std::vector<size_t> places) {
  std::vector<MergeSource> sources;
  uint32_t living = 0;
  bool ready = false;  // somebody types already: he does not wait for the new segment either
  for (const size_t place : places) {
    ready = ready || m_segments[place].live.beginnings->is_ready();
    sources.push_back({m_segments[place].live.segment, m_segments[place].live.dead});
    living += m_segments[place].live.live();
  }
  std::reverse(places.begin(), places.end());
  for (const size_t place : places) {
    m_segments.erase(m_segments.begin() + static_cast<std::ptrdiff_t>(place));
  }
  if (living > 0) {
    m_segments.push_back({make_live(merge(sources), nullptr, *m_values), nullptr});
    if (ready) {
      static const std::atomic<bool> k_to_the_end = false;
      m_segments.back().live.beginnings->make_ready(*m_segments.back().live.segment, k_to_the_end);
    }
  }
  m_changed = true;
}

void MemoryIndex::tidy() {
  for (std::vector<size_t> places = next_to_join(); !places.empty(); places = next_to_join()) {
    join(std::move(places));
  }
}

// Puts a segment on disk and gives it back as the mapped file.
Result<std::shared_ptr<const Segment>> MemoryIndex::write_segment(const Segment& segment) {
  const uint64_t number = m_next_file++;
  const std::string path = segment_path(m_folder, number);
  TRY(write_file(path, segment.bytes()));
  std::shared_ptr<const Blob> blob = Blob::map(path);
  if (blob == nullptr || blob->bytes().size() != segment.bytes().size()) {
    return fail(errors::write, path, std::strerror(errno));
  }
  return Segment::trust(std::move(blob), number);
}

Result<void> MemoryIndex::checkpoint(int64_t position) {
  std::error_code error;
  std::filesystem::create_directories(m_folder, error);
  if (error) {
    return fail(errors::write, m_folder, error.message());
  }
  if (m_next_file == 0) {
    m_next_file = last_file(m_folder) + 1;
  }
  Snapshot next = *snapshot();
  Checkpoint list;
  for (LiveSegment& live : next.segments) {
    if (live.segment->file_number() == 0) {
      const std::shared_ptr<const Segment> old = live.segment;
      TRY_ASSIGN(live.segment, write_segment(*old));
      for (Writable& writable : m_segments) {
        if (writable.live.segment == old) {
          writable.live.segment = live.segment;
        }
      }
    }
    list.entries.push_back({live.segment->file_number(), live.segment, live.dead});
  }
  list.position = position;
  list.next_file = m_next_file;
  TRY(write_checkpoint(m_folder, list));
  remove_others(m_folder, list);
  m_position = position;
  const std::lock_guard lock(m_mutex);
  m_snapshot = std::make_shared<const Snapshot>(std::move(next));
  return {};
}

std::vector<Hit> MemoryIndex::known(std::span<const Id> ids, const access::Viewer& viewer) const {
  const auto now = snapshot();
  std::vector<Hit> found;
  found.reserve(ids.size());
  for (const Id id : ids) {
    for (const LiveSegment& live : now->segments) {
      const auto doc = live.segment->find(id);
      if (!doc || live.is_dead(*doc)) {
        continue;
      }
      if (live.segment->sees(viewer, live.segment->visibility(*doc), *doc)) {
        const TextReader texts(live.segment->sound_texts(*doc));
        Hit& hit = found.emplace_back();
        hit.id = id;
        hit.kind = live.segment->kind(*doc);
        hit.title = texts.title();
        hit.note = texts.note();
      }
      break;
    }
  }
  return found;
}

Size MemoryIndex::size() const {
  Size size;
  const auto now = snapshot();
  for (const LiveSegment& live : now->segments) {
    size.documents += live.live();
    size.terms += live.segment->terms();
    size.bytes += live.segment->bytes().size();
    ++size.segments;
  }
  return size;
}

std::vector<std::string> MemoryIndex::check() const {
  std::vector<std::string> problems;
  const auto now = snapshot();
  for (const LiveSegment& live : now->segments) {
    if (const std::string problem = live.segment->check(); !problem.empty()) {
      problems.push_back(
          Error(errors::damaged, segment_path(m_folder, live.segment->file_number()), problem).message());
    }
  }
  return problems;
}

}  // namespace

std::string two_titles(std::string_view french, std::string_view english) {
  std::string out(french);
  if (french != english) {
    out += k_between_titles;
    out += english;
  }
  return out;
}

std::string_view title_in(std::string_view title, std::string_view language) {
  const size_t between = title.find(k_between_titles);
  if (between == std::string_view::npos) {
    return title;
  }
  return language == "fr" ? title.substr(0, between) : title.substr(between + 1);
}

std::string_view name(Facet facet) {
  constexpr std::array<std::string_view, k_facets> names = {
      "kind",     "institution", "group",    "year",        "journal", "concept", "place",      "person",
      "type",     "role",        "make",     "condition",   "open_to", "booking", "capability", "material",
      "field",    "programme",   "language", "open_access", "access",  "phase",   "status",     "scheme",
      "position", "until",       "platform", "size",        "cluster", "broader", "closes",     "member"};
  return names[static_cast<size_t>(facet)];
}

Result<std::unique_ptr<Index>> Index::open(const std::string& folder) {
  TRY_ASSIGN(Checkpoint checkpoint, read_checkpoint(folder));
  return std::unique_ptr<Index>(new MemoryIndex(folder, std::move(checkpoint)));
}

std::unique_ptr<Index> Index::create(const std::string& folder) { return std::make_unique<MemoryIndex>(folder); }

}  // namespace pitchblende::search

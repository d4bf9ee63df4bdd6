#include "search/checkpoint.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <system_error>

#include "search/errors.hpp"

namespace pitchblende::search {

namespace {

constexpr std::string_view k_magic = "PBINDEX\n";
constexpr std::string_view k_list = "index";
constexpr std::string_view k_suffix = ".segment";

class Writer {
 public:
  template <typename T>
  void add(T value) {
    m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void add_text(std::string_view text) { m_bytes += text; }
  const std::string& bytes() const { return m_bytes; }

 private:
  std::string m_bytes;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : m_left(bytes) {}
  template <typename T>
  T take() {
    T value{};
    if (m_left.size() < sizeof value) {
      m_short = true;
      m_left = {};
      return value;
    }
    std::memcpy(&value, m_left.data(), sizeof value);
    m_left.remove_prefix(sizeof value);
    return value;
  }
  bool is_short() const { return m_short; }
  std::string_view left() const { return m_left; }

 private:
  std::string_view m_left;
  bool m_short = false;
};

// The number in "12.segment".
std::optional<uint64_t> number_of(const std::string& name) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  const std::string_view rest(end, static_cast<size_t>(name.data() + name.size() - end));
  return error == std::errc() && rest == k_suffix ? std::optional(number) : std::nullopt;
}

Result<Checkpoint::Entry> read_entry(const std::string& folder, Reader& reader) {
  Checkpoint::Entry entry;
  entry.file_number = reader.take<uint64_t>();
  const auto check = reader.take<uint64_t>();
  const auto words = reader.take<uint32_t>();
  if (size_t{words} * sizeof(uint64_t) > reader.left().size()) {
    return fail(errors::damaged, folder, "list of segments");
  }
  if (words > 0) {
    Bitmap dead(words);
    std::generate(dead.begin(), dead.end(), [&] { return reader.take<uint64_t>(); });
    entry.dead = std::make_shared<const Bitmap>(std::move(dead));
  }
  const std::string path = segment_path(folder, entry.file_number);
  std::shared_ptr<const Blob> blob = Blob::map(path);
  if (blob == nullptr) {
    return fail(errors::damaged, path, "missing");
  }
  TRY_ASSIGN(entry.segment, Segment::open(std::move(blob), path, entry.file_number));
  if (entry.segment->header().check != check) {
    return fail(errors::damaged, path, "another segment");
  }
  if (entry.dead != nullptr && entry.dead->size() != (entry.segment->documents() + 63) / 64) {
    return fail(errors::damaged, folder, "list of segments");
  }
  return entry;
}

}  // namespace

std::string segment_path(const std::string& folder, uint64_t file_number) {
  return folder + "/" + std::to_string(file_number) + std::string(k_suffix);
}

Result<Checkpoint> read_checkpoint(const std::string& folder) {
  const std::string path = folder + "/" + std::string(k_list);
  const std::shared_ptr<const Blob> blob = Blob::map(path);
  if (blob == nullptr) {
    return fail(errors::missing, folder);
  }
  const std::string_view bytes = blob->bytes();
  if (!bytes.starts_with(k_magic) || bytes.size() < k_magic.size() + sizeof(uint32_t) + sizeof(uint64_t)) {
    return fail(errors::damaged, path, "not a list of segments");
  }
  const std::string_view body = bytes.substr(0, bytes.size() - sizeof(uint64_t));
  Reader reader(body.substr(k_magic.size()));
  if (const auto version = reader.take<uint32_t>(); version != k_version) {
    return fail(errors::version, path, std::to_string(version));
  }
  if (Reader(bytes.substr(body.size())).take<uint64_t>() != checksum(body)) {
    return fail(errors::damaged, path, "checksum");
  }
  Checkpoint checkpoint;
  checkpoint.position = reader.take<int64_t>();
  checkpoint.next_file = reader.take<uint64_t>();
  const auto count = reader.take<uint32_t>();
  for (uint32_t i = 0; i < count && !reader.is_short(); ++i) {
    TRY_ASSIGN(Checkpoint::Entry entry, read_entry(folder, reader));
    checkpoint.entries.push_back(std::move(entry));
  }
  if (reader.is_short() || !reader.left().empty()) {
    return fail(errors::damaged, path, "list of segments");
  }
  return checkpoint;
}

Result<void> write_checkpoint(const std::string& folder, const Checkpoint& checkpoint) {
  Writer writer;
  writer.add_text(k_magic);
  writer.add(k_version);
  writer.add(checkpoint.position);
  writer.add(checkpoint.next_file);
  writer.add(static_cast<uint32_t>(checkpoint.entries.size()));
  for (const Checkpoint::Entry& entry : checkpoint.entries) {
    writer.add(entry.file_number);
    writer.add(entry.segment->header().check);
    writer.add(static_cast<uint32_t>(entry.dead == nullptr ? 0 : entry.dead->size()));
    if (entry.dead != nullptr) {
      std::for_each(entry.dead->begin(), entry.dead->end(), [&](uint64_t word) { writer.add(word); });
    }
  }
  writer.add(checksum(writer.bytes()));
  TRY(sync_folder(folder));
  TRY(write_file(folder + "/" + std::string(k_list), writer.bytes()));
  return sync_folder(folder);
}

uint64_t last_file(const std::string& folder) {
  uint64_t last = 0;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(folder, error)) {
    last = std::max(last, number_of(file.path().filename().string()).value_or(0));
  }
  return last;
}

Result<void> Index::forget(const std::string& folder) {
  const std::string path = folder + "/" + std::string(k_list);
  std::error_code error;
  std::filesystem::remove(path, error);
  return error ? fail(errors::write, path, error.message()) : Result<void>{};
}

void remove_others(const std::string& folder, const Checkpoint& checkpoint) {
  std::error_code error;
  std::vector<std::filesystem::path> old;
  for (const auto& file : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = file.path().filename().string();
    const auto number = number_of(name);
    const bool named =
        number && std::any_of(checkpoint.entries.begin(), checkpoint.entries.end(),
                              [&](const Checkpoint::Entry& entry) { return entry.file_number == *number; });
    if ((number && !named) || name.ends_with(std::string(k_suffix) + ".tmp")) {
      old.push_back(file.path());
    }
  }
  for (const auto& path : old) {
    std::filesystem::remove(path, error);
  }
}

}  // namespace pitchblende::search

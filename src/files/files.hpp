// Attachments: files that people bring with a request or a proposal. Front door of files.
//
// The bytes stand in the data folder, named by their hash (two that bring the same file share them); the store holds
// what they are called and what they hang on. Who may read one is the slice's to say. Any thread may call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "store/store.hpp"

namespace pitchblende::files {

inline constexpr size_t k_largest = size_t{10} << 20;  // of a file, in bytes

// A file whose bytes are on disk, and that hangs on nothing yet.
struct Kept {
  std::string name;
  std::string type;  // by its bytes
  std::string hash;
  int64_t bytes = 0;
};

struct Attachment {
  int64_t id = 0;
  std::string slice;
  int64_t object = 0;
  Kept file;
  int64_t account = 0;
  std::string created;
};

// What a file hangs on, and who brought it.
struct Owner {
  std::string_view slice;  // "requests"
  int64_t object = 0;      // the slice's own number
  int64_t account = 0;     // 0: somebody without an account
};

class Files {
 public:
  // `folder`: DIR/files, made when the first file comes.
  Files(store::Store& store, const Clock& clock, std::string folder)
      : m_store(store), m_clock(clock), m_folder(std::move(folder)) {}

  // Puts the bytes on disk, for good before it returns. `name` as the browser said it; what is a path in it goes.
  // Errors: FILES_EMPTY, FILES_TOO_LARGE, FILES_TYPE (also: not what its name says), FILES_WRITE.
  Result<Kept> keep(std::string_view name, std::string_view bytes) const;
  // Belongs into the transaction of what it hangs on. The answer: its number.
  Result<int64_t> attach(store::Transaction& transaction, const Kept& file, const Owner& owner) const;
  Result<void> remove(store::Transaction& transaction, int64_t id) const;

  Result<std::vector<Attachment>> of(std::string_view slice, int64_t object) const;
  // Error: FILES_UNKNOWN.
  Result<Attachment> find(int64_t id) const;
  // Error: FILES_DAMAGED, when the bytes are not those of the hash any more.
  Result<std::string> read(const Attachment& attachment) const;

  // Removes bytes that nothing hangs on since a day. The answer: how many files.
  Result<int64_t> sweep() const;
  // Attachments whose bytes are missing or altered, each as a sentence.
  Result<std::vector<std::string>> check() const;

 private:
  std::string path_of(std::string_view hash) const;

  store::Store& m_store;
  const Clock& m_clock;
  std::string m_folder;
};

}  // namespace pitchblende::files

#include "sources/bytes_ahead.hpp"

#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace pitchblende::sources {

namespace {

constexpr size_t k_slots = 3;

class Ahead final : public ByteStream {
 public:
  explicit Ahead(std::unique_ptr<ByteStream> stream) : m_stream(std::move(stream)), m_thread([this] { run(); }) {}
  ~Ahead() override {
    {
      const std::lock_guard lock(m_mutex);
      m_stop = true;
    }
    m_changed.notify_all();
    m_thread.join();
  }
  Ahead(const Ahead&) = delete;
  Ahead& operator=(const Ahead&) = delete;

  Result<std::string_view> next() override {
    std::unique_lock lock(m_mutex);
    if (m_lent) {
      m_lent = false;
      ++m_taken;
      m_changed.notify_all();
    }
    m_changed.wait(lock, [&] { return m_made > m_taken || m_ended; });
    if (m_made == m_taken) {
      if (m_error) {
        return tl::unexpected(*m_error);
      }
      return std::string_view{};
    }
    const Slot& slot = m_slots[m_taken % k_slots];
    m_lent = true;
    m_consumed = slot.consumed;
    return std::string_view(slot.bytes);
  }
  int64_t consumed() const override { return m_consumed; }

 private:
  struct Slot {
    std::string bytes;
    int64_t consumed = 0;
  };

  void run() {
    while (true) {
      Result<std::string_view> piece = m_stream->next();
      std::unique_lock lock(m_mutex);
      if (!piece || piece->empty()) {
        if (!piece) {
          m_error = std::move(piece).error();
        }
        m_ended = true;
        m_changed.notify_all();
        return;
      }
      m_changed.wait(lock, [&] { return m_made - m_taken < k_slots || m_stop; });
      if (m_stop) {
        return;
      }
      Slot& slot = m_slots[m_made % k_slots];
      lock.unlock();  // nobody else looks at a slot that is not yet made
      slot.bytes.assign(*piece);
      slot.consumed = m_stream->consumed();
      lock.lock();
      ++m_made;
      m_changed.notify_all();
    }
  }

  std::unique_ptr<ByteStream> m_stream;  // the other thread's, once that runs
  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::array<Slot, k_slots> m_slots;
  uint64_t m_made = 0;
  uint64_t m_taken = 0;
  bool m_lent = false;  // the slot after those taken
  bool m_ended = false;
  bool m_stop = false;
  std::optional<Error> m_error;
  int64_t m_consumed = 0;  // of what was given out; the user's thread alone
  std::thread m_thread;    // last: it begins when all else is there
};

}  // namespace

std::unique_ptr<ByteStream> read_ahead(std::unique_ptr<ByteStream> stream) {
  return std::make_unique<Ahead>(std::move(stream));
}

}  // namespace pitchblende::sources

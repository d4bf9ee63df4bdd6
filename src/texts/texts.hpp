// Texts of the site that its staff write in Markdown, in both languages. Front door of texts.
//
// A Texts borrows the store; any thread. What is shown of a text is made once, when it was written. Who may write is
// the caller's to ask. The rules have numbers in docs/rules/texts.md.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "store/store.hpp"
#include "texts/texts_types.hpp"

namespace pitchblende::texts {

// What is shown of a text in a language: HTML of Markdown.
using Render = std::function<std::string(std::string_view name, std::string_view text, Language language)>;
using Also = std::function<Result<void>(store::Transaction&, const Text& stored)>;

class Texts {
 public:
  Texts(store::Store& store, const Clock& clock) : m_store(store), m_clock(clock) {}

  // Makes what is shown of all texts, and from now on of each that is written. Once, before anybody asks.
  Result<void> show_by(Render render);
  // Null: nothing is written in that language.
  std::shared_ptr<const std::string> shown(std::string_view name, Language language) const;

  // The newest version. Error: TEXTS_UNKNOWN.
  Result<Text> text(std::string_view name) const;
  // Error: TEXTS_UNKNOWN: there was no such version.
  Result<Text> version(std::string_view name, int64_t revision) const;
  // The newest first. Error: TEXTS_UNKNOWN.
  Result<std::vector<Text>> versions(std::string_view name) const;
  // A new version; `wanted.revision` is the one that was changed. `also` belongs into the same transaction. Errors:
  // TEXTS_CHANGED, TEXTS_SAME, those of judge().
  Result<void> write(Text wanted, const Also& also = {});

  // Counts what was written: pages that are kept are made anew.
  uint64_t edition() const { return m_edition; }

 private:
  Result<void> make_shown(std::string_view name);

  store::Store& m_store;
  const Clock& m_clock;
  Render m_render;
  mutable std::mutex m_swap;
  std::map<std::pair<std::string, Language>, std::shared_ptr<const std::string>> m_shown;
  std::atomic<uint64_t> m_edition = 0;
};

}  // namespace pitchblende::texts

#include "texts/texts.hpp"

#include "texts/errors.hpp"
#include "texts/texts_rules.hpp"
#include "texts/texts_store.hpp"

namespace pitchblende::texts {

namespace {

using store::Connection;
using store::Transaction;

Result<void> judge_name(std::string_view name) {
  return is_name(name) ? Result<void>() : fail(errors::unknown, std::string(name.substr(0, 100)));
}

}  // namespace

Result<void> Texts::show_by(Render render) {
  m_render = std::move(render);
  for (const std::string_view name : k_names) {
    TRY(make_shown(name));
  }
  return {};
}

// Read and made under the lock: of two who write at once, the later version is what stays.
Result<void> Texts::make_shown(std::string_view name) {
  const std::lock_guard lock(m_swap);
  TRY_ASSIGN(const Text stored, text(name));
  for (const auto& [language, text] :
       {std::pair{Language::french, &stored.french}, std::pair{Language::english, &stored.english}}) {
    std::shared_ptr<const std::string>& kept = m_shown[{std::string(name), language}];
    kept = text->empty() || !m_render ? nullptr : std::make_shared<const std::string>(m_render(name, *text, language));
  }
  ++m_edition;
  return {};
}

std::shared_ptr<const std::string> Texts::shown(std::string_view name, Language language) const {
  const std::lock_guard lock(m_swap);
  const auto found = m_shown.find({std::string(name), language});
  return found == m_shown.end() ? nullptr : found->second;
}

Result<Text> Texts::text(std::string_view name) const {
  TRY(judge_name(name));
  return m_store.read([&](Connection& db) { return rows::newest(db, name); });
}

Result<Text> Texts::version(std::string_view name, int64_t revision) const {
  TRY_ASSIGN(auto found, m_store.read([&](Connection& db) { return rows::version(db, name, revision); }));
  if (!found) {
    return fail(errors::unknown, std::string(name.substr(0, 100)) + " " + std::to_string(revision));
  }
  return std::move(*found);
}

Result<std::vector<Text>> Texts::versions(std::string_view name) const {
  TRY(judge_name(name));
  return m_store.read([&](Connection& db) { return rows::versions(db, name); });
}

Result<void> Texts::write(Text wanted, const Also& also) {
  TRY(judge(wanted));
  TRY(m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const Text stored, rows::newest(transaction, wanted.name));
    TRY(judge_seen(wanted, stored));
    Text next = wanted;
    next.revision = stored.revision + 1;
    next.changed = m_clock.now_text();
    TRY(rows::insert(transaction, next));
    return also ? also(transaction, next) : Result<void>();
  }));
  return make_shown(wanted.name);
}

}  // namespace pitchblende::texts

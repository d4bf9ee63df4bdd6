#include "texts/holding.hpp"

namespace pitchblende::texts {

access::Holding holding(store::Store& store) {
  return {"texts",
          [&store](const access::Subject& subject) -> Result<std::vector<access::Held>> {
            std::vector<access::Held> out;
            TRY(add(out, access::held(store, "texts", {"name", "revision", "changed"},
                                      "SELECT name, revision, changed FROM texts WHERE changed_by = ? AND changed_by "
                                      "<> 0 ORDER BY changed",
                                      {subject.account})));
            return out;
          },
          // The site's words are the consortium's; the number leads to nobody any more.
          [](store::Transaction&, const access::Subject&) -> Result<void> { return {}; },
          {},
          {{"texts", {"french", "english"}, access::Term::for_good, access::Fate::kept},
           {"texts", {"changed_by"}, access::Term::for_good, access::Fate::number}}};
}

}  // namespace pitchblende::texts

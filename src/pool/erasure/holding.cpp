#include "pool/erasure/holding.hpp"

namespace pitchblende::pool {

namespace {

using access::Fate;
using access::held;
using access::Subject;
using access::Term;

// His card is told with its sources; beside it, what he decided on cards.
Result<std::vector<access::Held>> told(store::Store& store, const Subject& subject) {
  std::vector<access::Held> out;
  TRY(add(out, held(store, "decisions", {"number", "verdict", "field", "value", "made", "why"},
                    "SELECT id, verdict, field, value, made, why FROM decision WHERE (who = ? AND who <> '') OR who = "
                    "? ORDER BY id",
                    {std::string_view(subject.email), "account " + std::to_string(subject.account)})));
  return out;
}

}  // namespace

access::Holding holding(store::Store& store) {
  return {"pool",
          [&store](const Subject& subject) { return told(store, subject); },
          {},
          {},
          {{"record", {"key"}, Term::for_good, Fate::emptied},
           {"version", {"payload"}, Term::for_good, Fate::emptied},
           {"finding", {"message", "excerpt"}, Term::source, Fate::emptied},
           {"decision", {"value", "who", "why", "name_a", "name_b"}, Term::for_good, Fate::emptied},
           {"entity", {"id"}, Term::for_good, Fate::number},
           {"assignment", {"entity"}, Term::for_good, Fate::number},
           {"erasure", {"entity"}, Term::for_good, Fate::number},
           {"change", {"entity"}, Term::for_good, Fate::number},
           {"card", {"id", "label", "body"}, Term::source},
           {"identifier", {"ref", "entity"}, Term::source},
           {"link", {"source", "ref"}, Term::source},
           {"doubt", {"evidence", "detail"}, Term::source}}};
}

}  // namespace pitchblende::pool

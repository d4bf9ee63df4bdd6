// People's rights from a terminal: erase somebody, tell people of their pages.
#include <istream>
#include <ostream>

#include "access/access.hpp"
#include "access/contacts.hpp"
#include "cli/commands.hpp"
#include "cli/errors.hpp"
#include "cli/people/holdings.hpp"
#include "cli/workplace.hpp"
#include "personal/errors.hpp"
#include "personal/notices.hpp"
#include "personal/wishes.hpp"

namespace pitchblende::cli {

namespace {

// A card by its id or reference, or an account by its address.
Result<personal::Wishes::Whom> whom(store::Store& store, const std::string& said) {
  personal::Wishes::Whom out;
  if (said.find('@') != std::string::npos && said.find(':') == std::string::npos) {
    TRY_ASSIGN(const auto holder, access::Contacts(store).with(said));
    TRY_ASSIGN(const auto card, registry::Registry(store).find("email:" + said));
    if (!holder && !card) {
      return fail(errors::not_an_id, said);
    }
    out.account = holder ? holder->account : 0;
    out.card = card.value_or(Id());
    return out;
  }
  const auto id = Id::parse(said);
  const auto found = id ? Result<std::optional<Id>>(*id) : registry::Registry(store).find(said);
  TRY(found);
  if (!*found) {
    return fail(errors::not_an_id, said);
  }
  out.card = **found;
  return out;
}

void print(std::ostream& out, const pool::ErasureReport& report, const Options& options, bool done) {
  const bool french = options.language == Language::french;
  if (options.json) {
    out << "{\"done\":" << (done ? "true" : "false") << ",\"id\":\"" << report.person.text()
        << "\",\"records\":" << report.records << ",\"named_in\":" << report.named_in
        << ",\"scrubbed\":" << report.scrubbed << ",\"decisions\":" << report.decisions
        << ",\"rewritten\":" << (report.rewritten ? "true" : "false") << ",\"still_in\":" << report.still_in.size()
        << "}\n";
    return;
  }
  out << (french ? (done ? "effacées : " : "seraient effacées : ") : (done ? "erased: " : "would be erased: "))
      << report.records << (french ? " fiches ; " : " records; ") << report.scrubbed
      << (french ? " autres fiches dont il disparaît ; " : " other records that he goes out of; ") << report.decisions
      << (french ? " décisions sans leurs textes ; son nom reste imprimé dans "
                 : " decisions without their texts; his name stays printed in ")
      << report.named_in << (french ? " fiches (publications …)\n" : " records (publications …)\n");
  for (const std::string& file : report.still_in) {
    out << (french ? "un de ses identifiants se trouve encore dans " : "an identifier of his is still found in ")
        << file << '\n';
  }
}

}  // namespace

Result<Exit> ask_to_erase(const Options& options, const Streams& streams) {
  const bool french = options.language == Language::french;
  if (streams.answers == nullptr) {
    return fail(errors::sure);
  }
  {
    TRY_ASSIGN(const auto place, Workplace::for_reading(options.data));
    TRY_ASSIGN(const auto who, whom(*place->store, options.id));
    pool::ErasureReport foreseen;
    if (who.card != Id()) {
      TRY_ASSIGN(foreseen, pool::foresee_erasure(*place->store, who.card));
    }
    print(streams.out, foreseen, options, false);
  }
  streams.out << (french ? "Un effacement ne se défait pas. Pour le faire, écrivez « effacer » : "
                         : "An erasure cannot be undone. To do it, write \"erase\": ")
              << std::flush;
  std::string answer;
  std::getline(*streams.answers, answer);
  if (answer != (french ? "effacer" : "erase")) {
    streams.out << (french ? "rien n’est effacé\n" : "nothing was erased\n");
    return Exit::refused;
  }
  const std::string why = "--why=" + options.why;
  const std::vector<const char*> words{
      "pitchblende", "--data",           options.data.c_str(), "--lang", french ? "fr" : "en",
      "erase",       options.id.c_str(), why.c_str(),          "--yes"};
  return static_cast<Exit>(cli::run(static_cast<int>(words.size()), words.data(), streams.out, streams.err));
}

Result<Exit> erase(const Options& options, Workplace& place, const Streams& streams) {
  if (!options.sure) {
    return fail(errors::sure);
  }
  TRY_ASSIGN(const std::string secret, folder_secret(options.data));
  const access::Audit audit(*place.store, place.clock, secret);
  const personal::Wishes wishes(*place.store, place.clock, *place.pool, audit, holdings(place));
  TRY_ASSIGN(personal::Wishes::Whom who, whom(*place.store, options.id));
  who.why = options.why;
  TRY_ASSIGN(const pool::ErasureReport report, wishes.erase(who, 0, {}));
  print(streams.out, report, options, true);
  return report.still_in.empty() ? Exit::done : Exit::problems;
}

Result<Exit> notices(const Options& options, Workplace& place, const Streams& streams) {
  const jobs::Jobs jobs(*place.store, place.clock);
  const personal::Notices notices(*place.store, place.clock, jobs);
  if (options.begin) {
    if (!place.config.notices) {
      return fail(personal::errors::no_notices);
    }
    TRY(place.store->write([&](store::Transaction& transaction) { return notices.begin(transaction); }));
  }
  TRY_ASSIGN(const personal::NoticeCount count, notices.count());
  const bool french = options.language == Language::french;
  if (options.json) {
    streams.out << "{\"to_write\":" << count.to_write << ",\"no_address\":" << count.no_address
                << ",\"told\":" << count.told << ",\"begun\":" << (count.begun ? "true" : "false") << "}\n";
    return Exit::done;
  }
  streams.out << count.to_write << (french ? " personnes à prévenir, " : " people to write to, ") << count.no_address
              << (french ? " sans adresse, " : " without an address, ") << count.told
              << (french ? " déjà prévenues" : " told already")
              << (count.begun ? (french ? " ; c’est en cours\n" : "; it is under way\n") : "\n");
  return Exit::done;
}

}  // namespace pitchblende::cli

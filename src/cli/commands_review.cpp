// What curators do at a terminal: look at why, and answer the queue.
#include <istream>
#include <ostream>
#include <set>

#include "cli/commands.hpp"
#include "cli/errors.hpp"
#include "cli/json.hpp"
#include "cli/matching.hpp"
#include "cli/print.hpp"
#include "cli/workplace.hpp"

namespace pitchblende::cli {

namespace {

constexpr size_t k_printed = 20;  // questions of a queue that is printed

Result<pool::Named> named(const registry::Registry& registry, const std::string& text) {
  pool::Named out;
  out.place = record_of(text);
  if (!out.place) {
    TRY_ASSIGN(out.id, id_of(registry, text));
  }
  return out;
}

std::string text_of(const resolution::MentionRef& ref) {
  return std::to_string(ref.record) + "/" + std::to_string(ref.part);
}

enum class Answer : uint8_t { yes, no, skip, quit };

// Asks questions, one after the other, and hands decisions on. What is decided is carried out here or by the server
// that has the folder, as `decide` would be: nobody waits for somebody who thinks.
class Review {
 public:
  Review(const Options& options, const Streams& streams, store::Store& store, std::optional<registry::Kind> kind)
      : m_options(options), m_streams(streams), m_store(store), m_kind(kind), m_who(options.who) {}

  Result<Exit> run() {
    const size_t most = m_options.limit.value_or(SIZE_MAX);
    for (size_t asked = 0; asked < most; ++asked) {
      TRY_ASSIGN(const pool::Queue queue, pool::queue(m_store, {m_kind, 0, m_skipped.size() + 1, 1}));
      const pool::Question* next = nullptr;
      for (const pool::Question& question : queue.questions) {
        if (next == nullptr && !m_skipped.contains({question.a.ref, question.b.ref})) {
          next = &question;
        }
      }
      if (next == nullptr) {
        break;
      }
      TRY_ASSIGN(const bool goes_on, ask(*next, queue.count));
      if (!goes_on) {
        break;
      }
    }
    TRY_ASSIGN(const pool::Queue left, pool::queue(m_store, {m_kind, 0, 0, 0}));
    m_streams.out << said("decided ", "décidées ") << m_decided << said(", left ", ", restantes ") << left.count
                  << '\n';
    return m_refused ? Exit::failed : Exit::done;
  }

 private:
  std::string_view said(std::string_view english, std::string_view french) const {
    return m_options.language == Language::french ? french : english;
  }

  // False: enough.
  Result<bool> ask(const pool::Question& question, int64_t count) {
    TRY_ASSIGN(const pool::PairExplanation pair,
               pool::explain(m_store, pool::Named{Id(), question.a.ref}, pool::Named{Id(), question.b.ref}));
    m_streams.out << '\n'
                  << count << said(" questions; this one would change ", " questions ; celle-ci changerait ")
                  << question.pages << said(" pages: ", " pages : ")
                  << resolution::describe(question.evidence, question.detail, m_options.language) << '\n';
    print(m_streams.out, pair, m_options.language);
    const Answer answer = answered();
    if (answer == Answer::quit) {
      return false;
    }
    if (answer == Answer::skip) {
      m_skipped.emplace(question.a.ref, question.b.ref);
      return true;
    }
    if (!tell_who_and_why()) {
      return false;
    }
    if (decide(answer == Answer::yes ? "same" : "different", question)) {
      ++m_decided;
    } else {
      m_refused = true;
      m_skipped.emplace(question.a.ref, question.b.ref);  // the reason was said
    }
    return true;
  }

  std::optional<std::string> line(std::string_view prompt) {
    m_streams.out << prompt << std::flush;
    std::string text;
    return std::getline(*m_streams.answers, text) ? std::optional(text) : std::nullopt;
  }

  Answer answered() {
    while (true) {
      const auto text = line(said("one and the same? y(es), n(o), s(kip), q(uit): ",
                                  "une seule et même chose ? o(ui), n(on), p(asser), q(uitter) : "));
      if (!text) {
        m_streams.out << '\n';
        return Answer::quit;
      }
      const char first = text->empty() ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>((*text)[0])));
      switch (first) {
        case 'y':
        case 'o':
          return Answer::yes;
        case 'n':
          return Answer::no;
        case 's':
        case 'p':
          return Answer::skip;
        case 'q':
          return Answer::quit;
        default:
          break;  // asked again
      }
    }
  }

  // False: there is nobody to say it.
  bool tell_who_and_why() {
    while (m_who.empty()) {
      const auto text = line(said("who decides: ", "qui décide : "));
      if (!text) {
        return false;
      }
      m_who = *text;
    }
    m_why = m_options.why;
    while (m_why.empty()) {
      const auto text = line(said("why: ", "pourquoi : "));
      if (!text) {
        return false;
      }
      m_why = *text;
    }
    return true;
  }

  bool decide(const std::string& verdict, const pool::Question& question) {
    const std::string who = "--who=" + m_who;
    const std::string why = "--why=" + m_why;
    const std::string a = text_of(question.a.ref);
    const std::string b = text_of(question.b.ref);
    const char* language = m_options.language == Language::french ? "fr" : "en";
    const std::vector<const char*> words{"pitchblende",   "--data",   m_options.data.c_str(),
                                         "--lang",        language,   "decide",
                                         verdict.c_str(), a.c_str(),  b.c_str(),
                                         who.c_str(),     why.c_str()};
    return cli::run(static_cast<int>(words.size()), words.data(), m_streams.out, m_streams.err) == 0;
  }

  const Options& m_options;
  const Streams& m_streams;
  store::Store& m_store;
  std::optional<registry::Kind> m_kind;
  std::string m_who;
  std::string m_why;
  std::set<std::pair<resolution::MentionRef, resolution::MentionRef>> m_skipped;
  int64_t m_decided = 0;
  bool m_refused = false;
};

Result<Exit> print_queue(const Options& options, const Streams& streams, store::Store& store,
                         std::optional<registry::Kind> kind) {
  TRY_ASSIGN(const pool::Queue queue, pool::queue(store, {kind, 0, options.limit.value_or(k_printed), 1}));
  std::vector<pool::PairExplanation> pairs;
  for (const pool::Question& question : queue.questions) {
    TRY_ASSIGN(pool::PairExplanation pair,
               pool::explain(store, pool::Named{Id(), question.a.ref}, pool::Named{Id(), question.b.ref}));
    pairs.push_back(std::move(pair));
  }
  streams.out << to_json(queue, pairs, options.language) << '\n';
  return Exit::done;
}

}  // namespace

Result<Exit> explain(const Options& options, const Streams& streams) {
  TRY_ASSIGN(auto place, Workplace::for_reading(options.data));
  const registry::Registry registry(*place->store);
  TRY_ASSIGN(const pool::Named one, named(registry, options.id));
  if (!options.other.empty()) {
    TRY_ASSIGN(const pool::Named other, named(registry, options.other));
    TRY_ASSIGN(const pool::PairExplanation pair, pool::explain(*place->store, one, other));
    if (options.json) {
      streams.out << to_json(pair, options.language) << '\n';
    } else {
      print(streams.out, pair, options.language);
    }
    return Exit::done;
  }
  Id id = one.id;
  if (one.place) {
    TRY_ASSIGN(id, pool::thing_at(*place->store, *one.place));
  }
  TRY_ASSIGN(const pool::Explanation explanation, pool::explain(*place->store, id));
  if (options.json) {
    streams.out << to_json(explanation, options.language) << '\n';
  } else {
    print(streams.out, explanation, options.language);
  }
  return Exit::done;
}

Result<Exit> review(const Options& options, const Streams& streams) {
  std::optional<registry::Kind> kind;
  if (!options.kind.empty()) {
    kind = registry::kind(options.kind);
    if (!kind) {
      return fail(errors::kind, options.kind);
    }
  }
  TRY_ASSIGN(auto place, Workplace::for_reading(options.data));
  if (options.json) {
    return print_queue(options, streams, *place->store, kind);
  }
  return streams.answers == nullptr ? fail(errors::no_terminal) : Review(options, streams, *place->store, kind).run();
}

Result<Exit> quality(const Options& options, const Streams& streams) {
  TRY_ASSIGN(auto place, Workplace::for_reading(options.data));
  TRY_ASSIGN(const pool::Quality quality, pool::quality(*place->store, {options.limit.value_or(k_printed)}));
  if (options.json) {
    streams.out << to_json(quality, options.language) << '\n';
  } else {
    print(streams.out, quality, options.language);
  }
  return Exit::done;
}

}  // namespace pitchblende::cli

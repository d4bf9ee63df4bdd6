// What was asked for, read from the command line. Values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace pitchblende::cli {

struct Options {
  std::string command;
  std::string data = "pitchblende-data";
  bool json = false;
  Language language = Language::english;

  // import, pool
  std::string source;
  std::vector<std::string> files;
  bool dry_run = false;
  bool accept_withdrawals = false;
  bool only_import = false;
  bool full = false;
  std::optional<std::string> institution;
  std::optional<std::string> institution_ref;
  std::optional<std::string> licence;
  std::optional<int> trust;
  std::optional<std::string> mode;
  std::string mapping;  // a file
  std::string as;       // name of the source

  // demo
  std::string demo_size = "small";
  unsigned long long seed = 1;
  bool facts = false;

  // init
  std::string database;
  std::string name;

  // search
  std::vector<std::string> words;
  std::vector<std::string> filters;  // facet=value
  unsigned from = 0;
  unsigned size = 10;

  // show, explain, decide, backup, restore
  std::string id;
  std::string other;
  bool everything = false;  // as the administrator sees it
  std::string verdict;
  std::string field;
  std::string value;
  std::string value_language;
  std::string who;
  std::string why;
  long long undoes = 0;
  std::string kind;             // review
  std::optional<size_t> limit;  // review, quality
  std::string target;

  // figures
  int year = 0;     // 0: this one
  std::string out;  // a file for the workbook

  // workbook, roles
  bool apply = false;

  // erase, notices
  bool sure = false;
  bool begin = false;

  // admin, workbook
  std::string action;  // add, link; export, read
  std::string email;

  // serve
  std::string address = "127.0.0.1";
  int port = 8080;
  std::string web;  // folder to read templates, styles and words from
};

struct Parsed {
  std::optional<Options> options;  // none: the text is the answer (help, version, a slip)
  std::string text;
  int exit = 0;
};

Parsed parse(int argc, const char* const* argv);

}  // namespace pitchblende::cli

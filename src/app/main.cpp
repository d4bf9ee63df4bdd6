// Builds everything and hands it round; no globals, no singletons.
#include <exception>
#include <iostream>

#include "app/serve.hpp"
#include "cli/cli.hpp"

int main(int argc, char** argv) {
  try {
    return pitchblende::cli::run(argc, argv, std::cout, std::cerr, pitchblende::app::serve);
  } catch (const std::exception& error) {
    // What must not happen: said, so that it is reported, and not taken for an answer.
    std::cerr << "pitchblende: internal error: " << error.what() << '\n';
    return static_cast<int>(pitchblende::cli::Exit::failed);
  }
}

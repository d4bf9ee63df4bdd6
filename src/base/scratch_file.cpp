#include "base/scratch_file.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace pitchblende {

ScratchFile::ScratchFile() : m_path((std::filesystem::temp_directory_path() / "pitchblende-XXXXXX").string()) {
  const int file = mkstemp(m_path.data());  // puts letters in the place of the X
  m_is_there = file >= 0 && close(file) == 0;
}

ScratchFile::~ScratchFile() {
  std::error_code ignored;
  std::filesystem::remove(m_path, ignored);
}

std::string ScratchFile::bytes() const {
  std::ifstream file(m_path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace pitchblende

// A file of its own in the system's folder for such, gone with its object: for libraries that write to paths alone.
//
// Used by one thread.
#pragma once

#include <string>

namespace pitchblende {

class ScratchFile {
 public:
  ScratchFile();
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  // False: none could be made there.
  bool is_there() const { return m_is_there; }
  const std::string& path() const { return m_path; }
  std::string bytes() const;

 private:
  std::string m_path;
  bool m_is_there = false;
};

}  // namespace pitchblende

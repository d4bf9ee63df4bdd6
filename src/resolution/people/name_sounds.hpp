// One name as several people write it: first names by how they sound and what they are short for, family names but for
// a slip of the pen, the two the other way round. Owner: resolution. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pitchblende::resolution {

// A folded word as it sounds, whatever rule spelt it: “yuri” for Iouri and Youri, “filip” for Philip; of words of fewer
// than four letters, and of what can be read as Mandarin, the word. Vowels and endings stay: Louis and Louise, Jean and
// Jane are two names each.
std::string sound_of(std::string_view word);

// What a first name is or is short for, as it sounds: “william” for Bill and William; of Ted Edward and Theodore.
std::vector<std::string> called(std::string_view first);

// Whether two first names are or are short for one.
bool called_alike(std::string_view a, std::string_view b);

// Whether one is the other with a letter more, less, changed or moved by one place; of six letters and more each.
bool one_slip(std::string_view a, std::string_view b);

// Keys under which names meet that no initial brings together; none where the given name is not known in full.
std::vector<std::string> kin_keys(std::string_view family, std::string_view given);

}  // namespace pitchblende::resolution

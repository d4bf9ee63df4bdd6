#include "resolution/models.hpp"

#include <stdexcept>

#include "resolution/models_embedded.hpp"
#include "resolution/people/people_traits.hpp"

namespace pitchblende::resolution {

const Forest& people_model() {
  static const Forest forest = [] {
    std::string_view text;
    for (const auto& file : embedded::models_embedded()) {
      text = file.path.ends_with("/people.tsv") ? file.text : text;
    }
    auto read = Forest::read(text, k_trait_names);
    if (!read) {
      throw std::logic_error(read.error().message());  // it was tested before it was built in
    }
    return std::move(*read);
  }();
  return forest;
}

}  // namespace pitchblende::resolution

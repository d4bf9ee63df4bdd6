#include "resolution/organisations/organisation_model.hpp"

#include <cmath>
#include <stdexcept>

#include "resolution/organisations/organisation_tables.hpp"

namespace pitchblende::resolution {

namespace {

Forest shipped(std::string_view name) {
  auto model = read_organisation_model(embedded_table(name));
  if (!model) {
    throw std::logic_error(model.error().message());  // it was tested before it was built in
  }
  return std::move(*model);
}

}  // namespace

Result<Forest> read_organisation_model(std::string_view text) { return Forest::read(text, k_organisation_features); }

double probability(const Forest& model, const OrganisationFeatures& features) {
  return 1 / (1 + std::exp(-static_cast<double>(model.log_odds(features, Forest::Walk::whole))));
}

const Forest& naming_model() {
  static const Forest model = shipped("naming_model.tsv");
  return model;
}

const Forest& principal_model() {
  static const Forest model = shipped("principal_model.tsv");
  return model;
}

}  // namespace pitchblende::resolution

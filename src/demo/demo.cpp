#include "demo/demo.hpp"

#include <filesystem>

#include "demo/errors.hpp"
#include "demo/files.hpp"

namespace pitchblende::demo {

Result<Written> write(const Settings& settings) {
  std::error_code error;
  std::filesystem::create_directories(settings.folder, error);
  if (error) {
    return fail(errors::folder, settings.folder, error.message());
  }
  const World world = make_world(settings);
  Output out(settings.folder);
  TRY(write_facts(world, out));
  TRY(write_institutions(world, out));
  TRY(write_services(world, out));
  TRY(write_companies(world, out));
  TRY(write_programmes(world, out));
  TRY(write_trials(world, out));
  TRY(write_bookable(world, out));
  TRY(write_calls(world, out));
  TRY(write_groups(out));
  TRY(write_publications(world, out));
  TRY(write_vocabulary(out));
  Written amounts;
  amounts.people = world.people.size();
  amounts.teams = world.teams.size();
  amounts.platforms = world.platforms.size();
  amounts.equipment = world.equipment.size();
  amounts.publications = world.size.publications;
  return out.finish(settings, std::move(amounts));
}

}  // namespace pitchblende::demo

#include "core/analysis/roster.h"

#include "core/project/decisions.h"

namespace discern::analysis {
namespace {

data::Part partOf(const project::IdentityRow& row) {
  if (row.excluded || row.mergedInto >= 0) return data::Part::Out;
  switch (row.role) {
    case project::Role::Train:
      return data::Part::Train;
    case project::Role::Test:
      return data::Part::Test;
    case project::Role::Pool:
      break;
  }
  return data::Part::Pool;
}

}  // namespace

Who whoIs(const std::vector<project::SampleRow>& samples,
          const std::vector<project::IdentityRow>& identities) {
  Who who;
  who.part.reserve(identities.size());
  for (const auto& row : identities) who.part.push_back(partOf(row));
  for (const auto& sample : samples) {
    int identity = sample.movedTo >= 0 ? sample.movedTo : sample.identity;
    if (sample.leftOut == project::LeftOut::Everything) identity = -1;
    if (identity >= 0) {
      const auto& row = identities[static_cast<std::size_t>(identity)];
      identity = row.excluded ? -1 : row.mergedInto >= 0 ? row.mergedInto : identity;
    }
    if (identity >= 0 && who.part[static_cast<std::size_t>(identity)] == data::Part::Out) identity = -1;
    who.identity.push_back(identity);
    who.votes.push_back(sample.parent < 0 ? 1 : 0);
    who.leftOut.push_back(sample.leftOut);
    who.moved.push_back(sample.movedTo >= 0 ? 1 : 0);
  }
  return who;
}

Roster readRoster(const project::Project& project) {
  Roster roster;
  roster.decisions = project::decisionsToday(project);
  roster.samples = project.samples();
  roster.identities = project.identities();
  static_cast<Who&>(roster) = whoIs(roster.samples, roster.identities);
  return roster;
}

}  // namespace discern::analysis

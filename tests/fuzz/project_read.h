// Reads all that a project holds, as the jobs and the window do.
#pragma once

#include "core/project/project.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/protocol_check.h"

namespace discern::fuzz {

inline void readProject(const std::filesystem::path& folder) {
  readOrRefuse([&] {
    const auto project = project::Project::open(folder, project::Project::Mode::Read);
    const auto identities = std::ssize(project.identities());
    for (const auto& sample : project.samples())
      if (sample.identity < -1 || sample.identity >= identities) __builtin_trap();
    project.sets();
    project.runs();
    project.models();
    project.setting("threshold");
    for (const auto& run : project.runs()) project.metrics(run.id);
    for (const auto& table : project.featureTables()) readOrRefuse([&] { project.features(table.name); });
    for (const auto& name : project.scoreTables()) readOrRefuse([&] { project.scores(name); });
    for (const auto& name : project.selections()) readOrRefuse([&] { project.selection(name); });
    for (const auto& name : project.maps()) readOrRefuse([&] { project.map(name); });
    const int count = project.sampleCount();
    for (const auto& name : project.protocols())
      readOrRefuse([&] { trapUnlessInside(project.protocol(name), count); });
  });
}

}  // namespace discern::fuzz

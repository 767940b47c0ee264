#include <limits>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/imaging/image.h"
#include "core/imaging/sample.h"
#include "core/pipeline/score_method.h"

namespace discern::pipeline {

discriminability::ScoreOutput scoreSharpness(const ScoreTask& task) {
  const Roster& roster = task.roster;
  Progress& progress = task.progress;
  requirePictures(roster.samples, "measuring sharpness");
  if (task.compared != nullptr) return comparator(task, task.compared->table.ratio);
  std::vector<float> values(roster.samples.size(), std::numeric_limits<float>::quiet_NaN());
  progress.start("measuring sharpness", static_cast<std::int64_t>(values.size()));
  parallelFor(static_cast<std::int64_t>(values.size()), 16, [&](std::int64_t begin, std::int64_t end) {
    progress.throwIfStopped();
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      const int identity = roster.identity[i];
      if (!task.wanted.empty() && task.wanted[i] == 0) continue;
      if (identity < 0 || roster.part[static_cast<std::size_t>(identity)] == data::Part::Pool) continue;
      try {
        values[i] = static_cast<float>(
            imaging::sharpness(imaging::loadSample(task.kind, roster.samples[i].image, task.kind.shape)));
      } catch (const Error&) {  // stays NaN; extraction names the file
      }
    }
    progress.advance(end - begin);
  });
  progress.finish();
  return comparator(task, values);
}

}  // namespace discern::pipeline

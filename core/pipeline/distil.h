// From a teacher's features to a small student on a project's faces (SKD, section 3).
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/jobs/distil.h"
#include "core/project/project.h"
#include "core/training/train_student.h"

namespace discern::pipeline {

using jobs::DistilOptions;

// Student and teacher on one protocol; accuracies are NaN without folds.
struct DistilCheck {
  std::string protocol;
  double aucIdentity = 0, aucMimic = 0, aucTeacher = 0;
  double accuracyIdentity = 0, accuracyMimic = 0, accuracyTeacher = 0;
};

struct DistilResult {
  std::string name, teacher, selection;
  double lambda = 0;
  training::StudentResult training;
  std::int64_t faces = 0, classes = 0, selected = 0;  // selected: training faces kept at lambda
  double parameters = 0, macs = 0, fileBytes = 0;
  double milliseconds = 0;                          // one face, one thread
  double teacherMilliseconds = 0, teacherMacs = 0;  // as extraction measured it, on all threads; 0: unknown
  std::vector<DistilCheck> checks;
};

// The first stage depends on neither mode nor selection: it is trained once for all modes of a size and seed,
// and kept as checkpoints/S-16-init-*.safetensors. The student is in the project before it is checked; a
// protocol that cannot check it gets a note.
DistilResult distil(project::Project& project, const DistilOptions& options, Progress& progress);
std::string toJson(const DistilResult& result);

}  // namespace discern::pipeline

// import: a data set becomes part of a project.
#pragma once

#include <string>

#include "core/base/field.h"
#include "core/detection/options.h"
#include "core/project/project.h"
#include "datasets/registry.h"
#include "datasets/rendering/set.h"

namespace discern::jobs {

// Sources that are no file. Faces rendered by the import itself.
constexpr const char* kRenderedFaces = "synthetic-faces";
// Likewise walking persons: in the role test those who are searched for, else those to learn from.
constexpr const char* kRenderedTracklets = "synthetic-tracklets";
// Likewise videos of actions: in the role test those that are put into classes, else those to learn from.
constexpr const char* kRenderedActions = "synthetic-actions";
inline bool isRendered(const std::string& source) {
  return source == kRenderedFaces || source == kRenderedTracklets || source == kRenderedActions;
}

struct ImportOptions {
  std::string source;           // a folder or file, or rendered
  std::string format = "auto";  // or one of datasets::formats()
  project::Role role = project::Role::Train;
  datasets::LoadOptions load;             // its name is the set's, its dryRun also keeps the project as it is
  rendering::SyntheticOptions synthetic;  // of rendered sources alone
  detection::DetectOptions detect;        // of raw photographs: finds and aligns their faces
};
const Fields<ImportOptions>& importFields();

}  // namespace discern::jobs

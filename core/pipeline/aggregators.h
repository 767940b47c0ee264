// Aggregators that a network learned: their training, and those that comparisons take.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/aggregation/group_network.h"
#include "core/base/progress.h"
#include "core/jobs/train.h"
#include "core/project/project.h"
#include "core/results/training.h"

namespace discern::pipeline {

using jobs::TrainAggregatorOptions;
using results::TrainAggregatorResult;
// On groups of training identities, from the features of their images and of degraded copies.
TrainAggregatorResult trainAggregator(project::Project& project, const TrainAggregatorOptions& options,
                                      Progress& progress);

// What features were made by: as settings::featureModel and FeatureTableRow::recipe have it.
struct MadeBy {
  std::string model, recipe;
  bool operator==(const MadeBy&) const = default;
};
MadeBy madeBy(const project::Project& project, const std::string& features);

struct Aggregators {
  std::vector<std::string> names;
  std::vector<std::shared_ptr<const aggregation::GroupNetwork>> networks;  // at most one of a kind
};
// Those of `names` (of this project, or files), which have to be trained on features made by `from`; without
// names the project's newest of each kind that are, with a note where one cannot be read. Throws Error.
Aggregators aggregatorsFor(const project::Project& project, const std::vector<std::string>& names,
                           const MadeBy& from, Progress& progress);
// For a method that needs one, that of its kind; null for the others. Throws FieldError about `field`: there
// is none.
std::shared_ptr<const aggregation::GroupNetwork> networkFor(aggregation::Method method,
                                                            const Aggregators& aggregators,
                                                            const char* field);

}  // namespace discern::pipeline

// A training that was stopped and went on is one training, in several runs.
#pragma once

#include <optional>
#include <vector>

#include "core/project/project.h"
#include "ui/models/results/training_curves.h"

namespace discern::ui {

// Ended before it was done, and can go on.
bool isStopped(const project::RunRow& run);

// The runs in groups, those of a group and the groups oldest first, by the last of each: a run goes on with
// the newest one before it of its job and name where that one is stopped and was asked for just so.
using TrainingChain = std::vector<const project::RunRow*>;
std::vector<TrainingChain> trainingChains(const std::vector<const project::RunRow*>& runs);

// Metrics of the runs of a chain, oldest first, as those of one run: where a later one begins again at a
// step, what came after that step before is dropped.
std::vector<project::MetricRow> continued(const std::vector<std::vector<project::MetricRow>>& runs);
// Two parts of the curves of one training.
TrainingCurves continued(TrainingCurves before, const TrainingCurves& after);

// Where an axis of losses ends so that a few far above the others do not flatten those; nothing: they are all
// shown. At least 20 values.
std::optional<double> lossEnd(std::vector<double> values);

}  // namespace discern::ui
